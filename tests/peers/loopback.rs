//! What the fake platforms have in common: a server on the loopback in a thread of its own,
//! and tests that watch what it knows.

use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::sync::{oneshot, watch};

/// How long a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(15);

/// Runs until dropped.
pub struct Server {
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Serves `app` at an address such as `127.0.0.1:0`.
    pub fn start(address: &str, app: Router) -> Server {
        Server::start_beside(address, app, std::future::pending())
    }

    /// The same, with what the server does of its own accord.
    pub fn start_beside(address: &str, app: Router, beside: impl Future<Output = ()> + Send + 'static) -> Server {
        let listener = std::net::TcpListener::bind(address).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    _ = stopped => {}
                    () = beside => {}
                    served = async { axum::serve(listener, app).await } => served.unwrap(),
                }
            });
        });
        Server { address, stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What a platform knows.
pub trait Watched {
    type Reply: Debug;

    /// Rung whenever anything changes.
    fn changes(&self) -> watch::Receiver<()>;

    /// Replies that no test has read.
    fn unread(&self) -> Vec<Self::Reply>;

    /// Requests that broke the platform's rules.
    fn violations(&self) -> Vec<String>;

    /// Waits until something is so.
    fn wait<T>(&self, what: &str, check: impl Fn(&Self) -> Option<T>) -> impl Future<Output = T> {
        async move {
            let until = tokio::time::Instant::now() + PATIENCE;
            let mut changes = self.changes();
            loop {
                if let Some(found) = check(self) {
                    return found;
                }
                if tokio::time::timeout_at(until, changes.changed()).await.is_err() {
                    panic!("waited in vain for {what}; unread: {:?}", self.unread());
                }
            }
        }
    }

    /// Fails if a reply was not read or a request broke the rules.
    fn assert_all_read(&self) {
        let violations = self.violations();
        assert!(violations.is_empty(), "requests against the rules: {violations:?}");
        let unread = self.unread();
        assert!(unread.is_empty(), "unread replies: {unread:?}");
    }
}
