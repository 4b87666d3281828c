//! What each method does and answers.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::params::Params;
use super::state::{Button, Reply, State};
use super::{BOT_ID, USERNAME, load};

/// A refusal: code, description, parameters.
pub type Refusal = (u16, String, Value);

fn refuse(code: u16, description: &str) -> Refusal {
    (code, description.to_string(), Value::Null)
}

pub fn int(params: &Map<String, Value>, name: &str) -> Option<i64> {
    match params.get(name)? {
        Value::Number(n) => n.as_i64(),
        Value::String(s) => s.parse().ok(),
        _ => None,
    }
}

fn text<'a>(params: &'a Map<String, Value>, name: &str) -> &'a str {
    params.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Does what is asked; all but getUpdates, which waits.
pub fn perform(state: &Arc<State>, method: &str, params: Params) -> Result<Value, Refusal> {
    let values = &params.values;
    if let Some(chat) = int(values, "chat_id")
        && let Some(to) = state.moved_to(chat)
    {
        let text = "Bad Request: group chat was upgraded to a supergroup chat";
        return Err((400, text.into(), json!({"migrate_to_chat_id": to})));
    }
    match method {
        "getMe" => Ok(json!({"id": BOT_ID, "is_bot": true, "first_name": "Một cửa", "username": USERNAME,
            "can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
            "can_connect_to_business": false, "has_main_web_app": false})),
        "sendMessage" => Ok(send(state, values, None)),
        "sendDocument" | "sendPhoto" => send_file(state, method, params),
        "getFile" => get_file(state, text(values, "file_id")),
        "setMyCommands" => set_commands(state, values),
        "getMyCommands" => Ok(state.menu(&scope(values)).unwrap_or_else(|| json!([]))),
        "deleteMyCommands" => {
            state.set_menu(scope(values), json!([]));
            Ok(json!(true))
        }
        "editMessageText" | "editMessageReplyMarkup" => edit(state, values),
        "getWebhookInfo" => {
            let url = state.calls("setWebhook").pop().map_or(json!(""), |call| call.params["url"].clone());
            Ok(json!({"url": url, "has_custom_certificate": false, "pending_update_count": 0}))
        }
        _ => Ok(json!(true)),
    }
}

fn sent_message(values: &Map<String, Value>, id: i64) -> Value {
    let chat = int(values, "chat_id").unwrap_or_default();
    let chat = if chat > 0 { super::private(chat) } else { super::supergroup(chat) };
    json!({"message_id": id, "date": super::now(), "chat": chat,
        "from": {"id": BOT_ID, "is_bot": true, "first_name": "Một cửa", "username": USERNAME}})
}

fn send(state: &Arc<State>, values: &Map<String, Value>, file: Option<(String, Vec<u8>)>) -> Value {
    let id = state.next_message();
    let chat = int(values, "chat_id").unwrap_or_default();
    let mut answer = sent_message(values, id);
    if load::answered(state, chat) {
        answer["text"] = json!("");
        return answer;
    }
    let said = if file.is_some() { text(values, "caption") } else { text(values, "text") };
    answer[if file.is_some() { "caption" } else { "text" }] = json!(said);
    let mut reply = Reply::new(chat, id, said.to_string());
    reply.thread = int(values, "message_thread_id");
    reply.reply_to = values.get("reply_parameters").and_then(|r| r["message_id"].as_i64());
    reply.buttons = buttons(values.get("reply_markup"));
    reply.file = file;
    state.deliver(reply);
    answer
}

fn buttons(markup: Option<&Value>) -> Vec<Button> {
    let rows = markup.and_then(|m| m["inline_keyboard"].as_array());
    let all = rows.into_iter().flatten().flat_map(|r| r.as_array().into_iter().flatten());
    all.map(|b| Button {
        label: b["text"].as_str().unwrap_or_default().to_string(),
        data: b["callback_data"].as_str().unwrap_or_default().to_string(),
    })
    .collect()
}

