//! The lines of a bill: looked for in the catalogue, or typed where it has no such thing; added, changed, taken out.

use std::sync::Arc;

use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::catalogue::CatalogueItem;
use agency::domain::explain::amount;
use agency::office::Office;
use agency::state::PersonState;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use tower_sessions::Session;

use super::super::escaped;
use super::draft::{Accounts, Kind, Line, Till, kinds};
use super::person::{Before, has_accounts};
use super::shelf::Shelf;
use super::typed::{LONGEST_NAME, OWN, Typed, of_item, of_line};
use super::{Asked, AtTill, TILL, again, back, figures, shown as till};
use crate::clock;
use crate::door::Door;

pub(super) async fn looked(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(typed): Form<Typed>,
) -> Response {
    let mut held = Till::of(&session).await;
    let lines = held.draft.says.lines.len();
    if let Err(asked) = taken(&door, &at, &mut held, &typed, None).await {
        return till(&door, at, &held, None, &asked).await;
    }
    let find = typed.text("find").trim();
    // What was added was what was looked for.
    if find.is_empty() || held.draft.says.lines.len() > lines {
        return back(&door, &session, at, &held).await;
    }
    match held.keep(&session).await {
        true => Redirect::to(&format!("{TILL}?find={}", escaped(find))).into_response(),
        false => again(at, &door).into_response(),
    }
}

/// A line is added, or what was typed is taken: into the bill of this form alone.
pub(super) async fn changed(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(typed): Form<Typed>,
) -> Response {
    let mut held = Till::of(&session).await;
    match taken(&door, &at, &mut held, &typed, None).await {
        Ok(_) => back(&door, &session, at, &held).await,
        Err(asked) => till(&door, at, &held, None, &asked).await,
    }
}

pub(super) async fn taken_out(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Path(number): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let mut held = Till::of(&session).await;
    let number = number.parse::<u32>().ok();
    let is_out = |line: &Line| Some(line.number) == number;
    if !held.draft.says.lines.iter().any(is_out) {
        let asked = Asked::meanwhile(&at);
        return till(&door, at, &held, None, &asked).await;
    }
    if let Err(asked) = taken(&door, &at, &mut held, &typed, number).await {
        return till(&door, at, &held, None, &asked).await;
    }
    held.draft
        .change(|says| says.lines.retain(|line| !is_out(line)));
    back(&door, &session, at, &held).await
}

/// Takes everything that was typed into the bill; whether it is another then.
pub(super) async fn taken(
    door: &Door,
    at: &AtTill,
    held: &mut Till,
    typed: &Typed,
    out: Option<u32>,
) -> Result<bool, Asked> {
    if !held.draft.is(typed.bill()) {
        return Err(Asked {
            find: typed.text("find").to_owned(),
            ..Asked::meanwhile(at)
        });
    }
    let office = door.window.agency.office();
    let mut faults = not_offered(door, at, held, typed).await;
    let mut draft = held.draft.clone();
    match typed.take(at, &office, &mut draft, out) {
        Ok(changed) if faults.is_empty() => {
            held.draft = draft;
            return Ok(changed);
        }
        Ok(_) => {}
        Err(more) => faults.extend(more),
    }
    Err(Asked {
        find: typed.text("find").to_owned(),
        typed: typed.clone(),
        ..Asked::wrong(faults)
    })
}

/// A kind of care that the person may not have here today. What is not said stays as it is.
async fn not_offered(door: &Door, at: &AtTill, held: &Till, typed: &Typed) -> Vec<String> {
    let kind = typed.text("kind");
    if kind.is_empty() || kind == held.draft.says.kind {
        return Vec::new();
    }
    let office = door.window.agency.office();
    let today = clock::now().date();
    let may = match Before::of(door, held.person).await {
        Ok(Some(before)) => kinds(at.agreement(&office, today), &office, &before.state, today),
        Ok(None) => Vec::new(),
        Err(refusal) => return vec![refusal.describe(at.reader().lang)],
    };
    if may.iter().any(|one| one.written() == kind) {
        return Vec::new();
    }
    let why = at.t(
        "此人今天在本机构没有这种医疗类别，未更改",
        "The person has no such kind of care here today; nothing was changed",
    );
    vec![why.to_owned()]
}

