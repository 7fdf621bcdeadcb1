//! The agency's staff: who may open what, finding a person, the record masked, the whole name for a reason.

use agency::deed::{Deed, Doing};
use agency::operator::Right;
use axum::http::{StatusCode, header};

use crate::been::{Been, location};
use crate::house::{LI, WANG};
use crate::visitor::{OPERATORS, Visitor};

/// The whole name of the one whose record is looked at.
const NAME: &str = "李四";
/// Nobody here has it.
const STRANGER: &str = "110101199003070011";

/// Every page and form about a person or a proposal, and the right that it needs; `N` is the person, `E` a settlement.
const PAGES: [(&str, Right); 8] = [
    ("/agency", Right::Look),
    ("/agency/persons/N", Right::Look),
    ("/agency/persons/N/account", Right::Look),
    ("/agency/persons/N/settlements", Right::Look),
    ("/agency/persons/N/settlements/E", Right::Look),
    ("/agency/persons/N/settlements/E/what-if", Right::Look),
    ("/agency/persons/N/cover", Right::Look),
    ("/agency/proposals", Right::Look),
];
const FORMS: [(&str, Right); 9] = [
    ("/agency", Right::Look),
    ("/agency/persons/N/unmask", Right::Unmask),
    ("/agency/persons/N/register", Right::Propose),
    ("/agency/persons/N/cancel", Right::Propose),
    ("/agency/persons/N/reverse", Right::Propose),
    ("/agency/proposals/99/withdraw", Right::Propose),
    ("/agency/proposals/99/approve", Right::Decide),
    ("/agency/proposals/99/turn-down", Right::Decide),
    ("/agency/proposals/99/carry-out", Right::Decide),
];

#[tokio::test]
async fn each_role_opens_and_sends_what_its_rights_let_it_and_nothing_else() {
    let been = Been::open().await;
    let mut stranger = Visitor::new(&been.router);
    for (path, _) in PAGES {
        assert_eq!(
            location(&stranger.get(&been.path(path)).await),
            "/operator/sign-in"
        );
    }
    for (path, _) in FORMS {
        assert_eq!(
            location(&stranger.send(&been.path(path), "").await),
            "/operator/sign-in"
        );
    }
    for (name, role, _) in OPERATORS {
        let mut visitor = been.at_work(name).await;
        for (path, right) in PAGES {
            let shown = visitor.get(&been.path(path)).await;
            let expected = match role.may(right) {
                true => StatusCode::OK,
                false => StatusCode::FORBIDDEN,
            };
            assert_eq!(shown.status, expected, "{name} {path}: {}", shown.text);
        }
        for (path, right) in FORMS {
            let shown = visitor.send(&been.path(path), "").await;
            let refused = shown.status == StatusCode::FORBIDDEN;
            assert_eq!(refused, !role.may(right), "{name} {path}: {}", shown.text);
            // With nothing in it no form does anything.
            assert!(shown.status.is_client_error(), "{name} {path}");
            let foreign = visitor.send_from(&been.path(path), "", "cross-site").await;
            assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{path}");
        }
        let page = visitor.get(&been.path("/agency/persons/N")).await.text;
        assert_eq!(page.contains("/unmask"), role.may(Right::Unmask), "{name}");
        let sheet = visitor
            .get(&been.path("/agency/persons/N/settlements/E"))
            .await
            .text;
        assert_eq!(
            sheet.contains("/reverse"),
            role.may(Right::Propose),
            "{name}"
        );
    }
    been.end().await;
}

