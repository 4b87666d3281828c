//! Calls to the Zalo Bot Platform, and what each kind of refusal means (CHAT-APIS A).
//!
//! The platform answers HTTP 200 to what it refuses, so only `ok` in the body counts; its
//! 403 is a fault of its own; it knows no idempotency key, so whatever was not answered may
//! have been sent.

use std::time::Duration;

use reqwest::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Me;
use crate::channel::SendError;

/// Time for an ordinary call.
pub const SHORT: Duration = Duration::from_secs(20);
/// How long the platform holds an empty poll (seconds).
const POLL: u64 = 30;

/// The platform for one token.
#[derive(Clone)]
pub struct Api {
    client: Client,
    url: String,
    token: SecretString,
}

/// What the platform says when it does not do what it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its code (or that of HTTP) and its words.
    Said { code: i64, description: String, retry_after: Option<Duration> },
    /// It could not be asked, or its answer got lost.
    Lost(SendError),
}

/// What came of setting a webhook: the URL is kept even where the check failed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Webhook {
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub verification: Option<Verification>,
}

/// How the platform's own check of a webhook ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Verification {
    #[serde(default)]
    pub ok: bool,
    #[serde(default)]
    pub outcome: String,
}

impl Api {
    /// `url` is the server, without the token.
    ///
    /// # Errors
    /// A sentence for the log if no client can be made.
    pub fn new(token: SecretString, url: &str) -> Result<Api, String> {
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .pool_idle_timeout(Duration::from_secs(50))
            .tcp_nodelay(true)
            .build()
            .map_err(|e| e.without_url().to_string())?;
        Ok(Api { client, url: url.trim_end_matches('/').to_string(), token })
    }

    /// Who we are.
    ///
    /// # Errors
    /// [`SendError::Unauthorised`] for a token that does not hold; others may pass.
    pub async fn me(&self) -> Result<Me, SendError> {
        let me = self.call("getMe", &json!({}), SHORT).await.map_err(Refusal::into_error)?;
        Me::deserialize(me).map_err(|e| SendError::Ambiguous(format!("getMe: {e}")))
    }

    /// Waits for an event; the body as it came, an empty one if there was none (408 in both
    /// forms).
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn updates(&self) -> Result<Value, SendError> {
        let asked = json!({"timeout": POLL.to_string()});
        match self.call("getUpdates", &asked, Duration::from_secs(POLL) + SHORT).await {
            Ok(result) => Ok(result),
            Err(Refusal::Said { code: 408, .. }) => Ok(Value::Null),
            Err(refusal) => Err(refusal.into_error()),
        }
    }

    /// Sends a text; gives the platform's id of it.
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn send_text(&self, chat: &str, text: &str) -> Result<String, SendError> {
        self.send("sendMessage", &json!({"chat_id": chat, "text": text})).await
    }

    /// Has the platform fetch a picture from a public address and show it.
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn send_photo(&self, chat: &str, url: &str, caption: &str) -> Result<String, SendError> {
        let mut photo = json!({"chat_id": chat, "photo": url});
        if !caption.trim().is_empty() {
            photo["caption"] = json!(caption);
        }
        self.send("sendPhoto", &photo).await
    }

    /// Shows "is typing" for a moment. Best effort.
    pub async fn typing(&self, chat: &str) {
        let asked = json!({"chat_id": chat, "action": "typing"});
        if let Err(e) = self.call("sendChatAction", &asked, SHORT).await {
            tracing::debug!(error = %e.into_error(), "typing was not shown");
        }
    }

    /// Has events sent to `url` (public HTTPS) with `secret` (8 to 256 characters) in a header.
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn set_webhook(&self, url: &str, secret: &str) -> Result<Webhook, SendError> {
        let asked = json!({"url": url, "secret_token": secret});
        let set = self.call("setWebhook", &asked, SHORT).await.map_err(Refusal::into_error)?;
        Webhook::deserialize(set).map_err(|e| SendError::Ambiguous(format!("setWebhook: {e}")))
    }

    /// The address to which events are brought; empty if to none.
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn webhook(&self) -> Result<String, SendError> {
        match self.call("getWebhookInfo", &json!({}), SHORT).await {
            Ok(info) => Ok(Webhook::deserialize(info).unwrap_or_default().url),
            // None is set.
            Err(Refusal::Said { code: 404, .. }) => Ok(String::new()),
            Err(refusal) => Err(refusal.into_error()),
        }
    }

