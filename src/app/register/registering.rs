//! `/hoso CODE FIELD DUE [@holder]`. A dossier that is pending already is corrected by the
//! same line with other values, as figures are.

use super::faults::why;
use super::find::{holder_name, is_theirs};
use super::outcome::{Outcome, heading};
use crate::app::desk::Desk;
use crate::app::posting::colleagues;
use crate::app::{Act, Refusal};
use crate::domain::dossier::{Dossier, DossierId, State};
use crate::domain::field::FieldId;
use crate::domain::official::{Action, OfficialId, may};
use crate::grammar::dossier::lines::{Context, Registering, registering as read};
use crate::grammar::dossier::{Fault, LINE_MAX, parts};
use crate::grammar::names::Found;
use crate::report::echo::weekday;
use crate::store::dossiers::acts::Kind;
use crate::store::dossiers::{self, Change};
use crate::words::Words;
use crate::words::numbers::{date, number};

/// A due day so many days behind the receipt is doubted: `17/11` typed for 27/11, on the day
/// after, is read as next year's (SPEC §14 "Days").
const LONG: i64 = 180;

/// Judges the lines of `/hoso`.
pub async fn registering(desk: &Desk, act: &mut Act<'_>, text: &str) -> Result<Outcome, Refusal> {
    let unit = act.person.unit;
    let vocabulary = desk.vocabulary(&act.dir, unit, act.today);
    let dir = act.dir.clone();
    let people = colleagues(&dir, unit, act.today);
    let names: Vec<&str> = people.iter().map(|o| dir.official(*o).map_or("", |o| o.name.as_str())).collect();
    let context = Context { vocabulary: &vocabulary, today: act.today, names: &names };
    let mut out = Outcome::new(Kind::Register);
    for (line, part) in parts(text) {
        if part.chars().nth(LINE_MAX).is_some() {
            out.refuse(line, act.words.dossier_no_code().to_string(), Vec::new());
            continue;
        }
        let (said, fault) = read(part, &context);
        match fault {
            None => take(act, &mut out, line, (said, &people)).await?,
            Some(fault) => {
                let fixes = fixes(act, desk, &said, &fault);
                out.refuse(line, why(act.words, &fault), fixes);
            }
        }
    }
    if out.changes.is_empty() && out.refused.is_empty() {
        out.refuse(1, act.words.register_usage().to_string(), Vec::new());
    }
    Ok(out)
}

/// Judges a line that was read whole by what the register and the unit know.
async fn take(
    act: &mut Act<'_>,
    out: &mut Outcome,
    line: usize,
    (said, people): (Registering, &[OfficialId]),
) -> Result<(), Refusal> {
    let (Some(code), Some(field), Some(due)) = (&said.code, said.field, said.due) else { return Ok(()) };
    if out.about(&code.text).is_some() {
        out.refuse(line, act.words.dossier_twice(&code.text), Vec::new());
        return Ok(());
    }
    let due = match due.of(code.received, &act.dir.calendar) {
        Ok(due) => due,
        Err(fault) => {
            out.refuse(line, why(act.words, &fault), Vec::new());
            return Ok(());
        }
    };
    let unit = act.person.unit;
    let former = dossiers::by_codes(act.conn, &[unit], &[&code.text]).await?.pop();
    let standing = former.as_ref().filter(|d| d.state != State::Void);
    let holder = match holder(act, &said, field, (people, standing)) {
        Ok(holder) => holder,
        Err(why) => {
            out.refuse(line, why, Vec::new());
            return Ok(());
        }
    };
    let new = Dossier {
        id: former.as_ref().map_or(DossierId(0), |d| d.id),
        unit,
        code: code.text.clone(),
        field,
        holder,
        received: code.received,
        due,
        promised: None,
        promised_for: None,
        state: State::Open,
        ended: None,
        reason: None,
        reason_text: String::new(),
        stops: Vec::new(),
    };
    match standing.cloned() {
        None => {
            out.said.push((heading(act, &new), about_new(act, &new, said.near.as_deref())));
            out.changes.push(Change { before: None, after: new });
        }
        Some(former) => correct(act, out, line, (former, new)),
    }
    Ok(())
}

/// The same code again: unchanged, or corrected.
fn correct(act: &Act<'_>, out: &mut Outcome, line: usize, (former, new): (Dossier, Dossier)) {
    let words = act.words;
    let refuse = if former.state != State::Open {
        Some(words.dossier_there_already(&former.code, state_of(words, &former)))
    } else if !is_theirs(act, &former) {
        Some(words.dossier_of_other(&former.code, holder_name(act, former.holder)))
    } else if (former.field, former.due, former.holder) == (new.field, new.due, new.holder) {
        Some(words.dossier_unchanged(&former.code, due_day(words, former.due)))
    } else if former.due != new.due && !former.stops.is_empty() {
        Some(words.dossier_due_moved(&former.code, due_day(words, former.due)))
    } else if former.due != new.due
        && former.is_overdue(act.today)
        && !may(act.person.role, Action::KeepRegisterForColleague)
    {
        Some(words.dossier_overdue_fixed(&former.code, due_day(words, former.due)))
    } else {
        None
    };
    if let Some(why) = refuse {
        out.refuse(line, why, Vec::new());
        return;
    }
    let after = Dossier { field: new.field, due: new.due, holder: new.holder, ..former.clone() };
    let mut changed = Vec::new();
    let name = |f: FieldId| act.dir.field(f).map_or("", |f| f.name.as_str());
    if former.field != after.field {
        changed.push(words.dossier_field_changed(name(former.field), name(after.field)));
    }
    if former.due != after.due {
        changed.push(words.dossier_due_changed(due_day(words, former.due), due_day(words, after.due)));
        if !act.dir.calendar.is_working(after.due) {
            changed.push(words.dossier_due_day_off().to_string());
        }
    }
    if former.holder != after.holder {
        changed.push(words.dossier_holder_changed(holder_name(act, former.holder), holder_name(act, after.holder)));
    }
    out.said.push((heading(act, &after), changed.join(" · ")));
    out.changes.push(Change { before: Some(former), after });
}

