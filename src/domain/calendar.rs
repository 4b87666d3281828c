//! Working days: Monday to Friday, less public holidays, plus worked Saturdays.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

/// What a day of the holiday table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    Off,
    Work,
}

/// The holiday table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<NaiveDate, DayKind>,
}

impl Calendar {
    pub fn new(days: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        Calendar { days: days.into_iter().collect() }
    }

    /// Whether the office works on `day`.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Off) => false,
            Some(DayKind::Work) => true,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }
}
