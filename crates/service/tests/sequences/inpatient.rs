//! Stays: the whole sequence, and every rule of the states at its point.

use serde_json::{Value, json};

use crate::proof::say::{self, Line, line};
use crate::proof::{HOSPITAL, OTHER, Person};
use crate::tale::Tale;

/// 4,470.00, and a return of 97.00.
fn five() -> Vec<Line> {
    let mut lines = vec![
        line("1001", "SYN110900001", 5, 6000),
        line("1002", "XA00SYN003A001010100003", 20, 4850),
        line("1003", "C00SYN00000001000000001", 1, 300_000),
        line("1004", "SYN110200003", 1, 20000),
    ];
    let back = lines[1].back("1005", 2);
    lines.push(back);
    lines
}

fn id(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn admitted(tale: &mut Tale, person: &Person) -> String {
    let stay = tale.say(HOSPITAL, "2401", "admits", say::admit(person));
    id(&stay["result"]["mdtrt_id"])
}

const END: (bool, &str) = (false, "2025-03-08");

/// A table of messages, in the order in which they are sent.
#[test]
fn a_stay_from_admission_to_the_admission_taken_back() {
    let mut tale = Tale::new(2);
    let (li, foreign) = (tale.person(0), tale.person(1));
    let v = admitted(&mut tale, &li);
    tale.say(HOSPITAL, "2403", "tells the bed anew", say::change(&li, &v));
    tale.note("Lines, and returns of them.");
    let lines = five();
    tale.say(
        HOSPITAL,
        "2301",
        "adds five lines",
        say::stay_lines(&li, &v, &lines),
    );
    let more = [lines[1].back("1006", 19)];
    tale.say(
        HOSPITAL,
        "2301",
        "returns 19 of 18",
        say::stay_lines(&li, &v, &more),
    );
    let never = [Line {
        of: Some("7".into()),
        ..lines[1].back("1006", 1)
    }];
    tale.say(
        HOSPITAL,
        "2301",
        "returns of line 7",
        say::stay_lines(&li, &v, &never),
    );
    let none = [Line {
        of: None,
        ..lines[1].back("1006", 1)
    }];
    tale.say(
        HOSPITAL,
        "2301",
        "less than nothing",
        say::stay_lines(&li, &v, &none),
    );
    tale.say(
        OTHER,
        "2301",
        "adds a line",
        say::stay_lines(&li, &v, &lines[..1]),
    );
    tale.say(
        HOSPITAL,
        "2301",
        "adds line 1001 again",
        say::stay_lines(&li, &v, &lines[..1]),
    );
    tale.say(
        HOSPITAL,
        "2302",
        "removes line 7",
        say::remove_lines(&li, &v, &["7"]),
    );
    tale.note("While in hospital: an estimate, no settlement, no cancelling.");
    tale.say(
        HOSPITAL,
        "2303",
        "tries",
        say::settle_stay(&li, &v, 437_300, END),
    );
    tale.say(
        HOSPITAL,
        "2304",
        "settles",
        say::settle_stay(&li, &v, 437_300, END),
    );
    tale.say(
        HOSPITAL,
        "2404",
        "cancels the admission",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2405",
        "takes a discharge back",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges before admission",
        say::discharge(&li, &v, "2025-03-02"),
    );
    tale.say(
        OTHER,
        "2402",
        "discharges",
        say::discharge(&li, &v, "2025-03-08"),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges",
        say::discharge(&li, &v, "2025-03-08"),
    );
    tale.note("The settlement, and what it forbids.");
    tale.say(
        HOSPITAL,
        "2304",
        "settles for 4,000.00",
        say::settle_stay(&li, &v, 400_000, END),
    );
    let input = say::settle_stay(&foreign, &v, 437_300, END);
    tale.say(HOSPITAL, "2304", "settles for a foreign person", input);
    tale.say(
        HOSPITAL,
        "2303",
        "tries",
        say::settle_stay(&li, &v, 437_300, END),
    );
    let settled = tale.say(
        HOSPITAL,
        "2304",
        "settles",
        say::settle_stay(&li, &v, 437_300, END),
    );
    let first = id(&settled["setlinfo"]["setl_id"]);
    assert_eq!(tale.again(), settled);
    tale.say(
        HOSPITAL,
        "2304",
        "settles anew",
        say::settle_stay(&li, &v, 437_300, END),
    );
    tale.say(
        HOSPITAL,
        "2301",
        "adds a line",
        say::stay_lines(&li, &v, &lines[..1]),
    );
    tale.say(
        HOSPITAL,
        "2302",
        "removes all",
        say::remove_lines(&li, &v, &["0000"]),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges later",
        say::discharge(&li, &v, "2025-03-09"),
    );
    tale.say(
        HOSPITAL,
        "2405",
        "takes the discharge back",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2404",
        "cancels the admission",
        say::cancel(&li, &v),
    );
    tale.note("Each taken back in turn.");
    tale.say(
        OTHER,
        "2305",
        "takes the settlement back",
        say::take_back(&li, &v, &first),
    );
    tale.say(
        HOSPITAL,
        "2305",
        "takes the settlement back",
        say::take_back(&li, &v, &first),
    );
    tale.again();
    tale.say(
        HOSPITAL,
        "2404",
        "cancels the admission",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2405",
        "takes the discharge back",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2302",
        "removes line 1001",
        say::remove_lines(&li, &v, &["1001"]),
    );
    tale.say(
        HOSPITAL,
        "2302",
        "removes all",
        say::remove_lines(&li, &v, &["0000"]),
    );
    tale.say(
        HOSPITAL,
        "2302",
        "removes all again",
        say::remove_lines(&li, &v, &["0000"]),
    );
    tale.say(
        HOSPITAL,
        "2404",
        "cancels the admission",
        say::cancel(&li, &v),
    );
    tale.say(HOSPITAL, "2403", "tells it anew", say::change(&li, &v));
    insta::assert_snapshot!(tale.end());
}

/// A table of messages, in the order in which they are sent.
#[test]
fn a_stay_that_is_settled_in_between() {
    let mut tale = Tale::new(1);
    let li = tale.person(0);
    let v = admitted(&mut tale, &li);
    let early = line("1", "SYN110900001", 2, 60000);
    let late = Line {
        day: "2025-03-06".into(),
        ..line("2", "SYN110900001", 3, 60000)
    };
    tale.say(
        HOSPITAL,
        "2301",
        "adds two lines",
        say::stay_lines(&li, &v, &[early, late]),
    );
    tale.note("Up to the fourth, then up to the end; the deductible is paid once.");
    let between = (true, "2025-03-04");
    tale.say(
        HOSPITAL,
        "2304",
        "settles all in between",
        say::settle_stay(&li, &v, 300_000, between),
    );
    tale.say(
        HOSPITAL,
        "2303",
        "tries",
        say::settle_stay(&li, &v, 120_000, between),
    );
    let settled = tale.say(
        HOSPITAL,
        "2304",
        "settles in between",
        say::settle_stay(&li, &v, 120_000, between),
    );
    let first = id(&settled["setlinfo"]["setl_id"]);
    tale.say(
        HOSPITAL,
        "2304",
        "settles in between anew",
        say::settle_stay(&li, &v, 0, between),
    );
    tale.say(
        HOSPITAL,
        "2404",
        "cancels the admission",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges",
        say::discharge(&li, &v, "2025-03-08"),
    );
    let settled = tale.say(
        HOSPITAL,
        "2304",
        "settles the rest",
        say::settle_stay(&li, &v, 180_000, END),
    );
    let second = id(&settled["setlinfo"]["setl_id"]);
    tale.note("The latest first.");
    tale.say(
        HOSPITAL,
        "2305",
        "takes the first back",
        say::take_back(&li, &v, &first),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes the first",
        say::undo(&li, "2304", "m5"),
    );
    tale.say(
        HOSPITAL,
        "2305",
        "takes the second back",
        say::take_back(&li, &v, &second),
    );
    tale.say(
        HOSPITAL,
        "2305",
        "takes the first back",
        say::take_back(&li, &v, &first),
    );
    tale.say(
        HOSPITAL,
        "2304",
        "settles the whole",
        say::settle_stay(&li, &v, 300_000, END),
    );
    insta::assert_snapshot!(tale.end());
}

#[test]
fn an_admission_that_is_undone() {
    let mut tale = Tale::new(1);
    let li = tale.person(0);
    let lines = [line("1", "SYN110900001", 2, 60000)];
    tale.named(HOSPITAL, ("2401", "lost"), "admits", say::admit(&li));
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2401 lost",
        say::undo(&li, "2401", "lost"),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2401 lost anew",
        say::undo(&li, "2401", "lost"),
    );
    tale.note("With fees, and with a settlement.");
    let stay = tale.named(HOSPITAL, ("2401", "kept"), "admits", say::admit(&li));
    let v = id(&stay["result"]["mdtrt_id"]);
    tale.say(
        HOSPITAL,
        "2301",
        "adds a line",
        say::stay_lines(&li, &v, &lines),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2401 kept",
        say::undo(&li, "2401", "kept"),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges",
        say::discharge(&li, &v, "2025-03-08"),
    );
    let input = say::settle_stay(&li, &v, 120_000, END);
    let settled = tale.named(HOSPITAL, ("2304", "bill"), "settles", input);
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2401 kept",
        say::undo(&li, "2401", "kept"),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2304 bill",
        say::undo(&li, "2304", "bill"),
    );
    tale.undone(&settled["setlinfo"]["setl_id"]);
    tale.say(
        HOSPITAL,
        "2405",
        "takes the discharge back",
        say::cancel(&li, &v),
    );
    insta::assert_snapshot!(tale.end());
}

