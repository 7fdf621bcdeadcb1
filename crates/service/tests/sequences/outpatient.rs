//! Outpatient visits: the whole sequence, and every rule of the states at its point.

use serde_json::{Value, json};

use crate::proof::say::{self, Line, line};
use crate::proof::{HOSPITAL, OTHER, Person};
use crate::tale::Tale;

/// Four lines of every kind: 315.99.
pub(crate) fn four() -> Vec<Line> {
    vec![
        line("1", "XA00SYN001A001010100001", 2, 1050),
        line("2", "XA00SYN002A001010100002", 3, 3333),
        line("3", "SYN110200001", 1, 15000),
        line("4", "SYN110200002", 1, 4500),
    ]
}

fn one(number: &str) -> Vec<Line> {
    vec![line(number, "XA00SYN004A001010100004", 1, 2000)]
}

fn id(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Opens a visit and says what it is.
fn visit(tale: &mut Tale, person: &Person) -> String {
    let opened = tale.say(HOSPITAL, "2201", "registers", say::register(person));
    let visit = id(&opened["data"]["mdtrt_id"]);
    let what = say::describe(person, &visit, "11");
    tale.say(HOSPITAL, "2203", "describes", what);
    visit
}

/// A table of messages, in the order in which they are sent.
#[test]
fn a_visit_from_registration_to_reversal() {
    let mut tale = Tale::new(2);
    let (li, foreign) = (tale.person(0), tale.person(1));
    tale.say(HOSPITAL, "1101", "who is it", say::person(&li));
    let v = visit(&mut tale, &li);
    tale.note("Nothing to settle yet; what is another's is not there.");
    tale.say(
        HOSPITAL,
        "2207",
        "settles batch A",
        say::settle(&li, &v, "A", 31599),
    );
    tale.say(
        HOSPITAL,
        "2205",
        "removes batch A",
        say::remove_batch(&li, &v, "A"),
    );
    tale.say(
        HOSPITAL,
        "2205",
        "removes all",
        say::remove_batch(&li, &v, "0000"),
    );
    let input = say::lines(&foreign, &v, "A", &four());
    tale.say(HOSPITAL, "2204", "adds batch A for a foreign person", input);
    tale.say(
        OTHER,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &four()),
    );
    tale.note("Batch A, and B of which nothing may be left over.");
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &four()),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds line 1 in batch B",
        say::lines(&li, &v, "B", &one("1")),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch B",
        say::lines(&li, &v, "B", &one("5")),
    );
    tale.say(
        HOSPITAL,
        "2205",
        "removes batch B",
        say::remove_batch(&li, &v, "B"),
    );
    tale.say(
        HOSPITAL,
        "2205",
        "removes batch B again",
        say::remove_batch(&li, &v, "B"),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch B, line 5 anew",
        say::lines(&li, &v, "B", &one("5")),
    );
    tale.note("A wrong total, a trial, the settlement, and the same once more.");
    tale.say(
        HOSPITAL,
        "2206",
        "tries batch A for 300.00",
        say::settle(&li, &v, "A", 30000),
    );
    tale.say(
        HOSPITAL,
        "2207",
        "settles batch A for 300.00",
        say::settle(&li, &v, "A", 30000),
    );
    tale.say(
        OTHER,
        "2206",
        "tries batch A",
        say::settle(&li, &v, "A", 31599),
    );
    tale.say(
        HOSPITAL,
        "2206",
        "tries batch A",
        say::settle(&li, &v, "A", 31599),
    );
    let settled = tale.say(
        HOSPITAL,
        "2207",
        "settles batch A",
        say::settle(&li, &v, "A", 31599),
    );
    let first = id(&settled["setlinfo"]["setl_id"]);
    assert_eq!(tale.again(), settled);
    let other = ("2207", tale.last_id());
    let input = say::settle(&li, &v, "B", 2000);
    tale.named(
        HOSPITAL,
        (other.0, &other.1),
        "settles batch B under that name",
        input,
    );
    tale.say(
        HOSPITAL,
        "2207",
        "settles batch A anew",
        say::settle(&li, &v, "A", 31599),
    );
    tale.note("While a settlement stands.");
    tale.say(
        HOSPITAL,
        "2205",
        "removes batch A",
        say::remove_batch(&li, &v, "A"),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds to batch A",
        say::lines(&li, &v, "A", &one("6")),
    );
    tale.say(HOSPITAL, "2202", "cancels the visit", say::cancel(&li, &v));
    tale.say(
        HOSPITAL,
        "2203",
        "calls it an emergency",
        say::describe(&li, &v, "13"),
    );
    tale.note("Batch B by itself, then each is taken back, B while A stands.");
    let settled = tale.say(
        HOSPITAL,
        "2207",
        "settles batch B",
        say::settle(&li, &v, "B", 2000),
    );
    let second = id(&settled["setlinfo"]["setl_id"]);
    tale.say(
        OTHER,
        "2208",
        "takes settlement 1 back",
        say::take_back(&li, &v, &first),
    );
    let input = say::take_back(&foreign, &v, &first);
    tale.say(
        HOSPITAL,
        "2208",
        "takes settlement 1 back for a foreign person",
        input,
    );
    tale.say(
        HOSPITAL,
        "2208",
        "takes settlement 1 back",
        say::take_back(&li, &v, &first),
    );
    tale.again();
    tale.say(
        HOSPITAL,
        "2208",
        "takes settlement 1 back anew",
        say::take_back(&li, &v, &first),
    );
    tale.say(
        HOSPITAL,
        "2208",
        "takes settlement 2 back",
        say::take_back(&li, &v, &second),
    );
    tale.note("Nothing stands: lines may go, the visit may be cancelled, and then is no more.");
    tale.say(
        HOSPITAL,
        "2205",
        "removes all",
        say::remove_batch(&li, &v, "0000"),
    );
    tale.say(HOSPITAL, "2202", "cancels the visit", say::cancel(&li, &v));
    tale.say(
        HOSPITAL,
        "2202",
        "cancels the visit anew",
        say::cancel(&li, &v),
    );
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch C",
        say::lines(&li, &v, "C", &one("7")),
    );
    insta::assert_snapshot!(tale.end());
}

