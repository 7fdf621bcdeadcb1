//! The client's side of HTTP/1.1: as much of it as a load on keep-alive connections needs.

use std::ops::Range;

use super::fen;

const LONGEST_HEAD: usize = 16 * 1024;

/// The part of a request that is the same in every one.
pub(super) struct Post {
    head: Vec<u8>,
}

/// The head of an answer, and where its body stands or will stand.
#[derive(Debug, PartialEq)]
pub(super) struct Head {
    pub(super) status: u16,
    pub(super) body: Range<usize>,
    /// The server takes no further request on this connection.
    pub(super) closes: bool,
}

impl Post {
    pub(super) fn to(path: &str, host: &str, headers: &[String]) -> Post {
        let own: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{own}Content-Type: application/json;charset=UTF-8\r\nContent-Length: "
        );
        Post {
            head: head.into_bytes(),
        }
    }

    pub(super) fn write(&self, body: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(&self.head);
        fen::whole(body.len() as u64, out);
        out.extend_from_slice(b"\r\n\r\n");
        out.extend_from_slice(body);
    }
}

/// Reads the head of an answer; none while it has not arrived whole.
pub(super) fn head(bytes: &[u8]) -> Result<Option<Head>, String> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        return match bytes.len() > LONGEST_HEAD {
            true => Err("the head of an answer does not end".to_owned()),
            false => Ok(None),
        };
    };
    let told =
        std::str::from_utf8(&bytes[..end]).map_err(|_| "the head of an answer is no text")?;
    let mut lines = told.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status = first
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3)?.parse().ok());
    let status = status.ok_or_else(|| format!("`{first}` is no status line"))?;
    let mut length = None;
    let mut closes = false;
    for line in lines {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<usize>().ok();
        } else if name.eq_ignore_ascii_case("connection") {
            closes = value.trim().eq_ignore_ascii_case("close");
        }
    }
    let length = length.ok_or("an answer does not tell its length")?;
    let body = end + 4..(end + 4).saturating_add(length);
    Ok(Some(Head {
        status,
        body,
        closes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_tells_its_length() {
        let mut out = Vec::new();
        Post::to("/x", "h:1", &["A: b".to_owned()]).write(b"{}", &mut out);
        let text = String::from_utf8(out).expect("text");
        assert!(
            text.starts_with("POST /x HTTP/1.1\r\nHost: h:1\r\nA: b\r\n"),
            "{text}"
        );
        assert!(text.ends_with("Content-Length: 2\r\n\r\n{}"), "{text}");
    }

    #[test]
    fn a_head_is_read_when_it_is_whole() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\nConnection: close\r\n\r\nhello";
        for cut in 0..whole.len() - 5 {
            assert_eq!(head(&whole[..cut]), Ok(None), "{cut}");
        }
        let expected = Head {
            status: 200,
            body: whole.len() - 5..whole.len(),
            closes: true,
        };
        assert_eq!(head(whole), Ok(Some(expected)));
    }

    #[test]
    fn what_the_client_cannot_follow_is_an_error() {
        for wrong in [
            "HTTP/1.0 200 OK\r\ncontent-length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
            "nonsense\r\n\r\n",
        ] {
            assert!(head(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
