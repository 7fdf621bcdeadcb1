//! The project as the checks see it: its files as text, its packages with what they depend on.

use std::fmt;
use std::process::Command;

use cargo_metadata::{DependencyKind, Metadata};

use super::code;

pub(super) struct Project {
    pub(super) files: Vec<File>,
    pub(super) packages: Vec<Package>,
}

/// A file that git tracks, or would track: new files are held to the rules before they are added.
pub(super) struct File {
    /// From the project's root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest: String,
    pub(super) uses: Vec<Dependency>,
}

pub(super) struct Dependency {
    pub(super) name: String,
    pub(super) kind: DependencyKind,
    /// A package of this project, not of a registry.
    pub(super) ours: bool,
    pub(super) optional: bool,
}

/// What a check found: where, what, and the rule that does not allow it.
#[derive(Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) path: String,
    pub(super) line: usize,
    pub(super) found: String,
    pub(super) rule: &'static str,
}

impl Project {
    pub(super) fn load(metadata: &Metadata) -> Result<Project, String> {
        let files = paths()?
            .into_iter()
            .filter_map(|path| {
                let bytes = std::fs::read(&path).ok()?; // deleted but still in git's index
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Some(File { path, text })
            })
            .collect();
        let packages = metadata
            .packages
            .iter()
            .map(|package| {
                let root = &metadata.workspace_root;
                let manifest = package.manifest_path.strip_prefix(root);
                Package {
                    name: package.name.to_string(),
                    manifest: manifest.unwrap_or(&package.manifest_path).to_string(),
                    uses: package.dependencies.iter().map(Dependency::from).collect(),
                }
            })
            .collect();
        Ok(Project { files, packages })
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }
}

/// Every file that git tracks or would track, as paths from the current folder, which is the root.
fn paths() -> Result<Vec<String>, String> {
    let listing = ["--cached", "--others", "--exclude-standard", "-z"];
    let output = Command::new("git")
        .arg("ls-files")
        .args(listing)
        .output()
        .map_err(|why| format!("cannot start git to list the files: {why}"))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`git ls-files` failed: {}", why.trim()));
    }
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(listed.split_terminator('\0').map(str::to_owned).collect())
}

impl From<&cargo_metadata::Dependency> for Dependency {
    fn from(dependency: &cargo_metadata::Dependency) -> Dependency {
        Dependency {
            name: dependency.name.clone(),
            kind: dependency.kind,
            ours: dependency.path.is_some(),
            optional: dependency.optional,
        }
    }
}

impl File {
    /// The lines, counted from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .zip(1..)
            .map(|(line, number)| (number, line))
    }

    /// The same text with comments and strings blanked out, line for line.
    pub(super) fn code(&self) -> String {
        code::blank(&self.text)
    }

    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The room and the path below its `src`, for a file of `crates/<room>/src/`.
    pub(super) fn in_room(&self) -> Option<(&str, &str)> {
        let (room, rest) = self.path.strip_prefix("crates/")?.split_once('/')?;
        Some((room, rest.strip_prefix("src/")?))
    }

    pub(super) fn finding(
        &self,
        line: usize,
        found: impl Into<String>,
        rule: &'static str,
    ) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            found: found.into(),
            rule,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding {
            path,
            line,
            found,
            rule,
        } = self;
        write!(f, "{path}:{line}: {found}; rule: {rule}")
    }
}

/// For the tests of the checks: a project of these files, without packages.
#[cfg(test)]
pub(super) fn of(files: &[(&str, &str)]) -> Project {
    let files = files.iter().map(|(path, text)| File {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Project {
        files: files.collect(),
        packages: Vec::new(),
    }
}

/// For the tests of the checks: each finding as `path:line`.
#[cfg(test)]
pub(super) fn places(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{}:{}", finding.path, finding.line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_what_and_why() {
        let project = of(&[("crates/domain/src/fen.rs", "")]);
        let finding = project.files[0].finding(3, "found `f64`", "no floats");
        assert_eq!(
            finding.to_string(),
            "crates/domain/src/fen.rs:3: found `f64`; rule: no floats"
        );
    }

    #[test]
    fn a_file_of_a_room_knows_its_room() {
        let project = of(&[
            ("crates/domain/src/a/b.rs", ""),
            ("crates/domain/tests/b.rs", ""),
            ("xtask/src/main.rs", ""),
        ]);
        let rooms: Vec<_> = project.files.iter().map(File::in_room).collect();
        assert_eq!(rooms, [Some(("domain", "a/b.rs")), None, None]);
    }
}