#[test]
fn what_the_four_sums_say_is_compared_and_not_believed() {
    let mut tale = Tale::new(1);
    let li = tale.person(0);
    let v = visit(&mut tale, &li);
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &four()),
    );
    let echoed = json!({
        "fulamt_ownpay_amt": "45.00", "overlmt_selfpay": 30, "preselfpay_amt": 10.0, "inscp_scp_amt": 230.99,
    });
    let plain = say::settle(&li, &v, "A", 31599);
    let echo = say::but(plain.clone(), "data", echoed);
    tale.say(HOSPITAL, "2206", "tries with the four sums", echo);
    let constant = json!({ "fulamt_ownpay_amt": 1, "inscp_scp_amt": 2 });
    let constant = say::but(plain, "data", constant);
    tale.say(HOSPITAL, "2207", "settles with other sums", constant);
    insta::assert_snapshot!(tale.end());
}

/// A table of messages, in the order in which they are sent.
#[test]
fn undoing_a_settlement_before_during_and_after() {
    let mut tale = Tale::new(2);
    let (li, foreign) = (tale.person(0), tale.person(1));
    let v = visit(&mut tale, &li);
    tale.say(
        HOSPITAL,
        "2204",
        "adds batch A",
        say::lines(&li, &v, "A", &four()),
    );
    tale.note("Before it comes: it will not be carried out when it comes.");
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 late",
        say::undo(&li, "2207", "late"),
    );
    tale.again();
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 late anew",
        say::undo(&li, "2207", "late"),
    );
    let input = say::settle(&li, &v, "A", 31599);
    tale.named(HOSPITAL, ("2207", "late"), "settles batch A", input.clone());
    tale.note("After it: nothing of it stands, and its repetition says what was.");
    let settled = tale.named(HOSPITAL, ("2207", "soon"), "settles batch A", input.clone());
    let first = settled["setlinfo"]["setl_id"].clone();
    tale.say(
        OTHER,
        "2601",
        "undoes 2207 soon",
        say::undo(&li, "2207", "soon"),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 soon for a foreign person",
        say::undo(&foreign, "2207", "soon"),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2204 soon",
        say::undo(&li, "2204", "soon"),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 soon",
        say::undo(&li, "2207", "soon"),
    );
    tale.undone(&first);
    tale.again();
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 soon anew",
        say::undo(&li, "2207", "soon"),
    );
    let again = tale.named(
        HOSPITAL,
        ("2207", "soon"),
        "settles batch A once more",
        input.clone(),
    );
    assert_eq!(again, settled);
    tale.note("After it was taken back by its number.");
    let settled = tale.named(HOSPITAL, ("2207", "then"), "settles batch A", input);
    let second = id(&settled["setlinfo"]["setl_id"]);
    tale.say(
        HOSPITAL,
        "2208",
        "takes it back",
        say::take_back(&li, &v, &second),
    );
    tale.say(
        HOSPITAL,
        "2601",
        "undoes 2207 then",
        say::undo(&li, "2207", "then"),
    );
    insta::assert_snapshot!(tale.end());
}
