//! `Listener`: connections under TLS for the web server, and the address at their other end.

#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;

use crate::settings::TlsFiles;

/// Why there is no TLS. Nothing of a key is shown.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("{path}: the {what} cannot be read: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// `certificate` or `private key`.
        what: &'static str,
        /// Why.
        source: io::Error,
    },
    /// A file holds no such thing.
    #[error("{path}: there is no {what} in it; it is asked for as PEM")]
    Absent {
        /// Which.
        path: PathBuf,
        /// `certificate` or `private key`.
        what: &'static str,
    },
    /// A file is no PEM.
    #[error("{path}: the {what} is broken: it is not PEM from its first to its last line")]
    Broken {
        /// Which.
        path: PathBuf,
        /// `certificate` or `private key`.
        what: &'static str,
    },
    /// Certificate and key are none that can be used, or do not belong together.
    #[error("{certificate} and {key}: certificate and key cannot be used together: {source}")]
    Pair {
        /// The certificate.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
        /// Why.
        source: rustls::Error,
    },
    /// The socket does not say where it listens.
    #[error("the socket has no address: {0}")]
    Socket(io::Error),
}

/// Connections under TLS. They are greeted beside one another, so that none who is slow or silent holds up the next.
pub struct Listener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    local: SocketAddr,
    greeting: JoinHandle<()>,
}

/// So many are greeted at a time; the rest wait with the operating system.
const GREETED: usize = 1024;
/// Who has not finished by then is let go.
const PATIENCE: Duration = Duration::from_secs(10);
/// After a fault such as too many open files.
const PAUSE: Duration = Duration::from_millis(250);

impl Listener {
    /// Lets TLS begin on what arrives at the socket. It is called within the runtime.
    ///
    /// # Errors
    /// When certificate or key cannot be used, with the file's name; or when the socket has no address.
    pub fn new(socket: TcpListener, files: &TlsFiles) -> Result<Listener, TlsError> {
        let acceptor = TlsAcceptor::from(Arc::new(config(files)?));
        let local = socket.local_addr().map_err(TlsError::Socket)?;
        let (sender, ready) = mpsc::channel(GREETED);
        Ok(Listener {
            ready,
            local,
            greeting: tokio::spawn(greet(socket, acceptor, sender)),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.greeting.abort();
    }
}

impl axum::serve::Listener for Listener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The task that greets ends only with the listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.local)
    }
}

async fn greet(
    socket: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(GREETED));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let (stream, address) = match socket.accept().await {
            Ok(connection) => connection,
            Err(why) => {
                tracing::warn!(%why, "no connection can be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            // Answers are small: a delay gains nothing.
            let _ = stream.set_nodelay(true);
            match tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => {
                    // The listener may be gone.
                    let _ = ready.send((stream, address)).await;
                }
                Ok(Err(why)) => tracing::debug!(%address, %why, "no TLS"),
                Err(_) => tracing::debug!(%address, "TLS was not finished in time"),
            }
            drop(place);
        });
    }
}

/// TLS 1.2 and 1.3, without client certificates, for HTTP/1.1.
fn config(files: &TlsFiles) -> Result<ServerConfig, TlsError> {
    let certificates = certificates(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|why| misread(&files.key, "private key", why))?;
    let pair = |source| TlsError::Pair {
        certificate: files.certificate.clone(),
        key: files.key.clone(),
        source,
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(pair)?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(pair)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    const WHAT: &str = "certificate";
    let all = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|why| misread(path, WHAT, why))?;
    if all.is_empty() {
        return Err(misread(path, WHAT, pem::Error::NoItemsFound));
    }
    Ok(all)
}

/// The reader's own words may hold a line of the file, so they are left out.
fn misread(path: &Path, what: &'static str, why: pem::Error) -> TlsError {
    let path = path.to_owned();
    match why {
        pem::Error::Io(source) => TlsError::File { path, what, source },
        pem::Error::NoItemsFound => TlsError::Absent { path, what },
        _ => TlsError::Broken { path, what },
    }
}

/// The address at the other end of a connection, in the clear or under TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

impl Connected<IncomingStream<'_, Listener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Peer {
        Peer(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Peer {
        Peer(*stream.remote_addr())
    }
}
