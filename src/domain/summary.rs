//! The summary (tổng hợp) of a unit over a period: totals, rates, completeness,
//! comparison. Arithmetic only; where the numbers come from is `store`'s business, how
//! they are said is `report`'s.

use chrono::NaiveDate;

use super::count::Flows;
use super::figure::IndicatorId;
use super::period::Period;
use super::unit::UnitId;

/// One row: a field, a unit below, or the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Field code (unit code in a table by unit); empty for the total row.
    pub code: String,
    pub name: String,
    /// Balance at the end of the day before the period, plus openings within it.
    pub carried: i64,
    pub flows: Flows,
    /// Late part of what is pending, as last stated (`tqh`) or as the register says.
    pub pending_late: i64,
    pub awaiting: i64,
}

impl Row {
    /// Column 3 of II.06a: carried included.
    pub fn received_total(&self) -> i64 {
        self.carried + self.flows.received()
    }

    /// Column 7: withdrawn included.
    pub fn resolved_total(&self) -> i64 {
        self.flows.resolved()
    }

    /// Column 11.
    pub fn pending_total(&self) -> i64 {
        self.received_total() - self.resolved_total()
    }

    /// Column 12.
    pub fn pending_in_time(&self) -> i64 {
        self.pending_total() - self.pending_late
    }

    /// online ÷ (online + direct + postal).
    pub fn online_rate(&self) -> Rate {
        Rate { part: self.flows.online, whole: self.flows.received() }
    }

    /// (early + on time + withdrawn) ÷ (all resolved + withdrawn) (SPEC §5).
    pub fn on_time_rate(&self) -> Rate {
        Rate { part: self.flows.early + self.flows.on_time + self.flows.withdrawn, whole: self.flows.resolved() }
    }

    pub fn is_zero(&self) -> bool {
        self.carried == 0 && self.flows.is_zero() && self.pending_late == 0 && self.awaiting == 0
    }
}

/// A part of a whole; printed as percent with two decimals, half up, `–` without a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub part: i64,
    pub whole: i64,
}

impl Rate {
    /// Hundredths of a percent, rounded half up; `None` when the whole is 0.
    ///
    /// ```
    /// use motcua::domain::summary::Rate;
    /// assert_eq!(Rate { part: 250, whole: 276 }.basis_points(), Some(9058));
    /// assert_eq!(Rate { part: 0, whole: 0 }.basis_points(), None);
    /// ```
    pub fn basis_points(&self) -> Option<i64> {
        if self.whole == 0 {
            return None;
        }
        let (part, whole) = (self.part as i128 * 10_000, self.whole as i128);
        Some(((2 * part + whole).div_euclid(2 * whole)) as i64)
    }
}

/// Who is missing on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingDay {
    pub day: NaiveDate,
    /// Full names, in the order in which the officials joined.
    pub officials: Vec<String>,
}

/// How complete the figures of one unit with own officials are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complete {
    pub expected_days: usize,
    pub reported_days: usize,
    pub missing: Vec<MissingDay>,
    /// Before 17:00 of a working day: how many of today's expected officials have posted.
    pub today: Option<(usize, usize)>,
    /// No official of the unit holds a field.
    pub nobody_in_charge: bool,
}

/// A unit below that has days with somebody missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncompleteUnit {
    pub code: String,
    pub name: String,
    pub missing_days: usize,
}

/// A warning with its code W1–W10 (DOMAIN §7). The text is said by `report`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// W1: the register and the last `tqh` differ, or an equation is broken.
    LateDiffers { field: String, register: i64, stated: i64 },
    /// W5: interlinked dossiers or e-certified copies exceed what came online.
    MoreThanOnline { field: String, indicator: String, value: i64, online: i64 },
    /// W6: a part exceeds its whole.
    PartOverWhole { field: String, part: String, value: i64, whole: i64 },
    /// W6: overdue or awaiting supplement exceeds what is pending.
    PartOverPending { field: String, late: bool, value: i64, pending: i64 },
    /// W1: the balance has fallen below zero.
    NegativeBalance { field: String, balance: i64 },
    /// W7: the period begins before the unit's first expected day.
    DataSince { day: NaiveDate },
}

impl Warning {
    pub fn code(&self) -> &'static str {
        match self {
            Warning::LateDiffers { .. } | Warning::NegativeBalance { .. } => "W1",
            Warning::MoreThanOnline { .. } => "W5",
            Warning::PartOverWhole { .. } | Warning::PartOverPending { .. } => "W6",
            Warning::DataSince { .. } => "W7",
        }
    }
}

/// Newly received and resolved (withdrawn included) of the period before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    pub received: i64,
    pub resolved: i64,
}

/// An indicator's sum over the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndicatorTotal {
    pub id: IndicatorId,
    pub key: String,
    pub name: String,
    pub value: i64,
}

/// The whole answer to `/tonghop`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    pub unit: UnitId,
    pub unit_code: String,
    pub unit_name: String,
    pub period: Period,
    /// The day up to which a period in progress runs.
    pub to_date: Option<NaiveDate>,
    /// The one field asked for, if any (its name).
    pub field: Option<String>,
    /// A row a field with a non-zero number, in catalogue order.
    pub rows: Vec<Row>,
    pub total: Row,
    /// Non-zero ones, in the order of the table.
    pub indicators: Vec<IndicatorTotal>,
    pub complete: Complete,
    /// `Some` for a parent: units below with missing days, and how many units there are.
    pub below: Option<Below>,
    pub warnings: Vec<Warning>,
    pub previous: Previous,
}

/// The part of a summary that only a parent has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Below {
    pub units: usize,
    pub complete_units: usize,
    pub incomplete: Vec<IncompleteUnit>,
    /// A row a direct child with all below it, the unit's own desk last.
    pub by_unit: Vec<Row>,
}
