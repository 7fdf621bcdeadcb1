//! The report of a run: figures of an interval or of the whole, for people and for machines.

use std::time::Duration;

use hdrhistogram::Histogram;
use serde_json::{Value, json};

use super::host::Sample;
use super::tally::{Failure, Tally};
use super::visit::CALLS;

/// What is told of latencies.
const QUANTILES: &[(&str, f64)] = &[
    ("p50", 0.5),
    ("p90", 0.9),
    ("p99", 0.99),
    ("p99.9", 0.999),
    ("max", 1.0),
];

/// The figures of a stretch of time.
pub(super) struct Figures {
    pub(super) name: String,
    /// Seconds after the beginning of the measuring.
    pub(super) until: u64,
    pub(super) length: Duration,
    pub(super) tally: Tally,
    pub(super) before: Sample,
    pub(super) after: Sample,
}

/// The heading of the lines that `Figures::line` gives.
pub(super) const HEADING: &str = "    time   visits/s  requests/s      p50      p90      p99    p99.9      max   \
    server µs/req  client   memory   disk B/settlement  failures";

impl Figures {
    /// Tenths of a thing in a second.
    fn rate(&self, count: u64) -> u64 {
        let millis = u64::try_from(self.length.as_millis()).unwrap_or(u64::MAX);
        count.saturating_mul(10_000) / millis.max(1)
    }

    pub(super) fn visits_a_second(&self) -> u64 {
        self.rate(self.tally.visits.len()) / 10
    }

    pub(super) fn settlements_a_second(&self) -> u64 {
        self.rate(self.tally.settlements) / 10
    }

    fn requests_a_second(&self) -> u64 {
        self.rate(self.tally.requests()) / 10
    }

    fn a_request(&self, micros: u64) -> u64 {
        micros / self.tally.requests().max(1)
    }

    fn server_time(&self) -> u64 {
        self.a_request(self.after.server.saturating_sub(self.before.server))
    }

    fn client_time(&self) -> u64 {
        self.a_request(self.after.client.saturating_sub(self.before.client))
    }

    /// Bytes on disk for each settlement; less than nothing if a log was emptied.
    fn growth(&self) -> Option<i64> {
        let [before, after] = [self.before.disk, self.after.disk].map(|size| size as i64);
        let settlements = self.tally.settlements as i64;
        (settlements > 0 && after > 0).then(|| (after - before) / settlements)
    }

    pub(super) fn failures(&self) -> u64 {
        let kinds = [Failure::Refused, Failure::Wrong, Failure::Broken];
        kinds.map(|kind| self.tally.failed_by(kind)).iter().sum()
    }

    /// One line, for every interval alike, to see whether a run is flat.
    pub(super) fn line(&self) -> Result<String, String> {
        let all = self.tally.all()?;
        let latencies: String = QUANTILES
            .iter()
            .map(|(_, part)| format!(" {:>8}", time(all.value_at_quantile(*part))))
            .collect();
        let growth = self
            .growth()
            .map_or("-".to_owned(), |bytes| bytes.to_string());
        Ok(format!(
            "{:>6} s {:>10} {:>11} {latencies} {:>15} {:>7} {:>5} MB {growth:>19} {:>9}",
            self.until,
            grouped(self.visits_a_second()),
            grouped(self.requests_a_second()),
            self.server_time(),
            self.client_time(),
            self.after.memory / 1_000_000,
            grouped(self.failures()),
        ))
    }

    /// The whole, for people.
    pub(super) fn text(&self) -> Result<String, String> {
        let tally = &self.tally;
        let mut text = format!(
            "\n── {}, {} s\n{HEADING}\n{}\n\n",
            self.name,
            self.until,
            self.line()?
        );
        let names: String = QUANTILES
            .iter()
            .map(|(name, _)| format!(" {name:>9}"))
            .collect();
        text += &format!("  call        count{names}\n");
        let row = |name: &str, of: &Histogram<u64>| {
            let times = QUANTILES
                .iter()
                .map(|(_, part)| time(of.value_at_quantile(*part)));
            let times: String = times.map(|time| format!(" {time:>9}")).collect();
            format!("  {name:<6} {:>10}{times}\n", grouped(of.len()))
        };
        for (call, latencies) in CALLS.iter().zip(&tally.calls) {
            if !latencies.is_empty() {
                text += &row(call.number(), latencies);
            }
        }
        text += &row("visit", &tally.visits);
        text += &format!(
            "\n  {} settlements ({} a second), {} answers checked: {} refused, {} wrong, {} broken, {} starts not begun in time\n",
            grouped(tally.settlements),
            grouped(self.settlements_a_second()),
            grouped(tally.checked),
            grouped(tally.failed_by(Failure::Refused)),
            grouped(tally.failed_by(Failure::Wrong)),
            grouped(tally.failed_by(Failure::Broken)),
            grouped(tally.behind),
        );
        for ((failure, call, said), times) in &tally.failures {
            text += &format!("  {:>8} × {call} {failure:?}: {said}\n", grouped(*times));
        }
        for example in &tally.examples {
            text += &format!("\n  for example {example}\n");
        }
        Ok(text)
    }

