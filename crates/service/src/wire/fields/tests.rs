//! Tests of `fields`.

use super::*;

#[test]
fn no_shape_and_no_field_stands_twice() {
    for (at, shape) in ALL.iter().enumerate() {
        let key = |shape: &Shape| (shape.number, shape.way, shape.node, shape.list);
        let again = ALL[at + 1..].iter().any(|other| key(other) == key(shape));
        assert!(!again, "{:?}", key(shape));
        for (at, field) in shape.fields.iter().enumerate() {
            let again = |other: &Field| other.name == field.name;
            assert!(
                !shape.fields[at + 1..].iter().any(again),
                "{} {}",
                shape.number,
                field.name
            );
            assert!(!field.zh.is_empty());
        }
    }
}

#[test]
fn a_transaction_has_its_shapes_under_every_number() {
    let nodes = |number, way| -> Vec<&str> { shapes(number, way).map(|s| s.node).collect() };
    assert_eq!(nodes("2207A", Way::In), ["data"]);
    assert_eq!(nodes("2207", Way::Out), ["setlinfo", "setldetail"]);
    assert_eq!(nodes("2203A", Way::In), ["mdtrtinfo", "diseinfo"]);
    assert_eq!(nodes("1307", Way::In), ["data"]);
    assert_eq!(nodes("1312", Way::Out), ["data"]);
    assert_eq!(nodes("2299", Way::In), [""; 0]);
    let data = shapes("2207", Way::In).next().expect("a shape");
    let cash = data.field("medfee_sumamt").expect("a field");
    assert_eq!(
        (cash.kind, cash.need),
        (Kind::Number(16, 2), Need::Required)
    );
}

#[test]
fn the_catalogue_files_have_their_columns() {
    let counts: Vec<_> = columns::ALL
        .iter()
        .map(|file| (file.number, file.names.len()))
        .collect();
    assert!(counts.contains(&("1301", 97)) && counts.contains(&("1306", 71)));
    assert_eq!(counts.len(), 13);
}
