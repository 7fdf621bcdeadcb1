//! Bills that are typed at "What do I pay?": fee lines and the year so far, held against the core to the fen; and what cannot be read of them.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use agency::Library;
use agency::domain::account::Accounts;
use agency::domain::bill::{
    Bill, Category, Cost, Days, ItemClass, Line, Place, Quantity, StaySoFar, Sums, UnitPrice,
};
use agency::domain::catalogue::{Catalogue, Fee, Unknown};
use agency::domain::explain::amount;
use agency::domain::facility::{Facility, FacilityKind};
use agency::domain::person::{Coverage, CoverageState, Person, Status};
use agency::domain::region::Region;
use agency::domain::setting::Setting;
use agency::domain::step::LayerKind;
use agency::domain::year::YearToDate;
use agency::domain::{Fen, Ratio};
use agency::record::FeeLine;
use agency::what_if::{Changed, WhatIf};
use axum::http::StatusCode;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use jiff::{Span, Timestamp};
use service::codes::Delivery;

use crate::house::House;
use crate::pay::options;
use crate::visitor::{Visitor, pages};

/// Of fee lines, read from a page: amount, self-funded, over the limit, first share, in scope; a list a line, the sums last.
fn divided_lines(page: &str) -> Vec<String> {
    let (_, table) = page.split_once("What each line divides into").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let rows = table.split("<tr>").skip(2);
    let cells = |row: &str| -> Vec<String> {
        let cells = row.split("<td class=\"n\">").skip(1);
        cells
            .map(|cell| cell.split('<').next().unwrap().to_owned())
            .collect()
    };
    rows.map(|row| cells(row).join(" ")).collect()
}

/// What the core says of the same bill.
fn expected_lines(what: &WhatIf) -> Vec<String> {
    let Cost::Lines(lines) = &what.bill.cost else {
        panic!("lines");
    };
    let lines: Vec<FeeLine> = lines.iter().map(FeeLine::of).collect();
    let plan = &what.file.plan;
    let parts = agency::divided::divided(what.settlement.steps(), &lines, plan);
    let mut rows: Vec<Vec<u64>> = Vec::new();
    for (line, parts) in lines.iter().zip(parts) {
        let whole = agency::divided::amount(line, plan);
        assert_eq!(parts.iter().sum::<u64>(), whole, "{}", line.item);
        rows.push([whole].into_iter().chain(parts).collect());
    }
    let sum = |at: usize| rows.iter().map(|row| row[at]).sum();
    rows.push((0..5).map(sum).collect());
    let told =
        |row: &Vec<u64>| -> Vec<String> { row.iter().map(|fen| amount(Fen::new(*fen))).collect() };
    rows.iter().map(|row| told(row).join(" ")).collect()
}

fn title(what: &WhatIf) -> String {
    let settlement = &what.settlement;
    let [total, own, funds] = [
        settlement.total(),
        settlement.personal(),
        settlement.funds(),
    ]
    .map(amount);
    format!("Of {total} yuan you pay {own}; the funds pay {funds}")
}

