//! What leads are told: in the morning of the day before, in the evening of today.

use super::Slot;
use super::facts::{LeadMorning, Missing, Part, Say, UnitFacts, World, dossier_fact, unreachable_fact};
use super::responsible::holdings;
use crate::domain::official::OfficialId;

/// 17:10: who is missing and what there is so far; `None` where nobody was to post.
pub fn evening(unit: &UnitFacts<'_>, world: &World<'_>, lead: OfficialId) -> Option<Part> {
    let attendance = world.attendance(unit);
    let expected = attendance.expected_on(world.today()).len();
    let missing = attendance.missing_on(world.today());
    if expected == 0 {
        return None;
    }
    let fact = |who: &OfficialId| unreachable_fact(*who);
    let lost = |who: &&OfficialId| world.unreachable.contains(who) && !world.is_told(lead, &fact(who));
    let unreachable: Vec<OfficialId> = missing.iter().filter(lost).copied().collect();
    let facts = unreachable.iter().map(fact).collect();
    let missing = missing.into_iter().map(|who| with_snooze(who, world)).collect();
    let on_leave = unit.members.iter().filter(|m| m.is_expected_on(world.today())).map(|m| m.official);
    let away = on_leave.filter(|who| world.leaves.holds(*who, world.today())).collect();
    let say = Say::LeadEvening { expected, missing, today: unit.today, unreachable, away };
    Some(Part { unit: unit.unit, slot: Slot::LeadEvening, say, facts })
}

/// Numbers for the unit's groups, never names.
pub fn group(unit: &UnitFacts<'_>, world: &World<'_>) -> Option<Part> {
    let attendance = world.attendance(unit);
    let expected = attendance.expected_on(world.today()).len();
    let posted = expected - attendance.missing_on(world.today()).len();
    let say = Say::Group { posted, expected };
    let part = Part { unit: unit.unit, slot: Slot::LeadEvening, say, facts: Vec::new() };
    (unit.has_group && expected > 0).then_some(part)
}

/// 08:00: missing from the working day before, overdue without a reason, who cannot be
/// reached, a period about to end; `None` if there is nothing of it.
pub fn morning(unit: &UnitFacts<'_>, world: &World<'_>, lead: OfficialId, told: &[String]) -> Option<Part> {
    let new = |fact: &str| !world.is_told(lead, fact) && !told.iter().any(|t| t == fact);
    let before = world.calendar.previous_working_day(world.today());
    let missing = world.attendance(unit).missing_on(before);
    let missing: Vec<Missing> = missing.into_iter().map(|who| with_snooze(who, world)).collect();
    let mut say = LeadMorning { ending: unit.ending.clone(), ..LeadMorning::default() };
    // The list of the period's days may name this day too.
    let listed = say.ending.as_ref().is_some_and(|e| e.names(before));
    say.missing = (!missing.is_empty() && !listed).then_some((before, missing));

    let mut facts = Vec::new();
    for due in unit.dossiers.iter().filter(|d| !d.explained && world.working_days_late(d.due) > 1) {
        let fact = dossier_fact(due.id);
        if new(&fact) {
            say.unexplained.push((due.clone(), due.holder.and_then(|h| world.snooze(h).cloned())));
            facts.push(fact);
        }
    }
    for (who, held) in holdings(unit, world).into_iter().filter(|(who, _)| world.unreachable.contains(who)) {
        let (today, overdue) = held.iter().fold((0, 0), |n, h| (n.0 + h.today.len(), n.1 + h.overdue.len()));
        let fact = unreachable_fact(who);
        if today + overdue > 0 && who != lead && new(&fact) {
            say.unreachable.push((who, today, overdue));
            facts.push(fact);
        }
    }
    let nothing = say.missing.is_none() && facts.is_empty() && say.ending.is_none();
    let say = Say::LeadMorning(Box::new(say));
    (!nothing).then_some(Part { unit: unit.unit, slot: Slot::LeadMorning, say, facts })
}

fn with_snooze(who: OfficialId, world: &World<'_>) -> Missing {
    Missing { who, snooze: world.snooze(who).cloned() }
}
