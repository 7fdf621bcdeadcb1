//! What of a row says something beside the fields that were taken out of it.

use super::super::node::Node;
use super::super::write;
use super::Fields;

impl Fields<'_> {
    /// The other fields that say something, as compact JSON; none when none does. What is filed with an entry.
    #[must_use]
    pub fn rest(&self, taken: &[&str]) -> Option<String> {
        let mut json = String::new();
        let others = self.members.iter();
        let others = others.filter(|(key, _)| !taken.contains(&key.as_ref()));
        write::said_members(&mut json, others).then_some(json)
    }

    /// The value of a field as a text; none when it is something else or says nothing.
    #[must_use]
    pub fn scalar(&self, name: &str) -> Option<&str> {
        self.node(name).and_then(Node::scalar)
    }
}