/// Lines as people type them, and the lines that are meant.
fn typed_lines(catalogue: &Catalogue) -> Vec<(&'static str, &'static str, Vec<Line>)> {
    let of = |code, quantity, price| {
        let fee = Fee {
            code,
            quantity: Quantity(quantity),
            unit_price: UnitPrice(price),
            day: today(),
            approved: true,
        };
        catalogue.line(&fee, Unknown::Refuse).unwrap()
    };
    let by_hand = |class, quantity, price, share: Option<Ratio>| Line {
        class,
        category: Category::Other,
        first_share: share,
        limit: None,
        ..of("XA01", quantity, price)
    };
    let share = Ratio::new(125, 1000);
    vec![
        (
            "330100",
            "class-1=A&price-1=100",
            vec![by_hand(ItemClass::A, 10_000, 100_000_000, None)],
        ),
        (
            "330100",
            "item-1=XB01&quantity-1=2&price-1=50",
            vec![of("XB01", 20_000, 50_000_000)],
        ),
        (
            "330100",
            "item-1=%E5%A5%A5%E7%BE%8E%E6%8B%89%E5%94%91&class-1=B&price-1=50.5&quantity-1=0.5",
            vec![of("XB01", 5_000, 50_500_000)],
        ),
        // A code in small letters; a part of a name that one item alone has.
        (
            "330100",
            "item-1=xb01&price-1=50&item-2=%E9%98%BF%E8%8E%AB&price-2=8",
            vec![
                of("XB01", 10_000, 50_000_000),
                of("XA01", 10_000, 8_000_000),
            ],
        ),
        // Rows between may be empty.
        (
            "330100",
            "item-2=XA01&price-2=%C2%A5+1,234.56&class-5=B&price-5=12.345&quantity-5=3&share-5=12.5%25&item-9=bandage&class-9=C&price-9=7",
            vec![
                of("XA01", 10_000, 1_234_560_000),
                by_hand(ItemClass::B, 30_000, 12_345_000, share),
                by_hand(ItemClass::C, 10_000, 7_000_000, None),
            ],
        ),
        // The catalogue is this agency's: elsewhere a code is but a name.
        (
            "110000",
            "item-1=XB01&class-1=B&price-1=50000&share-1=20&class-2=A&price-2=9",
            vec![
                by_hand(ItemClass::B, 10_000, 50_000_000_000, Ratio::new(20, 100)),
                by_hand(ItemClass::A, 10_000, 9_000_000, None),
            ],
        ),
    ]
}

#[tokio::test]
async fn lines_divide_as_the_core_divides_them() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let office = house.door.window.agency.office();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let library = library();
    for (region, typed, lines) in typed_lines(&office.catalogue) {
        let bill = Bill {
            cost: Cost::Lines(lines),
            ..stay(region, Status::Active)
        };
        let what = WhatIf::of(&library, bill).unwrap();
        let page = visitor
            .get(&format!(
                "/pay?region={region}&status=active&setting=inpatient&hospital=3&place=home&age=40&cost=&{typed}"
            ))
            .await
            .text;
        assert!(page.contains(&title(&what)), "{typed}: {page}");
        assert_eq!(divided_lines(&page), expected_lines(&what), "{typed}");
    }
    rest.end().await;
}

#[tokio::test]
async fn more_rows_come_with_what_was_typed_and_without_an_answer() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    for (query, rows, next) in [
        ("", 5, Some(10)),
        ("?more=10&item-1=gauze&class-1=A&price-1=3", 10, Some(15)),
        ("?more=30", 30, None),
        ("?more=4000000000", 30, None),
        ("?more=-1", 5, Some(10)),
        // What is typed far down moves up.
        ("?item-30=gauze&class-30=A&price-30=3", 5, Some(10)),
    ] {
        let page = visitor.get(&format!("/pay{query}")).await.text;
        assert_eq!(page.matches("name=\"price-").count(), rows, "{query}");
        let button = next.map(|next| format!("name=\"more\" value=\"{next}\""));
        let is_there = button.is_none_or(|button| page.contains(&button));
        assert!(is_there, "{query}: {page}");
        assert_eq!(next.is_some(), page.contains("name=\"more\""), "{query}");
        assert_eq!(
            page.contains("value=\"gauze\""),
            query.contains("gauze"),
            "{query}"
        );
        let is_answered = query.contains("gauze") && !query.contains("more");
        assert_eq!(page.contains("id=\"answer\""), is_answered, "{query}");
    }
    rest.end().await;
}

