//! Who is told of a dossier: its holder; if absent the stand-in, else the others of its field,
//! else the leads, else the leaders. No dossier is left to nobody while one of them is there.

use super::facts::{Due, Holding, UnitFacts, World};
use crate::domain::official::{Membership, OfficialId, Role};

/// Who is to be told of a dossier, and in whose place; nobody only where none of the unit's
/// leads, leaders and officers of the field is there today.
pub fn responsible(due: &Due, unit: &UnitFacts<'_>, world: &World<'_>) -> Vec<(OfficialId, Option<OfficialId>)> {
    let today = world.today();
    let members = || unit.members.iter().filter(|m| m.span.holds(today));
    let member = |id: OfficialId| members().find(|m| m.official == id);
    let present = |m: &&Membership| world.absences.of(m.official, today).is_none();
    // Whoever is new is left in peace; not so leads and leaders, who are the last resort.
    let at_work = |m: &&Membership| m.expected_from() <= today && present(m);
    let holder = due.holder.and_then(member);
    let stand_in = || holder.and_then(|m| world.absences.stand_in(m.official, unit.unit, today)).and_then(member);
    let instead_of = |m: &Membership| (m.official, holder.map(|h| h.official).filter(|h| *h != m.official));
    let with_role = |role: Role| members().filter(move |m| m.role == role).filter(present).map(instead_of).collect();

    if let Some(one) = holder.filter(at_work).or_else(|| stand_in().filter(present)) {
        return vec![instead_of(one)];
    }
    let of_field = members().filter(at_work).filter(|m| m.fields_on(today).any(|f| f == due.field));
    let steps: [Vec<_>; 3] = [of_field.map(instead_of).collect(), with_role(Role::Lead), with_role(Role::Leader)];
    steps.into_iter().find(|readers| !readers.is_empty()).unwrap_or_default()
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

#[cfg(test)]
mod tests;
