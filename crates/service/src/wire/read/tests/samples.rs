//! The samples of the interface: each is read without a fault, and no mutation of one makes the reader stumble.

use super::*;
use crate::wire::fields::{Way, shapes};
use crate::wire::message::Message;
use crate::wire::node;

struct Sample {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! samples {
    ($($name:literal)*) => {
        &[$(Sample {
            name: $name,
            bytes: include_bytes!(concat!("../../../../samples/", $name, ".json")),
        }),*]
    };
}

const SAMPLES: &[Sample] = samples! {
    "1101.request"
    "1101.response"
    "1301.request"
    "1301.response"
    "2001.request"
    "2001.response"
    "2102.request"
    "2102.response"
    "2201.request"
    "2201.response"
    "2202.request"
    "2202.response"
    "2203.request"
    "2203.response"
    "2204.request"
    "2204.response"
    "2205.request"
    "2205.response"
    "2206.request"
    "2206.response"
    "2207.request"
    "2207.response"
    "2208.request"
    "2208.response"
    "2301.request"
    "2301.response"
    "2302.request"
    "2302.response"
    "2303.request"
    "2303.response"
    "2304.request"
    "2304.response"
    "2305.request"
    "2305.response"
    "2401.request"
    "2401.response"
    "2402.request"
    "2402.response"
    "2404.request"
    "2404.response"
    "2405.request"
    "2405.response"
    "2601-refused.response"
    "2601.request"
    "2601.response"
    "3201-equal.request"
    "3201-equal.response"
    "3201-unequal.request"
    "3201-unequal.response"
    "3202.request"
    "3202.response"
    "5203.request"
    "5203.response"
    "5204.request"
    "5204.response"
    "5206.request"
    "5206.response"
    "9001.request"
    "9001.response"
    "9002.request"
    "9002.response"
    "9101.response"
    "9102.request"
    "9102.response"
    "error-business.response"
    "error-gateway.responses"
    "error-unknown-infno.response"
    "profile-string-infcode.response"
};

/// Where the samples break the tables, as real platforms and clients do: the sample, the field, why.
const KNOWN: &[(&str, &str, &str)] = &[
    ("", "crt_payb_lmt_amt", "mostly null in recorded answers"),
    ("1301.request", "ver", "the table has one character too few"),
    (
        "2203.request",
        "dise_codg",
        "a visit without a listed disease",
    ),
    (
        "2203.request",
        "dise_name",
        "a visit without a listed disease",
    ),
    ("2206.response", "setl_time", "a trial has no time"),
    (
        "2208.response",
        "psn_part_amt",
        "null when a settlement is undone",
    ),
    (
        "2208.response",
        "acct_mulaid_pay",
        "null when a settlement is undone",
    ),
    (
        "2208.response",
        "hosp_part_amt",
        "null when a settlement is undone",
    ),
    (
        "2305.response",
        "acct_mulaid_pay",
        "null when a settlement is undone",
    ),
    ("5204.response", "hilist_code", "a short row"),
    ("5204.response", "hilist_name", "a short row"),
    ("5204.response", "list_type", "a short row"),
    ("5204.response", "med_list_codg", "a short row"),
    ("5204.response", "medins_list_codg", "a short row"),
    ("5204.response", "medins_list_name", "a short row"),
    ("5204.response", "med_chrgitm_type", "a short row"),
    ("5204.response", "dosform_name", "a short row"),
];

/// Which of the known breaches this is.
fn known(name: &str, fault: &Fault) -> Option<usize> {
    let of = |(sample, field, _): &(&str, &str, &str)| {
        name.starts_with(sample) && fault.path.rsplit('.').next() == Some(field)
    };
    KNOWN.iter().position(of)
}

/// What is at fault in the nodes of a transaction's tables, in strict mode.
fn faults(number: &str, way: Way, node: &Node<'_>) -> Vec<Fault> {
    let mut told = Vec::new();
    for shape in shapes(number, way) {
        let reader = match way {
            Way::In => Reader::input(node, Mode::Strict),
            Way::Out => Reader::output(node, Mode::Strict),
        };
        let rows = match shape.list {
            true => reader.opt_many(shape),
            false => reader.opt_one(shape).map(|row| row.into_iter().collect()),
        };
        let nested = |row: &Fields<'_>| row.opt_many(&IN_2102_DURG_TRAC_INFO).map(|_| ());
        let read = rows.and_then(|rows| rows.iter().try_for_each(nested));
        told.extend(reader.finish(read).err().unwrap_or_default());
    }
    told
}

#[test]
fn every_sample_is_read_without_a_fault() {
    let (mut told, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    for Sample { name, bytes } in SAMPLES {
        let text = node::text(bytes).expect(name);
        let number = name.split(['.', '-']).next().expect("a number");
        let found = if name.ends_with("request") {
            let message = Message::parse(&text).expect(name);
            assert_eq!(message.number, number);
            faults(number, Way::In, &message.input)
        } else {
            let node = Node::parse(&text).expect(name);
            match node.get("output") {
                Some(output) => faults(number, Way::Out, output),
                None => Vec::new(),
            }
        };
        seen.extend(found.iter().filter_map(|fault| known(name, fault)));
        let unknown = found.iter().filter(|fault| known(name, fault).is_none());
        told.extend(unknown.map(|fault| format!("{name}: {}", fault.en())));
    }
    assert_eq!(told, [""; 0]);
    assert_eq!(seen.len(), KNOWN.len(), "what is known is still so");
}

#[test]
fn the_files_of_a_reconciliation_have_their_columns() {
    use crate::wire::fields::reconciliation::{IN_3202_COLUMNS, OUT_3202_COLUMNS};
    let upload = include_str!("../../../../samples/3202-upload.txt");
    let result = include_str!("../../../../samples/3202-result.txt");
    for (text, shape) in [(upload, &IN_3202_COLUMNS), (result, &OUT_3202_COLUMNS)] {
        for line in text.lines() {
            assert_eq!(line.split('\t').count(), shape.fields.len(), "{line}");
        }
    }
}

/// Asks for everything there is, by every getter.
fn ask(number: &str, way: Way, node: &Node<'_>) -> usize {
    let mut told = 0;
    for mode in [Mode::Strict, Mode::Lenient] {
        let reader = match way {
            Way::In => Reader::input(node, mode),
            Way::Out => Reader::output(node, mode),
        };
        for shape in shapes(number, way) {
            let rows = reader.opt_many(shape).unwrap_or_default();
            for (row, field) in rows
                .iter()
                .flat_map(|row| shape.fields.iter().map(move |f| (row, f)))
            {
                ask_field(row, field.name);
            }
        }
        told += reader.warnings().len();
        told += reader.finish(Ok(())).err().unwrap_or_default().len();
    }
    told
}

fn ask_field(row: &Fields<'_>, name: &str) {
    let _ = (row.text(name), row.fen(name), row.signed_fen(name));
    let _ = (row.quantity(name), row.price(name), row.ratio(name));
    let _ = (
        row.whole(name),
        row.day(name),
        row.time(name),
        row.flag(name),
    );
    let _ = (row.opt_json(name), row.opt_many(&IN_2102_DURG_TRAC_INFO));
}

/// One to four changes: a byte, a stretch taken out, doubled, or replaced by something that JSON knows.
fn mutated(bytes: &[u8], random: &mut fastrand::Rng) -> Vec<u8> {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "true",
        "-",
        "1e9",
        "0.001",
        "\\u00",
        "\\ud83d",
        "\\",
        "中",
        "\u{3000}",
        "\u{feff}",
        "\0",
        "%7B",
        "=",
        "99999999999999999999",
        "\"\"",
        "/*",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..random.usize(1..=4) {
        let from = random.usize(0..=bytes.len());
        let until = (from + random.usize(0..12)).min(bytes.len());
        match random.u8(0..4) {
            0 if from < bytes.len() => bytes[from] = random.u8(b' '..=b'~'),
            0 => bytes.push(random.u8(..)),
            1 => drop(bytes.drain(from..until)),
            2 => {
                let stretch = bytes[from..until].to_vec();
                bytes.splice(from..from, stretch);
            }
            _ => {
                let piece = PIECES[random.usize(0..PIECES.len())];
                bytes.splice(from..until, piece.bytes());
            }
        }
    }
    bytes
}

#[test]
fn no_mutation_makes_the_reader_stumble() {
    let mut random = fastrand::Rng::with_seed(2102);
    let (mut read, mut told) = (0, 0);
    for _ in 0..20_000 {
        let sample = &SAMPLES[random.usize(0..SAMPLES.len())];
        let number = sample.name.split(['.', '-']).next().unwrap_or_default();
        let bytes = mutated(sample.bytes, &mut random);
        let Ok(text) = node::text(&bytes) else {
            continue;
        };
        if let Ok(message) = Message::parse(&text) {
            told += ask(number, Way::In, &message.input);
            read += 1;
        } else if let Ok(node) = Node::parse(&text) {
            told += node
                .get("output")
                .map_or(0, |output| ask(number, Way::Out, output));
            read += 1;
        }
    }
    assert!(read > 3_000 && told > 20_000, "{read} read, {told} faults");
}
