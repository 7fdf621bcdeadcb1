//! The rooms and the arrows between them, held against what cargo says the packages depend on.

use cargo_metadata::DependencyKind;

use super::project::{Dependency, File, Finding, Package, Project};

/// Every room and the rooms it may use; every arrow not drawn is forbidden.
///
/// ```text
/// cli ─► service ─► agency ─► store ──► domain
///  │                  └─────► policy ─► domain
///  ├───► simulate ──────────► policy ─► domain
///  └───► town ────────────────────────► domain
/// ```
///
/// `service` reaches the types of `domain` and `policy` through what `agency` shows of them.
/// Tests may use more (dev-dependencies), except those of `domain`.
const ROOMS: &[(&str, &[&str])] = &[
    (
        "cli",
        &[
            "service", "agency", "simulate", "store", "policy", "town", "domain",
        ],
    ),
    ("service", &["agency"]),
    ("agency", &["store", "policy", "domain"]),
    ("simulate", &["policy", "domain"]),
    ("store", &["domain"]),
    ("policy", &["domain"]),
    ("town", &["domain"]),
    ("domain", &[]),
    ("xtask", &[]),
];

/// All that `domain` may use besides the standard library.
const DOMAIN_NEEDS: &[&str] = &["jiff"];

/// Packages, by how their names begin, that only `simulate` may use: the server is built without them.
const HEAVY: &[&str] = &["arrow", "datafusion", "parquet", "polars"];

const ARROWS: &str = "only the arrows of ROOMS in xtask/src/tidy/rooms.rs are allowed";
const UNKNOWN: &str = "a new room is drawn in ROOMS in xtask/src/tidy/rooms.rs first";
const NEEDS: &str = "domain is pure: DOMAIN_NEEDS in xtask/src/tidy/rooms.rs is all it may use";
const SERVER: &str = "the server's build contains neither simulate nor its heavy dependencies";

/// No room uses another against the arrows.
pub(super) fn arrows(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &project.packages {
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == package.name) else {
            let found = format!("package `{}`", package.name);
            findings.push(at(project, package, &package.name, found, UNKNOWN));
            continue;
        };
        for used in package.uses.iter().filter(|used| used.ours) {
            let exempt = used.kind == DependencyKind::Development && package.name != "domain";
            if !exempt && !allowed.contains(&used.name.as_str()) {
                let found = format!("`{}` uses `{}`", package.name, used.name);
                findings.push(at(project, package, &used.name, found, ARROWS));
            }
        }
    }
    findings
}

/// `domain` uses nothing but what the table lists; its tests may use what they like from outside.
pub(super) fn needs(project: &Project) -> Vec<Finding> {
    let foreign = |used: &&Dependency| {
        let test_only = used.kind == DependencyKind::Development;
        !used.ours && !test_only && !DOMAIN_NEEDS.contains(&used.name.as_str())
    };
    let domain = project
        .packages
        .iter()
        .filter(|package| package.name == "domain");
    domain
        .flat_map(|package| {
            package.uses.iter().filter(foreign).map(|used| {
                let found = format!("`domain` uses `{}`", used.name);
                at(project, package, &used.name, found, NEEDS)
            })
        })
        .collect()
}

/// The one binary takes `simulate` only as an option, and only `simulate` takes the heavy packages.
pub(super) fn server(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in project
        .packages
        .iter()
        .filter(|package| package.name != "simulate")
    {
        for used in package
            .uses
            .iter()
            .filter(|used| used.kind != DependencyKind::Development)
        {
            let name = used.name.as_str();
            let heavy = !used.ours && HEAVY.iter().any(|start| name.starts_with(start));
            let fixed = used.ours && name == "simulate" && !used.optional;
            if heavy || fixed {
                let how = if fixed { " without `optional`" } else { "" };
                let found = format!("`{}` uses `{name}`{how}", package.name);
                findings.push(at(project, package, name, found, SERVER));
            }
        }
    }
    findings
}

