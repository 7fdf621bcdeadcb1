//! The page: from months over days to bills; the institution's totals and rows against them.

use std::fmt::Write as _;
use std::sync::Arc;

use agency::domain::setting::Setting;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use jiff::civil::datetime;
use tower::ServiceExt as _;

use crate::house::{Booked, CENTRE, HOSPITAL, House, LI, MEI};
use crate::rows::{joined, line, settlement, yuan};

const BOUNDARY: &str = "----part";

/// Three bills in February and two in March, one of which is taken back in March.
fn lived() -> House {
    let mut house = House::with("sandbox = true");
    let stay = Setting::Outpatient;
    house.settle(
        (HOSPITAL, LI, stay),
        datetime(2024, 2, 5, 9, 0, 0, 0),
        12_000,
    );
    house.settle(
        (HOSPITAL, LI, stay),
        datetime(2024, 2, 5, 10, 0, 0, 0),
        34_500,
    );
    house.settle(
        (HOSPITAL, MEI, stay),
        datetime(2024, 2, 29, 9, 0, 0, 0),
        8_000,
    );
    house.settle(
        (CENTRE, MEI, stay),
        datetime(2024, 2, 29, 9, 0, 0, 0),
        7_700,
    );
    let wrong = house.settle(
        (HOSPITAL, LI, stay),
        datetime(2024, 3, 1, 8, 0, 0, 0),
        56_700,
    );
    house.settle(
        (HOSPITAL, LI, stay),
        datetime(2024, 3, 4, 8, 0, 0, 0),
        9_900,
    );
    house.take_back(wrong, datetime(2024, 3, 2, 8, 0, 0, 0));
    house
}

