//! `Institution`: what is settled with one institution: its profile, its keys and the habits of its software.

use std::collections::BTreeMap;

use toml::Spanned;

use super::file::{File, InstitutionForm};
use super::key::path;
use super::{Fault, Faults, Origin, Secret};
use crate::Profile;

/// What is settled with one institution.
#[derive(Clone, Debug)]
pub struct Institution {
    /// Its code, as its messages say it.
    pub code: String,
    /// How it proves who it is.
    pub profile: Profile,
    /// The name of its key: access key, platform number, client number; for SM2 the user id.
    pub access_key: String,
    /// The secret that it shares with the agency; for `sm2-sm4` the SM4 key.
    pub secret: Option<Secret>,
    /// Its SM2 public key.
    pub public_key: Option<Secret>,
    /// The agency's SM2 private key, by which answers to it are signed.
    pub signing_key: Option<Secret>,
    /// Whether the status code of an answer is a text for its software, and not a number.
    pub status_as_text: bool,
    /// Whether every field that the specification requires is asked for.
    pub strict: bool,
    /// Whether its software counts the account among the funds.
    pub fund_includes_account: bool,
    pub(super) from: Origin,
}

impl Institution {
    /// One line for those who look at the settings; no secret, only where it lies.
    pub(super) fn told(&self) -> String {
        let mut told = format!("profile {}", self.profile.name());
        if !self.access_key.is_empty() {
            told += &format!(", access key {}", self.access_key);
        }
        let keys = [
            ("secret", &self.secret),
            ("public key", &self.public_key),
            ("signing key", &self.signing_key),
        ];
        for (name, key) in keys {
            if let Some(key) = key {
                told += &format!(", {name} from {}", key.from());
            }
        }
        let status = if self.status_as_text {
            "text"
        } else {
            "number"
        };
        told += &format!(", status code {status}");
        if self.strict {
            told += ", strict";
        }
        if self.fund_includes_account {
            told += ", fund includes account";
        }
        told
    }
}

/// All institutions of the file; a code and a key belong to one of them.
pub(super) fn all(
    file: &File,
    environment: &dyn Fn(&str) -> Option<String>,
    faults: &mut Faults,
) -> BTreeMap<String, Institution> {
    let mut all: BTreeMap<String, Institution> = BTreeMap::new();
    for form in file.institutions() {
        let mut reader = Reader {
            file,
            form: form.get_ref(),
            environment,
            faults,
        };
        let Some(institution) = reader.institution() else {
            continue;
        };
        let same_key = |other: &&Institution| {
            !institution.access_key.is_empty()
                && other.profile == institution.profile
                && other.access_key == institution.access_key
        };
        if let Some(other) = all.values().find(same_key) {
            let rule = format!("the key is that of {}: a key has one owner", other.code);
            reader.fault("access_key", reader.form.access_key.as_ref(), &rule, None);
        }
        if all.contains_key(&institution.code) {
            let code = Some(&reader.form.code);
            reader.fault("code", code, "the institution is listed twice", None);
        }
        all.insert(institution.code.clone(), institution);
    }
    all
}

const NOT_HERE: &str = "a secret does not stand in the settings file";
const WHERE: &str = "put it in a file of its own that only the service may read, and name it";

/// Reads one table.
struct Reader<'a> {
    file: &'a File,
    form: &'a InstitutionForm,
    environment: &'a dyn Fn(&str) -> Option<String>,
    faults: &'a mut Faults,
}

impl<'a> Reader<'a> {
    fn institution(&mut self) -> Option<Institution> {
        let form = self.form;
        self.no_secret("secret", form.secret.as_ref().map(Spanned::span));
        self.no_secret("signing_key", form.signing_key.as_ref().map(Spanned::span));
        let code = self.code();
        let profile = self.profile()?;
        let secret = self.secret("secret", &form.secret_file, &form.secret_env);
        let public_key = self.secret("public_key", &form.public_key_file, &None);
        let signing = (&form.signing_key_file, &form.signing_key_env);
        let signing_key = self.secret("signing_key", signing.0, signing.1);
        let institution = Institution {
            code,
            profile,
            access_key: form
                .access_key
                .as_ref()
                .map_or_else(String::new, |key| key.get_ref().trim().to_owned()),
            secret,
            public_key,
            signing_key,
            status_as_text: self.status_as_text(),
            strict: form.strict,
            fund_includes_account: form.fund_includes_account,
            from: self.file.at(form.code.span().start),
        };
        self.complete(&institution);
        Some(institution)
    }

