//! `Before`: who stands before the till: found by what a scanner reads, told without the whole name.

use std::sync::Arc;

use agency::deed::{Deed, Doing};
use agency::domain::bill::Scheme;
use agency::domain::day::age_on;
use agency::domain::explain::{Hearer, amount};
use agency::domain::identity_number::IdentityNumber;
use agency::domain::words::Lang;
use agency::office::Office;
use agency::state::PersonState;
use agency::{Holder, Look, Refused};
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::super::cover::covered;
use super::super::operator::broken;
use super::super::person::registered as registered_as;
use super::super::plain;
use super::draft::{Draft, Till, Told};
use super::{Asked, AtTill, again, back, shown};
use crate::door::Door;
use crate::vouchers::Vouchers;
use crate::wire::refusal::Refusal;
use crate::wire::{nobody, whose};

/// No paper is longer.
const LONGEST: usize = 64;
/// With the spaces in it that a hand puts there.
const LONGEST_TYPED: usize = 100;

/// Who stands before the till.
pub(super) struct Before {
    pub(super) person: u64,
    pub(super) state: PersonState,
    holder: Option<Holder>,
}

impl Before {
    /// None if there is nobody, or nobody has the number.
    pub(super) async fn of(door: &Door, person: Option<u64>) -> Result<Option<Before>, Refusal> {
        let Some(person) = person else {
            return Ok(None);
        };
        let look = Look {
            person,
            who: true,
            ..Look::default()
        };
        let seen = door.window.look(look).await?;
        let key = door.window.agency.key();
        let holder = seen
            .sealed
            .and_then(|sealed| Holder::open(key, person, &sealed).ok());
        Ok(seen.state.map(|state| Before {
            person,
            state,
            holder: holder.as_ref().map(Holder::masked),
        }))
    }
}

impl Before {
    /// Whoever has died buys nothing today; care of before is billed on paper.
    pub(super) const fn died(&self) -> bool {
        self.state.heir.is_some()
    }

    pub(super) fn dead(&self, lang: Lang) -> String {
        Refusal::from(Refused::Dead(self.person)).describe(lang)
    }
}

/// Residents have no account, unless money of before is in one or a relative's may be used.
pub(super) fn has_accounts(state: &PersonState, today: Date) -> bool {
    let resident = state.scheme(today) == Some(Scheme::Resident);
    !resident || !state.account.own().is_zero() || !state.granted().is_zero()
}

#[derive(Deserialize)]
pub(super) struct Paper {
    #[serde(default)]
    paper: String,
}

/// Finds whose paper it is.
pub(super) async fn found(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(form): Form<Paper>,
) -> Response {
    let mut held = Till::of(&session).await;
    let paper = plain::paper(&form.paper);
    let before = match sought(&door, &at, &paper).await {
        Ok(before) => before,
        Err(refusal) if refusal.is_unknown() => {
            return broken(at.work.reader, &refusal).into_response();
        }
        Err(refusal) => {
            let mut faults = vec![refusal.describe(at.reader().lang)];
            faults.extend(hint(&at, &paper));
            // Whoever stood there before is not shown for somebody else's paper.
            held.person = None;
            if !held.keep(&session).await {
                return again(at, &door).into_response();
            }
            let asked = Asked {
                paper: form.paper.chars().take(LONGEST_TYPED).collect(),
                ..Asked::wrong(faults)
            };
            return shown(&door, at, &held, None, &asked).await;
        }
    };
    let aside = held.meet(before.person);
    if aside > 0 {
        held.told = Some(Told::new(
            format!("已换人，前一位的账单（{aside}行）已清除"),
            format!("This is somebody else: the bill of before, {aside} lines, is put aside"),
        ));
    }
    back(&door, &session, at, &held).await
}

/// Whoever looks is written down, also where nobody is found.
async fn sought(door: &Door, at: &AtTill, paper: &str) -> Result<Before, Refusal> {
    let found = match paper.is_empty() || paper.len() > LONGEST {
        true => Err(nobody()),
        false => whose(&door.window, &at.institution, paper),
    };
    let before = match found {
        Ok(person) => Before::of(door, Some(person))
            .await
            .and_then(|before| before.ok_or_else(nobody)),
        Err(refusal) => Err(refusal),
    };
    let deed = Deed {
        person: before.as_ref().ok().map(|before| before.person),
        about: at.institution.clone(),
        ..at.work.deed(Doing::Found)
    };
    door.window.deed(deed).await?;
    before
}

