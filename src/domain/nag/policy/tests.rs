use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::complete::{Leaves, Posted};
use crate::domain::field::FieldId;
use crate::domain::nag::absence::{Absences, Leave, Snooze};
use crate::domain::nag::facts::{Below, Due, Ending, Missing};
use crate::domain::official::{Membership, Span};
use crate::domain::summary::{Complete, MissingDay};

const LAN: OfficialId = OfficialId(1);
const TU: OfficialId = OfficialId(2);
const MINH: OfficialId = OfficialId(3);
const HA: OfficialId = OfficialId(4);
const A: UnitId = UnitId(10);
const B: UnitId = UnitId(11);

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// Friday 20/11/2026; everybody there since spring.
struct Scene {
    now: NaiveDateTime,
    members: Vec<Membership>,
    posted: Posted,
    dossiers: Vec<Due>,
    below: Option<Below>,
    ending: Option<Ending>,
    group: bool,
    leaves: Vec<Leave>,
    snoozes: HashMap<OfficialId, Snooze>,
    unreachable: HashSet<OfficialId>,
    told: HashSet<(OfficialId, String)>,
    known: HashSet<(OfficialId, UnitId, String)>,
}

impl Scene {
    fn at(time: &str) -> Scene {
        let span = Span { since: day("2026-03-02"), until: None };
        let member = |official, role, fields: &[i64]| Membership {
            official,
            unit: A,
            role,
            span,
            fields: fields.iter().map(|f| (FieldId(*f), span)).collect(),
        };
        Scene {
            now: format!("2026-11-20T{time}:00").parse().unwrap(),
            members: vec![
                member(LAN, Role::Officer, &[1]),
                member(TU, Role::Officer, &[2]),
                member(MINH, Role::Lead, &[]),
                member(HA, Role::Leader, &[]),
            ],
            posted: Posted::new(),
            dossiers: Vec::new(),
            below: None,
            ending: None,
            group: false,
            leaves: Vec::new(),
            snoozes: HashMap::new(),
            unreachable: HashSet::new(),
            told: HashSet::new(),
            known: HashSet::new(),
        }
    }

    fn holds(mut self, id: i64, holder: Option<OfficialId>, due: &str) -> Scene {
        let code = format!("H57-261101-{id:04}");
        self.dossiers.push(Due { id, code, field: FieldId(1), holder, due: day(due), explained: false });
        self
    }

    fn on_leave(mut self, official: OfficialId, stand_in: Option<OfficialId>) -> Scene {
        let (first, last) = (day("2026-11-19"), day("2026-11-23"));
        self.leaves.push(Leave { id: 1, official, unit: A, first, last, stand_in });
        self
    }

    fn decide(&self, slots: &[(UnitId, Slot)]) -> Decision {
        let calendar = Calendar::default();
        let leaves = Leaves::new(self.leaves.iter().map(|l| (l.official, l.first, l.last)));
        let absences = Absences::new(self.leaves.clone());
        let world = World {
            now: self.now,
            calendar: &calendar,
            leaves: &leaves,
            absences: &absences,
            snoozes: &self.snoozes,
            unreachable: &self.unreachable,
            told: &self.told,
            known: &self.known,
        };
        let unit = |unit| UnitFacts {
            unit,
            members: &self.members,
            posted: &self.posted,
            dossiers: &self.dossiers,
            today: (0, 0),
            below: self.below.clone(),
            ending: self.ending.clone(),
            has_group: self.group,
        };
        let due: Vec<DueSlot> =
            slots.iter().map(|(unit, slot)| DueSlot { unit: *unit, slot: *slot, only: None }).collect();
        decide(&due, &BTreeMap::from([(A, unit(A)), (B, unit(B))]), &world)
    }

    /// Who is told what, in short.
    fn check(&self, slots: &[(UnitId, Slot)], expected: &[(i64, &str)]) {
        let found: Vec<(i64, String)> = self
            .decide(slots)
            .messages
            .iter()
            .map(|m| match m.to {
                Whom::Person(who) => (who.0, m.parts.iter().map(short).collect::<Vec<_>>().join(" | ")),
                Whom::Group(_) => (0, m.parts.iter().map(short).collect()),
            })
            .collect();
        let expected: Vec<(i64, String)> = expected.iter().map(|(who, what)| (*who, what.to_string())).collect();
        assert_eq!(found, expected);
    }
}

fn ids(dossiers: &[Due]) -> String {
    dossiers.iter().map(|d| d.id.to_string()).collect::<Vec<_>>().join(",")
}

fn missing(who: &[Missing]) -> String {
    let one = |m: &Missing| format!("{}{}", m.who.0, if m.snooze.is_some() { " later" } else { "" });
    who.iter().map(one).collect::<Vec<_>>().join(",")
}

