//! The project's chores: what cargo alone cannot do, started as `cargo xtask <command>`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the terminal"
)]

mod docs;
mod fuzz;
mod load;
mod packages;
mod postgres;
mod stages;
mod tidy;

use std::process::ExitCode;

use cargo_metadata::{Metadata, MetadataCommand};

/// The allocator of `yibao`: the bare server is its limit, and differs from it by its work alone.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The stages of each command that consists of other commands: a name, and what you would type.
/// Cheap stages come first, so that a small slip is told within seconds.
const TEST: &[(&str, &str)] = &[
    ("format", "cargo fmt --all --check"),
    ("tidy", "cargo xtask tidy"),
    (
        "clippy",
        "cargo clippy --workspace --all-targets -- -D warnings",
    ),
    ("packages", "cargo xtask packages"),
    (
        "tests",
        "cargo xtask postgres cargo test --workspace --tests",
    ),
    ("doc tests", "cargo test --workspace --doc"),
    ("documents", "cargo xtask docs check"),
];
const LONG: &[(&str, &str)] = &[
    (
        "model",
        "YIBAO_LONG=1 cargo test --release -p policy --test model -- --nocapture",
    ),
    (
        "town",
        "YIBAO_LONG=1 cargo test -p agency --test town_year -- --nocapture",
    ),
    ("kills", "cargo test -p agency --test crash -- --kills 200"),
    (
        "messages",
        "YIBAO_LONG=1 cargo test -p service --test machine -- --nocapture",
    ),
    (
        "kills of the server",
        "cargo test -p service --test kills -- --kills 200",
    ),
];
const BENCH: &[(&str, &str)] = &[
    ("settle", "cargo bench -p policy"),
    ("lanes", "cargo xtask postgres cargo bench -p store"),
    ("pages", "cargo bench -p cli --bench pages"),
];
const GOLDEN: &[(&str, &str)] = &[
    ("packages", "cargo xtask packages"),
    (
        "golden",
        "INSTA_UPDATE=always cargo xtask postgres cargo test --workspace --tests",
    ),
];

/// The commands, in the order in which `--help` prints them.
const COMMANDS: &[Command] = &[
    Command {
        name: "test",
        argument: "",
        does: "all that a change must pass: format, tidy, clippy, tests, doc tests",
        work: Work::Stages(TEST),
    },
    Command {
        name: "tidy",
        argument: "",
        does: "the rules of the house: arrows, names, wire words, lengths, leftovers, links",
        work: Work::Tidy,
    },
    Command {
        name: "golden",
        argument: "",
        does: "run the tests and accept every changed snapshot; read `git diff` afterwards",
        work: Work::Stages(GOLDEN),
    },
    Command {
        name: "docs",
        argument: "[check]",
        does: "write the generated documents in docs/, or say which is not current",
        work: Work::Docs,
    },
    Command {
        name: "long",
        argument: "",
        does: "the long comparison with the independent model of the arithmetic, years of a town, random messages, 200 kills each of the agency and the server",
        work: Work::Stages(LONG),
    },
    Command {
        name: "bench",
        argument: "",
        does: "the benchmarks of a settlement, of the lanes and of the pages",
        work: Work::Stages(BENCH),
    },
    Command {
        name: "load",
        argument: "[OPTIONS]",
        does: "full sequences of messages against a server, every answer checked; `--help` tells the options",
        work: Work::Load,
    },
    Command {
        name: "postgres",
        argument: "COMMAND…",
        does: "run a command with a PostgreSQL server for the tests, which ends with it",
        work: Work::Postgres,
    },
    Command {
        name: "packages",
        argument: "",
        does: "install what the tests run and is missing: Debian's package `curl`, as root",
        work: Work::Packages,
    },
    Command {
        name: "fuzz",
        argument: "[SECONDS]",
        does: "each target of fuzz/fuzz_targets in turn, 60 seconds each unless told otherwise",
        work: Work::Fuzz,
    },
];

struct Command {
    name: &'static str,
    argument: &'static str,
    does: &'static str,
    work: Work,
}

