//! Webhooks of both platforms. The address holds the bot's id, never its token; the secret
//! is in a header, compared in constant time, before a byte of the body is read.
//!
//! 200 is answered only once the update is stored; 503 when it cannot be, so that the
//! platform brings it again. Bodies that are no update of ours are answered 200: they would
//! only come again.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use axum::body::{Body, HttpBody};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use futures_util::future::BoxFuture;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::Shared;

/// Stores what a platform brings; `false`: the database takes nothing now.
pub type Door = Arc<dyn Fn(Value) -> BoxFuture<'static, bool> + Send + Sync>;

/// The webhooks of the bots that this program serves; more can be opened at any time.
#[derive(Clone, Default)]
pub struct Doors(Arc<RwLock<HashMap<(&'static str, String), Guarded>>>);

/// A door and the secret that opens it.
#[derive(Clone)]
struct Guarded {
    secret: SecretString,
    door: Door,
}

impl Doors {
    /// Opens the webhook of a bot; its requests must bear `secret` (see [`secret_of`]).
    fn open(&self, (channel, bot): (&'static str, &str), secret: SecretString, door: Door) {
        let mut doors = self.0.write().unwrap_or_else(|e| e.into_inner());
        doors.insert((channel, bot.to_string()), Guarded { secret, door });
    }

    /// The door that a request may use. A bot that is not ours costs the same comparison.
    fn find(&self, channel: &str, bot: &str, shown: &str) -> Option<Door> {
        let channel = CHANNELS.iter().find(|(name, _)| *name == channel).map_or("", |(name, _)| name);
        let doors = self.0.read().unwrap_or_else(|e| e.into_inner());
        let found = doors.get(&(channel, bot.to_string()));
        let expected = found.map_or("", |g| g.secret.expose_secret());
        // What differs in length differs: the length of an HMAC is no secret.
        let equal = bool::from(expected.as_bytes().ct_eq(shown.as_bytes()));
        found.filter(|_| equal && !expected.is_empty()).map(|g| g.door.clone())
    }
}

/// How bots get their webhooks: where phones and platforms reach us, and the secret of the
/// settings.
#[derive(Clone)]
pub struct Hooks {
    pub doors: Doors,
    /// Such as `https://motcua.example.vn`.
    pub public_url: String,
    pub secret: SecretString,
}

impl Hooks {
    /// Opens the webhook of a bot (its id on the platform); gives the address and the secret
    /// that the platform is to be told.
    pub fn open(&self, channel: &'static str, bot: &str, door: Door) -> (String, SecretString) {
        let secret = secret_of(&self.secret, channel, bot);
        self.doors.open((channel, bot), secret.clone(), door);
        (format!("{}/webhook/{channel}/{bot}", self.public_url.trim_end_matches('/')), secret)
    }
}

/// Platforms with the header in which each shows its secret.
const CHANNELS: [(&str, &str); 2] =
    [("telegram", "x-telegram-bot-api-secret-token"), ("zalo", "x-bot-api-secret-token")];

/// The secret of one bot's webhook: hex HMAC-SHA256(secret of the settings, `channel:bot`).
///
/// ```
/// use motcua::channel::http::webhooks::secret_of;
/// let one = secret_of(&"0123456789abcdef0123456789abcdef".into(), "telegram", "7");
/// let other = secret_of(&"0123456789abcdef0123456789abcdef".into(), "zalo", "7");
/// use secrecy::ExposeSecret;
/// assert_eq!(one.expose_secret().len(), 64);
/// assert_ne!(one.expose_secret(), other.expose_secret());
/// ```
pub fn secret_of(secret: &SecretString, channel: &str, bot: &str) -> SecretString {
    // An HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        return String::new().into();
    };
    mac.update(format!("{channel}:{bot}").as_bytes());
    mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect::<String>().into()
}

pub(super) async fn receive(
    State(shared): State<Arc<Shared>>,
    Path((channel, bot)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> StatusCode {
    let header = CHANNELS.iter().find(|(name, _)| *name == channel).map_or("", |(_, header)| header);
    let shown = headers.get(header).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let Some(door) = shared.site.doors.find(&channel, &bot, shown) else {
        // The platform's probe, which has no secret and says nothing.
        let is_empty = body.size_hint().exact() == Some(0);
        return if is_empty { StatusCode::OK } else { StatusCode::FORBIDDEN };
    };
    let Ok(body) = axum::body::to_bytes(body, shared.site.limits.body).await else {
        return StatusCode::PAYLOAD_TOO_LARGE;
    };
    let update: Value = match serde_json::from_slice(&body) {
        Ok(update) => update,
        Err(_) if body.iter().all(u8::is_ascii_whitespace) => return StatusCode::OK,
        Err(_) => {
            tracing::warn!(%channel, bytes = body.len(), "a webhook brought something that is no JSON; passed over");
            return StatusCode::OK;
        }
    };
    // What is being stored is stored to its end, also if the platform hangs up meanwhile.
    let stored = tokio::spawn(door(update)).await.unwrap_or(false);
    if stored { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
