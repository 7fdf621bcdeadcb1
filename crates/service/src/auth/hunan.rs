//! The profile `hunan`: HMAC-SHA1 over key, name, time and version in the headers, as the CSB gateway has it.
//!
//! The body is not covered: within half an hour whoever saw the headers can put them before another message of the same
//! transaction. What keeps them from being seen is TLS or a private network.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::credential::Shared;
use super::{Denied, Knock, header, punctual, time};

pub(super) const KEY: &str = "_api_access_key";
const NAME: &str = "_api_name";
const TIME: &str = "_api_timestamp";
const VERSION: &str = "_api_version";
const SIGNATURE: &str = "_api_signature";

/// Half an hour, which the gateway's clients count on.
const WINDOW: i64 = 30 * 60;

pub(super) fn check(knock: &Knock<'_>, key: &Shared) -> Result<(), Denied> {
    let access_key = header(knock, KEY)?;
    let name = header(knock, NAME)?;
    let stamp = header(knock, TIME)?;
    let version = header(knock, VERSION)?;
    let signature = header(knock, SIGNATURE)?;
    if access_key != key.name {
        return Err(Denied::Key { header: KEY });
    }
    punctual(time(stamp, 13, TIME)? / 1000, knock.now, WINDOW)?;
    let text = format!("{KEY}={access_key}&{NAME}={name}&{TIME}={stamp}&{VERSION}={version}");
    let signature = STANDARD.decode(signature).map_err(|_| Denied::Signature)?;
    if !key
        .secrets
        .iter()
        .any(|secret| holds(secret, &text, &signature))
    {
        return Err(Denied::Signature);
    }
    if !names(name, knock.number) {
        return Err(Denied::Transaction { header: NAME });
    }
    Ok(())
}

fn holds(secret: &str, text: &str, signature: &[u8]) -> bool {
    Hmac::<Sha1>::new_from_slice(secret.as_bytes())
        .is_ok_and(|mac| mac.chain_update(text).verify_slice(signature).is_ok())
}

/// `2207` and `api_2207` name the transaction 2207, and its other form 2207A.
fn names(name: &str, number: &str) -> bool {
    let name = name.strip_prefix("api_").unwrap_or(name);
    let plain = number.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    !plain.is_empty() && (name.eq_ignore_ascii_case(number) || name == plain)
}