/// Two drugs begin alike: one chooses which is meant, and has the answer of the chosen one.
#[tokio::test]
async fn several_items_of_a_part_of_a_name_are_listed_to_choose_from() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let asked = "/pay?setting=outpatient&age=40&price-1=5&item-1=";
    // "奥美"; and once more with spaces around it.
    for part in ["%E5%A5%A5%E7%BE%8E", "+%E5%A5%A5%E7%BE%8E+"] {
        let page = visitor.get(&format!("{asked}{part}")).await.text;
        let fault =
            "line 1, item `奥美`: the catalogue has several such items; choose one of the list";
        assert!(page.contains(fault), "{page}");
        assert!(!page.contains("id=\"answer\""), "{page}");
        let listed = options(&page, "item-1");
        let listed: Vec<(&str, &str)> = listed
            .iter()
            .map(|(value, text)| (value.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            listed,
            [
                ("奥美", "please choose: 奥美"),
                ("XB01", "奥美拉唑 XB01"),
                ("XB02", "奥美拉唑肠溶胶囊 XB02"),
                ("", "none of them; to type another"),
            ]
        );
    }
    let chosen = visitor.get(&format!("{asked}XB02")).await.text;
    assert!(chosen.contains("Of 5.00 yuan you pay"), "{chosen}");
    assert!(chosen.contains("奥美拉唑肠溶胶囊"), "{chosen}");
    // Who tells a class means something that the catalogue does not have.
    let other = format!("{asked}%E5%A5%A5%E7%BE%8E&class-1=C");
    let other = visitor.get(&other).await.text;
    assert!(other.contains("class C, outside the catalogue"), "{other}");
    rest.end().await;
}

#[tokio::test]
async fn faults_of_lines_and_of_the_year_are_told() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    for (typed, told) in [
        ("ask=&cost=", "Tell the cost, or lines"),
        (
            "class-1=A",
            "line 1, price ``: yuan with at most six decimals",
        ),
        ("price-1=5", "line 1, class ``: choose a class"),
        ("item-1=XB01", "line 1, price ``: yuan"),
        (
            "item-1=ZZ99&price-1=5",
            "line 1, item `ZZ99`: the catalogue here has no such code or name; choose a class for what is not in it",
        ),
        (
            "region=110000&item-1=XB01&price-1=5",
            "line 1, class ``: choose a class",
        ),
        ("class-1=D&price-1=5", "line 1, class `D`: choose a class"),
        (
            "item-1=XB01&class-1=A&price-1=5",
            "line 1, class `A`: the catalogue has it in class B",
        ),
        (
            "item-1=XB01&share-1=5&price-1=5",
            "line 1, first share `5`: the catalogue says it; leave it empty",
        ),
        (
            "class-1=A&share-1=5&price-1=5",
            "line 1, first share `5`: only class B has one",
        ),
        (
            "class-1=B&share-1=101&price-1=5",
            "line 1, first share `101`: a percentage from 0 to 100",
        ),
        (
            "class-1=A&price-1=5&quantity-1=0",
            "line 1, quantity `0`: a number above 0",
        ),
        (
            "class-1=A&price-1=5&quantity-1=-1",
            "line 1, quantity `-1`: a number above 0",
        ),
        (
            "class-1=A&price-1=5&quantity-1=many",
            "line 1, quantity `many`: a number above 0",
        ),
        ("class-1=A&price-1=1e3", "line 1, price `1e3`: yuan"),
        (
            "class-1=A&price-1=100000000&quantity-1=2",
            "line 1, price `100000000`: quantity times price is at most 100 million",
        ),
        ("class-1=A&price-1=5&class-2=A", "line 2, price ``: yuan"),
        ("class-1=A&price-1=5&cost=5", "cost `5`: lines are told"),
        (
            "class-1=A&price-1=5&outside=2&first_share=1",
            "of it outside the catalogue `2`: lines are told",
        ),
        ("class-1=A&price-1=5&price-1=6", "says something twice"),
        ("class-1=B&price-1=5", "tell that of line 1"),
        (
            "cost=5&inpatient-in_scope=x",
            "this year so far, inpatient, in-scope cost `x`: yuan",
        ),
        (
            "cost=5&inpatient-in_scope=10&inpatient-deductible=8&inpatient-pooled=3",
            "this year so far, inpatient, in-scope cost `10`: not less than the deductible",
        ),
        (
            "cost=5&inpatient-catastrophic-base=1&inpatient-catastrophic-paid=2",
            "paid by the catastrophic insurance `2`: not more than the own cost",
        ),
    ] {
        let page = visitor
            .get(&format!("/pay?setting=inpatient&age=40&{typed}"))
            .await;
        assert_eq!(page.status, StatusCode::OK, "{typed}");
        assert!(page.text.contains(told), "{typed}: {}", page.text);
        assert!(!page.text.contains("id=\"answer\""), "{typed}");
    }
    rest.end().await;
}

