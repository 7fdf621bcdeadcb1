//! The rates of the banks and the country's rules for accounts, `policies/national/rates.toml`, and what is said to a wrong file.

use std::path::Path;

use domain::account::AccountPart;
use domain::cite::Standing;
use domain::interest::{RateWord, interest, products};
use domain::policy::keeping::OnDeath;
use domain::{Fen, Round};
use jiff::civil::date;
use policy::file::rates::{RatesFile, rates};
use policy::{Shelf, Source};

fn shipped() -> RatesFile {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let shelf = Shelf::open(&policies).expect("the shelf opens");
    shelf.rates().expect("it is right").expect("it is there")
}

#[test]
fn the_rates_of_a_day() {
    let rates = shipped().rates;
    for (word, day, told) in [
        (RateWord::Demand, date(2012, 7, 5), None),
        (RateWord::Demand, date(2012, 7, 6), Some("0.35%")),
        (RateWord::Demand, date(2024, 1, 1), Some("0.35%")),
        (RateWord::ThreeMonthTime, date(2015, 10, 23), None),
        (RateWord::ThreeMonthTime, date(2015, 10, 24), Some("1.1%")),
        (RateWord::OneYearTime, date(2024, 1, 1), Some("1.5%")),
        // In no source.
        (RateWord::ThreeYearInstalment, date(2024, 1, 1), None),
    ] {
        let found = rates.on(word, day).map(|rate| rate.rate.to_string());
        assert_eq!(found.as_deref(), told, "{} {day}", word.code());
    }
    assert!(
        rates
            .rates
            .iter()
            .all(|rate| rate.cite.standing == Standing::Unconfirmed)
    );
}

/// 996 yuan carried over for the whole of 2023 at 1.1 %: 996 × 365 ÷ 360 × 1.1 % = 11.108…
#[test]
fn a_years_interest_by_the_countrys_rule() {
    let file = shipped();
    let rule = file.keeping.interest(AccountPart::Prior).expect("a rule");
    let rate = file
        .rates
        .on(rule.rate, date(2023, 12, 31))
        .expect("a rate");
    let products = products(Fen::from_yuan(996), 365);
    assert_eq!(
        interest(products, rate.rate, Round::HalfUp),
        Some(Fen::new(1_111))
    );
    let death = file.keeping.on_death().map(|(word, _)| word);
    assert_eq!(death, Some(OnDeath::HeirsOrPool));
}

#[test]
fn what_is_said_to_a_wrong_file() {
    let good = "schema = 1\ndocument = { D = { title = \"t\" } }\n";
    let row = |row: &str| format!("{good}bank_rate = [{row}]\n");
    let whole = "{ rate = \"demand\", from = 2012-07-06, yearly = \"0.35%\", cite = \"D\", standing = \"law\" }";
    for (text, told) in [
        (row(whole), vec![]),
        (
            row(&format!("{whole}, {whole}")),
            vec!["bank_rate[2]`: a row before gives this rate from this day on; each stands once"],
        ),
        (
            row(
                "{ rate = \"savings\", from = 2012, yearly = \"35\", cite = \"E\", standing = \"law\" }",
            ),
            vec![
                "bank_rate[1].rate`: \"savings\" was found",
                "bank_rate[1].from`: the number `2012` was found",
                "bank_rate[1].yearly`: \"35\" was found",
                "bank_rate[1].cite`: \"E\" was found",
            ],
        ),
        (
            format!("{good}band = []\n"),
            vec!["band`: the key is unknown"],
        ),
        ("schema = 1\n".to_owned(), vec!["document`: it is missing"]),
    ] {
        let source = Source::new("rates.toml", text.clone().into_bytes()).expect("a text");
        let errors = rates(&source)
            .err()
            .map(|errors| errors.0)
            .unwrap_or_default();
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), told.len(), "{text}{errors:#?}");
        for (error, told) in errors.iter().zip(told) {
            assert!(error.contains(told), "{text}{error}");
        }
    }
}
