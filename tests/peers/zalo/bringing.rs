//! The other way round: events are brought to the address that the bot has set.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::loopback::Watched;
use super::state::{Shape, State};

/// How the platform's caller names itself.
const CALLER: &str = "Java/1.8.0_192";
/// Rest before an event that was not taken is brought again.
const REST: Duration = Duration::from_millis(20);

/// Brings what people say, one event after the other, for as long as the server runs. What is
/// not taken is brought again; of a platform that does so for ever each event comes twice.
pub async fn bring(state: Arc<State>) {
    let client = reqwest::Client::builder().user_agent(CALLER).build().unwrap();
    let mut changes = state.changes();
    loop {
        let Some((url, secret)) = state.address() else {
            changes.changed().await.unwrap();
            continue;
        };
        let Some(event) = state.next_event() else {
            changes.changed().await.unwrap();
            continue;
        };
        let body = match state.habits.shape {
            Shape::Wrapped => json!({"ok": true, "result": event}),
            Shape::Flat => event,
            Shape::List => json!({"ok": true, "result": [event]}),
        };
        let mut taken = post(&client, (&url, &secret), &body).await;
        if taken && state.habits.for_ever {
            taken = post(&client, (&url, &secret), &body).await;
        }
        if taken {
            state.event_taken();
        } else {
            tokio::time::sleep(REST).await;
        }
    }
}

async fn post(client: &reqwest::Client, (url, secret): (&str, &str), body: &Value) -> bool {
    let request = client.post(url).header("X-Bot-Api-Secret-Token", secret).json(body);
    request.send().await.is_ok_and(|r| r.status().is_success())
}

/// What the platform's own check of a new address finds: a POST without anything.
pub async fn outcome(state: &State, url: &str) -> &'static str {
    let Some(url) = state.led(url) else { return "webhook.ok" };
    match reqwest::Client::new().post(url).header("User-Agent", CALLER).send().await {
        Ok(answer) if answer.status().is_success() => "webhook.ok",
        Ok(_) => "webhook.http.other",
        Err(_) => "webhook.err.conn",
    }
}
