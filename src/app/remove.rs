//! `/xoa HỌ TÊN`: a person's role in the unit ends today, after a yes; what they posted stays.

use super::change::Change;
use super::people;
use super::register::holders;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::official::{Action, OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::names::{Found, find_by_name, quoted};
use crate::store::officials::{self, Member};
use crate::words::numbers::{date, number};

/// Lead: officers and leads of the own unit; admin: everybody but oneself.
///
/// # Errors
/// A name that is nobody's or several people's.
pub async fn remove(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::ManagePeople)?;
    let (me, unit, role, words) = (act.person.official, act.person.unit, act.person.role, act.words);
    if rest.trim().is_empty() {
        return Err(Refusal::Told(words.remove_usage()));
    }
    let mut change = act.change();
    let member = member(&mut change, unit, rest).await?;
    if member.official == me {
        return Err(Refusal::Told(words.remove_self()));
    }
    if role == Role::Lead && !matches!(member.role, Role::Officer | Role::Lead) {
        return Err(Refusal::Told(words.remove_lead_only()));
    }
    let day = change.today;
    let unit_name = change.dir.unit(unit).map_or("", |u| u.name.as_str()).to_string();
    if !act.confirmed {
        let question = words.remove_ask(words.role(member.role), &member.name, unit_name, date(day));
        return Ok(vec![act.ask(question, format!("/xoa {}", member.name))]);
    }
    let mut change = act.change();
    let held = officials::fields_held(change.conn, member.membership, day).await?;
    let ended = people::remove(&mut change, unit, &member, day).await?;
    let dossiers = holders::hand_on(&mut change, unit, (member.official, None)).await?;
    let mut lines = vec![words.removed(&member.name, unit_name, date(day))];
    if !ended.is_empty() {
        lines.push(words.stocks_ended(super::stocks::in_words(&change, &ended)));
    }
    let left: Vec<_> = held.into_iter().filter(|f| !is_held(&change, unit, member.official, *f)).collect();
    if !left.is_empty() {
        lines.push(words.fields_without_holder(change.field_names(&left)));
    }
    if dossiers > 0 {
        lines.push(words.dossiers_without_holder(number(dossiers as i64)));
    }
    Ok(vec![Reply::text(lines.join("\n"))])
}

/// Whether anybody but `without` holds a field of the unit.
fn is_held(change: &Change<'_>, unit: UnitId, without: OfficialId, field: crate::domain::field::FieldId) -> bool {
    let members = change.dir.members_of(unit).iter().filter(|m| m.official != without && m.span.holds(change.today));
    members.into_iter().any(|m| m.fields_on(change.today).any(|f| f == field))
}

/// The member of a unit whom a typed name means.
///
/// # Errors
/// A name that is nobody's or several people's.
pub async fn member(change: &mut Change<'_>, unit: UnitId, typed: &str) -> Result<Member, Refusal> {
    let members = officials::members(change.conn, unit, change.today).await?;
    let names = members.iter().enumerate().map(|(i, m)| (i, m.name.as_str()));
    match find_by_name(typed, names) {
        Found::One(i) => Ok(members[i].clone()),
        Found::None => Err(Refusal::Told(change.words.nobody_named(quoted(typed)))),
        Found::Several(meant) => {
            let names: Vec<&str> = meant.into_iter().map(|i| members[i].name.as_str()).collect();
            Err(Refusal::Told(change.words.several_named(quoted(typed), names.join(", "))))
        }
    }
}
