//! Matching: which item of the catalogue an institution's own item is (3301), taking that back (3302), and what was matched (1317).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::catalogue::made;
use super::fields::catalogue::{IN_3301_DATA, IN_3302_DATA};
use super::fields::catalogue_query::IN_1317_DATA;
use super::items::record;
use super::paging::Paging;
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;

/// The office's paper of one matching, under the institution, its item, the list and the item of the catalogue.
const KIND: &str = "paper:matching";

/// One matching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Matching {
    /// The institution's item.
    own: String,
    name: String,
    list: String,
    /// The item of the catalogue.
    item: String,
    from: Date,
    until: Option<Date>,
    approval: Option<String>,
    form: Option<String>,
    excluded: Option<String>,
    meaning: Option<String>,
    unit: Option<String>,
    size: Option<String>,
    pack: Option<String>,
    memo: Option<String>,
    /// The message that brought it: after it was taken back, only a new one brings it again.
    message: String,
    /// The day on which it was brought or taken back.
    recorded: Date,
    /// The day from which it does not hold.
    cancelled: Option<Date>,
}

/// 3301: takes all rows, or none when the catalogue lacks an item of one.
pub(super) async fn add(work: &Work<'_>) -> Result<Done, Refusal> {
    let office = work.window.agency.office();
    let matchings = work.read(|reader| {
        let rows = reader.many(&IN_3301_DATA)?;
        let rows = rows.iter().map(|row| {
            let matching = Matching::read(work, row);
            let item = row.text("med_list_codg")?;
            if office.catalogue.versions(item).is_empty() {
                return Err(row.refuse("med_list_codg", Rule::Known));
            }
            matching
        });
        // Every row is looked at before the first faulty one ends it.
        let rows: Vec<Result<Matching, Faulty>> = rows.collect();
        rows.into_iter().collect::<Result<Vec<_>, _>>()
    })?;
    drop(office);
    for matching in matchings {
        let known = filed(work, matching.code(work)).await?;
        let stale = known.iter().any(|known| {
            known.cancelled.is_some()
                && known.message == matching.message
                && known.from == matching.from
        });
        if !stale {
            file(work, &matching).await?;
        }
    }
    Ok(Done::Nothing)
}

/// 3302: from the day of the message on the institution's item is not that item of the catalogue. Once more is well, too.
pub(super) async fn cancel(work: &Work<'_>) -> Result<Done, Refusal> {
    let (own, list, item) = work.read(|reader| {
        let data = reader.one(&IN_3302_DATA)?;
        sender(work, &data)?;
        let text = |name| data.text(name).map(str::to_owned);
        let (own, list) = (text("fixmedins_hilist_id"), text("list_type"));
        Ok((own?, list?, text("med_list_codg")?))
    })?;
    let matchings = filed(work, code(work, &own, &list, &item)).await?;
    if matchings.is_empty() {
        let zh = format!("没有目录对照：{own}与{item}，请核对后重新提交");
        let en = format!("{own} was not matched with {item}");
        return Err(Refusal::door("no_matching", zh, en));
    }
    for mut matching in matchings {
        if matching.cancelled.is_none() {
            matching.cancelled = Some(work.day());
            matching.recorded = work.day();
            file(work, &matching).await?;
        }
    }
    Ok(Done::Nothing)
}

/// 1317: what the institution matched.
pub(super) async fn query(work: &Work<'_>) -> Result<Done, Refusal> {
    let (wanted, paging) = work.read(|reader| {
        let data = reader.one(&IN_1317_DATA)?;
        let (wanted, paging) = (Wanted::read(work, &data), Paging::read(&data));
        Ok((wanted?, paging?))
    })?;
    let mut found = filed(work, prefix(work)).await?;
    found.retain(|matching| wanted.takes(matching));
    Ok(Done::Output(
        paging.told(&found, |out, row| row.write(out, work)),
    ))
}

fn sender(work: &Work<'_>, data: &Fields<'_>) -> Result<(), Faulty> {
    match data.opt_text("fixmedins_code")? {
        Some(code) if code != work.message.institution => {
            Err(data.refuse("fixmedins_code", Rule::Sender))
        }
        _ => Ok(()),
    }
}

impl Matching {
    fn read(work: &Work<'_>, row: &Fields<'_>) -> Result<Matching, Faulty> {
        let text = |name| row.text(name).map(str::to_owned);
        let own = |name| row.opt_text(name).map(|text| text.map(str::to_owned));
        let (id, name) = (text("fixmedins_hilist_id"), text("fixmedins_hilist_name"));
        let (list, item) = (text("list_type"), text("med_list_codg"));
        let (from, until) = (row.day("begndate"), row.opt_day("enddate"));
        Ok(Matching {
            own: id?,
            name: name?,
            list: list?,
            item: item?,
            from: from?,
            // The last day that can be written stands for "open".
            until: until?.filter(|day| *day != Date::MAX),
            approval: own("aprvno")?,
            form: own("dosform")?,
            excluded: own("exct_cont")?,
            meaning: own("item_cont")?,
            unit: own("prcunt")?,
            size: own("spec")?,
            pack: own("pacspec")?,
            memo: own("memo")?,
            message: work.message.id.clone().into_owned(),
            recorded: work.day(),
            cancelled: None,
        })
    }

