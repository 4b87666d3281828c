//! Periods (kỳ báo cáo): month, quarter, halves, nine months, year, week, day and free
//! range, under the scheme `15-14` (NĐ 09/2019/NĐ-CP Điều 12) or `calendar`.
//!
//! Deliberately not here: the words an official types for one (`grammar::period`) and the
//! label it is printed with (`words::periods`).

use chrono::{Datelike, Days, NaiveDate};

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

/// Why what was typed is no period that can be asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodFault {
    /// A day, month or quarter that does not exist, as typed (`thang 13/2026`, `31/02/2026`).
    NoSuch { text: String },
    /// A range that ends before it begins.
    EndBeforeStart { from: NaiveDate, to: NaiveDate },
    /// It lies wholly in the future.
    NotBegun { period: Period },
}

/// Months since year 0; January of year y is 12·y.
fn month_index(year: i32, month: u32) -> Option<i32> {
    (1..=12).contains(&month).then(|| year.checked_mul(12)?.checked_add(month as i32 - 1)).flatten()
}

impl Scheme {
    /// The first day of the month with this index.
    fn start_of(self, month: i32) -> Option<NaiveDate> {
        let (index, day) = match self {
            Scheme::FifteenFourteen => (month - 1, 15),
            Scheme::Calendar => (month, 1),
        };
        NaiveDate::from_ymd_opt(index.div_euclid(12), index.rem_euclid(12) as u32 + 1, day)
    }

    /// The year and month whose report holds `day`.
    fn month_of(self, day: NaiveDate) -> (i32, u32) {
        let shift = i32::from(self == Scheme::FifteenFourteen && day.day() >= 15);
        let index = day.year() * 12 + day.month0() as i32 + shift;
        (index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
    }
}

impl PeriodKind {
    /// First month's index and number of months, for kinds made of whole months.
    fn months(self) -> Option<(i32, i32)> {
        match self {
            PeriodKind::Month { year, month } => Some((month_index(year, month)?, 1)),
            PeriodKind::Quarter { year, quarter } if (1..=4).contains(&quarter) => {
                Some((month_index(year, quarter * 3 - 2)?, 3))
            }
            PeriodKind::Half { year, last } => Some((month_index(year, if last { 7 } else { 1 })?, 6)),
            PeriodKind::NineMonths { year } => Some((month_index(year, 1)?, 9)),
            PeriodKind::Year { year } => Some((month_index(year, 1)?, 12)),
            _ => None,
        }
    }

    /// The kind that a comparison looks at (SPEC §14 "The period before"), where that is
    /// again a month, quarter…; `None` for days, weeks and ranges.
    fn before(self) -> Option<PeriodKind> {
        Some(match self {
            PeriodKind::Month { year, month: 1 } => PeriodKind::Month { year: year - 1, month: 12 },
            PeriodKind::Month { year, month } => PeriodKind::Month { year, month: month - 1 },
            PeriodKind::Quarter { year, quarter: 1 } => PeriodKind::Quarter { year: year - 1, quarter: 4 },
            PeriodKind::Quarter { year, quarter } => PeriodKind::Quarter { year, quarter: quarter - 1 },
            PeriodKind::Half { year, last: false } => PeriodKind::Half { year: year - 1, last: true },
            PeriodKind::Half { year, last: true } => PeriodKind::Half { year, last: false },
            PeriodKind::NineMonths { year } => PeriodKind::NineMonths { year: year - 1 },
            PeriodKind::Year { year } => PeriodKind::Year { year: year - 1 },
            PeriodKind::Day(_) | PeriodKind::Week(_) | PeriodKind::Range { .. } => return None,
        })
    }
}

impl Period {
    /// The period of that kind; `None` for a month 13, a quarter 5, a range that ends
    /// before it begins, or a year beyond the calendar. Any day of a week will do.
    ///
    /// ```
    /// use motcua::domain::period::{Period, PeriodKind, Scheme};
    /// let january = Period::of(PeriodKind::Month { year: 2027, month: 1 }, Scheme::FifteenFourteen).unwrap();
    /// assert_eq!((january.from.to_string(), january.to.to_string()), ("2026-12-15".into(), "2027-01-14".into()));
    /// ```
    pub fn of(kind: PeriodKind, scheme: Scheme) -> Option<Period> {
        let (kind, from, to) = match kind {
            PeriodKind::Day(day) => (kind, day, day),
            PeriodKind::Week(day) => {
                let monday = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
                (PeriodKind::Week(monday), monday, monday.checked_add_days(Days::new(6))?)
            }
            PeriodKind::Range { from, to } => (kind, from, to),
            _ => {
                let (first, months) = kind.months()?;
                (kind, scheme.start_of(first)?, scheme.start_of(first + months)?.pred_opt()?)
            }
        };
        (from <= to).then_some(Period { kind, scheme, from, to })
    }

    /// The month whose report holds `day`: on 20/11/2026 already tháng 12 under `15-14`.
    pub fn month_containing(day: NaiveDate, scheme: Scheme) -> Period {
        let (year, month) = scheme.month_of(day);
        Period::of(PeriodKind::Month { year, month }, scheme).unwrap_or(Period {
            kind: PeriodKind::Day(day),
            scheme,
            from: day,
            to: day,
        })
    }

    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Number of calendar days.
    pub fn days(&self) -> u64 {
        (self.to - self.from).num_days().unsigned_abs() + 1
    }

    pub fn has_begun(&self, today: NaiveDate) -> bool {
        self.from <= today
    }

    /// The day up to which a period in progress runs; `None` once it is finished, which
    /// it is from its last day on (SPEC §14).
    pub fn to_date(&self, today: NaiveDate) -> Option<NaiveDate> {
        (today < self.to).then_some(today)
    }

    /// The last day whose figures count when asked on `today`.
    pub fn end(&self, today: NaiveDate) -> NaiveDate {
        self.to.min(today)
    }

    /// The period that a comparison looks at: of a month, quarter, half the one before;
    /// of nine months and a year the same the year before; else equal length just before.
    pub fn before(&self) -> Option<Period> {
        if let Some(kind) = self.kind.before() {
            return Period::of(kind, self.scheme);
        }
        let shift = |day: NaiveDate| day.checked_sub_days(Days::new(self.days()));
        let (from, to) = (shift(self.from)?, shift(self.to)?);
        let kind = match self.kind {
            PeriodKind::Day(_) => PeriodKind::Day(from),
            PeriodKind::Week(_) => PeriodKind::Week(from),
            _ => PeriodKind::Range { from, to },
        };
        Period::of(kind, self.scheme)
    }

    /// The days to compare with when asked on `today`: the period before, or as many of
    /// its first days as have passed of this one.
    pub fn comparison(&self, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let before = self.before()?;
        let Some(to_date) = self.to_date(today) else { return Some((before.from, before.to)) };
        let passed = u64::try_from((to_date - self.from).num_days()).ok()?;
        Some((before.from, before.from.checked_add_days(Days::new(passed))?.min(before.to)))
    }
}

#[cfg(test)]
mod tests;
