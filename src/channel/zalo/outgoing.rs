//! A reply → texts: choices numbered, documents kept on the server, long texts split. One
//! answer is one message wherever it fits: the month's messages are few.

use std::path::Path;

use tracing::error;
use unicode_normalization::UnicodeNormalization;

use super::incoming::number_of;
use super::{NAME, Zalo};
use crate::app::abilities::ZALO;
use crate::channel::http::Links;
use crate::channel::present::{Piece, pieces, with_numbers};
use crate::channel::{Rendered, SendError, Sent};
use crate::store::StoreError;
use crate::store::outbox::Out;
use crate::words::Words;

/// Sends the next part of `out`.
pub async fn send(zalo: &Zalo, out: &Out) -> Result<Sent, SendError> {
    let text = whole_text(zalo, out).await;
    let mut pieces = pieces(&text, false, &ZALO);
    let at = usize::try_from(out.part).unwrap_or(0);
    if at >= pieces.len() {
        return Ok(Sent::Whole { message_id: None });
    }
    let last = at + 1 == pieces.len();
    let (Piece::Text(piece) | Piece::Document(piece)) = pieces.swap_remove(at);
    let id = zalo.api.send_text(&out.chat_id, &piece).await?;
    Ok(if last { Sent::Whole { message_id: Some(number_of(&id)) } } else { Sent::Parts(out.part + 1) })
}

/// All that is said, as the platform counts it (NFC).
async fn whole_text(zalo: &Zalo, out: &Out) -> String {
    let mut text = out.text.clone();
    if out.choices.is_empty() && out.file.is_none() {
        return text.nfc().collect();
    }
    let words = zalo.words_of(&out.chat_id).await;
    if let Some(recipe) = &out.file {
        let told = match link(zalo, &out.chat_id, recipe).await {
            Some(url) => words.zalo_file_link(url),
            None => keep_file(zalo, (out.id, recipe), words).await,
        };
        text = if text.trim().is_empty() { told } else { format!("{text}\n{told}") };
    }
    with_numbers(&text, &out.choices, words).nfc().collect()
}

/// A link to a document, where phones reach our HTTP server. After a lost answer there are
/// two, and both hold.
async fn link(zalo: &Zalo, chat: &str, recipe: &str) -> Option<String> {
    let around = &zalo.around;
    let links = Links::new(around.answerer.desk.public_url.as_deref()?, around.clock.clone());
    let made = async {
        let mut w = around.store.write().await?;
        let dir = around.answerer.desk.directory(&mut w).await?;
        let owner = dir.links.values().find(|l| l.channel == NAME && l.chat_id == chat).map(|l| l.official);
        let url = links.for_file(&mut w, recipe, owner).await?;
        w.commit().await?;
        Ok::<_, StoreError>(url)
    };
    made.await.inspect_err(|e| error!(error = %e, "a link cannot be made")).ok()
}

/// Makes a document and keeps it on the server; says where, or the id of the fault. Told
/// again after a lost answer, the same file stands under the same name.
async fn keep_file(zalo: &Zalo, (id, recipe): (i64, &str), words: &Words) -> String {
    let kept = match (zalo.around.renderer)(recipe.to_string()).await {
        Ok(document) => write(&zalo.kept_files(), id, document).await,
        Err(e) => Err(e),
    };
    match kept {
        Ok(path) => words.zalo_file_kept(path),
        Err(e) => {
            let fault = format!("F{id}");
            error!(fault, outbox = id, error = %e, "a document could not be made");
            words.channel_file_failed(&fault)
        }
    }
}

/// The number of the reply keeps apart what bears one name: an officer's copy of a month, and
/// the leader's.
async fn write(folder: &Path, id: i64, document: Rendered) -> Result<String, String> {
    let name = match document.name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}_{id}.{ending}"),
        None => format!("{}_{id}", document.name),
    };
    let path = folder.join(name);
    tokio::fs::create_dir_all(folder).await.map_err(|e| e.to_string())?;
    tokio::fs::write(&path, document.bytes).await.map_err(|e| e.to_string())?;
    Ok(path.display().to_string())
}
