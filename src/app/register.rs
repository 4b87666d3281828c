//! The register of dossiers: `/hoso`, `/xong` and their kin (SPEC §7).
//!
//! Each line of a message is judged by itself; the good ones make one act with its changes
//! ([`outcome`]), the others come back with a reason and, where there is one, the corrected
//! line. Which dossier is meant, and whose it is, says [`find`]. [`mod@undo`] and [`mod@edit`] take
//! whole acts back. The register never changes the counts.

pub mod edit;
mod faults;
mod find;
pub mod holders;
mod lists;
mod outcome;
mod registering;
mod steps;
mod story;
pub mod undo;

use super::desk::Desk;
use super::{Act, Answer, Refusal};
use crate::grammar::dossier::{citizen, tidy};
use crate::grammar::table::Command;
use crate::store::dossiers::acts;
use crate::store::posts::Source;

pub use lists::{due_soon, overdue};
pub use story::look_up;

/// Runs a command that changes the register.
///
/// # Errors
/// [`Refusal::Told`] where the text names a citizen; nothing is kept of such a message.
pub async fn change(desk: &Desk, act: &mut Act<'_>, command: Command, rest: &str) -> Answer {
    // An edit that came first has done it already, in its later form.
    if act.origin.message_id.is_some() && acts::of_message(act.conn, &source(act)).await?.is_some() {
        return Ok(Vec::new());
    }
    judged(desk, act, command, rest).await?.save(act, None).await
}

/// Reads a command's lines and judges them; nothing is written.
async fn judged(desk: &Desk, act: &mut Act<'_>, command: Command, rest: &str) -> Result<outcome::Outcome, Refusal> {
    nothing_personal(act, rest)?;
    let text = tidy(rest);
    match command {
        Command::Register => registering::registering(desk, act, &text).await,
        _ => steps::steps(act, command, &text).await,
    }
}

/// Refuses what names a citizen, by name or by number: both were hidden at the door.
fn nothing_personal(act: &Act<'_>, text: &str) -> Result<(), Refusal> {
    if citizen::is_hidden(text) {
        return Err(Refusal::Told(act.words.register_personal().to_string()));
    }
    Ok(())
}

/// Where the message of this act came from.
fn source(act: &Act<'_>) -> Source {
    Source { bot_id: act.origin.bot_id, chat_id: act.origin.chat_id.clone(), message_id: act.origin.message_id }
}
