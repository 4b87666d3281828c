//! What a question is about: the period, by default the month in progress, and the unit,
//! the person's own or one named by code that they may ask about (SPEC §3).

use chrono::NaiveDate;

use super::desk::role_in;
use super::{Act, Refusal};
use crate::domain::official::{Action, may};
use crate::domain::period::{Period, Scheme};
use crate::domain::unit::{Unit, UnitId};
use crate::grammar::fold::fold;
use crate::grammar::period::read_period;
use crate::words::Words;

/// Units named when somebody asks for one that is not there.
const NAMED: usize = 5;

/// The unit of a code or full name, within what this person may ask about: the units they
/// belong to, for a leader all below, for an admin all. The person's own for an empty text.
/// In a group only the group's unit and those below it.
///
/// # Errors
/// [`Refusal::Told`] for a unit that does not exist or is not theirs to ask about.
pub fn unit_for<'a>(act: &'a Act<'_>, text: &str) -> Result<&'a Unit, Refusal> {
    let text = text.trim();
    let own = act.dir.unit(act.person.unit).ok_or_else(|| gone(act.person.unit))?;
    if text.is_empty() {
        return Ok(own);
    }
    let named = act.dir.unit_by_code(text).into_iter().chain(by_name(act, text));
    let mut found = None;
    for unit in named {
        if may_ask(act, unit.id) {
            return Ok(unit);
        }
        found = Some(unit);
    }
    Err(Refusal::Told(match found {
        Some(unit) => act.words.scope_not_yours(own.name.as_str(), unit.name.as_str()),
        None => match codes_below(act, own.id) {
            Some(codes) => act.words.scope_no_such_unit_but(text, codes),
            None => act.words.scope_no_such_unit(text, own.code.as_str()),
        },
    }))
}

/// The month in progress where `text` names no period; what stands behind the period.
///
/// # Errors
/// [`Refusal::Told`] for a period that does not exist or has not begun.
pub fn period_for<'t>(
    text: &'t str,
    scheme: Scheme,
    today: NaiveDate,
    words: &Words,
) -> Result<(Period, &'t str), Refusal> {
    match read_period(text, scheme, today) {
        Ok((Some(period), rest)) => Ok((period, rest)),
        Ok((None, rest)) => Ok((Period::month_containing(today, scheme), rest)),
        Err(fault) => Err(Refusal::Told(words.period_fault(&fault))),
    }
}

/// Codes of units right below, for somebody who may ask about them.
fn codes_below(act: &Act<'_>, own: UnitId) -> Option<String> {
    let below = act.dir.children(own).iter().filter(|u| may_ask(act, **u)).filter_map(|u| act.dir.unit(*u));
    let codes: Vec<&str> = below.map(|u| u.code.as_str()).take(NAMED + 1).collect();
    match codes.get(..NAMED) {
        _ if codes.is_empty() => None,
        Some(first) if codes.len() > NAMED => Some(format!("{}…", first.join(", "))),
        _ => Some(codes.join(", ")),
    }
}

fn may_ask(act: &Act<'_>, unit: UnitId) -> bool {
    let within = act.origin.private || act.dir.is_within(unit, act.person.unit);
    within && role_in(&act.dir, act.person.official, unit, act.today).is_some_and(|role| may(role, Action::Ask))
}

/// Units of that full name; communes of two provinces may share one.
fn by_name<'a>(act: &'a Act<'_>, text: &str) -> impl Iterator<Item = &'a Unit> {
    let wanted = fold(text);
    act.dir.units.values().filter(move |u| fold(&u.name) == wanted)
}

/// The unit that this person's commands are about is not in the directory.
fn gone(unit: UnitId) -> Refusal {
    crate::store::StoreError::Inconsistent { table: "units", what: format!("{unit:?} is not there") }.into()
}