/// The status and the page.
async fn asked(house: &Arc<service::door::Door>, request: Request<Body>) -> (StatusCode, String) {
    let router = service::server::router(Arc::clone(house));
    let answer = router.oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn get(query: &str) -> Request<Body> {
    let request = Request::get(format!("/reconcile{query}"));
    request
        .header("accept-language", "en")
        .body(Body::empty())
        .unwrap()
}

fn post(fields: &[(&str, &str)], file: Option<&str>) -> Request<Body> {
    let mut body = String::new();
    for (name, value) in fields {
        write!(
            body,
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        )
        .unwrap();
    }
    let file_head = "content-disposition: form-data; name=\"rows\"; filename=\"rows.txt\"\r\ncontent-type: text/plain";
    write!(
        body,
        "--{BOUNDARY}\r\n{file_head}\r\n\r\n{}\r\n--{BOUNDARY}--\r\n",
        file.unwrap_or_default()
    )
    .unwrap();
    Request::post("/reconcile")
        .header("accept-language", "en")
        .header(
            "content-type",
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .body(Body::from(body))
        .unwrap()
}

fn shows(page: &str, texts: &[&str]) {
    for text in texts {
        assert!(page.contains(text), "{text} is not in {page}");
    }
}

/// The two months with their sums and links; a month's days; a day's bills with their ids.
#[tokio::test]
async fn months_lead_to_days_and_days_to_bills() {
    let house = tokio::task::spawn_blocking(lived).await.unwrap();
    let rows: Vec<Booked> = house.book.clone();
    let door = house.into_door();
    let (_, months) = asked(
        &door,
        get(&format!(
            "?institution={HOSPITAL}&from=2024-01-15&until=2024-03-03"
        )),
    )
    .await;
    shows(
        &months,
        &[
            "from=2024-02-01&amp;until=2024-02-29",
            "from=2024-03-01&amp;until=2024-03-03",
            ">2024-02<",
            // 120 + 345 + 80, and of March 567, taken back.
            "545.00",
            "567.00",
            "-567.00",
        ],
    );
    assert!(
        !months.contains("2024-03-04") && !months.contains("77.00"),
        "{months}"
    );
    let (_, days) = asked(
        &door,
        get(&format!(
            "?institution={HOSPITAL}&from=2024-02-01&until=2024-02-29"
        )),
    )
    .await;
    shows(
        &days,
        &["from=2024-02-05&amp;until=2024-02-05", "465.00", "80.00"],
    );
    let (_, bills) = asked(
        &door,
        get(&format!(
            "?institution={HOSPITAL}&from=2024-03-02&until=2024-03-02"
        )),
    )
    .await;
    let refund = rows.last().unwrap();
    let about = &rows[refund.about.unwrap()];
    shows(
        &bills,
        &[
            &settlement(refund),
            &format!("← {}", settlement(about)),
            "taken back",
            "08:00:00",
            "from=2024-03-01&amp;until=2024-03-31",
        ],
    );
}

/// The difference names the one bill, the day, or that refunds were not counted.
#[tokio::test]
async fn totals_that_differ_name_what_explains_them() {
    let house = tokio::task::spawn_blocking(lived).await.unwrap();
    let rows: Vec<Booked> = house.book.clone();
    let door = house.into_door();
    let totals = |rows: &[&Booked]| {
        let sum = |of: fn(&Booked) -> i64| yuan(rows.iter().map(|row| of(row)).sum());
        [
            rows.len().to_string(),
            sum(|r| r.total),
            sum(|r| r.funds),
            sum(|r| r.account),
        ]
    };
    let ask = |told: [String; 4], from: &str, until: &str| {
        let [count, total, funds, account] = &told;
        post(
            &[
                ("institution", HOSPITAL),
                ("from", from),
                ("until", until),
                ("count", count),
                ("total", total),
                ("funds", funds),
                ("account", account),
            ],
            None,
        )
    };
    let mine: Vec<&Booked> = rows
        .iter()
        .filter(|row| row.institution == HOSPITAL)
        .collect();
    let (_, equal) = asked(&door, ask(totals(&mine), "2024-02-01", "2024-03-31")).await;
    shows(&equal, &["They agree."]);
    let lacks: Vec<&Booked> = mine
        .iter()
        .copied()
        .filter(|row| row.total != 34_500)
        .collect();
    let (_, one) = asked(&door, ask(totals(&lacks), "2024-02-01", "2024-03-31")).await;
    let lacking = rows.iter().find(|row| row.total == 34_500).unwrap();
    shows(
        &one,
        &[
            "one that the institution lacks",
            &settlement(lacking),
            "-345.00",
            "The difference is exactly",
        ],
    );
    let lacks: Vec<&Booked> = mine
        .iter()
        .copied()
        .filter(|row| row.at.date() != rows[0].at.date())
        .collect();
    let (_, day) = asked(&door, ask(totals(&lacks), "2024-02-01", "2024-03-31")).await;
    shows(
        &day,
        &["a whole day: <a href=\"/reconcile?institution=H31010000003&amp;from=2024-02-05"],
    );
    let settled: Vec<&Booked> = mine
        .iter()
        .copied()
        .filter(|row| row.about.is_none())
        .collect();
    let (_, refunds) = asked(&door, ask(totals(&settled), "2024-02-01", "2024-03-31")).await;
    shows(&refunds, &["did not count them"]);
    let neither = [
        "9".to_owned(),
        "1.00".to_owned(),
        "1.00".to_owned(),
        "0.00".to_owned(),
    ];
    let (_, none) = asked(&door, ask(neither, "2024-02-01", "2024-03-31")).await;
    shows(&none, &["No single day or bill"]);
}

/// Rows: one is lacking, one has another amount, one is ours alone; and all of them agree when they are all there.
#[tokio::test]
async fn rows_are_told_by_month_day_and_bill() {
    let house = tokio::task::spawn_blocking(lived).await.unwrap();
    let mine: Vec<Booked> = house
        .book
        .iter()
        .filter(|row| row.institution == HOSPITAL)
        .cloned()
        .collect();
    let mut lines: Vec<_> = mine.iter().map(|row| line(&house, row)).collect();
    let door = house.into_door();
    let fields = [
        ("institution", HOSPITAL),
        ("from", "2024-02-01"),
        ("until", "2024-03-31"),
    ];
    let (_, equal) = asked(&door, post(&fields, Some(&joined(&lines)))).await;
    shows(&equal, &["They agree."]);
    lines[0][3] = "120.01".to_owned();
    let lacking = lines.remove(1);
    let mut unknown = lines[1].clone();
    unknown[0] = "31000001S00000000009999".to_owned();
    lines.push(unknown);
    let (status, page) = asked(&door, post(&fields, Some(&joined(&lines)))).await;
    assert_eq!(status, StatusCode::OK);
    shows(
        &page,
        &[
            "Bills that differ: 3",
            "<summary>2024-02 ",
            "<summary>2024-02-05 ",
            "the amounts differ",
            "120.01",
            "we have it, they lack it",
            &lacking[0],
            "they have it, we lack it",
            "31000001S00000000009999",
            "line 6",
        ],
    );
    assert!(!page.contains("<summary>2024-03"), "{page}");
}

/// Everything that cannot be read is told at once, as text, and nothing is computed.
#[tokio::test]
async fn what_cannot_be_read_is_told() {
    let house = tokio::task::spawn_blocking(lived).await.unwrap();
    let door = house.into_door();
    let (status, empty) = asked(&door, get("")).await;
    assert_eq!(status, StatusCode::OK);
    shows(&empty, &["<form", "type=\"file\""]);
    let (status, wrong) = asked(
        &door,
        get("?institution=%3Cscript%3E&from=2024-02-31&until=x&scheme=gold&setting=moon&total=1"),
    )
    .await;
    shows(
        &wrong,
        &[
            "first day `2024-02-31`: a day",
            "last day `x`",
            "there is no such scheme",
            "there is no such setting",
            "how many ``: a whole number",
            "funds ``: yuan",
            "&lt;script&gt;",
        ],
    );
    // What is only asked for is shown, whatever it is.
    assert_eq!(status, StatusCode::OK);
    assert!(!wrong.contains("<script"), "{wrong}");
    let (_, backwards) = asked(
        &door,
        get(&format!(
            "?institution={HOSPITAL}&from=2024-03-01&until=2024-02-01"
        )),
    )
    .await;
    shows(&backwards, &["not before the first day"]);
    let (_, nobody) = asked(
        &door,
        get("?institution=H1&from=2024-02-01&until=2024-02-29"),
    )
    .await;
    shows(&nobody, &["there is no such institution: H1"]);
    let fields = [
        ("institution", HOSPITAL),
        ("from", "2024-02-01"),
        ("until", "2024-03-31"),
    ];
    let (status, rows) = asked(&door, post(&fields, Some("a\tb\n"))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    shows(
        &rows,
        &["Please correct", "<div class=\"alert\" role=\"alert\">"],
    );
    let large = "x".repeat(door.limits.largest(true));
    let (status, page) = asked(&door, post(&fields, Some(&large))).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    shows(
        &page,
        &["the file is too large: at most ", "lang=\"en\"", "<form"],
    );
    let no_parts = Request::post("/reconcile").header("accept-language", "en");
    let (status, page) = asked(&door, no_parts.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    shows(&page, &["the form cannot be read: ", "back=%2Freconcile\""]);
}

/// Who is no sandbox shows nobody's bills.
#[tokio::test]
async fn only_a_sandbox_has_the_page() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (_, answer) = asked(&house.into_door(), get("?institution=H31010000003")).await;
    assert!(!answer.contains("<form"), "{answer}");
}