    fn code(&self, work: &Work<'_>) -> String {
        code(work, &self.own, &self.list, &self.item)
    }

    /// The last day on which it holds.
    fn last(&self) -> Option<Date> {
        let before = self.cancelled.and_then(|day| day.yesterday().ok());
        match (self.until, before) {
            (Some(until), Some(before)) => Some(until.min(before)),
            (until, before) => until.or(before),
        }
    }

    fn write(&self, out: &mut Out, work: &Work<'_>) {
        let area = work.window.area.as_str();
        let last = self.last().map(|day| day.to_string());
        out.text("fixmedins_code", &work.message.institution)
            .text("medins_list_codg", &self.own)
            .text("medins_list_name", &self.name)
            .text("insu_admdvs", area)
            .text("list_type", &self.list)
            .text("med_list_codg", &self.item)
            .text("begndate", &self.from.to_string())
            .opt_text("enddate", last.as_deref());
        for (name, value) in [
            ("aprvno", &self.approval),
            ("dosform", &self.form),
            ("exct_cont", &self.excluded),
            ("item_cont", &self.meaning),
            ("prcunt", &self.unit),
            ("spec", &self.size),
            ("pacspec", &self.pack),
            ("memo", &self.memo),
        ] {
            out.opt_text(name, value.as_deref());
        }
        let from = self.from.to_string();
        out.text("vali_flag", self.valid())
            .text("rid", &record(&[&self.code(work), &from]))
            .text("updt_time", &self.recorded.to_string());
        made(out, self.from);
        out.text("poolarea_no", area);
    }

    fn valid(&self) -> &'static str {
        if self.cancelled.is_some() { "0" } else { "1" }
    }
}

/// Which matchings are asked for.
struct Wanted {
    /// The institution asks for its own.
    own_papers: bool,
    own: Option<String>,
    name: Option<String>,
    list: Option<String>,
    item: Option<String>,
    valid: Option<String>,
    on: Option<Date>,
    from: Option<Date>,
    since: Option<Date>,
}

impl Wanted {
    fn read(work: &Work<'_>, data: &Fields<'_>) -> Result<Wanted, Faulty> {
        let own = |name| data.opt_text(name).map(|text| text.map(str::to_owned));
        let code = data.opt_text("fixmedins_code")?;
        Ok(Wanted {
            own_papers: code.is_none_or(|code| code == work.message.institution),
            own: own("medins_list_codg")?,
            name: own("medins_list_name")?,
            list: own("list_type")?,
            item: own("med_list_codg")?,
            valid: own("vali_flag")?,
            on: data.opt_day("query_date")?,
            from: data.opt_day("begndate")?,
            since: data.opt_day("updt_time")?,
        })
    }

    fn takes(&self, row: &Matching) -> bool {
        let same =
            |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|wanted| wanted == own);
        let holds = |day: Date| row.from <= day && row.last().is_none_or(|last| day <= last);
        self.own_papers
            && same(&self.own, &row.own)
            && same(&self.list, &row.list)
            && same(&self.item, &row.item)
            && same(&self.valid, row.valid())
            && self
                .name
                .as_ref()
                .is_none_or(|part| row.name.contains(part))
            && self.on.is_none_or(holds)
            && self.from.is_none_or(|day| row.from >= day)
            && self.since.is_none_or(|day| row.recorded >= day)
    }
}

fn prefix(work: &Work<'_>) -> String {
    format!("{}/", work.message.institution)
}

fn code(work: &Work<'_>, own: &str, list: &str, item: &str) -> String {
    // A line of JSON, so that no text runs into the next.
    let parts = serde_json::json!([own, list, item]);
    format!("{}{parts}", prefix(work))
}

/// All whose codes begin so.
async fn filed(work: &Work<'_>, prefix: String) -> Result<Vec<Matching>, Refusal> {
    let papers = work.window.filed(KIND, prefix).await?;
    let read = papers.iter().map(|paper| serde_json::from_str(&paper.body));
    read.collect::<Result<_, _>>().map_err(|error| {
        let zh = "目录对照信息无法读取，请联系医保中心";
        Refusal::door("no_matching_read", zh, error.to_string())
    })
}

async fn file(work: &Work<'_>, matching: &Matching) -> Result<(), Refusal> {
    // A matching always has a form as JSON.
    let body = serde_json::to_string(matching).unwrap_or_default();
    let code = matching.code(work);
    work.window.file(KIND, code, matching.from, body).await
}
