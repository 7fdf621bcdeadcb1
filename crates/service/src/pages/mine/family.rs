//! Family accounts: what relatives let a person draw, what the person lets relatives draw, and the forms for both.

mod asking;
mod misses;

use std::collections::BTreeMap;
use std::sync::Arc;

use agency::domain::account::AccountPart;
use agency::domain::explain::amount;
use agency::domain::fen::Fen;
use agency::domain::words::Lang;
use agency::record::Event;
use agency::record::money::Grant;
use agency::state::PersonState;
use agency::{EntryRow, Holder, Look};
use axum::Router;
use axum::extract::{Extension, Form, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use tower_sessions::Session;

use self::asking::{Ending, Giving, Told};
use self::misses::Misses;
use super::broken;
use crate::door::Door;
use crate::pages::Page;
use crate::pages::alert::alert;
use crate::pages::person::PersonRecord;
use crate::pages::sign_in::Insured;
use crate::random;
use crate::wire::refusal::Refusal;

/// Where the session keeps what came of a person's last form, until it is shown: another who signs in after does not read it.
fn place(person: u64) -> String {
    format!("family/{person}")
}

/// Where the page and its forms are.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/mine/family", get(shown).post(given))
        .route("/mine/family/end", post(ended))
        .layer(Extension(Arc::new(Misses::default())))
}

/// A grant between the person and a relative.
struct Granted {
    grant: Grant,
    relative: u64,
    on: Date,
    amount: Fen,
    /// What is left with whoever received it; none while it is on its way.
    left: Option<Fen>,
}

/// Both kinds of grants, the latest first, and who the relatives are.
struct Grants {
    received: Vec<Granted>,
    given: Vec<Granted>,
    relatives: BTreeMap<u64, Holder>,
}

/// A grant's number as it is written: the giver's lane and the entry.
fn written((lane, entry): Grant) -> String {
    format!("{lane}-{entry}")
}

/// The grant of a number that was written.
fn of_text(text: &str) -> Option<Grant> {
    let (lane, entry) = text.trim().split_once('-')?;
    Some((lane.parse().ok()?, entry.parse().ok()?))
}

async fn shown(State(door): State<Arc<Door>>, session: Session, insured: Insured) -> Page {
    let reader = insured.reader.clone();
    let record = match super::of(&door, insured).await {
        Ok(record) => record,
        Err(page) => return page,
    };
    let grants = match Grants::of(&door, &record).await {
        Ok(grants) => grants,
        Err(refusal) => return broken(reader, &refusal),
    };
    // What cannot be read is not told; the books below tell what came of it.
    let last = session
        .remove::<Told>(&place(record.person))
        .await
        .ok()
        .flatten();
    let body = html! {
        @if let Some(last) = last { (told(&record, &last)) }
        (received(&record, &grants))
        (gave(&record, &grants))
        (form(&record))
    };
    super::page(record, ("家庭共济", "Family"), &body)
}

async fn given(
    State(door): State<Arc<Door>>,
    Extension(misses): Extension<Arc<Misses>>,
    session: Session,
    insured: Insured,
    Form(form): Form<Giving>,
) -> Redirect {
    let told = asking::give(&door, &misses, insured.person, &form).await;
    back(&session, insured.person, told).await
}

async fn ended(
    State(door): State<Arc<Door>>,
    session: Session,
    insured: Insured,
    Form(form): Form<Ending>,
) -> Redirect {
    let told = asking::end(&door, insured.person, &form).await;
    back(&session, insured.person, told).await
}

/// To the page, which tells what came of the form.
async fn back(session: &Session, person: u64, told: Told) -> Redirect {
    if session.insert(&place(person), told).await.is_err() {
        tracing::warn!("what came of a form could not be kept until it is shown");
    }
    Redirect::to("/mine/family")
}

impl Grants {
    async fn of(door: &Door, record: &PersonRecord) -> Result<Grants, Refusal> {
        let own = door.window.agency.lane_of(record.person).digits();
        let mut grants = Grants {
            received: Vec::new(),
            given: Vec::new(),
            relatives: BTreeMap::new(),
        };
        let mut states = BTreeMap::new();
        for (entry, event) in record.history.iter().rev() {
            match event {
                Event::GrantReceived(received) => {
                    let (grant, relative) = (received.grant, received.from);
                    grants.meet(door, relative, &mut states).await?;
                    let left = left(&record.state, grant);
                    grants.received.push(granted(entry, grant, relative, left));
                }
                Event::GrantGiven(given) => {
                    let (grant, relative) = ((own, entry.seq), given.to);
                    grants.meet(door, relative, &mut states).await?;
                    let left = states.get(&relative).and_then(|state| left(state, grant));
                    grants.given.push(granted(entry, grant, relative, left));
                }
                _ => {}
            }
        }
        Ok(grants)
    }

    /// Looks at a relative once.
    async fn meet(
        &mut self,
        door: &Door,
        relative: u64,
        states: &mut BTreeMap<u64, PersonState>,
    ) -> Result<(), Refusal> {
        if states.contains_key(&relative) {
            return Ok(());
        }
        let look = Look {
            person: relative,
            who: true,
            ..Look::default()
        };
        let seen = door.window.look(look).await?;
        let key = door.window.agency.key();
        let holder = seen
            .sealed
            .as_deref()
            .map(|sealed| Holder::open(key, relative, sealed));
        if let Some(Ok(holder)) = holder {
            self.relatives.insert(relative, holder.masked());
        }
        states.insert(relative, seen.state.unwrap_or_default());
        Ok(())
    }
}

