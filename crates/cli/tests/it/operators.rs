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

/// Passwords and the day are left out.
fn same_each_time(text: &str) -> String {
    let left_out = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let password = bare.len() == 32 && bare.chars().all(|c| c.is_ascii_hexdigit());
        let day = bare.len() == 10 && bare.starts_with("20") && bare.matches('-').count() == 2;
        match password || day {
            true => word.replace(
                bare,
                if day {
                    "…day…    "
                } else {
                    "…password…"
                },
            ),
            false => word.to_owned(),
        }
    };
    let line = |line: &str| {
        let words: Vec<String> = line.split(' ').map(left_out).collect();
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}
