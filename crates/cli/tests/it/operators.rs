//! The operators at the command line: the first administrator, the list, another password, the end; passwords and days differ each time.

use crate::agency::Folder;
use crate::transcripts::compare_with;

#[test]
fn operators() {
    let folder = Folder::new();
    let table = [("zh", "operators-zh"), ("en", "operators")];
    folder.runs("init --region 310000");
    for (lang, name) in table {
        let one = format!("{lang}.wang");
        let commands = [
            format!("operator make {one} --called 王丽 --role administrator"),
            format!("operator make {one} --called 王丽 --role administrator"),
            "operator make Wang --called 王丽 --role clerk".to_owned(),
            "operator make till --called 一窗 --role cashier --institution P0".to_owned(),
            "operator make till --called 一窗 --role king".to_owned(),
            format!("operator make {lang}.li --called 李 --role clerk --json"),
            format!("operator renew {lang}.li"),
            "operator renew nobody".to_owned(),
            format!("operator end {lang}.li"),
            format!("operator end {lang}.li"),
            format!("operator renew {lang}.li"),
            "operator list".to_owned(),
        ];
        let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
        compare_with(name, &same_each_time(&folder.told(lang, &commands)));
    }
    let last = folder.told("en", &["operator end en.wang", "operator end zh.wang"]);
    assert!(last.contains("en.wang has ended"), "{last}");
    assert!(
        last.contains("zh.wang: there must be an administrator left"),
        "{last}"
    );
    let audit = folder.runs("audit");
    assert!(audit.contains("Everything holds"), "{audit}");
}

/// Passwords and days are left out.
fn same_each_time(text: &str) -> String {
    let mut same = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |length: usize, of: fn(char) -> bool| {
            let run = rest.get(..length)?;
            let ends = !rest[length..].starts_with(of);
            (run.chars().all(of) && ends).then_some(run)
        };
        let password = run(32, |c| c.is_ascii_hexdigit());
        let day = run(10, |c| c.is_ascii_digit() || c == '-').filter(|day| day.starts_with("20"));
        let (told, length) = match (password, day) {
            (Some(_), _) => ("…password…".to_owned(), 32),
            (_, Some(_)) => ("…the day…".to_owned(), 10),
            _ => (first.to_string(), first.len_utf8()),
        };
        same.push_str(&told);
        rest = &rest[length..];
    }
    same
}
