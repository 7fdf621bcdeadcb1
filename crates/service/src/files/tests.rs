//! What lies in the folder, what comes out of it, and what never gets in.

use jiff::civil::date;

use super::*;

const HOSPITAL: &str = "H42010600004";
const OTHER: &str = "H42010600005";

fn folder() -> (tempfile::TempDir, Files) {
    let root = tempfile::tempdir().expect("a directory");
    let files = Files::new(root.path().join("files"));
    (root, files)
}

fn day() -> Date {
    date(2025, 3, 3)
}

fn kept(files: &Files, key: &str, name: &str, bytes: &[u8]) -> Result<FileNumber, FileError> {
    let number = FileNumber::of(key);
    files.keep(&number, Label::new(name, HOSPITAL, day()), bytes)?;
    Ok(number)
}

fn names(files: &Files) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(&files.folder)
        .expect("the folder")
        .map(|entry| {
            let name = entry.expect("an entry").file_name();
            name.into_string().expect("a name")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_found_again_after_a_restart_by_its_owner_alone() {
    let (root, files) = folder();
    let bytes = b"PK\x03\x04\nnot a line\n\0";
    let number = kept(&files, "H/9101/1", "对账.zip", bytes).expect("kept");
    drop(files);
    let files = Files::new(root.path().join("files"));
    assert_eq!(files.clear(), Ok(0));
    let (label, held) = files.fetch(&number, HOSPITAL, day()).expect("there");
    assert_eq!(held, bytes);
    assert_eq!(label.name, "对账.zip");
    assert_eq!(label.until, date(2025, 3, 10));
    assert_eq!(files.fetch(&number, OTHER, day()), Err(FileError::Absent));
    assert_eq!(
        files.fetch(&FileNumber::of("another"), HOSPITAL, day()),
        Err(FileError::Absent)
    );
}

#[test]
fn the_same_file_again_is_what_stands_and_another_is_refused() {
    let (_root, files) = folder();
    let number = kept(&files, "k", "a.zip", b"one").expect("kept");
    // A day later the message comes again.
    let again = Label::new("a.zip", HOSPITAL, date(2025, 3, 4));
    let known = files.keep(&number, again, b"one").expect("the same");
    assert_eq!(known.until, date(2025, 3, 10));
    assert_eq!(kept(&files, "k", "a.zip", b"two"), Err(FileError::Taken));
    assert_eq!(kept(&files, "k", "b.zip", b"one"), Err(FileError::Taken));
    assert_eq!(names(&files), [number.as_str()]);
    // After the last day the number is free again.
    let late = Label::new("a.zip", HOSPITAL, date(2025, 3, 11));
    assert!(files.keep(&number, late, b"two").is_ok());
    let (_, bytes) = files
        .fetch(&number, HOSPITAL, date(2025, 3, 11))
        .expect("there");
    assert_eq!(bytes, b"two");
}

#[test]
fn after_its_last_day_a_file_is_not_given_and_the_sweep_takes_it() {
    let (_root, files) = folder();
    assert_eq!(files.sweep(day()), Ok(0), "there is no folder yet");
    let number = kept(&files, "k", "a.zip", b"one").expect("kept");
    let foreign = files.folder.join("readme");
    fs::write(&foreign, "not ours").expect("written");
    assert!(files.fetch(&number, HOSPITAL, date(2025, 3, 10)).is_ok());
    assert_eq!(files.sweep(date(2025, 3, 10)), Ok(0));
    let late = date(2025, 3, 11);
    assert_eq!(files.fetch(&number, HOSPITAL, late), Err(FileError::Absent));
    assert_eq!(files.sweep(late), Ok(1));
    assert_eq!(names(&files), ["readme"]);
}

#[test]
fn what_a_broken_end_left_is_cleared_away() {
    let (_root, files) = folder();
    let number = kept(&files, "k", "a.zip", b"one").expect("kept");
    let part = files.folder.join(format!(".{}-7.part", number.as_str()));
    fs::write(part, "half of it").expect("written");
    assert_eq!(files.clear(), Ok(1));
    assert_eq!(names(&files), [number.as_str()]);
}

#[test]
fn only_numbers_of_ours_become_paths() {
    for text in [
        "",
        "F",
        "..",
        "../../etc/passwd",
        "F000000000000000000000000000",
        "F../../../../../../etc/passwd",
        "F0000000000000000000000000000/",
        "F000000000000000000000000000\0",
        "F000000000000000000000000000A",
        "f0000000000000000000000000000",
    ] {
        assert_eq!(FileNumber::parse(text), None, "{text:?}");
    }
    let number = FileNumber::of("H/9101/1");
    assert_eq!(number.as_str().len(), 29);
    assert_eq!(FileNumber::parse(number.as_str()), Some(number));
}

#[test]
fn a_name_is_a_name_and_no_way_out() {
    for (text, name) in [
        ("对账 2025.zip", Some("对账 2025.zip")),
        ("C:\\his\\out\\a.zip", Some("a.zip")),
        ("/tmp/a.zip", Some("a.zip")),
        ("../../etc/passwd", Some("passwd")),
        ("..", None),
        ("a/..", None),
        (".bashrc", None),
        ("a/", None),
        ("", None),
        ("a\nb.zip", None),
        ("a\0.zip", None),
    ] {
        assert_eq!(bare_name(text), name, "{text:?}");
    }
    assert_eq!(bare_name(&"长".repeat(201)), None);
    let (root, files) = folder();
    // Even such a name is nothing but a word of the label.
    let number = kept(&files, "k", "../../../escaped", b"one").expect("kept");
    assert_eq!(names(&files), [number.as_str()]);
    assert_eq!(fs::read_dir(root.path()).expect("the root").count(), 1);
}

#[test]
fn a_folder_that_cannot_be_made_is_told_and_nothing_is_left() {
    let root = tempfile::tempdir().expect("a directory");
    let blocked = root.path().join("file");
    fs::write(&blocked, "no folder").expect("written");
    let files = Files::new(blocked.join("files"));
    let told = kept(&files, "k", "a.zip", b"one");
    assert!(matches!(told, Err(FileError::Broken(_))), "{told:?}");
    assert_eq!(
        FileError::from(io::Error::from(ErrorKind::StorageFull)),
        FileError::Full
    );
}

#[test]
fn a_file_that_is_none_of_ours_is_not_taken_for_one() {
    let (_root, files) = folder();
    let number = kept(&files, "k", "a.zip", b"one").expect("kept");
    fs::write(files.folder.join(number.as_str()), "no label").expect("written");
    let told = files.fetch(&number, HOSPITAL, day());
    assert!(matches!(told, Err(FileError::Broken(_))), "{told:?}");
    assert_eq!(files.sweep(date(2030, 1, 1)), Ok(0));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_root, files) = folder();
    let number = kept(&files, "k", "a.zip", b"one").expect("kept");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&files.folder), 0o700);
    assert_eq!(mode(&files.folder.join(number.as_str())), 0o600);
}
