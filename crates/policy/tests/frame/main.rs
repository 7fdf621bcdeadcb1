//! The national frame: each demand is broken by one small change of a good policy, and each wrong frame file is told.

use std::path::Path;

use domain::words::Lang;
use policy::file::frame::frame;
use policy::{PolicyFile, Shelf, Source};

const WUHAN: &str = "420100/employee/2023-04-10.toml";
const BEIJING: &str = "110000/resident/2023-01-01.toml";
const PLACES: &str = "known = [\"home\"]";
const UNREFERRED: &str = "known = [\"home\", \"unreferred\"]";

/// What to replace, and by what.
type Edits = &'static [(&'static str, &'static str)];

/// A shipped policy, what to replace in it, and what the frame of 2023 says of the result.
const BREAKS: &[(&str, Edits, &str)] = &[
    (WUHAN, &[], ""),
    (
        WUHAN,
        &[("cause = \"abroad\"", "cause = \"elsewhere\"")],
        "the funds never pay for `abroad`: missing",
    ),
    (
        WUHAN,
        &[("advance = true\n", "")],
        "the funds never pay for `third_party`, but pay first where the third person does not: advance = false",
    ),
    (
        WUHAN,
        &[("class = \"B\"", "class = \"A\"")],
        "class A: a first share of at most 0%: 10% at 18 points",
    ),
    (
        WUHAN,
        &[(PLACES, UNREFERRED), (GAP, SHARE)],
        "elsewhere, not referred: the fund's ratio is at most 20% below that at home: 55% (55%, first share 40%) at 18 points",
    ),
    (
        WUHAN,
        &[(PLACES, UNREFERRED), (GAP, POINTS)],
        "elsewhere, not referred: the fund's ratio is at most 20% below that at home: 34% (55%) at 18 points",
    ),
    (WUHAN, &[(PLACES, UNREFERRED), (GAP, ENOUGH)], ""),
    (
        WUHAN,
        &[("\"3\" = \"55%\"", "\"3\" = \"49%\"")],
        "outpatient: the fund pays at least 50%: 49% at 1 points",
    ),
    (
        BEIJING,
        &[(
            "ratio = \"60%\" }, { ratio = \"70%\"",
            "ratio = \"59%\" }, { ratio = \"70%\"",
        )],
        "catastrophic insurance: pays at least 60%: 59% at 16 points",
    ),
    (
        BEIJING,
        &[(GAP, INCOME)],
        "the yearly cap is at most 6 times `disposable_income`: 250000.00",
    ),
    (BEIJING, &[(GAP, HIGH_INCOME)], ""),
];

const GAP: &str = "[[gap]]\n";
const SHARE: &str = "[[off_region_share]]\nplace = \"unreferred\"\nratio = \"40%\"\ncite = \"SIL\"\nstanding = \"weak\"\n[[gap]]\n";
const POINTS: &str = "[[adjust]]\nplace = \"unreferred\"\nreason = \"place\"\npoints = \"-21%\"\ncite = \"SIL\"\nstanding = \"weak\"\n[[gap]]\n";
const ENOUGH: &str = "[[adjust]]\nplace = \"unreferred\"\nreason = \"place\"\npoints = \"-20%\"\ncite = \"SIL\"\nstanding = \"weak\"\n[[gap]]\n";
const INCOME: &str = "[[base_amount]]\nid = \"disposable_income\"\namount = \"4万元\"\ncite = \"SIL\"\nstanding = \"weak\"\n[[gap]]\n";
const HIGH_INCOME: &str = "[[base_amount]]\nid = \"disposable_income\"\namount = \"5万元\"\ncite = \"SIL\"\nstanding = \"weak\"\n[[gap]]\n";

fn policies() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies")
}

#[test]
fn every_demand_is_broken_by_a_small_change() {
    let frames = Shelf::open(&policies()).and_then(|shelf| shelf.frames());
    let frames = frames.expect("the shipped frames");
    let frame = frames.last().expect("a frame");
    let mut broken = std::collections::HashSet::new();
    for (file, edits, expected) in BREAKS {
        let mut text = std::fs::read_to_string(policies().join(file)).expect("a policy");
        for (from, to) in *edits {
            assert!(text.contains(from), "{file} has no {from}");
            text = text.replacen(from, to, 1);
        }
        let source = Source::new(file, text.into_bytes()).expect("a text");
        let read = PolicyFile::read(&source).unwrap_or_else(|e| panic!("{expected}: {e}"));
        let told: Vec<String> = frame
            .breaks(&read.plan)
            .into_iter()
            .map(|found| {
                broken.insert(std::mem::discriminant(&frame.demands[found.demand].0));
                let demand = frame.demands[found.demand].0.describe(Lang::En);
                let points = match found.points {
                    0 => String::new(),
                    n => format!(" at {n} points"),
                };
                format!(
                    "{demand}: {}{points}",
                    found.found.as_deref().unwrap_or("missing")
                )
            })
            .collect();
        assert_eq!(told.join("\n"), *expected, "{file}");
    }
    let kinds: std::collections::HashSet<_> = frame
        .demands
        .iter()
        .map(|(demand, _)| std::mem::discriminant(demand))
        .collect();
    assert_eq!(
        broken.len(),
        kinds.len(),
        "every kind of demand is broken once"
    );
}

/// A frame file, and what is said of it.
const WRONG: &[(&str, &str)] = &[
    ("", "the file is empty"),
    ("effective = 2023-01-01", "`schema`: it is missing"),
    (
        "[[points_off]]\nplace = \"mars\"\n",
        "expected is one of `home`",
    ),
    (
        "[[points_off]]\nplace = \"referred\"\nat_most = 0.1\n",
        "`points_off[1].at_most`: the number `0.1` was found",
    ),
    (
        "[[cap_ceiling]]\ntimes = \"six\"\n",
        "`cap_ceiling[1].times`",
    ),
    ("[[bound]]\n", "the key is unknown"),
];

#[test]
fn a_wrong_frame_is_told() {
    for (text, said) in WRONG {
        let source = Source::new("frame.toml", text.as_bytes().to_vec()).expect("a text");
        let errors = frame(&source).expect_err("it is wrong").to_string();
        assert!(errors.contains(said), "{text}\n{errors}");
    }
}
