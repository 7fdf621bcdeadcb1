//! Operators: signing in, what each role may open, what is written down of it, and what ends a session.

use agency::operator::Right;
use agency::{DeedAsk, audit};
use axum::Router;
use axum::http::{StatusCode, header};
use service::codes::Delivery;

use crate::visitor::{OPERATORS, Visitor, pages, password, staffed};

/// Every page of the staff that is about nobody, and the right that it needs; those about a person stand in `staff`.
const PAGES: [(&str, Right); 12] = [
    ("/cashier", Right::Charge),
    ("/cashier/day", Right::Charge),
    ("/agency", Right::Look),
    ("/agency/institutions", Right::Look),
    ("/agency/institutions/P33010000001", Right::Look),
    ("/agency/audit", Right::Look),
    ("/agency/proposals", Right::Look),
    ("/agency/operators", Right::Manage),
    ("/agency/operators/c.clerk", Right::Manage),
    ("/agency/log", Right::Manage),
    ("/funds", Right::Look),
    ("/reconcile", Right::Reconcile),
];

pub(crate) async fn at_work(router: &Router, name: &str) -> Visitor {
    let mut visitor = Visitor::new(router);
    let shown = visitor.work(name).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.text);
    visitor
}

#[tokio::test]
async fn each_role_opens_the_pages_of_its_rights_and_no_other() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    for (path, _) in PAGES {
        let shown = Visitor::new(&router).get(path).await;
        assert_eq!(shown.status, StatusCode::SEE_OTHER, "{path}");
        let to = shown.headers[header::LOCATION].to_str().unwrap();
        assert!(to.starts_with("/operator/sign-in"), "{path}: {to}");
    }
    for (name, role, _) in OPERATORS {
        let mut visitor = at_work(&router, name).await;
        for (path, right) in PAGES {
            let shown = visitor.get(path).await;
            let expected = match role.may(right) {
                true => StatusCode::OK,
                false => StatusCode::FORBIDDEN,
            };
            assert_eq!(shown.status, expected, "{name} {path}");
        }
    }
    rest.end().await;
}

#[tokio::test]
async fn a_wrong_password_is_told_written_down_and_locks_out() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let agency = std::sync::Arc::clone(&house.door.window.agency);
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    for (name, wrong) in [("c.clerk", "x"), ("nobody", "x"), ("<b>", "x"), ("", "")] {
        let form = format!("name={name}&password={wrong}");
        let shown = visitor.send("/operator/sign-in", &form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(shown.text.contains("The name or the password is wrong"));
        assert_eq!(visitor.get("/agency").await.status, StatusCode::SEE_OTHER);
    }
    for _ in 0..4 {
        visitor
            .send("/operator/sign-in", "name=c.clerk&password=y")
            .await;
    }
    // The right one is no good any more, and nobody else is locked out by it.
    let shown = visitor.work("c.clerk").await;
    assert_eq!(shown.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(visitor.work("r.reader").await.status, StatusCode::SEE_OTHER);
    let mut admin = at_work(&router, "a.admin").await;
    let log = admin.get("/agency/log?by=c.clerk").await.text;
    assert_eq!(log.matches("failed to sign in").count(), 5, "{log}");
    assert!(!log.contains("nobody"));
    let audited = tokio::task::spawn_blocking(move || audit::audit(&agency, |_| {}));
    let report = audited.await.unwrap().unwrap();
    assert!(report.is_clean(), "{:?}", report.breaks);
    assert!(report.entries > 12, "deeds are audited, too");
    rest.end().await;
}

/// A given password is changed before anything else, and the new one is the only one then.
#[tokio::test]
async fn an_administrator_makes_changes_and_ends_an_operator() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut admin = at_work(&router, "a.admin").await;
    let form = "name=n.new&called=%E6%96%B0&role=clerk&institution=&why=joined";
    let shown = admin.send("/agency/operators", form).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    let (_, after) = shown.text.split_once("id=\"given\">").unwrap();
    let given = after.split('<').next().unwrap().to_owned();
    let again = admin.send("/agency/operators", form).await;
    assert!(again.text.contains("There is an operator of this name"));

    let mut new = Visitor::new(&router);
    let form = format!("name=n.new&password={given}");
    assert_eq!(
        new.send("/operator/sign-in", &form).await.status,
        StatusCode::SEE_OTHER
    );
    let shown = new.get("/agency").await;
    assert_eq!(shown.headers[header::LOCATION], "/operator/password");
    let own = "a long walk by the lake";
    for (password, again, why) in [
        ("short", "short", "at least 12"),
        (own, "another", "two ways"),
        (given.as_str(), given.as_str(), "the one of before"),
    ] {
        let form = format!("before={given}&password={password}&again={again}");
        let shown = new.send("/operator/password", &form).await;
        assert!(shown.text.contains(why), "{why}: {}", shown.text);
    }
    let form = format!("before={given}&password={own}&again={own}").replace(' ', "+");
    assert_eq!(
        new.send("/operator/password", &form).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(new.get("/agency").await.status, StatusCode::OK);

    // Making was the first version, and the password of the own choice the second.
    let change = "called=%E6%96%B0&role=reader&institution=&why=moved&version=2";
    let shown = admin.send("/agency/operators/n.new", change).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text);
    // Whatever was open ends with the change.
    assert_eq!(new.get("/agency").await.status, StatusCode::SEE_OTHER);
    ends_once(&mut admin, "n.new").await;
    let form = format!("name=n.new&password={}", own.replace(' ', "+"));
    let shown = Visitor::new(&router).send("/operator/sign-in", &form).await;
    assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let log = admin.get("/agency/log").await.text;
    for told in [
        "made an operator",
        "changed an operator",
        "ended an operator",
        "let an operator work again",
        "gave an operator another password",
        "clerk → reader",
        "joined",
        "moved",
        "left",
    ] {
        assert!(log.contains(told), "{told}");
    }
    rest.end().await;
}

