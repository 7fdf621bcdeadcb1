//! The account entry by entry, as on a bank statement; the latest first.

use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::statement;
use maud::{Markup, html};

use super::PersonRecord;

pub(super) fn movements(record: &PersonRecord) -> Markup {
    let lines = statement::lines(&record.history, &record.office, record.lang());
    let Ok(lines) = lines else {
        tracing::error!(
            person = record.person,
            "a person's entries do not follow one another"
        );
        return html! { p.bad { (record.t("明细暂时无法显示", "The movements cannot be shown now")) } };
    };
    let blank = |sum: Fen| match sum.is_zero() {
        true => String::new(),
        false => amount(sum),
    };
    let heads = [
        record.t("收入", "in"),
        record.t("支出", "out"),
        record.t("当年余额", "current year"),
        record.t("历年余额", "prior years"),
    ];
    html! {
        h2 { (record.t("明细", "Movements")) }
        div.wide { table {
            thead { tr { th scope="col" { (record.t("日期", "day")) } th scope="col" { (record.t("事项", "what")) } @for head in heads { th.n scope="col" { (head) } } } }
            tbody { @for line in lines.iter().rev() { tr {
                td { (line.day) } td { (line.what) }
                td.n { (blank(line.into)) } td.n { (blank(line.out)) } td.n { (amount(line.current)) } td.n { (amount(line.prior)) }
            } } }
        } }
    }
}
