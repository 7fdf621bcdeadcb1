//! Rows one by one: a file is sent, 3202 compares it, and the file that answers is fetched.

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};

use agency::domain::setting::Setting;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::{Date, datetime};
use serde_json::{Value, json};
use service::wire::statement::packed;

use crate::house::{Booked, CENTRE, HOSPITAL, House, LI, MEI, day};
use crate::months::random;

pub(crate) fn settlement(row: &Booked) -> String {
    format!("310000{:02}S{:014}", row.lane, row.entry)
}

fn visit(house: &House, row: &Booked) -> String {
    let settled = row.about.map_or(row, |about| &house.book[about]);
    format!("310000{:02}P{:014}", row.lane, settled.entry)
}

pub(crate) fn yuan(fen: i64) -> String {
    service::reconcile::yuan(fen.into())
}

/// A row as the institution has it.
pub(crate) fn line(house: &House, row: &Booked) -> [String; 7] {
    [
        settlement(row),
        visit(house, row),
        format!("310000{:019}", row.person),
        yuan(row.total),
        yuan(row.funds),
        yuan(row.account),
        u8::from(row.about.is_some()).to_string(),
    ]
}

pub(crate) fn joined(lines: &[[String; 7]]) -> String {
    lines.iter().map(|line| line.join("\t") + "\n").collect()
}

