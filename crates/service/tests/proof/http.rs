//! `Server`: the door at an address of its own; `Client`: one connection to it that is kept.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::JoinHandle;

use service::door::Door;
use service::server;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// The door at an address.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves a door in a thread until it is dropped.
    pub(crate) fn start(door: Arc<Door>) -> Server {
        let (end, ended) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let work = move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let end = async move {
                    let _ = ended.await;
                };
                server::serve(door, listener, end).await.unwrap();
            });
        };
        let thread = std::thread::spawn(work);
        Server {
            address: told.recv().unwrap(),
            end: Some(end),
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One connection.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
}

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        let found = headers.find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> std::io::Result<Client> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Client {
            stream: BufReader::new(stream),
        })
    }

    /// Posts a body and reads the answer; the connection stays.
    pub(crate) fn post(
        &mut self,
        path: &str,
        kind: Option<&str>,
        body: &[u8],
    ) -> std::io::Result<Answered> {
        let kind = kind.map(|kind| format!("Content-Type: {kind}\r\n"));
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: t\r\n{}Content-Length: {}\r\n\r\n",
            kind.unwrap_or_default(),
            body.len()
        );
        let mut all = head.into_bytes();
        all.extend_from_slice(body);
        self.stream.get_mut().write_all(&all)?;
        self.answer()
    }

    fn answer(&mut self) -> std::io::Result<Answered> {
        let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(broken());
        }
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or_else(broken)?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(broken());
            }
            let Some((key, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            headers.push((key.to_ascii_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(key, _)| key == "content-length");
        let length = length.and_then(|(_, value)| value.parse().ok());
        let mut body = vec![0; length.ok_or_else(broken)?];
        self.stream.read_exact(&mut body)?;
        Ok(Answered {
            status,
            headers,
            body,
        })
    }
}
