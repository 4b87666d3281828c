//! The checks of a period (SPEC §9): what is right, what is broken, what wants a second
//! look. Each is a value with its numbers; `report` says them.
//!
//! Hard checks end in [`Outcome::Failed`]: the printed form would contradict itself (an
//! equation, the carry chain, a negative or over-full balance). Soft ones end in
//! [`Outcome::Note`]: the figures may be right all the same (a missing day, more e-copies
//! than online dossiers, a busy day), so a person decides.

use chrono::NaiveDate;

use super::count::Flows;
use super::figure::{Indicator, Measure, Whole};
use super::form::{Columns, Equation, FIRST, LAST};
use super::outlier::Outlier;
use super::summary::{IncompleteUnit, MissingDay, Row, Summary, Warning};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Passed,
    /// Soft: to be looked at, refuses nothing.
    Note,
    /// Hard: the period cannot be closed like this.
    Failed,
}

/// Which row a check is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The whole unit.
    Unit,
    /// The row of that number in `Summary::rows`, with its name.
    Row(usize, String),
    /// The row `TỔNG CỘNG`.
    Total,
}

/// What was checked. `found` and `expected` of [`Check`] are named here for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// E1–E4: left side, right side.
    Equation(Equation),
    /// E5: carried, what the period before left (openings entered since included).
    CarryChain,
    /// E6: column of the total row, sum of the rows above.
    TotalRow { column: usize },
    /// E6 of a parent's form with a row a unit: column of the total row, sum of the units.
    TotalOfUnits { column: usize },
    /// The form's newly received (or resolved), the sum of the days. W1.
    DaysAddUp { received: bool },
    /// Days with everybody's post, days expected. W7.
    Days { missing: Vec<MissingDay> },
    /// Units below with all days, units. W7.
    Units { incomplete: Vec<IncompleteUnit> },
    /// The figures begin within the period: nothing to compare. W7.
    Since { day: NaiveDate },
    /// Nobody holds a field.
    NobodyInCharge,
    /// Pending, 0: no balance is below zero. W1.
    Balance,
    /// Overdue part, pending. W6.
    LateOverPending,
    /// Awaiting supplement, pending. W6.
    AwaitingOverPending,
    /// Indicator, its whole. W5 where the whole is what came online, else W6.
    Indicator { name: String, online: bool },
    /// Overdue of the register, last `tqh`. W1.
    Register,
    /// Dossiers of the register, what was posted; of the overdue ones, what is pending.
    Registered(Registered),
    /// `con` as stated by an official on a day, balance of that day. W1.
    Stated { day: NaiveDate },
    /// A day's figure, the official's usual one. W8.
    Outlier { official: String, figure: String, day: NaiveDate, low: i64, high: i64 },
    /// Overdue dossiers without a reason, 0.
    Unexplained,
}

/// What the register and the counts are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registered {
    Received,
    Resolved,
    /// Overdue dossiers are a part of the pending ones.
    Late,
}

/// One field of the register against the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Name of the field.
    pub field: String,
    /// Newly received: register, posted.
    pub received: (i64, i64),
    /// Resolved and withdrawn: register, posted.
    pub resolved: (i64, i64),
    /// Overdue in the register at the end.
    pub late: i64,
}

/// One check with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub rule: Rule,
    pub place: Place,
    pub outcome: Outcome,
    pub found: i64,
    pub expected: i64,
}

impl Check {
    /// What is too much (positive) or too little (negative).
    pub fn difference(&self) -> i64 {
        self.found - self.expected
    }
}

/// What the period before left of one field: the other end of the carry chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Field code.
    pub code: String,
    /// Column (11) of the period before.
    pub pending: i64,
    /// Opening balances entered for a day of this period: they count as carried too.
    pub opened: i64,
}

/// A `con` that an official stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    pub field: String,
    pub day: NaiveDate,
    pub said: i64,
    pub balance: i64,
}

/// A day's figure far out of its official's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FarOut {
    pub official: String,
    pub field: String,
    /// As printed.
    pub figure: String,
    pub day: NaiveDate,
    pub value: i64,
    pub usual: Outlier,
}

/// What the checks look at. Parts that are not known stay out and are not judged.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub summary: &'a Summary,
    /// The table of indicators with their wholes.
    pub indicators: &'a [Indicator],
    /// The period before, a row a field; `None` where nothing is known of it.
    pub before: Option<&'a [Left]>,
    /// The days of the period added up, where they are known.
    pub by_day: Option<Flows>,
    pub stated: &'a [Stated],
    pub far_out: &'a [FarOut],
    /// Overdue dossiers of the register without a reason; `None` where there is no register.
    pub unexplained: Option<i64>,
}

impl<'a> Facts<'a> {
    /// The facts that follow from a summary alone.
    pub fn of(summary: &'a Summary, indicators: &'a [Indicator]) -> Facts<'a> {
        Facts { summary, indicators, before: None, by_day: None, stated: &[], far_out: &[], unexplained: None }
    }
}

