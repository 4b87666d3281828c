//! `/xong`, `/rut`, `/bosung`, `/tieptuc`, `/giahan`, `/lydo`: one step with each dossier
//! that a message names.

use chrono::NaiveDate;

use super::faults::why;
use super::find::{Meant, find, holder_name, is_theirs, own_units, stands_in};
use super::outcome::{Outcome, heading, label};
use super::registering::{due_day, state_of};
use crate::app::{Act, Refusal};
use crate::domain::dossier::{Cannot, Dossier, State, Step, Timeliness};
use crate::grammar::dossier::code::Called;
use crate::grammar::dossier::due::Due;
use crate::grammar::dossier::lines::{explaining, extending, naming};
use crate::grammar::dossier::reason::Given;
use crate::grammar::dossier::{Fault, LINE_MAX, parts};
use crate::grammar::table::Command;
use crate::store::dossiers::Change;
use crate::store::dossiers::acts::Kind;
use crate::words::Words;
use crate::words::numbers::{date, number};

/// What a line asks for, before the dossiers are known.
enum Wanted {
    /// A step on a day.
    On(fn(NaiveDate) -> Step, NaiveDate),
    /// `/xong` with a day: of one that is resolved already the day is put right.
    ResolvedOn(NaiveDate),
    Extend(Due, Given),
    Explain(Given),
}

/// Judges the lines of a command.
pub async fn steps(act: &mut Act<'_>, command: Command, text: &str) -> Result<Outcome, Refusal> {
    let mut out = Outcome::new(kind_of(command));
    let units = own_units(act);
    for (line, part) in parts(text) {
        let read =
            if part.chars().nth(LINE_MAX).is_some() { Err(Fault::NoCode) } else { read(command, part, act.today) };
        let (all, wanted) = match read {
            Ok(read) => read,
            Err(fault) => {
                out.refuse(line, why(act.words, &fault), Vec::new());
                continue;
            }
        };
        for called in all {
            let ended = matches!(wanted, Wanted::Explain(_) | Wanted::ResolvedOn(_));
            match find(act, &units, &called, ended).await? {
                Meant::One(dossier) if !is_theirs(act, &dossier) && !stands_in(act, &dossier).await? => {
                    let holder = holder_name(act, dossier.holder);
                    out.refuse(line, act.words.dossier_of_other(&dossier.code, holder), Vec::new());
                }
                Meant::One(dossier) => take(act, &mut out, line, (*dossier, &wanted)),
                Meant::Several(found) => {
                    let ready = |d: &Dossier| (label(act, d), again(command, part, &called, d));
                    let choices = found.iter().map(ready).collect();
                    out.ask(line, act.words.dossier_several(found.len().to_string(), called.text()), choices);
                }
                Meant::None(ended) => out.refuse(line, not_there(act, &called, &ended), Vec::new()),
            }
        }
    }
    if out.changes.is_empty() && out.refused.is_empty() {
        out.refuse(1, act.words.dossier_no_code().to_string(), Vec::new());
    }
    if let Some(code) = late_without_reason(&out) {
        out.notes.push(act.words.dossier_ask_reason(code));
    }
    Ok(out)
}

fn kind_of(command: Command) -> Kind {
    match command {
        Command::Withdraw => Kind::Withdraw,
        Command::Stop => Kind::Stop,
        Command::Resume => Kind::Resume,
        Command::Extend => Kind::Extend,
        Command::Reason => Kind::Reason,
        _ => Kind::Resolve,
    }
}

fn read(command: Command, part: &str, today: NaiveDate) -> Result<(Vec<Called>, Wanted), Fault> {
    let on = |step: fn(NaiveDate) -> Step| {
        let read = naming(part, today)?;
        Ok((read.called, Wanted::On(step, read.day.unwrap_or(today))))
    };
    match command {
        Command::Extend => {
            let read = extending(part, today)?;
            Ok((vec![read.called], Wanted::Extend(read.due, read.given)))
        }
        Command::Reason => explaining(part, today).map(|(all, given)| (all, Wanted::Explain(given))),
        Command::Withdraw => on(|on| Step::Withdraw { on }),
        Command::Stop => on(|on| Step::Stop { on }),
        Command::Resume => on(|on| Step::Resume { on }),
        _ => {
            let read = naming(part, today)?;
            let wanted = read.day.map_or(Wanted::On(|on| Step::Resolve { on }, today), Wanted::ResolvedOn);
            Ok((read.called, wanted))
        }
    }
}

/// The same part with the whole code of one of the dossiers that it may mean, as a line of
/// its own.
fn again(command: Command, part: &str, called: &Called, dossier: &Dossier) -> String {
    let name = crate::grammar::table::row_of(command).map_or("", |r| r.name);
    let rest = match command {
        // Other dossiers of the line have been done.
        Command::Extend | Command::Reason => part.replacen(called.text(), &dossier.code, 1),
        _ => {
            let day = naming(part, NaiveDate::MAX).ok().and_then(|_| part.split(' ').next_back());
            let day = day.filter(|d| d.contains('/')).map(|d| format!(" {d}")).unwrap_or_default();
            format!("{}{day}", dossier.code)
        }
    };
    format!("/{name} {rest}")
}