/// The catalogue, and what was found in it. The first button of the form is what the enter key presses.
pub(super) fn shown(at: &AtTill, asked: &Asked, shelf: &Shelf) -> Markup {
    // Where something is found, one goes on there.
    let searching = shelf.items.is_empty();
    html! {
        section aria-labelledby="items" {
            h2 #items { (at.t("项目", "Items")) }
            div.ask {
                label { span { (at.t("按名称或编码查找", "Look for a name or a code")) }
                    input name="find" value=(asked.find) autocomplete="off" maxlength="60" size="24" autofocus[searching]; }
                button { (at.t("查找", "Look")) }
            }
            (found(at, asked, shelf))
            ul.cards { @for (place, item) in shelf.items.iter().enumerate() { li { (card(at, asked, item, place == 0)) } } }
            @if shelf.more > 0 { p.note { (at.t("另有：", "There are more, not shown: ")) (shelf.more) (at.t("项未显示，请缩小查找范围", "; tell more of the name")) } }
            (of_no_catalogue(at, asked))
        }
    }
}

/// What is told where nothing was found.
fn found(at: &AtTill, asked: &Asked, shelf: &Shelf) -> Markup {
    let looked = !asked.find.trim().is_empty();
    html! {
        @match shelf.ended {
            Some(day) => p.bad role="status" { (at.t("该项目已于以下日期停用：", "The item has ended; its last day was ")) (day) },
            None => @if looked && shelf.items.is_empty() { p role="status" { (at.t("目录中没有找到", "Nothing of the kind is in the catalogue today")) } },
        }
    }
}

/// A quantity and a price to type; what is no figure is marked.
fn figures_of(
    at: &AtTill,
    (typed, focus): (&Typed, bool),
    name: impl Fn(&str) -> String,
    kept: (&str, &str),
) -> Markup {
    let (many, price) = (name("quantity"), name("price"));
    let [wrong_many, wrong_price] = [
        typed.get(&many).is_some_and(|text| !figures::is_many(text)),
        typed
            .get(&price)
            .is_some_and(|text| !text.is_empty() && !figures::is_price(text)),
    ];
    html! {
        label { (at.t("数量 ", "Quantity ")) input name=(many) value=(typed.get(&many).unwrap_or(kept.0)) aria-invalid=[wrong_many.then_some("true")] inputmode="decimal" autocomplete="off" maxlength="20" size="5" autofocus[focus]; }
        label { (at.t("单价 ", "Price ")) input name=(price) value=(typed.get(&price).unwrap_or(kept.1)) aria-invalid=[wrong_price.then_some("true")] inputmode="decimal" autocomplete="off" maxlength="20" size="8"; }
    }
}

/// One item of the catalogue, and the fields that add it.
fn card(at: &AtTill, asked: &Asked, item: &CatalogueItem, first: bool) -> Markup {
    let lang = at.reader().lang;
    let approved = of_item(&item.code, "approved");
    html! {
        strong { (item.name) } " " small.clause { (item.code) " · " (item.category.name(lang)) " · " (item.class.name(lang)) }
        p.note {
            @match item.first_share {
                Some(share) => { (at.t("先自付 ", "first share ")) (share) },
                None => { (at.t("先自付按政策", "first share by the policy")) },
            }
            @if let Some(limit) = item.limit { (at.t(" · 限价 ", " · limit ")) (limit) (at.t(" 元", " yuan")) }
            @if let Some(restriction) = &item.restriction { (at.t(" · 限：", " · only: ")) (restriction) }
        }
        div.row {
            (figures_of(at, (&asked.typed, first), |what| of_item(&item.code, what), ("1", "")))
            @if item.restriction.is_some() { label { input type="checkbox" name=(approved) value="1" checked[asked.typed.get(&approved).is_some()]; (at.t(" 符合限定范围", " within the restriction")) } }
            button formaction="/cashier/items" name="add" value=(item.code) aria-label={ (at.t("添加 ", "Add ")) (item.name) } { (at.t("添加", "Add")) }
        }
    }
}