/// Runs every check, in the order in which they are printed.
pub fn run(facts: &Facts) -> Vec<Check> {
    let mut checks = Vec::new();
    equations(facts.summary, &mut checks);
    if let Some(before) = facts.before {
        carry_chain(facts.summary, before, &mut checks);
    }
    total_row(facts.summary, &mut checks);
    if let Some(days) = facts.by_day {
        let flows = &facts.summary.total.flows;
        for (received, numbers) in
            [(true, (flows.received(), days.received())), (false, (flows.resolved(), days.resolved()))]
        {
            checks.push(check(Rule::DaysAddUp { received }, Place::Total, Outcome::Failed, numbers));
        }
    }
    completeness(facts.summary, &mut checks);
    balances(facts.summary, &mut checks);
    indicators(facts, &mut checks);
    warnings(facts.summary, &mut checks);
    checks.extend(facts.stated.iter().map(|s| {
        check(Rule::Stated { day: s.day }, row_named(facts.summary, &s.field), Outcome::Note, (s.said, s.balance))
    }));
    checks.extend(facts.far_out.iter().map(|f| far_out(facts.summary, f)));
    if let Some(open) = facts.unexplained {
        checks.push(check(Rule::Unexplained, Place::Unit, Outcome::Note, (open, 0)));
    }
    checks
}

/// Whether any hard check failed: then the period is not closed.
pub fn refuses(checks: &[Check]) -> bool {
    checks.iter().any(|c| c.outcome == Outcome::Failed)
}

/// Passed where both numbers agree, else `otherwise`.
fn check(rule: Rule, place: Place, otherwise: Outcome, (found, expected): (i64, i64)) -> Check {
    let outcome = if found == expected { Outcome::Passed } else { otherwise };
    Check { rule, place, outcome, found, expected }
}

/// Passed where the part does not exceed the whole, else `otherwise`.
fn within(rule: Rule, place: Place, otherwise: Outcome, (part, whole): (i64, i64)) -> Check {
    let outcome = if part <= whole { Outcome::Passed } else { otherwise };
    Check { rule, place, outcome, found: part, expected: whole }
}

/// The rows with their places, the total row last.
fn places(summary: &Summary) -> impl Iterator<Item = (Place, &Row)> {
    let rows = summary.rows.iter().enumerate().map(|(i, row)| (Place::Row(i, row.name.clone()), row));
    rows.chain(std::iter::once((Place::Total, &summary.total)))
}

/// The place of a field's name, of a code, or of the whole unit.
fn row_named(summary: &Summary, name: &str) -> Place {
    match summary.rows.iter().position(|r| r.name == name || r.code == name) {
        Some(i) => Place::Row(i, summary.rows[i].name.clone()),
        None if name.is_empty() || name == summary.total.name => Place::Unit,
        None => Place::Row(summary.rows.len(), name.to_string()),
    }
}

fn equations(summary: &Summary, checks: &mut Vec<Check>) {
    for (place, row) in places(summary) {
        let columns = Columns::of(row);
        for equation in Equation::ALL {
            checks.push(check(Rule::Equation(equation), place.clone(), Outcome::Failed, equation.sides(&columns)));
        }
    }
}

fn carry_chain(summary: &Summary, before: &[Left], checks: &mut Vec<Check>) {
    let mut all = (0, 0);
    for (i, row) in summary.rows.iter().enumerate() {
        let left: i64 = before.iter().filter(|l| l.code == row.code).map(|l| l.pending + l.opened).sum();
        checks.push(check(Rule::CarryChain, Place::Row(i, row.name.clone()), Outcome::Failed, (row.carried, left)));
        all = (all.0 + row.carried, all.1 + left);
    }
    // A field that was left pending and has no row now has lost its dossiers on the way.
    for lost in before.iter().filter(|l| l.pending + l.opened != 0 && !summary.rows.iter().any(|r| r.code == l.code)) {
        let place = Place::Row(summary.rows.len(), lost.code.clone());
        checks.push(check(Rule::CarryChain, place, Outcome::Failed, (0, lost.pending + lost.opened)));
        all.1 += lost.pending + lost.opened;
    }
    checks.push(check(Rule::CarryChain, Place::Total, Outcome::Failed, (summary.total.carried, all.1)));
}

fn total_row(summary: &Summary, checks: &mut Vec<Check>) {
    add_up(summary, &summary.rows, |column| Rule::TotalRow { column }, checks);
    if let Some(below) = &summary.below {
        add_up(summary, &below.by_unit, |column| Rule::TotalOfUnits { column }, checks);
    }
}

fn add_up(summary: &Summary, rows: &[Row], rule: fn(usize) -> Rule, checks: &mut Vec<Check>) {
    let total = Columns::of(&summary.total);
    let rows: Vec<Columns> = rows.iter().map(Columns::of).collect();
    for column in FIRST..=LAST {
        let sum = rows.iter().map(|r| r.get(column)).sum();
        checks.push(check(rule(column), Place::Total, Outcome::Failed, (total.get(column), sum)));
    }
}