fn take(act: &Act<'_>, out: &mut Outcome, line: usize, (dossier, wanted): (Dossier, &Wanted)) {
    let step = match wanted {
        Wanted::On(step, day) => step(*day),
        Wanted::ResolvedOn(day) if dossier.state == State::Resolved => Step::Redate { on: *day },
        Wanted::ResolvedOn(day) => Step::Resolve { on: *day },
        Wanted::Explain(given) => Step::Explain { reason: given.reason, text: given.text.clone() },
        Wanted::Extend(due, given) => {
            // So many working days more, and a weekday, are counted from today.
            let from = if matches!(due, Due::WorkingDays(_) | Due::Weekday(_)) { act.today } else { dossier.received };
            match due.of(from, &act.dir.calendar) {
                Ok(to) => Step::Extend { to, on: act.today, reason: given.reason, text: given.text.clone() },
                Err(fault) => return out.refuse(line, why(act.words, &fault), Vec::new()),
            }
        }
    };
    let done = dossier.after(&step, &act.dir.calendar);
    if let Some(first) = out.about(&dossier.code) {
        // The same step said twice is one step.
        if done.as_ref() != Ok(&first.after) {
            out.refuse(line, act.words.dossier_twice(&dossier.code), Vec::new());
        }
        return;
    }
    match done {
        Ok(after) => {
            let mut said = said_of(act.words, &after, &step);
            if let (Step::Redate { on }, Some(was)) = (&step, dossier.ended) {
                said = format!("{} · {said}", act.words.dossier_redated(date(was), date(*on)));
            }
            if let Step::Extend { to, .. } = step
                && !act.dir.calendar.is_working(to)
            {
                said = format!("{said} · {}", act.words.dossier_due_day_off());
            }
            out.said.push((heading(act, &after), said));
            out.changes.push(Change { before: Some(dossier), after });
        }
        Err(cannot) => out.refuse(line, why_not(act.words, &dossier, cannot), Vec::new()),
    }
}

/// What is said of a dossier after a step.
fn said_of(words: &Words, dossier: &Dossier, step: &Step) -> String {
    let due = due_day(words, dossier.due);
    match step {
        Step::Resolve { on } | Step::Redate { on } => {
            let days = number((*on - dossier.due).num_days().abs());
            let how = match Timeliness::of(dossier.due, *on) {
                Timeliness::Early => words.dossier_early(days, due),
                Timeliness::OnTime => words.dossier_on_time(due),
                Timeliness::Late => words.dossier_late(days, due),
            };
            match dossier.promised {
                Some(promised) => format!("{how} · {}", words.dossier_promised(date(promised))),
                None => how,
            }
        }
        Step::Withdraw { on } => words.dossier_withdrawn_on(date(*on)),
        Step::Stop { on } => words.dossier_stopped_on(date(*on), due),
        Step::Resume { .. } => {
            let before = dossier.stops.last().map_or(dossier.due, |s| s.due_before);
            match before == dossier.due {
                true => words.dossier_due_stays(due),
                false => words.dossier_due_now(due, date(before)),
            }
        }
        Step::Extend { to, reason, text, .. } => {
            words.dossier_extended_to(due_day(words, *to), due, words.reason_of(*reason, text))
        }
        Step::Explain { reason, text } => words.dossier_reason_alone(words.reason_of(*reason, text)),
    }
}

fn why_not(words: &Words, dossier: &Dossier, cannot: Cannot) -> String {
    let code = dossier.code.as_str();
    match cannot {
        Cannot::Ended => words.dossier_there_already(code, state_of(words, dossier)),
        Cannot::StoppedAlready => words.dossier_stopped_already(code),
        Cannot::NotStopped => words.dossier_not_stopped(code),
        Cannot::BeforeReceipt => words.dossier_before_receipt(code, date(dossier.received)),
        Cannot::BeforeLast(day) => words.dossier_before_last(code, date(day)),
        Cannot::NoLater => words.dossier_no_later(code, due_day(words, dossier.due)),
        Cannot::NotLate => words.dossier_not_late(code),
    }
}

fn not_there(act: &Act<'_>, called: &Called, ended: &[Dossier]) -> String {
    match (called, ended) {
        (Called::Whole(code), _) => act.words.dossier_not_registered(&code.text),
        (Called::Tail(_), [one]) => act.words.dossier_there_already(&one.code, state_of(act.words, one)),
        (Called::Tail(tail), _) => act.words.dossier_none_ends_so(tail.as_str()),
    }
}

/// The first dossier of a message that was resolved late and has no reason yet.
fn late_without_reason(out: &Outcome) -> Option<String> {
    let late = |c: &&Change| c.after.ended.is_some_and(|e| e > c.after.due) && c.after.why_late().is_none();
    let found = out.changes.iter().find(late).filter(|_| out.kind == Kind::Resolve)?;
    Some(found.after.code.clone())
}
