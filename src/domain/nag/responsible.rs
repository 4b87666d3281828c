//! Who is told of a dossier: its holder; on leave the stand-in; without either, whoever
//! holds its field; in the last place the lead. No dossier is left to nobody.

use super::facts::{Due, Holding, UnitFacts, World};
use crate::domain::official::{Membership, OfficialId, Role};

/// Who is to be told of a dossier, and in whose place.
pub fn responsible(due: &Due, unit: &UnitFacts<'_>, world: &World<'_>) -> Vec<(OfficialId, Option<OfficialId>)> {
    let today = world.today();
    let member = |id: OfficialId| unit.members.iter().find(|m| m.official == id && m.span.holds(today));
    let here = |m: &Membership| m.expected_from() <= today && world.absences.of(m.official, today).is_none();
    let leads = |instead_of: Option<OfficialId>| {
        let leads = unit.members.iter().filter(|m| m.role == Role::Lead && m.span.holds(today));
        leads
            .filter(|m| Some(m.official) != instead_of && world.absences.of(m.official, today).is_none())
            .map(|m| (m.official, instead_of))
            .collect::<Vec<_>>()
    };
    if let Some(holder) = due.holder.and_then(member) {
        if here(holder) {
            return vec![(holder.official, None)];
        }
        let stand_in = world.absences.stand_in(holder.official, unit.unit, today).and_then(member);
        return match stand_in.filter(|m| world.absences.of(m.official, today).is_none()) {
            Some(m) => vec![(m.official, Some(holder.official))],
            None => leads(Some(holder.official)),
        };
    }
    let of_field = unit.members.iter().filter(|m| m.span.holds(today) && m.fields_on(today).any(|f| f == due.field));
    let of_field: Vec<_> = of_field.filter(|m| here(m)).map(|m| (m.official, None)).collect();
    if of_field.is_empty() { leads(None) } else { of_field }
}

/// What each person of a unit has to know of its dossiers, by person and then by holder, the
/// reader's own first.
pub fn holdings(unit: &UnitFacts<'_>, world: &World<'_>) -> Vec<(OfficialId, Vec<Holding>)> {
    let mut all: Vec<(OfficialId, Vec<Holding>)> = Vec::new();
    for due in unit.dossiers {
        for (reader, instead_of) in responsible(due, unit, world) {
            let at = all.iter().position(|(who, _)| *who == reader).unwrap_or_else(|| {
                all.push((reader, Vec::new()));
                all.len() - 1
            });
            let held = &mut all[at].1;
            let at = held.iter().position(|h| h.instead_of == instead_of).unwrap_or_else(|| {
                held.push(Holding { instead_of, ..Holding::default() });
                held.len() - 1
            });
            let list = match due.due.cmp(&world.today()) {
                std::cmp::Ordering::Less => &mut held[at].overdue,
                std::cmp::Ordering::Equal => &mut held[at].today,
                std::cmp::Ordering::Greater => &mut held[at].soon,
            };
            list.push(due.clone());
        }
    }
    for (_, held) in &mut all {
        held.sort_by_key(|h| h.instead_of);
    }
    all
}
