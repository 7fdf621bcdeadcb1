//! Tests of `read`.

use jiff::civil::date;

use super::decimal::scaled;
use super::*;
use crate::wire::fields::outpatient::{IN_2204_FEEDETAIL, IN_2207_DATA};
use crate::wire::fields::pharmacy::{IN_2102_DRUGDETAIL, IN_2102_DURG_TRAC_INFO};
use crate::wire::fields::{filing, inpatient, query};

mod samples;

fn node(text: &str) -> Node<'_> {
    Node::parse(text).expect(text)
}

/// What a getter makes of the value of `medfee_sumamt`, or the rule it breaks.
fn got<T>(
    value: &str,
    get: impl for<'m> Fn(&Fields<'m>) -> Result<T, Faulty>,
) -> Result<T, String> {
    let text = format!("{{\"data\":{{\"medfee_sumamt\":{value}}}}}");
    let node = node(&text);
    let reader = Reader::input(&node, Mode::Lenient);
    let fields = reader.one(&IN_2207_DATA).expect("a row");
    let value = get(&fields);
    let told = |faults: Vec<Fault>| faults.iter().map(|f| f.rule_en.clone()).collect();
    reader.finish(value).map_err(told)
}

#[test]
fn amounts_are_read_exactly() {
    let fen = |value: &str| got(value, |f| f.fen("medfee_sumamt")).map(|fen| fen.fen());
    for (value, expected) in [
        ("0", 0),
        ("0.00", 0),
        ("-0.0", 0),
        ("68.0", 6_800),
        ("315.99", 31_599),
        ("\"1200\"", 120_000),
        ("\" 0.5 \"", 50),
        ("\".5\"", 50),
        ("\"5.\"", 500),
        ("1.0E7", 1_000_000_000),
        ("1.23456E+3", 123_456),
        ("12345e-2", 12_345),
        ("12.3400", 1_234),
        ("\"007\"", 700),
        ("99999999999.99", 9_999_999_999_999),
    ] {
        assert_eq!(fen(value), Ok(expected), "{value}");
    }
    for value in [
        "0.001",
        "0.30000000000000004",
        "-0.01",
        "100000000000.00",
        "1e99",
        "1e-99",
        "1e99999999999",
        "\"1,200\"",
        "\"+1\"",
        "\"--1\"",
        "\"1.2.3\"",
        "\"1e\"",
        "\"1e+-2\"",
        "\".\"",
        "\"-\"",
        "\"e5\"",
        "\"０\"",
        "\"\"",
        "null",
        "true",
        "[1]",
        "{}",
    ] {
        assert!(fen(value).is_err(), "{value}: {:?}", fen(value));
    }
    let long = "9".repeat(5_000);
    assert!(fen(&long).is_err());
    assert_eq!(
        fen("1.005").unwrap_err(),
        "medfee_sumamt has at most 2 decimals"
    );
}

#[test]
fn every_amount_near_a_border_comes_back() {
    let borders = (0..13).map(|power| 10_i64.pow(power));
    for fen in borders.flat_map(|border| border - 2..=border + 2) {
        for fen in [fen, -fen] {
            let sign = if fen < 0 { "-" } else { "" };
            let (yuan, part) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
            let text = format!("{sign}{yuan}.{part:02}");
            assert_eq!(scaled(&text, 2).ok(), Some(i128::from(fen)), "{text}");
            let read = got(&text, |f| f.signed_fen("medfee_sumamt"));
            assert_eq!(read, Ok(fen), "{text}");
        }
    }
}

