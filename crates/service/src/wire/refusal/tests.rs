//! What is told of refusals fits where it is shown, the most useful part first.

use agency::Refused;

use super::super::node::Node;
use super::super::read::Rule;
use super::*;

fn faults(many: usize) -> Vec<Fault> {
    let found = Node::Text("2026-13-01".into());
    let fault = |row| {
        let path = format!("input.feedetail[{row}].fee_ocur_time");
        Fault::new(path, Some(&found), Rule::Time, "费用发生时间")
    };
    (1..=many).map(fault).collect()
}

#[test]
fn as_many_faults_as_have_room_are_told_whole_and_the_rest_counted() {
    let all = faults(20);
    let told = Refusal::Form(all.clone()).told(true);
    assert!(told.chars().count() <= LONGEST_TEXT, "{told}");
    assert!(told.starts_with(&all[0].zh()), "{told}");
    assert!(told.ends_with("；另有18处"), "{told}");
    let one = Refusal::Form(faults(1)).told(true);
    assert_eq!(one, all[0].zh());
}

#[test]
fn the_reason_comes_before_what_to_do_and_that_before_the_code() {
    let refusal = Refusal::Agency(Refused::NoVisit(7));
    assert_eq!(refusal.told(false), "此人没有编号为 7 的就诊");
    assert_eq!(
        refusal.told(true),
        "此人没有编号为 7 的就诊。请使用2201或2401返回的就诊ID；只能操作本机构的就诊[no_visit]"
    );
}

#[test]
fn a_long_reason_leaves_room_for_the_hint() {
    let refusal = Refusal::Agency(Refused::FeeLine(1, "长".repeat(400)));
    let told = refusal.told(true);
    assert_eq!(told.chars().count(), LONGEST_TEXT);
    assert!(
        told.ends_with("…。请核对该条费用的数量、单价与金额[fee_line]"),
        "{told}"
    );
}

#[test]
fn every_refusal_of_the_door_has_a_hint() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut codes = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source");
            // What stands first behind the name is the code.
            for after in text.split("Refusal::door(").skip(1) {
                let code = after.trim_start().strip_prefix('"');
                codes.extend(code.and_then(|code| Some(code.split_once('"')?.0.to_owned())));
            }
        }
    }
    // The name stands in this file, too, with something else behind it.
    let is_code = |code: &String| code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    codes.retain(is_code);
    assert!(codes.len() >= 6, "{codes:?}");
    for code in codes {
        let hint = hints::door(&code);
        assert!(hint.is_some(), "`{code}` has no hint in refusal/hints.rs");
    }
}

#[test]
fn warnings_are_told_as_faults_are() {
    assert_eq!(fitted(&[]), "");
    assert_eq!(fitted(&["一".into(), "二".into()]), "一；二");
    let long = vec!["字".repeat(90); 5];
    assert_eq!(fitted(&long), format!("{}；{}；另有3处", long[0], long[1]));
}
