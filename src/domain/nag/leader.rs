//! What leaders are told at 08:05: what has gone on for days, and only what is new of it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Slot;
use super::facts::{Below, Due, Part, Say, UnitFacts, World, dossier_fact};
use crate::domain::official::OfficialId;

/// Overdue for so many working days a dossier is the leader's business.
pub const LEADERS_DAYS: usize = 3;

/// The two working days before today, the earlier one first.
pub fn two_days_before(world: &World<'_>) -> (NaiveDate, NaiveDate) {
    let yesterday = world.calendar.previous_working_day(world.today());
    (world.calendar.previous_working_day(yesterday), yesterday)
}

/// Who of a unit is missing on both of the two working days before today.
pub fn missing_twice(unit: &UnitFacts<'_>, world: &World<'_>) -> Vec<OfficialId> {
    let (first, second) = two_days_before(world);
    let attendance = world.attendance(unit);
    let before = attendance.missing_on(first);
    let mut missing = attendance.missing_on(second);
    missing.retain(|who| before.contains(who));
    missing
}

/// All that a reader of a unit's 08:05 should know now, by key: what of it is known no longer
/// tells, what has ended is forgotten.
pub fn holding(unit: &UnitFacts<'_>, world: &World<'_>) -> BTreeSet<String> {
    let overdue = late(unit, world).map(|d| dossier_fact(d.id));
    let missing = missing_twice(unit, world).into_iter().map(missing_fact);
    overdue.chain(missing).chain(unit.below.as_ref().map(parent_fact)).collect()
}

/// Of the own unit; `None` if nothing is new.
pub fn own(unit: &UnitFacts<'_>, world: &World<'_>, reader: OfficialId, told: &[String]) -> Option<Part> {
    let knows = |fact: &str| world.known.contains(&(reader, unit.unit, fact.to_string()));
    let is_new = |due: &&Due| {
        let fact = dossier_fact(due.id);
        !knows(&fact) && !world.is_told(reader, &fact) && !told.contains(&fact)
    };
    let new: Vec<Due> = late(unit, world).filter(is_new).cloned().collect();
    let (first, second) = two_days_before(world);
    let missing = missing_twice(unit, world).into_iter().filter(|who| !knows(&missing_fact(*who)));
    let missing: Vec<_> = missing.map(|who| (who, vec![first, second])).collect();
    let facts = new.iter().map(|d| dossier_fact(d.id)).collect();
    let silent = new.is_empty() && missing.is_empty();
    let say = Say::Leader { overdue_all: late(unit, world).count(), overdue: new, missing };
    (!silent).then_some(Part { unit: unit.unit, slot: Slot::LeaderMorning, say, facts })
}

/// Of all units below, to leads and leaders of a parent: numbers, five units named; `None`
/// if nothing is amiss or nothing has changed.
pub fn parent(unit: &UnitFacts<'_>, world: &World<'_>, reader: OfficialId) -> Option<Part> {
    let below = unit.below.as_ref().filter(|b| !b.missing.is_empty() || b.overdue > 0)?;
    let known = world.known.contains(&(reader, unit.unit, parent_fact(below)));
    let say = Say::Parent(below.clone());
    (!known).then_some(Part { unit: unit.unit, slot: Slot::LeaderMorning, say, facts: Vec::new() })
}

fn late<'a>(unit: &'a UnitFacts<'_>, world: &'a World<'_>) -> impl Iterator<Item = &'a Due> {
    unit.dossiers.iter().filter(|d| world.working_days_late(d.due) >= LEADERS_DAYS)
}

fn missing_fact(who: OfficialId) -> String {
    format!("m:{}", who.0)
}

fn parent_fact(below: &Below) -> String {
    let units: Vec<String> = below.missing.iter().map(|u| u.0.to_string()).collect();
    format!("p:{}:{}", units.join(","), below.overdue)
}