#[test]
fn the_other_numbers_have_their_own_units() {
    let quantity = |value: &str| got(value, |f| f.quantity("medfee_sumamt"));
    assert_eq!(quantity("-2.0"), Ok(-20_000));
    assert_eq!(quantity("0.3333"), Ok(3_333));
    assert!(quantity("0.33333").is_err());
    let price = |value: &str| got(value, |f| f.price("medfee_sumamt"));
    assert_eq!(price("20.000001"), Ok(20_000_001));
    assert!(price("-1").is_err());
    let ratio = |value: &str| got(value, |f| f.ratio("medfee_sumamt"));
    assert_eq!((ratio("0.6"), ratio("1.0000")), (Ok(6_000), Ok(10_000)));
    assert!(ratio("1.0001").is_err() && ratio("60").is_err());
    let whole = |value: &str| got(value, |f| f.whole("medfee_sumamt"));
    assert_eq!((whole("12"), whole("\"12.0\"")), (Ok(12), Ok(12)));
    assert!(whole("1.5").is_err() && whole("-1").is_err());
    let flag = |value: &str| got(value, |f| f.flag("medfee_sumamt"));
    assert_eq!(
        (flag("\"1\""), flag("0"), flag("true")),
        (Ok(true), Ok(false), Ok(true))
    );
    assert!(flag("2").is_err() && flag("\"\"").is_err());
    let text = |value: &str| got(value, |f| f.text("medfee_sumamt").map(str::to_owned));
    assert_eq!(
        (text("12"), text("\" 甲 \"")),
        (Ok("12".into()), Ok("甲".into()))
    );
    assert!(text("true").is_err() && text("\"null\"").is_err());
}

#[test]
fn days_and_times_are_read_in_every_spelling() {
    let first = date(2021, 4, 1).at(10, 28, 33, 0);
    for text in [
        "2021-04-01 10:28:33",
        "2021-04-01T10:28:33",
        "2021-04-01T10:28:33+08:00",
        "2021/04/01 10:28:33",
        "20210401102833",
        " 2021-04-01 10:28:33 ",
    ] {
        assert_eq!(time(text), Some(first), "{text}");
        assert_eq!(day(text), Some(date(2021, 4, 1)), "{text}");
    }
    let midnight = date(2021, 4, 1).at(0, 0, 0, 0);
    for text in ["2021-04-01", "20210401", "2021-04-01 00:00"] {
        assert_eq!(time(text), Some(midnight), "{text}");
    }
    let thousandths = date(2021, 4, 1).at(10, 28, 33, 120_000_000);
    for text in ["20210401102833120", "2021-04-01 10:28:33.12"] {
        assert_eq!(time(text), Some(thousandths), "{text}");
    }
    for text in [
        "",
        "2021-4-1",
        "2021-13-01",
        "2021-02-29",
        "2021-04/01",
        "2021-04-01 24:00:00",
        "2021-04-01 10",
        "2021-04-01 10:28:33Z",
        "2021-04-01 10:28:33+00:00",
        "2021-04-01 10:28:33.",
        "2021-04-01 10:28:33.1234567890",
        "2021-04-01x10:28:33",
        "2021040110",
        "0000-00-00",
        "二〇二一年四月",
        "2021-04-中",
        "123456789中",
    ] {
        assert_eq!(time(text), None, "{text}");
    }
}

#[test]
fn all_faults_are_told_with_their_places() {
    let text =
        r#"{"feedetail":[{"psn_no":"1","cnt":"x","pric":1},{"psn_no":"","cnt":1,"pric":-2},7]}"#;
    let node = node(text);
    let reader = Reader::input(&node, Mode::Lenient);
    let rows = reader.many(&IN_2204_FEEDETAIL);
    assert!(rows.is_err(), "the third row is no object");
    let faults = reader.finish(rows.map(|_| ())).expect_err("a fault");
    assert_eq!(faults[0].path, "input.feedetail[3]");

    let text = text.replace(",7", "");
    let node = super::tests::node(&text);
    let reader = Reader::input(&node, Mode::Lenient);
    let rows = reader.many(&IN_2204_FEEDETAIL).expect("rows");
    for row in &rows {
        let _ = (row.text("psn_no"), row.quantity("cnt"), row.price("pric"));
    }
    let faults = reader
        .finish(Ok(()))
        .expect_err("faults, though none was asked for");
    let paths: Vec<_> = faults.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "input.feedetail[1].cnt",
            "input.feedetail[2].psn_no",
            "input.feedetail[2].pric"
        ]
    );
    assert_eq!(faults[0].found, "x");
    assert_eq!(
        faults[1].zh(),
        "人员编号psn_no不能为空[input.feedetail[2].psn_no=],请补充后重新提交"
    );
    assert_eq!(
        faults[2].en(),
        "input.feedetail[2].pric: found `-2`; pric is not negative; correct it and send again"
    );
    assert!(!reader.warnings().is_empty(), "the table asks for more");
}

