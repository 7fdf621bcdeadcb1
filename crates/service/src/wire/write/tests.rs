//! Tests of `write`.

use super::*;
use crate::wire::node::Node;
use crate::wire::read::{Mode, Reader};

/// A value is written and read as the same.
fn back(write: impl FnOnce(&mut Out)) -> Node<'static> {
    let mut out = Out::new();
    write(&mut out);
    Node::parse(&out.json()).expect("JSON").into_owned()
}

#[test]
fn amounts_have_exactly_their_decimals() {
    let told = |write: &dyn Fn(&mut Out)| {
        let node = back(|out| write(out));
        node.get("x").map(Node::shown).unwrap_or_default()
    };
    for (fen, text) in [
        (0, "0.00"),
        (1, "0.01"),
        (10, "0.10"),
        (99, "0.99"),
        (100, "1.00"),
        (31_599, "315.99"),
        (u64::MAX, "184467440737095516.15"),
    ] {
        assert_eq!(told(&|out| _ = out.fen("x", Fen::new(fen))), text);
    }
    for (fen, text) in [
        (0, "0.00"),
        (-1, "-0.01"),
        (i64::MIN, "-92233720368547758.08"),
    ] {
        assert_eq!(told(&|out| _ = out.signed_fen("x", fen)), text);
    }
    assert_eq!(told(&|out| _ = out.minus_fen("x", Fen::ZERO)), "0.00");
    assert_eq!(told(&|out| _ = out.minus_fen("x", Fen::new(7))), "-0.07");
    assert_eq!(told(&|out| _ = out.price("x", 1)), "0.000001");
    assert_eq!(told(&|out| _ = out.quantity("x", -20_000)), "-2.0000");
    assert_eq!(told(&|out| _ = out.ratio("x", 10_000)), "1.0000");
    assert_eq!(told(&|out| _ = out.age("x", 35)), "35.0");
    assert_eq!(told(&|out| _ = out.whole("x", 0)), "0");
    assert_eq!(
        told(&|out| _ = out.whole("x", u64::MAX)),
        u64::MAX.to_string()
    );
}

#[test]
fn every_text_comes_back() {
    let mut random = fastrand::Rng::with_seed(11);
    for _ in 0..5_000 {
        let length = random.usize(0..30);
        let text: String = std::iter::repeat_with(|| match random.u8(0..4) {
            0 => char::from(random.u8(0..128)),
            1 => random.char('\u{4e00}'..'\u{9fff}'),
            _ => random.char(..),
        })
        .take(length)
        .collect();
        // No message has it.
        let text = text.replace('\0', "0");
        let node = back(|out| _ = out.text("x", &text).text(&text, "y").opt_text("z", None));
        assert_eq!(node.get("x"), Some(&Node::Text(text.as_str().into())));
        let keys: Vec<_> = node.members().iter().map(|(key, _)| key.clone()).collect();
        assert_eq!(keys, ["x", &text, "z"]);
    }
}

#[test]
fn what_is_nested_stays_nested() {
    let mut out = Out::new();
    out.list("rows", |rows| {
        rows.row(|row| _ = row.whole("a", 1).null("b"))
            .row(|row| _ = row.object("c", |c| _ = c.text("d", "e")))
            .row(|_| ());
    });
    out.within_text("inner", |inner| _ = inner.fen("sum", Fen::new(5)));
    out.list("none", |_| ()).raw("raw", "[true]");
    assert_eq!(
        out.json(),
        r#"{"rows":[{"a":1,"b":null},{"c":{"d":"e"}},{}],"inner":"{\"sum\":0.05}","none":[],"raw":[true]}"#
    );
    let list = Out::list_of(|rows| _ = rows.row(|row| _ = row.whole("a", 1)).row(|_| ()));
    assert_eq!(list, r#"[{"a":1},{}]"#);
}

#[test]
fn what_is_written_is_read_as_the_same_amount() {
    let mut random = fastrand::Rng::with_seed(13);
    let shape = &crate::wire::fields::pharmacy::IN_2102_DRUGDETAIL;
    for _ in 0..5_000 {
        let fen = i64::try_from(random.u64(0..=Fen::LARGEST.fen()) >> random.u32(0..44));
        let fen = fen.expect("small") * if random.bool() { 1 } else { -1 };
        let quantity = random.i64(..) >> random.u32(0..64);
        let price = random.u64(..) >> random.u32(0..64);
        let node = back(|out| {
            out.list("drugdetail", |rows| {
                rows.row(|row| {
                    row.signed_fen("det_item_fee_sumamt", fen)
                        .quantity("cnt", quantity)
                        .price("pric", price);
                });
            });
        });
        let reader = Reader::input(&node, Mode::Lenient);
        let row = reader.many(shape).expect("a row")[0];
        assert_eq!(row.signed_fen("det_item_fee_sumamt"), Ok(fen));
        assert_eq!(row.quantity("cnt"), Ok(quantity));
        assert_eq!(row.price("pric"), Ok(price));
    }
}