fn sent(house: &House, id: &str, bytes: &[u8]) -> String {
    let input = json!({ "fsUploadIn": {
        "in": STANDARD.encode(bytes), "filename": "a.zip", "fixmedins_code": HOSPITAL,
    }});
    let answer = house.answer(HOSPITAL, "9101", id, &input);
    let number = answer["output"]["file_qury_no"].as_str();
    number.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn compared(house: &House, id: &str, file: &str, period: (&str, &str)) -> Value {
    let input = json!({ "data": {
        "setl_optins": "310000", "file_qury_no": file, "clr_type": "11",
        "stmt_begndate": period.0, "stmt_enddate": period.1,
        "medfee_sumamt": "", "fund_pay_sumamt": "", "cash_payamt": "", "fixmedins_setl_cnt": "",
        "refd_setl_flag": "", "fixmedins_refd_setl_flag": "0",
    }});
    house.answer(HOSPITAL, "3202", id, &input)
}

/// The lines of the file that answers.
fn result(house: &House, id: &str, lines: &str, period: (&str, &str)) -> Vec<Vec<String>> {
    let file = sent(house, id, &packed("a.txt", lines).unwrap());
    let answer = compared(house, id, &file, period);
    let told = &answer["output"]["fileinfo"];
    let number = told["file_qury_no"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"));
    let until = told["dld_endtime"].as_str().unwrap();
    assert!(until.ends_with(" 23:59:59"), "{until}");
    let input = json!({ "fsDownloadIn": {
        "file_qury_no": number, "filename": told["filename"], "fixmedins_code": HOSPITAL,
    }});
    let outgoing = house.say(HOSPITAL, "9102", id, &input);
    assert!(
        outgoing.is_file,
        "{}",
        String::from_utf8_lossy(&outgoing.body)
    );
    let mut zip = zip::ZipArchive::new(Cursor::new(outgoing.body)).unwrap();
    let mut text = String::new();
    zip.by_index(0).unwrap().read_to_string(&mut text).unwrap();
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(cells).collect()
}

#[test]
fn a_month_with_all_that_may_happen() {
    let mut house = House::new();
    let li = (HOSPITAL, LI, Setting::Outpatient);
    let at = |day, hour| datetime(2024, 3, day, hour, 0, 0, 0);
    let equal = house.settle(li, at(1, 9), 10_000);
    let lost = house.settle(li, at(1, 10), 20_000);
    let refunded = house.settle(li, at(2, 9), 30_000);
    house.take_back(refunded, at(2, 10));
    let other = house.settle(li, at(3, 9), 40_000);
    let unnamed = house.settle(li, at(3, 10), 50_000);
    let late = house.settle(li, datetime(2024, 4, 1, 0, 0, 0, 0), 60_000);
    let inpatient = house.settle((HOSPITAL, LI, Setting::Inpatient), at(4, 9), 900_000);
    let foreign = house.settle((CENTRE, MEI, Setting::Outpatient), at(5, 9), 70_000);
    let mut lines: Vec<[String; 7]> = [equal, refunded, other, unnamed, late, inpatient, foreign]
        .map(|row| line(&house, &house.book[row]))
        .into();
    lines[2][3] = "400.01".into();
    lines[3][0] = "null".into();
    lines.push(lines[0].clone());
    let mut back = lines[0].clone();
    back[3..6]
        .iter_mut()
        .for_each(|amount| *amount = format!("-{amount}").replace("-0.00", "0.00"));
    back[6] = "1".into();
    lines.push(back);
    let told = result(&house, "r", &joined(&lines), ("2024-03-01", "2024-03-31"));
    let mut text = String::new();
    for cells in &told {
        assert_eq!(cells.len(), 10);
        let _ = writeln!(text, "{}", cells.join(" | "));
    }
    insta::assert_snapshot!(text);
    let lost_row = told
        .iter()
        .find(|cells| cells[2] == settlement(&house.book[lost]));
    assert_eq!(lost_row.unwrap()[3], format!("m{lost}"));
}

#[test]
fn what_a_message_says_beside_its_file_is_compared_too() {
    let mut house = House::new();
    let li = (HOSPITAL, LI, Setting::Outpatient);
    let row = house.settle(li, datetime(2024, 3, 1, 9, 0, 0, 0), 10_000);
    let lines = joined(&[line(&house, &house.book[row])]);
    let file = sent(&house, "u", &packed("a.txt", &lines).unwrap());
    let input = json!({ "data": {
        "setl_optins": "310000", "file_qury_no": file, "clr_type": "11",
        "stmt_begndate": "2024-03-01", "stmt_enddate": "2024-03-01",
        "medfee_sumamt": 100.01, "fund_pay_sumamt": "0.00", "cash_payamt": "7", "fixmedins_setl_cnt": 2,
        "refd_setl_flag": "", "fixmedins_refd_setl_flag": "0",
    }});
    let answer = house.answer(HOSPITAL, "3202", "r", &input);
    insta::assert_snapshot!(answer["warn_msg"].as_str().unwrap());
    // The message again is answered with the same file, and with another one when the books have gone on.
    let number = |answer: &Value| answer["output"]["fileinfo"]["file_qury_no"].clone();
    let again = house.answer(HOSPITAL, "3202", "r", &input);
    assert_eq!(number(&again), number(&answer));
    house.settle(li, datetime(2024, 3, 1, 10, 0, 0, 0), 10_000);
    let later = house.answer(HOSPITAL, "3202", "r", &input);
    assert_ne!(number(&later), number(&answer));
}

#[test]
fn a_file_that_is_none_is_refused() {
    let house = House::new();
    let period = ("2024-03-01", "2024-03-31");
    let mut text = String::new();
    for (id, bytes) in [
        ("no zip", &b"PK\x03\x04broken"[..]),
        ("no text", &b"\xff\xfe"[..]),
        ("wrong columns", &b"a\tb\tc\n"[..]),
        ("no amount", &b"s\tv\tp\t1\t1\tx\t0\n"[..]),
    ] {
        let file = sent(&house, id, bytes);
        let answer = compared(&house, id, &file, period);
        let _ = writeln!(text, "{id}: {}", answer["err_msg"].as_str().unwrap());
    }
    for file in ["F0000", "../x"] {
        let answer = compared(&house, file, file, period);
        let _ = writeln!(text, "{file}: {}", answer["err_msg"].as_str().unwrap());
    }
    let file = sent(&house, "f", b"s\tv\tp\t1\t1\t1\t0\n");
    let answer = compared(&house, "order", &file, ("2024-03-02", "2024-03-01"));
    let _ = writeln!(text, "order: {}", answer["err_msg"].as_str().unwrap());
    insta::assert_snapshot!(text);
}

/// What was done to a row on its way to the file.
fn befall(dice: &mut fastrand::Rng, line: &mut [String; 7]) -> Option<&'static str> {
    match dice.u8(0..8) {
        0 => None,
        1 => {
            line[3] = "77777.77".into();
            Some("1")
        }
        // What was taken back is known by its sign, too.
        2 => {
            line[6] = "null".into();
            Some("0")
        }
        _ => Some("0"),
    }
}

#[test]
fn random_months_come_to_what_was_done_to_them() {
    for seed in 11..14 {
        let mut house = House::new();
        let mut dice = fastrand::Rng::with_seed(seed);
        random(&mut house, &mut dice, 80);
        for (from, until) in [("2024-03-01", "2024-03-04"), ("2024-03-02", "2024-05-31")] {
            let within = |date: Date| day(from) <= date && date <= day(until);
            let rows = house.book.iter().filter(|row| {
                let own = row.institution == HOSPITAL && row.setting == Setting::Outpatient;
                own && within(row.at.date())
            });
            let (mut lines, mut expected) = (Vec::new(), Vec::new());
            for row in rows {
                let mut line = line(&house, row);
                let id = line[0].clone();
                match befall(&mut dice, &mut line) {
                    None => expected.push((id, "1".to_owned())),
                    Some(result) => {
                        lines.push(line);
                        expected.push((id, result.to_owned()));
                    }
                }
            }
            dice.shuffle(&mut lines);
            let id = format!("{seed}{from}");
            let told = result(&house, &id, &joined(&lines), (from, until));
            let mut told: Vec<(String, String)> = told
                .into_iter()
                .map(|cells| (cells[2].clone(), cells[4].clone()))
                .collect();
            told.sort();
            expected.sort();
            assert_eq!(told, expected, "{seed} {from}");
        }
    }
}
