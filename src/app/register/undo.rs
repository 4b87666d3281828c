//! `/hoantac` for the register: a whole act is taken back, if nothing was built upon it.

use super::outcome::{heading, note};
use super::registering::{due_day, state_of};
use crate::app::dispatch::in_private;
use crate::app::reply::Reply;
use crate::app::{Act, Answer, Refusal, posting};
use crate::domain::dossier::State;
use crate::domain::official::Action;
use crate::report::echo::short_day;
use crate::store::dossiers::acts::{self, Changed, Kind};
use crate::store::posts;
use crate::words::numbers::number;

/// Takes the sender's latest standing message back, of counts or to the register.
pub async fn undo_latest(act: &mut Act<'_>) -> Answer {
    let me = act.person.official;
    let latest = acts::latest_standing(act.conn, me).await?;
    let post = posts::latest_standing(act.conn, me).await?;
    match latest {
        Some(latest) if post.is_none_or(|p| p.id <= latest.after_post) => undo(act, latest).await,
        _ => posting::undo_latest(act).await,
    }
}

/// Takes that very act back, as its button does.
pub async fn undo_act(act: &mut Act<'_>, id: i64) -> Answer {
    match acts::by_id(act.conn, id).await? {
        Some(found) if found.undone => Ok(vec![Reply::text(act.words.undo_already())]),
        Some(found) if found.sender == Some(act.person.official) => undo(act, found).await,
        _ => Ok(vec![Reply::text(act.words.undo_nothing())]),
    }
}

async fn undo(act: &mut Act<'_>, latest: acts::Act) -> Answer {
    let changed = take_back(act, &latest).await?;
    let sent = latest.sent_at.with_timezone(&act.zone);
    let time = format!("{} {}", sent.format("%H:%M"), short_day(sent.date_naive(), act.today));
    if latest.kind == Kind::Import {
        // A list is too long to be told line by line.
        return Ok(vec![Reply::text(act.words.list_undone(time, number(changed.len() as i64)))]);
    }
    let done = done(act, &latest, &changed);
    let (what, lines) = (act.words.register_undone(done.as_str(), time), stands(act, &changed));
    let mut replies = vec![Reply::text([&[what], &lines[..]].concat().join("\n"))];
    let mut told = std::collections::BTreeSet::new();
    for person in changed.iter().flat_map(|c| [c.after.holder, c.before.as_ref().and_then(|b| b.holder)]).flatten() {
        if person != act.person.official && told.insert(person) {
            let what = act.words.register_told_undone(act.name_of(act.person.official), done.as_str());
            replies.push(Reply::to(person, [&[what], &lines[..]].concat().join("\n")));
        }
    }
    in_private(act, Ok(replies))
}

/// Takes an act back, with its parts about further units.
///
/// # Errors
/// [`Refusal::Told`] where a dossier has been changed since, or where the person keeps no
/// register any more; then nothing is.
pub async fn take_back(act: &mut Act<'_>, former: &acts::Act) -> Result<Vec<Changed>, Refusal> {
    let mut parts = vec![(former.id, former.unit)];
    parts.extend(acts::parts_of(act.conn, former.id).await?.iter().map(|a| (a.id, a.unit)));
    for (_, unit) in parts.iter().rev() {
        act.go_to(*unit)?;
        act.ask_leave(Action::KeepRegister)?;
    }
    let mut all = Vec::new();
    for part in parts {
        all.push((part, acts::changes_of(act.conn, part.0).await?));
    }
    let since = all.iter().flat_map(|(_, changed)| changed).filter(|c| !c.stands());
    let since: Vec<&str> = since.map(|c| c.now.code.as_str()).collect();
    if !since.is_empty() {
        return Err(Refusal::Told(act.words.register_changed_since(since.join(", "))));
    }
    for (part, changed) in &all {
        acts::undo(act.conn, part.0, changed, act.now).await?;
        let codes: Vec<&str> = changed.iter().map(|c| c.now.code.as_str()).collect();
        note(act, "undo", *part, &codes).await?;
    }
    Ok(all.into_iter().flat_map(|(_, changed)| changed).collect())
}

/// What is taken back: `trả kết quả hồ sơ H12.34.56-261120-0001 · Hộ tịch`.
fn done(act: &Act<'_>, former: &acts::Act, changed: &[Changed]) -> String {
    let words = act.words;
    let was_there = |c: &Changed| c.before.as_ref().is_some_and(|b| b.state != State::Void);
    let what = match former.kind {
        Kind::Register if changed.iter().all(was_there) => words.undone_correcting(),
        Kind::Register => words.undone_registering(),
        Kind::Resolve => words.undone_resolving(),
        Kind::Withdraw => words.undone_withdrawing(),
        Kind::Stop => words.undone_stopping(),
        Kind::Resume => words.undone_resuming(),
        Kind::Extend => words.undone_extending(),
        Kind::Reason => words.undone_explaining(),
        Kind::Import => words.undone_importing(),
        Kind::HandOver => words.undone_handing_over(),
    };
    match changed {
        [one] => words.undone_of_one(what, heading(act, &one.now)),
        several => words.undone_of_several(what, number(several.len() as i64)),
    }
}

/// How the dossiers stand again; of one that is no longer there nothing is left to say.
fn stands(act: &Act<'_>, changed: &[Changed]) -> Vec<String> {
    match changed {
        [one] => match one.before.as_ref().filter(|b| b.state != State::Void) {
            Some(before) => {
                vec![act.words.dossier_stands_again(state_of(act.words, before), due_day(act.words, before.due))]
            }
            None => Vec::new(),
        },
        several => several.iter().map(|c| line(act, c)).collect(),
    }
}

/// How one of several dossiers stands again.
fn line(act: &Act<'_>, changed: &Changed) -> String {
    match &changed.before {
        None => act.words.dossier_undone_new(&changed.now.code),
        Some(before) if before.state == State::Void => act.words.dossier_undone_new(&changed.now.code),
        Some(before) => {
            act.words.dossier_undone(&before.code, state_of(act.words, before), due_day(act.words, before.due))
        }
    }
}
