//! The profile `x-tif`: SHA-256 over time, secret, nonce and time again.
//!
//! The body is not covered, but a nonce serves once: who saw the headers can use them only instead of their sender.

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::credential::Shared;
use super::hex::unhex;
use super::{Denied, Knock, Once, header, punctual, time};

pub(super) const KEY: &str = "x-tif-paasid";
const TIME: &str = "x-tif-timestamp";
const NONCE: &str = "x-tif-nonce";
const SIGNATURE: &str = "x-tif-signature";

pub(super) fn check(knock: &Knock<'_>, key: &Shared, window: i64) -> Result<Once, Denied> {
    let platform = header(knock, KEY)?;
    let stamp = header(knock, TIME)?;
    let nonce = header(knock, NONCE)?;
    let signature = header(knock, SIGNATURE)?;
    if platform != key.name {
        return Err(Denied::Key { header: KEY });
    }
    let seconds = time(stamp, 10, TIME)?;
    punctual(seconds, knock.now, window)?;
    let signature = unhex(signature).ok_or(Denied::Signature)?;
    let holds = |secret: &String| {
        let expected = Sha256::new()
            .chain_update(stamp)
            .chain_update(secret)
            .chain_update(nonce)
            .chain_update(stamp)
            .finalize();
        bool::from(expected.as_slice().ct_eq(&signature))
    };
    if !key.secrets.iter().any(holds) {
        return Err(Denied::Signature);
    }
    Ok(once(seconds, nonce.as_bytes()))
}

/// Half of the hash is enough to tell nonces apart.
pub(super) fn once(time: i64, told: &[u8]) -> Once {
    let mut digest = [0; 16];
    digest.copy_from_slice(&Sha256::digest(told)[..16]);
    Once { time, digest }
}