enum Work {
    Stages(&'static [(&'static str, &'static str)]),
    Tidy,
    Docs,
    Fuzz,
    Load,
    Postgres,
    Packages,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words.is_empty() || ["--help", "-h", "help"].contains(&words[0].as_str()) {
        print!("{}", help());
        return ExitCode::from(if words.is_empty() { 2 } else { 0 });
    }
    let (command, arguments) = match understand(&words) {
        Ok(understood) => understood,
        Err(why) => {
            eprintln!("xtask: {why}; `cargo xtask --help` lists the commands");
            return ExitCode::from(2);
        }
    };
    match carry_out(command, arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask {}: {why}", command.name);
            ExitCode::FAILURE
        }
    }
}

/// The command that the words name, and its arguments: at most one, except of those that take options or a command line.
fn understand(words: &[String]) -> Result<(&'static Command, &[String]), String> {
    let (name, rest) = words.split_first().ok_or("no command")?;
    let mut commands = COMMANDS.iter();
    let Some(command) = commands.find(|command| command.name == name) else {
        return Err(format!("there is no command `{name}`"));
    };
    let limit = match command.work {
        Work::Load | Work::Postgres => rest.len(),
        _ => usize::from(!command.argument.is_empty()),
    };
    match rest.get(limit) {
        Some(extra) => Err(format!("`{name}` does not take `{extra}`")),
        None => Ok((command, rest)),
    }
}

/// Runs a command in the project's root; an error is the last line that the user reads.
fn carry_out(command: &Command, arguments: &[String]) -> Result<(), String> {
    let metadata: Metadata = MetadataCommand::new()
        .no_deps()
        .exec()
        .map_err(|why| format!("`cargo metadata` failed: {why}"))?;
    let root = &metadata.workspace_root;
    std::env::set_current_dir(root).map_err(|why| format!("cannot enter {root}: {why}"))?;
    let argument = arguments.first().map(String::as_str);
    match command.work {
        Work::Stages(stages) => stages::run(stages),
        Work::Tidy => tidy::run(&metadata),
        Work::Docs => match argument {
            None => docs::run(false),
            Some("check") => docs::run(true),
            Some(other) => Err(format!("`{other}` was found; `check` is the only argument")),
        },
        Work::Fuzz => fuzz::run(argument),
        Work::Load => load::run(metadata.target_directory.as_std_path(), arguments),
        Work::Postgres => postgres::run(arguments),
        Work::Packages => packages::run(),
    }
}

fn help() -> String {
    let mut text = String::from("Usage: cargo xtask <command>\n\n");
    for command in COMMANDS {
        let left = format!("{} {}", command.name, command.argument);
        text += &format!("  {left:<18} {}\n", command.does);
        if let Work::Stages(stages) = command.work {
            for (_, line) in stages {
                text += &format!("  {:<18}   $ {line}\n", "");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command_once() {
        let help = help();
        for command in COMMANDS {
            let lines = help.lines().filter(|line| {
                line.strip_prefix("  ")
                    .is_some_and(|line| line.split(' ').next() == Some(command.name))
            });
            assert_eq!(lines.count(), 1, "{}", command.name);
        }
    }

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn only_docs_and_fuzz_take_an_argument_and_load_and_postgres_a_line() {
        for (line, name, taken) in [
            ("fuzz 5", "fuzz", "5"),
            ("docs check", "docs", "check"),
            ("test", "test", ""),
            ("load --rate 5", "load", "--rate 5"),
            ("postgres cargo test -p x", "postgres", "cargo test -p x"),
        ] {
            let line = words(line);
            let (command, arguments) = understand(&line).expect("a command");
            assert_eq!((command.name, arguments.join(" ").as_str()), (name, taken));
        }
        for wrong in ["fuzz 5 6", "test fast", "tidy --fix", "tests"] {
            assert!(understand(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_commands_that_others_rely_on_are_there() {
        for name in [
            "test", "tidy", "golden", "docs", "long", "bench", "load", "fuzz", "postgres",
            "packages",
        ] {
            assert!(understand(&words(name)).is_ok(), "{name}");
        }
    }
}
