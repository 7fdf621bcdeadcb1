//! Bodies over a connection: forms in parts, and how large what may be.

use std::net::SocketAddr;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use service::server::serve;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::house::{HOSPITAL, House};

/// What came back: the status, the kind of content, the body.
struct Back {
    status: u16,
    kind: String,
    body: Vec<u8>,
}

impl Back {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

async fn opened(house: &House) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let door = Arc::clone(&house.door);
    tokio::spawn(serve(door, listener, std::future::pending()));
    address
}

async fn post(address: SocketAddr, path: &str, kind: &str, body: &[u8]) -> Back {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Who is told early that it is too much closes before all is written.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let end = answer.windows(4).position(|part| part == b"\r\n\r\n");
    let end = end.expect("a head");
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let kind = head
        .lines()
        .find_map(|line| line.strip_prefix("content-type: "));
    Back {
        status: head[9..12].parse().unwrap(),
        kind: kind.unwrap_or_default().to_owned(),
        body: answer[end + 4..].to_vec(),
    }
}

const CALL: &str = "/fsi/api/rsfComIfsService/callService";

/// A form as clients write it.
fn form(message: &str, file: &[u8]) -> (String, Vec<u8>) {
    let mut body = format!(
        "--XyZ\r\nContent-Disposition: form-data; name=\"jsonStr\"\r\n\r\n{message}\r\n--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.zip\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--XyZ--\r\n");
    ("multipart/form-data; boundary=XyZ".to_owned(), body)
}

#[tokio::test]
async fn a_form_brings_a_file_and_a_download_gives_its_bytes() {
    let house = House::new();
    let address = opened(&house).await;
    let input = json!({"fsUploadIn": {"filename": "a.zip", "fixmedins_code": HOSPITAL}});
    // Larger than a message may be, smaller than an upload.
    let file: Vec<u8> = (0..100_000_u32)
        .flat_map(u32::to_le_bytes)
        .take(150_000)
        .collect();
    let (kind, body) = form(&house.message(HOSPITAL, "9101", &input), &file);
    let back = post(address, CALL, &kind, &body).await;
    assert_eq!(
        (back.status, &*back.kind),
        (200, "application/json;charset=utf-8")
    );
    let number = back.json()["output"]["file_qury_no"].clone();
    assert!(number.is_string(), "{}", back.json());
    let fetch = |number: &Value| {
        let input = json!({"fsDownloadIn": {"file_qury_no": number, "filename": "a.zip"}});
        house.message(HOSPITAL, "9102", &input)
    };
    let back = post(
        address,
        "/fsi/api/fileupload/download",
        "",
        fetch(&number).as_bytes(),
    )
    .await;
    assert_eq!(
        (back.status, &*back.kind),
        (200, "application/octet-stream")
    );
    assert!(back.body == file);
    let back = post(address, CALL, "", fetch(&json!("x")).as_bytes()).await;
    assert_eq!(
        (back.status, &*back.kind),
        (200, "application/json;charset=utf-8")
    );
    assert_eq!(back.json()["infcode"], -1);
}

#[tokio::test]
async fn a_form_may_hold_another_message_and_a_message_may_call_itself_a_form() {
    let house = House::new();
    let address = opened(&house).await;
    let message = house.message(HOSPITAL, "1901", &json!({"data": {"type": "gend"}}));
    let (kind, body) = form(&message, b"");
    let back = post(address, CALL, &kind, &body).await;
    assert_eq!(back.json()["infcode"], 0);
    let back = post(address, CALL, "multipart/form-data", message.as_bytes()).await;
    assert_eq!(back.json()["infcode"], 0);
    let back = post(address, CALL, &kind, b"--XyZ\r\nno part").await;
    assert_eq!(back.json()["infcode"], -1);
}

#[tokio::test]
async fn what_is_too_large_is_not_read_to_its_end() {
    let house = House::new();
    let address = opened(&house).await;
    let padded = |number: &str, bytes: usize| {
        let file = STANDARD.encode(vec![7_u8; bytes / 4 * 3]);
        let input = json!({"fsUploadIn": {"in": file, "filename": "a.zip"}});
        house.message(HOSPITAL, number, &input)
    };
    let large = 64 * 1024;
    // No upload: at most 64 KiB. An upload: at most 256 KiB, by its number or by its path.
    for (number, path, bytes, status) in [
        ("1901", CALL, large, 413),
        ("9101", CALL, large, 200),
        ("9101", "/x/9101", large, 200),
        ("9101", CALL, 4 * large, 413),
        ("1901", "/x/1901", 4 * large, 413),
    ] {
        let sent = padded(number, bytes);
        let back = post(address, path, "application/json", sent.as_bytes()).await;
        assert_eq!(back.status, status, "{number} {path} {bytes}");
        let word = if status == 413 { "code" } else { "infcode" };
        assert!(back.json()[word].is_number());
    }
    let (kind, body) = form(&padded("9101", 100), &vec![0; 4 * large]);
    assert_eq!(post(address, CALL, &kind, &body).await.status, 413);
    // The message in a form is as long as any message.
    let (kind, body) = form(&padded("1901", large), b"");
    assert_eq!(post(address, CALL, &kind, &body).await.status, 413);
}
