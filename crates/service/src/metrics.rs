//! `Metrics`: what is counted of messages, in the form that Prometheus reads.

use std::sync::atomic::AtomicI64;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// By which messages are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    transaction: &'static str,
    refusal: &'static str,
}

/// By which times are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Timed {
    transaction: &'static str,
}

/// From a quarter of a millisecond to ten seconds.
const BOUNDS: [f64; 14] = [
    0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

type Times = Family<Timed, Histogram, fn() -> Histogram>;

/// What is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    messages: Family<Labels, Counter>,
    times: Times,
    waiting: Gauge<i64, AtomicI64>,
    lost: Gauge<i64, AtomicI64>,
}

impl Default for Metrics {
    fn default() -> Metrics {
        Metrics::new()
    }
}

impl Metrics {
    /// Nothing counted yet.
    #[must_use]
    pub fn new() -> Metrics {
        let mut registry = Registry::with_prefix("yibao");
        let messages: Family<Labels, Counter> = Family::default();
        let times = Times::new_with_constructor(|| Histogram::new(BOUNDS));
        let (waiting, lost) = (Gauge::default(), Gauge::default());
        let help = "Messages by transaction and refusal; empty is success";
        registry.register("messages", help, messages.clone());
        let help = "Time from a message's last byte to its answer";
        registry.register_with_unit("message_duration", help, Unit::Seconds, times.clone());
        let help = "Messages that wait or are being carried out";
        registry.register("messages_waiting", help, waiting.clone());
        let help = "Lines of the access log that could not be written";
        registry.register("access_log_lost", help, lost.clone());
        Metrics {
            registry,
            messages,
            times,
            waiting,
            lost,
        }
    }

    /// One message was answered.
    pub fn message(
        &self,
        transaction: &'static str,
        refusal: Option<&'static str>,
        took: Duration,
    ) {
        let labels = Labels {
            transaction,
            refusal: refusal.unwrap_or_default(),
        };
        self.messages.get_or_create(&labels).inc();
        let times = self.times.get_or_create(&Timed { transaction });
        times.observe(took.as_secs_f64());
    }

    /// All of it as text.
    #[must_use]
    pub fn text(&self, waiting: usize, lost: u64) -> String {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.lost.set(i64::try_from(lost).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
