//! The lines of a bill: looked for in the catalogue, or typed where it has no such thing; added, changed, taken out.

use std::sync::Arc;

use agency::domain::bill::{Quantity, UnitPrice};
use agency::domain::catalogue::CatalogueItem;
use agency::domain::explain::amount;
use agency::office::Office;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use tower_sessions::Session;

use super::draft::{Accounts, Kind, Line, MOST_LINES, Till};
use super::shelf::Shelf;
use super::{Asked, AtTill, back, figures, shown as till};
use crate::clock;
use crate::door::Door;

/// What a cashier calls a thing has at most so many characters.
const LONGEST_NAME: usize = 60;

/// The form by which a line is added.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Adding {
    bill: String,
    find: String,
    /// Of the catalogue.
    code: String,
    /// Or of no catalogue.
    own: String,
    quantity: String,
    price: String,
    approved: String,
}

/// The form by which a line is changed or taken out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Changing {
    bill: String,
    what: String,
    quantity: String,
    price: String,
}

pub(super) async fn added(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Form(form): Form<Adding>,
) -> Response {
    let mut held = Till::of(&session).await;
    let find = form.find.clone();
    if !held.draft.is(&form.bill) {
        let asked = Asked {
            find,
            ..Asked::meanwhile(&at)
        };
        return till(&door, at, &held, None, &asked).await;
    }
    let office = door.window.agency.office();
    let read = line(&at, &office, &form).and_then(|line| match held.draft.add(line) {
        true => Ok(()),
        false => Err(vec![too_many(&at)]),
    });
    match read {
        Ok(()) => back(&door, &session, at, &held).await,
        Err(faults) => {
            let asked = Asked {
                find,
                typed: form,
                ..Asked::wrong(faults)
            };
            till(&door, at, &held, None, &asked).await
        }
    }
}

fn too_many(at: &AtTill) -> String {
    match at.reader().lang {
        agency::domain::words::Lang::Zh => format!("一张账单最多{MOST_LINES}行"),
        agency::domain::words::Lang::En => format!("a bill has at most {MOST_LINES} lines"),
    }
}

/// The line that a form adds, or everything that is wrong with it.
fn line(at: &AtTill, office: &Office, form: &Adding) -> Result<Line, Vec<String>> {
    let today = clock::now().date();
    let own = form.own.trim();
    let known = |code: &str| office.catalogue.on(code, today).is_some();
    let fault = match form.code.is_empty() {
        false if !known(&form.code) => Some(at.t(
            "目录中今天没有这个项目（可能已停用），请重新查找",
            "The catalogue does not have the item today; it may have ended. Please look for it again",
        )),
        false => None,
        true if own.is_empty()
            || own.chars().count() > LONGEST_NAME
            || own.chars().any(char::is_control) =>
        {
            Some(at.t(
                "目录外项目：请填写名称，至多60个字",
                "A thing of no catalogue: tell its name, of at most 60 characters",
            ))
        }
        true if known(own) => Some(at.t(
            "目录中有这个编码，请用查找添加",
            "The catalogue has this code; look for it there",
        )),
        true => None,
    };
    let figures = figures::line(at.reader(), &form.quantity, &form.price);
    match (fault, figures) {
        (None, Ok((quantity, price))) => Ok(Line {
            number: 0,
            item: if form.code.is_empty() {
                own
            } else {
                &form.code
            }
            .to_owned(),
            quantity,
            price,
            approved: !form.approved.is_empty(),
        }),
        (fault, figures) => {
            let mut faults: Vec<String> = fault.into_iter().map(str::to_owned).collect();
            faults.extend(figures.err().into_iter().flatten());
            Err(faults)
        }
    }
}

pub(super) async fn changed(
    State(door): State<Arc<Door>>,
    session: Session,
    at: AtTill,
    Path(number): Path<String>,
    Form(form): Form<Changing>,
) -> Response {
    let mut held = Till::of(&session).await;
    let number = number.parse::<u32>().ok();
    let is_there = |held: &Till| {
        held.draft
            .says
            .lines
            .iter()
            .any(|line| Some(line.number) == number)
    };
    if !held.draft.is(&form.bill) || !is_there(&held) {
        let asked = Asked::meanwhile(&at);
        return till(&door, at, &held, None, &asked).await;
    }
    if form.what == "remove" {
        held.draft
            .change(|says| says.lines.retain(|line| Some(line.number) != number));
        return back(&door, &session, at, &held).await;
    }
    match figures::line(at.reader(), &form.quantity, &form.price) {
        Ok((quantity, price)) => {
            held.draft.change(|says| {
                let line = says.lines.iter_mut();
                for line in line.filter(|line| Some(line.number) == number) {
                    (line.quantity, line.price) = (quantity, price);
                }
            });
            back(&door, &session, at, &held).await
        }
        Err(faults) => till(&door, at, &held, None, &Asked::wrong(faults)).await,
    }
}

