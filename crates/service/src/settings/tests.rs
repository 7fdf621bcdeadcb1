//! Settings held to their rules.

use std::path::{Path, PathBuf};

use super::*;

mod kept;

/// A folder with a settings file, a secret and nothing else.
struct Place(tempfile::TempDir);

const SECRET: &str = "the-secret-of-the-test";

impl Place {
    fn with(settings: &str) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place(folder);
        place.write("settings.toml", settings);
        place.write("secret", SECRET);
        place.write("empty", "\n");
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).expect("it is written");
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("settings.toml")
    }

    fn load(&self, flags: &[(&str, &str)], variables: &[(&str, &str)]) -> Result<Settings, Faults> {
        let flags: Vec<(&str, String)> = flags
            .iter()
            .map(|(key, value)| (*key, (*value).to_owned()))
            .collect();
        let environment = |name: &str| {
            let mut variables = variables.iter();
            variables
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        };
        Settings::load(Sources {
            flags: &flags,
            environment: &environment,
            file: Some(&self.path()),
            home: Path::new("data"),
        })
    }

    /// The faults as they are told, without the folder.
    fn faults(&self) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display());
        match self.load(&[], &[]) {
            Ok(_) => Vec::new(),
            Err(faults) => faults
                .0
                .iter()
                .map(|fault| fault.to_string().replace(&folder, ""))
                .collect(),
        }
    }
}

fn bare(flags: &[(&str, String)]) -> Result<Settings, Faults> {
    Settings::load(Sources {
        flags,
        environment: &|_| None,
        file: None,
        home: Path::new("data"),
    })
}

#[test]
fn where_nothing_is_said_the_defaults_hold() {
    let settings = bare(&[]).expect("defaults");
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8787");
    assert_eq!(settings.tls, None);
    assert_eq!(settings.default_profile, None);
    assert!(!settings.sandbox);
    assert_eq!(settings.bounds.body, 2 << 20);
    assert_eq!(settings.bounds.upload, 32 << 20);
    assert_eq!(settings.access_log, Path::new("data/access.jsonl"));
    assert_eq!(settings.files, Path::new("data/files"));
    assert_eq!(settings.trace, None);
    assert!(
        settings
            .told()
            .iter()
            .all(|told| told.from == Origin::Default)
    );
    assert!(settings.warnings().is_empty());
}

#[test]
fn an_argument_before_the_environment_before_the_file_before_the_default() {
    let place = Place::with("window = 20\nfiles = \"store\"\n");
    let written = "settings.toml:1";
    for (flags, variables, window, from) in [
        (&[][..], &[][..], 20, written),
        (&[], &[("YIBAO_WINDOW", "30")], 30, "YIBAO_WINDOW"),
        (&[], &[("YIBAO_WINDOW", "")], 20, written),
        (
            &[("window", "40")],
            &[("YIBAO_WINDOW", "30")],
            40,
            "--window",
        ),
    ] {
        let settings = place.load(flags, variables).expect("settings");
        let told = settings.told().iter().find(|told| told.key == "window");
        let told = told.expect("it is told");
        assert_eq!(settings.window, window);
        assert_eq!(told.value, window.to_string());
        assert!(told.from.to_string().ends_with(from), "{}", told.from);
        // A path of the file is relative to the file.
        assert_eq!(settings.files, place.0.path().join("store"));
    }
    let settings = place.load(&[("files", "here")], &[]).expect("settings");
    assert_eq!(settings.files, Path::new("here"));
}

#[test]
fn a_sandbox_believes_whom_it_does_not_know_unless_told_otherwise() {
    let none = Some(Profile::None);
    for (written, expected) in [
        ("", None),
        ("sandbox = true", none),
        ("sandbox = true\ndefault_profile = \"refused\"", None),
        ("default_profile = \"none\"", none),
    ] {
        let settings = Place::with(written).load(&[], &[]).expect("settings");
        assert_eq!(settings.default_profile, expected, "{written}");
        assert_eq!(settings.warnings().len(), usize::from(expected.is_some()));
    }
}

#[test]
fn codes_are_shown_in_a_sandbox_alone() {
    use crate::codes::Delivery;
    let program = Delivery::Program("/usr/local/bin/send".into());
    for (written, expected) in [
        ("", Delivery::Off),
        ("sandbox = true", Delivery::Shown),
        ("sandbox = true\none_time_codes = \"off\"", Delivery::Off),
        ("one_time_codes = \"/usr/local/bin/send\"", program),
    ] {
        let settings = Place::with(written).load(&[], &[]).expect("settings");
        assert_eq!(settings.one_time_codes, expected, "{written}");
    }
    let shown = Place::with("one_time_codes = \"shown\"").load(&[], &[]);
    let told = shown.expect_err("it is no sandbox").to_string();
    assert!(told.contains(":1: `one_time_codes` = `shown`: "), "{told}");
}

