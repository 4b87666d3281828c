//! The HTTP side (SPEC §12): webhooks in, file links and the upload page out, `/healthz` and
//! `/metrics` beside them.
//!
//! Nobody outside can starve the bot from here: connections, requests at work, bodies and
//! times are limited by [`Limits`], what is too much is answered 503 at once, and everything
//! that reads the database takes turns on one of its connections. Whatever is not there, or
//! not any more, is the same 404.

pub mod kept;
mod links;
mod ops;
mod page;
mod serve;
mod upload;
pub mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::error_handling::HandleErrorLayer;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower::load_shed::LoadShedLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::{Bell, Renderer, Stop};
use crate::app::answer::Answerer;
use crate::clock::Clock;
use crate::store::Store;
use crate::words::Words;

pub use links::Links;

/// Files sent in at the same time at most.
const UPLOADS: usize = 4;

/// What the server puts up with.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at the same time; more wait to be accepted.
    pub connections: usize,
    /// Requests at work at the same time, of each kind; more are answered 503.
    pub at_once: usize,
    /// Time for the head of a request, also between two of them.
    pub head: Duration,
    /// Time for a request, with its body and its answer's making.
    pub request: Duration,
    /// The longest that a connection lives, whatever goes over it.
    pub connection: Duration,
    /// The same for a file that is sent in: phones are slow.
    pub upload: Duration,
    /// The longest body (bytes), but for a file that is sent in.
    pub body: usize,
    /// Time for requests at work when the program stops.
    pub last: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 400,
            at_once: 64,
            head: Duration::from_secs(10),
            request: Duration::from_secs(10),
            connection: Duration::from_secs(300),
            upload: Duration::from_secs(120),
            body: 1 << 20,
            last: Duration::from_secs(3),
        }
    }
}

/// What the server works with.
pub struct Site {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub renderer: Renderer,
    pub answerer: Arc<Answerer>,
    /// Rung when a preview is to be sent.
    pub bell: Bell,
    pub doors: webhooks::Doors,
    /// Language of pages that are nobody's.
    pub words: &'static Words,
    pub limits: Limits,
}

/// The site at work, shared by all requests.
struct Shared {
    site: Site,
    /// One read connection at a time: the others are the bot's.
    reading: Semaphore,
    files: links::Files,
    /// Files that are sent in at the same time: each may be held in memory.
    uploads: Semaphore,
    /// One of them is read at a time.
    parsing: Semaphore,
}

/// Serves until the program stops.
pub async fn serve(listener: TcpListener, site: Site, stop: Stop) {
    crate::telemetry::start_numbers();
    let limits = site.limits;
    serve::serve(listener, router(site), limits, stop).await;
}

fn router(site: Site) -> Router {
    let limits = site.limits;
    let shared = Arc::new(Shared {
        site,
        reading: Semaphore::new(1),
        files: links::Files::default(),
        uploads: Semaphore::new(UPLOADS),
        parsing: Semaphore::new(1),
    });
    let short = |router| bounded(router, limits.at_once, limits.request).layer(RequestBodyLimitLayer::new(limits.body));
    let webhooks = short(Router::new().route("/webhook/{channel}/{bot}", post(webhooks::receive)));
    let files = short(Router::new().route("/tep/{secret}", get(links::fetch)));
    let ops = Router::new().route("/healthz", get(ops::healthz)).route("/metrics", get(ops::metrics));
    let ops = short(ops.route("/trang.css", get(page::style)));
    let upload = Router::new().route("/tai-len/{secret}", get(upload::form).post(upload::receive));
    let upload = bounded(upload, limits.at_once, limits.upload).layer(DefaultBodyLimit::max(upload::BODY_MAX));
    webhooks
        .merge(files)
        .merge(ops)
        .merge(upload)
        .fallback(page::not_found)
        .method_not_allowed_fallback(page::not_found)
        .layer(
            ServiceBuilder::new()
                .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
                .layer(CatchPanicLayer::new())
                .layer(header_of(header::REFERRER_POLICY, "no-referrer"))
                .layer(header_of(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
                .layer(header_of(header::CACHE_CONTROL, "private, no-store"))
                .layer(header_of(header::CONTENT_SECURITY_POLICY, page::CSP)),
        )
        .with_state(shared)
}

/// So many requests at once, each for so long; the rest is shed.
fn bounded(router: Router<Arc<Shared>>, at_once: usize, time: Duration) -> Router<Arc<Shared>> {
    router.layer(
        ServiceBuilder::new()
            .layer(HandleErrorLayer::new(async |_: tower::BoxError| StatusCode::SERVICE_UNAVAILABLE))
            .layer(LoadShedLayer::new())
            .layer(GlobalConcurrencyLimitLayer::new(at_once))
            .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, time)),
    )
}

fn header_of(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// A request in the log, at debug level alone, so that strangers cannot fill it: never its
/// address, which may hold a secret.
fn span(request: &Request<Body>) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("?", MatchedPath::as_str);
    tracing::debug_span!("http", method = %request.method(), route)
}

/// What the database could not answer.
struct Unavailable;

impl IntoResponse for Unavailable {
    fn into_response(self) -> Response {
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}
