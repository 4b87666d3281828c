//! An edited message: read again, its lines replaced, the same replay.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{changes, echo, lines, refused, write_down};
use crate::app::reply::Reply;
use crate::app::{Act, Answer, Refusal};
use crate::domain::official::Action;
use crate::grammar::post::Reading;
use crate::report::echo::short_day;
use crate::store::counts;
use crate::store::posts::{self, Key, Line, Post};

/// Puts the edited form of a post in force. `reading` is `None` where the new text is no
/// post at all: then the old values stay.
pub async fn edit(act: &mut Act<'_>, post: Post, reading: Option<Reading>) -> Answer {
    act.ask_leave(Action::Post)?;
    if post.undone {
        return Ok(vec![Reply::text(act.words.edit_undone())]);
    }
    let dir = act.dir.clone();
    let former = posts::lines_of(act.conn, &dir, &post).await?;
    let Some(reading) = reading else { return Ok(vec![Reply::text(act.words.edit_unreadable())]) };
    let about = super::about(act, reading.colleague.as_ref())?;
    let judged = lines::judge(act, post.unit, about, reading).await?;
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
    if let Some(refusal) = closed(act, &post, &keys).await? {
        return Ok(vec![refusal]);
    }
    posts::set_form(act.conn, &dir, &post, &now_said).await?;
    let keys: Vec<Key> = keys.into_iter().collect();
    let done = counts::recompute(act.conn, &dir, post.unit, &keys).await?;
    write_down(act, post.unit, "edit", post.id, &done.changes, &keys).await?;
    let first = first_line(act, &done.changes);
    let mut replies = vec![echo::reply(act, (post.unit, about, post.id), &judged, &done, Some(first)).await?];
    if about != act.person.official {
        replies.push(super::tell_colleague(act, about, &done));
    }
    Ok(replies)
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

/// An edit or undo that touches a closed day is refused whole.
pub async fn closed(act: &mut Act<'_>, post: &Post, keys: &BTreeSet<Key>) -> Result<Option<Reply>, Refusal> {
    let days: BTreeSet<NaiveDate> = keys.iter().map(|k| k.day).collect();
    let found = lines::closed_day(act, post.unit, &days).await?;
    Ok(found.map(|(day, closed)| {
        let period = refused::period_label(act, &closed);
        Reply::text(act.words.edit_closed(short_day(day, act.today), period))
    }))
}

fn first_line(act: &Act<'_>, all: &[counts::Change]) -> String {
    let groups = changes::grouped(all);
    if groups.is_empty() {
        return act.words.post_edited_nothing();
    }
    let lines: Vec<String> = groups
        .into_iter()
        .map(|(day, group)| {
            let field = super::heading(act, group.first().and_then(|c| c.key.field));
            act.words.post_edited(field, short_day(day, act.today), changes::figures(act, &group))
        })
        .collect();
    lines.join("\n")
}
