//! The table beside the specification's list, the code and the documents.

use std::fmt::Write as _;

use super::super::{KNOWN, known};
use super::*;

/// Every number of the specification's list, part B.
const LISTED: &str = "9001 9002 9101 9102 1101 1201 1301 1302 1303 1304 1305 1306 1306A 1307 1308 1309 1310 1311 1312 \
    1313 1314 1315 1316 1317 1318 1319 1320 1321 1322 1323 1324 1325 1326 1327 1901 2001 2101 2102 2103 2161 2181 2201 \
    2202 2203 2203A 2204 2205 2206 2207 2208 2301 2302 2303 2304 2305 2306 2401 2402 2403 2404 2405 2501 2502 2503 2504 \
    2505 2506 2507 2601 3101 3102 3103 3201 3202 3203 3204 3301 3302 3401 3401A 3402 3403 3501 3501A 3502 3502A 3503 \
    3503A 3504 3504A 3505 3505A 3506 3506A 3507 3507A 3508 3509 3510 3511 3512 3513 3601 3602 3603 3604 3605 3606 3607 \
    3608 3609 3610 3611 3701 3702 3703 3704 4101 4101A 4102 4103 4104 4105 4201 4261 4262 4263 4301 4302 4401 4402 4501 \
    4502 4503 4504 4505 4506 4601 4602 4701 5101 5102 5201 5202 5203 5204 5205 5206 5301 5302 5303 5304 5401 5402 5461 \
    5501 4901 4902 4905 6101 6302 6401 7101 7211 9601 9605 100001";

#[test]
fn every_number_of_the_specification_stands_in_it() {
    for number in LISTED.split_whitespace() {
        assert!(row(number).is_some(), "{number}");
    }
    for number in [
        "", "A", "0000", "1100", "1102", "2209", "22011", "8101", "220１",
    ] {
        assert!(row(number).is_none(), "{number}");
    }
}

#[test]
fn numbers_rise_and_stand_once() {
    for pair in TABLE.windows(2) {
        let place = |number: &str| (number.len(), number.to_owned());
        assert!(
            place(pair[0].last) < place(pair[1].first),
            "{}",
            pair[1].first
        );
    }
}

#[test]
fn what_is_carried_out_or_kept_is_counted_by_its_number() {
    for number in KNOWN {
        let what = row(number).map(|row| row.what);
        assert!(what.is_some_and(|what| what != What::Outside), "{number}");
    }
    assert_eq!(known("4301"), Some("4301"));
    assert_eq!(known("3501A"), Some("3501A"));
    assert_eq!(known("9601"), None);
    assert_eq!(known("8101"), None);
}

/// The table as the documents have it.
fn printed(what: fn(&Row) -> (&str, &str)) -> String {
    let mut text = String::new();
    for row in TABLE {
        let (name, done) = what(row);
        let _ = writeln!(text, "| {} | {name} | {done} |", row.numbers());
    }
    text
}

#[test]
fn the_documents_have_the_table() {
    let english = include_str!("../../../../../../docs/interface.md");
    let chinese = include_str!("../../../../../../docs/interface.zh-CN.md");
    let in_english = printed(|row| (row.en, row.what.told()));
    assert!(english.contains(&in_english), "{in_english}");
    let in_chinese = printed(|row| (row.zh, row.what.told_zh()));
    assert!(chinese.contains(&in_chinese), "{in_chinese}");
}
