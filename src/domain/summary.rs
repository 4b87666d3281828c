//! The summary (tổng hợp) of a unit over a period: totals, rates, completeness,
//! comparison. Arithmetic only; where the numbers come from is `store`'s business, how
//! they are said is `report`'s.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use chrono::NaiveDate;

use super::count::Flows;
use super::figure::IndicatorId;
use super::period::Period;
use super::unit::UnitId;

/// What one field comes to over a period, at one unit or at many together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSum {
    /// Balance at the end of the day before the period, plus openings within it.
    pub carried: i64,
    pub flows: Flows,
    pub awaiting: i64,
    /// Late part of what is pending: of each unit the larger of the two below.
    pub late: i64,
    /// As last stated (`tqh`, or the opening's own late part).
    pub stated_late: Option<i64>,
    /// As the dossier register has it.
    pub register_late: Option<i64>,
}

impl FieldSum {
    /// The late part is the larger of what was stated and what the register says
    /// (SPEC §14 "Register"). Of the register's no more than the counts leave pending: a form
    /// that is signed has no number below 0, and the difference is warned of.
    pub fn with_late(mut self, stated: Option<i64>, register: Option<i64>) -> FieldSum {
        (self.stated_late, self.register_late) = (stated, register);
        let pending = (self.carried + self.flows.net()).max(0);
        self.late = stated.unwrap_or(0).max(register.unwrap_or(0).min(pending));
        self
    }

    /// This sum as a row of a table.
    pub fn row(&self, code: impl Into<String>, name: impl Into<String>) -> Row {
        Row {
            code: code.into(),
            name: name.into(),
            carried: self.carried,
            flows: self.flows,
            pending_late: self.late,
            awaiting: self.awaiting,
        }
    }
}

impl AddAssign for FieldSum {
    fn add_assign(&mut self, o: FieldSum) {
        let both = |a: Option<i64>, b: Option<i64>| a.or(b).map(|_| a.unwrap_or(0) + b.unwrap_or(0));
        self.carried += o.carried;
        self.flows += o.flows;
        self.awaiting += o.awaiting;
        self.late += o.late;
        self.stated_late = both(self.stated_late, o.stated_late);
        self.register_late = both(self.register_late, o.register_late);
    }
}

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
    /// How the unit calls the people named above: the given name where it is unique.
    pub called: BTreeMap<String, String>,
    /// The day figures begin, where the period begins before it. Printed in any case;
    /// a warning (W7) unless an opening balance within the period declares it.
    pub since: Option<NaiveDate>,
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
    /// How many units lack somebody on each day.
    pub units_missing: BTreeMap<NaiveDate, usize>,
    /// A row a direct child with all below it, the unit's own desk last.
    pub by_unit: Vec<Row>,
    /// Units in which nobody holds a field and nothing was posted, by name.
    pub nobody_in_charge: Vec<String>,
    /// Names of the units with most overdue dossiers among the pending, and how many.
    pub most_overdue: Vec<(String, i64)>,
}
