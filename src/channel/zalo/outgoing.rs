//! A reply → texts: choices numbered, documents kept on the server, long texts split; pictures
//! under a link of which the platform fetches and shows them. One answer is one message wherever
//! it fits: the month's messages are few.

use std::path::Path;

use tracing::{error, warn};
use unicode_normalization::UnicodeNormalization;

use super::incoming::number_of;
use super::{NAME, Zalo};
use crate::app::abilities::{Pictures, ZALO};
use crate::app::reply::FileRecipe;
use crate::channel::http::Links;
use crate::channel::present::{Piece, pieces, with_numbers};
use crate::channel::{Rendered, SendError, Sent};
use crate::store::StoreError;
use crate::store::outbox::Out;
use crate::words::Words;

/// Tries after which a picture is no longer shown but linked to: the platform's fetching may
/// fail for ever (a proxy that lets only browsers through), and whatever waits behind it waits.
const SHOWN_AT_MOST: i64 = 2;

/// Sends the next part of `out`.
pub async fn send(zalo: &Zalo, out: &Out) -> Result<Sent, SendError> {
    if let Some(recipe) = out.file.as_deref().filter(|r| is_shown(r))
        && let Some(url) = link(zalo, &out.chat_id, recipe).await?
    {
        return send_with_picture(zalo, out, &url).await;
    }
    let text = whole_text(zalo, out).await?;
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

/// Whether the platform shows what a recipe makes.
fn is_shown(recipe: &str) -> bool {
    let is_picture = serde_json::from_str::<FileRecipe>(recipe).is_ok_and(|r| r.kind.is_picture());
    is_picture && ZALO.pictures == Pictures::Fetched
}

/// Sends the next part of a reply whose last part is a picture. One that the platform does not
/// take is linked to.
async fn send_with_picture(zalo: &Zalo, out: &Out, url: &str) -> Result<Sent, SendError> {
    let words = zalo.words_of(&out.chat_id).await;
    let text: String = with_numbers(&out.text, &out.choices, words).nfc().collect();
    let mut pieces = pieces(&text, true, &ZALO);
    let at = usize::try_from(out.part).unwrap_or(0);
    if at >= pieces.len() {
        return Ok(Sent::Whole { message_id: None });
    }
    let id = match pieces.swap_remove(at) {
        Piece::Text(text) => {
            zalo.api.send_text(&out.chat_id, &text).await?;
            return Ok(Sent::Parts(out.part + 1));
        }
        Piece::Document(caption) => match show(zalo, out, (url, &caption)).await {
            Err(SendError::Fault(e)) => {
                warn!(outbox = out.id, error = e, "the platform does not show a picture; it is linked to");
                zalo.api.send_text(&out.chat_id, &beside(&caption, &words.zalo_file_link(url))).await?
            }
            answer => answer?,
        },
    };
    Ok(Sent::Whole { message_id: Some(number_of(&id)) })
}

async fn show(zalo: &Zalo, out: &Out, (url, caption): (&str, &str)) -> Result<String, SendError> {
    if out.attempts > SHOWN_AT_MOST {
        return Err(SendError::Fault("the platform was asked in vain".to_string()));
    }
    // The platform wants to see from the address that it is a picture.
    zalo.api.send_photo(&out.chat_id, &format!("{url}.png"), caption).await
}

/// What is said of a file, below the text it belongs to.
fn beside(text: &str, told: &str) -> String {
    if text.trim().is_empty() { told.to_string() } else { format!("{text}\n{told}") }
}

/// All that is said, as the platform counts it (NFC).
async fn whole_text(zalo: &Zalo, out: &Out) -> Result<String, SendError> {
    let mut text = out.text.clone();
    if out.choices.is_empty() && out.file.is_none() {
        return Ok(text.nfc().collect());
    }
    let words = zalo.words_of(&out.chat_id).await;
    if let Some(recipe) = &out.file {
        let told = match link(zalo, &out.chat_id, recipe).await? {
            Some(url) => words.zalo_file_link(url),
            None => keep_file(zalo, (out.id, recipe), words).await,
        };
        text = beside(&text, &told);
    }
    Ok(with_numbers(&text, &out.choices, words).nfc().collect())
}

/// A link to a document, where phones reach our HTTP server. After a lost answer there are
/// two, and both hold. While the database takes nothing the message waits: told that its file
/// lies on the server, the person would never get a link.
async fn link(zalo: &Zalo, chat: &str, recipe: &str) -> Result<Option<String>, SendError> {
    let around = &zalo.around;
    let Some(public_url) = around.answerer.desk.public_url.as_deref() else { return Ok(None) };
    let links = Links::new(public_url, around.clock.clone());
    let made = async {
        let mut w = around.store.write().await?;
        let dir = around.answerer.desk.directory(&mut w).await?;
        let owner = dir.links.values().find(|l| l.channel == NAME && l.chat_id == chat).map(|l| l.official);
        let url = links.for_file(&mut w, recipe, owner).await?;
        w.commit().await?;
        Ok::<_, StoreError>(url)
    };
    made.await.map(Some).map_err(|e| SendError::Down(format!("a link cannot be made: {e}")))
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
