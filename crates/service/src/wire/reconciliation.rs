//! Reconciliation: a period's totals (3201), and its rows one by one (3202).

use agency::domain::bill::Scheme;
use agency::domain::setting::Setting;
use agency::{Agency, Refused, StoreError};
use jiff::civil::Date;
use tokio::task::spawn_blocking;

use super::fields::reconciliation::{IN_3201_DATA, IN_3202_DATA};
use super::read::{Faulty, Fields, Rule};
use super::refusal::Refusal;
use super::work::{Done, Work};
use super::write::Out;
use super::{files, kinds, pharmacy, statement};
use crate::files::Label;
use crate::reconcile::ours::{Asked, MOST_ROWS, NoRows};
use crate::reconcile::sums::Sums;
use crate::reconcile::{Which, compare, yuan};

mod told;

/// 3201: what an institution says that a period comes to, against the books.
pub(super) async fn totals(work: &Work<'_>) -> Result<Done, Refusal> {
    let (asked, theirs) = work.read(|reader| {
        let data = reader.one(&IN_3201_DATA)?;
        let scheme = scheme(work, &data);
        let asked = asked(work, &data);
        let theirs = sums(&data);
        let scheme = Some(scheme?);
        Ok((Asked { scheme, ..asked? }, theirs?))
    })?;
    in_order(asked.from, asked.until)?;
    let which = asked.which;
    let days = blocking(work, move |agency| asked.by_day(agency)).await??;
    let difference = told::Difference {
        theirs,
        days: days.iter().map(|(day, sums)| (*day, *sums)).collect(),
        which,
    };
    let mut out = Out::new();
    out.object("stmtinfo", |out| {
        out.text("setl_optins", work.window.area.as_str())
            .text("stmt_rslt", difference.result())
            .text("stmt_rslt_dscr", &difference.told());
    });
    Ok(Done::Output(out.json()))
}

/// 3202: an institution's own rows, which it sent before, against the books; what came of each is a file to fetch.
pub(super) async fn rows(work: &Work<'_>) -> Result<Done, Refusal> {
    let (asked, said, cash, file) = work.read(|reader| {
        let data = reader.one(&IN_3202_DATA)?;
        let asked = asked(work, &data);
        let file = data.text("file_qury_no");
        // The amounts of the rows decide; what the message says beside them is compared if it is there.
        let total = data.opt_signed_fen("medfee_sumamt");
        let funds = data.opt_signed_fen("fund_pay_sumamt");
        let cash = data.opt_signed_fen("cash_payamt");
        let count = data.opt_whole("fixmedins_setl_cnt");
        let said = Said {
            total: total?,
            funds: funds?,
            count: count?,
        };
        Ok((asked?, said, cash?, file?.to_owned()))
    })?;
    in_order(asked.from, asked.until)?;
    let sent = files::fetch(work, &file, work.now.date()).await?;
    // A file's name holds nothing that leads out of a folder.
    let letters = asked
        .institution
        .chars()
        .filter(char::is_ascii_alphanumeric);
    let letters: String = letters.collect();
    let name = format!("3202_{letters}_{}", asked.from.strftime("%Y%m%d"));
    let text_name = format!("{name}.txt");
    let made = blocking(work, move |agency| -> Result<Made, Refusal> {
        let theirs = statement::rows(&sent).map_err(Refusal::Form)?;
        let ours = asked.rows(agency)?;
        let findings = compare::compare(&ours, &theirs);
        let text = statement::outcome(&ours, &theirs, &findings);
        let zip = statement::packed(&text_name, &text);
        let inside = ours.iter().filter(|our| our.outside.is_none());
        Ok(Made {
            zip: zip.map_err(|error| Refused::Unavailable(error.to_string()))?,
            theirs: Sums::all(theirs.iter().map(|row| row.amounts)),
            cash: inside.map(|our| i128::from(our.cash)).sum(),
        })
    });
    let made = made.await??;
    said.compare(work, made.theirs);
    if let Some(cash) = cash.map(i128::from).filter(|cash| *cash != made.cash) {
        let (theirs, ours) = (yuan(cash), yuan(made.cash));
        work.warn(format!("现金支付不平:机构{theirs},中心{ours}"));
    }
    let institution = work.message.institution.as_ref();
    let label = Label::new(format!("{name}.zip"), institution, work.day());
    let (number, label) = files::keep_made(work, label, made.zip).await?;
    let mut out = Out::new();
    out.object("fileinfo", |out| {
        out.text("file_qury_no", number.as_str())
            .text("filename", &label.name)
            .text("dld_endtime", &format!("{} 23:59:59", label.until));
    });
    Ok(Done::Output(out.json()))
}

/// What a message says of the rows that it names.
struct Said {
    total: Option<i64>,
    funds: Option<i64>,
    count: Option<u64>,
}