/// A form that is sent again, or that another has overtaken, changes nothing; what ends does not take back.
async fn ends_once(admin: &mut Visitor, name: &str) {
    let path = |way: &str| format!("/agency/operators/{name}/{way}");
    let until = "<dt>until</dt>";
    let no_reason = admin.send(&path("end"), "version=3&why=").await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (way, form, status, ended) in [
        (
            "password",
            "version=2&why=forgot",
            StatusCode::CONFLICT,
            false,
        ),
        ("password", "version=3&why=forgot", StatusCode::OK, false),
        // Sent again it would give another password in place of the one that was handed over.
        (
            "password",
            "version=3&why=forgot",
            StatusCode::CONFLICT,
            false,
        ),
        ("end", "version=3&why=left", StatusCode::CONFLICT, false),
        ("end", "version=4&why=left", StatusCode::OK, true),
        ("end", "version=4&why=left", StatusCode::OK, true),
        ("resume", "version=4&why=back", StatusCode::CONFLICT, true),
        ("resume", "version=5&why=back", StatusCode::OK, false),
        ("resume", "version=5&why=back", StatusCode::CONFLICT, false),
        ("end", "version=6&why=left", StatusCode::OK, true),
    ] {
        let shown = admin.send(&path(way), form).await;
        assert_eq!(shown.status, status, "{way} {form}: {}", shown.text);
        let page = admin.get(&format!("/agency/operators/{name}")).await.text;
        assert_eq!(page.contains(until), ended, "{way} {form}: {page}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_operator_is_told_and_the_last_administrator_stays() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let agency = std::sync::Arc::clone(&house.door.window.agency);
    let (router, rest) = pages(house, Delivery::Off);
    let mut admin = at_work(&router, "a.admin").await;
    for (form, why) in [
        ("name=X&called=a&role=clerk", "small letters"),
        (
            "name=x330102198005061226&called=a&role=clerk",
            "no identity number",
        ),
        (
            "name=ok.name&called=330102+19800506+1226&role=clerk",
            "no identity number",
        ),
        ("name=ok.name&called=&role=clerk", "1 to 40 characters"),
        ("name=ok.name&called=a&role=king", "Choose a role"),
        ("name=ok.name&called=a&role=cashier", "is not known here"),
        (
            "name=ok.name&called=a&role=cashier&institution=P0",
            "`P0` is not known here",
        ),
        (
            "name=ok.name&called=a&role=clerk&institution=P33010000001",
            "only a cashier",
        ),
    ] {
        let shown = admin.send("/agency/operators", form).await;
        assert_eq!(shown.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(shown.text.contains(why), "{form}: {}", shown.text);
    }
    for (path, form) in [
        ("/agency/operators/a.admin/end", "why=holidays&version=1"),
        (
            "/agency/operators/a.admin",
            "called=a&role=reader&institution=&why=moved&version=1",
        ),
    ] {
        let shown = admin.send(path, form).await;
        assert_eq!(shown.status, StatusCode::CONFLICT, "{path}");
        assert!(
            shown.text.contains("an administrator left"),
            "{}",
            shown.text
        );
    }
    assert_eq!(
        admin.get("/agency/operators/x.none").await.status,
        StatusCode::NOT_FOUND
    );
    let deeds = tokio::task::spawn_blocking(move || {
        let (tell, told) = std::sync::mpsc::channel();
        let ask = DeedAsk {
            most: 100,
            ..DeedAsk::default()
        };
        agency.deeds(ask, move |deeds| tell.send(deeds).unwrap());
        told.recv().unwrap().unwrap()
    });
    let deeds = deeds.await.unwrap().found;
    // Five were made, and one has signed in: what was refused is no deed.
    assert_eq!(deeds.len(), 6, "{deeds:?}");
    rest.end().await;
}

/// An insured person's session opens no page of the staff, an operator's none of a person, and a form of elsewhere does nothing.
#[tokio::test]
async fn sessions_of_persons_and_operators_are_apart() {
    let house = tokio::task::spawn_blocking(staffed).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    visitor.sign_in(crate::house::LI).await;
    assert_eq!(visitor.get("/agency").await.status, StatusCode::SEE_OTHER);
    let before = visitor.cookie().to_owned();
    visitor.work("r.reader").await;
    assert_ne!(visitor.cookie(), before);
    assert_eq!(visitor.get("/mine").await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get("/agency").await.status, StatusCode::OK);
    let form = format!("name=r.reader&password={}", password("r.reader"));
    let foreign = visitor
        .send_from("/operator/sign-in", &form, "cross-site")
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    visitor.send("/operator/sign-out", "").await;
    assert_eq!(visitor.get("/agency").await.status, StatusCode::SEE_OTHER);
    rest.end().await;
}
