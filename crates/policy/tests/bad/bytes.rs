//! Texts that cannot be written into a table: too large, too deep, too many, of other bytes. None may take long or much stack.

use std::time::{Duration, Instant};

use policy::{Errors, PolicyFile, Source, bill};

use crate::table::{Table, snapshot};

/// Less than any thread is given: whatever recurses with its input overflows it.
const STACK: usize = 256 * 1024;
/// Many times what any of them takes, so that a busy machine does not fail; what takes seconds does.
const LONGEST: Duration = Duration::from_secs(10);

/// A name, and what makes the text and reads it.
type Case = (&'static str, fn() -> Said);
type Said = Result<(), Errors>;

#[test]
fn bytes() {
    let mut text = String::from("# Texts that bytes.rs makes, and what is said to them.\n\n");
    let tables = [ENCODING, DEEP, LARGE, MANY, POLICIES];
    for (name, run) in tables.iter().copied().flatten() {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let began = Instant::now();
        let said = thread.spawn(run).expect("a thread").join().expect(name);
        let took = began.elapsed();
        assert!(took < LONGEST, "{name} took {took:?}");
        text.push_str(&format!("## {name}\n{}\n", shown(&said)));
    }
    snapshot("bytes", &text);
}

/// The messages; of many the first two, how many there are between, and the last.
fn shown(said: &Said) -> String {
    let said = match said {
        Ok(()) => return "nothing is said\n".to_owned(),
        Err(errors) => errors.to_string(),
    };
    let mut lines: Vec<String> = said.lines().map(|line| format!("! {line}\n")).collect();
    if lines.len() > 5 {
        let left_out = lines.len() - 3;
        let note = format!("… {left_out} more …\n");
        lines.splice(2..lines.len() - 1, [note]);
    }
    lines.concat()
}

const GOOD: &str = "region = \"110000\"\nscheme = \"employee\"\nsetting = \"outpatient\"\n\
    days = { service = 2005-06-01 }\nfacility = { level = 3 }\nperson = { status = \"active\" }\n";
const COST: &str = "cost = { in_scope = \"50000\" }\n";
const JSON: &str = "{ \"region\": \"110000\", \"scheme\": \"employee\", \"setting\": \"outpatient\", \
    \"days\": { \"service\": \"2005-06-01\" }, \"facility\": {}, \"person\": { \"status\": \"active\" }, \"cost\": {}";

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Said {
    let source = Source::new(name, bytes.into())?;
    bill::read(&source).map(|_| ())
}

fn toml(bytes: impl Into<Vec<u8>>) -> Said {
    read("bill.toml", bytes)
}

fn json(bytes: impl Into<Vec<u8>>) -> Said {
    read("bill.json", bytes)
}

const ENCODING: &[Case] = &[
    ("nothing at all", || toml("")),
    ("only white space", || toml(" \t\r\n\n  ")),
    ("only a byte order mark", || toml("\u{feff}")),
    ("a byte order mark before a good bill", || {
        toml(format!("\u{feff}{GOOD}{COST}"))
    }),
    (
        "a byte order mark before a wrong key: the column is the editor's",
        || toml(format!("\u{feff}x = 1\n{GOOD}{COST}")),
    ),
    ("a byte order mark before good JSON", || {
        json(format!("\u{feff}{JSON}}}"))
    }),
    (
        "a byte order mark before good JSON on standard input",
        || read("-", format!("\u{feff}{JSON}}}")),
    ),
    ("a byte order mark in the middle", || {
        toml(format!("{GOOD}\u{feff}{COST}"))
    }),
    ("a byte that no text begins with", || toml(b"\xff".to_vec())),
    ("UTF-16", || toml(b"\xff\xfer\0e\0g\0i\0o\0n\0".to_vec())),
    (
        "GBK, in the second line after six Chinese characters",
        || {
            let gbk = b"\xb1\xb1\xbe\xa9";
            toml(
                [
                    b"# \n# \xe5\x8c\x97\xe4\xba\xac\xe5\xb8\x82\xe8\x81\x8c\xe5\xb7\xa5",
                    &b"\xe7\x9a\x84 "[..],
                    gbk,
                ]
                .concat(),
            )
        },
    ),
    ("half a character at the end", || {
        toml(b"# \xe5\x8c".to_vec())
    }),
    ("an overlong slash", || toml(b"# \xc0\xaf".to_vec())),
    ("half of a pair of surrogates", || {
        toml(b"# \xed\xa0\x80".to_vec())
    }),
    ("a null character in a comment", || toml("# \0\n")),
    ("a null character between values", || {
        json("{ \"region\": \0\"110000\" }")
    }),
    ("a bell in a text of TOML", || toml("region = \"\x07\"\n")),
    ("a bell in a text of JSON", || {
        json("{ \"region\": \"\x07\" }")
    }),
    ("a right-to-left mark before a key", || {
        toml("\u{202e}region = \"110000\"\n")
    }),
    (
        "ends of lines of Windows: the line is counted rightly",
        || toml(format!("{GOOD}{COST}x = 1\n").replace('\n', "\r\n")),
    ),
    ("ends of lines of an old Macintosh", || {
        toml(GOOD.replace('\n', "\r"))
    }),
    ("columns count characters, not bytes", || {
        toml(format!("{GOOD}{COST}accounts = {{ \"当年账户🧧\" = 1 }}\n"))
    }),
];

const DEEP: &[Case] = &[
    ("TOML: lists 31 deep in the bill", || {
        toml(format!(
            "{GOOD}{COST}causes = {}{}",
            "[".repeat(31),
            "]".repeat(31)
        ))
    }),
    ("TOML: lists 32 deep in the bill", || {
        toml(format!(
            "{GOOD}{COST}causes = {}{}",
            "[".repeat(32),
            "]".repeat(32)
        ))
    }),
    ("TOML: lists in lists, 100,000 deep", || {
        toml(format!(
            "a = {}{}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        ))
    }),
    ("TOML: lists in lists without end", || {
        toml(format!("a = {}", "[".repeat(1_000_000)))
    }),
    ("TOML: tables in tables, 100,000 deep", || {
        toml(format!(
            "a = {}1{}",
            "{a=".repeat(100_000),
            "}".repeat(100_000)
        ))
    }),
    ("TOML: a key of 100,000 levels", || {
        toml(format!("{}a = 1", "a.".repeat(100_000)))
    }),
    ("TOML: a header of 100,000 levels", || {
        toml(format!("[{}a]", "a.".repeat(100_000)))
    }),
    ("TOML: rows of 100,000 levels", || {
        toml(format!("[[{}a]]", "a.".repeat(100_000)))
    }),
    ("TOML: a key of 100,000 levels within a table", || {
        toml(format!("a = {{ {}a = 1 }}", "a.".repeat(100_000)))
    }),
    (
        "TOML: a header, a key and a table of 60 levels each",
        || {
            let (header, key, table) = ("a.".repeat(60), "b.".repeat(60), "{c=".repeat(60));
            toml(format!("[{header}a]\n{key}b = {table}1{}", "}".repeat(60)))
        },
    ),
    ("JSON: lists 31 deep in the bill", || {
        json(format!(
            "{JSON}, \"causes\": {}{} }}",
            "[".repeat(31),
            "]".repeat(31)
        ))
    }),
    ("JSON: lists 32 deep in the bill", || {
        json(format!(
            "{JSON}, \"causes\": {}{} }}",
            "[".repeat(32),
            "]".repeat(32)
        ))
    }),
    ("JSON: lists in lists, 100,000 deep", || {
        json(format!(
            "{{ \"a\": {}{} }}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        ))
    }),
    ("JSON: tables in tables without end", || {
        json("{\"a\":".repeat(1_000_000))
    }),
    ("JSON: brackets in a text are no nesting", || {
        json(format!("{{ \"region\": \"{}\" }}", "[\\\"{".repeat(100)))
    }),
];

const LARGE: &[Case] = &[
    ("a file of 16 MB", || toml(vec![b' '; Source::LARGEST])),
    ("a file of 16 MB and a byte", || {
        toml(vec![b' '; Source::LARGEST + 1])
    }),
    ("a stream without end", || {
        Source::read_from("-", std::io::repeat(b'#'))
            .map(|_| ())
            .map_err(Errors::from)
    }),
    ("a text of 15 MB where a word is expected", || {
        toml(format!("scheme = \"{}\"\n", "x".repeat(15_000_000)))
    }),
    ("a number of 15 MB", || {
        toml(format!(
            "{GOOD}{COST}deposit = {}\n",
            "1".repeat(15_000_000)
        ))
    }),
    ("an unknown key of 15 MB", || {
        toml(format!("{GOOD}{COST}{} = 1\n", "x".repeat(15_000_000)))
    }),
    ("a cause of 5 MB of line breaks", || {
        toml(format!(
            "{GOOD}{COST}causes = \"{}\"\n",
            "\\n".repeat(5_000_000)
        ))
    }),
    ("an id of 5 MB that the policy does not know", || {
        policy(&[(
            "rest",
            format!(
                "{{ cite = \"{}\", standing = \"law\" }}",
                "x".repeat(5_000_000)
            ),
        )])
    }),
];

const MANY: &[Case] = &[
    ("TOML: 500,000 unknown keys", || {
        let keys: String = (0..500_000).map(|n| format!("k{n} = 1\n")).collect();
        toml(format!("{GOOD}{COST}{keys}"))
    }),
    ("JSON: 500,000 unknown keys on one line", || {
        let keys: String = (0..500_000).map(|n| format!(", \"k{n}\": 1")).collect();
        json(format!("{JSON}{keys} }}"))
    }),
    ("TOML: the same table 500,000 times", || {
        toml("[a]\n".repeat(500_000))
    }),
    ("JSON: the same key 500,000 times", || {
        json(format!("{{ {} \"a\": 1 }}", "\"a\": 1,".repeat(500_000)))
    }),
    ("a list of 1,000,000 causes that are numbers", || {
        toml(format!(
            "{GOOD}{COST}causes = [{}]\n",
            "1,".repeat(1_000_000)
        ))
    }),
    ("100,000 lines, each with three errors", || {
        toml(format!("{GOOD}{}", "[[line]]\nitem = 1\n".repeat(100_000)))
    }),
    ("200,000 lines, of which the last has no price", || {
        let line = "[[line]]\nitem = \"x\"\nclass = \"A\"\n";
        let priced = format!("{line}unit_price = 1\n");
        toml(format!("{GOOD}{}{line}", priced.repeat(200_000)))
    }),
    (
        "100,000 spells, of which the last, without end, overlaps",
        || {
            let spells: String = (0..100_000)
            .map(|n| (1 + n / 28 / 12, 1 + n / 28 % 12, 1 + n % 28))
            .map(|(y, m, d)| format!("{{ from = {y:04}-{m:02}-{d:02}, until = {y:04}-{m:02}-{d:02}, state = \"ended\" }}, "))
            .collect();
            let last = "{ from = 0298-08-08, state = \"in_force\" }";
            let person =
                format!("person = {{ status = \"active\", coverage = [{spells}{last}] }}\n");
            toml(GOOD.replace("person = { status = \"active\" }\n", &person) + COST)
        },
    ),
];

/// The good policy with lines replaced or added.
fn policy(changes: &[(&str, String)]) -> Said {
    let table = Table::read("policies");
    let mut lines: Vec<String> = table.base("policy").lines().map(str::to_owned).collect();
    for (key, value) in changes {
        let change = format!("{key} = {value}");
        match lines
            .iter_mut()
            .find(|line| line.starts_with(&format!("{key} = ")))
        {
            Some(line) => *line = change,
            None => lines.push(change),
        }
    }
    let source = Source::new("policy.toml", lines.join("\n").into_bytes())?;
    PolicyFile::read(&source).map(|_| ())
}

/// `[row(0), row(1), …]`
fn rows(count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("[\n  {},\n  ]", rows.join(",\n  "))
}

/// A class or a disease.
fn class(id: usize, condition: &str) -> String {
    format!("{{ id = \"{id}\", name = {{ zh = \"类\", en = \"class\" }}{condition} }}")
}

const POLICIES: &[Case] = &[
    (
        "32 classes of providers, 32 of persons and 31 diseases",
        || {
            let by_tag = |n| {
                class(
                    n,
                    &format!(", tags = [\"{n}\"], without = {}", without(n, 32)),
                )
            };
            let by_age = |n| class(n, &format!(", age = \"{n}..{n}\""));
            policy(&[
                ("facility", rows(32, by_tag)),
                ("person", rows(32, by_age)),
                ("disease", rows(31, |n| class(n, ""))),
            ])
        },
    ),
    (
        "33 classes of providers, 33 of persons and 32 diseases",
        || {
            policy(&[
                ("facility", rows(33, |n| class(n, ""))),
                ("person", rows(33, |n| class(n, ""))),
                ("disease", rows(32, |n| class(n, ""))),
            ])
        },
    ),
    (
        "32 classes of persons, each with its own ages, days of retirement and identities",
        || {
            let person = |n| {
                let (year, identities) = (
                    1970 + n,
                    format!("identities = [\"i{n}\"], without = [\"w{n}\"]"),
                );
                class(
                    n,
                    &format!(
                        ", age = \"{n}..{}\", retired = \"{year}-01-01..{year}-12-31\", {identities}",
                        n + 50
                    ),
                )
            };
            policy(&[("person", rows(32, person))])
        },
    ),
    ("100,000 classes of providers", || {
        policy(&[("facility", rows(100_000, |n| class(n, "")))])
    }),
    ("100,000 classes of providers of one id", || {
        policy(&[("facility", rows(100_000, |_| class(3, "")))])
    }),
    ("64 identities of layers", || {
        let layer = |n| {
            format!(
                "{{ kind = \"medical_aid\", identities = [\"i{n}\"], base = [\"own_share\"], over = \"0元\", \
                 origin = \"absolute\", accumulates = \"year\", bands = [{{ ratio = \"70%\" }}], cap = \"none\", \
                 cite = \"D\", standing = \"law\" }}"
            )
        };
        let identities: Vec<String> = (0..64).map(|n| format!("\"i{n}\"")).collect();
        let aid = format!("{{ precedence = [{}] }}", identities.join(", "));
        policy(&[("aid", aid), ("layer", rows(64, layer))])
    }),
    ("65,536 causes", || {
        let row = |n| format!("{{ cause = \"c{n}\", cite = \"D\", standing = \"law\" }}");
        policy(&[("exclusion", rows(65_536, row))])
    }),
    ("20,000 rows for the same question", || {
        let row =
            |_| "{ per = \"stay\", amount = \"1元\", cite = \"D\", standing = \"law\" }".to_owned();
        policy(&[("deductible", rows(20_000, row))])
    }),
];

/// All numbers but one, as a list of texts.
fn without(n: usize, count: usize) -> String {
    let others: Vec<String> = (0..count)
        .filter(|m| *m != n)
        .map(|m| format!("\"{m}\""))
        .collect();
    format!("[{}]", others.join(", "))
}
