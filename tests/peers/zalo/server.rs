//! The HTTP side: one path, `/bot<token>/<method>`.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::response::Response;
use serde_json::{Value, json};

use super::loopback::{Server, Watched};
use super::state::{Fault, Idle, State};
use super::{bringing, methods, params};

/// The token that holds where no other bot is asked for.
pub const TOKEN: &str = "1459232241454765289:fake-zalo-token";

/// The bots of one platform.
pub type Bots = Arc<Mutex<Vec<Arc<State>>>>;

/// Serves a platform's bots until dropped; brings to the first what it is to be brought.
pub fn start(address: &str, bots: Bots) -> Server {
    let first = bots.lock().unwrap()[0].clone();
    Server::start_beside(address, Router::new().fallback(handle).with_state(bots), bringing::bring(first))
}

async fn handle(Shared(bots): Shared<Bots>, request: Request) -> Response {
    // Some clients quote the colon of the token.
    let path = request.uri().path().replace("%3A", ":");
    let all = bots.lock().unwrap().clone();
    let of = |state: Arc<State>| Some((path.strip_prefix(&format!("/bot{}/", state.habits.bot.token))?, state));
    let Some((method, state)) = all.into_iter().find_map(of).filter(|(_, state)| !state.token_is_void()) else {
        return refusal(200, 401, "Unauthorized");
    };
    let Some(method) = methods::known(method) else {
        state.violation(format!("no such method: {method}"));
        return refusal(200, 400, "Bad Request: wrong API name");
    };
    let params = match params::read(request).await {
        Ok(params) => params.values,
        Err(e) => {
            state.violation(format!("{method}: {e}"));
            return refusal(200, 400, &format!("Bad Request: {e}"));
        }
    };
    if let Some(fault) = methods::fault(method, &params) {
        state.violation(format!("{method}: {fault}"));
        return refusal(200, 400, &format!("Bad Request: {fault}"));
    }
    // Decided before the call can be seen: a fault set by who has seen it is for the next one.
    let fault = state.take_fault(method, params.get("chat_id").and_then(Value::as_str));
    state.record(method, &params);
    let mut drop_after = false;
    match fault {
        None => {}
        Some(Fault::Refused(code, text)) => return refusal(200, code, text),
        Some(Fault::RefusedAs(status, code, text)) => return refusal(status, code, text),
        Some(Fault::Broken(status)) => return respond(status, "<html><h1>Bad Gateway</h1></html>".into()),
        Some(Fault::DropBefore) => hang_up(),
        Some(Fault::DropAfter) => drop_after = true,
    }
    let done = match method {
        "getUpdates" => return get_updates(&state, drop_after).await,
        _ => methods::perform(&state, method, &params),
    };
    if drop_after {
        hang_up();
    }
    match done {
        // The address is kept also where nobody answers there.
        Ok(mut set) if method == "setWebhook" => {
            let url = set["url"].as_str().unwrap_or_default().to_string();
            let outcome = bringing::outcome(&state, &url).await;
            set["verification"] = json!({"ok": outcome == "webhook.ok", "url": url, "outcome": outcome, "hint": ""});
            respond(200, json!({"ok": true, "result": set}).to_string())
        }
        Ok(Value::Null) => respond(200, json!({"ok": true}).to_string()),
        Ok(result) => respond(200, json!({"ok": true, "result": result}).to_string()),
        Err((code, text)) => refusal(200, code, &text),
    }
}

async fn get_updates(state: &State, drop_after: bool) -> Response {
    if state.webhook().is_some() {
        return refusal(200, 400, "Bad Request: can't use getUpdates while a webhook is set");
    }
    state.poll_begins();
    let until = tokio::time::Instant::now() + state.habits.hold;
    let mut changes = state.changes();
    loop {
        if let Some(answer) = state.fetch() {
            if drop_after {
                hang_up();
            }
            return respond(200, answer.to_string());
        }
        if tokio::time::timeout_at(until, changes.changed()).await.is_err() {
            let status = if state.habits.idle == Idle::Http200 { 200 } else { 408 };
            return refusal(status, 408, "Request timeout");
        }
        if state.token_is_void() {
            return refusal(200, 401, "Unauthorized");
        }
    }
}

/// Ends the connection without an answer: the unwinding takes it along.
fn hang_up() -> ! {
    std::panic::resume_unwind(Box::new("the connection ends"));
}

fn refusal(status: u16, code: i64, description: &str) -> Response {
    respond(status, json!({"ok": false, "error_code": code, "description": description}).to_string())
}

fn respond(status: u16, body: String) -> Response {
    Response::builder().status(status).header("content-type", "application/json").body(Body::from(body)).unwrap()
}
