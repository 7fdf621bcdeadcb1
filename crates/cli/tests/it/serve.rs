//! `yibao serve --demo` as an engineer meets it: the list at the start, the three commands really run, and the end.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::transcripts::{compare_with, stable};
use crate::{files, root, yibao_in};

/// The fields of an answer that are told, with what they are, in the order of the table.
const TOLD: &str = include_str!("serve/told.txt");
/// What a visit's id is called.
const VISIT: &str = include_str!("serve/visit.txt");
/// Visits of another kind: whose, what it is, what of the messages is replaced, by what.
const ALSO: &str = include_str!("serve/also.txt");
const PURCHASE: &str = "examples/interface/purchase.json";

/// A service of a demonstration in a folder of its own.
pub(crate) struct Service {
    child: Child,
    folder: tempfile::TempDir,
    base: String,
}

impl Service {
    /// With these arguments; it is ready when it has told its address.
    pub(crate) fn open(args: &[&str]) -> Service {
        let folder = tempfile::tempdir().expect("a folder");
        for shipped in ["sandbox", "examples", "policies"] {
            let link = folder.path().join(shipped);
            std::os::unix::fs::symlink(root().join(shipped), link).expect("the folder is ours");
        }
        Service::of(folder, args)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "another process tells by a file that it is ready, and nothing else can be waited for"
    )]
    fn of(folder: tempfile::TempDir, args: &[&str]) -> Service {
        let ready = folder.path().join("ready");
        let out = |name| std::fs::File::create(folder.path().join(name)).expect("a file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_yibao"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"])
            .args(["--ready-file", "ready"])
            .args(args)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(out("out"))
            .stderr(out("err"))
            .spawn()
            .expect("the binary starts");
        let began = Instant::now();
        while !ready.exists() {
            let ended = child.try_wait().expect("it is ours");
            let late = began.elapsed() > Duration::from_secs(120);
            let said = || std::fs::read_to_string(folder.path().join("err")).unwrap_or_default();
            assert!(ended.is_none() && !late, "{ended:?} {}", said());
            std::thread::sleep(Duration::from_millis(20));
        }
        let address = std::fs::read_to_string(&ready).expect("the address");
        let base = format!("http://{address}");
        Service {
            child,
            folder,
            base,
        }
    }

    /// Where it is, as a browser asks for it.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What it has printed, without its port.
    fn printed(&self) -> String {
        let text = std::fs::read_to_string(self.path().join("out")).expect("its output");
        let port = self.base.rsplit(':').next().expect("a port");
        stable(&text.replace(&format!(":{port}"), ":PORT"))
    }

    /// Sends the message as the first of the commands does.
    pub(crate) fn curl(&self, message: &str) -> String {
        let address = format!("{}/fsi/api/rsfComIfsService/callService", self.base);
        self.ran("curl", &["-sS", &address, "-d", message])
    }

    /// The messages of an outpatient visit, changed; what the last of them was answered.
    fn visit(&self, id: &str, changed: &dyn Fn(&str) -> String) -> String {
        let mut visit = String::new();
        let mut last = String::new();
        for (n, name) in ["register", "diagnosis", "lines", "settle"]
            .iter()
            .enumerate()
        {
            let text = changed(&message(&format!("outpatient-{}-{name}", n + 1)));
            let text = text.replace("@MSGID@", id).replace("@VISIT@", &visit);
            last = self.curl(&text);
            let answer: serde_json::Value = serde_json::from_str(&last).expect("an answer");
            if let Some(opened) = value(&answer, VISIT.trim()).and_then(|id| id.as_str()) {
                visit = opened.to_owned();
            } else if n == 0 {
                break;
            }
        }
        told(&last)
    }

    fn ran(&self, program: &str, args: &[&str]) -> String {
        let ran = Command::new(program)
            .args(args)
            .current_dir(self.path())
            .output();
        let ran = ran.unwrap_or_else(|why| panic!("{program} (cargo xtask packages): {why}"));
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        let (out, err) = (text(ran.stdout), text(ran.stderr));
        assert!(ran.status.success(), "{program} {args:?}\n{out}{err}");
        out
    }

    /// Tells it to end, and waits; the folder stays.
    pub(crate) fn end(mut self) -> tempfile::TempDir {
        let process = self.child.id().to_string();
        self.ran("kill", &["-TERM", &process]);
        let status = self.child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0));
        std::fs::remove_file(self.path().join("ready")).expect("it was there");
        let empty = tempfile::tempdir().expect("a folder");
        std::mem::replace(&mut self.folder, empty)
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // A test that failed leaves no process behind; one that ended is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Ids by entry, times and the newborn's number differ from run to run.
fn masked(text: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let entry = bare.len() == 23 && bare.starts_with("9999000");
        match entry {
            true => word.replace(&bare[9..], "…"),
            false => word.to_owned(),
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ") + "\n";
    text.lines().map(line).collect()
}

/// A value of an answer, however deep it stands.
fn value<'v>(answer: &'v serde_json::Value, name: &str) -> Option<&'v serde_json::Value> {
    match answer {
        serde_json::Value::Object(members) => members
            .get(name)
            .or_else(|| members.values().find_map(|member| value(member, name))),
        serde_json::Value::Array(rows) => rows.iter().find_map(|row| value(row, name)),
        _ => None,
    }
}

