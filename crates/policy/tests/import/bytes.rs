//! The bytes around the rows: marks, line ends, encodings, sizes, streams that fail.

use std::io::{Error, Read};

use policy::import::{self, RowErrors};

const HEADER: &str = "code,name,from,until";
const ROW: &str = "91420106MA4K00010G,一厂,2001-11-01,";
const OTHER: &str = "12420000420001237Q,二院,2001-11-01,";

/// How many rows are read, or what is said.
fn read(bytes: &[u8]) -> Result<usize, String> {
    let rows = import::employers("e.csv", bytes).and_then(|sheet| sheet.gather());
    rows.map(|rows| rows.len())
        .map_err(|errors: RowErrors| errors.to_string())
}

fn said(bytes: &[u8]) -> String {
    read(bytes).err().unwrap_or_default()
}

#[test]
fn marks_and_line_ends_do_not_matter() {
    for (text, rows) in [
        (format!("{HEADER}\n{ROW}\n{OTHER}\n"), 2),
        (format!("{HEADER}\n{ROW}\n{OTHER}"), 2),
        (format!("\u{feff}{HEADER}\n{ROW}\n"), 1),
        (format!("\u{feff}{HEADER}\r\n{ROW}\r\n{OTHER}\r\n"), 2),
        (format!("{HEADER}\r\n\r\n{ROW}\n\n,,,\n"), 1),
        (format!("\"code\",\"name\",\"from\",\"until\"\n{ROW}\n"), 1),
        (format!("\u{feff}\"code\",name,from,until\n{ROW}\n"), 1),
        (format!(" code , name,from,until \n {ROW} \n"), 1),
        (format!("{HEADER}\n"), 0),
        (HEADER.to_owned(), 0),
    ] {
        assert_eq!(read(text.as_bytes()), Ok(rows), "{text:?}");
    }
}

#[test]
fn a_mark_further_down_is_part_of_a_cell() {
    let text = format!("{HEADER}\n\u{feff}{ROW}\n");
    assert!(said(text.as_bytes()).starts_with("e.csv:2: column \"code\": "));
}

#[test]
fn other_encodings_are_named() {
    let rule = "is not UTF-8; files are UTF-8 (in Excel: save as `CSV UTF-8`)";
    // 厂 in GBK, in the second row; the third is read.
    let mut gbk = format!("{HEADER}\n91420106MA4K00010G,").into_bytes();
    gbk.extend(b"\xb3\xa7,2001-11-01,\n");
    gbk.extend(format!("{OTHER}x\n").bytes());
    let last = "e.csv:3: column \"until\": \"x\": a day is written like 2005-06-01";
    assert_eq!(said(&gbk), format!("e.csv:2: byte 0xb3 {rule}\n{last}"));
    // UTF-16 of Windows.
    assert_eq!(
        said(b"\xff\xfec\0o\0d\0e\0"),
        format!("e.csv:1: byte 0xff {rule}")
    );
}

#[test]
fn an_empty_file_is_told() {
    let whole = "e.csv: the file is empty";
    let columns = "e.csv:1: the first line names the columns, which are code, name, from, until";
    for (text, told) in [
        ("", whole),
        ("\n", columns),
        ("\u{feff}", columns),
        (",,,", columns),
    ] {
        assert_eq!(said(text.as_bytes()), told, "{text:?}");
    }
}

#[test]
fn a_line_has_at_most_64_kib() {
    let rule = "the line has more than 65536 bytes, 64 KiB; no more are read";
    let row = |length: usize| {
        let name = "x".repeat(length - "91420106MA4K00010G,,2001-11-01,".len());
        format!("91420106MA4K00010G,{name},2001-11-01,")
    };
    for end in ["\n", "\r\n"] {
        let good = format!("{HEADER}{end}{}{end}{OTHER}{end}", row(64 * 1024));
        assert_eq!(read(good.as_bytes()), Ok(2), "{end:?}");
        for length in [64 * 1024 + 1, 64 * 1024 + 2, 64 * 1024 + 3, 200_000] {
            // What follows is read by its right number.
            let long = format!("{HEADER}{end}{}{end}{OTHER}x{end}", row(length));
            let said = said(long.as_bytes());
            let lines: Vec<&str> = said.lines().collect();
            assert_eq!(lines[0], format!("e.csv:2: {rule}"), "{length} {end:?}");
            assert!(
                lines[1].starts_with("e.csv:3: column \"until\""),
                "{length} {end:?}"
            );
        }
    }
    let header = format!("{}\n{ROW}\n", "x".repeat(70_000));
    assert_eq!(said(header.as_bytes()), format!("e.csv:1: {rule}"));
}

/// A quotation mark that is never closed spoils its row and takes no more memory than a line.
#[test]
fn a_quotation_mark_spoils_one_row() {
    let text = format!("{HEADER}\n\"{ROW}\n{OTHER}\n");
    let mut sheet = import::employers("e.csv", text.as_bytes()).unwrap();
    let first = sheet.next().unwrap().unwrap_err().to_string();
    assert_eq!(
        first,
        "e.csv:2: a quotation mark is opened and not closed; a row is one line"
    );
    assert_eq!(sheet.next().unwrap().unwrap().line, 3);
    assert!(sheet.next().is_none());
}

#[test]
fn a_stream_that_fails_ends_the_rows() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(Error::other("the line is cut"))
        }
    }
    let text = format!("{HEADER}\n{ROW}\n");
    let mut sheet = import::employers("e.csv", text.as_bytes().chain(Broken)).unwrap();
    assert_eq!(sheet.next().unwrap().unwrap().line, 2);
    let said = sheet.next().unwrap().unwrap_err().to_string();
    assert_eq!(said, "e.csv:3: cannot be read: the line is cut");
    assert!(sheet.next().is_none());
    let said = import::employers("e.csv", Broken)
        .err()
        .unwrap()
        .to_string();
    assert_eq!(said, "e.csv:1: cannot be read: the line is cut");
}

#[test]
fn of_a_file_full_of_faults_a_thousand_are_told() {
    let text = format!("{HEADER}\n{}", "x,,,\n".repeat(5000));
    let said = said(text.as_bytes());
    let last = said.lines().last().unwrap();
    assert_eq!(
        last,
        "e.csv: 1000 faults are told; the rest of the file is not read"
    );
    assert!((1000..1010).contains(&said.lines().count()));
}
