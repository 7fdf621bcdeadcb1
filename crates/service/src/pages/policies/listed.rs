//! Regions with their schemes, and the files of a scheme by their first days.

use agency::Library;
use maud::{Markup, html};

use super::super::Reader;
use super::Files;

/// Every region, and of each scheme the files, the last one first.
pub(super) fn told(reader: &Reader, library: &Library) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        p.note { (t("只列出已收录的规定；每个数字都注明条款和依据等级。", "What has been gathered so far; each figure tells its clause and how sure we are of it.")) }
        div.wide { table {
            caption { (t("统筹区、险种和文件", "Regions, schemes and files")) }
            thead { tr {
                th scope="col" { (t("统筹区", "Region")) } th scope="col" { (t("险种", "Scheme")) } th scope="col" { (t("文件的第一天", "First days of the files")) }
            } }
            tbody { @for known in library.regions() { @for &scheme in &known.schemes {
                @let path = format!("/policies/{}/{}", known.region, scheme.code());
                tr {
                    th scope="row" { (known.name.lang(reader.lang)) " " (known.region) }
                    td { a href=(path) { (scheme.name(reader.lang)) } }
                    td { @for day in library.days(known.region, scheme).iter().rev() { a href={ (path) "?on=" (day) } { (day) } " " } }
                }
            } } }
        } }
    }
}

/// The files of a scheme, each with what it changed.
pub(super) fn days(reader: &Reader, files: &Files<'_>) -> Markup {
    let t = |zh, en| reader.say(zh, en);
    html! {
        h2 { (t("本险种的文件", "The files of this scheme")) }
        ul { @for &day in files.days.iter().rev() { li {
            a href={ (files.path()) "?on=" (day) } { (t("自", "from")) " " (day) }
            @if let Some(before) = files.before(day) {
                " · " a href=(files.changes(before, day)) { (before) " → " (day) (t(" 的变化", ": what changed")) }
            }
        } } }
        p { a href="/policies" { (t("全部统筹区", "All regions")) } }
    }
}