fn granted(entry: &EntryRow, grant: Grant, relative: u64, left: Option<Fen>) -> Granted {
    Granted {
        grant,
        relative,
        on: entry.day,
        amount: entry.postings.iter().map(|p| p.amount).sum(),
        left,
    }
}

/// What a state says is left of a grant; none if it has not arrived there.
fn left(state: &PersonState, grant: Grant) -> Option<Fen> {
    let received = state.received.iter().find(|r| r.grant == grant);
    received.map(|received| received.left)
}

fn told(record: &PersonRecord, told: &Told) -> Markup {
    let text = match record.lang() {
        Lang::Zh => &told.zh,
        Lang::En => &told.en,
    };
    html! {
        @if told.is_done { p.good role="status" { (text) } }
        @else { (alert(text)) }
    }
}

fn received(record: &PersonRecord, grants: &Grants) -> Markup {
    // Who gives is told by name: whoever receives did not choose it.
    let who = |granted: &Granted| {
        let giver = grants.relatives.get(&granted.relative);
        giver.map_or_else(String::new, |giver| {
            format!("{} {}", giver.name, giver.identity_number)
        })
    };
    html! {
        section aria-labelledby="received" {
            h2 #received { (record.t("亲属授权给我的", "What relatives let me draw")) }
            p { (record.t("现可使用（元）：", "To be drawn now, yuan: ")) strong { (amount(record.state.granted())) } }
            (table(record, &grants.received, record.t("授权人", "from"), record.t("退还", "Give back"), &who))
        }
    }
}

fn gave(record: &PersonRecord, grants: &Grants) -> Markup {
    // Of the relative no more is told than the giver has typed.
    let who = |granted: &Granted| {
        let relative = grants.relatives.get(&granted.relative);
        relative.map_or_else(String::new, |relative| relative.identity_number.clone())
    };
    html! {
        section aria-labelledby="given" {
            h2 #given { (record.t("我授权给亲属的", "What I let relatives draw")) }
            (table(record, &grants.given, record.t("亲属", "to"), record.t("收回", "Take back"), &who))
        }
    }
}

fn table(
    record: &PersonRecord,
    rows: &[Granted],
    whom: &str,
    end: &str,
    who: &dyn Fn(&Granted) -> String,
) -> Markup {
    if rows.is_empty() {
        return html! { p { (record.t("没有授权", "There is none")) } };
    }
    let sums = [record.t("授权金额", "granted"), record.t("余额", "left")];
    html! { div.wide { table {
        thead { tr {
            th scope="col" { (record.t("日期", "day")) } th scope="col" { (record.t("授权编号", "grant")) } th scope="col" { (whom) }
            @for sum in sums { th.n scope="col" { (sum) } }
            th scope="col" { (record.t("办理", "to do")) }
        } }
        tbody { @for row in rows { @let number = written(row.grant); tr {
            td { (row.on) } td { (number) } td { (who(row)) } td.n { (amount(row.amount)) }
            @match row.left {
                Some(left) => {
                    td.n { (amount(left)) }
                    td { @if !left.is_zero() { form.plain method="post" action="/mine/family/end" {
                        (key())
                        input type="hidden" name="grant" value=(number);
                        button aria-label={ (end) " " (number) } { (end) }
                    } } }
                }
                None => { td.n { (record.t("在途", "on its way")) } td {} }
            }
        } } }
    } } }
}

/// By it a form that is sent twice is carried out once. Without randomness it is empty, and the form is refused.
fn key() -> Markup {
    let key = random::name().unwrap_or_default();
    html! { input type="hidden" name="key" value=(key); }
}

fn form(record: &PersonRecord) -> Markup {
    html! {
        section aria-labelledby="give" {
            h2 #give { (record.t("授权亲属使用我的账户", "Let a relative draw on my account")) }
            @if let Some(most) = usable(record) { p { (record.t("可授权（元）：", "At most, yuan: ")) strong { (amount(most)) } } }
            p.note { (record.t(
                "金额当即从账户划出，亲属就医时使用；未用完的部分您可以随时收回，收回的部分计入历年账户。",
                "The amount leaves your account at once, for the relative's care. What is left you can take back at any time; it comes back as prior years' money.",
            )) }
            form.ask method="post" action="/mine/family" {
                (key())
                label { span { (record.t("亲属的身份证号码", "The relative's identity number")) }
                    input name="identity_number" autocomplete="off" spellcheck="false" maxlength="40" size="20" required; }
                label { span { (record.t("金额（元）", "Amount, yuan")) }
                    input name="amount" autocomplete="off" inputmode="decimal" maxlength="20" size="12" required; }
                button { (record.t("授权", "Let draw")) }
            }
        }
    }
}

/// What the policy lets relatives use of the account; none where it says nothing of it.
fn usable(record: &PersonRecord) -> Option<Fen> {
    let scheme = record.state.scheme(record.today)?;
    let version = record.office.policies.on(scheme, record.today).ok()?;
    let (parts, _) = version.policy().keeping.family_uses()?;
    let account = &record.state.account;
    let of = |part, balance| match parts.contains(&part) {
        true => balance,
        false => Fen::ZERO,
    };
    let parts = of(AccountPart::Prior, account.prior) + of(AccountPart::Current, account.current);
    Some(parts.min(account.own()))
}