/// A table of messages, in the order in which they are sent.
#[test]
fn a_stay_is_no_outpatient_visit_and_no_visit_a_stay() {
    let mut tale = Tale::new(1);
    let li = tale.person(0);
    let v = admitted(&mut tale, &li);
    let lines = [line("1", "SYN110900001", 2, 60000)];
    tale.say(
        HOSPITAL,
        "2203",
        "describes the stay",
        say::describe(&li, &v, "11"),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds a batch to the stay",
        say::lines(&li, &v, "A", &lines),
    );
    tale.say(
        HOSPITAL,
        "2301",
        "adds a line to the stay",
        say::stay_lines(&li, &v, &lines),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges",
        say::discharge(&li, &v, "2025-03-08"),
    );
    tale.say(
        HOSPITAL,
        "2207",
        "settles a batch of the stay",
        say::settle(&li, &v, "A", 120_000),
    );
    let opened = tale.say(HOSPITAL, "2201", "registers", say::register(&li));
    let v = id(&opened["data"]["mdtrt_id"]);
    tale.say(
        HOSPITAL,
        "2403",
        "tells an admission of the visit",
        say::change(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2402",
        "discharges from the visit",
        say::discharge(&li, &v, "2025-03-08"),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &lines),
    );
    tale.say(
        HOSPITAL,
        "2303",
        "tries the visit as a stay",
        say::settle_stay(&li, &v, 120_000, END),
    );
    tale.say(
        HOSPITAL,
        "2304",
        "settles the visit as a stay",
        say::settle_stay(&li, &v, 120_000, END),
    );
    let between = (true, "2025-03-04");
    tale.say(
        HOSPITAL,
        "2304",
        "settles it in between",
        say::settle_stay(&li, &v, 120_000, between),
    );
    let odd = say::but(say::admit(&li), "mdtrtinfo", json!({ "med_type": "11" }));
    tale.say(HOSPITAL, "2401", "admits as an outpatient", odd);
    insta::assert_snapshot!(tale.end());
}
