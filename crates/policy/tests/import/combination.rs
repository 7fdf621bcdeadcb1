//! One region's catalogue made of the national lists: versions, precedence, clashes, what is left out.

use domain::bill::Scheme;
use domain::catalogue::Catalogue;
use domain::region::Region;
use policy::import::national::{
    Choice, Clash, Combination, Combined, LeftOut, first_shares, insured_items, layout,
    listed_items, price_limits,
};

use crate::national::line;

/// The rows of the lists, in short: code, area, first day, last day, and what is said.
#[derive(Default)]
struct Lists<'a> {
    insured: &'a [(&'a str, &'a str, &'a str, &'a str, &'a str)],
    limits: &'a [(&'a str, &'a str, &'a str, &'a str, &'a str)],
    shares: &'a [(&'a str, &'a str, &'a str, &'a str, &'a str)],
    restrictions: &'a [(&'a str, &'a str)],
    limit_type: Option<&'a str>,
}

/// The catalogue of Wuhan's employees.
fn combined(lists: &Lists<'_>) -> Result<Combined, Vec<Clash>> {
    let mut combination = Combination::new(Choice {
        region: Region::parse("420100").expect("a region"),
        scheme: Scheme::Employee,
        limit_type: lists.limit_type.map(str::to_owned),
    });
    for (code, words) in lists.restrictions {
        let text = line(97, &[(1, code), (4, "药"), (57, words)]);
        for row in listed_items(&layout::DRUGS, "d.txt", text.as_bytes()) {
            combination.listed(row.expect("a good row"));
        }
    }
    // What is said of an item: its class, `!` when restricted, `x` when not valid, `m` when of another insurance.
    let mut text = String::new();
    for (code, area, from, until, said) in lists.insured {
        let flag = |mark: char| if said.contains(mark) { "1" } else { "0" };
        let not = |mark: char| if said.contains(mark) { "0" } else { "1" };
        text += &line(
            28,
            &[
                (1, code),
                (2, "药"),
                (3, area),
                (4, from),
                (5, until),
                (7, &said[..2]),
                (8, flag('!')),
                (9, "101"),
                (10, not('m')),
                (17, not('x')),
            ],
        );
    }
    for row in insured_items("i.txt", text.as_bytes()) {
        combination.insured(row.expect("a good row"));
    }
    // Of a limit: its type and the price. Of a share: whose, its kind and the ratio.
    text.clear();
    for (code, area, from, until, said) in lists.limits {
        let (kind, price) = said.split_once(' ').expect("a type and a price");
        text += &line(
            20,
            &[
                (1, code),
                (2, kind),
                (4, area),
                (5, from),
                (6, until),
                (7, price),
            ],
        );
    }
    for row in price_limits("l.txt", text.as_bytes()) {
        combination.limit(row.expect("a good row"));
    }
    text.clear();
    for (code, area, from, until, said) in lists.shares {
        let said: Vec<&str> = said.split(' ').collect();
        text += &line(
            20,
            &[
                (1, code),
                (2, said[0]),
                (3, said[1]),
                (4, area),
                (5, from),
                (6, until),
                (7, said[2]),
            ],
        );
    }
    for row in first_shares("s.txt", text.as_bytes()) {
        combination.first_share(row.expect("a good row"));
    }
    combination.finish()
}

/// Each version on a line: code, days, class, limit, first share, restriction.
fn told(catalogue: &Catalogue) -> Vec<String> {
    let items = catalogue.items().iter().map(|item| {
        let until = item
            .until
            .map(|until| until.to_string())
            .unwrap_or_default();
        let limit = item.limit.map_or("-".into(), |limit| limit.to_string());
        let share = item
            .first_share
            .map_or("-".into(), |share| share.to_string());
        let words = item.restriction.as_deref().unwrap_or("-");
        let (code, from, class) = (&item.code, item.from, item.class.code());
        format!("{code} {from}/{until} {class} {limit} {share} {words}")
    });
    items.collect()
}

