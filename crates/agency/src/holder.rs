//! `Holder`: whose account it is: name and identity number, opened, and as they are shown where not all of it need be.

use serde_json::Value;
use store::Key;

/// Name and identity number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The name.
    pub name: String,
    /// The identity number.
    pub identity_number: String,
}

impl Holder {
    /// Opens what is kept sealed of a person.
    ///
    /// # Errors
    /// When it was sealed with another key or for another person.
    pub fn open(key: &Key, person: u64, sealed: &str) -> Result<Holder, String> {
        let opened = key.open(person, sealed).map_err(|e| e.to_string())?;
        let value: Value = serde_json::from_str(&opened).map_err(|e| e.to_string())?;
        let text = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
        Ok(Holder {
            name: text("name"),
            identity_number: text("identity_number"),
        })
    }

    /// A name with its first character, a number with four at each end; the rest as stars.
    #[must_use]
    pub fn masked(&self) -> Holder {
        Holder {
            name: masked(&self.name, 1, 0),
            identity_number: masked(&self.identity_number, 4, 4),
        }
    }
}

/// All but the first and the last characters as stars; what would be shown whole is hidden whole.
fn masked(text: &str, first: usize, last: usize) -> String {
    let length = text.chars().count();
    if length <= first + last {
        return "*".repeat(length);
    }
    let star = |(place, character)| match place < first || place + last >= length {
        true => character,
        false => '*',
    };
    text.chars().enumerate().map(star).collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_name_shows_its_first_character_and_a_number_four_at_each_end() {
        assert_eq!(masked("王建国", 1, 0), "王**");
        assert_eq!(masked("42010219660103100X", 4, 4), "4201**********100X");
        assert_eq!(masked("赵", 1, 0), "*");
        assert_eq!(masked("", 1, 0), "");
    }
}
