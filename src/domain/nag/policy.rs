//! Facts and time in, messages out.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Decision, Holding, Message, Part, Say, UnitFacts, Whom, World, dossier_fact, slot_fact};
use super::responsible::holdings;
use super::{Slot, lead, leader};
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;

/// What is due: a slot of a unit; for everybody, or for those alone whose snooze has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueSlot {
    pub unit: UnitId,
    pub slot: Slot,
    pub only: Option<Vec<OfficialId>>,
}

/// Who is told what now: one message a person, its parts in order of units and of the day.
pub fn decide(due: &[DueSlot], units: &BTreeMap<UnitId, UnitFacts<'_>>, world: &World<'_>) -> Decision {
    let mut messages: BTreeMap<Whom, Vec<Part>> = BTreeMap::new();
    let mut ordered: Vec<&DueSlot> = due.iter().collect();
    ordered.sort_by_key(|d| (d.slot, d.unit));
    for slot in ordered {
        let Some(unit) = units.get(&slot.unit) else { continue };
        for (person, part) in parts(slot.slot, unit, world, &messages) {
            if slot.only.as_ref().is_none_or(|only| only.contains(&person))
                && world.may_tell(person, slot.slot)
                && !world.is_told(person, &slot_fact(slot.unit, slot.slot))
            {
                add(&mut messages, Whom::Person(person), part);
            }
        }
        let told = world.told.contains(&(OfficialId(0), slot_fact(slot.unit, slot.slot)));
        if let (Slot::LeadEvening, None, false) = (slot.slot, &slot.only, told) {
            lead::group(unit, world).into_iter().for_each(|part| add(&mut messages, Whom::Group(unit.unit), part));
        }
    }
    let in_order = |(to, mut parts): (Whom, Vec<Part>)| {
        parts.sort_by_key(|p| (p.unit, p.slot));
        Message { to, parts }
    };
    let known = known(due, units, world, &messages);
    Decision { messages: messages.into_iter().map(in_order).collect(), known }
}

/// Whoever is told something at 08:05 knows all of it; whoever is not keeps what still holds.
fn known(
    due: &[DueSlot],
    units: &BTreeMap<UnitId, UnitFacts<'_>>,
    world: &World<'_>,
    messages: &BTreeMap<Whom, Vec<Part>>,
) -> BTreeMap<(OfficialId, UnitId), BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for unit in due.iter().filter(|d| d.slot == Slot::LeaderMorning).filter_map(|d| units.get(&d.unit)) {
        let holds = leader::holding(unit, world);
        let readers = unit.members.iter().filter(|m| matches!(m.role, Role::Lead | Role::Leader));
        for who in readers.filter(|m| m.span.holds(world.today())).map(|m| m.official) {
            let parts = messages.get(&Whom::Person(who));
            let is_told = parts.into_iter().flatten().any(|p| p.unit == unit.unit && p.slot == Slot::LeaderMorning);
            let knew = |fact: &String| world.known.contains(&(who, unit.unit, fact.clone()));
            let kept = holds.iter().filter(|f| is_told || knew(f)).cloned().collect();
            all.insert((who, unit.unit), kept);
        }
    }
    all
}

fn add(messages: &mut BTreeMap<Whom, Vec<Part>>, to: Whom, part: Part) {
    messages.entry(to).or_default().push(part);
}

fn parts(
    slot: Slot,
    unit: &UnitFacts<'_>,
    world: &World<'_>,
    messages: &BTreeMap<Whom, Vec<Part>>,
) -> Vec<(OfficialId, Part)> {
    let today = world.today();
    let with_role = |roles: &'static [Role]| {
        unit.members.iter().filter(move |m| m.span.holds(today) && roles.contains(&m.role)).map(|m| m.official)
    };
    // Facts that this very message tells already.
    let told = |person: OfficialId| -> Vec<String> {
        let parts = messages.get(&Whom::Person(person));
        parts.into_iter().flatten().flat_map(|p| p.facts.iter().cloned()).collect()
    };
    match slot {
        Slot::Digest => digests(unit, world, &told),
        Slot::Reminder | Slot::LastReminder => reminders(slot, unit, world),
        Slot::LeadMorning => with_role(&[Role::Lead])
            .filter_map(|who| Some((who, lead::morning(unit, world, who, &told(who))?)))
            .collect(),
        Slot::LeadEvening => {
            with_role(&[Role::Lead]).filter_map(|who| Some((who, lead::evening(unit, world, who)?))).collect()
        }
        Slot::LeaderMorning => {
            let own = with_role(&[Role::Leader]);
            let own = own.filter_map(|who| Some((who, leader::own(unit, world, who, &told(who))?)));
            let above = with_role(&[Role::Lead, Role::Leader]);
            let above = above.filter_map(|who| Some((who, leader::parent(unit, world, who)?)));
            above.chain(own).collect()
        }
    }
}

/// Each with what has not been told today, by another unit's digest or before a restart.
fn digests(
    unit: &UnitFacts<'_>,
    world: &World<'_>,
    told: &dyn Fn(OfficialId) -> Vec<String>,
) -> Vec<(OfficialId, Part)> {
    let mut parts = Vec::new();
    for (person, mut held) in holdings(unit, world) {
        let told = told(person);
        let new = |id: i64| !world.is_told(person, &dossier_fact(id)) && !told.contains(&dossier_fact(id));
        for h in &mut held {
            [&mut h.today, &mut h.soon, &mut h.overdue].into_iter().for_each(|list| list.retain(|d| new(d.id)));
        }
        let all = |h: &Holding| h.today.iter().chain(&h.soon).chain(&h.overdue).map(|d| dossier_fact(d.id)).collect();
        let facts: Vec<String> = held.iter().flat_map(|h| -> Vec<String> { all(h) }).collect();
        held.retain(|h| !(h.today.is_empty() && h.soon.is_empty() && h.overdue.is_empty()));
        if !facts.is_empty() {
            let say = Say::Digest(held);
            parts.push((person, Part { unit: unit.unit, slot: Slot::Digest, say, facts }));
        }
    }
    parts
}

fn reminders(slot: Slot, unit: &UnitFacts<'_>, world: &World<'_>) -> Vec<(OfficialId, Part)> {
    let today = world.today();
    let part = |who: OfficialId| {
        let member = unit.members.iter().find(|m| m.official == who && m.is_expected_on(today))?;
        let say = Say::Remind { fields: member.fields_on(today).collect(), last: slot == Slot::LastReminder };
        Some((who, Part { unit: unit.unit, slot, say, facts: Vec::new() }))
    };
    world.attendance(unit).missing_on(today).into_iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests;