#[test]
fn a_new_version_begins_whenever_a_list_says_something_new() {
    let lists = Lists {
        insured: &[
            ("A", "420000", "2023-01-01", "2023-12-31", "02"),
            ("A", "420000", "2024-01-01", "null", "01!"),
            ("B", "420000", "2024-01-01", "null", "02!"),
        ],
        limits: &[
            ("A", "420000", "2022-01-01", "2023-06-30", "0 10"),
            ("A", "420000", "2023-07-01", "2024-03-31", "0 9.5"),
        ],
        shares: &[
            ("A", "420000", "2023-01-01", "2023-12-31", "99 10 0.1"),
            ("B", "420000", "2023-01-01", "2024-06-30", "99 10 0.2"),
            ("B", "420000", "2024-07-01", "null", "99 10 0.2"),
        ],
        restrictions: &[("A", "限二线用药")],
        ..Lists::default()
    };
    let combined = combined(&lists).unwrap();
    assert_eq!(
        told(&combined.catalogue),
        [
            "A 2023-01-01/2023-06-30 B 10.00 10% -",
            "A 2023-07-01/2023-12-31 B 9.50 10% -",
            "A 2024-01-01/2024-03-31 A 9.50 - 限二线用药",
            "A 2024-04-01/ A - - 限二线用药",
            // A share that is said again is nothing new; the words of its restriction stand in no list.
            "B 2024-01-01/ B - 20% 限制使用",
        ]
    );
    assert_eq!(combined.left_out, LeftOut::default());
}

#[test]
fn the_narrower_area_counts_and_the_own_scheme_before_all_others() {
    let lists = Lists {
        insured: &[
            ("A", "420000", "2024-01-01", "null", "02"),
            ("A", "420100", "2024-03-01", "2024-04-30", "01"),
            ("A", "420200", "2024-01-01", "null", "03"),
        ],
        shares: &[
            ("A", "420000", "2024-01-01", "null", "310 10 0.05"),
            ("A", "420000", "2024-01-01", "null", "390 10 0.3"),
            ("A", "420000", "2024-01-01", "null", "330 10 0"),
            ("A", "420100", "2024-01-01", "null", "99 10 0.2"),
            ("A", "420100", "2024-05-01", "null", "310 10 0.06"),
            ("A", "420000", "2024-01-01", "null", "310 20 0.7"),
        ],
        limits: &[
            ("A", "420000", "2024-01-01", "null", "0 10"),
            ("A", "420000", "2024-01-01", "null", "3 12"),
            ("Z", "420000", "2024-01-01", "null", "0 1"),
        ],
        limit_type: Some("0"),
        ..Lists::default()
    };
    let combined = combined(&lists).unwrap();
    assert_eq!(
        told(&combined.catalogue),
        [
            "A 2024-01-01/2024-02-29 B 10.00 5% -",
            "A 2024-03-01/2024-04-30 A 10.00 5% -",
            "A 2024-05-01/ B 10.00 6% -",
        ]
    );
    let left_out = LeftOut {
        elsewhere: 1,
        of_others: 2,
        other_shares: 1,
        other_limits: 1,
        not_insured: 1,
        ..LeftOut::default()
    };
    assert_eq!(combined.left_out, left_out);
}

#[test]
fn rows_that_are_not_valid_or_of_another_insurance_are_left_out() {
    let lists = Lists {
        insured: &[
            ("A", "420000", "2024-01-01", "null", "02x"),
            ("B", "420000", "2024-01-01", "null", "02m"),
            ("C", "420000", "2024-01-01", "null", "02"),
        ],
        ..Lists::default()
    };
    let combined = combined(&lists).unwrap();
    assert_eq!(told(&combined.catalogue), ["C 2024-01-01/ B - - -"]);
    let left_out = LeftOut {
        invalid: 1,
        not_medical: 1,
        ..LeftOut::default()
    };
    assert_eq!(combined.left_out, left_out);
}

#[test]
fn two_lines_that_differ_on_one_day_are_told() {
    let lists = Lists {
        insured: &[
            ("A", "420000", "2024-01-01", "null", "02"),
            ("A", "420000", "2024-06-01", "null", "01"),
            ("B", "420000", "2024-01-01", "null", "02"),
            ("B", "420000", "2024-06-01", "null", "02"),
        ],
        limits: &[
            ("A", "420000", "2024-01-01", "2024-12-31", "0 10"),
            ("A", "420000", "2024-12-31", "null", "1 11"),
            ("B", "420000", "2024-01-01", "2024-12-30", "0 10"),
            ("B", "420000", "2024-12-31", "null", "0 11"),
        ],
        shares: &[
            ("B", "420000", "2024-01-01", "null", "99 10 0.2"),
            ("B", "420000", "2024-01-01", "null", "99 10 0.3"),
        ],
        ..Lists::default()
    };
    let clashes = combined(&lists).unwrap_err();
    let told: Vec<String> = clashes.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "insured items: lines 1 and 2 differ on `A` from 2024-06-01; on one day a list says one thing of a code",
            "price limits: lines 1 and 2 differ on `A` from 2024-12-31; on one day a list says one thing of a code and a type of limit",
            "first shares: lines 1 and 2 differ on `B` from 2024-01-01; on one day a list says one thing of a code",
        ]
    );
}