#[test]
fn an_object_may_stand_for_a_list_and_the_reverse() {
    let one = node(r#"{"feedetail":{"cnt":1}}"#);
    let reader = Reader::input(&one, Mode::Lenient);
    let rows = reader.many(&IN_2204_FEEDETAIL).expect("a row");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].path("cnt"), "input.feedetail.cnt");
    let list = node(r#"{"data":[{"psn_no":"1"}],"drugdetail":[]}"#);
    let reader = Reader::input(&list, Mode::Lenient);
    assert_eq!(
        reader.one(&IN_2207_DATA).expect("a row").text("psn_no"),
        Ok("1")
    );
    assert!(reader.many(&IN_2102_DRUGDETAIL).is_err());
    assert!(
        reader
            .opt_many(&IN_2102_DRUGDETAIL)
            .is_ok_and(|rows| rows.is_empty())
    );
    assert!(
        reader
            .opt_one(&query::IN_5203_DATA)
            .is_ok_and(|row| row.is_some())
    );
    let nothing = node(r#"{"data":""}"#);
    let reader = Reader::input(&nothing, Mode::Lenient);
    assert!(reader.opt_one(&IN_2207_DATA).is_ok_and(|row| row.is_none()));
    let faults = reader.finish(reader.one(&IN_2207_DATA).map(|_| ()));
    assert_eq!(faults.expect_err("missing")[0].path, "input.data");
}

#[test]
fn a_field_is_found_under_its_other_spellings() {
    let text = r#"{"drugdetail":[{"drug_trac_info":{"drug_trac_codg":"8","trdn_flag":0},"expContent":"{\"a\":1}"}]}"#;
    let text = node(text);
    let reader = Reader::input(&text, Mode::Lenient);
    let row = reader.many(&IN_2102_DRUGDETAIL).expect("a row")[0];
    let traces = row.opt_many(&IN_2102_DURG_TRAC_INFO).expect("rows");
    assert_eq!(traces[0].flag("trdn_flag"), Ok(false));
    assert_eq!(
        traces[0].path("trdn_flag"),
        "input.drugdetail[1].durg_trac_info.trdn_flag"
    );
    let inner = row.opt_json("exp_content").expect("JSON").expect("there");
    assert_eq!(inner.get("a"), Some(&Node::Number("1".into())));
    let text = node(r#"{"data":{"dscg_time":"2021-04-01"},"mdtrtinfo":{"mdtrt_id":"x"}}"#);
    let reader = Reader::input(&text, Mode::Lenient);
    let data = reader.one(&inpatient::IN_2303_DATA).expect("a row");
    assert_eq!(data.day("dscgTime"), Ok(date(2021, 4, 1)));
    let leave = reader.one(&inpatient::IN_2402_DSCGINFO).expect("a row");
    assert_eq!(leave.text("mdtrt_id"), Ok("x"));
    let deep = node(r#"{"data":{"stastinfo":{"psn_no":1}}}"#);
    let reader = Reader::input(&deep, Mode::Lenient);
    let state = reader.one(&filing::IN_4102_STASTINFO).expect("a row");
    assert_eq!(state.text("psn_no"), Ok("1"));
    assert_eq!(state.path("psn_no"), "input.data.stastinfo.psn_no");
}

#[test]
fn lenient_lets_pass_what_strict_refuses() {
    let text = format!(
        r#"{{"data":{{"psn_no":"{}","insutype":"999","medfee_sumamt":1.005}}}}"#,
        "9".repeat(31)
    );
    let node = node(&text);
    let read = |mode| {
        let reader = Reader::input(&node, mode);
        let fields = reader.one(&IN_2207_DATA).expect("a row");
        let code = fields.code("insutype");
        let faults = reader.finish(code.map(|_| ())).err().unwrap_or_default();
        (faults, reader.warnings())
    };
    let names = |faults: &[Fault]| -> Vec<String> {
        let name = |f: &Fault| f.rule_en.clone();
        faults.iter().map(name).collect()
    };
    let (faults, warnings) = read(Mode::Lenient);
    assert!(faults.is_empty());
    let warnings = names(&warnings);
    assert!(
        !warnings.iter().any(|w| w.contains("at most 30")),
        "an overlong text is nothing"
    );
    assert!(warnings.contains(&"insutype is a code of the table insutype".to_owned()));
    assert!(warnings.contains(&"mdtrt_id must say something".to_owned()));
    let (faults, warnings) = read(Mode::Strict);
    assert!(warnings.is_empty());
    let faults = names(&faults);
    for fault in [
        "psn_no has at most 30 characters",
        "insutype is a code of the table insutype",
        "medfee_sumamt has at most 2 decimals",
        "mdtrt_id must say something",
    ] {
        assert!(faults.contains(&fault.to_owned()), "{fault}: {faults:?}");
    }
}

#[test]
fn the_faults_of_one_message_have_an_end() {
    let rows = "{},".repeat(10_000);
    let text = format!("{{\"feedetail\":[{}{{}}]}}", rows);
    let node = node(&text);
    let reader = Reader::input(&node, Mode::Strict);
    let rows = reader.many(&IN_2204_FEEDETAIL).expect("rows");
    for row in &rows {
        assert!(row.text("psn_no").is_err());
    }
    let faults = reader.finish(Ok(())).expect_err("faults");
    assert_eq!(faults.len(), MOST_FAULTS);
}

#[test]
fn keys_that_look_like_others_are_warned_of_where_it_is_asked_for() {
    let text = "{\"data\":{\"psnno\":\"1\",\"mdtrt_di\":\"2\",\"medtype\":\"x\",\"med_type\":\"1199\",\"quite_another\":\"3\",\"exp\":\"4\",\"cont\":\"\"}}";
    let node = node(text);
    let told = |spelling| {
        let reader = Reader::input(&node, Mode::Lenient).with_spelling(spelling);
        let read = reader.one(&IN_2207_DATA);
        assert!(read.is_ok());
        let mut told: Vec<String> = reader
            .warnings()
            .iter()
            .map(|f| f.rule_en.clone())
            .collect();
        told.retain(|rule| !rule.ends_with("must say something"));
        told
    };
    let others = told(false);
    let all = told(true);
    assert_eq!(
        all[..3],
        [
            "psnno is read as psn_no",
            "mdtrt_di is no field here and was not read; is mdtrt_id meant?",
            "med_type is a region's own code, taken as outpatient",
        ]
    );
    // In place of what the table alone would say of the code.
    assert_eq!(others, ["med_type is a code of the table med_type"]);
    assert_eq!(all.len(), 3, "{all:?}");
}

#[test]
fn how_far_a_key_is_from_another() {
    for (one, other, far) in [
        ("psn_no", "psn_no", 0),
        ("psn_n0", "psn_no", 1),
        ("psn_on", "psn_no", 1),
        ("psn_", "psn_no", 2),
        ("inustype", "insutype", 1),
        ("abc", "xyz", 3),
        ("a", "psn_no", usize::MAX),
        ("", "", 0),
    ] {
        assert_eq!(super::spelling::distance(one, other), far, "{one} {other}");
    }
}
