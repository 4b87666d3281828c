//! What a listed dossier means for the register: a new one, a change, or nothing. The file
//! is the provincial system's word and wins where it says something; where it is silent
//! (reason, apology, often the holder) the register keeps what the chat said.

use chrono::NaiveDate;

use super::code;
use super::list::{Listed, Why};
use super::status::Status;
use crate::domain::calendar::Calendar;
use crate::domain::dossier::{Dossier, DossierId, State, Step, Stop};
use crate::domain::unit::UnitId;

/// Where and when a list is taken in.
#[derive(Clone, Copy, Debug)]
pub struct Into<'a> {
    pub unit: UnitId,
    pub today: NaiveDate,
    pub calendar: &'a Calendar,
}

/// What comes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The dossier as it is from now on; equal to what it was where nothing changes.
    Stands(Dossier),
    /// It goes on in the file, and an official has said that it ended: that stays.
    Ended(Dossier),
    Rejected(Why),
}

/// Merges a row into what the register knows. `ended_in_chat`: an official, not an import,
/// ended it. A void dossier (its registration was taken back) counts as unknown: nothing of
/// it comes back but what the file says.
pub fn merge(row: &Listed, known: Option<&Dossier>, ended_in_chat: bool, into: Into<'_>) -> Outcome {
    match known.filter(|k| k.state != State::Void) {
        None => new(row, known.map_or(DossierId(0), |k| k.id), into).map_or_else(Outcome::Rejected, Outcome::Stands),
        Some(known) => match changed(row, known, ended_in_chat, into) {
            Err(why) => Outcome::Rejected(why),
            Ok((after, false)) => Outcome::Stands(after),
            Ok((after, true)) => Outcome::Ended(after),
        },
    }
}

/// The state that a row tells; without a status the day of the end does.
pub fn told_state(row: &Listed) -> Option<State> {
    match row.status {
        Some(Status::Open) => Some(State::Open),
        Some(Status::Stopped) => Some(State::Stopped),
        Some(Status::Withdrawn) => Some(State::Withdrawn),
        Some(Status::Resolved) => Some(State::Resolved),
        Some(Status::NotReceived) => None,
        None => row.ended.map(|_| State::Resolved),
    }
}

fn new(row: &Listed, id: DossierId, into: Into<'_>) -> Result<Dossier, Why> {
    let field = row.field.ok_or_else(|| match row.unknown_field.as_str() {
        "" => Why::NoField,
        name => Why::UnknownField(name.to_string()),
    })?;
    let received = row.received.or(coded(row, into)).ok_or(Why::NoCode)?;
    let state = told_state(row).unwrap_or(State::Open);
    let ended = match state {
        State::Resolved | State::Withdrawn => Some(row.ended.ok_or(Why::NoEnd)?),
        _ => None,
    };
    // What ended without a due day was in time (DOMAIN §1.4).
    let due = row.due.or(ended).ok_or(Why::NoDue)?;
    let stop = Stop { from: into.today, to: None, due_before: due };
    Ok(Dossier {
        id,
        unit: into.unit,
        code: row.code.clone(),
        field,
        holder: row.holder,
        received,
        due,
        promised: row.promised.filter(|p| *p > due),
        promised_for: None,
        state,
        ended,
        reason: None,
        reason_text: String::new(),
        stops: if state == State::Stopped { vec![stop] } else { Vec::new() },
    })
}

/// The day that a code bears.
fn coded(row: &Listed, into: Into<'_>) -> Option<NaiveDate> {
    Some(code::find(&row.code, into.today)?.ok()?.received)
}

/// The dossier as it is from now on, and whether the file would have opened it again.
fn changed(row: &Listed, known: &Dossier, ended_in_chat: bool, into: Into<'_>) -> Result<(Dossier, bool), Why> {
    let mut after = known.clone();
    if let Some(field) = row.field.filter(|_| !row.guessed_field) {
        after.field = field;
    }
    after.received = row.received.unwrap_or(known.received);
    after.holder = row.holder.or(known.holder);
    let due = row.due.filter(|due| is_news(known, *due));
    let told = told_state(row).unwrap_or(known.state);
    let is_over = |s: State| matches!(s, State::Resolved | State::Withdrawn);
    let kept = is_over(known.state) && !is_over(told) && ended_in_chat;
    match (known.state, told) {
        _ if kept => {}
        (from, to) if from == to => after.ended = known.ended.and(row.ended).or(known.ended),
        (_, State::Resolved | State::Withdrawn) => {
            let ended = row.ended.or(known.ended).ok_or(Why::NoEnd)?;
            after = end(&after, told, ended, into);
        }
        (State::Open, State::Stopped) => after = step(&after, &Step::Stop { on: into.today }, into),
        (State::Stopped, State::Open) => after = step(&after, &Step::Resume { on: into.today }, into),
        // Ended by an earlier file, going on again in this one.
        (_, told) => {
            (after.state, after.ended) = (State::Open, None);
            if told == State::Stopped {
                after = step(&after, &Step::Stop { on: into.today }, into);
            }
        }
    }
    if let Some(due) = due {
        after.due = due;
        // While the clock stands the due day of before is the due day.
        after.stops.iter_mut().filter(|s| s.to.is_none()).for_each(|s| s.due_before = due);
    }
    let promised = row.promised.filter(|p| *p > after.due).or(after.promised);
    if promised != after.promised {
        (after.promised, after.promised_for) = (promised, None);
    }
    Ok((after, kept))
}

/// Whether a due day in a file says something new. Systems write the day of an apology over
/// the due day, and some do not move it after a stop: the register knows better.
fn is_news(known: &Dossier, due: NaiveDate) -> bool {
    known.promised != Some(due) && !known.stops.iter().any(|s| s.due_before == due)
}

fn step(dossier: &Dossier, step: &Step, into: Into<'_>) -> Dossier {
    dossier.after(step, into.calendar).unwrap_or_else(|_| dossier.clone())
}

/// Ends a dossier on a day that may lie before the stop that an earlier file told of.
fn end(dossier: &Dossier, state: State, on: NaiveDate, into: Into<'_>) -> Dossier {
    let mut running = dossier.clone();
    if let Some(stop) = running.stops.pop_if(|s| s.to.is_none() && s.from > on) {
        (running.state, running.due) = (State::Open, stop.due_before);
    }
    let done = match state {
        State::Withdrawn => Step::Withdraw { on },
        _ => Step::Resolve { on },
    };
    running.after(&done, into.calendar).unwrap_or(Dossier { state, ended: Some(on), ..running })
}

#[cfg(test)]
mod tests;