/// A finding at the first line of the package's manifest that begins with this name.
fn at(
    project: &Project,
    package: &Package,
    name: &str,
    found: String,
    rule: &'static str,
) -> Finding {
    let line = project
        .file(&package.manifest)
        .and_then(|file| line_of(file, name));
    Finding {
        path: package.manifest.clone(),
        line: line.unwrap_or(1),
        found,
        rule,
    }
}

fn line_of(manifest: &File, name: &str) -> Option<usize> {
    let names_it = |line: &str| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    };
    manifest
        .lines()
        .find(|(_, line)| names_it(line))
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::super::project::{of, places};
    use super::*;

    /// A project of one package `name` whose manifest names `used`.
    fn package(name: &str, used: &str, kind: DependencyKind, ours: bool) -> Project {
        let manifest = format!("crates/{name}/Cargo.toml");
        let mut project = of(&[(
            manifest.as_str(),
            &format!("[dependencies]\n{used}.workspace = true\n"),
        )]);
        project.packages.push(Package {
            name: name.to_owned(),
            manifest,
            uses: vec![Dependency {
                name: used.to_owned(),
                kind,
                ours,
                optional: false,
            }],
        });
        project
    }

    const NORMAL: DependencyKind = DependencyKind::Normal;
    const TEST: DependencyKind = DependencyKind::Development;

    #[test]
    fn an_arrow_that_is_not_drawn_is_found() {
        for (from, to) in [
            ("policy", "store"),
            ("store", "policy"),
            ("service", "domain"),
            ("service", "simulate"),
            ("domain", "policy"),
            ("town", "policy"),
            ("agency", "town"),
            ("xtask", "domain"),
        ] {
            let findings = arrows(&package(from, to, NORMAL, true));
            assert_eq!(places(&findings), [format!("crates/{from}/Cargo.toml:2")]);
        }
        for (from, to) in [
            ("policy", "domain"),
            ("service", "agency"),
            ("town", "domain"),
            ("cli", "town"),
            ("cli", "store"),
        ] {
            assert_eq!(arrows(&package(from, to, NORMAL, true)), []);
        }
    }

    #[test]
    fn tests_may_use_rooms_above_except_those_of_domain() {
        assert_eq!(arrows(&package("policy", "store", TEST, true)), []);
        assert_eq!(arrows(&package("agency", "town", TEST, true)), []);
        assert_eq!(arrows(&package("domain", "policy", TEST, true)).len(), 1);
    }

    #[test]
    fn a_room_that_is_not_drawn_is_found() {
        let findings = arrows(&package("billing", "domain", NORMAL, true));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].rule, UNKNOWN);
    }

    #[test]
    fn domain_needs_only_what_its_table_lists() {
        assert_eq!(needs(&package("domain", "serde", NORMAL, false)).len(), 1);
        assert_eq!(needs(&package("domain", "jiff", NORMAL, false)), []);
        assert_eq!(needs(&package("domain", "proptest", TEST, false)), []);
        assert_eq!(needs(&package("policy", "toml", NORMAL, false)), []);
    }

    #[test]
    fn the_server_is_built_without_the_simulator() {
        let mut cli = package("cli", "simulate", NORMAL, true);
        assert_eq!(server(&cli).len(), 1);
        cli.packages[0].uses[0].optional = true;
        assert_eq!(server(&cli), []);
        let heavy = "arrow-array";
        assert_eq!(server(&package("agency", heavy, NORMAL, false)).len(), 1);
        assert_eq!(server(&package("simulate", heavy, NORMAL, false)), []);
    }

    #[test]
    fn no_path_of_arrows_leads_from_service_to_simulate() {
        let mut reached = vec!["service"];
        let mut next = 0;
        while let Some(room) = reached.get(next) {
            let (_, uses) = ROOMS.iter().find(|(name, _)| name == room).expect("a room");
            reached.extend(uses.iter());
            next += 1;
        }
        assert!(reached.contains(&"domain"));
        assert!(!reached.contains(&"simulate"));
    }
}