/// The fields of the year, as the sheets of earlier settlements would have them.
fn typed_year(year: &YearToDate, setting: Setting) -> String {
    let (at, code) = (setting.index(), setting.code());
    let sums = year.settings[at];
    let mut typed = format!(
        "stays={}&{code}-in_scope={}&{code}-deductible={}&{code}-pooled={}&{code}-own_share={}",
        year.stays, sums.in_scope, sums.deductible, sums.pooled, sums.own_share
    );
    for &kind in LayerKind::ALL {
        let sums = year.layers[kind.index()][at];
        let kind = kind.code();
        write!(
            typed,
            "&{code}-{kind}-base={}&{code}-{kind}-paid={}",
            sums.base, sums.paid
        )
        .unwrap();
    }
    typed
}

/// A stay after a costly one, as the core settles it; and the same stay once more after both.
#[tokio::test]
async fn the_year_so_far_counts_as_the_core_counts_it() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let library = library();
    for region in ["110000", "330100"] {
        let first = Bill {
            cost: Cost::Sums(Sums {
                in_scope: Fen::from_yuan(400_000),
                ..Sums::default()
            }),
            ..stay(region, Status::Active)
        };
        let before = WhatIf::of(&library, first).unwrap();
        let mut year = YearToDate {
            stays: 1,
            ..YearToDate::default()
        };
        year.record(Setting::Inpatient, before.settlement.totals());
        let second = Bill {
            year: year.clone(),
            ..stay(region, Status::Active)
        };
        let what = WhatIf::of(&library, second).unwrap();
        let query = format!(
            "/pay?region={region}&status=active&setting=inpatient&hospital=3&place=home&age=40&cost=300000"
        );
        let fresh = visitor.get(&query).await.text;
        let typed = typed_year(&year, Setting::Inpatient);
        let page = visitor.get(&format!("{query}&{typed}")).await.text;
        assert!(page.contains(&title(&what)), "{region}: {page}");
        assert!(
            !fresh.contains(&title(&what)),
            "{region}: the year changes nothing"
        );
        let again = what
            .others
            .iter()
            .find(|other| other.changed == Changed::Again);
        let again = again.unwrap().outcome.as_ref().unwrap();
        let (_, row) = page
            .split_once("the same stay again this year</th>")
            .unwrap();
        let told = format!("<td class=\"n\">{}</td>", amount(again.personal()));
        let (row, _) = row.split_once("</tr>").unwrap();
        assert!(row.contains(&told), "{region}: {row}");
    }
    rest.end().await;
}

pub(crate) fn library() -> Library {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    Library::open(&[&policies]).unwrap()
}

/// The day of the pages.
#[expect(
    clippy::disallowed_methods,
    reason = "the pages ask the clock, and the core is asked about the same day"
)]
pub(crate) fn today() -> Date {
    let zone = TimeZone::fixed(offset(8));
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = Timestamp::from_second(i64::try_from(since.as_secs()).unwrap()).unwrap();
    zone.to_datetime(now).date()
}

/// A stay of today in a hospital of level 3 for 300,000 yuan, all in scope, of somebody of 40 years.
pub(crate) fn stay(region: &str, status: Status) -> Bill {
    Bill {
        region: Region::parse(region).unwrap(),
        scheme: status.scheme(),
        place: Place::Home,
        setting: Setting::Inpatient,
        disease: None,
        causes: Vec::new(),
        third_party_unpaid: false,
        days: Days::Stay {
            admission: today(),
            discharge: today(),
        },
        facility: Facility {
            kind: FacilityKind::General,
            level: 3,
            community: false,
            tags: Vec::new(),
            designated: true,
            approved: false,
        },
        person: Person {
            status,
            birth: today().checked_sub(Span::new().years(40)).ok(),
            retired: None,
            identities: Vec::new(),
            coverage: Coverage::Always(CoverageState::InForce),
        },
        accounts: Accounts::default(),
        use_account: true,
        year: YearToDate::default(),
        year_before: None,
        stay: StaySoFar::default(),
        continuation: None,
        interim: false,
        deposit: None,
        cost: Cost::Sums(Sums {
            in_scope: Fen::from_yuan(300_000),
            ..Sums::default()
        }),
    }
}
