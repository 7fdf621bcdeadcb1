//! An alert: why something cannot go on, in a sentence, under a heading, or as a list of faults.

use std::fmt::Display;

use maud::{Markup, html};

use super::Reader;

/// A sentence.
pub(super) fn alert(text: &str) -> Markup {
    html! { div.alert role="alert" { p { (text) } } }
}

/// A sentence under a heading.
pub(super) fn headed(heading: &str, text: &str) -> Markup {
    html! { div.alert role="alert" { h2 { (heading) } p { (text) } } }
}

/// What is to be corrected in a form.
pub(super) fn faults(reader: &Reader, faults: &[impl Display]) -> Markup {
    html! {
        div.alert role="alert" {
            h2 { (reader.say("请核对", "Please correct")) }
            ul { @for fault in faults { li { (fault) } } }
        }
    }
}
