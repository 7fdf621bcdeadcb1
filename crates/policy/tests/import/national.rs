//! Rows of the national files: what they become and what is said of wrong ones.

use domain::Ratio;
use domain::bill::{Category, ItemClass, Scheme, UnitPrice};
use domain::day::Span;
use domain::region::Region;
use jiff::civil::date;
use policy::import::national::{
    FirstShare, InsuredItem, ListedItem, PriceLimit, ShareOf, first_shares, insured_items, layout,
    listed_items, price_limits,
};
use policy::import::{Row, RowErrors};

/// A line of so many columns with texts in some of them, `null` in all others.
pub(crate) fn line(width: usize, cells: &[(usize, &str)]) -> String {
    let mut line = vec!["null"; width];
    for (number, text) in cells {
        line[number - 1] = text;
    }
    line.join("\t") + "\n"
}

fn one<T>(rows: Result<Vec<Row<T>>, RowErrors>) -> T {
    let mut rows = rows.expect("good rows");
    assert_eq!(rows.len(), 1);
    rows.remove(0).row
}

fn area() -> Region {
    Region::parse("420000").expect("a region")
}

#[test]
fn a_listed_item_is_read_from_the_columns_of_its_list() {
    type Places = (usize, usize, usize, usize, usize);
    let lists: [(&layout::Layout, usize, Places); 5] = [
        (&layout::DRUGS, 97, (4, 57, 37, 38, 79)),
        (&layout::HERBS, 33, (2, 0, 12, 13, 14)),
        (&layout::PREPARATIONS, 83, (2, 51, 66, 67, 65)),
        (&layout::SERVICES, 19, (10, 0, 12, 13, 7)),
        (&layout::MATERIALS, 71, (2, 35, 47, 48, 68)),
    ];
    for (list, width, (name, scope, from, until, valid)) in lists {
        let mut cells = vec![
            (1, "X1"),
            (name, "一\"药"),
            (from, "2024-01-01 00:00:00"),
            (until, "2024-12-31"),
            (valid, "0"),
        ];
        if scope > 0 {
            cells.push((scope, "限二线"));
        }
        let text = line(width, &cells);
        let item = one(listed_items(list, "list.txt", text.as_bytes()).gather());
        let expected = ListedItem {
            code: "X1".into(),
            name: "一\"药".into(),
            restriction: (scope > 0).then(|| "限二线".into()),
            from: Some(date(2024, 1, 1)),
            until: Some(date(2024, 12, 31)),
            valid: false,
        };
        assert_eq!(item, expected, "{width}");
    }
}

#[test]
fn an_insured_item_has_its_class_and_category() {
    for (list, charge, class_code, category, class) in [
        ("101", "09", "01", Category::Drug, ItemClass::A),
        ("102", "10", "02", Category::Drug, ItemClass::B),
        ("201", "03", "03", Category::Service, ItemClass::C),
        ("201", "01", "1", Category::Bed, ItemClass::A),
        ("301", "08", "2", Category::Material, ItemClass::B),
        ("105", "null", "3", Category::Other, ItemClass::C),
    ] {
        let cells = [
            (1, "X1"),
            (2, "一药"),
            (3, "420000"),
            (4, "2024-01-01"),
            (5, "9999-12-31"),
            (6, charge),
            (7, class_code),
            (8, "1"),
            (9, list),
            (10, "0"),
            (17, "1"),
        ];
        let text = line(28, &cells);
        let expected = InsuredItem {
            code: "X1".into(),
            name: "一药".into(),
            area: area(),
            days: Span {
                from: date(2024, 1, 1),
                until: None,
            },
            category,
            class,
            restricted: true,
            medical: false,
            valid: true,
        };
        assert_eq!(
            one(insured_items("i.txt", text.as_bytes()).gather()),
            expected
        );
    }
}

#[test]
fn a_limit_of_all_nines_is_none() {
    for (spelt, limit) in [
        ("12.5", Some(UnitPrice(12_500_000))),
        ("0.071400", Some(UnitPrice(71_400))),
        ("99999998.999999", Some(UnitPrice(99_999_998_999_999))),
        ("99999999.000000", None),
        ("99999999", None),
    ] {
        let cells = [
            (1, "X1"),
            (2, "301"),
            (4, "420000"),
            (5, "2024-01-01"),
            (7, spelt),
            (8, "1"),
        ];
        let text = line(20, &cells);
        let expected = PriceLimit {
            code: "X1".into(),
            limit_type: "301".into(),
            area: area(),
            days: Span {
                from: date(2024, 1, 1),
                until: None,
            },
            limit,
            valid: true,
        };
        assert_eq!(
            one(price_limits("l.txt", text.as_bytes()).gather()),
            expected
        );
    }
}

