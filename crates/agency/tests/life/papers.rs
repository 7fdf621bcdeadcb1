//! Papers at the office: filed, found by how their codes begin, apart from the office's lists.

use std::sync::mpsc;

use agency::{Agency, Paper};
use jiff::civil::date;

use crate::house::House;

fn file(agency: &Agency, kind: &str, code: &str, body: &str) {
    let (tell, told) = mpsc::channel();
    let from = date(2026, 11, 26);
    agency.file(kind, code, from, body.into(), move |filed| {
        tell.send(filed).unwrap()
    });
    told.recv().unwrap().unwrap();
}

fn filed(agency: &Agency, kind: &str, prefix: &str) -> Vec<(String, String)> {
    let (tell, told) = mpsc::channel();
    agency.filed(kind, prefix, move |papers| tell.send(papers).unwrap());
    let papers: Vec<Paper> = told.recv().unwrap().unwrap();
    assert!(papers.iter().all(|paper| paper.from == date(2026, 11, 26)));
    papers.into_iter().map(|p| (p.code, p.body)).collect()
}

#[test]
fn papers_are_filed_and_found_and_outlive_the_agency() {
    let house = House::new("310000", 1);
    let agency = &house.agency;
    let institutions = agency.office().agreements.len();
    for (code, body) in [("H1:7", "a"), ("H2:1", "b"), ("H1:5", "c"), ("H1:7", "d")] {
        file(agency, "batch", code, body);
    }
    file(agency, "paper:batch", "H1:6", "e");
    // A kind by the name of one of the office's lists is none of them.
    file(agency, "facility", "H1:1", "no institution");
    let text = |code: &str, body: &str| (code.to_owned(), body.to_owned());
    let of_h1 = [text("H1:5", "c"), text("H1:6", "e"), text("H1:7", "d")];
    assert_eq!(filed(agency, "batch", "H1:"), of_h1);
    assert_eq!(filed(agency, "batch", "H").len(), 4);
    assert_eq!(filed(agency, "batch", "H3"), []);
    assert_eq!(filed(agency, "other", ""), []);
    let options = house.options.clone();
    drop(house.agency);
    let agency = Agency::open(&options).unwrap();
    assert_eq!(filed(&agency, "batch", "H1:"), of_h1);
    assert_eq!(agency.office().agreements.len(), institutions);
}
