//! `yibao trace` over a file as a service writes it.

use crate::transcripts::{compare_with, stable};
use crate::yibao_in;

const KEPT: &str = include_str!("trace/kept.jsonl");

fn told(lang: &str, folder: &std::path::Path, line: &str) -> String {
    let mut args = vec!["--lang", lang];
    args.extend(line.split_whitespace());
    let ran = yibao_in(folder, &args, "");
    let mut text = format!("$ yibao {line}\n{}{}", stable(&ran.out), stable(&ran.err));
    if ran.code != Some(0) {
        text.push_str(&format!("[exit code {:?}]\n", ran.code.unwrap_or(-1)));
    }
    text
}

#[test]
fn messages_are_listed_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("yibao-data");
    std::fs::create_dir(&data).expect("the folder is ours");
    std::fs::write(data.join("trace.jsonl"), KEPT).expect("the folder is ours");
    for lang in ["zh", "en"] {
        let commands = [
            "trace",
            "trace --refused --last 1",
            "trace --institution P00000000002",
            "trace --from 2026-11-26T18:00:01 --until 2026-11-26T18:00:02",
            "trace M1",
            "trace M2",
            "trace nowhere",
            "--data elsewhere trace",
        ];
        let all: Vec<String> = commands
            .iter()
            .map(|line| told(lang, folder.path(), line))
            .collect();
        compare_with(&format!("trace-{lang}"), &all.join("\n"));
    }
}

#[test]
fn json_is_the_record_as_it_was_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("kept.jsonl");
    std::fs::write(&file, KEPT).expect("the folder is ours");
    let ran = yibao_in(
        folder.path(),
        &["trace", "--file", "kept.jsonl", "--json", "M1"],
        "",
    );
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let printed: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let kept = KEPT
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    let mut of_it: Vec<serde_json::Value> = kept
        .filter(|one: &serde_json::Value| one["message"] == "M1")
        .collect();
    of_it.reverse();
    assert_eq!(printed, serde_json::Value::Array(of_it));
}
