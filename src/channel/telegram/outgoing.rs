//! A reply → calls: texts split at lines, buttons under the last part, documents with their
//! caption, answers in groups in their thread.

use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use teloxide::payloads::SendMessage;
use teloxide::types::{
    ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageId, Recipient, ReplyMarkup,
    ReplyParameters, ThreadId,
};
use tracing::{error, warn};

use super::{Telegram, api};
use crate::app::abilities;
use crate::channel::present::{Piece, pieces};
use crate::channel::{Rendered, SendError, Sent};
use crate::store::outbox::Out;

/// What the platform tells of a message it took.
#[derive(Deserialize)]
struct Accepted {
    message_id: i64,
}

/// Sends the next part of `out`.
pub async fn send(telegram: &Telegram, out: &Out) -> Result<Sent, SendError> {
    let mut pieces = pieces(&out.text, out.file.is_some(), &abilities::TELEGRAM);
    let at = usize::try_from(out.part).unwrap_or(0);
    if at >= pieces.len() {
        return Ok(Sent::Whole { message_id: None });
    }
    let last = at + 1 == pieces.len();
    let accepted = match pieces.swap_remove(at) {
        Piece::Text(text) => send_text(telegram, out, text, last).await?,
        Piece::Document(caption) => send_document(telegram, out, caption).await?,
    };
    Ok(if last { Sent::Whole { message_id: Some(accepted.message_id) } } else { Sent::Parts(out.part + 1) })
}

async fn send_text(telegram: &Telegram, out: &Out, text: String, last: bool) -> Result<Accepted, SendError> {
    let mut call = SendMessage::new(Recipient::Id(ChatId(chat_id(out)?)), text);
    call.link_preview_options = Some(LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    });
    call.message_thread_id = thread(out);
    call.reply_parameters = reply_parameters(out);
    call.reply_markup = keyboard(out).filter(|_| last);
    match telegram.api.call(&call, api::SHORT).await {
        Err(SendError::Fault(e)) if e.contains("thread not found") && call.message_thread_id.is_some() => {
            // The topic is gone; the group is not.
            call.message_thread_id = None;
            telegram.api.call(&call, api::SHORT).await
        }
        answer => answer,
    }
}

/// Documents are made now. One that cannot be made must not hold up the chat: the text goes
/// out with a sentence and the fault's id, which stands in the log.
async fn send_document(telegram: &Telegram, out: &Out, caption: String) -> Result<Accepted, SendError> {
    let recipe = out.file.clone().unwrap_or_default();
    let document = match (telegram.renderer)(recipe).await {
        Ok(document) => document,
        Err(e) => {
            let fault = format!("F{}", out.id);
            error!(fault, outbox = out.id, error = %e, "a document could not be made");
            let sorry = telegram.locale.words().channel_file_failed(&fault);
            let text = if caption.is_empty() { sorry.to_string() } else { format!("{caption}\n{sorry}") };
            return send_text(telegram, out, text, true).await;
        }
    };
    if is_picture(&document) {
        match telegram.api.upload("sendPhoto", form(out, caption.clone(), document.clone(), "photo")?).await {
            // A group may allow files but no pictures.
            Err(SendError::Fault(e)) => warn!(outbox = out.id, error = e, "a picture is refused; it goes as a file"),
            answer => return answer,
        }
    }
    telegram.api.upload("sendDocument", form(out, caption, document, "document")?).await
}

/// Pictures are shown, all else is sent as a file.
fn is_picture(document: &Rendered) -> bool {
    document.name.rsplit('.').next().is_some_and(|e| e.eq_ignore_ascii_case("png"))
}

fn form(out: &Out, caption: String, document: Rendered, field: &'static str) -> Result<Form, SendError> {
    let mut form = Form::new().text("chat_id", chat_id(out)?.to_string());
    if let Some(thread) = out.thread_id {
        form = form.text("message_thread_id", thread.to_string());
    }
    if !caption.trim().is_empty() {
        form = form.text("caption", caption);
    }
    for (name, value) in [
        ("reply_parameters", reply_parameters(out).map(|r| serde_json::to_string(&r))),
        ("reply_markup", keyboard(out).map(|k| serde_json::to_string(&k))),
    ] {
        if let Some(json) = value {
            form = form.text(name, json.map_err(|e| SendError::Fault(e.to_string()))?);
        }
    }
    Ok(form.part(field, Part::bytes(document.bytes).file_name(document.name)))
}

fn chat_id(out: &Out) -> Result<i64, SendError> {
    out.chat_id.parse().map_err(|_| SendError::Fault(format!("chat id {} is no Telegram chat", out.chat_id)))
}

fn thread(out: &Out) -> Option<ThreadId> {
    out.thread_id.and_then(|t| i32::try_from(t).ok()).map(|t| ThreadId(MessageId(t)))
}

/// In groups a reply hangs on its question, if that still stands.
fn reply_parameters(out: &Out) -> Option<ReplyParameters> {
    let id = out.reply_to.and_then(|id| i32::try_from(id).ok())?;
    Some(ReplyParameters { allow_sending_without_reply: Some(true), ..ReplyParameters::new(MessageId(id)) })
}

fn keyboard(out: &Out) -> Option<ReplyMarkup> {
    if out.choices.is_empty() {
        return None;
    }
    let rows = out.choices.iter().map(|c| vec![InlineKeyboardButton::callback(c.label.clone(), c.id.clone())]);
    Some(ReplyMarkup::InlineKeyboard(InlineKeyboardMarkup::new(rows)))
}
