//! `Table`: one list of codes of the specification; the folder has them, a file for each subject.

#[cfg(test)]
mod tests;

/// A list of codes.
#[derive(Debug)]
pub struct Table {
    /// As the interface calls it.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Each code with its Chinese name.
    pub rows: &'static [(&'static str, &'static str)],
}

impl Table {
    /// The Chinese name of a code.
    #[must_use]
    pub fn lookup(&self, code: &str) -> Option<&'static str> {
        let row = self.rows.iter().find(|(known, _)| *known == code);
        row.map(|(_, zh)| *zh)
    }
}
