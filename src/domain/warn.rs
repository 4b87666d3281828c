//! Warnings of a summary (DOMAIN §7): said, never silently mended.

use std::collections::BTreeMap;

use super::field::FieldId;
use super::figure::{Indicator, IndicatorId, Whole};
use super::summary::{FieldSum, Row, Warning};

/// What is odd about the numbers of one field: late parts that differ (W1), a balance
/// below zero (W1), a part over what is pending (W6).
pub fn of_field(name: &str, sum: &FieldSum) -> Vec<Warning> {
    let mut found = Vec::new();
    let field = || name.to_string();
    let pending = sum.row("", "").pending_total();
    if let (Some(stated), Some(register)) = (sum.stated_late, sum.register_late)
        && stated != register
    {
        found.push(Warning::LateDiffers { field: field(), register, stated });
    }
    if pending < 0 {
        found.push(Warning::NegativeBalance { field: field(), balance: pending });
    }
    let late = sum.late.max(sum.register_late.unwrap_or(0));
    for (late, value) in [(true, late), (false, sum.awaiting)] {
        if value > pending.max(0) {
            found.push(Warning::PartOverPending { field: field(), late, value, pending });
        }
    }
    found
}

/// Indicators that exceed their whole: of what came online (W5), of anything else (W6).
/// `row` is the field's row, or the total with the indicators of all fields together.
pub fn of_indicators(
    name: &str,
    row: &Row,
    indicators: &[Indicator],
    values: &BTreeMap<IndicatorId, i64>,
) -> Vec<Warning> {
    let mut found = Vec::new();
    let value_of = |id: IndicatorId| values.get(&id).copied().unwrap_or(0);
    for i in indicators {
        let value = value_of(i.id);
        let (Some(whole), true) = (i.whole, value > 0) else { continue };
        let (field, part) = (name.to_string(), i.name.clone());
        let limit = match whole {
            Whole::ReceivedNew => row.flows.received(),
            Whole::ReceivedOnline => row.flows.online,
            Whole::Resolved => row.resolved_total(),
            Whole::Indicator(id) => value_of(id),
        };
        if value <= limit {
            continue;
        }
        found.push(match whole {
            Whole::ReceivedOnline => Warning::MoreThanOnline { field, indicator: part, value, online: limit },
            _ => Warning::PartOverWhole { field, part, value, whole: limit },
        });
    }
    found
}

/// The values by field (`None`: for the whole unit) → of one field, and of all together.
pub fn by_field(
    values: &BTreeMap<(IndicatorId, Option<FieldId>), i64>,
) -> (BTreeMap<FieldId, BTreeMap<IndicatorId, i64>>, BTreeMap<IndicatorId, i64>) {
    let mut fields: BTreeMap<FieldId, BTreeMap<IndicatorId, i64>> = BTreeMap::new();
    let mut total: BTreeMap<IndicatorId, i64> = BTreeMap::new();
    for ((id, field), value) in values {
        *total.entry(*id).or_default() += value;
        if let Some(field) = field {
            *fields.entry(*field).or_default().entry(*id).or_default() += value;
        }
    }
    (fields, total)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::Flows;
    use crate::domain::figure::Measure;

    fn check(sum: FieldSum, expected: &[Warning]) {
        assert_eq!(of_field("Hộ tịch", &sum), expected);
    }

    #[test]
    fn late_parts_that_differ_are_named_and_the_larger_counts() {
        let sum = FieldSum { carried: 9, ..FieldSum::default() }.with_late(Some(2), Some(5));
        assert_eq!(sum.late, 5);
        check(sum, &[Warning::LateDiffers { field: "Hộ tịch".to_string(), register: 5, stated: 2 }]);
        check(FieldSum { carried: 9, ..FieldSum::default() }.with_late(Some(2), None), &[]);
        check(FieldSum { carried: 9, ..FieldSum::default() }.with_late(Some(2), Some(2)), &[]);
    }

    #[test]
    fn nothing_pending_can_be_late() {
        let sum = FieldSum { flows: Flows { early: 3, ..Flows::default() }, awaiting: 1, ..FieldSum::default() };
        let field = || "Hộ tịch".to_string();
        check(
            sum,
            &[
                Warning::NegativeBalance { field: field(), balance: -3 },
                Warning::PartOverPending { field: field(), late: false, value: 1, pending: -3 },
            ],
        );
    }

    #[test]
    fn an_indicator_over_its_whole_is_named() {
        let indicator = |id, whole| Indicator {
            id: IndicatorId(id),
            key: String::new(),
            name: format!("i{id}"),
            words: Vec::new(),
            measure: Measure::Count,
            whole,
            target: None,
        };
        let table = [
            indicator(1, Some(Whole::ReceivedOnline)),
            indicator(2, Some(Whole::ReceivedNew)),
            indicator(3, Some(Whole::Indicator(IndicatorId(4)))),
            indicator(4, None),
        ];
        let row = Row { flows: Flows { online: 2, direct: 3, ..Flows::default() }, ..Row::default() };
        let values = [(1, 3), (2, 5), (3, 7), (4, 6)].map(|(i, v)| (IndicatorId(i), v)).into();
        let found = of_indicators("", &row, &table, &values);
        assert_eq!(found.iter().map(Warning::code).collect::<Vec<_>>(), ["W5", "W6"]);
    }
}
