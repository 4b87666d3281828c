//! A list sent in chat: a preview, and after the sender's yes the register. Nothing is
//! written into the register before.

use std::collections::HashSet;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Plan, apply, kept, plan, read, text};
use crate::app::reconcile::after_import;
use crate::app::reply::{ChoiceAction, Reply};
use crate::app::{Act, Answer, Person, Refusal, Scene};
use crate::domain::official::Action;
use crate::domain::unit::UnitId;
use crate::import::{BYTES_MAX, List, Place, Refused};
use crate::store::directory::Directory;
use crate::store::{Connection, StoreError, imports};
use crate::words::Words;
use crate::words::numbers::number;

/// Rejected rows that are told.
const TOLD: usize = 10;

/// A document that came in a message, as the inbox keeps it: where the channel finds it
/// again, nothing of what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// By which the channel fetches it.
    pub file: String,
    /// Bytes, where the channel tells.
    #[serde(default)]
    pub size: Option<u64>,
}

/// Refuses before anything is fetched what this person may not do, or what is too large.
///
/// # Errors
/// [`Refusal::Told`].
pub fn may_send(scene: &Scene<'_>, document: &Document) -> Result<(), Refusal> {
    scene.ask_leave(Action::KeepRegister)?;
    if document.size.is_some_and(|size| size > BYTES_MAX as u64) {
        return Err(Refusal::Told(Refused::TooBig.sentence(scene.words)));
    }
    Ok(())
}

/// What a list would do, as its sender is told.
#[derive(Debug)]
pub struct Preview {
    unit: UnitId,
    text: String,
    /// What is kept until the yes; `None` where there is nothing to say yes to.
    rows: Option<String>,
}

/// Reads a file off the async threads.
///
/// # Errors
/// [`Refusal::Told`] with the sentence about a file that cannot be taken.
pub async fn look(
    bytes: Vec<u8>,
    dir: Arc<Directory>,
    (unit, today): (UnitId, NaiveDate),
    words: &'static Words,
) -> Result<List, Refusal> {
    let list = tokio::task::spawn_blocking(move || read(&bytes, &dir, unit, today)).await;
    let list = list.map_err(|e| Refusal::Panic(e.to_string()))?;
    list.map_err(|refused| Refusal::Told(refused.sentence(words)))
}

/// Compares a list with the register, in a read snapshot.
///
/// # Errors
/// Of the database.
pub async fn preview(
    conn: &mut Connection,
    dir: &Directory,
    (person, today): (Person, NaiveDate),
    list: &List,
    words: &'static Words,
) -> Result<Preview, Refusal> {
    let unit = person.unit;
    let plan = plan(conn, dir, (unit, today), list).await?;
    let name = dir.unit(unit).map_or("", |u| u.name.as_str());
    let mut lines = vec![words.list_preview_head(name), text::counts(&plan, words)];
    lines.extend(details(&plan, words));
    let has_news = !plan.changes.is_empty();
    let compared = after_import(conn, dir, (unit, today), &plan, words).await?;
    lines.extend(compared.totals);
    if !has_news {
        // Of a list with news they are told once it is in.
        lines.extend(compared.days);
    }
    lines.push(if has_news { words.list_preview_ask() } else { words.list_preview_nothing() });
    let refused: HashSet<&Place> = plan.rejected.iter().map(|r| &r.place).collect();
    let rows = has_news.then(|| kept::write(list.rows.iter().filter(|r| !refused.contains(&r.place)), &list.unknown));
    Ok(Preview { unit, text: lines.join("\n"), rows })
}

/// Keeps what waits for the yes and asks for it.
///
/// # Errors
/// Of the database.
pub async fn ask(act: &mut Act<'_>, preview: Preview) -> Answer {
    let reply = Reply::text(preview.text);
    let Some(rows) = preview.rows else { return Ok(vec![reply]) };
    let who = (preview.unit, act.person.official);
    let list = imports::keep(act.conn, who, &rows, act.now.timestamp()).await?;
    Ok(vec![reply.with_choice(act.words.list_choice_take(), ChoiceAction::TakeList { list })])
}

/// The yes: compares again, since the register may have changed, and takes the list in.
///
/// # Errors
/// Of the database; a list that has gone is told.
pub async fn take(act: &mut Act<'_>, list: i64) -> Answer {
    let found = imports::take(act.conn, list, act.person.official, act.now.timestamp()).await?;
    let Some((unit, rows)) = found else { return Ok(vec![Reply::text(act.words.choice_gone())]) };
    let role = crate::app::desk::role_in(&act.dir, act.person.official, unit, act.today);
    let Some(role) = role else { return Ok(vec![Reply::text(act.words.choice_gone())]) };
    act.scene.person = Person { unit, role, ..act.person };
    act.ask_leave(Action::KeepRegister)?;
    let odd = || StoreError::Inconsistent { table: "imports", what: format!("rows of {list}") };
    let (rows, unknown) = kept::read(&rows).ok_or_else(odd)?;
    let list = List { rows, unknown, ..List::default() };
    let (dir, words) = (act.dir.clone(), act.words);
    let plan = plan(act.conn, &dir, (unit, act.today), &list).await?;
    let done = apply(act.conn, (unit, act.now), Some(act.person.official), &plan).await?;
    let mut lines = vec![text::taken(&plan, words)];
    lines.extend(details(&plan, words));
    let compared = after_import(act.conn, &dir, (unit, act.today), &plan, words).await?;
    lines.extend([compared.totals, compared.days].concat());
    // No button: an impatient second "1" would take it all back.
    if done.is_some() {
        lines.push(words.list_undo_how());
    }
    Ok(vec![Reply::text(lines.join("\n"))])
}

/// Rows that are not taken, and dossiers on which file and register differ; the first of
/// each.
fn details(plan: &Plan, words: &Words) -> Vec<String> {
    let rejected: Vec<String> = plan.rejected.iter().map(|r| text::rejected(r, words)).collect();
    let ended: Vec<String> = plan.ended.iter().map(|r| text::ended(r, words)).collect();
    let mut lines: Vec<String> = text::not_received(plan, words).into_iter().collect();
    lines.extend(text::unknown(&plan.unknown, words));
    for all in [rejected, ended] {
        let more = all.len().saturating_sub(TOLD);
        lines.extend(all.into_iter().take(TOLD));
        if more > 0 {
            lines.push(words.list_more_rows(number(more as i64)));
        }
    }
    lines
}
