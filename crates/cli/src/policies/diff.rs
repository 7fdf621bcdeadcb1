//! `yibao policy diff`: what changes from one policy file to another, in sentences.

use std::path::Path;
use std::process::ExitCode;

use domain::words::Lang;
use policy::reform::{Reform, Section};
use policy::{PolicyFile, Source};

use crate::output::Output;

pub(super) fn run(from: &Path, to: &Path, output: &Output) -> Result<ExitCode, String> {
    let read = |path: &Path| {
        let source = Source::read(path).map_err(|e| e.to_string())?;
        PolicyFile::read(&source).map_err(|e| e.to_string())
    };
    let (old, new) = (read(from)?, read(to)?);
    let reform = Reform::of(&old, &new, output.lang).map_err(|e| e.to_string())?;
    heading(&old, &new, output);
    if reform.sections.is_empty() {
        output.line(output.say(
            "没有影响金额的变化；文件、依据等级或注释可能不同",
            "nothing that changes an amount; documents, standings or comments may differ",
        ));
    }
    for section in &reform.sections {
        print(section, output);
    }
    Ok(ExitCode::SUCCESS)
}

fn heading(old: &PolicyFile, new: &PolicyFile, output: &Output) {
    let (policy, lang) = (&new.plan.policy, output.lang);
    let (region, scheme) = (policy.region_name.lang(lang), policy.scheme.name(lang));
    let from = policy.effective;
    output.heading(&match lang {
        Lang::Zh => format!("{region} · {scheme}：自 {from} 起的变化"),
        Lang::En => format!("{region} · {scheme}: what changes from {from} on"),
    });
    output.line(&format!("{} → {}", old.name, new.name));
}

fn print(section: &Section, output: &Output) {
    output.heading(&section.title);
    for line in &section.lines {
        // An exception stands below what it is one of.
        let bullet = if line.is_exception {
            "    – "
        } else {
            "  · "
        };
        output.line(&format!("{bullet}{}", line.text));
    }
}
