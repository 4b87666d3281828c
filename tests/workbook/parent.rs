//! A parent made of many offices like a golden one.

use motcua::domain::count::Flows;
use motcua::domain::summary::{Below, IncompleteUnit, Row};
use motcua::report::workbook::Missing;

use crate::golden::Case;

/// A parent over `n` communes like the case's, some with days missing.
pub fn parent_of(mut case: Case, n: usize) -> Case {
    let one = case.summary.total.clone();
    let unit = |i: usize| Row {
        code: format!("X{i}"),
        name: format!("UBND xã Số {i}"),
        carried: one.carried,
        flows: one.flows,
        pending_late: one.pending_late,
        awaiting: one.awaiting,
    };
    let times = |f: Flows| std::iter::repeat_n(f, n).sum::<Flows>();
    for row in case.summary.rows.iter_mut().chain(std::iter::once(&mut case.summary.total)) {
        row.flows = times(row.flows);
        row.carried *= n as i64;
        row.awaiting *= n as i64;
    }
    for day in &mut case.days {
        day.flows = day.flows.map(times);
        day.awaiting = day.awaiting.map(|v| v * n as i64);
        day.missing = match day.missing {
            Missing::Nobody => Missing::Nobody,
            _ => Missing::Units(n / 4),
        };
        day.indicators.iter_mut().for_each(|(_, v)| *v *= n as i64);
    }
    case.summary.indicators.iter_mut().for_each(|t| t.value *= n as i64);
    let lacks = |i: &usize| i % 4 == 3;
    let incomplete = (0..n).filter(lacks).map(|i| IncompleteUnit {
        code: format!("X{i}"),
        name: format!("UBND xã Số {i}"),
        missing_days: i % 3 + 1,
    });
    let incomplete: Vec<IncompleteUnit> = incomplete.collect();
    case.summary.below = Some(Below {
        units: n,
        complete_units: n - incomplete.len(),
        incomplete,
        by_unit: (0..n).map(unit).collect(),
        ..Below::default()
    });
    case.summary.unit_name = "UBND thành phố Hải Phòng".into();
    case.summary.unit_code = "HP".into();
    case.judge();
    case
}
