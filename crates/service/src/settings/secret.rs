//! `Secret`: a text that never shows itself, and where it lies.

use std::fmt;
use std::path::Path;

/// A text that never shows itself, and where it lies.
#[derive(Clone)]
pub struct Secret {
    text: String,
    from: String,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret(from {})", self.from)
    }
}

impl Secret {
    /// A secret that is at hand; `from` says where it lies.
    #[must_use]
    pub fn of(text: &str, from: &str) -> Secret {
        Secret {
            text: text.trim().to_owned(),
            from: from.to_owned(),
        }
    }

    /// From a file, without the white space around it. Why not is told without what is in it.
    pub(super) fn read(path: &Path) -> Result<Secret, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|why| format!("the file of the secret cannot be read: {why}"))?;
        Secret::of(&text, &format!("file {}", path.display())).filled()
    }

    /// From a variable of the environment.
    pub(super) fn found(
        name: &str,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Secret, String> {
        let text =
            environment(name).ok_or_else(|| "the environment has no such variable".to_owned())?;
        Secret::of(&text, &format!("environment {name}")).filled()
    }

    fn filled(self) -> Result<Secret, String> {
        if self.text.is_empty() {
            return Err("the secret is empty".to_owned());
        }
        Ok(self)
    }

    /// Where it lies.
    #[must_use]
    pub fn from(&self) -> &str {
        &self.from
    }

    /// All of it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Each line: while a secret is replaced, the new one and the old one hold side by side.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
    }
}
