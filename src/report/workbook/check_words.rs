//! A check in words: what was looked at, where, and how to mend it.

use crate::domain::check::{Check, Place, Registered, Rule};
use crate::domain::summary::MissingDay;
use crate::words::Words;
use crate::words::numbers::{date, day_month, number};

/// Days named one by one before `… và n ngày`.
const DAYS_NAMED: usize = 10;

/// What was looked at, such as `E6: cột (7) của dòng TỔNG CỘNG`.
pub fn title(rule: &Rule, words: &Words) -> String {
    match rule {
        Rule::Equation(e) => words.check_equation(e.name(), e.law()),
        Rule::CarryChain => words.check_carry_chain(),
        Rule::TotalRow { column } => words.check_total_row_column(column.to_string()),
        Rule::TotalOfUnits { column } => words.check_total_units_column(column.to_string()),
        Rule::DaysAddUp { received: true } => words.check_days_received(),
        Rule::DaysAddUp { received: false } => words.check_days_resolved(),
        Rule::Days { .. } => words.check_days(),
        Rule::Units { .. } => words.check_units(),
        Rule::Since { day } => words.check_since(date(*day)),
        Rule::NobodyInCharge => words.check_nobody(),
        Rule::Balance => words.check_balance(),
        Rule::LateOverPending => words.check_late_over_pending(),
        Rule::AwaitingOverPending => words.check_awaiting_over_pending(),
        Rule::Indicator { name, online: true } => words.check_indicator_online(name),
        Rule::Indicator { name, online: false } => words.check_indicator(name),
        Rule::Register => words.check_register(),
        Rule::Registered(Registered::Received) => words.check_registered_received(),
        Rule::Registered(Registered::Resolved) => words.check_registered_resolved(),
        Rule::Registered(Registered::Late) => words.check_registered_late(),
        Rule::Stated { day } => words.check_stated(date(*day)),
        Rule::Outlier { official, figure, day, .. } => words.check_outlier(figure, date(*day), official),
        Rule::Unexplained => words.check_unexplained(),
    }
}

/// Where: a field's name, the total row, the whole unit.
pub fn place(place: &Place, words: &Words) -> String {
    match place {
        Place::Row(_, name) => name.clone(),
        Place::Total => words.workbook_total(),
        Place::Unit => words.workbook_checks_whole_unit(),
    }
}

/// How to mend what did not pass.
pub fn remedy(check: &Check, words: &Words) -> String {
    match &check.rule {
        Rule::Equation(_) => words.remedy_equation(),
        Rule::CarryChain => words.remedy_carry_chain(),
        Rule::TotalRow { .. } | Rule::TotalOfUnits { .. } | Rule::DaysAddUp { .. } => words.remedy_total(),
        Rule::Days { missing } => words.remedy_days(days(missing, words)),
        Rule::Units { .. } => words.remedy_units(),
        Rule::Since { .. } => words.remedy_since(),
        Rule::NobodyInCharge => words.remedy_nobody(),
        Rule::Balance => words.remedy_balance(),
        Rule::LateOverPending | Rule::AwaitingOverPending => words.remedy_over_pending(),
        Rule::Indicator { online: true, .. } => words.remedy_indicator_online(),
        Rule::Indicator { online: false, .. } => words.remedy_indicator(),
        Rule::Register => words.remedy_register(),
        Rule::Registered(Registered::Late) => words.remedy_registered_late(),
        Rule::Registered(_) => words.remedy_registered(),
        Rule::Stated { .. } => words.remedy_stated(),
        Rule::Outlier { low, high, .. } => words.remedy_outlier(number(*low), number(*high)),
        Rule::Unexplained => words.remedy_unexplained(),
    }
}

/// `07/11 (Bùi Đức Linh), 08/11 … và 3 ngày`; days without names for readers who may
/// not see them.
fn days(missing: &[MissingDay], words: &Words) -> String {
    let named: Vec<String> = missing
        .iter()
        .take(DAYS_NAMED)
        .map(|m| match m.officials.as_slice() {
            [] => day_month(m.day),
            names => format!("{} ({})", day_month(m.day), names.join(", ")),
        })
        .collect();
    let named = named.join(", ");
    match missing.len().checked_sub(DAYS_NAMED) {
        Some(more) if more > 0 => words.remedy_more_days(&named, number(more as i64)),
        _ => named,
    }
}