fn send_file(state: &Arc<State>, method: &str, params: Params) -> Result<Value, Refusal> {
    let field = if method == "sendPhoto" { "photo" } else { "document" };
    // A client may name the part at will and point to it with attach://.
    let wanted = text(&params.values, field).strip_prefix("attach://").unwrap_or(field).to_string();
    let Some(file) = params.files.into_iter().find(|f| f.field == wanted) else {
        return Err(refuse(400, &format!("Bad Request: there is no {field} in the request")));
    };
    let shown = (field == "photo").then(|| photo_size(&file.bytes)).transpose();
    let shown = shown.map_err(|why| {
        state.violation(format!("sendPhoto: {why}"));
        refuse(400, &format!("Bad Request: {why}"))
    })?;
    let id = state.keep_file(file.bytes.clone());
    let size = file.bytes.len();
    let mut answer = send(state, &params.values, Some((file.name.clone(), file.bytes)));
    if let Some((width, height)) = shown {
        answer["photo"] =
            json!([{"file_id": id, "file_unique_id": id, "width": width, "height": height, "file_size": size}]);
    } else {
        answer["document"] = json!({"file_id": id, "file_unique_id": id, "file_name": file.name, "file_size": size});
    }
    Ok(answer)
}

/// Width and height of a PNG that the real server would show: at most 10 MB, both sides
/// together at most 10,000, none 20 times the other.
fn photo_size(bytes: &[u8]) -> Result<(u32, u32), &'static str> {
    let number = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_be_bytes);
    let is_png = bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR");
    let Some((width, height)) = number(16).zip(number(20)).filter(|_| is_png) else {
        return Err("IMAGE_PROCESS_FAILED");
    };
    let (low, high) = (width.min(height), width.max(height));
    if bytes.len() > 10 << 20 {
        return Err("file is too big");
    }
    if low == 0 || width + height > 10_000 || high > 20 * low {
        return Err("PHOTO_INVALID_DIMENSIONS");
    }
    Ok((width, height))
}

fn get_file(state: &State, id: &str) -> Result<Value, Refusal> {
    let bytes = state.file(id).ok_or_else(|| refuse(400, "Bad Request: invalid file_id"))?;
    Ok(json!({"file_id": id, "file_unique_id": id, "file_size": bytes.len(), "file_path": format!("documents/{id}")}))
}

/// Where a menu is kept: scope, chat, language.
fn scope(values: &Map<String, Value>) -> String {
    let scope = values.get("scope").cloned().unwrap_or_else(|| json!({"type": "default"}));
    let kind = scope["type"].as_str().unwrap_or("default").to_string();
    let chat = match &scope["chat_id"] {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    format!("{kind}:{chat}:{}", text(values, "language_code"))
}

fn set_commands(state: &State, values: &Map<String, Value>) -> Result<Value, Refusal> {
    let commands = values.get("commands").and_then(Value::as_array).cloned().unwrap_or_default();
    let right = |c: &Value| {
        let name = c["command"].as_str().unwrap_or_default();
        let told = c["description"].as_str().unwrap_or_default().chars().count();
        (1..=32).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && (1..=256).contains(&told)
    };
    if commands.len() > 100 || !commands.iter().all(right) {
        state.violation(format!("setMyCommands: {commands:?}"));
        return Err(refuse(400, "Bad Request: BOT_COMMAND_INVALID"));
    }
    state.set_menu(scope(values), json!(commands));
    Ok(json!(true))
}

fn edit(state: &State, values: &Map<String, Value>) -> Result<Value, Refusal> {
    let (chat, id) = (int(values, "chat_id").unwrap_or_default(), int(values, "message_id").unwrap_or_default());
    let (new_text, new_buttons) = (values.get("text"), buttons(values.get("reply_markup")));
    let mut changed = false;
    let found = state.edit_reply(chat, id, |reply| {
        changed = new_text.is_some_and(|t| t != &json!(reply.text)) || reply.buttons != new_buttons;
        if let Some(text) = new_text.and_then(Value::as_str) {
            reply.text = text.to_string();
        }
        reply.buttons = new_buttons;
    });
    match (found, changed) {
        (false, _) => Err(refuse(400, "Bad Request: message to edit not found")),
        (_, false) => Err(refuse(400, "Bad Request: message is not modified")),
        _ => Ok(sent_message(values, id)),
    }
}
