//! What a figure rests on: a document, a place in it, and how sure we are.

use jiff::civil::Date;

use crate::words::words;

words! {
    /// How sure we are of a figure, from the surest to the least sure.
    pub enum Standing {
        Law: "law", "法律法规原文", "law";
        Official: "official", "官方文件原文", "official";
        Reported: "reported", "网页转述", "reported";
        Weak: "weak", "来源薄弱", "weak";
        Unconfirmed: "unconfirmed", "待核实", "unconfirmed";
    }
}

/// A document of a policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id within the file.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its number (文号), where it has one.
    pub number: Option<String>,
    /// Day of issue, where known.
    pub issued: Option<Date>,
    /// Where it was read.
    pub source: Option<String>,
}

/// A place in a document, with the standing of the figures that rest on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The document's place in [`crate::Policy::documents`].
    pub document: usize,
    /// The place in it as the document names it (`第三十六条`); may be empty.
    pub place: String,
    /// How sure we are of the row.
    pub standing: Standing,
}