fn short(part: &Part) -> String {
    match &part.say {
        Say::Digest(held) => held
            .iter()
            .map(|h| {
                let whose = h.instead_of.map_or(String::new(), |who| format!("of {} ", who.0));
                format!("{whose}today {} soon {} late {}", ids(&h.today), ids(&h.soon), ids(&h.overdue))
            })
            .collect::<Vec<_>>()
            .join("; "),
        Say::Remind { fields, last } => format!("remind {:?} {last}", fields.iter().map(|f| f.0).collect::<Vec<_>>()),
        Say::LeadMorning(say) => {
            let unexplained: Vec<Due> = say.unexplained.iter().map(|(d, _)| d.clone()).collect();
            let lost: Vec<i64> = say.unreachable.iter().map(|u| u.0.0).collect();
            let (_, who) = say.missing.clone().unwrap_or_default();
            format!("missing {} bare {} lost {lost:?}", missing(&who), ids(&unexplained))
        }
        Say::Leader { overdue, overdue_all, missing } => {
            let who: Vec<i64> = missing.iter().map(|(who, _)| who.0).collect();
            format!("late {} of {overdue_all} missing {who:?}", ids(overdue))
        }
        Say::Parent(below) => format!("units {} late {}", below.missing.len(), below.overdue),
        Say::LeadEvening { expected, missing: who, unreachable, away, .. } => {
            let lost: Vec<i64> = unreachable.iter().map(|u| u.0).collect();
            format!("{expected} missing {} lost {lost:?} away {}", missing(who), away.len())
        }
        Say::Group { posted, expected } => format!("{posted}/{expected}"),
    }
}

#[test]
fn holders_are_told_of_their_own_and_leads_of_what_nobody_holds() {
    let scene = Scene::at("07:45")
        .holds(1, Some(LAN), "2026-11-18")
        .holds(2, Some(LAN), "2026-11-20")
        .holds(3, Some(TU), "2026-11-24")
        .holds(4, None, "2026-11-20");
    // 4 has no holder: whoever holds its field.
    scene.check(&[(A, Slot::Digest)], &[(1, "today 2,4 soon  late 1"), (2, "today  soon 3 late ")]);
    scene.on_leave(LAN, None).check(
        &[(A, Slot::Digest)],
        &[(2, "today  soon 3 late "), (3, "today 4 soon  late ; of 1 today 2 soon  late 1")],
    );
}

#[test]
fn a_stand_in_is_told_of_the_absent_ones_unless_absent_too() {
    let scene = Scene::at("07:45").holds(1, Some(LAN), "2026-11-20").on_leave(LAN, Some(TU));
    scene.check(&[(A, Slot::Digest)], &[(2, "of 1 today 1 soon  late ")]);
    scene.on_leave(TU, None).check(&[(A, Slot::Digest)], &[(3, "of 1 today 1 soon  late ")]);
}

#[test]
fn a_fact_told_in_one_part_or_earlier_today_is_not_told_again() {
    let mut scene = Scene::at("10:00").holds(1, Some(MINH), "2026-11-17").holds(2, Some(LAN), "2026-11-17");
    let slots = [(A, Slot::Digest), (A, Slot::LeadMorning)];
    scene.posted = [day("2026-11-19")].map(|d| (d, vec![LAN, TU])).into();
    // One message; dossier 1 is in the lead's own digest already.
    scene.check(&slots, &[(1, "today  soon  late 2"), (3, "today  soon  late 1 | missing  bare 2 lost []")]);
    scene.told.insert((LAN, dossier_fact(2)));
    scene.told.insert((MINH, slot_fact(A, Slot::LeadMorning)));
    scene.check(&slots, &[(3, "today  soon  late 1")]);
}

#[test]
fn whoever_has_not_posted_is_reminded_unless_away_or_putting_off() {
    let slots = [(A, Slot::Reminder)];
    let mut scene = Scene::at("16:15");
    scene.check(&slots, &[(1, "remind [1] false"), (2, "remind [2] false")]);
    scene.posted = [(day("2026-11-20"), vec![LAN])].into();
    scene.check(&slots, &[(2, "remind [2] false")]);
    let until = "2026-11-20T17:30:00".parse().unwrap();
    scene.snoozes.insert(TU, Snooze { until, reason: "họp".into() });
    scene.check(&slots, &[]);
    // The lead sees it all the same.
    scene.now = "2026-11-20T17:10:00".parse().unwrap();
    scene.check(&[(A, Slot::LeadEvening)], &[(3, "2 missing 2 later lost [] away 0")]);
    scene.now = "2026-11-20T17:30:00".parse().unwrap();
    scene.check(&[(A, Slot::LastReminder)], &[(2, "remind [2] true")]);
}

