//! `Extract`: a download of the catalogue (13xx): which list, what is newer than the sender's version, as of which day.
//!
//! Its file is not kept. Its number says what it is, so that the file is made again, byte by byte, from the same catalogue.

mod pack;

use agency::domain::day::Span;
use agency::office::Office;
use jiff::civil::Date;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::fields::catalogue::IN_13XX_DATA;
use super::fields::columns;
use super::items::{Listed, compact, day_of, from_compact, record, version};
use super::paging::Paging;
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;
use crate::files::last_day;

/// A download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extract {
    number: &'static str,
    /// What changed on this day or before is known to the sender.
    above: Option<Date>,
    day: Date,
}

/// All downloads. Those without a list among the columns are empty here.
const NUMBERS: &[&str] = &[
    "1301", "1302", "1303", "1305", "1306", "1307", "1308", "1309", "1310", "1311", "1313", "1314",
    "1315", "1320", "1321", "1322", "1323", "1324", "1325", "1326", "1327",
];
/// Whole lists are much work: whoever fetches many waits, and settlements do not wait for them.
static MAKING: Semaphore = Semaphore::const_new(1);
/// What stands for no day.
const NEVER: &str = "00000000";

/// 13xx: what is newer than a version, as a file to be fetched, or page by page where a page is asked for.
pub(super) async fn ask(work: &Work<'_>) -> Result<Done, Refusal> {
    let (version, paging) = work.read(|reader| {
        let data = reader.one(&IN_13XX_DATA)?;
        let version = data.opt_text("ver")?.map(str::to_owned);
        Ok((version, Paging::asked(&data)?))
    })?;
    let known = NUMBERS.iter().find(|number| **number == work.number);
    let extract = Extract {
        number: known.copied().unwrap_or_default(),
        above: version.as_deref().and_then(day_of),
        day: work.day(),
    };
    match paging {
        Some(paging) => Ok(Done::Output(extract.page(work, paging))),
        None => extract.offer(work),
    }
}

impl Extract {
    /// What a number stands for.
    pub(super) fn parse(text: &str) -> Option<Extract> {
        let digits = text.strip_prefix('C')?;
        if digits.len() != 20 || !digits.is_ascii() {
            return None;
        }
        let (number, days) = digits.split_at(4);
        let (above, day) = days.split_at(8);
        let above = match above {
            NEVER => None,
            above => Some(from_compact(above)?),
        };
        Some(Extract {
            number: NUMBERS.iter().find(|known| **known == number).copied()?,
            above,
            day: from_compact(day)?,
        })
    }

    fn told(self) -> String {
        let above = self.above.map_or_else(|| NEVER.to_owned(), compact);
        format!("C{}{above}{}", self.number, compact(self.day))
    }

    fn name(self, ending: &str) -> String {
        format!("{}_{}.{ending}", self.number, compact(self.day))
    }

    /// The days on which it may be fetched.
    pub(super) fn days(self) -> Span {
        Span {
            from: self.day,
            until: Some(last_day(self.day)),
        }
    }

    fn offer(self, work: &Work<'_>) -> Result<Done, Refusal> {
        let office = work.window.agency.office();
        let count = match self.number {
            DISEASES => work.window.diseases.len(),
            _ => self.items(&office).count(),
        };
        let last = last_day(self.day).to_string();
        let mut out = Out::new();
        out.text("file_qury_no", &self.told())
            .text("filename", &self.name("zip"))
            .text("dld_end_time", &last)
            .text("dld_endtime", &last)
            .whole("data_cnt", u64::try_from(count).unwrap_or(u64::MAX));
        Ok(Done::Output(out.json()))
    }

    /// The ZIP. Large lists take a while, off the threads that answer.
    pub(super) async fn file(self, work: &Work<'_>) -> Result<Vec<u8>, Refusal> {
        let office = work.window.agency.office();
        let diseases = work.window.diseases.clone();
        let area = work.window.area.as_str().to_owned();
        let turn = MAKING.acquire().await;
        let made = spawn_blocking(move || {
            let _turn = turn;
            let columns = columns::ALL.iter().find(|c| c.number == self.number);
            let name = self.name("txt");
            let Some(columns) = columns else {
                return pack::zip(&name, |_| Ok(()));
            };
            pack::zip(&name, |text| match self.number {
                DISEASES => pack::diseases(text, columns.names, &diseases, &area),
                _ => pack::items(text, columns.names, self.items(&office)),
            })
        });
        let failed = |error: String| {
            let zh = "目录文件生成失败，请稍后重试";
            Refusal::door("no_extract", zh, error)
        };
        let made = made.await.map_err(|error| failed(error.to_string()))?;
        made.map_err(|error| failed(error.to_string()))
    }

