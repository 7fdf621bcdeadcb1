//! Stages: commands run one after another, each announced and timed, until one fails.

use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Runs each stage (its name and its command line), stops at the first failure, ends with a summary.
pub(crate) fn run(stages: &[(&str, &str)]) -> Result<(), String> {
    let began = Instant::now();
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for (number, (name, line)) in stages.iter().enumerate() {
        println!("── {name}: {line}");
        let stage = Instant::now();
        let status = execute(line)?;
        let time = stage.elapsed();
        if !status.success() {
            return Err(failure(name, line, status, time, stages.len() - number - 1));
        }
        println!("── {name}: ok, {}", seconds(time));
        times.push((name, time));
    }
    println!();
    for (name, time) in &times {
        println!("{name:>12}  ok  {:>9}", seconds(*time));
    }
    println!("{:>12}  ok  {:>9}", "all", seconds(began.elapsed()));
    Ok(())
}

/// Starts a command line as a shell would: `NAME=value` words first, then the program and its arguments.
fn execute(line: &str) -> Result<ExitStatus, String> {
    let (variables, program, arguments) = parse(line);
    Command::new(program)
        .args(arguments)
        .envs(variables)
        .status()
        .map_err(|why| format!("cannot start `{program}`: {why}"))
}

fn parse(line: &str) -> (Vec<(&str, &str)>, &str, Vec<&str>) {
    let mut words = line.split_whitespace().peekable();
    let mut variables = Vec::new();
    while let Some(pair) = words.peek().and_then(|word| word.split_once('=')) {
        variables.push(pair);
        words.next();
    }
    let program = words.next().unwrap_or("cargo");
    (variables, program, words.collect())
}

fn failure(name: &str, line: &str, status: ExitStatus, time: Duration, left: usize) -> String {
    let rest = match left {
        0 => String::new(),
        1 => ", 1 stage not run".to_owned(),
        _ => format!(", {left} stages not run"),
    };
    let time = seconds(time);
    format!("{name} FAILED after {time} ({status}){rest}; again alone: {line}")
}

fn seconds(time: Duration) -> String {
    format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_variables_program_and_arguments() {
        let (variables, program, arguments) = parse("A=1 B=x=y cargo test -- --seed=3");
        assert_eq!(variables, [("A", "1"), ("B", "x=y")]);
        assert_eq!(program, "cargo");
        assert_eq!(arguments, ["test", "--", "--seed=3"]);
    }

    #[test]
    fn the_first_failure_stops_and_says_what_was_not_run() {
        let stages = [("first", "true"), ("second", "false"), ("third", "true")];
        let last_line = run(&stages).expect_err("the second stage fails");
        assert!(last_line.starts_with("second FAILED"), "{last_line}");
        assert!(last_line.contains("1 stage not run"), "{last_line}");
        assert!(last_line.ends_with("again alone: false"), "{last_line}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let last_line = run(&[("x", "no-such-program")]).expect_err("there is no such program");
        assert!(last_line.contains("`no-such-program`"), "{last_line}");
    }
}
