//! What a settled bill would have come to otherwise, as the staff tries it: held against the books and against trials.

use std::sync::Arc;

use agency::domain::explain::amount;
use agency::domain::setting::Setting;
use agency::domain::step::Payer;
use agency::domain::words::Lang;
use agency::record::{Event, Settled};
use axum::http::StatusCode;
use jiff::civil::date;

use crate::been::{Been, care, settled, totals};
use crate::house::{CENTRE, HOSPITAL};

/// The cells of the row that begins with a name, in a table whose heads are given with it.
fn row<'t>(page: &'t str, name: &str) -> (Vec<&'t str>, Vec<&'t str>) {
    let (before, after) = page
        .split_once(name)
        .unwrap_or_else(|| panic!("{name}: {page}"));
    let (_, head) = before.rsplit_once("<thead>").unwrap();
    let cells = |text: &'t str, open: &str| -> Vec<&'t str> {
        let parts = text.split(open).skip(1);
        parts.map(|part| part.split('<').next().unwrap()).collect()
    };
    let heads = cells(
        head.split("</thead>").next().unwrap(),
        "<th class=\"n\" scope=\"col\">",
    );
    let row = after.split("</tr>").next().unwrap();
    (heads, cells(row, "<td class=\"n\">"))
}

/// Each purse that a line of the page names pays there what it pays in the books, and no other pays anything.
fn is_told(page: &str, name: &str, settled: &Settled) {
    let (heads, cells) = row(page, name);
    assert_eq!(heads.len(), cells.len(), "{name}: {page}");
    let totals = totals(settled);
    for payer in Payer::ALL {
        let paid = amount(totals.paid_by(*payer));
        let at = heads.iter().position(|head| *head == payer.name(Lang::En));
        let told = at.map_or("0.00", |at| cells[at]);
        assert_eq!(told, paid, "{name}: {payer:?}");
    }
    assert_eq!(cells.last(), Some(&&*amount(totals.total())), "{name}");
}

/// The first line is what was settled, to the fen; a line of another hospital is what a trial there came to before.
#[tokio::test]
async fn what_if_begins_with_what_was_settled() {
    let been = Been::open().await;
    let (agency, person) = (Arc::clone(&been.agency), been.person);
    let made = tokio::task::spawn_blocking(move || {
        let care = |facility| {
            care(
                facility,
                Setting::Outpatient,
                date(2026, 5, 5),
                None,
                345_678,
            )
        };
        let elsewhere = settled(&agency, person, care(CENTRE), true);
        (
            elsewhere,
            settled(&agency, person, care(HOSPITAL), false).entry,
        )
    });
    let (elsewhere, last) = made.await.unwrap();
    let before = been.history().await;
    let mut reader = been.at_work("r.reader").await;
    let mut pages = 0;
    for entry in been.entries.iter().chain([&last]) {
        let path = format!("/agency/persons/{person}/settlements/{entry}/what-if");
        let page = reader.get(&path).await.text;
        let found = before.iter().find(|(number, _)| number == entry);
        let Some((_, Event::Settled(settled))) = found else {
            panic!("{entry} is no settlement");
        };
        is_told(&page, "as it was settled", settled);
        for line in [
            "by the rules from 2020-12-01 on",
            "Insured in another region",
        ] {
            assert!(page.contains(line), "{line}: {page}");
        }
        if *entry == last {
            let Event::Settled(elsewhere) = &elsewhere.event else {
                panic!("a trial of a settlement");
            };
            is_told(&page, "at a community health centre", elsewhere);
            assert!(
                totals(elsewhere).funds() != totals(settled).funds(),
                "it makes a difference"
            );
        }
        pages += 1;
    }
    assert_eq!(pages, 4);
    for entry in ["1", "0", "x", "99999"] {
        let path = format!("/agency/persons/{person}/settlements/{entry}/what-if");
        assert_eq!(
            reader.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{entry}"
        );
    }
    assert_eq!(been.history().await, before, "nothing touches the books");
    been.end().await;
}
