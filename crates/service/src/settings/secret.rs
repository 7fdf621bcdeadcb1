//! `Secret`: a text that never shows itself, and where it lies.

use std::fmt;
use std::path::Path;

/// A text that never shows itself, and where it lies.
#[derive(Clone)]
pub struct Secret {
    text: String,
    from: String,
    open: bool,
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
            open: false,
        }
    }

    /// From a file, without the white space around it. Why not is told without what is in it.
    pub(super) fn read(path: &Path) -> Result<Secret, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|why| format!("the file of the secret cannot be read: {why}"))?;
        let mut secret = Secret::of(&text, &format!("file {}", path.display()));
        secret.open = others_may_read(path);
        secret.filled()
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

    /// Whether it lies where others than its owner and the owner's group may read it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
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

#[cfg(unix)]
fn others_may_read(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn others_may_read(_: &Path) -> bool {
    false
}
