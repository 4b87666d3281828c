//! An edited message: read again, its lines replaced, the same replay.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::echo::Told;
use super::{asking, changes, echo, limits, lines, refused, write_down};
use crate::app::reply::Reply;
use crate::app::{Act, Answer, Refusal, Scene};
use crate::domain::official::{Action, OfficialId};
use crate::grammar::post::Reading;
use crate::report::echo::short_day;
use crate::store::counts::{self, Recomputed};
use crate::store::posts::{self, Key, Line, Post, Stored};

/// Puts the edited form of a post in force. `reading` is `None` where the new text is no
/// post at all: then the old values stay.
pub async fn edit(act: &mut Act<'_>, post: Post, (text, reading): (&str, Option<Reading>)) -> Answer {
    // The message keeps its unit, whichever the person's commands are about now.
    act.go_to(post.unit)?;
    act.ask_leave(Action::Post)?;
    if post.undone {
        return Ok(vec![Reply::text(act.words.edit_undone())]);
    }
    let dir = act.dir.clone();
    let former = posts::lines_of(act.conn, &dir, &post).await?;
    let Some(reading) = reading else { return Ok(vec![Reply::text(act.words.edit_unreadable())]) };
    let about = super::about(act, post.unit, &reading)?;
    let mut days = lines::days_of(&reading);
    let judged = lines::judge(act, (post.unit, about), reading, &[])?;
    if judged.lines.is_empty() {
        let mut reply = refused::reply(act, &judged, Vec::new());
        reply.text = format!("{}\n{}", act.words.edit_unreadable(), reply.text);
        return Ok(vec![reply]);
    }
    let now_said = with_unnamed(&judged, &former);
    if now_said == former && judged.refused.is_empty() {
        return Ok(Vec::new()); // an invisible change: nothing to say
    }
    let keys: BTreeSet<Key> = former.iter().chain(&now_said).map(|l| l.key).collect();
    days.extend(keys.iter().map(|k| k.day));
    if let Some(refusal) = closed(act, &post, &days).await? {
        return Ok(vec![refusal]);
    }
    if let Some(question) = ask_first(act, (&post, text), about, &judged).await? {
        return Ok(vec![question]);
    }
    let read = posts::set_form(act.conn, &dir, &post, &now_said).await?;
    let keys: Vec<Key> = keys.into_iter().collect();
    let done = counts::recompute(act.conn, &dir, post.unit, &keys).await?;
    if let Some(over) = limits::over_by_edit(act, &done) {
        return Err(Refusal::Told(format!("{}\n{over}", act.words.edit_zero_kept())));
    }
    write_down(act, post.unit, "edit", (post.id, Some(read), &keys), &done).await?;
    let stored = Stored { id: post.id, read };
    let told = Told { scene: &act.scene, unit: post.unit, about, post: stored, judged: &judged, done: &done };
    let around = echo::around(act.conn, &[told]).await?.pop().unwrap_or_default();
    Ok(super::replies(&told, &around, Some(first_line(act, about, &done))))
}

/// The new form: its good lines, and where some of its lines are bad, each (day, field) of
/// the former form that no good line names.
fn with_unnamed(judged: &lines::Judgement, former: &[Line]) -> Vec<Line> {
    let mut said = judged.lines.clone();
    if !judged.refused.is_empty() {
        let named: BTreeSet<_> = judged.lines.iter().map(|l| (l.key.day, l.key.field)).collect();
        said.extend(former.iter().filter(|l| !named.contains(&(l.key.day, l.key.field))));
    }
    said
}

/// An edit with a line `khong` over what other messages say, or of what a colleague has
/// said, keeps the old form and asks, as a new message would; the yes is a message of its own.
async fn ask_first(
    act: &mut Act<'_>,
    (post, text): (&Post, &str),
    about: OfficialId,
    judged: &lines::Judgement,
) -> Result<Option<Reply>, Refusal> {
    let for_colleague = about != act.person.official;
    if judged.wiped.is_empty() && !for_colleague {
        return Ok(None);
    }
    let (dir, keys) = (act.dir.clone(), judged.keys());
    let standing = posts::standing(act.conn, &dir, &[(post.unit, &keys)]).await?.pop().unwrap_or_default();
    let others = standing.iter().map(|(key, s)| (*key, s.without(post.id))).collect();
    let mut asked = asking::zero_over_figures(act, judged, &others);
    if for_colleague && !judged.all_zero {
        let over = asking::over_a_colleague(act, about, judged, &others);
        asked = if over.is_empty() { asked } else { over };
    }
    let yes = if judged.all_zero { asking::zero_message(act, about, judged) } else { text.to_string() };
    if asked.is_empty() {
        return Ok(None);
    }
    let question = format!("{}\n{}", act.words.edit_zero_kept(), asked.join("\n"));
    Ok(Some(asking::ask(act, question, yes)))
}

/// An edit or undo that touches a closed day is refused whole.
pub async fn closed(act: &mut Act<'_>, post: &Post, days: &BTreeSet<NaiveDate>) -> Result<Option<Reply>, Refusal> {
    let found = lines::closed_day(act.conn, post.unit, days).await?;
    Ok(found.map(|(day, closed)| {
        let period = refused::period_label(act, &closed);
        Reply::text(act.words.edit_closed(short_day(day, act.today), period))
    }))
}

/// What has changed, a line for each field and day; where it is not of one person alone, with
/// the name.
fn first_line(act: &Scene<'_>, about: OfficialId, done: &Recomputed) -> String {
    let several = changes::whose(&done.changes, &done.zeros).iter().any(|o| *o != about);
    let edited = |key: Key, what| {
        let what = changes::of_whom(act, key, several, what);
        act.words.post_edited(super::heading(act, key.field), short_day(key.day, act.today), what)
    };
    let changed = changes::grouped(&done.changes);
    let changed = changed.into_iter().map(|(key, group)| edited(key, changes::figures(act, &group)));
    let zeros = done.zeros.iter().map(|z| edited(z.key, changes::zero(act, z)));
    let lines: Vec<String> = changed.chain(zeros).collect();
    if lines.is_empty() { act.words.post_edited_nothing() } else { lines.join("\n") }
}
