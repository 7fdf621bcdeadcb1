//! A tally of answers: latencies by call, failures by their text, a few examples in full.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;

use super::visit::{CALLS, Call};

/// Latencies in microseconds, to three digits, up to two minutes.
const LONGEST: u64 = 120_000_000;
const DIGITS: u8 = 3;
/// The texts of failures that are told apart; the rest is counted together.
const TEXTS: usize = 50;
const EXAMPLES: usize = 5;

/// How a call can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    /// The server said no.
    Refused,
    /// The server said yes, and its figures are wrong.
    Wrong,
    /// No answer that could be read.
    Broken,
}

pub(super) struct Tally {
    /// By the place of the call in `CALLS`.
    pub(super) calls: Vec<Histogram<u64>>,
    /// Whole visits that came to their end.
    pub(super) visits: Histogram<u64>,
    pub(super) settlements: u64,
    pub(super) checked: u64,
    /// Starts that were due and could not be begun before the end.
    pub(super) behind: u64,
    pub(super) failures: BTreeMap<(Failure, &'static str, String), u64>,
    pub(super) examples: Vec<String>,
}

impl Tally {
    pub(super) fn new() -> Result<Tally, String> {
        let calls = CALLS.iter().map(|_| histogram());
        Ok(Tally {
            calls: calls.collect::<Result<_, _>>()?,
            visits: histogram()?,
            settlements: 0,
            checked: 0,
            behind: 0,
            failures: BTreeMap::new(),
            examples: Vec::new(),
        })
    }

    pub(super) fn answered(&mut self, call: Call, latency: Duration) {
        record(&mut self.calls[call as usize], latency);
    }

    pub(super) fn visited(&mut self, latency: Duration) {
        record(&mut self.visits, latency);
    }

    /// Counts a failure; what was said is asked for only while examples are wanted.
    pub(super) fn failed(
        &mut self,
        failure: Failure,
        call: Call,
        text: &str,
        example: impl FnOnce() -> String,
    ) {
        self.count(failure, call.number(), alike(text), 1);
        if self.examples.len() < EXAMPLES {
            self.examples
                .push(format!("{}: {text}\n{}", call.number(), example()));
        }
    }

    fn count(&mut self, failure: Failure, call: &'static str, text: String, times: u64) {
        let key = (failure, call, text);
        let known = self.failures.len() < TEXTS || self.failures.contains_key(&key);
        let key = if known {
            key
        } else {
            (failure, call, "others".to_owned())
        };
        *self.failures.entry(key).or_default() += times;
    }

    /// Takes another tally in.
    pub(super) fn merge(&mut self, other: &Tally) -> Result<(), String> {
        let added = self.calls.iter_mut().zip(&other.calls);
        let visits = (&mut self.visits, &other.visits);
        for (sum, part) in added.chain([visits]) {
            sum.add(part)
                .map_err(|why| format!("latencies cannot be added: {why}"))?;
        }
        self.settlements += other.settlements;
        self.checked += other.checked;
        self.behind += other.behind;
        for ((failure, call, text), times) in &other.failures {
            self.count(*failure, call, text.clone(), *times);
        }
        let wanted = EXAMPLES.saturating_sub(self.examples.len());
        self.examples
            .extend(other.examples.iter().take(wanted).cloned());
        Ok(())
    }

    pub(super) fn requests(&self) -> u64 {
        self.calls.iter().map(Histogram::len).sum()
    }

    /// The latencies of all calls together.
    pub(super) fn all(&self) -> Result<Histogram<u64>, String> {
        let mut all = histogram()?;
        for call in &self.calls {
            all.add(call)
                .map_err(|why| format!("latencies cannot be added: {why}"))?;
        }
        Ok(all)
    }

    pub(super) fn failed_by(&self, failure: Failure) -> u64 {
        let of_kind = self
            .failures
            .iter()
            .filter(|((kind, ..), _)| *kind == failure);
        of_kind.map(|(_, times)| times).sum()
    }
}

fn histogram() -> Result<Histogram<u64>, String> {
    Histogram::new_with_bounds(1, LONGEST, DIGITS).map_err(|why| format!("no histogram: {why}"))
}

fn record(histogram: &mut Histogram<u64>, latency: Duration) {
    let micros = u64::try_from(latency.as_micros()).unwrap_or(LONGEST);
    histogram.saturating_record(micros.max(1));
}

/// A text without what differs from person to person: digits, and what stands in brackets.
fn alike(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            '[' => inside = true,
            ']' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        let letter = if letter.is_ascii_digit() { '#' } else { letter };
        if !(letter == '#' && out.ends_with('#')) {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_that_differ_by_persons_are_one() {
        let mut tally = Tally::new().expect("a tally");
        for text in ["人员[甲]总额(315.98)不一致", "人员[乙]总额(7.01)不一致"] {
            tally.failed(Failure::Refused, Call::Settle, text, String::new);
        }
        let failures: Vec<_> = tally.failures.into_iter().collect();
        let key = (Failure::Refused, "2207", "人员[]总额(#.#)不一致".to_owned());
        assert_eq!(failures, [(key, 2)]);
    }

    #[test]
    fn tallies_add_up_and_keep_five_examples() {
        let mut sum = Tally::new().expect("a tally");
        let mut part = Tally::new().expect("a tally");
        part.answered(Call::Purchase, Duration::from_micros(1_500));
        part.visited(Duration::ZERO);
        for _ in 0..4 {
            part.failed(Failure::Wrong, Call::Purchase, "x", || "y".to_owned());
        }
        sum.merge(&part).expect("a sum");
        sum.merge(&part).expect("a sum");
        assert_eq!((sum.requests(), sum.visits.len()), (2, 2));
        assert_eq!(sum.failed_by(Failure::Wrong), 8);
        assert_eq!(sum.examples.len(), EXAMPLES);
        assert_eq!(sum.all().expect("all").value_at_quantile(0.5), 1_500);
    }
}