    /// The same for machines: times in microseconds, sizes in bytes.
    pub(super) fn json(&self) -> Result<Value, String> {
        let tally = &self.tally;
        let latencies = |of: &Histogram<u64>| {
            let values = QUANTILES
                .iter()
                .map(|(name, part)| ((*name).to_owned(), json!(of.value_at_quantile(*part))));
            Value::Object(values.collect())
        };
        let calls = CALLS.iter().zip(&tally.calls);
        let calls = calls.filter(|(_, of)| !of.is_empty()).map(|(call, of)| {
            let mut row = latencies(of);
            row["count"] = json!(of.len());
            (call.number().to_owned(), row)
        });
        let failures = tally.failures.iter().map(|((failure, call, text), times)| {
            json!({"kind": format!("{failure:?}"), "call": call, "text": text, "times": times})
        });
        Ok(json!({
            "name": self.name,
            "until_seconds": self.until,
            "visits_per_second": self.visits_a_second(),
            "requests_per_second": self.requests_a_second(),
            "settlements_per_second": self.settlements_a_second(),
            "settlements": tally.settlements,
            "checked": tally.checked,
            "latency_us": latencies(&tally.all()?),
            "visit_latency_us": latencies(&tally.visits),
            "calls": Value::Object(calls.collect()),
            "server_cpu_us_per_request": self.server_time(),
            "client_cpu_us_per_request": self.client_time(),
            "server_memory": self.after.memory,
            "disk_bytes_per_settlement": self.growth(),
            "not_begun_in_time": tally.behind,
            "failures": failures.collect::<Vec<_>>(),
        }))
    }
}

/// How the last interval differs from the first: whether a run is flat.
pub(super) fn drift(first: &Figures, last: &Figures) -> Result<String, String> {
    let late = |figures: &Figures| {
        let all = figures.tally.all()?;
        Ok::<_, String>(time(all.value_at_quantile(0.99)))
    };
    Ok(format!(
        "\n  from the first interval to the last: p99 {} → {} ms, {} → {} visits a second, memory {} → {} MB\n",
        late(first)?,
        late(last)?,
        grouped(first.visits_a_second()),
        grouped(last.visits_a_second()),
        first.after.memory / 1_000_000,
        last.after.memory / 1_000_000,
    ))
}

/// Two runs beside each other, the first as the limit of the second.
pub(super) fn beside(limit: &Figures, found: &Figures) -> String {
    let part = found.visits_a_second() * 100 / limit.visits_a_second().max(1);
    let rows = [
        (
            "visits a second",
            limit.visits_a_second(),
            found.visits_a_second(),
        ),
        (
            "requests a second",
            limit.requests_a_second(),
            found.requests_a_second(),
        ),
        (
            "server µs a request",
            limit.server_time(),
            found.server_time(),
        ),
        (
            "client µs a request",
            limit.client_time(),
            found.client_time(),
        ),
    ];
    let mut text = format!("\n  {:<22} {:>12} {:>12}\n", "", limit.name, found.name);
    for (what, limit, found) in rows {
        text += &format!(
            "  {what:<22} {:>12} {:>12}\n",
            grouped(limit),
            grouped(found)
        );
    }
    text + &format!("  {} reaches {part} % of {}\n", found.name, limit.name)
}

/// A latency in milliseconds with three digits or so: `0.412`, `12.3`, `1340`.
fn time(micros: u64) -> String {
    match micros {
        0..10_000 => format!("{}.{:03}", micros / 1_000, micros % 1_000),
        10_000..1_000_000 => format!("{}.{}", micros / 1_000, micros % 1_000 / 100),
        _ => (micros / 1_000).to_string(),
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::visit::Call;
    use super::*;

    fn figures() -> Figures {
        let mut tally = Tally::new().expect("a tally");
        for _ in 0..2_000 {
            tally.answered(Call::Purchase, Duration::from_micros(1_500));
            tally.visited(Duration::from_micros(1_500));
            tally.settlements += 1;
        }
        Figures {
            name: "yibao".to_owned(),
            until: 2,
            length: Duration::from_secs(2),
            tally,
            before: Sample::default(),
            after: Sample {
                server: 80_000,
                client: 40_000,
                memory: 5_000_000,
                disk: 4_000_000,
            },
        }
    }

    #[test]
    fn figures_are_counted_by_the_second_and_the_request() {
        let figures = figures();
        let line = figures.line().expect("a line");
        for part in ["1,000", "1.50", "40", "20", "5 MB", "2000"] {
            assert!(line.contains(part), "{part} in {line}");
        }
        let json = figures.json().expect("JSON");
        assert_eq!(json["calls"]["2102"]["count"], 2_000);
        assert_eq!(json["disk_bytes_per_settlement"], 2_000);
        assert!(beside(&figures, &figures).contains("100 %"));
        let drift = drift(&figures, &figures).expect("a drift");
        assert!(
            drift.contains("1,000 → 1,000 visits") && drift.contains("5 → 5 MB"),
            "{drift}"
        );
    }

    #[test]
    fn times_and_numbers_are_told_shortly() {
        assert_eq!(
            [1, 1_500, 12_345, 1_340_000].map(time),
            ["0.001", "1.500", "12.3", "1340"]
        );
        assert_eq!(
            [0, 999, 1_000, 1_234_567].map(grouped),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
