//! An insured person's own pages: account, family, settlements, the year, coverage, e-voucher; of nobody else.

mod account;
mod cover;
mod family;
mod settlements;
mod sheet;
mod voucher;
mod year;

use std::sync::Arc;

use agency::domain::bill::Scheme;
use agency::domain::explain::amount;
use agency::domain::words::Lang;
use agency::forecast::next_credit;
use agency::office::Office;
use agency::record::Event;
use agency::state::PersonState;
use agency::{EntryRow, Holder, Look};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};

use self::account::At;
use super::alert::alert;
use super::sign_in::Insured;
use super::{Page, Reader};
use crate::clock;
use crate::door::Door;
use crate::wire::refusal::Refusal;

/// Where the pages are.
pub fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/mine", get(overview))
        .route("/mine/account", get(account))
        .route("/mine/settlements", get(settlements))
        .route("/mine/settlements/{entry}", get(settlement))
        .route("/mine/cover", get(coverage))
        .merge(family::routes())
        .merge(voucher::routes())
}

/// All that a page may tell of a person.
struct Mine {
    reader: Reader,
    person: u64,
    today: Date,
    office: Arc<Office>,
    state: PersonState,
    history: Vec<(EntryRow, Event)>,
    holder: Option<Holder>,
}

impl Mine {
    async fn of(door: &Door, insured: Insured) -> Result<Mine, Page> {
        let Insured { person, reader } = insured;
        let read = read(door, person).await;
        let (state, sealed, history) = read.map_err(|refusal| broken(reader.clone(), &refusal))?;
        let holder =
            sealed.and_then(|sealed| Holder::open(door.window.agency.key(), person, &sealed).ok());
        Ok(Mine {
            reader,
            person,
            today: clock::now().date(),
            office: door.window.agency.office(),
            state,
            history,
            holder,
        })
    }

    const fn lang(&self) -> Lang {
        self.reader.lang
    }

    const fn t(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.reader.say(zh, en)
    }

    /// A page with the ways to the others over it.
    fn page(self, title: (&'static str, &'static str), body: &Markup) -> Page {
        let places = [
            ("/mine", self.t("总览", "Overview")),
            ("/mine/account", self.t("账户明细", "Account")),
            ("/mine/settlements", self.t("结算", "Settlements")),
            ("/mine/cover", self.t("参保", "Coverage")),
            ("/mine/family", self.t("家庭共济", "Family")),
            ("/mine/voucher", self.t("电子凭证", "E-voucher")),
        ];
        let (path, _) = self
            .reader
            .here
            .split_once('?')
            .unwrap_or((&self.reader.here, ""));
        let here = path.to_owned();
        let holder = self.holder.as_ref().map(Holder::masked);
        let body = html! {
            nav.places aria-label=(self.t("我的医保", "My insurance")) {
                @for (path, name) in places { a href=(path) aria-current=[(here == path).then_some("page")] { (name) } }
                form.plain method="post" action="/sign-out" { button { (self.t("退出", "Sign out")) } }
            }
            @if let Some(holder) = holder { p.note { (holder.name) " · " (holder.identity_number) } }
            (body)
        };
        Page {
            title: self.t(title.0, title.1).to_owned(),
            reader: self.reader,
            found: true,
            body,
        }
    }
}

async fn read(
    door: &Door,
    person: u64,
) -> Result<(PersonState, Option<String>, Vec<(EntryRow, Event)>), Refusal> {
    let look = Look {
        person,
        who: true,
        ..Look::default()
    };
    let seen = door.window.look(look).await?;
    let history = door.window.history(person).await?;
    Ok((seen.state.unwrap_or_default(), seen.sealed, history))
}

/// The books cannot be read now.
fn broken(reader: Reader, refusal: &Refusal) -> Page {
    tracing::error!(why = refusal.english(), "a person's page was not shown");
    let why = reader.say(
        "暂时无法查询，请稍后再试",
        "It cannot be read now; try again later",
    );
    Page {
        title: reader.say("我的医保", "My insurance").to_owned(),
        body: alert(why),
        reader,
        found: false,
    }
}

/// Either is a page.
fn shown(page: Result<Page, Page>) -> Page {
    page.unwrap_or_else(|page| page)
}

async fn overview(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let mine = Mine::of(&door, insured).await;
    shown(mine.map(|mine| {
        let body = html! {
            (balances(&mine))
            (cover::today(&mine))
            (year::pictures(&mine))
            (settlements::last(&mine, 5))
            p { a href="/mine/settlements" { (mine.t("全部结算", "All settlements")) } }
        };
        mine.page(("我的医保", "My insurance"), &body)
    }))
}

async fn account(State(door): State<Arc<Door>>, insured: Insured, Query(at): Query<At>) -> Page {
    let mine = Mine::of(&door, insured).await;
    shown(mine.map(|mine| {
        let body = html! { (balances(&mine)) (account::movements(&mine, &at)) };
        mine.page(("账户明细", "Account"), &body)
    }))
}

async fn settlements(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let mine = Mine::of(&door, insured).await;
    shown(mine.map(|mine| {
        let body = settlements::last(&mine, usize::MAX);
        mine.page(("结算", "Settlements"), &body)
    }))
}

async fn settlement(
    State(door): State<Arc<Door>>,
    insured: Insured,
    Path(entry): Path<String>,
) -> Page {
    let mine = Mine::of(&door, insured).await;
    shown(mine.map(|mine| {
        let sheet = entry.parse().ok().and_then(|entry| sheet::of(&mine, entry));
        let found = sheet.is_some();
        let none = || html! { p { (mine.t("没有这笔结算", "There is no such settlement")) } };
        let body = sheet.unwrap_or_else(none);
        let page = mine.page(("结算单", "Settlement"), &body);
        Page { found, ..page }
    }))
}

async fn coverage(State(door): State<Arc<Door>>, insured: Insured) -> Page {
    let mine = Mine::of(&door, insured).await;
    shown(mine.map(|mine| {
        let body = html! { (cover::today(&mine)) (cover::history(&mine)) };
        mine.page(("参保", "Coverage"), &body)
    }))
}

/// Both parts of the account, what relatives granted, and when the next credit comes.
fn balances(mine: &Mine) -> Markup {
    let account = &mine.state.account;
    let scheme = mine.state.scheme(mine.today);
    let version = scheme.and_then(|scheme| mine.office.policies.on(scheme, mine.today).ok());
    let policy = version.map(|version| version.policy());
    let credit = next_credit(&mine.office, mine.person, &mine.state, mine.today);
    let parts = [
        (mine.t("合计", "together"), account.current + account.prior),
        (mine.t("当年账户", "current year"), account.current),
        (mine.t("历年账户", "prior years"), account.prior),
        (
            mine.t("亲属共济", "granted by relatives"),
            mine.state.granted(),
        ),
    ];
    let resident = scheme == Some(Scheme::Resident) && parts.iter().all(|(_, sum)| sum.is_zero());
    let credit = credit.filter(|_| mine.state.open_enrolment().is_some());
    html! {
        section aria-labelledby="balances" {
            h2 #balances { (mine.t("账户余额（元）", "Account, yuan")) }
            @if resident { p { (mine.t("居民医保没有个人账户。", "Residents have no account.")) } } @else {
            dl.figures { @for (name, sum) in parts { div { dt { (name) } dd { (amount(sum)) } } } }
            p { @match credit {
                Some(credit) => { (credit.told(policy, mine.lang())) }
                None => { (mine.t("政策不再为您划入个人账户。", "No credit is to come by the policy.")) }
            } }
            }
        }
    }
}
