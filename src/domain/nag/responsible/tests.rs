use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::complete::{Leaves, Posted};
use crate::domain::field::FieldId;
use crate::domain::nag::absence::{Absences, Leave};
use crate::domain::official::Span;
use crate::domain::unit::UnitId;

const UNIT: UnitId = UnitId(10);
const FIELD: FieldId = FieldId(1);

/// One member on Friday 20/11/2026; officials are numbered as they come.
#[derive(Clone, Debug)]
struct Somebody {
    role: Role,
    of_field: bool,
    new: bool,
    /// Left the day before.
    gone: bool,
    on_leave: bool,
    stand_in: Option<i64>,
}

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

impl Somebody {
    fn is(role: Role, of_field: bool) -> Somebody {
        Somebody { role, of_field, new: false, gone: false, on_leave: false, stand_in: None }
    }

    fn away(self, stand_in: Option<i64>) -> Somebody {
        Somebody { on_leave: true, stand_in, ..self }
    }

    fn is_present(&self) -> bool {
        !self.gone && !self.on_leave
    }

    fn membership(&self, id: i64) -> Membership {
        let since = day(if self.new { "2026-11-16" } else { "2026-03-02" });
        let span = Span { since, until: self.gone.then(|| day("2026-11-19")) };
        let fields = vec![(FieldId(if self.of_field { FIELD.0 } else { 2 }), span)];
        Membership { official: OfficialId(id), unit: UNIT, role: self.role, span, fields }
    }

    fn leave(&self, id: i64) -> Option<Leave> {
        let (first, last) = (day("2026-11-19"), day("2026-11-23"));
        let stand_in = self.stand_in.map(OfficialId);
        self.on_leave.then_some(Leave { id, official: OfficialId(id), unit: UNIT, first, last, stand_in })
    }
}

fn told(people: &[Somebody], holder: Option<i64>) -> Vec<(i64, Option<i64>)> {
    let members: Vec<Membership> = people.iter().zip(0..).map(|(p, id)| p.membership(id)).collect();
    let absences = Absences::new(people.iter().zip(0..).filter_map(|(p, id)| p.leave(id)));
    let (today, holder) = (day("2026-11-20"), holder.map(OfficialId));
    let due = Due { id: 1, code: "H57-261101-0001".into(), field: FIELD, holder, due: today, explained: false };
    let unit = UnitFacts {
        unit: UNIT,
        members: &members,
        posted: &Posted::new(),
        dossiers: std::slice::from_ref(&due),
        today: (0, 0),
        below: None,
        ending: None,
        has_group: false,
    };
    let world = World {
        now: today.and_hms_opt(7, 45, 0).unwrap(),
        calendar: &Calendar::default(),
        leaves: &Leaves::new([]),
        absences: &absences,
        snoozes: &HashMap::new(),
        unreachable: &HashSet::new(),
        told: &HashSet::new(),
        known: &HashSet::new(),
    };
    responsible(&due, &unit, &world).into_iter().map(|(who, of)| (who.0, of.map(|o| o.0))).collect()
}

#[test]
fn from_the_holder_it_goes_to_stand_in_field_leads_and_leaders() {
    let officer = || Somebody::is(Role::Officer, true);
    let other = || Somebody::is(Role::Officer, false);
    let (lead, leader) = (|| Somebody::is(Role::Lead, false), || Somebody::is(Role::Leader, false));
    let check = |people: &[Somebody], expected: &[(i64, Option<i64>)]| assert_eq!(told(people, Some(0)), expected);
    check(&[officer(), officer(), lead()], &[(0, None)]);
    check(&[officer().away(Some(2)), officer(), other(), lead()], &[(2, Some(0))]);
    check(&[officer().away(Some(2)), officer(), other().away(None), lead()], &[(1, Some(0))]);
    check(&[officer().away(None), other(), lead(), lead()], &[(2, Some(0)), (3, Some(0))]);
    check(&[lead().away(None), officer(), leader()], &[(1, Some(0))]);
    check(&[lead().away(None), other(), leader()], &[(2, Some(0))]);
    check(&[officer().away(None), lead().away(None), leader()], &[(2, Some(0))]);
    check(&[officer().away(None), lead().away(None), other()], &[]);
    check(&[Somebody { new: true, ..lead() }], &[(0, None)]);
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let role = prop::sample::select(vec![Role::Officer, Role::Lead, Role::Leader]);
    let seldom = || prop::bool::weighted(0.2);
    (role, any::<bool>(), seldom(), seldom(), any::<bool>(), prop::option::of(0..5_i64)).prop_map(
        |(role, of_field, new, gone, on_leave, stand_in)| Somebody { role, of_field, new, gone, on_leave, stand_in },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_dossier_is_left_to_nobody_only_where_nobody_is_there(
        people in prop::collection::vec(somebody(), 1..6),
        holder in prop::option::of(0..5_i64),
    ) {
        let found = told(&people, holder);
        let has_duty = |p: &Somebody| p.role != Role::Officer || (p.of_field && !p.new);
        if people.iter().any(|p| p.is_present() && has_duty(p)) {
            prop_assert!(!found.is_empty());
        }
        for (who, of) in &found {
            prop_assert!(people[*who as usize].is_present());
            prop_assert!(*of != Some(*who));
        }
        let once: HashSet<i64> = found.iter().map(|(who, _)| *who).collect();
        prop_assert_eq!(once.len(), found.len());
    }
}
