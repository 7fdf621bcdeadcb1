//! Transcripts: commands and all they print, as snapshots to be read aloud. `cargo xtask golden` accepts changes.

use crate::{bills, yibao, yibao_in};

/// The folder of a town whose policies have every table of the form.
const TOWN: &str = "crates/cli/tests/it/town";

/// The commands with what they printed, compared with the snapshot of this name.
fn transcript(name: &str, commands: &[&[&str]]) {
    let told: Vec<String> = commands.iter().map(|args| told(args, "")).collect();
    compare_with(name, &told.join("\n"));
}

pub(crate) fn compare_with(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A command line, what it printed, and its exit code unless it is 0.
fn told(args: &[&str], input: &str) -> String {
    let ran = yibao(args, input);
    let mut text = format!("$ yibao {}\n{}", args.join(" "), stable(&ran.out));
    if !ran.err.is_empty() {
        text.push_str(&stable(&ran.err));
    }
    if ran.code != Some(0) {
        text.push_str(&format!("[exit code {:?}]\n", ran.code.unwrap_or(-1)));
    }
    text
}

/// Without the spaces that fill tables, and with the hash of a file that changes with every comment in it left out.
pub(crate) fn stable(text: &str) -> String {
    let line = |line: &str| {
        let line = line.trim_end();
        match line.split_once("sha256 ") {
            Some((before, _)) => format!("{before}sha256 …)\n"),
            None => format!("{line}\n"),
        }
    };
    text.lines().map(line).collect()
}

#[test]
fn settle_every_example() {
    for file in bills() {
        let name = file.trim_start_matches("examples/").replace('.', "-");
        for lang in ["zh", "en"] {
            transcript(
                &format!("settle-{name}-{lang}"),
                &[&["--lang", lang, "settle", &file]],
            );
        }
    }
}

/// What is shipped must hold, however much of it there is: adding a region or a year touches no snapshot.
#[test]
fn every_shipped_case_and_policy_holds() {
    for args in [&["verify"][..], &["policy", "check"]] {
        for folder in ["policies", "sandbox/policies"] {
            let args = [&["--policies", folder], args].concat();
            let ran = yibao(&args, "");
            assert_eq!(ran.code, Some(0), "{args:?}\n{}{}", ran.out, ran.err);
        }
    }
}

#[test]
fn verify() {
    let wuhan = "policies/420100/employee/cases/published.toml";
    let beijing = "policies/110000/employee/cases/published.toml";
    transcript(
        "verify",
        &[
            &["--lang", "en", "verify", wuhan, beijing],
            &["--lang", "zh", "verify", "--all", wuhan],
        ],
    );
}

#[test]
fn policy_list() {
    transcript(
        "policy-list",
        &[
            &["--lang", "zh", "--policies", TOWN, "policy", "list"],
            &["--lang", "en", "--policies", TOWN, "policy", "list"],
        ],
    );
}

#[test]
fn policy_show() {
    for (region, scheme, days) in [
        ("110000", "employee", ["2023-06-01", "2005-06-01"]),
        ("110000", "resident", ["2025-06-01", "2007-06-01"]),
        ("310000", "employee", ["2024-07-01", "2021-07-01"]),
        ("420100", "employee", ["2023-06-01", "2012-06-01"]),
    ] {
        for day in days {
            for lang in ["zh", "en"] {
                let name = format!("policy-show-{region}-{scheme}-{day}-{lang}");
                let show = ["--lang", lang, "policy", "show", region, scheme, day];
                transcript(&name, &[&show]);
            }
        }
    }
}

#[test]
fn policy_diff() {
    let wuhan = ["420100/employee/2023-02-01", "420100/employee/2023-04-10"];
    let beijing = ["110000/employee/2001-04-01", "110000/employee/2005-01-01"];
    let shanghai = ["310000/employee/2022-07-01", "310000/employee/2023-07-01"];
    for (name, files) in [
        ("wuhan", wuhan),
        ("beijing", beijing),
        ("shanghai", shanghai),
    ] {
        let [from, to] = files.map(|file| format!("policies/{file}.toml"));
        for lang in ["zh", "en"] {
            let name = format!("policy-diff-{name}-{lang}");
            transcript(&name, &[&["--lang", lang, "policy", "diff", &from, &to]]);
        }
    }
}

/// A town whose policies have every table of the form, and a reform that touches each.
#[test]
fn every_table_of_the_form() {
    let [old, new] =
        ["2023-01-01", "2024-01-01"].map(|day| format!("{TOWN}/999900/employee/{day}.toml"));
    for lang in ["zh", "en"] {
        let in_town = |rest: &[&'static str]| -> Vec<&str> {
            let fixed = ["--lang", lang, "--policies", TOWN, "policy"];
            fixed.into_iter().chain(rest.iter().copied()).collect()
        };
        let show = in_town(&["show", "999900", "employee", "2023-05-01"]);
        transcript(&format!("town-show-{lang}"), &[&show]);
        transcript(&format!("town-check-{lang}"), &[&in_town(&["check"])]);
        let diff = ["--lang", lang, "policy", "diff", &old, &new];
        transcript(&format!("town-diff-{lang}"), &[&diff]);
    }
}

#[test]
fn compare() {
    let regions = "110000,310000,420100";
    let (stay, visit) = (
        "examples/beijing-inpatient.toml",
        "examples/shanghai-outpatient.toml",
    );
    transcript(
        "compare",
        &[
            &["--lang", "en", "compare", "--regions", regions, stay],
            &["--lang", "zh", "compare", "--regions", regions, visit],
            &[
                "--lang",
                "en",
                "compare",
                "--regions",
                regions,
                "--json",
                visit,
            ],
            &[
                "--lang",
                "en",
                "--policies",
                TOWN,
                "compare",
                "--regions",
                "999999",
                stay,
            ],
            &["--lang", "en", "--policies", TOWN, "compare", stay],
        ],
    );
}

/// What departs from the national frame is told and counted.
#[test]
fn a_departure_from_the_national_frame_is_told() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("frame/policies");
    for file in [
        "national/2023-01-01.toml",
        "420100/employee/2023-04-10.toml",
    ] {
        let to = folder.join(file);
        let from = crate::root().join("policies").join(file);
        let text = std::fs::read_to_string(from).expect("it is shipped");
        let text = text.replace("class = \"B\"", "class = \"A\"");
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("the folder is ours");
        std::fs::write(to, text).expect("the folder is ours");
    }
    let folder = folder.parent().expect("a folder");
    let mut text = String::new();
    for lang in ["zh", "en"] {
        let ran = yibao_in(folder, &["--lang", lang, "policy", "check"], "");
        let told: Vec<&str> = ran
            .out
            .lines()
            .filter(|line| line.trim_start().starts_with('!'))
            .collect();
        text.push_str(&stable(&told.join("\n")));
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    }
    compare_with("policy-check-frame", &text);
}

