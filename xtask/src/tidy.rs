//! Tidy: the rules of the house that neither rustc nor clippy can hold, as a list of checks.

mod code;
mod docs;
mod leftovers;
mod names;
mod project;
mod rooms;
mod shape;
mod wire;
mod words;

use cargo_metadata::Metadata;

use project::{Finding, Project};

/// The checks, in the order in which they report.
const CHECKS: &[fn(&Project) -> Vec<Finding>] = &[
    rooms::arrows,
    rooms::needs,
    rooms::server,
    words::check,
    names::check,
    wire::check,
    shape::check,
    leftovers::check,
    docs::titles,
    docs::links,
];

pub(crate) fn run(metadata: &Metadata) -> Result<(), String> {
    let project = Project::load(metadata)?;
    let findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&project)).collect();
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("tidy: {} files, nothing found", project.files.len());
            Ok(())
        }
        1 => Err("1 finding, see above".to_owned()),
        count => Err(format!("{count} findings, see above")),
    }
}
