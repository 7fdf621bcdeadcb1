//! `Compare`: the same texts to the program and to the model; the first difference, made small.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::bill::Bill;
use crate::chain::{self, Amounts};
use crate::day::Day;
use crate::generate::{self, policy::Region, shipped};
use crate::program::Program;
use crate::rule::Rule;
use crate::seen::Seen;
use crate::tree::Tree;

/// What came of a run without a difference.
pub(crate) struct Run {
    pub(crate) bills: u64,
    pub(crate) seen: Seen,
}

/// Two texts that the program and the model do not agree on, or a policy that one of them cannot read.
struct Difference {
    seed: u64,
    number: u64,
    policy: String,
    bill: String,
    unreadable: Option<String>,
}

/// Two threads settle `policies` times `bills`; a difference ends the test.
pub(crate) fn run(policies: u64, bills: u64, progress: bool) -> Run {
    let stop = AtomicBool::new(false);
    let done = AtomicU64::new(0);
    let worker = |odd: u64| {
        let mut seen = Seen::default();
        for seed in (0..policies).filter(|seed| seed % 2 == odd) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            if let Err(difference) = one_policy(seed, bills, &mut seen) {
                stop.store(true, Ordering::Relaxed);
                return Err(difference);
            }
            let before = done.fetch_add(bills, Ordering::Relaxed);
            if progress && before / 100_000 != (before + bills) / 100_000 {
                eprintln!("{} bills of {}", before + bills, policies * bills);
            }
        }
        Ok(seen)
    };
    let results = std::thread::scope(|scope| {
        let threads = [0, 1].map(|odd| scope.spawn(move || worker(odd)));
        threads.map(|thread| thread.join().expect("a thread that ends"))
    });
    let mut seen = Seen::default();
    for result in results {
        match result {
            Ok(counts) => seen.add(&counts),
            Err(difference) => panic!("{}", told(&difference)),
        }
    }
    Run {
        bills: done.into_inner(),
        seen,
    }
}

/// Both found no rule, for the same reason or, where a bill has several, each for one of them.
pub(crate) const SAME_REASON: &str = "unsettled: the same reason";
pub(crate) const OTHER_REASON: &str = "unsettled: each another reason";

type Outcome = Result<Amounts, String>;

/// The same amounts; or both could not settle, in which order the reasons are looked for is not laid down.
fn agree(by_program: &Outcome, by_model: &Outcome) -> bool {
    let no_rule = |error: &String| error.starts_with("no rule: ") || error.starts_with("needs ");
    match (by_program, by_model) {
        (Err(one), Err(other)) => no_rule(one) && no_rule(other),
        (one, other) => one == other,
    }
}

/// The seed of a bill: that of the policy and its number.
pub(crate) fn seed_of_bill(policy: u64, number: u64) -> u64 {
    policy * 1_000_000 + number
}

fn one_policy(seed: u64, bills: u64, seen: &mut Seen) -> Result<(), Difference> {
    one_region(&Region::random(seed), seed, bills, seen)
}

/// So many bills under every shipped policy; a difference ends the test. Returns how many were settled by each file.
pub(crate) fn shipped(bills: u64, seen: &mut Seen) -> Vec<(PathBuf, u64)> {
    let files = shipped::files();
    let compare = |(number, (path, text)): (u64, &(PathBuf, String))| {
        let after = files
            .iter()
            .filter(|(other, _)| other.parent() == path.parent() && other > path);
        let next = after.map(|(_, text)| Tree::read(text).expect("a policy"));
        let next = next.map(|tree| Day::read(tree.must("effective"))).min();
        let region = shipped::region(text, next.map(|day| day.plus(-1)));
        let mut here = Seen::default();
        if let Err(difference) = one_region(&region, 1_000_000 + number, bills, &mut here) {
            panic!("{}: {}", path.display(), told(&difference));
        }
        let count = |branch| here.counts.get(branch).copied().unwrap_or(0);
        let settled = bills - count(SAME_REASON) - count(OTHER_REASON);
        seen.add(&here);
        (path.clone(), settled)
    };
    (0..).zip(&files).map(compare).collect()
}

