//! `Form`: what a reader asks to reconcile, as it is typed, and read.

use agency::domain::bill::Scheme;
use agency::domain::setting::Setting;
use agency::domain::words::Lang;
use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;

use super::say;
use crate::reconcile::Which;
use crate::reconcile::ours::Asked;
use crate::reconcile::sums::Sums;
use crate::wire;

/// As it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Form {
    pub(super) institution: String,
    pub(super) from: String,
    pub(super) until: String,
    scheme: String,
    setting: String,
    with_account: String,
    count: String,
    total: String,
    funds: String,
    account: String,
}

/// As it is read.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub(super) asked: Asked,
    /// The institution's own totals, if they are told.
    pub(super) totals: Option<Sums>,
}

impl Asking {
    pub(super) fn is_one_day(&self) -> bool {
        self.asked.from == self.asked.until
    }
}

impl Form {
    /// A form in parts, and the file in it if one was chosen.
    ///
    /// # Errors
    /// The status for a form that cannot be read, and why.
    pub(super) async fn of_parts(
        mut parts: Multipart,
    ) -> Result<(Form, Option<Vec<u8>>), (StatusCode, String)> {
        let unread = |error: MultipartError| (error.status(), error.body_text());
        let (mut form, mut file) = (Form::default(), None);
        while let Some(part) = parts.next_field().await.map_err(unread)? {
            let name = part.name().unwrap_or_default().to_owned();
            let is_chosen = part.file_name().is_some_and(|name| !name.is_empty());
            let bytes = part.bytes().await.map_err(unread)?;
            if name == "rows" {
                file = is_chosen.then(|| bytes.to_vec());
            } else if let Some(field) = form.field(&name) {
                *field = String::from_utf8_lossy(&bytes).into_owned();
            }
        }
        Ok((form, file))
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "institution" => &mut self.institution,
            "from" => &mut self.from,
            "until" => &mut self.until,
            "scheme" => &mut self.scheme,
            "setting" => &mut self.setting,
            "with_account" => &mut self.with_account,
            "count" => &mut self.count,
            "total" => &mut self.total,
            "funds" => &mut self.funds,
            "account" => &mut self.account,
            _ => return None,
        })
    }

    /// The month in which we are, where no day is told.
    pub(super) fn or_this_month(mut self, today: Date) -> Form {
        self.institution = self.institution.trim().to_owned();
        if self.from.is_empty() && self.until.is_empty() {
            self.from = today.first_of_month().to_string();
            self.until = today.last_of_month().to_string();
        }
        self
    }

    /// What is asked.
    ///
    /// # Errors
    /// Everything that cannot be read, a sentence each.
    pub(super) fn read(&self, lang: Lang) -> Result<Asking, Vec<String>> {
        let mut faults = Vec::new();
        let mut wrong = |name: (&str, &str), found: &str, rule: (&str, &str)| {
            let (name, rule) = match lang {
                Lang::Zh => (name.0, rule.0),
                Lang::En => (name.1, rule.1),
            };
            faults.push(format!("{name} `{found}`: {rule}"));
        };
        let day = ("应为日期，如2026-11-26", "a day, like 2026-11-26");
        let from = self.from.trim().parse::<Date>();
        if from.is_err() {
            wrong(("起始日期", "first day"), &self.from, day);
        }
        let until = self.until.trim().parse::<Date>();
        if until.is_err() {
            wrong(("截止日期", "last day"), &self.until, day);
        }
        if let (Ok(from), Ok(until)) = (&from, &until)
            && until < from
        {
            let rule = ("不得早于起始日期", "not before the first day");
            wrong(("截止日期", "last day"), &self.until, rule);
        }
        let scheme = one_of(&self.scheme, Scheme::from_code);
        if scheme.is_none() {
            let rule = ("没有此险种", "there is no such scheme");
            wrong(("险种", "scheme"), &self.scheme, rule);
        }
        let setting = one_of(&self.setting, Setting::from_code);
        if setting.is_none() {
            let rule = ("没有此就诊类型", "there is no such setting");
            wrong(("就诊类型", "setting"), &self.setting, rule);
        }
        let totals = self.totals(&mut wrong);
        let (Ok(from), Ok(until), Some(scheme), Some(setting)) = (from, until, scheme, setting)
        else {
            return Err(faults);
        };
        match faults.is_empty() {
            true => Ok(Asking {
                asked: Asked {
                    scheme,
                    settings: setting.into_iter().collect(),
                    which: Which::All,
                    with_account: !self.with_account.is_empty(),
                    ..Asked::all(&self.institution, from, until)
                },
                totals,
            }),
            false => Err(faults),
        }
    }

    /// The institution's totals; all four or none.
    fn totals(&self, wrong: &mut impl FnMut((&str, &str), &str, (&str, &str))) -> Option<Sums> {
        let told = [&self.count, &self.total, &self.funds, &self.account];
        if told.iter().all(|text| text.trim().is_empty()) {
            return None;
        }
        let count = self.count.trim().parse::<u32>().ok();
        if count.is_none() {
            let rule = ("应为整数", "a whole number");
            wrong(("笔数", "how many"), &self.count, rule);
        }
        let mut amount = |name: (&str, &str), text: &str| {
            let read = wire::read::amount(text.trim()).ok().map(i128::from);
            if read.is_none() {
                let rule = (
                    "应为金额（元），至多两位小数；笔数和三项金额须一并填写",
                    "yuan with at most two decimals; the count and the three amounts are told together",
                );
                wrong(name, text, rule);
            }
            read
        };
        let total = amount(("总额", "total"), &self.total);
        let funds = amount(("基金", "funds"), &self.funds);
        let account = amount(("账户", "account"), &self.account);
        Some(Sums {
            count: count?.into(),
            total: total?,
            funds: funds?,
            account: account?,
        })
    }

    /// The same question for another time, as a link; the institution's totals are those of the whole, and stay behind.
    pub(super) fn link(asked: &Asked, from: Date, until: Date) -> String {
        let scheme = asked.scheme.map_or("", Scheme::code);
        let setting = asked.settings.first().map_or("", |setting| setting.code());
        let account = if asked.with_account { "1" } else { "" };
        let institution = super::super::escaped(&asked.institution);
        format!(
            "/reconcile?institution={institution}&from={from}&until={until}&scheme={scheme}&setting={setting}&with_account={account}"
        )
    }

    pub(super) fn shown(&self, lang: Lang) -> Markup {
        let t = |zh, en| say(lang, zh, en);
        let amounts = [
            ("count", t("笔数", "how many"), &self.count),
            ("total", t("总额（元）", "total, yuan"), &self.total),
            ("funds", t("基金", "funds"), &self.funds),
            ("account", t("账户", "account"), &self.account),
        ];
        html! {
            form method="post" action="/reconcile" enctype="multipart/form-data" {
                label { (t("机构编码", "institution")) " " input name="institution" value=(self.institution) required; }
                label { (t("自", "from")) " " input type="date" name="from" value=(self.from) required; }
                label { (t("至", "to")) " " input type="date" name="until" value=(self.until) required; }
                label { (t("险种", "scheme")) " " select name="scheme" {
                    option value="" { (t("全部", "all")) }
                    @for scheme in Scheme::ALL { option value=(scheme.code()) selected[scheme.code() == self.scheme] { (scheme.name(lang)) } }
                } }
                label { (t("就诊类型", "setting")) " " select name="setting" {
                    option value="" { (t("全部", "all")) }
                    @for setting in Setting::ALL { option value=(setting.code()) selected[setting.code() == self.setting] { (setting.name(lang)) } }
                } }
                label { input type="checkbox" name="with_account" value="1" checked[!self.with_account.is_empty()]; " " (t("机构的基金数含个人账户", "the institution counts accounts among the funds")) }
                fieldset {
                    legend { (t("机构的合计（选填，退费为负）", "The institution's totals, if they are to be compared; refunds are negative")) }
                    @for (name, label, value) in amounts {
                        label { (label) " " input name=(name) value=(value) size="12" inputmode="decimal"; }
                    }
                }
                fieldset {
                    legend { (t("机构的明细（选填）", "The institution's own rows, if they are to be compared")) }
                    label { (t("文件", "file")) " " input type="file" name="rows" accept=".txt,.csv,.zip"; }
                    p.note { (t("TXT、CSV（UTF-8或GBK）或内含一个此类文件的ZIP：结算编号、就诊编号、人员编号、总额、基金、账户、退费标志，以制表符分隔", "TXT or CSV in UTF-8 or GBK, or a ZIP with one in it: settlement, visit, person, total, funds, account, refund 0 or 1, divided by tabs")) }
                }
                button { (t("对账", "compare")) }
            }
        }
    }
}

/// Nothing for all, something for one, none if there is no such thing.
fn one_of<T>(text: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => read(text).map(Some),
    }
}
