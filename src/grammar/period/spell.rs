//! A period in words that [`super::read_period`] reads back.

use chrono::{Datelike, NaiveDate};

use crate::domain::period::{Period, PeriodKind};

/// The words an official would type, with the year: `thang 11/2026`, `6thang cuoi 2026`.
///
/// ```
/// use motcua::domain::period::{Period, PeriodKind, Scheme};
/// use motcua::grammar::period::spell;
/// let half = Period::of(PeriodKind::Half { year: 2026, last: true }, Scheme::Calendar).unwrap();
/// assert_eq!(spell(&half), "6thang cuoi 2026");
/// ```
pub fn spell(period: &Period) -> String {
    match period.kind {
        PeriodKind::Day(day) => typed(day),
        PeriodKind::Month { year, month } => format!("thang {month}/{year}"),
        PeriodKind::Quarter { year, quarter } => format!("quy {quarter}/{year}"),
        PeriodKind::Half { year, last: false } => format!("6thang {year}"),
        PeriodKind::Half { year, last: true } => format!("6thang cuoi {year}"),
        PeriodKind::NineMonths { year } => format!("9thang {year}"),
        PeriodKind::Year { year } => format!("nam {year}"),
        PeriodKind::Week(_) => format!("tuan {}", typed(period.from)),
        PeriodKind::Range { from, to } => format!("{}-{}", typed(from), typed(to)),
    }
}

fn typed(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