#[test]
fn every_key_of_the_table_has_a_value_that_breaks_its_rule() {
    for (key, wrong) in [
        ("listen", "localhost"),
        ("certificate", ""),
        ("certificate_key", ""),
        ("sandbox", "yes"),
        ("default_profile", "hunan"),
        ("window", "5"),
        ("institution_rate", "0"),
        ("address_rate", "+5"),
        ("body_limit", "2 MB"),
        ("upload_limit", "0"),
        ("waiting_limit", "many"),
        ("access_log", ""),
        ("access_log_size", "99999999999 GiB"),
        ("trace", ""),
        ("trace_size", "1.5 MiB"),
        ("log", "loud"),
        ("log_form", "xml"),
        ("files", ""),
        ("one_time_codes", ""),
        ("operators", "yes"),
        ("proxy", "yes"),
    ] {
        let faults = bare(&[(key, wrong.to_owned())]).expect_err(key);
        let [fault] = faults.0.as_slice() else {
            panic!("{key}: {faults}");
        };
        assert_eq!(
            (fault.key.as_str(), fault.value.as_deref()),
            (key, Some(wrong))
        );
        let rule = KEYS
            .iter()
            .find(|known| known.name == key)
            .expect("a key")
            .rule;
        assert_eq!(fault.rule, rule);
    }
    assert_eq!(KEYS.len(), 21, "the table above has a row for every key");
}

#[test]
fn what_is_wrong_is_told_with_line_key_value_and_rule() {
    for (written, expected) in [
        (
            "sandbox = true\nwindow = 5",
            "settings.toml:2: `window` = `5`: a window is 10 to 1800 seconds",
        ),
        (
            "\nwindows = 5",
            "settings.toml:2: `windows`: there is no such key",
        ),
        (
            "window = 1.5",
            "settings.toml:1: `window`: invalid type: floating point `1.5`, expected a text, a whole number, `true` or `false`",
        ),
        (
            "window = 20\nwindow = 30",
            "settings.toml:2: `window`: duplicate key",
        ),
        (
            "certificate = \"a.pem\"",
            "settings.toml:1: `certificate` = `a.pem`: TLS needs a certificate and its key; `certificate_key` is not said",
        ),
        (
            "[diseases]\nM01600 = \"\"",
            "settings.toml:2: `diseases.M01600` = ``: a disease has a code and the policy's name for it",
        ),
        (
            "[[institution]]\ncode = \"H1\"\nprofile = \"none\"\ncolour = \"red\"",
            "settings.toml:4: `colour`: unknown field `colour`, expected one of `code`, `profile`, `access_key`, `secret_file`, `secret_env`, \
             `public_key_file`, `signing_key_file`, `signing_key_env`, `status_code`, `strict`, `fund_includes_account`, `secret`, `signing_key`",
        ),
    ] {
        assert_eq!(Place::with(written).faults(), [expected]);
    }
    let unknown = bare(&[("colour", "red".to_owned())]).expect_err("no such key");
    assert_eq!(
        unknown.to_string(),
        "--colour: `colour` = `red`: there is no such key"
    );
    let missing = bare_file("no-such-file.toml");
    assert!(missing.starts_with("no-such-file.toml:1: the settings file cannot be read: "));
}

fn bare_file(name: &str) -> String {
    let sources = Sources {
        flags: &[],
        environment: &|_| None,
        file: Some(Path::new(name)),
        home: Path::new("data"),
    };
    Settings::load(sources).expect_err("no file").to_string()
}

/// One institution, with these lines.
fn institution(lines: &str) -> String {
    format!("[[institution]]\n{lines}\n")
}

