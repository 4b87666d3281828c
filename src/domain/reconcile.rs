//! The register against what officials have posted, by field and day: a dossier that the
//! system has and nobody counted, or the other way round. Arithmetic only.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::dossier::{Dossier, State};
use super::field::FieldId;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Received,
    /// Resolved and withdrawn together: both end a dossier (DOMAIN §1.4).
    Resolved,
}

/// Dossiers of one day and field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub received: i64,
    pub resolved: i64,
}

impl Counted {
    fn of(&self, subject: Subject) -> i64 {
        match subject {
            Subject::Received => self.received,
            Subject::Resolved => self.resolved,
        }
    }
}

/// What was posted, by day and field.
pub type Posted = BTreeMap<(NaiveDate, FieldId), Counted>;

/// A day and field on which the two differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub subject: Subject,
    pub day: NaiveDate,
    pub field: FieldId,
    pub register: i64,
    pub posted: i64,
    /// Where the register has more: its dossiers of that day, one of which nobody counted.
    pub codes: Vec<String>,
}

impl Difference {
    /// How far the two are apart.
    pub fn gap(&self) -> u64 {
        self.register.abs_diff(self.posted)
    }
}

/// Both sides over some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    pub register: Counted,
    pub posted: Counted,
    /// Both sides of each subject and field, agreeing or not: register, posted.
    pub fields: BTreeMap<(Subject, FieldId), (i64, i64)>,
    /// By subject, then day, then field.
    pub differences: Vec<Difference>,
}

impl Reconciliation {
    /// How much the register has more of a subject (less: negative), by field; fields that
    /// agree over all days are left out.
    pub fn by_field(&self, subject: Subject) -> BTreeMap<FieldId, i64> {
        let mut sums = BTreeMap::new();
        for d in self.differences.iter().filter(|d| d.subject == subject) {
            *sums.entry(d.field).or_insert(0) += d.register - d.posted;
        }
        sums.retain(|_, sum| *sum != 0);
        sums
    }

    /// How far the two are apart, over all days and fields.
    pub fn gap(&self) -> u64 {
        self.differences.iter().map(Difference::gap).sum()
    }

    pub fn total(&self, subject: Subject) -> (i64, i64) {
        (self.register.of(subject), self.posted.of(subject))
    }
}