/// The catalogue, and what was found in it.
pub(super) fn shown(at: &AtTill, held: &Till, asked: &Asked, shelf: &Shelf) -> Markup {
    let bill = held.draft.mark();
    // Where something is found, one goes on there.
    let searching = shelf.items.is_empty();
    html! {
        section aria-labelledby="items" {
            h2 #items { (at.t("项目", "Items")) }
            form.ask method="get" action="/cashier" {
                label { span { (at.t("按名称或编码查找", "Look for a name or a code")) }
                    input name="find" value=(asked.find) autocomplete="off" maxlength="60" size="24" autofocus[searching]; }
                button { (at.t("查找", "Look")) }
            }
            (found(at, asked, shelf))
            ul.cards { @for (place, item) in shelf.items.iter().enumerate() { li {
                (card(at, asked, &bill, item, place == 0))
            } } }
            @if shelf.more > 0 { p.note { (at.t("另有：", "There are more, not shown: ")) (shelf.more) (at.t("项未显示，请缩小查找范围", "; tell more of the name")) } }
            (of_no_catalogue(at, asked, &bill))
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

/// One item of the catalogue, and the form that adds it.
fn card(at: &AtTill, asked: &Asked, bill: &str, item: &CatalogueItem, first: bool) -> Markup {
    let lang = at.reader().lang;
    let typed = Some(&asked.typed).filter(|typed| typed.code == item.code);
    let (quantity, price) = typed.map_or(("1", ""), |typed| {
        (typed.quantity.as_str(), typed.price.as_str())
    });
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
        form method="post" action="/cashier/items" {
            input type="hidden" name="bill" value=(bill);
            input type="hidden" name="find" value=(asked.find);
            input type="hidden" name="code" value=(item.code);
            label { (at.t("数量 ", "Quantity ")) input name="quantity" value=(quantity) inputmode="decimal" autocomplete="off" maxlength="14" size="5" required autofocus[first]; }
            label { (at.t("单价 ", "Price ")) input name="price" value=(price) inputmode="decimal" autocomplete="off" maxlength="14" size="8" required; }
            @if item.restriction.is_some() { label { input type="checkbox" name="approved" value="1"; (at.t(" 符合限定范围", " within the restriction")) } }
            button aria-label={ (at.t("添加 ", "Add ")) (item.name) } { (at.t("添加", "Add")) }
        }
    }
}

/// What the catalogue does not have is the person's own expense.
fn of_no_catalogue(at: &AtTill, asked: &Asked, bill: &str) -> Markup {
    let typed = &asked.typed;
    let open = !asked.faults.is_empty() && typed.code.is_empty() && !typed.bill.is_empty();
    html! {
        details open[open] {
            summary { (at.t("目录外项目（自费）", "A thing of no catalogue: own expense")) }
            form method="post" action="/cashier/items" {
                input type="hidden" name="bill" value=(bill);
                label { (at.t("名称 ", "Name ")) input name="own" value=(typed.own) autocomplete="off" maxlength=(LONGEST_NAME) size="16" required; }
                label { (at.t("数量 ", "Quantity ")) input name="quantity" value=(if open { &typed.quantity } else { "1" }) inputmode="decimal" autocomplete="off" maxlength="14" size="5" required; }
                label { (at.t("单价 ", "Price ")) input name="price" value=(if open { &typed.price } else { "" }) inputmode="decimal" autocomplete="off" maxlength="14" size="8" required; }
                button { (at.t("添加自费项目", "Add own expense")) }
            }
        }
    }
}

/// The bill: its lines, the kind of care, which accounts pay.
pub(super) fn bill(
    at: &AtTill,
    office: &Office,
    held: &Till,
    kinds: &[Kind],
    today: Date,
) -> Markup {
    let (draft, says) = (&held.draft, &held.draft.says);
    html! {
        section aria-labelledby="bill" {
            h2 #bill { (at.t("账单", "Bill")) }
            @if says.lines.is_empty() { p { (at.t("还没有项目", "There is no line yet")) } }
            ul.cards { @for line in &says.lines { li { (row(at, office, &draft.mark(), line, today)) } } }
            form method="post" action="/cashier/care" {
                input type="hidden" name="bill" value=(draft.mark());
                label { (at.t("医疗类别 ", "Kind of care ")) select name="kind" {
                    @let chosen = says.kind(kinds);
                    @for kind in kinds { option value=(kind.written()) selected[Some(kind) == chosen] { (kind.name(at.reader().lang)) } }
                } }
                label { (at.t("账户支付 ", "Pays from ")) select name="accounts" {
                    @for one in Accounts::ALL { option value=(one.written()) selected[one == says.accounts] { (at.t(one.name().0, one.name().1)) } }
                } }
                button { (at.t("更改", "Change")) }
            }
            @if !says.lines.is_empty() {
                form method="post" action="/cashier/anew" { input type="hidden" name="bill" value=(draft.mark()); button name="what" value="bill" { (at.t("清空账单", "Begin the bill anew")) } }
            }
        }
    }
}

/// A line, and the form that changes it.
fn row(at: &AtTill, office: &Office, bill: &str, line: &Line, today: Date) -> Markup {
    let lang = at.reader().lang;
    let known = office.catalogue.on(&line.item, today);
    let name = known.map_or(line.item.as_str(), |item| &item.name);
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
        form method="post" action={ "/cashier/items/" (line.number) } {
            input type="hidden" name="bill" value=(bill);
            label { (at.t("数量 ", "Quantity ")) input name="quantity" value=(Quantity(line.quantity)) inputmode="decimal" autocomplete="off" maxlength="14" size="5" required; }
            label { (at.t("单价 ", "Price ")) input name="price" value=(UnitPrice(line.price)) inputmode="decimal" autocomplete="off" maxlength="14" size="8" required; }
            button name="what" value="change" aria-label={ (at.t("改 ", "Change ")) (name) } { (at.t("改", "Change")) }
            button name="what" value="remove" aria-label={ (at.t("删 ", "Take out ")) (name) } { (at.t("删", "Take out")) }
        }
    }
}
