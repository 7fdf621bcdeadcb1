//! `Settings`: what the service is told before it opens its doors, and for each value who told it.

mod fault;
mod file;
mod institution;
mod key;
mod secret;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

pub use fault::{Fault, Faults};
pub use institution::Institution;
pub use key::{KEYS, Key};
pub use secret::Secret;

use crate::Profile;
use crate::codes::Delivery;
use crate::logging::Form;
use file::File;

/// What the service is told before it opens its doors. There is no secret in it that shows itself.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The files of TLS; without them it listens in the clear.
    pub tls: Option<TlsFiles>,
    /// Whether this is a place to try things, with nobody's money.
    pub sandbox: bool,
    /// What an institution that is not listed must prove; none: it is refused.
    pub default_profile: Option<Profile>,
    /// How old or how far ahead a signed message may be, in seconds.
    pub window: u32,
    /// How much is let in.
    pub bounds: Bounds,
    /// The log of who did what.
    pub access_log: PathBuf,
    /// How large it grows before it is put aside, in bytes.
    pub access_log_size: u64,
    /// Messages word for word, for those who connect a new system; usually none.
    pub trace: Option<PathBuf>,
    /// How large that file grows, in bytes.
    pub trace_size: u64,
    /// How much the program's own log tells.
    pub log: String,
    /// How it is written.
    pub log_form: Form,
    /// Where uploaded and prepared files lie.
    pub files: PathBuf,
    /// How one-time codes reach insured persons who sign in.
    pub one_time_codes: Delivery,
    /// Whether operators sign in at the pages.
    pub operators: bool,
    /// Whether a proxy on this machine tells from where a client comes.
    pub proxy: bool,
    /// The institutions that are known, by code.
    pub institutions: BTreeMap<String, Institution>,
    /// The deployment's disease codes, and the policy's name for each.
    pub diseases: BTreeMap<String, String>,
    told: Vec<Told>,
}

/// The messages of a sandbox, in the data directory, where nothing else is said.
const TRACE: &str = "trace.jsonl";

/// The files of TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate and those that vouch for it, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
}

/// How much is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Messages a second from one institution.
    pub institution_rate: NonZeroU32,
    /// Messages a second from one address.
    pub address_rate: NonZeroU32,
    /// The largest body, in bytes.
    pub body: usize,
    /// The largest body with a file in it, in bytes.
    pub upload: usize,
    /// Messages that wait or are being carried out.
    pub waiting: usize,
}

/// One value and who told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The key, or `institution` and its code, or `diseases`.
    pub key: String,
    /// The value, as it was written; for a secret only where it lies.
    pub value: String,
    /// Who told it.
    pub from: Origin,
}

/// Who told a value, the strongest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An argument of the command, by its name.
    Flag(String),
    /// A variable of the environment, by its name.
    Environment(String),
    /// A line of the settings file.
    File(PathBuf, usize),
    /// Nobody: what holds where nothing is said.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(name) | Origin::Environment(name) => f.write_str(name),
            Origin::File(path, line) => write!(f, "{}:{line}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// Where values come from. The environment is a function, so that only the door of the program touches the real one.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// Key and value of each argument that was given.
    pub flags: &'a [(&'a str, String)],
    /// A variable of the environment.
    pub environment: &'a dyn Fn(&str) -> Option<String>,
    /// The settings file.
    pub file: Option<&'a Path>,
    /// The folder that the defaults are relative to: the agency's data directory.
    pub home: &'a Path,
}

impl Settings {
    /// Reads the file, if one is named, and decides every value.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place, value and rule.
    pub fn load(sources: Sources<'_>) -> Result<Settings, Faults> {
        let file = match sources.file {
            Some(path) => File::read(path)?,
            None => File::default(),
        };
        let (texts, unknown) = precedence(&sources, &file);
        let mut faults = unknown;
        let mut settings = Settings::bare(sources.home);
        for text in texts {
            settings.take(text, &mut faults);
        }
        let secrets = sources.environment;
        settings.institutions = institution::all(&file, secrets, &mut faults);
        settings.diseases = file.diseases(&mut faults);
        settings.together(sources.home, &mut faults);
        settings.tell(&file);
        faults.or(settings)
    }

    /// Where messages are kept word for word, by what of these sources says so, whatever else is wrong with them; where none does, the
    /// place of a sandbox.
    #[must_use]
    pub fn trace_of(sources: &Sources<'_>) -> PathBuf {
        let file = sources.file.and_then(|path| File::read(path).ok());
        let (texts, _) = precedence(sources, &file.unwrap_or_default());
        let text = texts.into_iter().find(|text| text.key.name == "trace");
        let named = text.and_then(|text| key::path(&text.value, &text.folder));
        named.unwrap_or_else(|| sources.home.join(TRACE))
    }