/// What comes of the rows.
struct Made {
    zip: Vec<u8>,
    theirs: Sums,
    cash: i128,
}

impl Said {
    /// Rows that are not what the message says were not all sent, or not all counted.
    fn compare(&self, work: &Work<'_>, rows: Sums) {
        let sums = [
            ("医疗费总额", self.total, rows.total),
            ("基金支付总额", self.funds, rows.funds),
        ];
        for (name, said, is) in sums {
            if let Some(said) = said.map(i128::from).filter(|said| *said != is) {
                let (said, is) = (yuan(said), yuan(is));
                work.warn(format!("{name}:报文{said},对账文件合计{is}"));
            }
        }
        if let Some(said) = self.count.filter(|said| i128::from(*said) != rows.count) {
            work.warn(format!("笔数:报文{said},对账文件{}行", rows.count));
        }
    }
}

/// What is asked for, whatever its scheme.
fn asked(work: &Work<'_>, data: &Fields<'_>) -> Result<Asked, Faulty> {
    let settings = settings(work, data);
    let (from, until) = (data.day("stmt_begndate"), data.day("stmt_enddate"));
    let which = which(data)?;
    Ok(Asked {
        settings: settings?,
        which,
        with_account: work.manner.fund_includes_account,
        ..Asked::all(&work.message.institution, from?, until?)
    })
}

/// What the institution's rows come to.
fn sums(data: &Fields<'_>) -> Result<Sums, Faulty> {
    let total = data.signed_fen("medfee_sumamt");
    let funds = data.signed_fen("fund_pay_sumamt");
    let account = data.signed_fen("acct_pay");
    let count = data.whole("fixmedins_setl_cnt");
    Ok(Sums {
        total: total?.into(),
        funds: funds?.into(),
        account: account?.into(),
        count: count?.into(),
    })
}

/// The scheme of an insurance type. Beside it are others that are settled with it, and cannot be told apart.
fn scheme(work: &Work<'_>, data: &Fields<'_>) -> Result<Scheme, Faulty> {
    let scheme = pharmacy::scheme(data)?;
    let (said, ours) = (data.code("insutype")?, kinds::insurance(scheme));
    if said != ours {
        work.warn(format!("险种{said}并入险种{ours}一并对账"));
    }
    Ok(scheme)
}

/// The settings of a clearing type; the same holds.
fn settings(work: &Work<'_>, data: &Fields<'_>) -> Result<Vec<Setting>, Faulty> {
    let said = data.code("clr_type")?;
    let settings = kinds::cleared(said).ok_or_else(|| data.refuse("clr_type", Rule::Known))?;
    let own: Vec<&str> = settings.iter().map(|one| kinds::clearing(*one)).collect();
    if !own.contains(&said) {
        work.warn(format!("清算类别{said}并入{}一并对账", own.join("、")));
    }
    Ok(settings)
}

/// The agency's flag decides where it is said. Of the institution's own, which must be sent, only a 1 does: a 0 is sent by those too
/// who count everything.
fn which(data: &Fields<'_>) -> Result<Which, Faulty> {
    let flag = data.opt_code("refd_setl_flag")?;
    let own = data.opt_code("fixmedins_refd_setl_flag")?;
    match (flag, own) {
        (Some("0"), _) => Ok(Which::Settlements),
        (Some("1"), _) | (None, Some("1")) => Ok(Which::Refunds),
        (None, None | Some("0")) => Ok(Which::All),
        (Some(_), _) => Err(data.refuse("refd_setl_flag", Rule::Flag)),
        (None, Some(_)) => Err(data.refuse("fixmedins_refd_setl_flag", Rule::Flag)),
    }
}

fn in_order(from: Date, until: Date) -> Result<(), Refusal> {
    if from <= until {
        return Ok(());
    }
    Err(Refusal::door(
        "no_period",
        format!("对账结束日期{until}早于开始日期{from}"),
        format!("the period ends on {until} and begins on {from}"),
    ))
}

/// Sums and rows wait for every lane: off the threads that answer.
async fn blocking<T: Send + 'static>(
    work: &Work<'_>,
    act: impl FnOnce(&Agency) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let agency = work.window.agency.clone();
    let done = spawn_blocking(move || act(&agency)).await;
    done.map_err(|error| Refused::Unavailable(error.to_string()).into())
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refused::Unavailable(error.to_string()).into()
    }
}

impl From<NoRows> for Refusal {
    fn from(error: NoRows) -> Refusal {
        match error {
            NoRows::Store(error) => error.into(),
            NoRows::TooMany(found) => Refusal::door(
                "too_many_rows",
                format!("对账期间内有{found}笔，一次最多{MOST_ROWS}笔，请缩短对账期间"),
                format!("there are {found} rows, and at most {MOST_ROWS} are compared at once"),
            ),
        }
    }
}
