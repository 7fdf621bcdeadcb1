//! `Passwords`: what is known of those who try to sign in, and the turns of what takes long: passwords.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use agency::operator::Operator;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::attempts::Attempts;
use crate::limits::network;
use crate::password;

/// How long tries in vain are remembered.
const WITHIN: Duration = Duration::from_mins(15);
/// So often one may be wrong with a name from an address.
const TRIES: u32 = 5;
/// So often all may be with a name, so that a name is not guessed from everywhere; and from an address with all names.
const TRIES_OF_ALL: u32 = 50;
/// So many passwords are digested at once: each takes 19 MiB and some twenty milliseconds.
const AT_ONCE: usize = 2;
/// So many may wait for it; beyond them whoever comes is told to come again.
const WAITING: usize = 40;

/// What is known of those who try to sign in.
#[derive(Debug)]
pub struct Passwords {
    attempts: Attempts,
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords {
            attempts: Attempts::new(WITHIN),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING)),
        }
    }
}

/// A try, as it is counted.
#[derive(Debug)]
pub(crate) struct Try(Vec<(String, u32)>);

/// Why there is no answer about a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Denied {
    /// It was wrong too often.
    Locked,
    /// Too many wait.
    Busy,
}

impl Passwords {
    /// Counts a try with a name from an address, before anything is looked at.
    pub(crate) fn begin(&self, name: &str, from: IpAddr) -> Result<Try, Denied> {
        let counted = counted(name, from);
        match self.attempts.begin(&counted, Instant::now()) {
            true => Ok(Try(counted)),
            false => Err(Denied::Locked),
        }
    }

    /// It was the right one.
    pub(crate) fn succeeded(&self, made: &Try) {
        self.attempts.succeeded(&made.0);
    }

    /// Whether a password is an operator's. It takes as long where there is none.
    pub(crate) async fn are(
        &self,
        password: String,
        operator: Option<&Operator>,
    ) -> Result<bool, Denied> {
        let digest = operator.map(|operator| operator.password.clone());
        let turn = self.turn().await?;
        let same = tokio::task::spawn_blocking(move || {
            let same = password::is(&password, digest.as_deref());
            // Whoever asked may have gone: the turn ends with the work.
            drop(turn);
            same
        });
        Ok(same.await.unwrap_or(false))
    }

    /// Does something that digests a password, in turn.
    pub(crate) async fn digested<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, String> + Send + 'static,
    ) -> Result<T, String> {
        let turn = self.turn().await;
        let turn = turn.map_err(|_| "too many passwords wait to be digested".to_owned())?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.unwrap_or_else(|e| Err(e.to_string()))
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Denied> {
        let waiting = Arc::clone(&self.waiting).try_acquire_owned();
        let _waiting = waiting.map_err(|_| Denied::Busy)?;
        let turn = Arc::clone(&self.at_once).acquire_owned().await;
        turn.map_err(|_| Denied::Busy)
    }
}

/// The names under which a try is counted, and how often each may be in vain. What can be no name is one name; behind a proxy on this machine
/// that tells no address all have one, which is not counted.
fn counted(name: &str, from: IpAddr) -> Vec<(String, u32)> {
    let name = match Operator::is_name(name) {
        true => name,
        false => "",
    };
    let (network, local) = (network(from), from.to_canonical().is_loopback());
    let both = (format!("{name} from {network}"), TRIES);
    let all = (format!("name {name}"), TRIES_OF_ALL);
    let from = (!local).then(|| (format!("address {network}"), TRIES_OF_ALL));
    [Some(both), Some(all), from]
        .into_iter()
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn what_can_be_no_name_is_one_name_however_long() {
        let long = "x".repeat(1 << 20);
        let (here, odd) = (at("203.0.113.7"), counted("<b>", at("203.0.113.7")));
        assert_eq!(counted(&long, here), odd);
        assert!(odd.iter().all(|(name, _)| name.len() < 40), "{odd:?}");
        assert_ne!(counted("wang", here), odd);
    }

    #[test]
    fn an_address_is_counted_by_its_network_and_this_machine_is_none() {
        let six = |text| counted("wang", at(text));
        assert_eq!(six("2001:db8:1:2::7"), six("2001:db8:1:2:3::9"));
        assert_eq!(six("127.0.0.1").len(), 2);
        assert_eq!(six("203.0.113.7").len(), 3);
    }

    #[tokio::test]
    async fn so_many_wait_for_a_password_and_no_more() {
        let passwords = Passwords::default();
        let held = Arc::clone(&passwords.at_once).acquire_many_owned(2).await;
        let waiting = Arc::clone(&passwords.waiting).acquire_many_owned(39).await;
        let (one, other) = tokio::join!(
            biased(passwords.are("a password".to_owned(), None), held.ok()),
            passwords.are("another".to_owned(), None)
        );
        assert_eq!((one, other), (Ok(false), Err(Denied::Busy)));
        drop(waiting);
    }

    /// Begins to wait, then lets go of what it waits for.
    async fn biased<T>(work: impl Future<Output = T>, held: Option<OwnedSemaphorePermit>) -> T {
        let mut work = std::pin::pin!(work);
        tokio::select! {
            biased;
            done = &mut work => done,
            () = tokio::task::yield_now() => {
                drop(held);
                work.await
            }
        }
    }
}
