//! Connections: accepted while there is room, given up when they are slow, let finish when
//! the program stops.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tracing::{debug, warn};

use super::Limits;
use crate::channel::{Stop, stopped};

/// Bytes read ahead on one connection: a head is never longer.
const BUFFER: usize = 16 * 1024;
/// Rest after a connection could not be accepted (no file descriptors left).
const REST: Duration = Duration::from_millis(100);

/// Accepts connections until the program stops, then lets requests at work end.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, mut stop: Stop) {
    let seats = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(BUFFER);
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopped(&mut stop) => break,
            accepted = accept(&listener, &seats) => accepted,
        };
        let Some((socket, seat)) = accepted else { continue };
        let connection = http.serve_connection(TokioIo::new(socket), TowerToHyperService::new(app.clone()));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            match tokio::time::timeout(limits.connection, connection).await {
                Ok(Ok(())) => {}
                Ok(Err(e)) => debug!(error = %e, "a connection ended"),
                Err(_) => debug!("a connection was closed at the end of its time"),
            }
            drop(seat);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.last, graceful.shutdown()).await.is_err() {
        debug!("connections were cut at the end of the program");
    }
}

async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let seat = seats.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((socket, _)) => {
            _ = socket.set_nodelay(true);
            Some((socket, seat))
        }
        Err(e) => {
            warn!(error = %e, "a connection could not be accepted");
            tokio::time::sleep(REST).await;
            None
        }
    }
}