/// Compares over the days `from..=to`. Void dossiers do not count.
///
/// ```
/// use motcua::domain::reconcile::{Posted, reconcile};
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// assert!(reconcile(&[], &Posted::new(), (day, day)).differences.is_empty());
/// ```
pub fn reconcile(dossiers: &[Dossier], posted: &Posted, (from, to): (NaiveDate, NaiveDate)) -> Reconciliation {
    let mut codes: BTreeMap<(Subject, NaiveDate, FieldId), Vec<&str>> = BTreeMap::new();
    let within = |day: &NaiveDate| (from..=to).contains(day);
    for d in dossiers.iter().filter(|d| d.state != State::Void) {
        let days = [(Subject::Received, Some(d.received)), (Subject::Resolved, d.ended)];
        for (subject, day) in days.into_iter().filter_map(|(s, day)| Some((s, day.filter(&within)?))) {
            codes.entry((subject, day, d.field)).or_default().push(&d.code);
        }
    }
    let mut result = Reconciliation::default();
    for counted in posted.iter().filter(|((day, _), _)| within(day)).map(|(_, c)| c) {
        result.posted.received += counted.received;
        result.posted.resolved += counted.resolved;
    }
    for ((subject, _, _), held) in &codes {
        let sum = match subject {
            Subject::Received => &mut result.register.received,
            Subject::Resolved => &mut result.register.resolved,
        };
        *sum += held.len() as i64;
    }
    let places: BTreeSet<(Subject, NaiveDate, FieldId)> = codes
        .keys()
        .copied()
        .chain(
            posted
                .keys()
                .filter(|(day, _)| within(day))
                .flat_map(|(day, field)| [(Subject::Received, *day, *field), (Subject::Resolved, *day, *field)]),
        )
        .collect();
    for (subject, day, field) in places {
        let held = codes.remove(&(subject, day, field)).unwrap_or_default();
        let register = held.len() as i64;
        let stated = posted.get(&(day, field)).map_or(0, |c| c.of(subject));
        let sums = result.fields.entry((subject, field)).or_default();
        (sums.0, sums.1) = (sums.0 + register, sums.1 + stated);
        if register != stated {
            let mut codes: Vec<String> =
                if register > stated { held.iter().map(|c| c.to_string()).collect() } else { Vec::new() };
            codes.sort();
            result.differences.push(Difference { subject, day, field, register, posted: stated, codes });
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::dossier::DossierId;
    use crate::domain::unit::UnitId;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    fn dossier(number: i64, field: i64, received: u32, ended: Option<u32>) -> Dossier {
        Dossier {
            id: DossierId(number),
            unit: UnitId(1),
            code: format!("H12-2611{received:02}-{number:04}"),
            field: FieldId(field),
            holder: None,
            received: day(received),
            due: day(30),
            promised: None,
            promised_for: None,
            state: if ended.is_some() { State::Resolved } else { State::Open },
            ended: ended.map(day),
            reason: None,
            reason_text: String::new(),
            stops: Vec::new(),
        }
    }

    fn check(dossiers: &[Dossier], posted: &[(u32, i64, i64, i64)], expected: &[(Subject, u32, i64, i64, i64, usize)]) {
        let posted: Posted = posted
            .iter()
            .map(|(d, field, received, resolved)| {
                ((day(*d), FieldId(*field)), Counted { received: *received, resolved: *resolved })
            })
            .collect();
        let found = reconcile(dossiers, &posted, (day(16), day(20)));
        let expected: Vec<_> =
            expected.iter().map(|(s, d, f, r, p, codes)| (*s, day(*d), FieldId(*f), *r, *p, *codes)).collect();
        let differences: Vec<_> = found
            .differences
            .iter()
            .map(|d| (d.subject, d.day, d.field, d.register, d.posted, d.codes.len()))
            .collect();
        assert_eq!(differences, expected);
    }

    #[test]
    fn each_day_and_field_is_compared_by_itself() {
        use Subject::{Received, Resolved};
        let two = [dossier(1, 1, 16, Some(18)), dossier(2, 1, 16, None)];
        check(&two, &[(16, 1, 2, 0), (18, 1, 0, 1)], &[]);
        check(&two, &[(16, 1, 1, 0), (18, 1, 0, 1)], &[(Received, 16, 1, 2, 1, 2)]);
        check(&two, &[(17, 1, 2, 0), (18, 1, 0, 1)], &[(Received, 16, 1, 2, 0, 2), (Received, 17, 1, 0, 2, 0)]);
        check(
            &two,
            &[(16, 2, 2, 0)],
            &[(Received, 16, 1, 2, 0, 2), (Received, 16, 2, 0, 2, 0), (Resolved, 18, 1, 1, 0, 1)],
        );
    }

    #[test]
    fn what_lies_outside_the_days_or_is_void_does_not_count() {
        let outside = [dossier(1, 1, 15, Some(21)), Dossier { state: State::Void, ..dossier(2, 1, 16, None) }];
        check(&outside, &[(14, 1, 5, 5), (21, 1, 5, 5)], &[]);
    }

    #[test]
    fn the_difference_of_a_field_is_that_of_its_days_together() {
        let posted = Posted::from([((day(17), FieldId(1)), Counted { received: 1, resolved: 0 })]);
        let rows = [dossier(1, 1, 16, None), dossier(2, 2, 16, None)];
        let found = reconcile(&rows, &posted, (day(16), day(20)));
        assert_eq!(found.by_field(Subject::Received), BTreeMap::from([(FieldId(2), 1)]));
        assert_eq!(found.total(Subject::Received), (2, 1));
        // One more on the 16th in either field, one less on the 17th.
        assert_eq!(found.gap(), 3);
        let both = [(FieldId(1), (1, 1)), (FieldId(2), (1, 0))].map(|(f, n)| ((Subject::Received, f), n));
        let sums: Vec<_> = found.fields.into_iter().filter(|((s, _), _)| *s == Subject::Received).collect();
        assert_eq!(sums, both);
    }
}