#[test]
fn what_is_wrong_with_an_institution_is_told() {
    let hunan = "code = \"H1\"\nprofile = \"hunan\"\naccess_key = \"AK\"";
    for (lines, expected) in [
        (
            "code = \"H-1\"\nprofile = \"none\"".to_owned(),
            "settings.toml:2: `institution.code` = `H-1`: an institution's code is up to 30 letters and digits",
        ),
        (
            "code = \"H1\"\nprofile = \"csb\"".to_owned(),
            "settings.toml:3: `institution.profile` = `csb`: a profile is one of `none`, `hunan`, `x-tif`, `x-ca`, `sm2-sm4`",
        ),
        (
            hunan.to_owned(),
            "settings.toml:2: `institution.secret_file`: the profile `hunan` needs it",
        ),
        (
            format!("{hunan}\nsecret_file = \"nowhere\""),
            "settings.toml:5: `institution.secret_file` = `nowhere`: the file of the secret cannot be read: No such file or directory (os error 2)",
        ),
        (
            format!("{hunan}\nsecret_file = \"empty\""),
            "settings.toml:5: `institution.secret_file` = `empty`: the secret is empty",
        ),
        (
            format!("{hunan}\nsecret_env = \"NOWHERE\""),
            "settings.toml:5: `institution.secret_env` = `NOWHERE`: the environment has no such variable",
        ),
        (
            format!("{hunan}\nsecret_file = \"secret\"\nsecret_env = \"A\""),
            "settings.toml:5: `institution.secret_file` = `secret`: it is in a file or in the environment; `secret_env` says both",
        ),
        (
            format!("{hunan}\nsecret_file = \"secret\"\nstatus_code = \"both\""),
            "settings.toml:6: `institution.status_code` = `both`: it is `number` or `text`",
        ),
        (
            "code = \"H1\"\nprofile = \"none\"\nsecret_file = \"secret\"".to_owned(),
            "settings.toml:2: `institution.secret_file`: the profile `none` has no use for it",
        ),
        (
            "code = \"H1\"\nprofile = \"sm2-sm4\"\naccess_key = \"C\"\nsecret_file = \"secret\""
                .to_owned(),
            "settings.toml:2: `institution.public_key_file`: the profile `sm2-sm4` needs it",
        ),
        (
            format!(
                "{hunan}\nsecret_file = \"secret\"\n[[institution]]\ncode = \"H2\"\nprofile = \"hunan\"\naccess_key = \"AK\"\nsecret_file = \"secret\""
            ),
            "settings.toml:9: `institution.access_key` = `AK`: the key is that of H1: a key has one owner",
        ),
        (
            "code = \"H1\"\nprofile = \"none\"\n[[institution]]\ncode = \"H1\"\nprofile = \"none\""
                .to_owned(),
            "settings.toml:5: `institution.code` = `H1`: the institution is listed twice",
        ),
    ] {
        assert_eq!(Place::with(&institution(&lines)).faults(), [expected]);
    }
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for line in [
        format!("secret = \"{SECRET}\""),
        format!("signing_key = \"{SECRET}\""),
        format!("secret_env = \"{SECRET}\""),
        format!("secrets = \"{SECRET}\""),
    ] {
        let lines = format!("code = \"H1\"\nprofile = \"none\"\n{line}");
        let faults = Place::with(&institution(&lines)).faults();
        assert!(!faults.is_empty(), "{line}");
        let told = faults.join("\n");
        assert!(told.contains("settings.toml:4: "), "{told}");
        assert!(!told.contains(SECRET), "{told}");
    }
    let place = Place::with(&institution(
        "code = \"H1\"\nprofile = \"hunan\"\naccess_key = \"A\"\nsecret = \"x\"",
    ));
    assert_eq!(
        place.faults(),
        [
            "settings.toml:5: `institution.secret`: a secret does not stand in the settings file\n  hint: put it in a file of its own that \
          only the service may read, and name it: `secret_file = \"…\"` or `secret_env = \"…\"`; the one that stood here is known to all who read the file"
        ]
    );
}

