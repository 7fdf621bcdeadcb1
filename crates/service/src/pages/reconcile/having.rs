//! `Having`: what the agency has of an institution: months, days, or the bills of a day; and what may explain other totals.

use agency::domain::month::Month;
use agency::domain::words::Lang;
use agency::moment;
use jiff::civil::Date;
use maud::{Markup, html};

use super::super::signed;
use super::asking::{Asking, Form};
use super::{message, say};
use crate::reconcile::Which;
use crate::reconcile::clue::{self, Clue};
use crate::reconcile::compare::Ours;
use crate::reconcile::ours::DaySums;
use crate::reconcile::sums::Sums;

/// What the agency has of an institution.
pub(super) struct Having<'a> {
    pub(super) lang: Lang,
    pub(super) asking: &'a Asking,
    pub(super) days: &'a [(Date, DaySums)],
    /// Row by row, where it is told so closely.
    pub(super) rows: Option<&'a [Ours]>,
    /// Messages can be looked at.
    pub(super) traced: bool,
}

impl Having<'_> {
    const fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        say(self.lang, zh, en)
    }

    /// Both sides' totals, and what explains the difference.
    pub(super) fn totals(&self, theirs: Sums) -> Markup {
        let ours = clue::whole(self.days, Which::All);
        let equal = ours == theirs;
        let lacking = theirs - ours;
        let rows = [
            (self.t("机构", "theirs"), theirs),
            (self.t("中心", "ours"), ours),
            (self.t("差额", "difference"), lacking),
        ];
        html! {
            h2 { (self.t("合计", "Totals")) }
            @if equal { p.good { (self.t("一致", "They agree.")) } }
            @else {
                div.wide { table {
                    thead { tr { th {} @for head in self.amounts() { th.n { (head) } } } }
                    tbody { @for (name, sums) in rows { tr { th { (name) } (cells(sums)) } } }
                } }
                (self.clues(theirs))
            }
        }
    }

    fn clues(&self, theirs: Sums) -> Markup {
        let rows = self.rows.unwrap_or_default();
        let mut clues = clue::of_days(theirs, self.days, Which::All);
        clues.extend(clue::of_rows(theirs, rows));
        html! {
            @if clues.is_empty() {
                p { (self.t(
                    "没有单日或单笔恰好等于差额。可逐日对账，或上传机构明细。",
                    "No single day or bill comes to the difference. Compare day by day, or send the institution's rows.",
                )) }
            } @else {
                h3 { (self.t("差额恰为", "The difference is exactly")) }
                ul { @for clue in clues { li { (self.clue(clue, rows)) } } }
            }
        }
    }

    fn clue(&self, clue: Clue, rows: &[Ours]) -> Markup {
        let asked = &self.asking.asked;
        match clue {
            Clue::WithoutRefunds => {
                html! { (self.t("全部退费：机构未计退费", "all refunds: the institution did not count them")) }
            }
            Clue::Day(day) => html! {
                (self.t("一整天：", "a whole day: "))
                a href=(Form::link(asked, day, day)) { (day) }
            },
            Clue::Lacking(at) => html! {
                (self.t("一笔，机构没有：", "one that the institution lacks: ")) (self.bill(&rows[at]))
            },
            Clue::Surplus(at) => html! {
                (self.t("一笔，机构多计一次：", "one that the institution counts once more: ")) (self.bill(&rows[at]))
            },
        }
    }

    fn bill(&self, row: &Ours) -> Markup {
        let at = moment::of_digits(row.at);
        let day = at.map(|at| at.date());
        html! {
            @if let Some(day) = day { a href=(Form::link(&self.asking.asked, day, day)) { (day) } " " }
            code { (row.settlement) } " " (signed(row.amounts.total.into()))
            @if row.refund { " " (self.t("退费", "taken back")) }
        }
    }

    /// Months, days or bills, by how long the time is.
    pub(super) fn told(&self) -> Markup {
        let asked = &self.asking.asked;
        let one_month = Month::of(asked.from) == Month::of(asked.until);
        html! {
            h2 { (self.t("中心的结算", "What the agency has")) }
            (self.way())
            @if self.days.is_empty() { p { (self.t("没有结算。", "There is no settlement.")) } }
            @else if self.asking.is_one_day() {
                (self.sums(self.t("日期", "day"), &self.by_day()))
                @if let Some(rows) = self.rows { (self.bills(rows)) }
            }
            @else if one_month { (self.sums(self.t("日期", "day"), &self.by_day())) }
            @else { (self.sums(self.t("月份", "month"), &self.by_month())) }
        }
    }

    /// From a day back to its month.
    fn way(&self) -> Markup {
        let asked = &self.asking.asked;
        let month = Month::of(asked.from);
        let whole = (month.first_day(), month.last_day());
        let inside = month == Month::of(asked.until) && (asked.from, asked.until) != whole;
        html! {
            p { (asked.institution) " · " (asked.from) @if !self.asking.is_one_day() { " – " (asked.until) }
                @if inside { " · " a href=(Form::link(asked, whole.0, whole.1)) { (self.t("整月", "the whole month")) " " (month) } }
            }
        }
    }

    fn by_day(&self) -> Vec<(String, (Date, Date), DaySums)> {
        let days = self.days.iter();
        days.map(|(day, sums)| (day.to_string(), (*day, *day), *sums))
            .collect()
    }

    fn by_month(&self) -> Vec<(String, (Date, Date), DaySums)> {
        let asked = &self.asking.asked;
        let mut months: Vec<(Month, DaySums)> = Vec::new();
        for (day, sums) in self.days {
            let month = Month::of(*day);
            if months.last().is_none_or(|(last, _)| *last != month) {
                months.push((month, DaySums::default()));
            }
            if let Some((_, whole)) = months.last_mut() {
                whole.settlements += sums.settlements;
                whole.refunds += sums.refunds;
            }
        }
        let time = |month: Month| {
            let (first, last) = (month.first_day(), month.last_day());
            (first.max(asked.from), last.min(asked.until))
        };
        let months = months.into_iter();
        months
            .map(|(month, sums)| (month.to_string(), time(month), sums))
            .collect()
    }

    /// A table of sums, each with a way into it.
    fn sums(&self, first: &str, rows: &[(String, (Date, Date), DaySums)]) -> Markup {
        let mut whole = DaySums::default();
        for (.., sums) in rows {
            whole.settlements += sums.settlements;
            whole.refunds += sums.refunds;
        }
        let [count, total, funds, account] = self.amounts();
        html! {
            div.wide { table {
                thead {
                    tr { th rowspan="2" { (first) } th.n colspan="4" { (self.t("结算", "settled")) } th.n colspan="4" { (self.t("退费", "taken back")) } }
                    tr { @for _ in 0..2 { @for head in [count, total, funds, account] { th.n { (head) } } } }
                }
                tbody { @for (name, (from, until), sums) in rows { tr {
                    th { @if self.asking.is_one_day() { (name) } @else { a href=(Form::link(&self.asking.asked, *from, *until)) { (name) } } }
                    (cells(sums.settlements)) (cells(sums.refunds))
                } } }
                @if rows.len() > 1 { tfoot { tr { th { (self.t("合计", "together")) } (cells(whole.settlements)) (cells(whole.refunds)) } } }
            } }
        }
    }

    /// The bills of a day.
    fn bills(&self, rows: &[Ours]) -> Markup {
        let [_, total, funds, account] = self.amounts();
        let heads = [
            self.t("时间", "time"),
            self.t("结算编号", "settlement"),
            self.t("就诊编号", "visit"),
            self.t("人员编号", "person"),
            self.t("报文", "message"),
        ];
        let inside = rows.iter().filter(|row| row.outside.is_none());
        html! {
            div.wide { table {
                thead { tr { @for head in heads { th { (head) } } @for head in [total, funds, account] { th.n { (head) } } } }
                tbody { @for row in inside { tr {
                    td { @if let Some(at) = moment::of_digits(row.at) { (at.strftime("%H:%M:%S")) } @if row.refund { " " span.bad { (self.t("退费", "taken back")) } } }
                    td { (row.settlement) @if row.original != row.settlement { br; "← " (row.original) } }
                    td { (row.visit) } td { (row.person) } td { (message(&row.number, &row.message, self.traced)) }
                    @for amount in row.amounts.each() { td.n { (signed(amount.into())) } }
                } } }
            } }
        }
    }

    const fn amounts(&self) -> [&'static str; 4] {
        [
            self.t("笔数", "how many"),
            self.t("总额（元）", "total, yuan"),
            self.t("基金", "funds"),
            self.t("账户", "account"),
        ]
    }
}

fn cells(sums: Sums) -> Markup {
    html! { td.n { (sums.count) } @for amount in sums.each() { td.n { (signed(amount)) } } }
}
