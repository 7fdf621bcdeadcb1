//! TLS spoken over a socket, with a certificate made for the test.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::routing::get;
use rcgen::CertifiedKey;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::*;

/// A certificate for `localhost` in a folder of its own.
struct Place {
    folder: tempfile::TempDir,
    certificate: CertificateDer<'static>,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let place = Place {
            folder,
            certificate: cert.der().clone(),
        };
        place.write("c.pem", &cert.pem());
        place.write("k.pem", &signing_key.serialize_pem());
        let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]);
        let other = other.expect("a certificate").signing_key;
        place.write("other.pem", &other.serialize_pem());
        place.write("text.txt", "no PEM at all\n");
        place.write("broken.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n");
        place.write("broken-key.pem", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n");
        place
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).expect("written");
    }

    fn files(&self, certificate: &str, key: &str) -> TlsFiles {
        TlsFiles {
            certificate: self.folder.path().join(certificate),
            key: self.folder.path().join(key),
        }
    }

    /// A server on a free port that says to whom it speaks.
    async fn server(&self) -> SocketAddr {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let listener = Listener::new(socket, &self.files("c.pem", "k.pem")).expect("TLS");
        let address = axum::serve::Listener::local_addr(&listener).expect("an address");
        let hello = |ConnectInfo(peer): ConnectInfo<Peer>| async move { peer.0.to_string() };
        let router = Router::new().route("/", get(hello));
        let service = router.into_make_service_with_connect_info::<Peer>();
        tokio::spawn(axum::serve(listener, service).into_future());
        address
    }

    fn connector(&self) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }
}

async fn asked(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> String {
    let question = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut answer = String::new();
    // A server that speaks another language may close at any moment.
    let _ = stream.write_all(question).await;
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

#[tokio::test]
async fn a_question_under_tls_is_answered_and_the_address_is_known() {
    let place = Place::new();
    let address = place.server().await;
    let stream = TcpStream::connect(address).await.expect("connected");
    let own = stream.local_addr().expect("an address");
    let name = "localhost".try_into().expect("a name");
    let stream = place.connector().connect(name, stream).await.expect("TLS");
    let answer = asked(stream).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.ends_with(&own.to_string()), "{answer}");
}

#[tokio::test]
async fn who_is_silent_or_speaks_in_the_clear_holds_nobody_up() {
    let place = Place::new();
    let address = place.server().await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(TcpStream::connect(address).await.expect("connected"));
    }
    let clear = TcpStream::connect(address).await.expect("connected");
    let answer = asked(clear).await;
    assert!(!answer.contains("HTTP"), "{answer}");
    let stream = TcpStream::connect(address).await.expect("connected");
    let name = "localhost".try_into().expect("a name");
    let stream = place.connector().connect(name, stream).await.expect("TLS");
    assert!(asked(stream).await.starts_with("HTTP/1.1 200 OK\r\n"));
}

#[tokio::test]
async fn what_is_wrong_with_the_files_is_told_by_their_names() {
    let place = Place::new();
    let folder = format!("{}/", place.folder.path().display());
    for (certificate, key, expected) in [
        (
            "no.pem",
            "k.pem",
            "no.pem: the certificate cannot be read: No such file or directory (os error 2)",
        ),
        (
            "c.pem",
            "no.pem",
            "no.pem: the private key cannot be read: No such file or directory (os error 2)",
        ),
        (
            "text.txt",
            "k.pem",
            "text.txt: there is no certificate in it; it is asked for as PEM",
        ),
        (
            "k.pem",
            "k.pem",
            "k.pem: there is no certificate in it; it is asked for as PEM",
        ),
        (
            "c.pem",
            "c.pem",
            "c.pem: there is no private key in it; it is asked for as PEM",
        ),
        (
            "broken.pem",
            "k.pem",
            "broken.pem: the certificate is broken: it is not PEM from its first to its last line",
        ),
        (
            "c.pem",
            "broken-key.pem",
            "broken-key.pem: the private key is broken: it is not PEM from its first to its last line",
        ),
        (
            "c.pem",
            "other.pem",
            "c.pem and other.pem: certificate and key cannot be used together: keys may not be consistent: KeyMismatch",
        ),
    ] {
        let socket = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let Err(why) = Listener::new(socket, &place.files(certificate, key)) else {
            panic!("{certificate} {key}");
        };
        assert_eq!(why.to_string().replace(&folder, ""), expected);
    }
}