/// By either number; also who was not found is written down, and what was typed is not.
#[tokio::test]
async fn a_person_is_found_by_a_number_and_by_no_name() {
    let been = Been::open().await;
    let mut reader = been.at_work("r.reader").await;
    let page = reader.get("/agency").await.text;
    assert!(page.contains("nobody is found by a name"), "{page}");
    let record = been.path("/agency/persons/N");
    let small = LI.to_lowercase();
    for form in [
        format!("identity_number={LI}"),
        format!("identity_number=+{small}+"),
        format!("number={}", been.person),
    ] {
        let shown = reader.send("/agency", &form).await;
        assert_eq!(location(&shown), record, "{form}");
    }
    for (form, status) in [
        (format!("identity_number={STRANGER}"), StatusCode::NOT_FOUND),
        ("number=12".to_owned(), StatusCode::NOT_FOUND),
        ("number=-1".to_owned(), StatusCode::UNPROCESSABLE_ENTITY),
        (
            "number=18446744073709551615".to_owned(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "identity_number=330102198005061227".to_owned(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            format!("identity_number={NAME}"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (String::new(), StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let shown = reader.send("/agency", &form).await;
        assert_eq!(shown.status, status, "{form}");
        assert!(!shown.text.contains("330102198005061227") && !shown.text.contains(STRANGER));
    }
    for path in [
        "/agency/persons/12",
        "/agency/persons/x",
        "/agency/persons/18446744073709551615/cover",
    ] {
        assert_eq!(
            reader.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let deeds = been.deeds().await;
    let found: Vec<_> = deeds
        .iter()
        .filter(|deed| deed.what == Doing::Found)
        .collect();
    let somebody = found
        .iter()
        .filter(|deed| deed.person == Some(been.person))
        .count();
    let nobody = found
        .iter()
        .filter(|deed| deed.person.is_none() && deed.about == "nobody")
        .count();
    // Two were typed, and one number stood in an address.
    assert_eq!((somebody, nobody, found.len()), (3, 3, 6));
    let all = format!("{deeds:?}");
    assert!(!all.contains(LI) && !all.contains(STRANGER), "{all}");
    been.end().await;
}

/// The whole name and number stand on the one answer to a reason, and nowhere else.
#[tokio::test]
async fn the_record_is_masked_and_the_whole_name_has_its_reason() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let unmask = been.path("/agency/persons/N/unmask");
    for (form, why) in [
        ("why=", "5 to 200 characters"),
        ("why=abcd", "5 to 200 characters"),
        ("why=about+330102198005061226", "without an identity number"),
        (
            "why=about+330102+1980-0506+1227",
            "without an identity number",
        ),
        ("why=two%0Alines", "without control characters"),
    ] {
        let shown = clerk.send(&unmask, form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(shown.text.contains(why), "{form}: {}", shown.text);
        assert!(
            !shown.text.contains(LI) && !shown.text.contains(NAME),
            "{form}"
        );
    }
    let unmasked = |deeds: &[Deed]| {
        deeds
            .iter()
            .filter(|deed| deed.what == Doing::Unmasked)
            .count()
    };
    assert_eq!(unmasked(&been.deeds().await), 0);
    let shown = clerk.send(&unmask, "why=asked+by+letter").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    assert!(
        shown.text.contains(LI) && shown.text.contains(NAME),
        "{}",
        shown.text
    );
    assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
    let deeds = been.deeds().await;
    let last = deeds.last().unwrap();
    assert_eq!(
        (last.what, last.person, &*last.why),
        (Doing::Unmasked, Some(been.person), "asked by letter")
    );
    for (path, _) in PAGES {
        let text = clerk.get(&been.path(path)).await.text;
        assert!(!text.contains(LI) && !text.contains(NAME), "{path}: {text}");
    }
    let masked = clerk.get(&been.path("/agency/persons/N")).await.text;
    assert!(
        masked.contains("李*") && masked.contains("3301**********1226"),
        "{masked}"
    );
    let mut admin = been.at_work("a.admin").await;
    let log = admin
        .get(&format!("/agency/log?person={}", been.person))
        .await
        .text;
    assert!(
        log.contains("saw the whole name") && log.contains("asked by letter"),
        "{log}"
    );
    let deeds = been.deeds().await;
    let parts: Vec<&str> = deeds
        .iter()
        .filter(|deed| deed.what == Doing::Looked)
        .map(|deed| &*deed.about)
        .collect();
    let entry = been.entries[0];
    let (sheet, what_if) = (format!("settlement {entry}"), format!("what-if {entry}"));
    // Each fault in the form shows the overview; then each page once, and the overview again.
    let expected = ["overview"; 6].into_iter().chain([
        "account",
        "settlements",
        &sheet,
        &what_if,
        "coverage",
        "overview",
    ]);
    assert_eq!(parts, expected.collect::<Vec<_>>());
    for text in [&log, &format!("{deeds:?}")] {
        assert!(!text.contains(LI) && !text.contains(NAME), "{text}");
    }
    been.end().await;
}

/// Of somebody else's settlement no sheet is shown, and none is tried or taken back.
#[tokio::test]
async fn a_settlement_belongs_to_its_person() {
    let been = Been::open().await;
    let (other, _) = been.agency.find(WANG);
    let entry = been.entries[0];
    let mut clerk = been.at_work("c.clerk").await;
    for path in ["", "/what-if"] {
        let path = format!("/agency/persons/{other}/settlements/{entry}{path}");
        assert_eq!(
            clerk.get(&path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let form = format!("entry={entry}&why=charged+twice");
    let shown = clerk
        .send(&format!("/agency/persons/{other}/reverse"), &form)
        .await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    been.end().await;
}

/// While the log cannot be written, nothing is shown and nothing is done.
#[tokio::test]
async fn what_cannot_be_written_down_is_not_shown_and_not_done() {
    let been = Been::open().await;
    let mut clerk = been.at_work("c.clerk").await;
    let record = been.path("/agency/persons/N");
    let (deeds, history) = (been.deeds().await, been.history().await);
    let shut = been.shut("office");
    let looked = clerk.get(&record).await;
    let unmasked = clerk
        .send(&format!("{record}/unmask"), "why=asked+by+letter")
        .await;
    let reverse = format!("entry={}&why=charged+twice", been.entries[0]);
    let proposed = clerk.send(&format!("{record}/reverse"), &reverse).await;
    drop(shut);
    for shown in [looked, unmasked, proposed] {
        assert_eq!(
            shown.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{}",
            shown.text
        );
        assert!(shown.text.contains("nothing was done"), "{}", shown.text);
        for told in [LI, NAME, "李*", "3301**********1226", "2,000.00"] {
            assert!(!shown.text.contains(told), "{told}: {}", shown.text);
        }
    }
    assert_eq!(been.deeds().await, deeds);
    assert_eq!(been.history().await, history);
    assert_eq!(clerk.get(&record).await.status, StatusCode::OK);
    been.end().await;
}

/// A question of the log that cannot be read is told, and no deed is shown in answer to it.
#[tokio::test]
async fn a_wrong_question_of_the_log_is_told() {
    let been = Been::open().await;
    let mut admin = been.at_work("a.admin").await;
    let all = admin.get("/agency/log").await.text;
    assert!(all.contains("signed in"), "{all}");
    for (asked, why) in [
        ("before=x", "before `x`"),
        ("before=-1", "before `-1`"),
        (
            "before=18446744073709551616",
            "before `18446744073709551616`",
        ),
        ("person=x", "number of the person `x`"),
        ("by=a&by=b", "The question cannot be read"),
    ] {
        let shown = admin.get(&format!("/agency/log?{asked}")).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{asked}");
        assert!(shown.text.contains(why), "{asked}: {}", shown.text);
        assert!(!shown.text.contains("signed in"), "{asked}");
    }
    let shown = admin.get("/agency/log?before=2&person=&by=").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    been.end().await;
}

/// Why an account is changed is told, and what is told names nobody.
#[tokio::test]
async fn why_an_account_is_changed_holds_no_identity_number() {
    let been = Been::open().await;
    let mut admin = been.at_work("a.admin").await;
    let before = been.deeds().await;
    let one = "/agency/operators/c.clerk";
    let change = "called=c&role=clerk&institution=";
    for (path, form) in [
        ("/agency/operators", format!("name=n.new&{change}")),
        (one, change.to_owned()),
        (&format!("{one}/password"), String::new()),
        (&format!("{one}/end"), String::new()),
    ] {
        let form = format!("{form}&why=is+{LI}");
        let shown = admin.send(path, &form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        let told = "without an identity number";
        assert!(shown.text.contains(told), "{path}: {}", shown.text);
    }
    assert_eq!(been.deeds().await, before);
    let shown = admin
        .send(&format!("{one}/end"), "why=left&version=1")
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    been.end().await;
}