#[test]
fn a_whole_file_is_read_and_shown_without_its_secrets() {
    let place = Place::with(
        "listen = \"0.0.0.0:443\"
certificate = \"c.pem\"
certificate_key = \"k.pem\"
body_limit = \"1 MiB\"
upload_limit = 5000

[diseases]
M03900 = \"hypertension\"

[[institution]]
code = \"H43010000001\"
profile = \"hunan\"
access_key = \"AKTEST0001\"
secret_file = \"secret\"
status_code = \"text\"
strict = true

[[institution]]
code = \"P43010000002\"
profile = \"x-ca\"
access_key = \"CA2\"
secret_env = \"P2_SECRET\"
fund_includes_account = true
",
    );
    let settings = place.load(&[], &[("P2_SECRET", SECRET)]).expect("settings");
    let tls = settings.tls.as_ref().expect("TLS");
    assert_eq!(tls.key, place.0.path().join("k.pem"));
    assert_eq!(
        (settings.bounds.body, settings.bounds.upload),
        (1 << 20, 5000)
    );
    assert_eq!(settings.diseases["M03900"], "hypertension");
    let hospital = &settings.institutions["H43010000001"];
    assert!(hospital.status_as_text && hospital.strict && !hospital.fund_includes_account);
    let secret = hospital.secret.as_ref().expect("a secret");
    assert_eq!(secret.text(), SECRET);
    let shown = format!("{settings:?} {:?}", settings.told());
    assert!(!shown.contains(SECRET), "{shown}");
    let folder = format!("{}/", place.0.path().display());
    let told: Vec<String> = settings
        .told()
        .iter()
        .filter(|told| told.from != Origin::Default)
        .map(|told| format!("{} = {} ({})", told.key, told.value, told.from).replace(&folder, ""))
        .collect();
    assert_eq!(
        told,
        [
            "listen = 0.0.0.0:443 (settings.toml:1)",
            "certificate = c.pem (settings.toml:2)",
            "certificate_key = k.pem (settings.toml:3)",
            "body_limit = 1 MiB (settings.toml:4)",
            "upload_limit = 5000 (settings.toml:5)",
            "institution H43010000001 = profile hunan, access key AKTEST0001, secret from file secret, status code text, strict (settings.toml:11)",
            "institution P43010000002 = profile x-ca, access key CA2, secret from environment P2_SECRET, status code number, fund includes account (settings.toml:19)",
            "diseases M03900 = hypertension (settings.toml:8)",
        ]
    );
}

#[test]
fn a_secret_has_a_line_for_the_new_and_one_for_the_old() {
    let secret = Secret::of("new\r\n\n old \n", "here");
    assert_eq!(secret.lines().collect::<Vec<_>>(), ["new", "old"]);
    assert_eq!(format!("{secret:?}"), "Secret(from here)");
}

#[test]
fn what_is_open_to_all_is_warned_of() {
    let place =
        Place::with("listen = \"0.0.0.0:80\"\n[[institution]]\ncode = \"H1\"\nprofile = \"none\"");
    let settings = place.load(&[], &[]).expect("settings");
    assert_eq!(
        settings.warnings(),
        [
            "0.0.0.0:80 is reached without TLS: whoever is on the way reads names and identity numbers",
            "institution H1 is believed without proof",
        ]
    );
    let place = Place::with("sandbox = true\ntrace = \"t\"");
    let settings = place.load(&[], &[]).expect("settings");
    assert_eq!(
        settings.warnings().len(),
        1,
        "a sandbox may keep its messages"
    );
    let place = Place::with("trace = \"t\"");
    let settings = place.load(&[], &[]).expect("settings");
    assert!(settings.warnings()[0].contains("t takes every message word for word"));
}

#[cfg(unix)]
#[test]
fn a_secret_that_everybody_may_read_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let lines = "code = \"H1\"\nprofile = \"x-ca\"\naccess_key = \"A\"\nsecret_file = \"secret\"";
    let place = Place::with(&institution(lines));
    let secret = place.0.path().join("secret");
    for (mode, warnings) in [(0o600, 0), (0o640, 0), (0o644, 1)] {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&secret, permissions).expect("set");
        let settings = place.load(&[], &[]).expect("settings");
        assert_eq!(settings.warnings().len(), warnings, "{mode:o}");
    }
}

#[test]
fn the_table_in_the_docs_is_the_table_of_keys() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/service-security.md");
    let docs = std::fs::read_to_string(docs).expect("the page");
    let rows = docs
        .lines()
        .skip_while(|line| *line != "| key | default | what |")
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let rows: Vec<(String, String)> = rows
        .map(|cells| (cells[1].replace('`', ""), cells[2].replace('`', "")))
        .collect();
    let keys: Vec<(String, String)> = KEYS
        .iter()
        .map(|key| (key.name.to_owned(), key.default.unwrap_or("").to_owned()))
        .collect();
    assert_eq!(rows, keys);
}

/// What the page shows as a file is one, but for the secrets that lie elsewhere.
#[test]
fn the_example_in_the_docs_is_read() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/service-security.md");
    let docs = std::fs::read_to_string(docs).expect("the page");
    let (_, example) = docs.split_once("```toml\n").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    let place = Place::with(example);
    std::fs::create_dir(place.0.path().join("secrets")).expect("a folder");
    for name in [
        "H43010000001",
        "H22010000002.sm4",
        "H22010000002.pub",
        "agency.key",
    ] {
        place.write(&format!("secrets/{name}"), SECRET);
    }
    let settings = place.load(&[], &[]).expect("settings");
    assert_eq!(settings.institutions.len(), 2);
    assert_eq!(settings.diseases.len(), 1);
}