/// What the catalogue does not have is the person's own expense.
fn of_no_catalogue(at: &AtTill, asked: &Asked) -> Markup {
    let typed = &asked.typed;
    let open = [OWN, "own.price"]
        .iter()
        .any(|name| !typed.text(name).is_empty());
    html! {
        details open[open || typed.get("add") == Some(OWN)] {
            summary { (at.t("目录外项目（自费）", "A thing of no catalogue: own expense")) }
            div.row {
                label { (at.t("名称 ", "Name ")) input name=(OWN) value=(typed.text(OWN)) autocomplete="off" maxlength=(LONGEST_NAME) size="16"; }
                (figures_of(at, (typed, false), |what| format!("{OWN}.{what}"), ("1", "")))
                button formaction="/cashier/items" name="add" value=(OWN) { (at.t("添加自费项目", "Add own expense")) }
            }
        }
    }
}

/// The bill: its lines, the kind of care, which accounts pay.
pub(super) fn bill(
    at: &AtTill,
    office: &Office,
    held: &Till,
    (kinds, state): (&[Kind], &PersonState),
    (asked, today): (&Asked, Date),
) -> Markup {
    let (says, typed) = (&held.draft.says, &asked.typed);
    let chosen = says.kind(kinds);
    // The kind of before any choice keeps its name, so that nothing has changed where nothing was chosen.
    let written = |kind: &Kind| match Some(kind) == chosen {
        true => says.kind.clone(),
        false => kind.written(),
    };
    let marked = |kind: &Kind| {
        typed
            .get("kind")
            .map_or(Some(kind) == chosen, |kept| kept == written(kind))
    };
    let accounts = typed
        .get("accounts")
        .and_then(Accounts::of)
        .unwrap_or(says.accounts);
    html! {
        section aria-labelledby="bill" {
            h2 #bill { (at.t("账单", "Bill")) }
            @if says.lines.is_empty() { p { (at.t("还没有项目", "There is no line yet")) } }
            ul.cards { @for line in &says.lines { li { (row(at, office, typed, line, today)) } } }
            div.row {
                label { (at.t("医疗类别 ", "Kind of care ")) select name="kind" {
                    @for kind in kinds { option value=(written(kind)) selected[marked(kind)] { (kind.name(at.reader(), office)) } }
                } }
                @if has_accounts(state, today) { label { (at.t("账户支付 ", "Pays from ")) select name="accounts" {
                    @for one in Accounts::ALL { option value=(one.written()) selected[one == accounts] { (at.t(one.name().0, one.name().1)) } }
                } } }
                button formaction="/cashier/care" { (at.t("更新账单", "Update the bill")) }
                @if !says.lines.is_empty() { button formaction="/cashier/anew" name="what" value="bill" { (at.t("清空账单", "Begin the bill anew")) } }
            }
        }
    }
}

/// A line, and the fields that change it.
fn row(at: &AtTill, office: &Office, typed: &Typed, line: &Line, today: Date) -> Markup {
    let lang = at.reader().lang;
    let known = office.catalogue.on(&line.item, today);
    let name = known.map_or(line.item.as_str(), |item| &item.name);
    let kept = (
        Quantity(line.quantity).to_string(),
        UnitPrice(line.price).to_string(),
    );
    html! {
        strong { (name) } " "
        small.clause {
            @match known {
                Some(item) => { (line.item) " · " (item.class.name(lang)) },
                None => { (at.t("目录外，自费", "of no catalogue, own expense")) },
            }
            @if line.approved { (at.t(" · 符合限定范围", " · within the restriction")) }
        }
        p { (at.t("金额（元）：", "Amount, yuan: ")) strong { (line.amount().map_or_else(String::new, amount)) } }
        div.row {
            (figures_of(at, (typed, false), |what| of_line(line.number, what), (&kept.0, &kept.1)))
            button formaction={ "/cashier/items/" (line.number) } aria-label={ (at.t("删 ", "Take out ")) (name) } { (at.t("删", "Take out")) }
        }
    }
}