#[test]
fn whom_no_chat_reaches_is_told_of_to_the_lead_once_a_day() {
    let mut scene = Scene::at("08:00").holds(1, Some(LAN), "2026-11-20");
    scene.posted = [day("2026-11-19")].map(|d| (d, vec![LAN, TU])).into();
    scene.unreachable.insert(LAN);
    scene.check(&[(A, Slot::Digest)], &[]);
    scene.check(&[(A, Slot::LeadMorning)], &[(3, "missing  bare  lost [1]")]);
    scene.check(&[(A, Slot::LeadEvening)], &[(3, "2 missing 1,2 lost [1] away 0")]);
    scene.told.insert((MINH, "u:1".to_string()));
    scene.check(&[(A, Slot::LeadEvening)], &[(3, "2 missing 1,2 lost [] away 0")]);
}

#[test]
fn leaders_hear_only_what_is_new_and_again_what_has_come_back() {
    let slots = [(A, Slot::LeaderMorning)];
    let mut scene = Scene::at("08:05").holds(1, Some(LAN), "2026-11-17").holds(2, Some(LAN), "2026-11-18");
    scene.posted = [(day("2026-11-18"), vec![LAN]), (day("2026-11-19"), vec![LAN])].into();
    scene.check(&slots, &[(4, "late 1 of 1 missing [2]")]);
    let known = scene.decide(&slots).known;
    let held = known[&(HA, A)].clone();
    scene.known = held.into_iter().map(|fact| (HA, A, fact)).collect();
    scene.check(&slots, &[]);
    // 2 has come to its third day, Tú has posted: only the dossier is told, Tú forgotten.
    scene.now = "2026-11-23T08:05:00".parse().unwrap();
    scene.posted = [(day("2026-11-19"), vec![LAN, TU]), (day("2026-11-20"), vec![LAN, TU])].into();
    scene.check(&slots, &[(4, "late 2 of 2 missing []")]);
    assert!(!scene.decide(&slots).known[&(HA, A)].contains("m:2"));
}

#[test]
fn whoever_was_not_told_does_not_know() {
    let slots = [(A, Slot::LeaderMorning)];
    let scene = Scene::at("08:05").holds(1, Some(LAN), "2026-11-17").on_leave(HA, None);
    scene.check(&slots, &[]);
    assert!(scene.decide(&slots).known[&(HA, A)].is_empty());
}

#[test]
fn leads_and_leaders_of_a_parent_hear_numbers_when_they_change() {
    let slots = [(A, Slot::LeaderMorning)];
    let mut scene = Scene::at("08:05");
    scene.posted = [(day("2026-11-19"), vec![LAN, TU])].into();
    scene.below = Some(Below { missing: vec![B], overdue: 4 });
    scene.check(&slots, &[(3, "units 1 late 4"), (4, "units 1 late 4")]);
    scene.known.insert((HA, A, "p:11:4".to_string()));
    scene.check(&slots, &[(3, "units 1 late 4")]);
    scene.below = Some(Below::default());
    scene.check(&slots, &[]);
}

#[test]
fn several_units_make_one_message_and_groups_get_numbers() {
    let mut scene = Scene::at("16:15");
    scene.posted = [(day("2026-11-20"), vec![TU])].into();
    scene.group = true;
    scene.check(&[(B, Slot::Reminder), (A, Slot::Reminder)], &[(1, "remind [1] false | remind [1] false")]);
    scene.check(&[(A, Slot::LeadEvening)], &[(3, "2 missing 1 lost [] away 0"), (0, "1/2")]);
}

#[test]
fn who_was_missing_the_day_before_is_told_unless_the_list_of_the_period_names_that_day() {
    let missing = |days: &[&str]| -> Vec<MissingDay> {
        days.iter().map(|d| MissingDay { day: day(d), officials: vec!["Lan".to_string()] }).collect()
    };
    let mut scene = Scene::at("08:00");
    let mut check = |days: &[&str], units: &[&str], expected: &str| {
        scene.ending = Some(Ending {
            periods: Vec::new(),
            last_working_day: day("2026-11-20"),
            complete: Complete { missing: missing(days), ..Complete::default() },
            incomplete: units.iter().map(|u| u.to_string()).collect(),
            failing: Vec::new(),
        });
        scene.check(&[(A, Slot::LeadMorning)], &[(3, expected)]);
    };
    let days = ["2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"];
    check(&days[1..], &[], "missing  bare  lost []");
    check(&days, &[], "missing 1,2 bare  lost []");
    // Of a parent the units are named, not the days.
    check(&days[1..], &["Xã A"], "missing 1,2 bare  lost []");
}