fn completeness(summary: &Summary, checks: &mut Vec<Check>) {
    if let Some(below) = &summary.below {
        let rule = Rule::Units { incomplete: below.incomplete.clone() };
        let numbers = (below.complete_units as i64, below.units as i64);
        checks.push(check(rule, Place::Unit, Outcome::Note, numbers));
        return;
    }
    let complete = &summary.complete;
    if complete.nobody_in_charge {
        checks.push(check(Rule::NobodyInCharge, Place::Unit, Outcome::Note, (0, 1)));
        return;
    }
    let rule = Rule::Days { missing: complete.missing.clone() };
    let numbers = (complete.reported_days as i64, complete.expected_days as i64);
    checks.push(check(rule, Place::Unit, Outcome::Note, numbers));
}

fn balances(summary: &Summary, checks: &mut Vec<Check>) {
    for (place, row) in places(summary) {
        let pending = row.pending_total();
        let outcome = if pending < 0 { Outcome::Failed } else { Outcome::Passed };
        checks.push(Check { rule: Rule::Balance, place: place.clone(), outcome, found: pending, expected: 0 });
        for (rule, part) in [(Rule::LateOverPending, row.pending_late), (Rule::AwaitingOverPending, row.awaiting)] {
            checks.push(within(rule, place.clone(), Outcome::Failed, (part, pending.max(0))));
        }
    }
}

/// Indicators of the whole unit against their wholes. Money has no whole.
fn indicators(facts: &Facts, checks: &mut Vec<Check>) {
    for indicator in facts.indicators.iter().filter(|i| i.measure == Measure::Count) {
        let Some(whole) = indicator.whole else { continue };
        let numbers = (value_of(facts.summary, indicator), whole_of(facts.summary, facts.indicators, whole));
        // A whole that is an indicator nobody posted says nothing about its part.
        if matches!(whole, Whole::Indicator(_)) && numbers.1 == 0 && numbers.0 == 0 {
            continue;
        }
        let rule = Rule::Indicator { name: indicator.name.clone(), online: whole == Whole::ReceivedOnline };
        checks.push(within(rule, Place::Unit, Outcome::Note, numbers));
    }
}

fn value_of(summary: &Summary, indicator: &Indicator) -> i64 {
    summary.indicators.iter().find(|t| t.id == indicator.id).map_or(0, |t| t.value)
}

/// What an indicator is a part of, in the period (carried dossiers excluded).
pub fn whole_of(summary: &Summary, indicators: &[Indicator], whole: Whole) -> i64 {
    let flows = &summary.total.flows;
    match whole {
        Whole::ReceivedNew => flows.received(),
        Whole::ReceivedOnline => flows.online,
        Whole::Resolved => flows.resolved(),
        Whole::Indicator(id) => indicators.iter().find(|i| i.id == id).map_or(0, |i| value_of(summary, i)),
    }
}

/// What the summary has already found field by field and the checks above have not.
fn warnings(summary: &Summary, checks: &mut Vec<Check>) {
    for warning in &summary.warnings {
        let (rule, field, found, expected) = match warning {
            Warning::LateDiffers { field, register, stated } => (Rule::Register, field.as_str(), *register, *stated),
            Warning::MoreThanOnline { field, indicator, value, online } => {
                (Rule::Indicator { name: indicator.clone(), online: true }, field.as_str(), *value, *online)
            }
            Warning::PartOverWhole { field, part, value, whole } => {
                (Rule::Indicator { name: part.clone(), online: false }, field.as_str(), *value, *whole)
            }
            Warning::DataSince { day } => (Rule::Since { day: *day }, "", 0, 0),
            Warning::PartOverPending { .. } | Warning::NegativeBalance { .. } => continue,
        };
        let check = Check { rule, place: row_named(summary, field), outcome: Outcome::Note, found, expected };
        if !checks.contains(&check) {
            checks.push(check);
        }
    }
}

/// The register of one field against its counts: all soft, since either side may be behind.
pub fn registered(summary: &Summary, held: &Register) -> [Check; 3] {
    let place = row_named(summary, &held.field);
    let pending = summary.rows.iter().find(|r| r.name == held.field).map_or(0, Row::pending_total);
    let rule = Rule::Registered;
    [
        check(rule(Registered::Received), place.clone(), Outcome::Note, held.received),
        check(rule(Registered::Resolved), place.clone(), Outcome::Note, held.resolved),
        within(rule(Registered::Late), place, Outcome::Note, (held.late, pending.max(0))),
    ]
}

fn far_out(summary: &Summary, far: &FarOut) -> Check {
    let rule = Rule::Outlier {
        official: far.official.clone(),
        figure: far.figure.clone(),
        day: far.day,
        low: far.usual.low,
        high: far.usual.high,
    };
    let place = row_named(summary, &far.field);
    Check { rule, place, outcome: Outcome::Note, found: far.value, expected: far.usual.usual }
}

#[cfg(test)]
mod tests;
