//! Purchases: tried, settled, taken back, undone; and the pooled fund's way over a visit.

use serde_json::json;

use crate::outpatient::four;
use crate::proof::say::{self, line};
use crate::proof::{OTHER, PHARMACY};
use crate::tale::Tale;

/// A table of messages, in the order in which they are sent.
#[test]
fn a_purchase_and_what_becomes_of_it() {
    let mut tale = Tale::new(2);
    let (li, foreign) = (tale.person(0), tale.person(1));
    let two = [
        line("1", "XA00SYN004A001010100004", 2, 2000),
        line("2", "XA00SYN005A001010100005", 1, 2800),
    ];
    let input = say::purchase(&li, &two);
    tale.say(PHARMACY, "2101", "tries two drugs", input.clone());
    let bought = tale.say(PHARMACY, "2102", "sells two drugs", input.clone());
    assert_eq!(tale.again(), bought);
    let (visit, first) = (
        &bought["setlinfo"]["mdtrt_id"],
        &bought["setlinfo"]["setl_id"],
    );
    let (visit, first) = (visit.as_str().unwrap(), first.as_str().unwrap());
    tale.note("The total is that of the lines; a purchase is no visit that goes on.");
    let more = json!({ "medfee_sumamt": 69 });
    tale.say(
        PHARMACY,
        "2102",
        "sells for 69.00",
        say::but(input.clone(), "druginfo", more),
    );
    tale.say(
        PHARMACY,
        "2204",
        "adds to it",
        say::lines(&li, visit, "A", &two),
    );
    tale.say(
        PHARMACY,
        "2202",
        "cancels it as a visit",
        say::cancel(&li, visit),
    );
    tale.note("Taken back by nobody else, and once.");
    tale.say(
        OTHER,
        "2103",
        "takes it back",
        say::take_back(&li, visit, first),
    );
    tale.say(
        PHARMACY,
        "2103",
        "takes it back for another",
        say::take_back(&foreign, visit, first),
    );
    tale.say(
        PHARMACY,
        "2103",
        "takes it back",
        say::take_back(&li, visit, first),
    );
    tale.again();
    tale.say(
        PHARMACY,
        "2103",
        "takes it back anew",
        say::take_back(&li, visit, first),
    );
    tale.note("The answer was lost: undone by its name.");
    let bought = tale.named(PHARMACY, ("2102", "lost"), "sells two drugs", input.clone());
    tale.say(
        PHARMACY,
        "2601",
        "undoes 2102 lost",
        say::undo(&li, "2102", "lost"),
    );
    tale.undone(&bought["setlinfo"]["setl_id"]);
    tale.say(
        PHARMACY,
        "2601",
        "undoes 2102 lost anew",
        say::undo(&li, "2102", "lost"),
    );
    tale.note("What the account may not pay is cash; a spared account pays nothing.");
    tale.say(
        PHARMACY,
        "2102",
        "sells four of every kind",
        say::purchase(&li, &four()),
    );
    let spared = say::but(input, "druginfo", json!({ "acct_used_flag": "0" }));
    tale.say(PHARMACY, "2102", "sells without the account", spared);
    insta::assert_snapshot!(tale.end());
}

#[test]
fn the_pooled_funds_way_at_a_pharmacy() {
    let mut tale = Tale::new(1);
    let li = tale.person(0);
    let drugs = [line("1", "XA00SYN002A001010100002", 4, 5000)];
    let opened = tale.say(PHARMACY, "2201", "registers", say::register(&li));
    let v = opened["data"]["mdtrt_id"].as_str().unwrap().to_owned();
    tale.say(PHARMACY, "2203A", "describes", say::describe(&li, &v, "11"));
    tale.say(
        PHARMACY,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &drugs),
    );
    tale.say(
        PHARMACY,
        "2206A",
        "tries batch A",
        say::settle(&li, &v, "A", 20000),
    );
    let settled = tale.say(
        PHARMACY,
        "2207A",
        "settles batch A",
        say::settle(&li, &v, "A", 20000),
    );
    assert!(settled.is_null(), "this place's fund pays nothing there");
    insta::assert_snapshot!(tale.end());
}
