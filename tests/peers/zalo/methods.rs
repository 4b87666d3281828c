//! What each method must be given, does and answers. A call against the rules is refused as
//! the platform would, and fails the test.

use serde_json::{Map, Value, json};

use super::state::State;
use super::{BOT_ID, BOT_NAME, now};

/// A refusal: code and description.
pub type Refusal = (i64, String);

const METHODS: [&str; 11] = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "testWebhook",
    "sendMessage",
    "sendPhoto",
    "sendSticker",
    "sendVoice",
    "sendChatAction",
];

/// The method of this very name: they are case-sensitive.
pub fn known(method: &str) -> Option<&'static str> {
    METHODS.into_iter().find(|m| *m == method)
}

pub fn text<'a>(params: &'a Map<String, Value>, name: &str) -> &'a str {
    params.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What is wrong with a call.
pub fn fault(method: &str, params: &Map<String, Value>) -> Option<String> {
    let long = |name: &str, least: usize, most: usize| {
        let length = text(params, name).encode_utf16().count();
        (!(least..=most).contains(&length)).then(|| format!("{name} is invalid: {length} characters"))
    };
    let chat = || long("chat_id", 1, 100);
    match method {
        "sendMessage" => chat().or_else(|| long("text", 1, 2000)),
        "sendPhoto" => chat().or_else(|| long("photo", 1, 2000)).or_else(|| long("caption", 0, 2000)),
        "sendChatAction" => chat().or_else(|| (text(params, "action") != "typing").then(|| "action is invalid".into())),
        "setWebhook" => long("url", 9, 2000)
            .or_else(|| (!text(params, "url").starts_with("https://")).then(|| "url is invalid".into()))
            .or_else(|| long("secret_token", 8, 256)),
        _ => None,
    }
}

/// Does what is asked; all but getUpdates, which waits.
pub fn perform(state: &State, method: &str, params: &Map<String, Value>) -> Result<Value, Refusal> {
    match method {
        "getMe" => Ok(json!({"id": BOT_ID, "account_name": "bot.motcua", "account_type": "BASIC",
            "can_join_groups": false, "display_name": BOT_NAME})),
        "sendMessage" | "sendPhoto" => {
            let said = if method == "sendPhoto" { "caption" } else { "text" };
            let photo = params.get("photo").and_then(Value::as_str).map(str::to_string);
            state.deliver(text(params, "chat_id"), text(params, said), photo);
            Ok(json!({"message_id": state.next_message(), "date": now() * 1000}))
        }
        "setWebhook" => {
            let url = text(params, "url").to_string();
            state.set_webhook(Some(url.clone()), text(params, "secret_token"));
            Ok(json!({"url": url, "updated_at": now() * 1000}))
        }
        "deleteWebhook" => {
            state.set_webhook(None, "");
            Ok(json!({"url": "", "updated_at": now() * 1000}))
        }
        "getWebhookInfo" => match state.webhook() {
            Some(url) => Ok(json!({"url": url, "updated_at": now() * 1000})),
            None => Err((404, "Not Found".into())),
        },
        // Only `ok`, no result.
        "sendChatAction" => Ok(Value::Null),
        _ => Err((400, format!("{method} is not played here"))),
    }
}