    fn fault(
        &mut self,
        key: &str,
        value: Option<&Spanned<String>>,
        rule: &str,
        hint: Option<&str>,
    ) {
        let place = value.unwrap_or(&self.form.code).span().start;
        self.faults.push(Fault {
            at: self.file.at(place),
            key: format!("institution.{key}"),
            value: value.map(|value| value.get_ref().clone()),
            rule: rule.to_owned(),
            hint: hint.map(str::to_owned),
        });
    }

    /// Refuses a secret without ever showing it.
    fn no_secret(&mut self, key: &str, found: Option<std::ops::Range<usize>>) {
        let Some(span) = found else {
            return;
        };
        self.faults.push(Fault {
            at: self.file.at(span.start),
            key: format!("institution.{key}"),
            value: None,
            rule: NOT_HERE.to_owned(),
            hint: Some(format!("{WHERE}: `{key}_file = \"…\"` or `{key}_env = \"…\"`; the one that stood here is known to all who read the file")),
        });
    }

    fn code(&mut self) -> String {
        let code = &self.form.code;
        let length = code.get_ref().len();
        if !(1..=30).contains(&length) || !code.get_ref().bytes().all(|b| b.is_ascii_alphanumeric())
        {
            let rule = "an institution's code is up to 30 letters and digits";
            self.fault("code", Some(code), rule, None);
        }
        code.get_ref().clone()
    }

    fn profile(&mut self) -> Option<Profile> {
        let text = &self.form.profile;
        let profile = Profile::named(text.get_ref());
        if profile.is_none() {
            let names = Profile::ALL.map(|profile| format!("`{}`", profile.name()));
            let rule = format!("a profile is one of {}", names.join(", "));
            self.fault("profile", Some(text), &rule, None);
        }
        profile
    }

    fn status_as_text(&mut self) -> bool {
        let Some(text) = &self.form.status_code else {
            return false;
        };
        match text.get_ref().as_str() {
            "text" => return true,
            "number" => {}
            _ => self.fault("status_code", Some(text), "it is `number` or `text`", None),
        }
        false
    }

    fn secret(
        &mut self,
        key: &str,
        in_file: &'a Option<Spanned<String>>,
        in_environment: &'a Option<Spanned<String>>,
    ) -> Option<Secret> {
        let (name, text, secret) = match (in_file, in_environment) {
            (None, None) => return None,
            (Some(text), Some(_)) => {
                let rule = format!("it is in a file or in the environment; `{key}_env` says both");
                self.fault(&format!("{key}_file"), Some(text), &rule, None);
                return None;
            }
            (Some(text), None) => {
                let secret = match path(text.get_ref(), &self.file.folder()) {
                    Some(path) => Secret::read(&path),
                    None => Err("a path is not empty".to_owned()),
                };
                (format!("{key}_file"), text, secret)
            }
            (None, Some(text)) if !is_variable(text.get_ref()) => {
                self.no_name(key, text);
                return None;
            }
            (None, Some(text)) => (
                format!("{key}_env"),
                text,
                Secret::found(text.get_ref(), self.environment),
            ),
        };
        secret
            .map_err(|why| self.fault(&name, Some(text), &why, None))
            .ok()
    }

    /// What is no name of a variable may be the secret itself, so it is not shown.
    fn no_name(&mut self, key: &str, text: &Spanned<String>) {
        self.faults.push(Fault {
            at: self.file.at(text.span().start),
            key: format!("institution.{key}_env"),
            value: None,
            rule: "the name of a variable is capital letters, digits and `_`".to_owned(),
            hint: Some("it names the variable; it is not the secret itself".to_owned()),
        });
    }

    /// What the profile needs, and nothing that it does not read.
    fn complete(&mut self, institution: &Institution) {
        let profile = institution.profile;
        let (signs, seals) = (profile != Profile::None, profile == Profile::Sm2Sm4);
        let form = self.form;
        let secret = form.secret_file.is_some() || form.secret_env.is_some();
        let signing = form.signing_key_file.is_some() || form.signing_key_env.is_some();
        let public = form.public_key_file.is_some();
        for (key, present, needed, allowed) in [
            (
                "access_key",
                !institution.access_key.is_empty(),
                signs,
                signs,
            ),
            ("secret_file", secret || form.secret.is_some(), signs, signs),
            ("public_key_file", public, seals, seals),
            ("signing_key_file", signing, false, seals),
        ] {
            let name = profile.name();
            if needed && !present {
                let rule = format!("the profile `{name}` needs it");
                self.fault(key, None, &rule, None);
            }
            if present && !allowed {
                let rule = format!("the profile `{name}` has no use for it");
                self.fault(key, None, &rule, None);
            }
        }
    }
}

fn is_variable(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    !name.is_empty() && name.bytes().all(allowed)
}
