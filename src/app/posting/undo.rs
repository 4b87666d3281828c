//! `/hoantac` and the button under an echo: a message is taken out of the replay.

use std::collections::BTreeSet;

use super::{changes, edit, write_down};
use crate::app::reply::Reply;
use crate::app::{Act, Answer};
use crate::domain::official::Action;
use crate::report::echo::short_day;
use crate::store::counts;
use crate::store::posts::{self, Key, Post};

/// Takes the sender's latest standing message back; again for the one before.
pub async fn undo_latest(act: &mut Act<'_>) -> Answer {
    match posts::latest_standing(act.conn, act.person.official).await? {
        Some(post) => undo(act, post).await,
        None => Ok(vec![Reply::text(act.words.undo_nothing())]),
    }
}

/// Takes that very message back, as its button does.
pub async fn undo_post(act: &mut Act<'_>, post: i64) -> Answer {
    match posts::by_id(act.conn, post).await? {
        Some(post) if post.undone => Ok(vec![Reply::text(act.words.undo_already())]),
        Some(post) if post.sender == act.person.official => undo(act, post).await,
        _ => Ok(vec![Reply::text(act.words.undo_nothing())]),
    }
}

async fn undo(act: &mut Act<'_>, post: Post) -> Answer {
    act.go_to(post.unit)?;
    act.ask_leave(Action::Post)?;
    let dir = act.dir.clone();
    let lines = posts::lines_of(act.conn, &dir, &post).await?;
    let keys: BTreeSet<Key> = lines.iter().map(|l| l.key).collect();
    let days = keys.iter().map(|k| k.day).collect();
    if let Some(refusal) = edit::closed(act, &post, &days).await? {
        return Ok(vec![refusal]);
    }
    posts::undo(act.conn, post.id, act.now).await?;
    let keys: Vec<Key> = keys.into_iter().collect();
    let done = counts::recompute(act.conn, &dir, post.unit, &keys).await?;
    write_down(act, post.unit, "undo", (post.id, None, &keys), &done).await?;
    let sent = post.sent_at.with_timezone(&act.zone);
    let time = format!("{} {}", sent.format("%H:%M"), short_day(sent.date_naive(), act.today));
    let mut replies = vec![Reply::text(act.words.undo_done(time, changes::by_day(act, &done.changes, &done.zeros)))];
    let about: BTreeSet<_> =
        keys.iter().map(|k| k.official).filter(|o| *o != act.person.official && super::is_here(act, *o)).collect();
    for official in about {
        let who = act.name_of(act.person.official);
        replies.push(Reply::to(official, act.words.told_colleague_undo(who, changes::of(act, official, &done))));
    }
    Ok(replies)
}