/// One line of what an answer says.
fn told(answer: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(answer).expect("an answer is JSON");
    let fields = TOLD.lines().filter_map(|line| line.split_once(' '));
    let told = fields.filter_map(|(name, what)| {
        let value = value(&answer, name)?;
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        (!["0.0", "null", "0", ""].contains(&text.as_str())).then(|| format!("{what} {text}"))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_list_and_the_three_commands() {
    let service = Service::open(&["--lang", "en"]);
    let printed = service.printed();
    // The newborn was born in this year of the test.
    let fixed = printed.lines().filter(|line| !line.contains("新生儿"));
    let fixed: Vec<&str> = fixed.collect();
    compare_with("serve-demo-list", &(fixed.join("\n") + "\n"));

    let purchase = service.curl(&format!("@{PURCHASE}"));
    let again = service.curl(&format!("@{PURCHASE}"));
    assert_eq!(told(&purchase), told(&again));
    let mut transcript = format!("$ curl … -d @{PURCHASE}\n{}\n", told(&purchase));
    for script in ["outpatient", "inpatient", "inpatient"] {
        let path = format!("examples/interface/{script}.sh");
        let ran = service.ran("sh", &[&path, &service.base]);
        transcript += &format!("$ sh {path} BASE_URL\n{}", masked(&ran));
    }
    compare_with("serve-demo-commands", &transcript);

    let folder = service.end();
    let audit = yibao_in(
        folder.path(),
        &[
            "audit",
            "--policies",
            "sandbox/policies",
            "--lang",
            "en",
            "--json",
        ],
        "",
    );
    assert_eq!(audit.code, Some(0), "{}{}", audit.out, audit.err);

    // A directory that is there is used as it is: what was settled stays settled.
    let service = Service::of(folder, &["--lang", "en"]);
    assert_eq!(service.printed(), printed);
    assert_eq!(
        told(&service.curl(&format!("@{PURCHASE}"))),
        told(&purchase)
    );
    service.end();
}

#[test]
fn what_each_test_person_meets() {
    let service = Service::open(&["--json"]);
    let list: serde_json::Value = serde_json::from_str(&service.printed()).expect("a list");
    let persons = list["persons"].as_array().expect("persons");
    let of =
        |person: &serde_json::Value, key: &str| person[key].as_str().expect("a text").to_owned();
    // The ids in the files are those of the demonstration.
    let first = &persons[0];
    let ids = ["number", "identity_number", "name"].map(|key| of(first, key));
    for file in files("examples/interface", &[".json"]) {
        let text = std::fs::read_to_string(root().join(&file)).expect("a file");
        assert!(text.contains(&ids[0]), "{file}");
    }
    let mut story = String::new();
    for person in persons {
        let (name, identity) = (of(person, "name"), of(person, "identity_number"));
        story += &format!("{name} · {}\n", of(&person["situation"], "en"));
        story += &format!("  expected: {}\n", of(&person["expect"], "en"));
        let theirs = |text: &str| {
            let mut text = text.replace("310", &of(person, "insurance"));
            for (id, key) in ids.iter().zip(["number", "identity_number", "name"]) {
                text = text.replace(id, &of(person, key));
            }
            text
        };
        let purchase = theirs(&message("purchase")).replace("PURCHASE", &identity);
        story += &format!("  purchase: {}\n", told(&service.curl(&purchase)));
        story += &format!(
            "  visit: {}\n",
            service.visit(&format!("V{identity}"), &theirs)
        );
        let also = ALSO.lines().map(|line| line.split('|').collect::<Vec<_>>());
        for row in also.filter(|row| row[0] == name) {
            let changed = |text: &str| theirs(text).replace(row[2], row[3]);
            story += &format!(
                "  {}: {}\n",
                row[1],
                service.visit(&format!("W{identity}"), &changed)
            );
        }
    }
    compare_with("serve-demo-persons", &story);
    service.end();
}

/// A message of the examples.
pub(crate) fn message(name: &str) -> String {
    let path = root().join(format!("examples/interface/{name}.json"));
    std::fs::read_to_string(path).expect("a message")
}
