//! What one chooses at "What do I pay?": a disease where the rules go by it, an identity, the state of cover, and what of the year matters.

use service::codes::Delivery;

use crate::house::House;
use crate::pay::options;
use crate::visitor::{Visitor, pages_of};

/// The invented region has 75% for hypertension, 80% for diabetes and 70% for any other disease: none is taken unasked.
#[tokio::test]
async fn no_amount_is_told_before_the_disease_that_decides_it_is_chosen() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages_of(house, Delivery::Off, "sandbox/policies");
    let mut visitor = Visitor::new(&router);
    let asked = "/pay?region=999900&status=active&setting=chronic&age=40&cost=1000";
    let page = visitor.get(asked).await.text;
    let fault = "disease ``: the rules here differ by disease: choose it";
    assert!(page.contains(fault), "{page}");
    assert!(!page.contains("id=\"answer\""), "{page}");
    let diseases = options(&page, "disease");
    let codes: Vec<&str> = diseases.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["", "other", "hypertension", "diabetes"]);
    for (disease, funds) in [
        ("hypertension", "750.00"),
        ("diabetes", "800.00"),
        ("other", "700.00"),
    ] {
        let page = visitor.get(&format!("{asked}&disease={disease}")).await;
        let told = format!("the funds pay {funds}");
        assert!(page.text.contains(&told), "{disease}: {}", page.text);
    }
    // Of other care no disease is asked.
    let stay = asked.replace("chronic", "inpatient");
    let page = visitor.get(&stay).await.text;
    assert!(page.contains("id=\"answer\""), "{page}");
    rest.end().await;
}

/// What a layer asks for can be chosen, and changes the answer.
#[tokio::test]
async fn every_identity_that_a_rule_asks_for_can_be_chosen() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages_of(house, Delivery::Off, "sandbox/policies");
    let mut visitor = Visitor::new(&router);
    let asked = "/pay?region=999900&status=active&setting=inpatient&age=40&cost=20000";
    let page = visitor.get(asked).await.text;
    let identities = options(&page, "identity");
    let codes: Vec<&str> = identities.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["", "civil_servant", "destitute", "subsistence"]);
    for (identity, payer) in [
        ("civil_servant", "civil-servant aid"),
        ("subsistence", "medical aid"),
    ] {
        let page = visitor.get(&format!("{asked}&identity={identity}")).await;
        let (_, answer) = page.text.split_once("id=\"answer\"").unwrap();
        assert!(answer.contains(payer), "{identity}: {answer}");
    }
    let residents = asked.replace("active", "resident");
    let page = visitor.get(&residents).await.text;
    let identities = options(&page, "identity");
    let codes: Vec<&str> = identities.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["", "destitute", "subsistence"]);
    rest.end().await;
}

/// Who is in arrears, waits or is not insured is told that no fund pays; who says nothing is insured and paid up.
#[tokio::test]
async fn the_state_of_cover_can_be_chosen() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages_of(house, Delivery::Off, "sandbox/policies");
    let mut visitor = Visitor::new(&router);
    let asked = "/pay?region=999900&status=active&setting=outpatient&age=40&cost=1000";
    let usual = visitor.get(asked).await.text;
    let first = &options(&usual, "coverage")[0];
    assert_eq!(first.1, "insured and paid up");
    for (state, is_paid) in [
        ("in_force", true),
        ("suspended", false),
        ("waiting", false),
        ("ended", false),
        ("none", false),
    ] {
        let page = visitor.get(&format!("{asked}&coverage={state}")).await.text;
        let is_refused = page.contains("Of 1,000.00 yuan you pay 1,000.00; the funds pay 0.00");
        assert_eq!(!is_refused, is_paid, "{state}: {page}");
        assert!(page.contains(&format!("<option value=\"{state}\" selected>")));
    }
    let page = visitor.get(&format!("{asked}&coverage=maybe")).await.text;
    assert!(page.contains("cover `maybe`: choose one of the list"));
    rest.end().await;
}

/// The names of the fields of the year.
fn year(page: &str) -> Vec<String> {
    let (_, year) = page.split_once("This year so far</summary>").unwrap();
    let (year, _) = year.split_once("<button").unwrap();
    let names = year.split(" name=\"").skip(1);
    names
        .map(|name| name.split('"').next().unwrap().to_owned())
        .collect()
}

/// Three sums decide; what layers look at is folded; what can change nothing is not asked.
#[tokio::test]
async fn only_what_matters_of_the_year_is_asked() {
    let house = tokio::task::spawn_blocking(House::new).await.unwrap();
    let (router, rest) = pages_of(house, Delivery::Off, "sandbox/policies");
    let mut visitor = Visitor::new(&router);
    let asked = "/pay?region=999900&status=active&setting=inpatient&age=40";
    let page = visitor.get(asked).await.text;
    let plain = year(&page);
    let layer = |names: &[String], code: &str| names.iter().any(|name| name.contains(code));
    assert!(layer(&plain, "large_amount"), "{plain:?}");
    assert!(!layer(&plain, "civil_servant"), "{plain:?}");
    assert!(!layer(&plain, "medical_aid"), "{plain:?}");
    let (before, folded) = page.split_once("More sums of the year").unwrap();
    let before = format!("{before}<button");
    assert_eq!(
        year(&before),
        [
            "inpatient-deductible",
            "inpatient-pooled",
            "inpatient-in_scope"
        ]
    );
    // The cap of the year is one for all care here.
    assert!(folded.contains("name=\"outpatient-pooled\""), "{folded}");
    let page = visitor.get(&format!("{asked}&identity=subsistence")).await;
    let poor = year(&page.text);
    assert!(layer(&poor, "medical_aid"), "{poor:?}");
    // What is typed is not lost when it no longer matters.
    let typed = format!("{asked}&inpatient-medical_aid-paid=12.50");
    let page = visitor.get(&typed).await.text;
    assert!(page.contains("name=\"inpatient-medical_aid-paid\" value=\"12.50\""));
    rest.end().await;
}
