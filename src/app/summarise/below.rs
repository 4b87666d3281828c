//! The rows of a unit that has units below it.

use std::collections::HashMap;

use super::{Question, row_of};
use crate::domain::summary::{Below, FieldSum};
use crate::domain::unit::UnitId;
use crate::store::totals::Of;

/// How many units are named for their overdue dossiers.
const MOST_OVERDUE: usize = 3;

/// Adds a row a direct child with all below it, the own desk last, and who is most overdue.
pub(super) fn with_rows(mut below: Below, q: &Question<'_>, sums: &Of<FieldSum>) -> Below {
    let own = q.unit;
    for child in q.dir.children(own.id) {
        let Some(unit) = q.dir.unit(*child) else { continue };
        let within = q.dir.subtree(*child);
        below.by_unit.push(row_of(unit, within.iter().flat_map(|u| of_unit(sums, *u))));
    }
    let desk = row_of(own, of_unit(sums, own.id));
    let held = q.dir.members_of(own.id).iter().any(|m| !m.fields.is_empty());
    if held || !desk.is_zero() {
        below.by_unit.push(desk);
    }
    below.most_overdue = most_overdue(q, sums);
    below
}

fn of_unit(sums: &Of<FieldSum>, unit: UnitId) -> impl Iterator<Item = &FieldSum> {
    use crate::domain::field::FieldId;
    sums.range((unit, FieldId(i64::MIN))..=(unit, FieldId(i64::MAX))).map(|(_, sum)| sum)
}

fn most_overdue(q: &Question<'_>, sums: &Of<FieldSum>) -> Vec<(String, i64)> {
    let mut late: HashMap<UnitId, i64> = HashMap::new();
    for ((unit, _), sum) in sums.iter().filter(|(_, s)| s.late > 0) {
        *late.entry(*unit).or_default() += sum.late;
    }
    let mut late: Vec<_> = late.into_iter().filter_map(|(u, n)| Some((q.dir.unit(u)?, n))).collect();
    late.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.code.cmp(&b.code)));
    late.into_iter().take(MOST_OVERDUE).map(|(u, n)| (u.name.clone(), n)).collect()
}
