//! `Limits`: how much is let in from one institution, from one address, in one body and at one time.

#[cfg(test)]
mod tests;

use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::settings::Bounds;
use crate::trace::Why;

/// Why a message is not let in. Nothing of it was carried out or recorded: the same message may come again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Crowded {
    /// The address sends too fast.
    #[error("more than {rate} messages a second come from {address}")]
    Address {
        /// From where.
        address: IpAddr,
        /// The bound.
        rate: NonZeroU32,
        /// After how long one would be let in.
        after: Duration,
    },
    /// The institution sends too fast.
    #[error("more than {rate} messages a second come from institution {institution}")]
    Institution {
        /// Which.
        institution: String,
        /// The bound.
        rate: NonZeroU32,
        /// After how long one would be let in.
        after: Duration,
    },
    /// The body is too large.
    #[error("the body is longer than {most} bytes")]
    Body {
        /// The bound.
        most: usize,
    },
    /// As many wait as may wait.
    #[error("{most} messages are waiting or being carried out, and no more may wait")]
    Full {
        /// The bound.
        most: usize,
    },
}

impl Crowded {
    /// One word, for logs and measures.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Crowded::Address { .. } => "address_rate",
            Crowded::Institution { .. } => "institution_rate",
            Crowded::Body { .. } => "body_limit",
            Crowded::Full { .. } => "waiting_limit",
        }
    }

    /// What the operator of the institution reads.
    #[must_use]
    pub fn chinese(&self) -> String {
        match self {
            Crowded::Address { rate, .. } => {
                format!("请求过于频繁：同一地址每秒最多{rate}笔，请稍后重试")
            }
            Crowded::Institution { rate, .. } => {
                format!("请求过于频繁：同一机构每秒最多{rate}笔，请稍后重试")
            }
            Crowded::Body { most } => format!("报文过大：最多{most}字节"),
            Crowded::Full { .. } => "系统繁忙，请稍后重试".to_owned(),
        }
    }

    /// All that is known of it, for the trace.
    #[must_use]
    pub fn why(&self) -> Why {
        Why {
            code: self.word().to_owned(),
            zh: self.chinese(),
            en: self.to_string(),
            ..Why::default()
        }
    }

    /// The HTTP status for those who go by it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Crowded::Address { .. } | Crowded::Institution { .. } => 429,
            Crowded::Body { .. } => 413,
            Crowded::Full { .. } => 503,
        }
    }

    /// After how many whole seconds to come again; none where that would not help.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Crowded::Address { after, .. } | Crowded::Institution { after, .. } => {
                Some(after.as_secs().saturating_add(1))
            }
            Crowded::Body { .. } => None,
            Crowded::Full { .. } => Some(1),
        }
    }
}

/// A place among those that wait; given back when it is dropped.
#[derive(Debug)]
pub struct Seat(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

/// What is counted. The clock is a type, so that the tests have their own.
pub struct Limits<C: Clock = DefaultClock> {
    bounds: Bounds,
    clock: C,
    addresses: Pace<IpAddr, C>,
    institutions: Pace<String, C>,
    seats: Arc<Semaphore>,
    checks: AtomicU32,
}

type Pace<K, C> = RateLimiter<
    K,
    HashMapStateStore<K>,
    C,
    governor::middleware::NoOpMiddleware<<C as Clock>::Instant>,
>;

/// After so many messages those who were not heard of lately are forgotten.
const SWEEP: u32 = 4096;

impl Limits {
    /// With the machine's clock.
    #[must_use]
    pub fn new(bounds: Bounds) -> Limits {
        Limits::with_clock(bounds, DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(bounds: Bounds, clock: C) -> Limits<C> {
        Limits {
            bounds,
            addresses: pace(bounds.address_rate, &clock),
            institutions: pace(bounds.institution_rate, &clock),
            seats: Arc::new(Semaphore::new(bounds.waiting.min(Semaphore::MAX_PERMITS))),
            checks: AtomicU32::new(0),
            clock,
        }
    }

    /// A message from the address, before anything of it is read. The last 64 bits of an IPv6 address are the sender's to choose
    /// and are not looked at.
    ///
    /// # Errors
    /// When it sends too fast.
    pub fn address(&self, address: IpAddr) -> Result<(), Crowded> {
        self.sweep();
        let key = network(address);
        self.addresses
            .check_key(&key)
            .map_err(|until| Crowded::Address {
                address,
                rate: self.bounds.address_rate,
                after: until.wait_time_from(self.clock.now()),
            })
    }

    /// A message of the institution. Asked after the institution has proved itself: otherwise anybody could use up what is
    /// another's. Who is refused here has used up a nonce, which [`Doors::release`](crate::auth::Doors::release) gives back.
    ///
    /// # Errors
    /// When it sends too fast.
    pub fn institution(&self, institution: &str) -> Result<(), Crowded> {
        self.institutions
            .check_key(&institution.to_owned())
            .map_err(|until| Crowded::Institution {
                institution: institution.to_owned(),
                rate: self.bounds.institution_rate,
                after: until.wait_time_from(self.clock.now()),
            })
    }

    /// The largest body, with a file in it or without.
    #[must_use]
    pub fn largest(&self, upload: bool) -> usize {
        if upload {
            self.bounds.upload
        } else {
            self.bounds.body
        }
    }

    /// A body of so many bytes, as announced or as read.
    ///
    /// # Errors
    /// When it is too large.
    pub fn body(&self, bytes: u64, upload: bool) -> Result<(), Crowded> {
        let most = self.largest(upload);
        if u64::try_from(most).is_ok_and(|most| bytes > most) {
            return Err(Crowded::Body { most });
        }
        Ok(())
    }

    /// A seat for one message, from its first byte to its answer.
    ///
    /// # Errors
    /// When all are taken.
    pub fn seat(&self) -> Result<Seat, Crowded> {
        let seat = Arc::clone(&self.seats).try_acquire_owned();
        seat.map(Seat).map_err(|_| Crowded::Full {
            most: self.bounds.waiting,
        })
    }

    /// How many seats are taken.
    #[must_use]
    pub fn taken(&self) -> usize {
        let all = self.bounds.waiting.min(Semaphore::MAX_PERMITS);
        all.saturating_sub(self.seats.available_permits())
    }

    /// What is remembered of addresses and institutions is bounded by those heard of within a second or so.
    fn sweep(&self) {
        if self.checks.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.addresses.retain_recent();
            self.institutions.retain_recent();
        }
    }
}

/// As many at once as in a second.
fn pace<K: Hash + Eq + Clone, C: Clock + Clone>(rate: NonZeroU32, clock: &C) -> Pace<K, C> {
    RateLimiter::hashmap_with_clock(Quota::per_second(rate), clock.clone())
}

pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}