    /// Makes polling possible: a webhook that still stands is taken away.
    ///
    /// # Errors
    /// As the platform refuses.
    pub async fn end_webhook(&self) -> Result<(), SendError> {
        if self.webhook().await?.is_empty() {
            return Ok(());
        }
        self.call("deleteWebhook", &json!({}), SHORT).await.map(|_| ()).map_err(Refusal::into_error)
    }

    async fn send(&self, method: &str, payload: &Value) -> Result<String, SendError> {
        let sent = self.call(method, payload, SHORT).await.map_err(Refusal::into_error)?;
        Ok(sent["message_id"].as_str().map_or_else(|| sent["message_id"].to_string(), str::to_string))
    }

    async fn call(&self, method: &str, payload: &Value, time: Duration) -> Result<Value, Refusal> {
        // Method names are case-sensitive. The token stands in the address: errors lose it.
        let url = format!("{}/bot{}/{method}", self.url, self.token.expose_secret());
        let request = self.client.post(url).timeout(time).json(payload);
        answer(request.send().await.map_err(lost)?).await
    }
}

/// The envelope of every answer.
#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    description: String,
    #[serde(default)]
    error_code: i64,
}

async fn answer(response: Response) -> Result<Value, Refusal> {
    let status = i64::from(response.status().as_u16());
    let retry_after = response.headers().get("retry-after").and_then(|v| v.to_str().ok()?.trim().parse().ok());
    let retry_after = retry_after.map(Duration::from_secs);
    let body = response.bytes().await.map_err(lost)?;
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    if body.is_array() || (body.get("ok").is_none() && body.get("event_name").is_some()) {
        return Ok(body); // events without their envelope
    }
    match Answer::deserialize(&body) {
        Ok(Answer { ok: true, result, .. }) => Ok(result),
        Ok(Answer { error_code, description, .. }) => {
            let code = if error_code == 0 { status } else { error_code };
            Err(Refusal::Said { code, description, retry_after })
        }
        // A page of whatever stands before the platform.
        Err(_) if status >= 400 => Err(Refusal::Said { code: status, description: String::new(), retry_after }),
        Err(_) => Err(Refusal::Lost(SendError::Ambiguous(format!("HTTP {status} with an answer that is not one")))),
    }
}

impl Refusal {
    /// What it means for a message.
    fn into_error(self) -> SendError {
        let (code, description, retry_after) = match self {
            Refusal::Said { code, description, retry_after } => (code, description, retry_after),
            Refusal::Lost(e) => return e,
        };
        match code {
            401 | -216 => SendError::Unauthorised,
            429 => SendError::Exhausted { after: retry_after },
            400 | 404 if is_gone(&description) => SendError::Gone(description),
            // "Internal server error", says its 403.
            403 | 408 | 500.. => SendError::Ambiguous(format!("{code} {description}")),
            _ => SendError::Fault(format!("{code} {description}")),
        }
    }
}

/// Whether the chat is what is wrong.
fn is_gone(description: &str) -> bool {
    let said = description.to_lowercase();
    ["chat", "user", "recipient"].iter().any(|w| said.contains(w)) && !said.contains("chat_id is")
}

fn lost(e: reqwest::Error) -> Refusal {
    Refusal::Lost(SendError::unanswered(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i64, description: &str, expected: SendError) {
        let refusal = Refusal::Said { code, description: description.to_string(), retry_after: None };
        assert_eq!(refusal.into_error(), expected);
    }

    #[test]
    fn each_refusal_has_its_meaning() {
        check(401, "Unauthorized", SendError::Unauthorised);
        check(-216, "Access token is invalid", SendError::Unauthorised);
        check(429, "Quota exceeded", SendError::Exhausted { after: None });
        check(403, "Internal server error", SendError::Ambiguous("403 Internal server error".into()));
        check(408, "Request timeout", SendError::Ambiguous("408 Request timeout".into()));
        check(502, "", SendError::Ambiguous("502 ".into()));
        check(400, "Bad Request: chat not found", SendError::Gone("Bad Request: chat not found".into()));
        check(404, "User not found", SendError::Gone("User not found".into()));
        check(400, "text is too long", SendError::Fault("400 text is too long".into()));
        check(404, "Not Found", SendError::Fault("404 Not Found".into()));
    }
}