    /// What of the list had begun by the day and changed since the sender's version. What is still to come would put the
    /// sender's version ahead of what comes before it.
    fn items(self, office: &Office) -> impl Iterator<Item = Listed<'_>> {
        let items = office.catalogue.items().iter();
        items
            .filter(move |item| item.from <= self.day)
            .map(move |item| Listed::on(self.day, item))
            .filter(move |row| row.file() == self.number)
            .filter(move |row| self.above.is_none_or(|above| row.changed > above))
    }

    /// The same rows with names for their cells.
    fn page(self, work: &Work<'_>, paging: Paging) -> String {
        let office = work.window.agency.office();
        if self.number == DISEASES {
            let rows: Vec<_> = work.window.diseases.iter().collect();
            return paging.told(&rows, |out, (code, name)| {
                out.text("opsp_dise_code", code)
                    .text("opsp_dise_name", name)
                    .text("admdvs", work.window.area.as_str())
                    .text("vali_flag", "1")
                    .text("rid", &record(&[code, name]));
            });
        }
        let rows: Vec<Listed<'_>> = self.items(&office).collect();
        paging.told(&rows, |out, row| write(out, *row))
    }
}

/// The diseases of long duration, which are the deployment's; they have no days, so all are told always.
const DISEASES: &str = "1309";

fn write(out: &mut Out, row: Listed<'_>) {
    let item = row.item;
    let until = item.until.map(|until| until.to_string());
    out.text("med_list_codg", &item.code);
    let names: &[&str] = match row.file() {
        "1301" => &["drug_genname", "drug_prodname"],
        "1302" => &["tcmherb_name"],
        "1305" => &["servitem_name"],
        _ => &["mcs_name"],
    };
    for name in names {
        out.text(name, &item.name);
    }
    out.opt_text("lmt_usescp", item.restriction.as_deref())
        .text("lmt_used_flag", row.restricted())
        .text("begndate", &item.from.to_string())
        .opt_text("enddate", until.as_deref())
        .text("vali_flag", "1")
        .text("rid", &row.record())
        .text("crte_time", &item.from.to_string())
        .text("updt_time", &row.changed.to_string())
        .text("ver", &version(row.changed))
        .text("ver_name", &version(row.changed));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_number_says_what_it_is_and_nothing_else_does() {
        let all = Extract {
            number: "1301",
            above: None,
            day: date(2025, 3, 3),
        };
        assert_eq!(all.told(), "C13010000000020250303");
        let newer = Extract {
            above: Some(date(2025, 1, 1)),
            ..all
        };
        assert_eq!(newer.told(), "C13012025010120250303");
        for extract in [all, newer] {
            assert_eq!(Extract::parse(&extract.told()), Some(extract));
            assert!(extract.told().len() <= 30, "the field holds no more");
        }
        for text in [
            "",
            "C",
            "C13010000000020250303/../x",
            "C13040000000020250303",
            "C13010000000020251303",
            "C13012025013220250303",
            "C1301000000002025030",
            "C1301000000002025030三",
            "c13010000000020250303",
        ] {
            assert_eq!(Extract::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_of_a_version_is_found_in_every_spelling() {
        let day = Some(date(2025, 1, 1));
        for text in [
            "F001_20250101000000_A",
            "F001_20250101000000",
            "F001_20250101",
            "20250101",
        ] {
            assert_eq!(day_of(text), day, "{text}");
        }
        for text in ["", "0", "1", "V1.0", "F001_20251301000000_A", "F001"] {
            assert_eq!(day_of(text), None, "{text}");
        }
        assert_eq!(version(date(2025, 1, 1)), "F001_20250101000000");
        assert!(version(date(2025, 1, 1)).len() <= 20);
    }
}
