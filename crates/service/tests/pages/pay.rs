//! "What do I pay?": every region and every choice of the form is answered, or told why not; and what is typed stays text.

use agency::PolicyFile;
use agency::domain::bill::{Bill, Days, Place};
use agency::domain::facility::FacilityKind;
use agency::domain::person::Status;
use agency::domain::setting::Setting;
use axum::http::StatusCode;
use jiff::Span;
use jiff::civil::date;
use service::codes::Delivery;

use crate::bills::{library, stay, today};
use crate::house::House;
use crate::visitor::{Visitor, pages};

/// Region by region, setting by setting, status by status, place by place.
#[tokio::test]
async fn every_choice_of_the_form_is_answered_or_refused_with_a_reason() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let form = visitor.get("/pay").await.text;
    let choices = |name: &str| -> Vec<String> {
        let (_, list) = form
            .split_once(&format!("<select name=\"{name}\">"))
            .unwrap();
        let (list, _) = list.split_once("</select>").unwrap();
        let values = list.split("<option value=\"").skip(1);
        values
            .map(|option| option.split('"').next().unwrap().to_owned())
            .collect()
    };
    let (mut answered, mut refused) = (0, 0);
    for region in choices("region") {
        for status in choices("status") {
            for setting in choices("setting") {
                for place in choices("place") {
                    let query = format!(
                        "/pay?region={region}&status={status}&setting={setting}&place={place}&age=40&cost=1234.56&account=100"
                    );
                    let shown = visitor.get(&query).await;
                    assert_eq!(shown.status, StatusCode::OK, "{query}");
                    let is_answer = shown.text.contains("Of 1,234.56 yuan you pay ");
                    let is_refused = shown.text.contains("role=\"alert\"");
                    assert!(is_answer != is_refused, "{query}: {}", shown.text);
                    answered += usize::from(is_answer);
                    refused += usize::from(is_refused);
                }
            }
        }
    }
    assert!(answered > 100, "{answered} answered, {refused} refused");
    rest.end().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_told_all_at_once_and_stays_text() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let shown = visitor
        .get("/pay?region=xx&status=king&setting=moon&place=mars&hospital=9&age=200&cost=1e5&outside=-1&account=99999999999&stays=x")
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    for told in [
        "region `xx`: choose one of the list",
        "status `king`",
        "care `moon`",
        "place `mars`",
        "age `200`: a whole number from 0 to 120",
        "cost `1e5`: yuan",
        "of it outside the catalogue `-1`",
        "account `99999999999`",
        "stays so far `x`",
    ] {
        assert!(shown.text.contains(told), "{told}: {}", shown.text);
    }
    let more = visitor
        .get("/pay?cost=10&outside=8&first_share=3")
        .await
        .text;
    assert!(
        more.contains("not less than what of it is outside"),
        "{more}"
    );
    for field in [
        "region", "status", "cost", "age", "account", "identity", "disease", "hospital",
    ] {
        let hostile = "%3C%2Fp%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onload%3D%22x";
        let cost = if field == "cost" { "" } else { "&cost=5" };
        let shown = visitor.get(&format!("/pay?{field}={hostile}{cost}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!shown.text.contains("<script"), "{field}: {}", shown.text);
        assert!(!shown.text.contains("\"onload"), "{field}: {}", shown.text);
    }
    rest.end().await;
}

#[tokio::test]
async fn the_language_is_remembered_and_one_comes_back() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let english = visitor.get("/pay?cost=50").await.text;
    assert!(english.contains("<html lang=\"en\">"), "{english}");
    assert!(
        english.contains("/language?to=zh&amp;back=%2Fpay%3Fcost%3D50"),
        "{english}"
    );
    let chosen = visitor.get("/language?to=zh&back=%2Fpay%3Fcost%3D50").await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen.headers["location"], "/pay?cost=50");
    let chinese = visitor.get("/pay?cost=50").await.text;
    assert!(chinese.contains("<html lang=\"zh-CN\">"), "{chinese}");
    let away = visitor
        .get("/language?to=en&back=%2F%2Felsewhere.example")
        .await;
    assert_eq!(away.headers["location"], "/");
    assert_eq!(
        visitor.get("/language?to=fr").await.status,
        StatusCode::NOT_FOUND
    );
    rest.end().await;
}

#[tokio::test]
async fn what_is_not_there_is_told_and_every_answer_is_hardened() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    let twice = visitor.get("/pay?cost=1&cost=2").await;
    assert_eq!(twice.status, StatusCode::OK);
    assert!(
        twice.text.contains("says something twice"),
        "{}",
        twice.text
    );
    for path in [
        "/",
        "/pay",
        "/pay?cost=1&cost=2",
        "/mine",
        "/language?to=zh&back=/",
        "/language",
        "/sign-in",
        "/sign-in/code",
    ] {
        let shown = visitor.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(
                shown.headers.get(name).map(|v| v.to_str().unwrap()),
                Some(value),
                "{path}: {name}"
            );
        }
        assert!(
            shown.headers.contains_key("content-security-policy"),
            "{path}"
        );
    }
    rest.end().await;
}

