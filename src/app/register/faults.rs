//! What is wrong with a line, in words.

use crate::grammar::dossier::Fault;
use crate::words::Words;

/// Why a line was not taken.
pub fn why(words: &Words, fault: &Fault) -> String {
    match fault {
        Fault::NoCode => words.dossier_no_code().to_string(),
        Fault::NotACode(word) if word.bytes().all(|b| b.is_ascii_digit()) => words.dossier_not_a_tail(word.as_str()),
        Fault::NotACode(word) => words.dossier_not_a_code(word.as_str()),
        Fault::NoSuchDay(code) => words.dossier_no_such_day(code.as_str()),
        Fault::FutureCode(code) => words.dossier_future_code(code.as_str()),
        Fault::WholeCodeOnly(tail) => words.dossier_whole_code(tail.as_str()),
        Fault::MissingField => words.dossier_missing_field().to_string(),
        Fault::UnknownField(word) => words.bad_unknown_field(word.as_str()),
        Fault::FieldNotEnabled(word) => words.bad_not_enabled(word.as_str()),
        Fault::MissingDue => words.dossier_missing_due().to_string(),
        Fault::NotADue(word) => words.dossier_not_a_due(word.as_str()),
        Fault::DueBeforeReceipt(day) => words.dossier_due_before(day.as_str()),
        Fault::DueTooFar(day) => words.dossier_due_too_far(day.as_str()),
        Fault::BadDay(word) => words.bad_date(word.as_str()),
        Fault::FutureDay(word) => words.dossier_future_day(word.as_str()),
        Fault::Unknown(word) => words.dossier_unknown(word.as_str()),
        Fault::MissingReason => words.dossier_missing_reason().to_string(),
    }
}