/// The rates of the banks are no policy and no frame, and are read with them.
#[test]
fn a_wrong_file_of_rates_is_told() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("rates");
    let national = folder.join("policies/national");
    std::fs::create_dir_all(&national).expect("the folder is ours");
    let from = crate::root().join("policies/national/rates.toml");
    let text = std::fs::read_to_string(from).expect("it is shipped");
    let text = text.replace("\"0.35%\"", "\"0.35\"");
    std::fs::write(national.join("rates.toml"), text).expect("the folder is ours");
    let policy = crate::root().join("policies/420100/employee/2023-04-10.toml");
    let policy = policy.to_string_lossy();
    let ran = yibao_in(&folder, &["policy", "check", &policy], "");
    assert_ne!(ran.code, Some(0), "{}", ran.out);
    assert!(
        ran.err
            .contains("`bank_rate[1].yearly`: \"0.35\" was found"),
        "{}",
        ran.err
    );
}

#[test]
fn policies_of_two_schemes_are_not_compared() {
    let employee = "policies/110000/employee/2005-01-01.toml";
    let resident = "policies/110000/resident/2025-01-01.toml";
    let wuhan = "policies/420100/employee/2012-01-01.toml";
    transcript(
        "policy-diff-refused",
        &[
            &["--lang", "en", "policy", "diff", employee, resident],
            &["--lang", "en", "policy", "diff", employee, wuhan],
            &["--lang", "en", "policy", "diff", employee, employee],
        ],
    );
}

#[test]
fn help() {
    transcript(
        "help",
        &[
            &["--help"],
            &["settle", "--help"],
            &["compare", "--help"],
            &["verify", "--help"],
            &["policy", "--help"],
            &["policy", "list", "--help"],
            &["policy", "show", "--help"],
            &["policy", "check", "--help"],
            &["policy", "diff", "--help"],
            &["policy", "schema", "--help"],
            &["schema", "--help"],
            &["init", "--help"],
            &["import", "--help"],
            &["enrol", "--help"],
            &["contribute", "--help"],
            &["credit", "--help"],
            &["interest", "--help"],
            &["close-year", "--help"],
            &["member", "--help"],
            &["member", "change", "--help"],
            &["member", "died", "--help"],
            &["member", "register", "--help"],
            &["member", "pay", "--help"],
            &["account", "--help"],
            &["account", "grant", "--help"],
            &["account", "give-back", "--help"],
            &["visit", "--help"],
            &["visit", "settle", "--help"],
            &["visit", "open", "--help"],
            &["visit", "add", "--help"],
            &["visit", "close", "--help"],
            &["reverse", "--help"],
            &["coverage", "--help"],
            &["forecast", "--help"],
            &["statement", "--help"],
            &["funds", "--help"],
            &["audit", "--help"],
            &["backup", "--help"],
            &["restore", "--help"],
            &["demo", "--help"],
        ],
    );
}