/// What the form's choices may come to in a setting: whether the core settles any of it.
fn is_settled(file: &PolicyFile, status: Status, setting: Setting) -> bool {
    let plan = &file.plan;
    let policy = &plan.policy;
    let mut identities = vec![Vec::new()];
    identities.extend(
        policy
            .identities()
            .map(|identity| vec![identity.to_owned()]),
    );
    let retired = [None, Some(date(1999, 1, 1)), Some(date(2015, 1, 1))];
    let chronic = policy.diseases.iter().map(|(id, _)| Some(id.clone()));
    let chronic = chronic.filter(|_| setting == Setting::Chronic);
    let diseases: Vec<Option<String>> = std::iter::once(None).chain(chronic).collect();
    let any = |bill: &Bill| {
        let settles = |bill: &Bill| agency::domain::settle(bill, plan).is_ok();
        identities.iter().any(|identities| {
            [5, 20, 40, 62, 72, 85].iter().any(|age| {
                retired.iter().any(|retired| {
                    let mut bill = bill.clone();
                    bill.person.identities.clone_from(identities);
                    bill.person.birth = today().checked_sub(Span::new().years(*age)).ok();
                    bill.person.retired = *retired;
                    settles(&bill)
                })
            })
        })
    };
    let usual = stay(&policy.region.to_string(), status);
    let days = match setting {
        Setting::Inpatient => usual.days,
        _ => Days::Service(today()),
    };
    Place::ALL.iter().any(|&place| {
        [(3, false), (2, false), (1, false), (0, false), (1, true)]
            .into_iter()
            .any(|(level, community)| {
                diseases.iter().any(|disease| {
                    let mut bill = Bill {
                        scheme: policy.scheme,
                        setting,
                        place,
                        days,
                        disease: disease.clone(),
                        ..usual.clone()
                    };
                    (bill.facility.level, bill.facility.community) = (level, community);
                    if setting == Setting::Pharmacy {
                        bill.facility.kind = FacilityKind::Pharmacy;
                        (bill.facility.level, bill.facility.community) = (0, false);
                    }
                    any(&bill)
                })
            })
    })
}

/// The options of a list of the form: value and text.
pub(crate) fn options(page: &str, name: &str) -> Vec<(String, String)> {
    let (_, list) = page
        .split_once(&format!("<select name=\"{name}\">"))
        .unwrap();
    let (list, _) = list.split_once("</select>").unwrap();
    let options = list.split("<option value=\"").skip(1);
    let option = |option: &str| {
        let (value, text) = option.split_once('"').unwrap();
        let (_, text) = text.split_once('>').unwrap();
        let (text, _) = text.split_once('<').unwrap();
        (value.to_owned(), text.to_owned())
    };
    options.map(option).collect()
}

#[tokio::test]
async fn choices_without_a_rule_are_marked_and_stand_last_in_every_region() {
    const MARK: &str = " (no rule here yet)";
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Off);
    let mut visitor = Visitor::new(&router);
    let library = library();
    let mut marked = 0;
    for known in library.regions() {
        for &status in Status::ALL {
            let (region, code) = (known.region, status.code());
            let file = library.in_force(region, status.scheme(), today()).ok();
            let path = format!("/pay?region={region}&status={code}");
            let page = visitor.get(&path).await.text;
            let settings = options(&page, "setting");
            assert!(
                settings.is_sorted_by_key(|(_, text)| text.contains(MARK)),
                "{path}: {settings:?}"
            );
            for (value, text) in &settings {
                let setting = Setting::from_code(value).unwrap();
                let file = file.as_ref();
                let expected = file.is_some_and(|file| is_settled(file, status, setting));
                assert_eq!(!text.contains(MARK), expected, "{path}: {text}");
                if expected {
                    continue;
                }
                marked += 1;
                let asked = format!("{path}&setting={value}&age=40&cost=100");
                let refused = visitor.get(&asked).await.text;
                let link = match file {
                    Some(_) => format!("/policies/{region}/{}", status.scheme().code()),
                    None => "/policies".to_owned(),
                };
                assert!(refused.contains(&format!("<a href=\"{link}\">")), "{asked}");
                let name = known.name.en.as_str();
                let sentence = match file {
                    Some(_) => format!("<p>The file of {name} for "),
                    None => format!("<p>We have no file of {name} for "),
                };
                assert!(refused.contains(&sentence), "{asked}: {refused}");
                assert_eq!(visitor.get(&link).await.status, StatusCode::OK, "{link}");
            }
            let any = settings.iter().any(|(_, text)| !text.contains(MARK));
            let statuses = options(&page, "status");
            let (_, text) = statuses.iter().find(|(value, _)| value == code).unwrap();
            assert_eq!(!text.contains(MARK), any, "{path}: {text}");
        }
    }
    assert!(marked > 0, "no region lacks anything");
    rest.end().await;
}

#[tokio::test]
async fn a_page_that_is_only_read_tells_so_to_who_sends_to_it() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages(house, Delivery::Shown);
    let mut visitor = Visitor::new(&router);
    for (path, allowed) in [
        ("/pay", "GET,HEAD"),
        ("/policies", "GET,HEAD"),
        ("/language", "GET,HEAD"),
        ("/mine", "GET,HEAD"),
    ] {
        let shown = visitor.send(path, "cost=5").await;
        assert_eq!(shown.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(shown.headers["allow"], allowed, "{path}");
        assert!(
            shown.text.contains("<html lang=\"en\">")
                && shown.text.contains("This address is not asked in this way"),
            "{path}: {}",
            shown.text
        );
    }
    visitor.get("/language?to=zh&back=/").await;
    let shown = visitor.send("/pay", "cost=5").await;
    assert!(shown.text.contains("此地址不能这样访问"), "{}", shown.text);
    rest.end().await;
}
