//! The form as a page shows it, with what was typed.

use agency::domain::bill::ItemClass;
use agency::domain::person::{CoverageState, Status};
use agency::domain::setting::Setting;
use agency::office::Office;
use maud::{Markup, html};

use super::super::super::Reader;
use super::lines::{Items, Row};
use super::offer::Choice;
use super::{ANOTHER, Form, HOSPITALS, Offer, lines, year};

impl Form {
    pub(in super::super) fn shown(
        &self,
        reader: &Reader,
        offer: &Offer,
        office: &Office,
    ) -> Markup {
        html! {
            form.ask method="get" action="/pay" {
                (self.insured(reader, offer))
                (self.care(reader, offer))
                (self.money(reader))
                (self.lines(reader, &self.items(office, offer.today)))
                (self.year(reader, offer))
                p {
                    // The first button is the one that the key of entry presses.
                    button name="ask" value="" { (reader.say("算一算", "Work it out")) }
                    @if let Some(more) = lines::more(self.rows()) {
                        " " button.more name="more" value=(more) { (reader.say("更多明细行", "More rows for lines")) }
                    }
                }
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
                    select name="status" { @for Choice { of, is_answered } in &offer.statuses {
                        option value=(of.code()) selected[of.code() == self.status] { (of.name(lang)) (lacking(reader, *is_answered)) }
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
                label { span { (t("参保状态", "Cover")) }
                    select name="coverage" { @for state in CoverageState::ALL {
                        option value=(state.code()) selected[state.code() == self.coverage] { (cover(reader, *state)) }
                    } }
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
                    select name="setting" { @for Choice { of: setting, is_answered } in &offer.settings {
                        option value=(setting.code()) selected[of(*setting)] { (setting.name(lang)) (lacking(reader, *is_answered)) }
                    } }
                }
                @if !offer.diseases.is_empty() && of(Setting::Chronic) {
                    label { span { (t("病种", "Disease")) }
                        select name="disease" {
                            @if offer.goes_by_disease { option value="" { (t("请选择", "please choose")) } }
                            option value=(ANOTHER) selected[self.disease == ANOTHER] { (t("其他病种", "another disease")) }
                            @for (code, name) in &offer.diseases { option value=(code) selected[*code == self.disease] { (name.lang(lang)) } }
                        }
                    }
                }
                @if !of(Setting::Pharmacy) {
                    label { span { (t("医院", "Hospital")) }
                        select name="hospital" { @for Choice { of, is_answered } in &offer.hospitals { @if let Some((code, zh, en)) = HOSPITALS.get(*of) {
                            option value=(code) selected[*code == self.hospital] { (t(zh, en)) (lacking(reader, *is_answered)) }
                        } } }
                    }
                }
                label { span { (t("就医地", "Where")) }
                    select name="place" { @for Choice { of: place, is_answered } in &offer.places {
                        option value=(place.code()) selected[place.code() == self.place] { (place.name(lang)) (lacking(reader, *is_answered)) }
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
                    label { span { (label) } input name=(name) value=(value) inputmode="decimal" size="12" maxlength="20"; }
                }
            }
        }
    }

    /// So many rows for fee lines are shown.
    fn rows(&self) -> usize {
        lines::shown(lines::rows(&self.typed).len(), &self.more)
    }

    fn lines(&self, reader: &Reader, items: &Items<'_>) -> Markup {
        let typed = lines::rows(&self.typed);
        let row = |number: usize| typed.get(number).copied().unwrap_or_default();
        html! {
            details open[!typed.is_empty() || !self.more.is_empty()] {
                summary { (reader.say("费用明细（代替上面的费用）", "Fee lines, in place of the cost above")) }
                p.note { (reader.say(
                    "每行填单价和类别即可；数量空为1。本经办机构的地区可填目录编码、名称或名称的一部分，类别由目录决定。乙类请填先行自付比例，除非本地规则有规定。",
                    "Of each line the price and the class are enough; no quantity is one. In the region of this agency you may tell a code, a name or a part of a name of its catalogue, which then says the class. Class B has a first share, unless the region's rules tell it.",
                )) }
                @for number in 0..self.rows() { (line(reader, number + 1, row(number), items)) }
            }
        }
    }

    /// The sums that can change the answer, and whatever is typed already.
    fn year(&self, reader: &Reader, offer: &Offer) -> Markup {
        let (first, rest) = year::asked(&self.typed, &offer.counted);
        let is_typed = |figure: &year::Figure| figure.is_typed(&self.typed);
        html! {
            details open[year::is_told(&self.typed)] {
                summary { (reader.say("今年以来", "This year so far")) }
                p.note { (reader.say(
                    "空即没有。只列出会影响这次结果的数字，见以往的结算单。",
                    "Empty is nothing. Only the figures that can change this answer are asked; they stand on the sheets of earlier settlements.",
                )) }
                (self.figures(reader, &first))
                @if !rest.is_empty() {
                    details open[rest.iter().any(is_typed)] {
                        summary { (reader.say("更多累计数", "More sums of the year")) }
                        (self.figures(reader, &rest))
                    }
                }
            }
        }
    }

    /// Figures of the year, setting by setting.
    fn figures(&self, reader: &Reader, figures: &[year::Figure]) -> Markup {
        html! {
            @for &setting in Setting::ALL {
                @let of = figures.iter().filter(|one| one.setting == setting);
                @if of.clone().next().is_some() {
                    fieldset.line {
                        legend { (setting.name(reader.lang)) }
                        @for one in of {
                            @let name = one.field();
                            label { span { (one.name(reader.lang)) } input name=(name) value=(self.typed.text(&name)) inputmode="decimal" size="12" maxlength="20"; }
                        }
                    }
                }
            }
        }
    }
}

/// The fields of a fee line.
fn line(reader: &Reader, number: usize, row: Row<'_>, items: &Items<'_>) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    let meant = items.meant(&row);
    html! {
        fieldset.line {
            legend { (t("第", "Line ")) (number) (t("行", "")) }
            label { span { (t("项目（编码或名称）", "Item, code or name")) }
                @if meant.len() > 1 {
                    select name={ "item-" (number) } {
                        option value=(row.item) selected { (t("请选择：", "please choose: ")) (row.item) }
                        @for item in meant.iter().take(lines::MOST_MEANT) { option value=(item.code) { (item.name) " " (item.code) } }
                        option value="" { (t("都不是，另行填写", "none of them; to type another")) }
                    }
                } @else { input name={ "item-" (number) } value=(row.item) size="20" maxlength="80"; }
            }
            label { span { (t("类别", "Class")) }
                select name={ "class-" (number) } {
                    option value="" { (t("按目录", "as the catalogue has it")) }
                    @for class in ItemClass::ALL { option value=(class.code()) selected[class.code() == row.class] { (class.name(reader.lang)) } }
                }
            }
            label { span { (t("数量", "Quantity")) } input name={ "quantity-" (number) } value=(row.quantity) inputmode="decimal" size="6" maxlength="12"; }
            label { span { (t("单价（元）", "Price of one, yuan")) } input name={ "price-" (number) } value=(row.price) inputmode="decimal" size="10" maxlength="20"; }
            label { span { (t("先行自付比例（%）", "First share, %")) } input name={ "share-" (number) } value=(row.share) inputmode="decimal" size="6" maxlength="9"; }
        }
    }
}

/// A state of cover in words for people.
fn cover(reader: &Reader, state: CoverageState) -> &'static str {
    match state {
        CoverageState::InForce => reader.say("已参保并缴费", "insured and paid up"),
        state => state.name(reader.lang),
    }
}

/// A choice that leads to no answer is told beforehand.
fn lacking(reader: &Reader, is_answered: bool) -> &'static str {
    match is_answered {
        true => "",
        false => reader.say("（本地规则暂缺）", " (no rule here yet)"),
    }
}
