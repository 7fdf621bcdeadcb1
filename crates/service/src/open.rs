//! Opening the doors and closing them: the runtime, the address, the signals.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use agency::{Agency, Library};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::access_log::{AccessLog, AccessLogError};
use crate::auth::{Doors, KeyFault};
use crate::door::Door;
use crate::logging::{self, LogError};
use crate::server;
use crate::settings::Settings;
use crate::tls::{self, TlsError};
use crate::trace::{Trace, TraceError};
use crate::window::Window;

/// So long a connection may take to finish when the doors close.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why the doors cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Keys of institutions are none.
    #[error("{}", told(.0))]
    Keys(Vec<KeyFault>),
    /// The access log.
    #[error(transparent)]
    AccessLog(#[from] AccessLogError),
    /// Messages word for word.
    #[error(transparent)]
    Trace(#[from] TraceError),
    /// The program's own log.
    #[error(transparent)]
    Log(#[from] LogError),
    /// TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address.
    #[error("{address}: it cannot be listened at: {source}")]
    Address {
        /// Which.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The threads that serve cannot be started.
    #[error("the service cannot be started: {0}")]
    Runtime(std::io::Error),
}

fn told(faults: &[KeyFault]) -> String {
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    told.join("\n")
}

/// Opens the doors and serves until the process is told to end (SIGTERM, SIGINT); then what was accepted is finished. `listening` is
/// called with the address once connections are taken. Anyone may ask about the rules of the library.
///
/// # Errors
/// Why they cannot be opened.
pub fn open(
    agency: Agency,
    library: Library,
    settings: Settings,
    listening: impl FnOnce(SocketAddr),
) -> Result<(), OpenError> {
    logging::open(&settings.log, settings.log_form)?;
    let doors = Doors::new(&settings).map_err(OpenError::Keys)?;
    let log = AccessLog::open(&settings.access_log, settings.access_log_size)?;
    let mut window = Window::new(
        Arc::new(agency),
        settings.diseases.clone(),
        settings.sandbox,
    );
    window.library = library;
    let trace = settings.trace.as_ref();
    let trace = trace.map(|path| Trace::open(path, settings.trace_size));
    let trace = trace.transpose()?;
    let mut door = Door::new(window, settings, doors, Some(log));
    if let Some(trace) = trace {
        door = door.with_trace(trace);
    }
    let door = Arc::new(door);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("door")
        .build()
        .map_err(OpenError::Runtime)?;
    runtime.block_on(served(door, listening))
}

async fn served(door: Arc<Door>, listening: impl FnOnce(SocketAddr)) -> Result<(), OpenError> {
    let address = door.settings().listen;
    let failed = |source| OpenError::Address { address, source };
    let end = told_to_end().map_err(OpenError::Runtime)?;
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        end.await;
        tell.send_replace(true);
    });
    let log = Arc::clone(&door);
    let all_done = async {
        let end = ended(told.clone());
        match door.settings().tls.clone() {
            None => {
                listening(bound);
                server::serve(door, listener, end).await.map_err(failed)
            }
            Some(files) => {
                let listener = tls::Listener::new(listener, &files)?;
                listening(bound);
                server::serve(door, listener, end).await.map_err(failed)
            }
        }
    };
    tokio::select! {
        done = all_done => done,
        () = overdue(told.clone()) => {
            tracing::warn!("connections that do not end are cut");
            log.flush();
            Ok(())
        }
    }
}

/// Until it is told to end.
async fn ended(mut told: watch::Receiver<bool>) {
    // The sender lives until it has told.
    let _ = told.wait_for(|end| *end).await;
}

/// Until it should have ended.
async fn overdue(told: watch::Receiver<bool>) {
    ended(told).await;
    tokio::time::sleep(PATIENCE).await;
}

/// Waits for a signal to end.
fn told_to_end() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut end = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = end.recv() => {}
            _ = interrupted.recv() => {}
        }
        tracing::info!("told to end: no new connection is taken, what was accepted is finished");
    })
}
