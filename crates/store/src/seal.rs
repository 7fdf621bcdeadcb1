//! `Key`: seals names and identity numbers, and finds persons by a keyed hash. It is kept outside the database.

use std::fmt;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::chain::{hex, unhex};

/// The agency's key: two secrets of 32 bytes, one that seals and one by which persons are found.
#[derive(Clone)]
pub struct Key {
    seal: [u8; 32],
    find: [u8; 32],
}

/// Why there is no key, or why something cannot be opened with it.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{path}: the key file: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no key file.
    #[error("{path}: a key file is one line of 128 hexadecimal digits")]
    Form {
        /// Which.
        path: PathBuf,
    },
    /// The operating system has no random numbers.
    #[error("no random numbers can be had: {0}")]
    Random(getrandom::Error),
    /// It was sealed with another key, or changed.
    #[error("a sealed name was sealed with another key, or was changed")]
    Unsealable,
}

/// A key never shows itself.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// From 64 bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 64]) -> Key {
        let (mut seal, mut find) = ([0; 32], [0; 32]);
        seal.copy_from_slice(&bytes[..32]);
        find.copy_from_slice(&bytes[32..]);
        Key { seal, find }
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it cannot be read or is no key file.
    pub fn read(path: &Path) -> Result<Key, KeyError> {
        let text = std::fs::read_to_string(path).map_err(|source| KeyError::File {
            path: path.to_owned(),
            source,
        })?;
        let bytes = unhex(text.trim_end()).and_then(|bytes| <[u8; 64]>::try_from(bytes).ok());
        bytes.map(Key::from_bytes).ok_or_else(|| KeyError::Form {
            path: path.to_owned(),
        })
    }

    /// Makes a key file that only its owner may read.
    ///
    /// # Errors
    /// When it is there already or cannot be written.
    pub fn create(path: &Path) -> Result<Key, KeyError> {
        let mut bytes = [0; 64];
        getrandom::fill(&mut bytes).map_err(KeyError::Random)?;
        Key::create_of(path, bytes)
    }

    /// Makes the key file of these bytes; for demonstrations, whose key is no secret.
    ///
    /// # Errors
    /// When it is there already or cannot be written.
    pub fn create_of(path: &Path, bytes: [u8; 64]) -> Result<Key, KeyError> {
        use std::io::Write as _;
        use std::os::unix::fs::OpenOptionsExt as _;
        let mut options = std::fs::OpenOptions::new();
        let written = options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| {
                writeln!(file, "{}", hex(&bytes))?;
                file.sync_all()
            });
        written.map_err(|source| KeyError::File {
            path: path.to_owned(),
            source,
        })?;
        Ok(Key::from_bytes(bytes))
    }

    /// The keyed hash of an identity number: the person's number, below 2^63, and 32 more hexadecimal digits.
    #[must_use]
    pub fn find(&self, identity_number: &str) -> (u64, String) {
        let mut hash = [0; 32];
        // A key of any length will do, so this cannot fail.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.find) {
            mac.update(identity_number.as_bytes());
            hash = mac.finalize().into_bytes().into();
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hash[..8]);
        (u64::from_be_bytes(first) >> 1, hex(&hash[8..24]))
    }

    /// Seals a text for a person; nobody without the key reads it, and it cannot be passed off as another person's.
    ///
    /// # Errors
    /// When no random numbers can be had.
    pub fn seal(&self, person: u64, text: &str) -> Result<String, KeyError> {
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(KeyError::Random)?;
        self.sealed(person, text, nonce)
    }

    /// Seals a text so that the same text gives the same bytes; for demonstrations, which are the same each time. Whoever sees two
    /// of them sees whether they are the same.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal_same(&self, person: u64, text: &str) -> Result<String, KeyError> {
        let mut nonce = [0; 24];
        // A key of any length will do, so this cannot fail.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.seal) {
            mac.update(&person.to_be_bytes());
            mac.update(text.as_bytes());
            let hash: [u8; 32] = mac.finalize().into_bytes().into();
            nonce.copy_from_slice(&hash[..24]);
        }
        self.sealed(person, text, nonce)
    }

    fn sealed(&self, person: u64, text: &str, nonce: [u8; 24]) -> Result<String, KeyError> {
        let cipher = XChaCha20Poly1305::new(&self.seal.into());
        let payload = Payload {
            msg: text.as_bytes(),
            aad: &person.to_be_bytes(),
        };
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| KeyError::Unsealable)?;
        Ok(format!("{}{}", hex(&nonce), hex(&sealed)))
    }

    /// Opens what was sealed for a person.
    ///
    /// # Errors
    /// When it was sealed with another key, for another person, or was changed.
    pub fn open(&self, person: u64, sealed: &str) -> Result<String, KeyError> {
        let bytes = unhex(sealed).ok_or(KeyError::Unsealable)?;
        let (nonce, sealed) = bytes
            .split_first_chunk::<24>()
            .ok_or(KeyError::Unsealable)?;
        let cipher = XChaCha20Poly1305::new(&self.seal.into());
        let payload = Payload {
            msg: sealed,
            aad: &person.to_be_bytes(),
        };
        let opened = cipher
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| KeyError::Unsealable)?;
        String::from_utf8(opened).map_err(|_| KeyError::Unsealable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_for_its_person_and_key_alone() -> Result<(), KeyError> {
        let key = Key::from_bytes([7; 64]);
        let sealed = key.seal(5, "张三 110101199001011234")?;
        assert!(!sealed.contains("张三"));
        assert_ne!(sealed, key.seal(5, "张三 110101199001011234")?);
        assert_eq!(key.open(5, &sealed)?, "张三 110101199001011234");
        assert!(key.open(6, &sealed).is_err());
        assert!(Key::from_bytes([8; 64]).open(5, &sealed).is_err());
        let changed = sealed.replace(char::is_numeric, "a");
        assert!(key.open(5, &changed).is_err());
        assert!(key.open(5, "00").is_err());
        let same = key.seal_same(5, "张三")?;
        assert_eq!(same, key.seal_same(5, "张三")?);
        assert_ne!(same, key.seal_same(6, "张三")?);
        assert_eq!(key.open(5, &same)?, "张三");
        Ok(())
    }

    #[test]
    fn the_keyed_hash_is_the_same_for_the_same_number_and_key() {
        let key = Key::from_bytes([7; 64]);
        assert_eq!(
            key.find("110101199001011234"),
            key.find("110101199001011234")
        );
        assert_ne!(
            key.find("110101199001011234"),
            key.find("110101199001011235")
        );
        let other = Key::from_bytes([9; 64]);
        assert_ne!(
            key.find("110101199001011234"),
            other.find("110101199001011234")
        );
        assert!(key.find("110101199001011234").0 < 1 << 63);
    }
}
