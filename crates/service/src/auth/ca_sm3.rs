//! The profile `x-ca`: HMAC-SM3 over time and body.
//!
//! The whole message is covered, and the same signature serves once.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sm3::Sm3;

use super::credential::Shared;
use super::hex::unhex;
use super::tif::once;
use super::{Denied, Knock, Once, header, punctual, time};

pub(super) const KEY: &str = "x-ca-key";
const SIGNATURE: &str = "x-ca-signature";

pub(super) fn check(knock: &Knock<'_>, key: &Shared, window: i64) -> Result<Once, Denied> {
    let name = header(knock, KEY)?;
    let signature = header(knock, SIGNATURE)?;
    if name != key.name {
        return Err(Denied::Key { header: KEY });
    }
    let (stamp, code) = signature.split_once(':').ok_or(Denied::Signature)?;
    let seconds = time(stamp, 10, SIGNATURE)?;
    punctual(seconds, knock.now, window)?;
    let code = unhex(code).ok_or(Denied::Signature)?;
    let holds = |secret: &String| {
        Hmac::<Sm3>::new_from_slice(secret.as_bytes()).is_ok_and(|mac| {
            let mac = mac.chain_update(stamp).chain_update("\n");
            mac.chain_update(knock.body).verify_slice(&code).is_ok()
        })
    };
    if !key.secrets.iter().any(holds) {
        return Err(Denied::Signature);
    }
    // The bytes, not the text: the same digits can be written large or small.
    Ok(once(seconds, &code))
}
