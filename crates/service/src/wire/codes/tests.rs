//! Tests of `codes`.

use super::*;

#[test]
fn a_code_is_looked_up() {
    let table = table("INSUTYPE").expect("a table");
    assert_eq!(table.lookup("310"), Some("职工基本医疗保险"));
    assert_eq!(table.lookup("0"), None);
    assert!(super::table("nothing").is_none());
    let visits = super::table("med_type").expect("a table");
    assert!(visits.knows("21") && visits.knows("2101") && !visits.knows("20"));
    assert_eq!(visits.lookup("21"), None, "another region's");
}

#[test]
fn every_table_has_its_own_name_and_says_something() {
    for (at, table) in ALL.iter().enumerate() {
        let again = |other: &&Table| other.name.eq_ignore_ascii_case(table.name);
        assert!(!ALL[at + 1..].iter().any(again), "{}", table.name);
        assert!(!table.zh.is_empty() && !table.rows.is_empty());
        for (code, zh) in table.rows {
            assert!(!code.is_empty() && !zh.is_empty(), "{} {code}", table.name);
            assert_eq!(code.trim(), *code);
        }
    }
}

/// The specification itself has one code twice.
#[test]
fn no_code_stands_twice() {
    let mut twice = Vec::new();
    for table in ALL {
        for (at, (code, _)) in table.rows.iter().enumerate() {
            if table.rows[at + 1..].iter().any(|(other, _)| other == code) {
                twice.push((table.name, *code));
            }
        }
    }
    assert_eq!(twice, [("mat_idet_code", "236021")]);
}

#[test]
fn what_stands_beside_a_table_is_not_in_it() {
    for (name, codes) in BESIDE {
        let table = super::table(name).expect("a table");
        for code in *codes {
            assert_eq!(table.lookup(code), None, "{name} {code}");
        }
    }
}
