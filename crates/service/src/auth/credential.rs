//! `Credential`: what one institution's proofs are held against.

use super::sm2_sm4::Keys;
use super::{Admitted, Denied, Knock, admitted, ca_sm3, hunan, sm2_sm4, tif};
use crate::Profile;
use crate::settings::{Institution, Secret};

/// A key that is none. No key is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("institution {institution}: {from}: {rule}")]
pub struct KeyFault {
    /// Whose.
    pub institution: String,
    /// Where it lies.
    pub from: String,
    /// What it should be.
    pub rule: &'static str,
}

/// What one institution's proofs are held against.
pub(super) enum Credential {
    None,
    Hunan(Shared),
    XTif(Shared),
    XCa(Shared),
    Sm2Sm4(Box<Keys>),
}

/// A key by its name, and the secrets that it may be used with: one, or two while one takes the place of the other.
pub(super) struct Shared {
    pub(super) name: String,
    pub(super) secrets: Vec<String>,
}

const TWO: &str = "a secret is one line, or two while one takes the place of the other";

impl Credential {
    pub(super) fn of(institution: &Institution) -> Result<Credential, KeyFault> {
        Ok(match institution.profile {
            Profile::None => Credential::None,
            Profile::Hunan => Credential::Hunan(shared(institution)?),
            Profile::XTif => Credential::XTif(shared(institution)?),
            Profile::XCa => Credential::XCa(shared(institution)?),
            Profile::Sm2Sm4 => Credential::Sm2Sm4(Box::new(sm2_sm4::keys(institution)?)),
        })
    }

    /// Whether the proof holds; nothing is remembered here.
    pub(super) fn admit(&self, knock: &Knock<'_>, window: i64) -> Result<Admitted, Denied> {
        let once = match self {
            Credential::None => return Ok(admitted(knock, Profile::None)),
            Credential::Sm2Sm4(keys) => return keys.open(knock),
            Credential::Hunan(key) => {
                hunan::check(knock, key)?;
                return Ok(admitted(knock, Profile::Hunan));
            }
            Credential::XTif(key) => (Profile::XTif, tif::check(knock, key, window)?),
            Credential::XCa(key) => (Profile::XCa, ca_sm3::check(knock, key, window)?),
        };
        Ok(Admitted {
            once: Some(once.1),
            ..admitted(knock, once.0)
        })
    }
}

fn shared(institution: &Institution) -> Result<Shared, KeyFault> {
    let secret = needed(institution, institution.secret.as_ref())?;
    Ok(Shared {
        name: institution.access_key.clone(),
        secrets: lines(institution, secret)?,
    })
}

/// The lines of the secret.
pub(super) fn lines(institution: &Institution, secret: &Secret) -> Result<Vec<String>, KeyFault> {
    let lines: Vec<String> = secret.lines().map(str::to_owned).collect();
    if (1..=2).contains(&lines.len()) {
        Ok(lines)
    } else {
        Err(fault(institution, secret, TWO))
    }
}

/// The settings have asked for it already; nobody is let in without it all the same.
pub(super) fn needed<'a>(
    institution: &Institution,
    secret: Option<&'a Secret>,
) -> Result<&'a Secret, KeyFault> {
    secret.ok_or_else(|| KeyFault {
        institution: institution.code.clone(),
        from: "settings".to_owned(),
        rule: "a key that the profile needs is not said",
    })
}

pub(super) fn fault(institution: &Institution, secret: &Secret, rule: &'static str) -> KeyFault {
    KeyFault {
        institution: institution.code.clone(),
        from: secret.from().to_owned(),
        rule,
    }
}
