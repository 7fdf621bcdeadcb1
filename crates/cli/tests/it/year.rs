//! The year after a bill, given to the next bill as it is: stays settled in parts, refused stays, a reform within the year.

use serde_json::{Value, json};

use crate::{root, yibao};

/// In fen.
const YUAN: i64 = 100;

/// Settles a bill of Beijing's employees with this in it, and returns what was printed.
fn settled(change: &Value) -> Value {
    let mut bill = json!({
        "region": "110000", "scheme": "employee", "setting": "inpatient",
        "days": { "admission": "2024-06-01", "discharge": "2024-06-15" },
        "facility": { "level": 3 }, "person": { "status": "active" },
    });
    settle(&mut bill, change, &[])
}

fn settle(bill: &mut Value, change: &Value, more: &[&str]) -> Value {
    for (key, value) in change.as_object().expect("a table") {
        bill[key] = value.clone();
    }
    let ran = yibao(
        &[&["settle", "--json", "-"], more].concat(),
        &bill.to_string(),
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).expect("it is JSON")
}

fn fen(of: &Value) -> i64 {
    let text = of.as_str().expect("an amount").replace('.', "");
    text.parse().expect("an amount")
}

#[test]
fn a_stay_in_two_parts_is_the_stay_settled_once() {
    for first in [500, 1_300, 9_000] {
        let one = settled(&json!({ "cost": { "in_scope": first }, "stay": { "interim": true } }));
        assert_eq!(one["year_after"]["stays"], 0);
        let deductible = &one["amounts"]["deductible"];
        let stay = json!({ "in_scope": first, "deductible": deductible });
        let rest = json!({ "cost": { "in_scope": 20_500 - first }, "year": one["year_after"], "stay": stay });
        let two = settled(&rest);
        let whole = settled(&json!({ "cost": { "in_scope": 20_500 } }));
        assert_eq!(two["year_after"], whole["year_after"], "{first}");
        for key in ["pooled", "deductible", "personal"] {
            let parts = fen(&one["amounts"][key]) + fen(&two["amounts"][key]);
            assert_eq!(parts, fen(&whole["amounts"][key]), "{first}: {key}");
        }
    }
}

#[test]
fn a_refused_stay_does_not_halve_the_next_deductible() {
    let person = json!({ "status": "active", "coverage": "suspended" });
    let refused = settled(&json!({ "cost": { "in_scope": 20_000 }, "person": person }));
    assert_eq!(refused["year_after"], json!({ "stays": 0 }));
    let next = settled(&json!({ "cost": { "in_scope": 20_000 }, "year": refused["year_after"] }));
    assert_eq!(next["amounts"]["deductible"], "1300.00");
    let third = settled(&json!({ "cost": { "in_scope": 20_000 }, "year": next["year_after"] }));
    assert_eq!(third["amounts"]["deductible"], "650.00");
}

/// A layer that only a later policy of the year has finds the own share of the bills before it.
#[test]
fn a_reform_within_the_year_finds_the_own_share() {
    let good = std::fs::read_to_string(root().join("policies/110000/employee/2023-01-01.toml"));
    let good = good.expect("it is shipped");
    let (before, rest) = good
        .split_once("[[layer]]\nkind = \"catastrophic\"")
        .expect("the layer");
    let (_, after) = rest.split_once("[[account]]").expect("the account");
    let without = format!("{before}[[account]]{after}");
    let (claims, gaps) = without
        .split_once("[[rising]]\nalong = \"band\"\nlayer")
        .expect("the claim");
    let (_, gaps) = gaps.split_once("[[gap]]").expect("a gap");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-layer.toml");
    std::fs::write(&path, format!("{claims}[[gap]]{gaps}")).expect("the folder is ours");
    let path = path.to_string_lossy();
    let stay = json!({
        "region": "110000", "scheme": "employee", "setting": "inpatient",
        "days": { "admission": "2024-06-01", "discharge": "2024-06-15" },
        "facility": { "level": 3 }, "person": { "status": "active" },
    });
    let cost = json!({ "cost": { "in_scope": 200_000 } });
    let first = settle(&mut stay.clone(), &cost, &["--policy", &path]);
    assert_eq!(first["amounts"]["catastrophic"], "0.00");
    let own = fen(&first["year_after"]["inpatient"]["own_share"]);
    assert_eq!(own, fen(&first["amounts"]["personal"]));
    let small = json!({ "cost": { "in_scope": 10_650 }, "year": first["year_after"] });
    let second = settle(&mut stay.clone(), &small, &[]);
    let base: i64 =
        10_650 * YUAN - fen(&second["amounts"]["pooled"]) - fen(&second["amounts"]["large_amount"]);
    let paid = |own: i64| {
        (own - 30_404 * YUAN).clamp(0, 50_000 * YUAN) * 60 / 100
            + (own - 80_404 * YUAN).max(0) * 70 / 100
    };
    assert_eq!(
        fen(&second["amounts"]["catastrophic"]),
        paid(own + base) - paid(own)
    );
}
