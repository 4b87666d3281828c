//! Calls to the Bot API over HTTP, and what each kind of refusal means.

use std::time::Duration;

use reqwest::multipart::Form;
use reqwest::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::requests::Payload;

use crate::channel::SendError;

/// Time for an ordinary call.
pub const SHORT: Duration = Duration::from_secs(20);
/// Time for a call that carries a document.
pub const UPLOAD: Duration = Duration::from_secs(120);
/// Used where the platform says "too many" without saying for how long.
const UNSTATED_WAIT: Duration = Duration::from_secs(5);

/// Where Telegram answers.
pub const PUBLIC_URL: &str = "https://api.telegram.org";

/// The Bot API for one token.
#[derive(Clone)]
pub struct Api {
    client: Client,
    url: String,
    token: SecretString,
}

impl Api {
    /// `url` is the server (default [`PUBLIC_URL`]), `proxy` such as `socks5://host:1080`.
    ///
    /// # Errors
    /// A sentence for the log if the proxy cannot be read.
    pub fn new(token: SecretString, url: Option<&str>, proxy: Option<&str>) -> Result<Api, String> {
        let mut client = Client::builder()
            .connect_timeout(Duration::from_secs(5))
            .pool_idle_timeout(Duration::from_secs(50))
            .tcp_nodelay(true)
            .no_proxy();
        if let Some(proxy) = proxy {
            // The address may hold a password: it is not repeated.
            client = client.proxy(reqwest::Proxy::all(proxy).map_err(|_| "the proxy's address cannot be read")?);
        }
        let client = client.build().map_err(|e| e.without_url().to_string())?;
        Ok(Api { client, url: url.unwrap_or(PUBLIC_URL).trim_end_matches('/').to_string(), token })
    }

    /// One call with JSON; reads of the result what `T` names.
    pub async fn call<P, T>(&self, payload: &P, time: Duration) -> Result<T, SendError>
    where
        P: Payload + Serialize + Sync,
        T: DeserializeOwned,
    {
        let request = self.client.post(self.method_url(P::NAME)).timeout(time).json(payload);
        answer(request.send().await.map_err(SendError::unanswered)?).await
    }

    /// One call that carries a document.
    pub async fn upload<T: DeserializeOwned>(&self, method: &str, form: Form) -> Result<T, SendError> {
        let request = self.client.post(self.method_url(method)).timeout(UPLOAD).multipart(form);
        answer(request.send().await.map_err(SendError::unanswered)?).await
    }

    /// Downloads a file by the path that getFile gave, as long as it is no larger than
    /// `most` bytes; `None` if it is.
    pub async fn download(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SendError> {
        let url = format!("{}/file/bot{}/{path}", self.url, self.token.expose_secret());
        let mut response = self.client.get(url).timeout(UPLOAD).send().await.map_err(SendError::unanswered)?;
        match response.status().as_u16() {
            200..=299 => {}
            code @ 500.. => return Err(SendError::Ambiguous(format!("HTTP {code}"))),
            code => return Err(SendError::Fault(format!("HTTP {code}"))),
        }
        let mut bytes = Vec::new();
        while let Some(part) = response.chunk().await.map_err(SendError::unanswered)? {
            if bytes.len() + part.len() > most {
                return Ok(None);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(Some(bytes))
    }

    fn method_url(&self, method: &str) -> String {
        format!("{}/bot{}/{method}", self.url, self.token.expose_secret())
    }
}

/// The envelope of every answer.
#[derive(Deserialize)]
struct Answer<T> {
    ok: bool,
    result: Option<T>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    error_code: u16,
    #[serde(default)]
    parameters: Parameters,
}

#[derive(Default, Deserialize)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

async fn answer<T: DeserializeOwned>(response: Response) -> Result<T, SendError> {
    let status = response.status();
    let body = response.bytes().await.map_err(SendError::unanswered)?;
    let Ok(answer) = serde_json::from_slice::<Answer<T>>(&body) else {
        return Err(match status.as_u16() {
            401 | 404 => SendError::Unauthorised,
            429 => SendError::TooMany { after: UNSTATED_WAIT },
            code => SendError::Ambiguous(format!("HTTP {code} with an answer that is not one")),
        });
    };
    if let (true, Some(result)) = (answer.ok, answer.result) {
        return Ok(result);
    }
    let code = if answer.error_code == 0 { status.as_u16() } else { answer.error_code };
    Err(refusal(code, answer.description, &answer.parameters))
}

fn refusal(code: u16, description: String, parameters: &Parameters) -> SendError {
    if let Some(to) = parameters.migrate_to_chat_id {
        return SendError::Moved { to: to.to_string() };
    }
    match code {
        // An unknown token is "Not Found"; a withdrawn one "Unauthorized".
        401 => SendError::Unauthorised,
        404 if description.ends_with("Not Found") => SendError::Unauthorised,
        403 => SendError::Gone(description),
        409 => SendError::Conflict,
        429 => SendError::TooMany { after: parameters.retry_after.map_or(UNSTATED_WAIT, Duration::from_secs) },
        400 if is_gone(&description) => SendError::Gone(description),
        500.. => SendError::Ambiguous(format!("{code} {description}")),
        _ => SendError::Fault(format!("{code} {description}")),
    }
}

fn is_gone(description: &str) -> bool {
    ["chat not found", "user not found", "user is deactivated", "PEER_ID_INVALID", "group chat was deactivated"]
        .iter()
        .any(|d| description.contains(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: u16, description: &str, expected: SendError) {
        assert_eq!(refusal(code, description.to_string(), &Parameters::default()), expected);
    }

    #[test]
    fn each_refusal_has_its_meaning() {
        check(401, "Unauthorized", SendError::Unauthorised);
        check(404, "Not Found", SendError::Unauthorised);
        check(400, "Bad Request: chat not found", SendError::Gone("Bad Request: chat not found".into()));
        check(400, "Bad Request: message is too long", SendError::Fault("400 Bad Request: message is too long".into()));
        check(502, "Bad Gateway", SendError::Ambiguous("502 Bad Gateway".into()));
        check(429, "Too Many Requests", SendError::TooMany { after: UNSTATED_WAIT });
        let moved = Parameters { migrate_to_chat_id: Some(-1007), ..Parameters::default() };
        assert_eq!(refusal(400, "…".into(), &moved), SendError::Moved { to: "-1007".into() });
    }
}
