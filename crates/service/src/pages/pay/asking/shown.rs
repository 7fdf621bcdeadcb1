//! The form as a page shows it, with what was typed.

use agency::domain::bill::Place;
use agency::domain::person::Status;
use agency::domain::setting::Setting;
use maud::{Markup, html};

use super::super::super::Reader;
use super::{Form, HOSPITALS, Offer};

impl Form {
    pub(in super::super) fn shown(&self, reader: &Reader, offer: &Offer) -> Markup {
        html! {
            form.ask method="get" action="/pay" {
                (self.insured(reader, offer))
                (self.care(reader, offer))
                (self.money(reader))
                button { (reader.say("算一算", "Work it out")) }
            }
        }
    }

    fn insured(&self, reader: &Reader, offer: &Offer) -> Markup {
        let lang = reader.lang;
        let t = |zh, en| reader.say(zh, en);
        html! {
            fieldset {
                legend { (t("参保", "Insured")) }
                label { span { (t("统筹区", "Region")) }
                    select name="region" { @for (region, name) in &offer.regions {
                        @let code = region.to_string();
                        option value=(code) selected[code == self.region] { (name.lang(lang)) " " (code) }
                    } }
                }
                label { span { (t("参保身份", "Status")) }
                    select name="status" { @for status in Status::ALL {
                        option value=(status.code()) selected[status.code() == self.status] { (status.name(lang)) }
                    } }
                }
                label { span { (t("年龄", "Age")) } input name="age" value=(self.age) inputmode="numeric" size="4" maxlength="3"; }
                @if offer.asks_retired && self.status == Status::Retired.code() {
                    label { span { (t("退休日期", "Day of retirement")) } input type="date" name="retired" value=(self.retired); }
                }
                @if !offer.identities.is_empty() {
                    label { span { (t("特殊身份", "Special status")) }
                        select name="identity" {
                            option value="" { (t("无", "none")) }
                            @for (code, name) in &offer.identities { option value=(code) selected[*code == self.identity] { (name.lang(lang)) } }
                        }
                    }
                }
                @if !offer.has_policy {
                    p.note { (t("本地没有该险种今天的规则。", "The region has no rules for this scheme today.")) }
                }
            }
        }
    }

    fn care(&self, reader: &Reader, offer: &Offer) -> Markup {
        let lang = reader.lang;
        let t = |zh, en| reader.say(zh, en);
        let of = |setting: Setting| self.setting == setting.code();
        html! {
            fieldset {
                legend { (t("就医", "Care")) }
                label { span { (t("就诊类型", "Kind")) }
                    select name="setting" { @for setting in Setting::ALL {
                        option value=(setting.code()) selected[of(*setting)] { (setting.name(lang)) }
                    } }
                }
                @if !offer.diseases.is_empty() && of(Setting::Chronic) {
                    label { span { (t("病种", "Disease")) }
                        select name="disease" {
                            option value="" { (t("其他", "other")) }
                            @for (code, name) in &offer.diseases { option value=(code) selected[*code == self.disease] { (name.lang(lang)) } }
                        }
                    }
                }
                @if !of(Setting::Pharmacy) {
                    label { span { (t("医院", "Hospital")) }
                        select name="hospital" { @for (code, zh, en) in HOSPITALS {
                            option value=(code) selected[code == self.hospital] { (t(zh, en)) }
                        } }
                    }
                }
                label { span { (t("就医地", "Where")) }
                    select name="place" { @for place in Place::ALL {
                        option value=(place.code()) selected[place.code() == self.place] { (place.name(lang)) }
                    } }
                }
                @if of(Setting::Inpatient) {
                    label { span { (t("今年已住院次数", "Stays so far this year")) } input name="stays" value=(self.stays) inputmode="numeric" size="4"; }
                }
            }
        }
    }

    fn money(&self, reader: &Reader) -> Markup {
        let fields = [
            ("cost", reader.say("费用", "Cost"), &self.cost),
            (
                "outside",
                reader.say("其中目录外（全自费）", "of it outside the catalogue"),
                &self.outside,
            ),
            (
                "first_share",
                reader.say("其中先行自付", "of it first shares (class B)"),
                &self.first_share,
            ),
            (
                "account",
                reader.say("个人账户余额", "In my account"),
                &self.account,
            ),
            (
                "prior",
                reader.say("其中历年账户", "of it prior years' money"),
                &self.prior,
            ),
        ];
        html! {
            fieldset {
                legend { (reader.say("费用（元）", "Cost, yuan")) }
                @for (name, label, value) in fields {
                    label { span { (label) } input name=(name) value=(value) inputmode="decimal" size="12" maxlength="20" required[name == "cost"]; }
                }
            }
        }
    }
}
