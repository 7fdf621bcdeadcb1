//! Passwords of operators: what makes a good one, and the digest of it that is kept (Argon2id, with the library's own costs).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

use crate::{demo, random};

/// As long as a password is at least, in characters.
const LEAST: usize = 12;
/// As long as it is at most, so that nobody has a book digested.
const MOST: usize = 200;

/// The digest of nobody's password.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$CVtqnGGz1M5xYgv0f8XJQyLpQ2p8H0r3T1iJ8iXb0Ek";

/// Why a password is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than 12 characters.
    Short,
    /// More than 200.
    Long,
    /// It is little else than the name, one character again and again, digits alone, or of the form of a demonstration's.
    Plain,
}

/// Whether a password is good for the operator of a name.
///
/// # Errors
/// Why not.
pub fn good(password: &str, name: &str) -> Result<(), Weak> {
    let length = password.chars().count();
    let kinds = password
        .chars()
        .collect::<std::collections::BTreeSet<_>>()
        .len();
    let rest = password.to_lowercase().replace(name, "");
    match length {
        0..LEAST => Err(Weak::Short),
        _ if length > MOST => Err(Weak::Long),
        _ if kinds < 5 || rest.chars().count() < LEAST / 2 => Err(Weak::Plain),
        _ if password.bytes().all(|byte| byte.is_ascii_digit()) => Err(Weak::Plain),
        _ if demo::is_of_demo(password) => Err(Weak::Plain),
        _ => Ok(()),
    }
}

/// The digest that is kept of a password.
///
/// # Errors
/// Where there is no randomness.
pub fn digest(password: &str) -> Result<String, String> {
    let digest = Argon2::default().hash_password(password.as_bytes());
    digest
        .map(|digest| digest.to_string())
        .map_err(|e| e.to_string())
}

/// Whether a password is the one of a digest. Where there is no digest it takes as long and is not.
#[must_use]
pub fn is(password: &str, digest: Option<&str>) -> bool {
    if password.chars().count() > MOST {
        return false;
    }
    let known = digest.is_some();
    let Ok(digest) = PasswordHash::new(digest.unwrap_or(NOBODY)) else {
        return false;
    };
    let same = Argon2::default()
        .verify_password(password.as_bytes(), &digest)
        .is_ok();
    same && known
}

/// A password that is given to somebody, to be changed at once: 32 characters.
#[must_use]
pub fn given() -> Option<String> {
    random::name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_by_its_digest_and_no_other_is() {
        let one = digest("correct horse battery").expect("a digest");
        let other = digest("correct horse battery").expect("a digest");
        assert_ne!(one, other, "salted");
        let costs = |digest: &str| digest.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(costs(&one), costs(NOBODY), "nobody takes as long");
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(is("correct horse battery", Some(&one)));
        assert!(!is("correct horse batterz", Some(&one)));
        assert!(!is("correct horse battery", None));
        assert!(!is("correct horse battery", Some("no digest")));
        assert!(!is("", None));
    }

    #[test]
    fn what_is_guessed_first_is_no_password() {
        let long = "ab12".repeat(60);
        for (password, expected) in [
            ("short", Err(Weak::Short)),
            ("wang.li-wang.li", Err(Weak::Plain)),
            ("aaaaaaaaaaaaaaaa", Err(Weak::Plain)),
            (long.as_str(), Err(Weak::Long)),
            ("12345678901234567", Err(Weak::Plain)),
            ("sandbox-of-my-own", Err(Weak::Plain)),
            ("医保窗口今天九点开门不打烊", Ok(())),
            ("four words are enough", Ok(())),
        ] {
            assert_eq!(good(password, "wang.li"), expected, "{password}");
        }
    }
}
