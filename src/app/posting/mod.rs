//! Posting counts: the bot's main act.
//!
//! [`post`] takes a message that the grammar has read, judges each line by the unit's own
//! facts ([`lines`]), stores the good ones, replays what they touch and echoes what now
//! stands ([`echo`]), with cautions ([`cautions`]) and the lines that were not saved
//! ([`refused`]); a few things are asked first ([`asking`]). [`mod@edit`] and [`undo`] go through
//! the same replay.

mod asking;
mod cautions;
pub mod changes;
mod echo;
mod edit;
mod lines;
mod refused;
mod undo;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use cautions::SMALLEST_OUTLIER;
pub use edit::edit;
pub use refused::{example, period_label};
pub use undo::{undo_latest, undo_post};

use super::reply::{Reply, To};
use super::{Act, Answer, Refusal};
use crate::domain::field::FieldId;
use crate::domain::official::{Action, OfficialId, may};
use crate::domain::unit::UnitId;
use crate::grammar::post::{Colleague, Reading};
use crate::store::counts::{self, Recomputed};
use crate::store::directory::Directory;
use crate::store::posts::{self, Key, NewPost, PostKind, Source};
use crate::store::{audit, days};

/// Stores a new message of counts and says what now stands.
///
/// # Errors
/// [`Refusal::Told`] when the person may not post (for that colleague).
pub async fn post(act: &mut Act<'_>, text: &str, reading: Reading) -> Answer {
    act.ask_leave(Action::Post)?;
    let about = about(act, act.person.unit, reading.colleague.as_ref())?;
    let judged = lines::judge(act, act.person.unit, about, reading).await?;
    if judged.lines.is_empty() {
        let stated = cautions::stated(act, act.person.unit, &judged).await?;
        return Ok(vec![refused::reply(act, &judged, stated)]);
    }
    if let Some(question) = asking::before_saving(act, text, about, &judged).await? {
        return Ok(vec![question]);
    }
    let source =
        Source { bot_id: act.origin.bot_id, chat_id: act.origin.chat_id.clone(), message_id: act.origin.message_id };
    let new = NewPost {
        kind: PostKind::Post,
        source: &source,
        unit: act.person.unit,
        sender: act.person.official,
        sent_at: act.origin.sent_at,
    };
    let dir = act.dir.clone();
    let id = posts::add(act.conn, &dir, &new, &judged.lines).await?;
    let keys: Vec<Key> = judged.keys();
    let done = counts::recompute(act.conn, &dir, new.unit, &keys).await?;
    write_down(act, new.unit, "post", (id, &keys), &done).await?;
    let mut replies = vec![echo::reply(act, (new.unit, about, id), &judged, &done, None).await?];
    if about != act.person.official {
        replies.push(tell_colleague(act, about, &done));
    }
    Ok(replies)
}

/// Officials of the unit on the day of the message, as the grammar is told of them for
/// `@Lan`: [`Colleague::matches`] counts in this order.
pub fn colleagues(dir: &Directory, unit: UnitId, day: NaiveDate) -> Vec<OfficialId> {
    dir.members_of(unit).iter().filter(|m| m.span.holds(day)).map(|m| m.official).collect()
}

/// Whose counts these are: the sender's, or a colleague's for a lead. `unit` is the one whose
/// people the text was read with.
fn about(act: &Act<'_>, unit: UnitId, colleague: Option<&Colleague>) -> Result<OfficialId, Refusal> {
    let Some(colleague) = colleague else { return Ok(act.person.official) };
    act.ask_leave(Action::PostForColleague)?;
    let people = colleagues(&act.dir, unit, act.today);
    let found: Vec<OfficialId> = colleague.matches.iter().filter_map(|i| people.get(*i).copied()).collect();
    match found.as_slice() {
        [one] => match act.dir.membership(*one, unit, act.today).map(|m| m.role) {
            Some(role) if !may(role, Action::Post) => {
                Err(Refusal::Told(act.words.colleague_posts_not(act.shown_name(*one), act.words.role(role))))
            }
            _ => Ok(*one),
        },
        [] => Err(Refusal::Told(act.words.no_such_person(&colleague.typed))),
        several => {
            let names: Vec<String> = several.iter().map(|id| act.shown_name(*id)).collect();
            Err(Refusal::Told(act.words.several_people(&colleague.typed, names.join(", "))))
        }
    }
}

/// The colleague learns what was posted in their name.
fn tell_colleague(act: &Act<'_>, about: OfficialId, done: &Recomputed) -> Reply {
    let text = changes::by_day(act, &done.changes, &done.zeros);
    Reply { to: To::Person(about), ..Reply::text(act.words.told_colleague(act.name_of(act.person.official), text)) }
}

/// Writes the act down, with each change from → to, under every day it touches.
async fn write_down(
    act: &mut Act<'_>,
    unit: UnitId,
    kind: &str,
    (post, keys): (i64, &[Key]),
    done: &Recomputed,
) -> Result<(), Refusal> {
    let detail = audit::changes_json(&act.dir, &done.changes, &done.zeros);
    let entry = audit::Act {
        at: act.now.timestamp(),
        actor: Some(act.person.official),
        unit: Some(unit),
        kind,
        post: Some(post),
        detail: &detail,
    };
    let days: BTreeSet<i64> = keys.iter().map(|k| days::to_db(k.day)).collect();
    audit::write_days(act.conn, &entry, &days).await?;
    Ok(())
}

/// `Hộ tịch`, or the name for what is posted for the whole unit.
fn heading(act: &Act<'_>, field: Option<FieldId>) -> String {
    field.map_or_else(|| act.words.whole_unit(), |f| field_name(act, f))
}

fn field_name(act: &Act<'_>, field: FieldId) -> String {
    act.dir.field(field).map(|f| f.name.clone()).unwrap_or_default()
}

/// A colleague as a line ready to copy names them; in groups the reader fills the name in.
fn typed_name(act: &Act<'_>, colleague: OfficialId) -> String {
    if act.origin.private { act.name_of(colleague).to_string() } else { act.words.template_name() }
}
