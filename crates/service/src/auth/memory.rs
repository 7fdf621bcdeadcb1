//! `Memory`: the signed messages that one institution sent within the window, so that none is taken twice.

use std::collections::BTreeSet;

use super::{Denied, Once};

/// So many messages are told apart; with more of them within the window the time from which they are is shortened.
const MOST: usize = 65_536;

/// The signed messages of the window. What it no longer knows, it does not let in: whatever was signed up to `floor` is late.
#[derive(Debug)]
pub(super) struct Memory {
    seen: BTreeSet<Once>,
    floor: i64,
    most: usize,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            seen: BTreeSet::new(),
            floor: i64::MIN,
            most: MOST,
        }
    }
}

impl Memory {
    /// Takes note of a message whose proof holds; `oldest` is the first second of the window.
    pub(super) fn remember(&mut self, once: Once, oldest: i64) -> Result<(), Denied> {
        // A clock that is set back must not open again what has been forgotten.
        self.floor = self.floor.max(oldest.saturating_sub(1));
        while self
            .seen
            .first()
            .is_some_and(|first| first.time <= self.floor)
        {
            self.seen.pop_first();
        }
        if once.time <= self.floor {
            return Err(Denied::Forgotten);
        }
        if !self.seen.insert(once) {
            return Err(Denied::Repeated);
        }
        if self.seen.len() > self.most
            && let Some(first) = self.seen.pop_first()
        {
            self.floor = first.time;
        }
        Ok(())
    }

    /// A message that was not carried out may come again.
    pub(super) fn forget(&mut self, once: Once) {
        self.seen.remove(&once);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn once(time: i64, nonce: u8) -> Once {
        Once {
            time,
            digest: [nonce; 16],
        }
    }

    #[test]
    fn a_message_is_taken_once_until_the_window_has_passed() {
        let mut memory = Memory::default();
        for (time, nonce, oldest, outcome) in [
            (100, 1, 50, Ok(())),
            (100, 1, 50, Err(Denied::Repeated)),
            (100, 2, 50, Ok(())),
            (101, 1, 50, Ok(())),
            (50, 3, 50, Ok(())),
            (200, 4, 150, Ok(())),
            (150, 5, 150, Ok(())),
            // The clock is set back: what was forgotten is not taken again.
            (100, 1, 50, Err(Denied::Forgotten)),
        ] {
            assert_eq!(
                memory.remember(once(time, nonce), oldest),
                outcome,
                "{time} {nonce}"
            );
        }
        assert_eq!(memory.seen.len(), 2);
        memory.forget(once(200, 4));
        assert_eq!(memory.remember(once(200, 4), 150), Ok(()));
    }

    #[test]
    fn a_full_memory_lets_no_message_in_twice() {
        let mut memory = Memory {
            most: 4,
            ..Memory::default()
        };
        let mut taken = Vec::new();
        // Later and later messages, each with older ones after it.
        for round in 0..200_i64 {
            let message = once(
                1000 + round / 2 - (round * 7) % 5,
                u8::try_from(round).unwrap(),
            );
            if memory.remember(message, 900).is_ok() {
                taken.push(message);
            }
            assert!(memory.seen.len() <= 4);
            for old in &taken {
                assert!(memory.remember(*old, 900).is_err(), "{old:?}");
            }
        }
        assert!(taken.len() > 50, "{}", taken.len());
    }
}
