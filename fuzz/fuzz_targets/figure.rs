//! Figures: what is read and printed reads as itself; nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use policy::figure;

const SEEDS: &[&str] = &[
    "1300元",
    "404.2元",
    "7万元",
    "1.5亿元",
    "0.01",
    "99999999999.99",
    "85%",
    "93.5%",
    "1/3",
    "0",
    "1",
    "0.0001",
    "0.000001",
    "2005-06-01",
    "-1",
    "1e3",
    "NaN",
    "1_000",
    "１００",
    "18446744073709551615",
    "007",
    "100%",
    "1/1000000",
];

fuzz_target!(init: fuzz::seeds::plant("figure", SEEDS), |data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(fen) = figure::yuan(text) {
        assert_eq!(figure::yuan(&fen.to_string()), Ok(fen));
        assert_eq!(figure::amount(&format!("{fen}元")), Ok(fen));
    }
    if let Ok(fen) = figure::amount(text) {
        assert_eq!(figure::yuan(&fen.to_string()), Ok(fen));
    }
    if let Ok(ratio) = figure::ratio(text) {
        assert_eq!(figure::ratio(&ratio.to_string()), Ok(ratio));
        assert!(ratio.num() <= ratio.den());
    }
    if let Ok(quantity) = figure::quantity(text) {
        assert_eq!(figure::quantity(&quantity.to_string()), Ok(quantity));
    }
    if let Ok(price) = figure::unit_price(text) {
        assert_eq!(figure::unit_price(&price.to_string()), Ok(price));
    }
    if let Some(day) = figure::day(text) {
        assert_eq!(day.to_string(), text);
    }
});