/// Who holds it: whom the line names, else who held it, else the sender if they hold the
/// field, else nobody.
fn holder(
    act: &Act<'_>,
    said: &Registering,
    field: FieldId,
    (people, standing): (&[OfficialId], Option<&Dossier>),
) -> Result<Option<OfficialId>, String> {
    let words = act.words;
    let me = act.person.official;
    let Some(named) = &said.holder else {
        let held = act.dir.membership(me, act.person.unit, act.today);
        let holds = held.is_some_and(|m| m.fields_on(act.today).any(|f| f == field));
        return Ok(standing.map_or(holds.then_some(me), |d| d.holder));
    };
    let person = match &named.found {
        Found::One(i) => people.get(*i).copied(),
        Found::None => None,
        Found::Several(all) => {
            let names: Vec<String> = all.iter().filter_map(|i| people.get(*i)).map(|o| act.shown_name(*o)).collect();
            return Err(words.several_people(&named.typed, names.join(", ")));
        }
    };
    let Some(person) = person else { return Err(words.no_such_person(&named.typed)) };
    let role = act.dir.membership(person, act.person.unit, act.today).map(|m| m.role);
    match role.filter(|role| !may(*role, Action::KeepRegister)) {
        Some(role) => Err(words.dossier_holder_may_not(act.shown_name(person), words.role(role))),
        None => Ok(Some(person)),
    }
}

/// `Tiếp nhận 20/11/2026 · Hẹn trả thứ Năm 26/11/2026 · …`.
fn about_new(act: &Act<'_>, dossier: &Dossier, near: Option<&str>) -> String {
    let words = act.words;
    let mut parts = vec![words.dossier_received_due(date(dossier.received), due_day(words, dossier.due))];
    match dossier.holder {
        None => parts.push(words.dossier_nobody_holds()),
        Some(holder) if holder != act.person.official => parts.push(words.dossier_holder(act.shown_name(holder))),
        Some(_) => {}
    }
    if !act.dir.calendar.is_working(dossier.due) {
        parts.push(words.dossier_due_day_off().to_string());
    }
    let given = (dossier.due - dossier.received).num_days();
    if given > LONG {
        parts.push(words.dossier_due_far(number(given)));
    }
    if dossier.is_overdue(act.today) {
        parts.push(words.dossier_overdue_already(number((act.today - dossier.due).num_days())));
    }
    if let (Some(typed), Some(field)) = (near, act.dir.field(dossier.field)) {
        parts.push(words.dossier_near(typed, field.name.as_str()));
    }
    parts.join(" · ")
}

/// `thứ Năm 26/11/2026`.
pub fn due_day(words: &Words, day: chrono::NaiveDate) -> String {
    format!("{} {}", weekday(words, day), date(day))
}

/// How a dossier stands, in a word or two.
pub fn state_of(words: &Words, dossier: &Dossier) -> String {
    let ended = dossier.ended.map(date).unwrap_or_default();
    match dossier.state {
        State::Open | State::Void => words.dossier_state_open().to_string(),
        State::Stopped => words.dossier_state_stopped().to_string(),
        State::Resolved => words.dossier_state_resolved(ended),
        State::Withdrawn => words.dossier_state_withdrawn(ended),
    }
}

/// Corrected lines: with each of the sender's fields where it is missing, with `n` where a
/// bare number stands.
fn fixes(act: &Act<'_>, desk: &Desk, said: &Registering, fault: &Fault) -> Vec<String> {
    let Some(code) = &said.code else { return Vec::new() };
    let vocabulary = desk.vocabulary(&act.dir, act.person.unit, act.today);
    let word = |f: FieldId| vocabulary.code_word(f).unwrap_or_default().to_uppercase();
    // Whoever was named to hold it stays named.
    let holder = said.holder.as_ref().filter(|h| h.found != Found::None).map(|h| format!(" @{}", h.typed));
    let line = |field: &str, due: &str| format!("/hoso {} {field} {due}{}", code.text, holder.as_deref().unwrap_or(""));
    match (fault, said.field) {
        (Fault::MissingField | Fault::UnknownField(_), None) if said.due.is_some() => {
            let held = act.dir.membership(act.person.official, act.person.unit, act.today);
            let fields = held.into_iter().flat_map(|m| m.fields_on(act.today)).take(3);
            fields.map(|f| line(&word(f), &said.due_typed)).collect()
        }
        (Fault::NotADue(n), Some(field)) if n.len() <= 2 && n.bytes().all(|b| b.is_ascii_digit()) => {
            vec![line(&word(field), &format!("{n}n"))]
        }
        _ => Vec::new(),
    }
}