#[test]
fn a_first_share_says_whose_it_is() {
    for (of_code, of) in [
        ("310", ShareOf::Scheme(Scheme::Employee)),
        ("390", ShareOf::Scheme(Scheme::Resident)),
        ("330", ShareOf::Cadres),
        ("99", ShareOf::Others),
    ] {
        for (kind, plain) in [("10", true), ("20", false), ("30", false)] {
            let cells = [
                (1, "X1"),
                (2, of_code),
                (3, kind),
                (4, "420000"),
                (5, "2024-01-01"),
                (7, "0.1500"),
                (8, "1"),
            ];
            let text = line(20, &cells);
            let expected = FirstShare {
                code: "X1".into(),
                of,
                plain,
                area: area(),
                days: Span {
                    from: date(2024, 1, 1),
                    until: None,
                },
                share: Ratio::percent(15),
                valid: true,
            };
            assert_eq!(
                one(first_shares("s.txt", text.as_bytes()).gather()),
                expected
            );
        }
    }
}

#[test]
fn a_wrong_row_is_told_by_the_number_and_the_name_of_its_columns() {
    let said = |errors: RowErrors| errors.to_string();
    let text = line(
        28,
        &[
            (2, "一药"),
            (3, "42"),
            (4, "2024-13-01"),
            (5, "2024-01-01"),
            (7, "04"),
            (8, "2"),
            (9, "401"),
        ],
    );
    assert_eq!(
        insured_items("i.txt", text.as_bytes()).gather().map_err(said),
        Err("i.txt:1: column \"1 医保目录编码\": it must not be empty\n\
             i.txt:1: column \"3 参保机构医保区划\": \"42\": a region is six digits, like 420106\n\
             i.txt:1: column \"4 开始日期\": \"2024-13-01\": a day is written like 2005-06-01\n\
             i.txt:1: column \"7 收费项目等级\": \"04\": a class is 01 (甲类), 02 (乙类) or 03 (丙类)\n\
             i.txt:1: column \"8 限制使用标志\": \"2\": it is 1 (是) or 0 (否)\n\
             i.txt:1: column \"9 目录类别\": \"401\": a list is 101 to 106 (药品), 201 (医疗服务项目) or 301 (医用耗材)"
            .to_owned())
    );
    let text = line(
        20,
        &[
            (1, "X1"),
            (2, "0"),
            (4, "420000"),
            (5, "2024-02-01"),
            (6, "2024-01-31"),
            (7, "-1"),
        ],
    );
    assert_eq!(
        price_limits("l.txt", text.as_bytes()).gather().map_err(said),
        Err("l.txt:1: column \"6 结束日期\": \"2024-01-31\": the last day does not lie before the first, 2024-02-01\n\
             l.txt:1: column \"7 医保目录定价上限金额\": \"-1\": it must not be negative"
            .to_owned())
    );
    let text = line(
        20,
        &[
            (1, "X1"),
            (2, "391"),
            (3, "11"),
            (4, "420000"),
            (5, "2024-02-01 noon"),
            (7, "1.1"),
        ],
    );
    assert_eq!(
        first_shares("s.txt", text.as_bytes()).gather().map_err(said),
        Err("s.txt:1: column \"2 医保目录自付比例人员类别\": \"391\": it is 310 (城镇职工), 330 (离休人员), 390 (城乡居民) or 99 (其他)\n\
             s.txt:1: column \"3 目录自付比例类别\": \"11\": it is 10 (先自付比例), 20 (直接报销比例) or 30 (按单价范围)\n\
             s.txt:1: column \"5 开始日期\": \"2024-02-01 noon\": a day is written like 2005-06-01\n\
             s.txt:1: column \"7 自付比例\": \"1.1\": a ratio lies between 0 and 1"
            .to_owned())
    );
    let text = line(96, &[(1, "X1")]) + "\n" + &line(98, &[(1, "X1")]) + "X1\n";
    assert_eq!(
        listed_items(&layout::DRUGS, "d.txt", text.as_bytes())
            .gather()
            .map_err(said),
        Err("d.txt:1: 96 cells were found; a row of this file has 97\n\
             d.txt:3: 98 cells were found; a row of this file has 97\n\
             d.txt:4: 1 cell was found; a row of this file has 97"
            .to_owned())
    );
}
