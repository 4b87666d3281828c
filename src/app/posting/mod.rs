//! Posting counts: the bot's main act.
//!
//! [`post`] takes a message that the grammar has read, judges each line by the unit's own
//! facts ([`lines`]), stores the good ones, replays what they touch and echoes what now
//! stands ([`echo`]), with cautions ([`cautions`]) and the lines that were not saved
//! ([`refused`]). [`edit`] and [`undo`] go through the same replay.

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

use super::reply::{ChoiceAction, Reply, To};
use super::{Act, Answer, Refusal};
use crate::domain::field::FieldId;
use crate::domain::official::{Action, OfficialId};
use crate::domain::unit::UnitId;
use crate::grammar::post::{Colleague, Reading};
use crate::report::echo::short_day;
use crate::store::counts::{self, Change, Recomputed};
use crate::store::directory::Directory;
use crate::store::posts::{self, Key, NewPost, PostKind, Source};
use crate::store::{audit, days};
use lines::Judgement;

/// Stores a new message of counts and says what now stands.
///
/// # Errors
/// [`Refusal::Told`] when the person may not post (for that colleague).
pub async fn post(act: &mut Act<'_>, text: &str, reading: Reading) -> Answer {
    act.ask_leave(Action::Post)?;
    let about = about(act, reading.colleague.as_ref())?;
    let judged = lines::judge(act, act.person.unit, about, reading).await?;
    if judged.lines.is_empty() {
        let stated = cautions::stated(act, act.person.unit, &judged).await?;
        return Ok(vec![refused::reply(act, &judged, stated)]);
    }
    if let Some(question) = question_first(act, text, about, &judged).await? {
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
    write_down(act, new.unit, "post", id, &done.changes, &keys).await?;
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

/// Whose counts these are: the sender's, or a colleague's for a lead.
fn about(act: &Act<'_>, colleague: Option<&Colleague>) -> Result<OfficialId, Refusal> {
    let Some(colleague) = colleague else { return Ok(act.person.official) };
    act.ask_leave(Action::PostForColleague)?;
    let people = colleagues(&act.dir, act.person.unit, act.today);
    let found: Vec<OfficialId> = colleague.matches.iter().filter_map(|i| people.get(*i).copied()).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(Refusal::Told(act.words.no_such_person(&colleague.typed))),
        several => {
            let names: Vec<&str> = several.iter().map(|id| act.name_of(*id)).collect();
            Err(Refusal::Told(act.words.several_people(&colleague.typed, names.join(", "))))
        }
    }
}

/// Two things are asked before saving: a lead changing what a colleague has posted, and
/// `/nhap khong` over a day that has figures.
async fn question_first(
    act: &mut Act<'_>,
    text: &str,
    about: OfficialId,
    judged: &Judgement,
) -> Result<Option<Reply>, Refusal> {
    let for_colleague = about != act.person.official;
    if act.confirmed || !(for_colleague || judged.all_zero) {
        return Ok(None);
    }
    let dir = act.dir.clone();
    let standing = posts::standing(act.conn, &dir, act.person.unit, &judged.keys()).await?;
    let touched: Vec<&Key> =
        standing.iter().filter(|(_, s)| s.reported && !s.said.is_empty()).map(|(k, _)| k).collect();
    let with_figures = standing.values().any(|s| !crate::domain::replay::replay(&s.said).flows.is_zero());
    if touched.is_empty() || (!for_colleague && !with_figures) {
        return Ok(None);
    }
    let fields: BTreeSet<String> = touched.iter().filter_map(|k| k.field).map(|f| field_name(act, f)).collect();
    let fields = fields.into_iter().collect::<Vec<_>>().join(", ");
    let asked = if for_colleague {
        act.words.ask_colleague(act.name_of(about), fields)
    } else {
        let day = touched.first().map_or(act.today, |k| k.day);
        act.words.ask_zero(short_day(day, act.today), fields)
    };
    let yes = ChoiceAction::Say {
        text: text.to_string(),
        sent_at: act.origin.sent_at.timestamp(),
        unit: act.person.unit.0,
        confirmed: true,
    };
    Ok(Some(Reply::text(asked).with_choice(act.words.choice_yes(), yes)))
}

/// The colleague learns what was posted in their name.
fn tell_colleague(act: &Act<'_>, about: OfficialId, done: &Recomputed) -> Reply {
    let text = changes::by_day(act, &done.changes);
    Reply { to: To::Person(about), ..Reply::text(act.words.told_colleague(act.name_of(act.person.official), text)) }
}

/// Writes the act down, with each change from → to, under every day it touches.
async fn write_down(
    act: &mut Act<'_>,
    unit: UnitId,
    kind: &str,
    post: i64,
    changes: &[Change],
    keys: &[Key],
) -> Result<(), Refusal> {
    let detail = audit::changes_json(&act.dir, changes);
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