fn one_region(region: &Region, seed: u64, bills: u64, seen: &mut Seen) -> Result<(), Difference> {
    let policy = &region.text;
    let difference = |number, bill, unreadable| Difference {
        seed,
        number,
        policy: policy.clone(),
        bill,
        unreadable,
    };
    let (rule, program) = match (Tree::read(policy), Program::read(policy)) {
        (Ok(tree), Ok(program)) => (Rule::of(tree), program),
        (tree, program) => {
            let errors = format!("model: {:?}\nprogram: {:?}", tree.err(), program.err());
            return Err(difference(0, String::new(), Some(errors)));
        }
    };
    for number in 0..bills {
        let bill = generate::bill::random(region, &rule, seed_of_bill(seed, number));
        let by_program = without_panic(|| program.settle(&bill));
        let by_model = without_panic(|| by_model(&rule, &bill, seen));
        if let Err(error) = &by_model {
            seen.mark_unsettled(error);
            seen.mark(if by_program == by_model {
                SAME_REASON
            } else {
                OTHER_REASON
            });
        }
        if !agree(&by_program, &by_model) {
            return Err(difference(number, bill, None));
        }
    }
    Ok(())
}

/// The model on a bill's text.
pub(crate) fn by_model(rule: &Rule, bill: &str, seen: &mut Seen) -> Result<Amounts, String> {
    chain::settle(rule, &Bill::of(Tree::read(bill)?), seen)
}

fn without_panic<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| {
        let said = cause.downcast_ref::<String>().cloned();
        Err(format!(
            "panic: {}",
            said.or(cause.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                .unwrap_or_default()
        ))
    })
}

/// Both results for two texts, or nothing if one of them cannot be read any more.
type Pair = (Outcome, Outcome);

fn both(policy: &str, bill: &str) -> Option<Pair> {
    let rule = Rule::of(Tree::read(policy).ok()?);
    let program = Program::read(policy).ok()?;
    let by_program = without_panic(|| program.settle(bill));
    let by_model = without_panic(|| by_model(&rule, bill, &mut Seen::default()));
    Some((by_program, by_model))
}

/// Tells a difference in full, after both texts were made as small as they go.
fn told(difference: &Difference) -> String {
    let Difference {
        seed,
        number,
        policy,
        bill,
        unreadable,
    } = difference;
    if let Some(errors) = unreadable {
        return format!("policy seed {seed} cannot be read:\n{errors}\n{policy}");
    }
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let first = both(policy, bill).expect("readable texts");
    let still =
        |policy: &str, bill: &str| both(policy, bill).is_some_and(|now| alike(&first, &now));
    let (mut policy, mut bill) = (policy.clone(), bill.clone());
    loop {
        let before = policy.len() + bill.len();
        bill = smaller(&bill, "\n\n", |text| still(&policy, text));
        bill = smaller(&bill, "\n", |text| still(&policy, text));
        policy = smaller(&policy, "\n\n", |text| still(text, &bill));
        policy = smaller(&policy, "\n", |text| still(text, &bill));
        if policy.len() + bill.len() == before {
            break;
        }
    }
    let (by_program, by_model) = both(&policy, &bill).expect("readable texts");
    std::panic::set_hook(hook);
    format!(
        "policy seed {seed}, bill {number}; made small:\n--- policy\n{policy}\n--- bill\n{bill}\n\
         --- program\n{by_program:#?}\n--- model\n{by_model:#?}"
    )
}

/// Does a smaller pair of texts show the same kind of difference: amounts against amounts, the same error against
/// amounts?
fn alike(first: &Pair, now: &Pair) -> bool {
    let kind = |result: &Outcome| match result {
        Ok(_) => String::new(),
        Err(error) => error.chars().filter(|c| !c.is_ascii_digit()).collect(),
    };
    !agree(&now.0, &now.1) && kind(&first.0) == kind(&now.0) && kind(&first.1) == kind(&now.1)
}

/// Leaves out one piece after the other, as long as `still` holds.
fn smaller(text: &str, between: &str, still: impl Fn(&str) -> bool) -> String {
    let mut pieces: Vec<&str> = text.split(between).collect();
    let mut number = 0;
    while number < pieces.len() {
        let taken = pieces.remove(number);
        if !still(&pieces.join(between)) {
            pieces.insert(number, taken);
            number += 1;
        }
    }
    pieces.join(between)
}
