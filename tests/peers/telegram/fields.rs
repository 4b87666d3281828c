//! What each method must be given (Bot API), by name and type. A call that breaks this is
//! refused as the real server would, and fails the test.

use serde_json::{Map, Value};

#[derive(Clone, Copy)]
enum Is {
    Int,
    Text(usize),
    List,
    Object,
    Bool,
}

struct Field {
    name: &'static str,
    is: Is,
    required: bool,
}

const fn must(name: &'static str, is: Is) -> Field {
    Field { name, is, required: true }
}

const fn may(name: &'static str, is: Is) -> Field {
    Field { name, is, required: false }
}

const SEND: [Field; 5] = [
    must("chat_id", Is::Int),
    may("message_thread_id", Is::Int),
    may("reply_parameters", Is::Object),
    may("reply_markup", Is::Object),
    may("disable_notification", Is::Bool),
];

const METHODS: &[(&str, &[Field])] = &[
    ("getMe", &[]),
    (
        "getUpdates",
        &[may("offset", Is::Int), may("limit", Is::Int), may("timeout", Is::Int), may("allowed_updates", Is::List)],
    ),
    (
        "sendMessage",
        &[must("text", Is::Text(4096)), may("parse_mode", Is::Text(20)), may("link_preview_options", Is::Object)],
    ),
    ("sendDocument", &[may("caption", Is::Text(1024))]),
    ("sendPhoto", &[may("caption", Is::Text(1024))]),
    ("sendChatAction", &[must("action", Is::Text(32))]),
    ("getFile", &[must("file_id", Is::Text(200))]),
    ("setMyCommands", &[must("commands", Is::List), may("scope", Is::Object), may("language_code", Is::Text(2))]),
    ("getMyCommands", &[may("scope", Is::Object), may("language_code", Is::Text(2))]),
    ("deleteMyCommands", &[may("scope", Is::Object), may("language_code", Is::Text(2))]),
    ("answerCallbackQuery", &[must("callback_query_id", Is::Text(64)), may("text", Is::Text(200))]),
    ("editMessageText", &[must("chat_id", Is::Int), must("message_id", Is::Int), must("text", Is::Text(4096))]),
    (
        "editMessageReplyMarkup",
        &[must("chat_id", Is::Int), must("message_id", Is::Int), may("reply_markup", Is::Object)],
    ),
    (
        "setWebhook",
        &[
            must("url", Is::Text(2000)),
            may("secret_token", Is::Text(256)),
            may("max_connections", Is::Int),
            may("allowed_updates", Is::List),
        ],
    ),
    ("deleteWebhook", &[may("drop_pending_updates", Is::Bool)]),
    ("getWebhookInfo", &[]),
];

/// The method as the documentation writes it; names are case-insensitive.
pub fn canonical(method: &str) -> Option<&'static str> {
    METHODS.iter().map(|(name, _)| *name).find(|name| name.eq_ignore_ascii_case(method))
}

/// What is wrong with a call, in the server's words.
pub fn fault(method: &str, params: &Map<String, Value>) -> Option<String> {
    let own = METHODS.iter().find(|(name, _)| *name == method).map_or(&[][..], |(_, fields)| fields);
    let shared = if method.starts_with("send") { &SEND[..] } else { &[] };
    own.iter()
        .chain(shared)
        .find_map(|f| match params.get(f.name) {
            None | Some(Value::Null) => f.required.then(|| format!("Bad Request: {} is empty", f.name)),
            Some(value) => (!fits(value, f.is)).then(|| format!("Bad Request: {} is not right: {value}", f.name)),
        })
        .or_else(|| buttons_fault(params))
}

fn fits(value: &Value, is: Is) -> bool {
    match (is, value) {
        (Is::Int, Value::Number(n)) => n.is_i64(),
        (Is::Int, Value::String(s)) => s.parse::<i64>().is_ok(),
        (Is::Bool, Value::Bool(_)) => true,
        (Is::Bool, Value::String(s)) => ["true", "false", "True", "False", "0", "1"].contains(&s.as_str()),
        (Is::Text(most), Value::String(s)) => !s.trim().is_empty() && s.encode_utf16().count() <= most,
        (Is::List, Value::Array(_)) | (Is::Object, Value::Object(_)) => true,
        _ => false,
    }
}

fn buttons_fault(params: &Map<String, Value>) -> Option<String> {
    let rows = params.get("reply_markup")?.get("inline_keyboard")?.as_array()?;
    let buttons = rows.iter().flat_map(|r| r.as_array().into_iter().flatten());
    buttons.into_iter().find_map(|b| {
        let text = b["text"].as_str().unwrap_or_default();
        let data = b["callback_data"].as_str().unwrap_or_default();
        (text.is_empty() || !(1..=64).contains(&data.len())).then(|| "Bad Request: BUTTON_DATA_INVALID".to_string())
    })
}
