//! `File`: the settings file as it is written, with the place of every value.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use toml::Spanned;

use super::{Fault, Faults, KEYS, Origin};

/// The settings file as it is written.
#[derive(Default)]
pub(super) struct File {
    path: PathBuf,
    text: String,
    form: Form,
}

/// The tables of the file.
#[derive(Default)]
struct Form {
    values: Vec<(Spanned<String>, Spanned<Plain>)>,
    unknown: Vec<Spanned<String>>,
    institution: Vec<Spanned<InstitutionForm>>,
    diseases: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// `[[institution]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstitutionForm {
    pub(super) code: Spanned<String>,
    pub(super) profile: Spanned<String>,
    pub(super) access_key: Option<Spanned<String>>,
    pub(super) secret_file: Option<Spanned<String>>,
    pub(super) secret_env: Option<Spanned<String>>,
    pub(super) public_key_file: Option<Spanned<String>>,
    pub(super) signing_key_file: Option<Spanned<String>>,
    pub(super) signing_key_env: Option<Spanned<String>>,
    pub(super) status_code: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) strict: bool,
    #[serde(default)]
    pub(super) fund_includes_account: bool,
    /// Known only to be refused with a hint; what it holds is not kept.
    pub(super) secret: Option<Spanned<IgnoredAny>>,
    /// As `secret`.
    pub(super) signing_key: Option<Spanned<IgnoredAny>>,
}

/// A text, a whole number or a truth: the values of the table of keys are texts until their rule reads them.
struct Plain(String);

impl<'de> Deserialize<'de> for Plain {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Plain, D::Error> {
        struct Any;
        impl Visitor<'_> for Any {
            type Value = Plain;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a whole number, `true` or `false`")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Plain, E> {
                Ok(Plain(value.to_string()))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Plain, E> {
                Ok(Plain(value.to_string()))
            }
            fn visit_str<E>(self, value: &str) -> Result<Plain, E> {
                Ok(Plain(value.to_owned()))
            }
        }
        from.deserialize_any(Any)
    }
}

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Form, D::Error> {
        struct Tables;
        impl<'de> Visitor<'de> for Tables {
            type Value = Form;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Form, A::Error> {
                let mut form = Form::default();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let name = key.get_ref().as_str();
                    match name {
                        "institution" => form.institution = map.next_value()?,
                        "diseases" => form.diseases = map.next_value()?,
                        _ if KEYS.iter().any(|known| known.name == name) => {
                            form.values.push((key, map.next_value()?));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            form.unknown.push(key);
                        }
                    }
                }
                Ok(form)
            }
        }
        from.deserialize_map(Tables)
    }
}

impl File {
    pub(super) fn read(path: &Path) -> Result<File, Faults> {
        let text = std::fs::read_to_string(path).map_err(|why| Fault {
            at: Origin::File(path.to_owned(), 1),
            key: String::new(),
            value: None,
            rule: format!("the settings file cannot be read: {why}"),
            hint: None,
        })?;
        let mut file = File {
            path: path.to_owned(),
            text,
            form: Form::default(),
        };
        match toml::from_str(&file.text) {
            Ok(form) => file.form = form,
            Err(error) => return Err(file.misread(&error).into()),
        }
        Ok(file)
    }

    /// What the parser says, at its place. Only the left side of the line is shown: the right side may be a secret.
    fn misread(&self, error: &toml::de::Error) -> Fault {
        let start = error.span().map_or(0, |span| span.start);
        let at = self.at(start);
        let line = match &at {
            Origin::File(_, line) => self.text.lines().nth(line - 1).unwrap_or_default(),
            _ => "",
        };
        Fault {
            at,
            key: line.split('=').next().unwrap_or_default().trim().to_owned(),
            value: None,
            rule: error.message().trim().replace('\n', "; "),
            hint: None,
        }
    }

    /// The place of the byte.
    pub(super) fn at(&self, byte: usize) -> Origin {
        let before = self.text.as_bytes().get(..byte).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Origin::File(self.path.clone(), line)
    }

    /// What paths in the file are relative to.
    pub(super) fn folder(&self) -> PathBuf {
        self.path.parent().map(Path::to_owned).unwrap_or_default()
    }

    pub(super) fn text(&self, name: &str) -> Option<(String, Origin, PathBuf)> {
        let mut values = self.form.values.iter();
        let (_, value) = values.find(|(key, _)| key.get_ref() == name)?;
        let text = value.get_ref().0.clone();
        Some((text, self.at(value.span().start), self.folder()))
    }

    pub(super) fn unknown_keys(&self) -> Faults {
        let unknown = self.form.unknown.iter();
        Faults(
            unknown
                .map(|key| Fault::unknown(self.at(key.span().start), key.get_ref(), ""))
                .collect(),
        )
    }

    pub(super) fn institutions(&self) -> &[Spanned<InstitutionForm>] {
        &self.form.institution
    }

    /// Codes and names; neither may be empty.
    pub(super) fn diseases(&self, faults: &mut Faults) -> BTreeMap<String, String> {
        let mut diseases = BTreeMap::new();
        for (code, name) in &self.form.diseases {
            if code.get_ref().trim().is_empty() || name.get_ref().trim().is_empty() {
                faults.push(Fault {
                    at: self.at(code.span().start),
                    key: format!("diseases.{}", code.get_ref()),
                    value: Some(name.get_ref().clone()),
                    rule: "a disease has a code and the policy's name for it".to_owned(),
                    hint: None,
                });
            }
            diseases.insert(code.get_ref().clone(), name.get_ref().clone());
        }
        diseases
    }

    pub(super) fn disease_origin(&self, code: &str) -> Origin {
        let mut diseases = self.form.diseases.keys();
        let key = diseases.find(|key| key.get_ref() == code);
        self.at(key.map_or(0, |key| key.span().start))
    }
}