/// What is wrong with the number itself.
fn hint(at: &AtTill, paper: &str) -> Option<String> {
    let garbled = paper.starts_with("YB") && !Vouchers::is_token(paper);
    let mistyped = paper.len() == 18 && IdentityNumber::parse(paper).is_err();
    let hint = match () {
        () if garbled => at.t(
            "电子凭证没有读完整，请重新扫描",
            "The e-voucher was not read whole; please scan it again",
        ),
        () if mistyped => at.t(
            "身份证号码校验不通过，请核对后重新输入",
            "The check digit of the identity number is wrong; please type it again",
        ),
        () => return None,
    };
    Some(hint.to_owned())
}

#[derive(Deserialize)]
pub(super) struct Anew {
    #[serde(default)]
    bill: String,
    #[serde(default)]
    what: String,
}

/// The bill anew, or the next person.
pub(super) async fn anew(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(form): Form<Anew>,
) -> Response {
    let mut held = Till::of(&session).await;
    if !held.draft.is(&form.bill) {
        let asked = Asked::meanwhile(&at);
        return shown(&door, at, &held, None, &asked).await;
    }
    held.draft = Draft::begin();
    if form.what == "person" {
        held.person = None;
    }
    back(&door, &session, at, &held).await
}

/// The form by which somebody is found.
pub(super) fn asked(at: &AtTill, typed: &str) -> Markup {
    html! {
        form.ask method="post" action="/cashier/person" {
            label { span { (at.t("身份证号码、社保卡、电子凭证或人员编号", "Identity number, card, e-voucher or number of the person")) }
                input name="paper" value=(typed) autocomplete="off" spellcheck="false" maxlength=(LONGEST_TYPED) size="34" required autofocus; }
            button { (at.t("查找", "Find")) }
        }
        p.note { (at.t("可用扫码枪扫描参保人出示的电子凭证；社保卡按身份证号码识别。", "A scanner reads the e-voucher that the person shows; cards are known by the identity number.")) }
    }
}

/// Who it is, whether covered, what the accounts can pay, what is registered.
pub(super) fn told(
    at: &AtTill,
    office: &Office,
    (before, bill): (&Before, &str),
    today: Date,
) -> Markup {
    let (state, reader) = (&before.state, at.reader());
    let lang = reader.lang;
    let membership = &state.membership;
    let age = membership.birth.and_then(|birth| age_on(birth, today));
    let (name, number) = match &before.holder {
        Some(holder) => (holder.name.as_str(), holder.identity_number.as_str()),
        None => (at.t("（未留姓名）", "(no name is kept)"), ""),
    };
    html! {
        section aria-labelledby="person" {
            h2 #person { (name) " " (number) }
            p {
                @if let Some(sex) = membership.sex { (sex.name(lang)) " · " }
                @if let Some(age) = age { (age) (at.t("岁", " years")) " · " }
                @match state.scheme(today) {
                    Some(scheme) => { (scheme.name(lang)) }
                    None => { (at.t("未参保", "not enrolled")) }
                }
                @if before.died() { " · " strong.bad { (at.t("已死亡", "has died")) } }
                @if let Some(status) = state.status(today) { " · " (status.name(lang)) }
            }
            (covered(reader, office, state, (today, Hearer::Other)))
            (balances(at, state, today))
            (registered(at, office, state, today))
            form method="post" action="/cashier/anew" { input type="hidden" name="bill" value=(bill); button name="what" value="person" { (at.t("换人", "Another person")) } }
        }
    }
}

fn balances(at: &AtTill, state: &PersonState, today: Date) -> Markup {
    let parts = [
        (
            at.t("本人账户（元）", "own account, yuan"),
            state.account.own(),
        ),
        (
            at.t("亲属共济（元）", "granted by relatives, yuan"),
            state.granted(),
        ),
    ];
    html! {
        @if !has_accounts(state, today) { p { (at.t("居民医保没有个人账户。", "Residents have no account.")) } }
        @else { dl.figures { @for (name, sum) in parts { div { dt { (name) } dd { (amount(sum)) } } } } }
    }
}

/// What is registered for the person and holds today.
fn registered(at: &AtTill, office: &Office, state: &PersonState, today: Date) -> Markup {
    let all = state.registrations.iter().map(|held| &held.registration);
    let holds: Vec<_> = all.filter(|one| one.holds_on(today)).collect();
    html! { @if !holds.is_empty() {
        ul { @for one in holds { li {
            (registered_as(at.reader(), office, one))
        } } }
    } }
}
