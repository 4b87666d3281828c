//! What is said of a list: counts, and each row that was not taken.

use super::Plan;
use crate::domain::dossier::Dossier;
use crate::import::list::{Day, Why};
use crate::import::unknown::{Texts, Unknown};
use crate::import::{Place, Rejected};
use crate::words::Words;
use crate::words::numbers::{date, number};

/// `mới 12, đổi 3, không đổi 40, loại 2`.
pub fn counts(plan: &Plan, words: &Words) -> String {
    let n = |n: usize| number(n as i64);
    words.list_counts(n(plan.brought()), n(plan.changed()), n(plan.unchanged), n(plan.rejected.len()))
}

/// What a list has brought and changed, behind the yes.
pub fn taken(plan: &Plan, words: &Words) -> String {
    let n = |n: usize| number(n as i64);
    words.list_taken(n(plan.brought()), n(plan.changed()), n(plan.unchanged))
}

/// How many dossiers of the file were never received, if any.
pub fn not_received(plan: &Plan, words: &Words) -> Option<String> {
    (plan.not_received > 0).then(|| words.list_not_received(number(plan.not_received as i64)))
}

/// What of the file is unknown, and what it is taken for.
pub fn unknown(unknown: &Unknown, words: &Words) -> Vec<String> {
    type Sentence = fn(&Words, String, String) -> String;
    let sentences: [(&Texts, Sentence); 3] = [
        (&unknown.going_on, |words, n, examples| words.list_unknown_status(n, examples)),
        (&unknown.ended, |words, n, examples| words.list_unknown_status_ended(n, examples)),
        (&unknown.holders, |words, n, examples| words.list_unknown_holder(n, examples)),
    ];
    let told = sentences.into_iter().filter(|(texts, _)| texts.rows > 0);
    told.map(|(texts, sentence)| sentence(words, number(texts.rows as i64), examples(texts))).collect()
}

/// `“Chờ ký”, “Lưu kho”…`
fn examples(texts: &Texts) -> String {
    let quoted: Vec<String> = texts.examples.iter().map(|t| format!("“{t}”")).collect();
    quoted.join(", ") + if texts.more { "…" } else { "" }
}

/// `dòng 17: …`, with the code where it could be read.
pub fn rejected(row: &Rejected, words: &Words) -> String {
    let why = why(&row.why, words);
    let told = if row.code.is_empty() { why } else { format!("{}: {why}", row.code) };
    words.list_row(place(&row.place, words), told)
}

/// A dossier that goes on in the file and has ended in the register.
pub fn ended((at, dossier): &(Place, Dossier), words: &Words) -> String {
    let day = dossier.ended.map(date).unwrap_or_default();
    words.list_row(place(at, words), words.list_ended_here(dossier.code.as_str(), day))
}

fn place(place: &Place, words: &Words) -> String {
    match &*place.sheet {
        "" => words.list_place(place.row.to_string()),
        sheet => words.list_place_on_sheet(sheet, place.row.to_string()),
    }
}

fn why(why: &Why, words: &Words) -> String {
    match why {
        Why::NoCode => words.list_no_code(),
        Why::BadCode(text) if text.is_empty() => words.list_no_such_code(),
        Why::BadCode(text) => words.list_bad_code(text),
        Why::FutureCode => words.list_future_code(),
        Why::OddDay(which) => words.list_odd_day(day_name(*which, words)),
        Why::Future(which, day) => words.list_future(day_name(*which, words), date(*day)),
        Why::BeforeReceived(which) => words.list_before_received(day_name(*which, words)),
        Why::NoField => words.list_no_field(),
        Why::UnknownField(name) => words.list_unknown_field(name),
        Why::NoDue => words.list_no_due(),
        Why::NoEnd => words.list_no_end(),
        Why::Twice(other) => words.list_twice(place(other, words)),
    }
}

fn day_name(day: Day, words: &Words) -> String {
    match day {
        Day::Received => words.list_day_received(),
        Day::Due => words.list_day_due(),
        Day::Promised => words.list_day_promised(),
        Day::Ended => words.list_day_ended(),
    }
}