    /// Every value with who told it; the table that `--print-settings` shows.
    #[must_use]
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// What is allowed and should be known: said once when the service opens.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.tls.is_none() && !self.listen.ip().is_loopback() {
            let listen = self.listen;
            warnings.push(format!("{listen} is reached without TLS: whoever is on the way reads names and identity numbers"));
        }
        if self.default_profile == Some(Profile::None) {
            warnings.push("an institution that is not listed is believed without proof".to_owned());
        }
        if let (Some(trace), false) = (&self.trace, self.sandbox) {
            let trace = trace.display();
            warnings.push(format!(
                "{trace} takes every message word for word, with names and identity numbers"
            ));
        }
        if self.sandbox && self.trace.is_some() && !self.listen.ip().is_loopback() {
            let listen = self.listen;
            warnings.push(format!(
                "{listen}: whoever reaches it reads every message at /trace"
            ));
        }
        for institution in self.institutions.values() {
            let code = &institution.code;
            if institution.profile == Profile::None {
                warnings.push(format!("institution {code} is believed without proof"));
            }
            let secrets = [&institution.secret, &institution.signing_key];
            for secret in secrets
                .into_iter()
                .flatten()
                .filter(|secret| secret.is_open())
            {
                let from = secret.from();
                warnings.push(format!(
                    "institution {code}: {from}: everybody on this machine may read the secret"
                ));
            }
        }
        warnings
    }

    /// What each field is before any key is read; every key with a default overwrites its own.
    fn bare(home: &Path) -> Settings {
        Settings {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            tls: None,
            sandbox: false,
            default_profile: None,
            window: 0,
            bounds: Bounds {
                institution_rate: NonZeroU32::MIN,
                address_rate: NonZeroU32::MIN,
                body: 0,
                upload: 0,
                waiting: 0,
            },
            access_log: home.to_owned(),
            access_log_size: 0,
            trace: None,
            trace_size: 0,
            log: String::new(),
            log_form: Form::Auto,
            files: home.to_owned(),
            one_time_codes: Delivery::Off,
            operators: false,
            proxy: false,
            institutions: BTreeMap::new(),
            diseases: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    fn take(&mut self, text: Text, faults: &mut Faults) {
        if (text.key.set)(self, &text.value, &text.folder).is_some() {
            self.told.push(Told {
                key: text.key.name.to_owned(),
                value: text.value,
                from: text.from,
            });
        } else {
            faults.push(Fault {
                at: text.from,
                key: text.key.name.to_owned(),
                value: Some(text.value),
                rule: text.key.rule.to_owned(),
                hint: None,
            });
        }
    }

    /// What several keys say together.
    fn together(&mut self, home: &Path, faults: &mut Faults) {
        let said = |key: &str| self.told.iter().find(|told| told.key == key);
        let (certificate, key) = (said("certificate"), said("certificate_key"));
        for (one, other) in [
            (certificate, key.is_none().then_some("certificate_key")),
            (key, certificate.is_none().then_some("certificate")),
        ] {
            if let (Some(told), Some(missing)) = (one, other) {
                faults.push(Fault {
                    at: told.from.clone(),
                    key: told.key.clone(),
                    value: Some(told.value.clone()),
                    rule: format!("TLS needs a certificate and its key; `{missing}` is not said"),
                    hint: None,
                });
            }
        }
        if said("default_profile").is_none() && self.sandbox {
            self.default_profile = Some(Profile::None);
        }
        if said("one_time_codes").is_none() && self.sandbox {
            self.one_time_codes = Delivery::Shown;
        }
        if said("operators").is_none() && self.sandbox {
            self.operators = true;
        }
        if let (Some(told), Delivery::Shown, false) =
            (said("one_time_codes"), &self.one_time_codes, self.sandbox)
        {
            faults.push(Fault {
                at: told.from.clone(),
                key: told.key.clone(),
                value: Some(told.value.clone()),
                rule: "codes that are shown prove nothing: only a sandbox shows them".to_owned(),
                hint: None,
            });
        }
        if said("trace").is_none() && self.sandbox {
            self.trace = Some(home.join(TRACE));
            self.told.push(Told {
                key: "trace".to_owned(),
                value: TRACE.to_owned(),
                from: Origin::Default,
            });
        }
    }

    fn tell(&mut self, file: &File) {
        for institution in self.institutions.values() {
            self.told.push(Told {
                key: format!("institution {}", institution.code),
                value: institution.told(),
                from: institution.from.clone(),
            });
        }
        for (code, name) in &self.diseases {
            self.told.push(Told {
                key: format!("diseases {code}"),
                value: name.clone(),
                from: file.disease_origin(code),
            });
        }
    }
}

/// The text of one key, and who told it.
struct Text {
    key: &'static Key,
    value: String,
    from: Origin,
    folder: PathBuf,
}

/// The one place where precedence is decided: an argument before the environment, the environment before the file, the
/// file before the default. An empty variable says nothing. A path is relative to the working directory when an argument
/// or the environment says it, to the settings file when the file says it, to the data directory when it is a default.
fn precedence(sources: &Sources<'_>, file: &File) -> (Vec<Text>, Faults) {
    let mut unknown = file.unknown_keys();
    for (name, value) in sources.flags {
        if KEYS.iter().all(|key| key.name != *name) {
            unknown.push(Fault::unknown(
                Origin::Flag(format!("--{name}")),
                name,
                value,
            ));
        }
    }
    let texts = KEYS.iter().filter_map(|key| {
        let flag = sources.flags.iter().find(|(name, _)| *name == key.name);
        let flag = flag.map(|(_, value)| (value.clone(), Origin::Flag(key.flag()), PathBuf::new()));
        let environment = || {
            let said = |name: String| {
                let value = (sources.environment)(&name).filter(|value| !value.is_empty())?;
                Some((value, Origin::Environment(name), PathBuf::new()))
            };
            key.variables().find_map(said)
        };
        let written = || file.text(key.name);
        let default = || {
            let value = key.default?.to_owned();
            Some((value, Origin::Default, sources.home.to_owned()))
        };
        let (value, from, folder) = flag
            .or_else(environment)
            .or_else(written)
            .or_else(default)?;
        Some(Text {
            key,
            value,
            from,
            folder,
        })
    });
    (texts.collect(), unknown)
}
