//! The access log on a disk that works, fills, fails and comes back.

use std::path::Path;

use super::*;

fn entry(second: i64) -> Entry {
    Entry {
        time: Timestamp::from_second(1_795_414_953 + second).expect("a time"),
        request: Mark::of("r-1"),
        institution: Some(Mark::of("H43010000001")),
        operator: Some(Mark::of("0007")),
        address: IpAddr::from([10, 0, 0, 7]),
        transaction: Some(Mark::of("2207")),
        message: Some(Mark::of("H43010000001202611261835030001")),
        person: Some(Mark::of("1000017")),
        visit: None,
        settlement: None,
        outcome: -1,
        refusal: Some(Mark::of("visit_settled")),
        micros: 812,
    }
}

const LINE: &str = "{\"time\":\"2026-11-23T06:22:33.000Z\",\"request\":\"r-1\",\"institution\":\"H43010000001\",\"operator\":\"0007\",\
    \"address\":\"10.0.0.7\",\"transaction\":\"2207\",\"message\":\"H43010000001202611261835030001\",\"person\":\"1000017\",\
    \"outcome\":-1,\"refusal\":\"visit_settled\",\"micros\":812}\n";

/// The folder's files by name, each with its lines.
fn files(folder: &Path) -> Vec<(String, usize)> {
    let mut files: Vec<(String, usize)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("text");
            let name = path.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), text.lines().count())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_message_is_one_line_and_what_is_absent_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    log.write(entry(0));
    log.flush();
    assert_eq!(std::fs::read_to_string(&path).expect("text"), LINE);
    // What is opened again is added to.
    drop(log);
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    log.write(entry(0));
    drop(log);
    assert_eq!(
        std::fs::read_to_string(&path).expect("text"),
        LINE.repeat(2)
    );
}

#[test]
fn a_mark_holds_no_identity_number_and_no_name() {
    // 11010519491231002X is the example of GB 11643; its check character is X.
    for (text, kept) in [
        ("11010519491231002X", "******************"),
        ("11010519491231002x", "******************"),
        ("a11010519491231002Xb", "a******************b"),
        (
            "H43010000001-11010519491231002X",
            "H43010000001-******************",
        ),
        // A wrong check character names somebody all the same.
        ("110105194912310021", "******************"),
        // In a longer row of digits the check character decides.
        ("7711010519491231002X", "77******************"),
        ("771101051949123100217", "771101051949123100217"),
        // Two, one after the other.
        (
            "11010519491231002X,11010519491231002X",
            "******************,******************",
        ),
        // Eighteen digits with no day of birth are a number like any other.
        ("430100000001000017", "430100000001000017"),
        (
            "H43010000001202611261835030001",
            "H43010000001202611261835030001",
        ),
        ("张三", "??"),
        ("１１０１０５", "??????"),
        ("a\nb\"c d", "a?b\"c?d"),
        ("", ""),
    ] {
        assert_eq!(Mark::of(text).as_str(), kept, "{text}");
    }
}

#[test]
fn no_part_of_an_identity_number_is_left_at_the_cut() {
    let number = "11010519491231002X";
    for before in 0..80 {
        let text = format!("{}{number}{}", "-".repeat(before), "-".repeat(80));
        let mark = Mark::of(&text);
        assert!(mark.as_str().len() == 64, "{before}");
        assert!(mark.as_str().bytes().all(|byte| b"-*".contains(&byte)));
    }
}

#[test]
fn a_message_full_of_identity_numbers_leaves_none_in_the_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    let number = "11010519491231002X";
    let full = || Some(Mark::of(number));
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    log.write(Entry {
        request: Mark::of(number),
        institution: full(),
        operator: full(),
        transaction: full(),
        message: Some(Mark::of(&format!("H43{number}0001"))),
        person: full(),
        visit: full(),
        settlement: full(),
        refusal: full(),
        ..entry(0)
    });
    drop(log);
    let text = std::fs::read_to_string(&path).expect("text");
    assert!(!text.contains("19491231"), "{text}");
    assert_eq!(text.matches("******************").count(), 9);
}

#[test]
fn a_full_file_is_put_aside_under_the_time_of_its_last_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    let log = AccessLog::open(&path, 2 * LINE.len() as u64).expect("a log");
    for second in [0, 1, 1, 1, 2, 3, 4] {
        log.write(entry(second));
        log.flush();
    }
    drop(log);
    let expected = [
        ("access.jsonl", 1),
        ("access.jsonl.20261123T062234Z", 2),
        ("access.jsonl.20261123T062234Z-2", 2),
        ("access.jsonl.20261123T062236Z", 2),
    ];
    assert_eq!(
        files(folder.path()),
        expected.map(|(name, lines)| (name.to_owned(), lines))
    );
}

#[test]
fn a_line_that_a_crash_cut_off_is_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    std::fs::write(&path, "{\"time\":\"20").expect("written");
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    log.write(entry(0));
    drop(log);
    let text = std::fs::read_to_string(&path).expect("text");
    assert_eq!(text, format!("{{\"time\":\"20\n{LINE}"));
}

#[test]
fn a_line_is_on_its_way_soon_without_anybody_asking() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    log.write(entry(0));
    let begun = std::time::Instant::now();
    while std::fs::metadata(&path).expect("a file").len() == 0 {
        assert!(begun.elapsed().as_secs() < 20, "nothing was written");
        std::thread::yield_now();
    }
}

/// `/dev/full` is a disk without room.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_counted_and_told_and_the_log_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    std::os::unix::fs::symlink("/dev/full", &path).expect("a link");
    let log = AccessLog::open(&path, 1 << 20).expect("a log");
    for _ in 0..3 {
        log.write(entry(0));
        log.flush();
    }
    assert_eq!(log.lost(), 3);
    std::fs::remove_file(&path).expect("removed");
    log.write(entry(0));
    log.flush();
    log.write(entry(0));
    drop(log);
    let text = std::fs::read_to_string(&path).expect("text");
    let gap = "{\"time\":\"2026-11-23T06:22:33.000Z\",\"lost\":3}\n";
    assert_eq!(text, format!("{gap}{LINE}{LINE}"));
}

/// A pipe that nobody reads yet is a disk that takes its time.
#[cfg(target_os = "linux")]
#[test]
fn a_slow_disk_costs_entries_that_are_counted_and_never_a_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("access.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.expect("mkfifo").success());
    let log = AccessLog::open(&path, 1 << 30).expect("a log");
    let count = 2 * WAITING;
    for _ in 0..count {
        log.write(entry(0));
    }
    let lost = log.lost();
    assert!(lost > 0);
    let mut pipe = std::fs::File::open(&path).expect("the pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut pipe, &mut text).expect("text");
        text
    });
    drop(log);
    let text = reader.join().expect("read");
    let (entries, gaps): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| line.contains("request"));
    assert_eq!(entries.len() as u64 + lost, count as u64);
    let told = gaps.iter().map(|gap| {
        let (_, number) = gap.split_once("\"lost\":").expect("a gap");
        number
            .trim_end_matches('}')
            .parse::<u64>()
            .expect("a number")
    });
    assert_eq!(told.sum::<u64>(), lost);
}

#[test]
fn a_log_that_cannot_be_opened_says_which() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("nowhere/access.jsonl");
    let Err(why) = AccessLog::open(&path, 1) else {
        panic!("there is no such folder");
    };
    let told = why.to_string();
    assert!(
        told.contains("nowhere/access.jsonl: the access log cannot be written: No such"),
        "{told}"
    );
}
