//! Periods (kỳ báo cáo): month, quarter, halves, nine months, year, week, day and free
//! range, under the scheme `15-14` (NĐ 09/2019/NĐ-CP Điều 12) or `calendar`.

use chrono::NaiveDate;

/// Which days a month has (DOMAIN §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Month m = 15th of the month before → 14th of month m.
    FifteenFourteen,
    Calendar,
}

impl Scheme {
    pub fn key(self) -> &'static str {
        match self {
            Scheme::FifteenFourteen => "15-14",
            Scheme::Calendar => "calendar",
        }
    }

    pub fn from_key(key: &str) -> Option<Scheme> {
        [Scheme::FifteenFourteen, Scheme::Calendar].into_iter().find(|s| s.key() == key)
    }
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    Day(NaiveDate),
    /// The week (Monday–Sunday) that begins on this Monday.
    Week(NaiveDate),
    Month {
        year: i32,
        month: u32,
    },
    Quarter {
        year: i32,
        quarter: u32,
    },
    /// First (`false`) or last (`true`) six months.
    Half {
        year: i32,
        last: bool,
    },
    NineMonths {
        year: i32,
    },
    Year {
        year: i32,
    },
    Range {
        from: NaiveDate,
        to: NaiveDate,
    },
}

/// A period of one scheme with its days, both ends inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub kind: PeriodKind,
    pub scheme: Scheme,
    pub from: NaiveDate,
    pub to: NaiveDate,
}
