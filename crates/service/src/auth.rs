//! `Doors`: who may come in. An institution proves itself by its profile before anything of its message is carried out.

mod ca_sm3;
mod credential;
mod denied;
mod hex;
mod hunan;
mod memory;
mod sm2_sm4;
#[cfg(test)]
mod tests;
mod tif;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Profile;
use crate::settings::Settings;

pub use credential::KeyFault;
pub use denied::Denied;
pub use sm2_sm4::Sealed;

use credential::Credential;
use memory::Memory;

/// A message at the door, before anybody knows whose it is.
#[derive(Clone, Copy)]
pub struct Knock<'a> {
    /// A header by its name in small letters.
    pub headers: &'a dyn Fn(&str) -> Option<&'a str>,
    /// The body, byte by byte as it came.
    pub body: &'a [u8],
    /// The code of the institution that the message says it comes from.
    pub institution: &'a str,
    /// The number of the transaction.
    pub number: &'a str,
    /// The input, where it is a text: for `sm2-sm4` the encrypted one.
    pub input: Option<&'a str>,
    /// The signature that stands in the message itself.
    pub signature: Option<&'a str>,
    /// The time, in seconds since 1970.
    pub now: i64,
}

/// A message that was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Whose message it is.
    pub institution: String,
    /// How it was proved.
    pub profile: Profile,
    /// The input in the clear, where the profile encrypts it.
    pub input: Option<String>,
    /// What the memory holds of it.
    once: Option<Once>,
    /// How the answer is sealed.
    seal: Option<sm2_sm4::Manner>,
}

/// What tells one signed message from another: its time, and a digest of its nonce or signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Once {
    time: i64,
    digest: [u8; 16],
}

/// Who may come in, and what those who came lately have used up.
pub struct Doors {
    doors: BTreeMap<String, Door>,
    /// Whose each named key is.
    owners: BTreeMap<(Profile, String), String>,
    default: Option<Profile>,
    window: i64,
}

struct Door {
    credential: Credential,
    memory: Mutex<Memory>,
}

/// The headers that name a key, by profile.
const KEY_HEADERS: [(Profile, &str); 3] = [
    (Profile::Hunan, hunan::KEY),
    (Profile::XTif, tif::KEY),
    (Profile::XCa, ca_sm3::KEY),
];

/// How far a clock of an institution may be ahead of ours, in seconds, where the window is not smaller still.
const AHEAD: i64 = 300;

impl Doors {
    /// With the keys of the settings.
    ///
    /// # Errors
    /// Every key that is none, by institution; no key is shown.
    pub fn new(settings: &Settings) -> Result<Doors, Vec<KeyFault>> {
        let mut doors = Doors {
            doors: BTreeMap::new(),
            owners: BTreeMap::new(),
            default: settings.default_profile,
            window: i64::from(settings.window),
        };
        let mut faults = Vec::new();
        for (code, institution) in &settings.institutions {
            match Credential::of(institution) {
                Ok(credential) => {
                    let key = (institution.profile, institution.access_key.clone());
                    doors.owners.insert(key, code.clone());
                    let memory = Mutex::default();
                    let door = Door { credential, memory };
                    doors.doors.insert(code.clone(), door);
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(doors)
        } else {
            Err(faults)
        }
    }

    /// Lets the message in or not. First it is settled whose key it is, then whether the institution is known, then whether
    /// the proof holds, and last whether the same signed message was here before: only a proof that holds is remembered.
    ///
    /// # Errors
    /// Why it is not let in.
    pub fn admit(&self, knock: &Knock<'_>) -> Result<Admitted, Denied> {
        self.own_key(knock)?;
        let Some(door) = self.doors.get(knock.institution) else {
            return match self.default {
                Some(Profile::None) => Ok(admitted(knock, Profile::None)),
                _ => Err(Denied::Institution),
            };
        };
        let admitted = door.credential.admit(knock, self.window)?;
        if let Some(once) = admitted.once {
            let oldest = knock.now.saturating_sub(self.window);
            door.memory().remember(once, oldest)?;
        }
        Ok(admitted)
    }

    /// Forgets that the message was here: it was not carried out, so the sender may send it again as it is.
    pub fn release(&self, admitted: &Admitted) {
        if let (Some(once), Some(door)) = (admitted.once, self.doors.get(&admitted.institution)) {
            door.memory().forget(once);
        }
    }

    /// The output encrypted and signed for who sent the message; none where its profile leaves answers in the clear.
    #[must_use]
    pub fn seal(&self, admitted: &Admitted, output: &str) -> Option<Sealed> {
        let door = self.doors.get(&admitted.institution)?;
        match &door.credential {
            Credential::Sm2Sm4(keys) => keys.seal(admitted.seal?, output),
            _ => None,
        }
    }

    /// A key of one institution cannot speak for another, whatever profile that one has.
    fn own_key(&self, knock: &Knock<'_>) -> Result<(), Denied> {
        for (profile, header) in KEY_HEADERS {
            let key = (knock.headers)(header).map(|key| (profile, key.to_owned()));
            let owner = key.and_then(|key| self.owners.get(&key));
            if owner.is_some_and(|owner| owner != knock.institution) {
                return Err(Denied::OthersKey { header });
            }
        }
        Ok(())
    }
}

impl Door {
    /// A thread that panicked here leaves the memory whole: each change is one step.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn admitted(knock: &Knock<'_>, profile: Profile) -> Admitted {
    Admitted {
        institution: knock.institution.to_owned(),
        profile,
        input: None,
        once: None,
        seal: None,
    }
}

fn header<'a>(knock: &Knock<'a>, name: &'static str) -> Result<&'a str, Denied> {
    let value = (knock.headers)(name).filter(|value| !value.is_empty());
    value.ok_or(Denied::Header { name })
}

/// A time of just so many digits: a second way to write it could move a digit into what stands beside it.
fn time(text: &str, digits: usize, name: &'static str) -> Result<i64, Denied> {
    let exact = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = exact.then(|| text.parse().ok()).flatten();
    number.ok_or(Denied::NoTime { name })
}

fn punctual(time: i64, now: i64, window: i64) -> Result<(), Denied> {
    let age = now.saturating_sub(time);
    if age > window {
        return Err(Denied::Late { age, window });
    }
    let ahead = age.saturating_neg();
    if ahead > AHEAD.min(window) {
        return Err(Denied::Early { ahead });
    }
    Ok(())
}
