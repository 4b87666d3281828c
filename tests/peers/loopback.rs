//! A server on the loopback in a thread of its own, as the fake platforms need it.

use std::net::SocketAddr;

use axum::Router;
use tokio::sync::oneshot;

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
