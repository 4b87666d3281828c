//! `/tracuu CODE`: one dossier's whole story.

use super::faults::why;
use super::find::{Meant, asked_units, find, holder_name};
use super::lists::excuse;
use super::nothing_personal;
use super::outcome::{heading, label};
use super::registering::{due_day, state_of};
use crate::app::reply::{ChoiceAction, Reply};
use crate::app::{Act, Answer, Refusal};
use crate::domain::dossier::{Dossier, State};
use crate::grammar::dossier::lines::naming;
use crate::grammar::dossier::{LINE_MAX, tidy};
use crate::report::echo::short_day;
use crate::store::dossiers::acts::Kind;
use crate::store::dossiers::story::{Chapter, story};
use crate::words::numbers::{date, number};

/// Dossiers told of in one answer.
const MOST: usize = 5;

/// Tells how each dossier named stands, and what has been done with it.
///
/// # Errors
/// A text that names no dossier, or a citizen.
pub async fn look_up(act: &mut Act<'_>, rest: &str) -> Answer {
    nothing_personal(act, rest)?;
    let text: String = tidy(rest).chars().take(LINE_MAX).collect();
    let named = naming(&text.replace(['\n', ';'], " "), act.today);
    let named = named.map_err(|fault| Refusal::Told(why(act.words, &fault)))?;
    let units = asked_units(act);
    let mut replies = Vec::new();
    for called in named.called.iter().take(MOST) {
        match find(act, &units, called, true).await? {
            Meant::One(dossier) => {
                let chapters = story(act.conn, &dossier).await?;
                replies.push(Reply::text(told(act, &dossier, &chapters)));
            }
            Meant::Several(found) => {
                let text = act.words.dossier_several(found.len().to_string(), called.text());
                replies.push(found.iter().take(MOST).fold(Reply::text(text), |reply, d| choice(act, reply, d)));
            }
            Meant::None(_) => replies.push(Reply::text(act.words.dossier_not_registered(called.text()))),
        }
    }
    Ok(replies)
}

fn choice(act: &Act<'_>, reply: Reply, dossier: &Dossier) -> Reply {
    let text = format!("/tracuu {}", dossier.code);
    let (sent_at, unit) = (act.origin.sent_at.timestamp(), act.person.unit.0);
    let label = label(act, dossier);
    reply.with_choice(label, ChoiceAction::Say { text, sent_at, unit, confirmed: false })
}

fn told(act: &Act<'_>, dossier: &Dossier, chapters: &[Chapter]) -> String {
    let words = act.words;
    let mut state = state_of(words, dossier);
    let late = dossier.days_late(act.today);
    if late > 0 {
        state = format!("{state} · {}", words.dossier_days_late(number(late)));
    }
    if matches!(dossier.state, State::Open | State::Stopped) {
        state = format!("{state} · {}", holder_name(act, dossier.holder));
    }
    let mut lines = vec![
        heading(act, dossier),
        words.dossier_received_due(date(dossier.received), due_day(words, dossier.due)),
        state + &excuse(act, dossier),
        words.dossier_story().to_string(),
    ];
    lines.extend(chapters.iter().map(|c| chapter(act, c)));
    lines.join("\n")
}

fn chapter(act: &Act<'_>, chapter: &Chapter) -> String {
    let words = act.words;
    let at = chapter.at.with_timezone(&act.zone);
    let when = format!("{} {}", short_day(at.date_naive(), act.today), at.format("%H:%M"));
    let by = chapter.by.map_or_else(|| words.dossier_by_machine().to_string(), |o| act.name_of(o).to_string());
    let after = &chapter.after;
    let ended = after.ended.map(date).unwrap_or_default();
    let own = after.reason.map(|r| words.reason_of(r, &after.reason_text)).unwrap_or_default();
    let for_new_day = || after.promised_for.as_ref().map(|(r, text)| words.reason_of(*r, text)).unwrap_or_default();
    let what = match chapter.kind {
        Kind::Register if chapter.before.is_some() => words.story_corrected(due_day(words, after.due)),
        Kind::Register => words.story_registered(due_day(words, after.due)),
        Kind::Resolve => words.story_resolved(ended),
        Kind::Withdraw => words.story_withdrawn(ended),
        Kind::Stop => words.story_stopped().to_string(),
        Kind::Resume => words.story_resumed(due_day(words, after.due)),
        Kind::Extend => words.story_extended(after.promised.map(date).unwrap_or_default(), for_new_day()),
        Kind::Reason => words.dossier_reason(own),
        Kind::Import => words.story_imported(state_of(words, after)),
        Kind::HandOver if after.holder.is_none() => words.story_released().to_string(),
        Kind::HandOver => words.story_handed_over(holder_name(act, after.holder)),
    };
    let line = words.story_line(when, by, what);
    if chapter.undone { words.story_undone(line) } else { line }
}