#[test]
fn wrong_arguments() {
    transcript(
        "wrong-arguments",
        &[
            &[],
            &["setle", "bill.toml"],
            &["settle"],
            &["settle", "--currency", "bill.toml"],
            &["compare", "--regions", "11", "bill.toml"],
            &["policy", "show", "11000", "employee"],
            &["policy", "show", "110000", "farmer"],
            &["policy", "show", "110000", "employee", "June 2005"],
            &["schema", "invoice"],
        ],
    );
}

#[test]
fn what_cannot_be_had() {
    let town = |region, scheme, day| {
        [
            "--lang",
            "en",
            "--policies",
            TOWN,
            "policy",
            "show",
            region,
            scheme,
            day,
        ]
    };
    let cases = "policies/420100/employee/cases/published.toml";
    transcript(
        "what-cannot-be-had",
        &[
            &["--lang", "en", "settle", "nowhere/bill.toml"],
            &["--lang", "zh", "settle", "nowhere/bill.toml"],
            &["--lang", "en", "--policies", "nowhere", "policy", "list"],
            &[
                "--lang",
                "zh",
                "--policies",
                TOWN,
                "policy",
                "show",
                "999900",
                "resident",
            ],
            &town("999901", "employee", "2023-01-01"),
            &town("999900", "resident", "2023-01-01"),
            &town("999900", "employee", "1999-01-01"),
            &[
                "--lang",
                "en",
                "policy",
                "check",
                "examples/off-region.toml",
                cases,
            ],
        ],
    );
}

#[test]
fn a_bill_from_standard_input() {
    let bill = "region = \"420100\"\nscheme = \"employee\"\nsetting = \"outpatient\"\n[days]\nservice = 2023-05-01\n\
                [facility]\nlevel = 3\n[person]\nstatus = \"active\"\n[cost]\nin_scope = \"100.00\"\n";
    let wrong = bill
        .replace("100.00", "-100.00")
        .replace("level = 3", "levle = 3");
    let later = bill.replace("2023-05-01", "1999-05-01");
    let told: Vec<String> = [bill, wrong.as_str(), later.as_str(), "", "{"]
        .iter()
        .map(|input| told(&["--lang", "en", "settle", "-"], input))
        .collect();
    compare_with("standard-input", &told.join("\n"));
}

#[test]
fn a_wrong_policy_is_told_by_line_and_column() {
    let good =
        std::fs::read_to_string(crate::root().join("policies/110000/employee/2005-01-01.toml"));
    let good = good.expect("the policy is there");
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut text = String::new();
    for (name, from, to) in [
        ("gap-between-bands", "upto = \"3万元\"", "upto = \"2万元\""),
        ("unspelt-amount", "\"7万元\"", "\"7万\""),
        ("unknown-key", "own_times", "own_time"),
        (
            "no-cap",
            "setting = \"outpatient\"\nper = \"year\"\nbasis",
            "setting = \"inpatient\"\nper = \"visit\"\nbasis",
        ),
        ("falling-ratio", "\"3\" = \"90%\"", "\"3\" = \"80%\""),
        (
            "idle-no-rule",
            "[[exclusion]]\n",
            "[[no_rule]]\nsetting = \"pharmacy\"\ncite = \"R68\"\nstanding = \"weak\"\n\n[[exclusion]]\n",
        ),
        (
            "idle-row",
            "[[rising]]\nalong = \"band\"",
            "[[rising]]\nplace = \"referred\"\nalong = \"band\"",
        ),
    ] {
        assert!(
            good.contains(from),
            "{name}: `{from}` is not in the policy any more"
        );
        let file = format!("{name}.toml");
        std::fs::write(folder.join(&file), good.replacen(from, to, 1)).expect("the folder is ours");
        let ran = yibao_in(folder, &["--lang", "en", "policy", "check", &file], "");
        let wrong = |line: &&str| {
            line.contains("✗") || line.contains(".toml:") || line.starts_with("  hint")
        };
        let told: Vec<&str> = ran.out.lines().filter(wrong).collect();
        text.push_str(&format!("# {name}\n{}", stable(&told.join("\n"))));
        assert_eq!(ran.code, Some(1), "{name}");
    }
    compare_with("policy-check-wrong", &text);
}

/// The pictures in the READMEs are what the program prints today.
#[test]
fn the_readmes_show_what_is_printed() {
    for (readme, lang) in [("README.md", "en"), ("README.zh-CN.md", "zh")] {
        let path = crate::root().join(readme);
        let text = std::fs::read_to_string(path).expect("the README is there");
        let ran = yibao(
            &[
                "--lang",
                lang,
                "settle",
                "examples/wuhan-outpatient-2023.toml",
            ],
            "",
        );
        let printed = stable(&ran.out);
        let shown = printed.trim();
        assert!(text.contains(shown), "{readme} should show:\n{shown}");
    }
}
