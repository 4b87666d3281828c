//! The HTTP side: one path, `/bot<token>/<method>`, and files.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State as Shared};
use axum::response::Response;
use serde_json::{Value, json};

use super::fields;
use super::loopback::{Server, Watched};
use super::methods::{self, int};
use super::params::{self, Params};
use super::state::{Fault, State};

/// The only token that holds.
pub const TOKEN: &str = "7:fake-telegram-token";

/// Serves a platform's state until dropped.
pub fn start(address: &str, state: Arc<State>) -> Server {
    Server::start(address, Router::new().fallback(handle).layer(DefaultBodyLimit::disable()).with_state(state))
}

async fn handle(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    // Some clients quote the colon of the token.
    let path = request.uri().path().replace("%3A", ":");
    if let Some(file) = path.strip_prefix(&format!("/file/bot{TOKEN}/documents/")) {
        return match state.file(file) {
            Some(bytes) => Response::new(Body::from(bytes)),
            None => refusal(404, "Not Found", Value::Null),
        };
    }
    let Some(method) = path.strip_prefix(&format!("/bot{TOKEN}/")) else {
        let known = path.starts_with("/bot") && path.contains(':');
        return if known { refusal(401, "Unauthorized", Value::Null) } else { refusal(404, "Not Found", Value::Null) };
    };
    let Some(method) = fields::canonical(method) else {
        state.violation(format!("no such method: {method}"));
        return refusal(404, "Not Found: method not found", Value::Null);
    };
    let params = match params::read(request).await {
        Ok(params) => params,
        Err(e) => {
            state.violation(format!("{method}: {e}"));
            return refusal(400, &format!("Bad Request: {e}"), Value::Null);
        }
    };
    if let Some(fault) = fields::fault(method, &params.values) {
        state.violation(format!("{method}: {fault}"));
        return refusal(400, &fault, Value::Null);
    }
    answer(&state, method, params).await
}

async fn answer(state: &Arc<State>, method: &'static str, params: Params) -> Response {
    // Decided before the call can be seen: a fault set by who has seen it is for the next one.
    let fault = state.take_fault(method, int(&params.values, "chat_id"));
    if state.load.lock().map(|l| l.is_none()).unwrap_or(true) {
        state.record(method, &params.values);
    }
    let mut drop_after = false;
    match fault {
        None => {}
        Some(Fault::TooMany(after)) => {
            let text = format!("Too Many Requests: retry after {after}");
            return refusal(429, &text, json!({"retry_after": after}));
        }
        Some(Fault::Blocked) => return refusal(403, "Forbidden: bot was blocked by the user", Value::Null),
        Some(Fault::Refused(code, text)) => return refusal(code, text, Value::Null),
        Some(Fault::Broken(code)) => {
            let page = Body::from("<html><h1>Bad Gateway</h1></html>");
            return Response::builder().status(code).body(page).unwrap();
        }
        Some(Fault::Empty) => {
            state.fetch(int(&params.values, "offset"), 0);
            return ok("[]");
        }
        Some(Fault::DropBefore) => hang_up(),
        Some(Fault::DropAfter) => drop_after = true,
        Some(Fault::Slow(time)) => tokio::time::sleep(time).await,
    }
    if method == "getUpdates" {
        return get_updates(state, &params).await;
    }
    let done = methods::perform(state, method, params);
    if drop_after {
        hang_up();
    }
    match done {
        Ok(result) => ok(&result.to_string()),
        Err((code, text, parameters)) => refusal(code, &text, parameters),
    }
}

async fn get_updates(state: &State, params: &Params) -> Response {
    let number = |name: &str| int(&params.values, name);
    let limit = number("limit").unwrap_or(100).clamp(1, 100) as usize;
    let until = tokio::time::Instant::now() + Duration::from_secs(number("timeout").unwrap_or(0).clamp(0, 50) as u64);
    let poll = state.new_poll();
    let mut changes = state.changes();
    loop {
        if !state.is_newest_poll(poll) {
            let text = "Conflict: terminated by other getUpdates request; \
                        make sure that only one bot instance is running";
            return refusal(409, text, Value::Null);
        }
        if let Some(updates) = state.fetch(number("offset"), limit) {
            return ok(&updates);
        }
        if tokio::time::timeout_at(until, changes.changed()).await.is_err() {
            return ok("[]");
        }
    }
}

/// Ends the connection without an answer: the unwinding takes it along.
fn hang_up() -> ! {
    std::panic::resume_unwind(Box::new("the connection ends"));
}

fn ok(result: &str) -> Response {
    respond(200, format!("{{\"ok\":true,\"result\":{result}}}"))
}

fn refusal(code: u16, description: &str, parameters: Value) -> Response {
    let mut body = json!({"ok": false, "error_code": code, "description": description});
    if !parameters.is_null() {
        body["parameters"] = parameters;
    }
    respond(code, body.to_string())
}

fn respond(code: u16, body: String) -> Response {
    Response::builder().status(code).header("content-type", "application/json").body(Body::from(body)).unwrap()
}
