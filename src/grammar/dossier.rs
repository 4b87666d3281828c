//! The language of the register (SPEC §7): `/hoso H12.34.56-261120-0001 HT 5n @Lan`,
//! `/xong 0583 0584 19/11`, `/giahan 0583 26/11 mất điện`.
//!
//! Each line (or `;` part) is judged by itself. What is wrong with one is data: the
//! [`Fault`] and the word; the app makes the sentence and the corrected line.
//!
//! Read in this order: [`code`], [`due`], [`reason`], [`lines`]; [`bare`] says when such a
//! command needs no slash, [`citizen`] hides names of citizens before anything is kept.

pub mod bare;
pub mod citizen;
pub mod code;
pub mod due;
pub mod lines;
pub mod reason;
mod small_names;
mod spared;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No code stands where one should.
    NoCode,
    /// The word there is no code.
    NotACode(String),
    /// The day in the code does not exist.
    NoSuchDay(String),
    /// The day in the code has not come yet.
    FutureCode(String),
    /// `/hoso` with the last part of a code alone.
    WholeCodeOnly(String),
    MissingField,
    UnknownField(String),
    FieldNotEnabled(String),
    MissingDue,
    /// Neither a day nor a number of working days.
    NotADue(String),
    /// Before its receipt.
    DueBeforeReceipt(String),
    /// More than two years after its receipt.
    DueTooFar(String),
    BadDay(String),
    FutureDay(String),
    /// A word that has no place here.
    Unknown(String),
    MissingReason,
}

/// Letters of a line beyond which nothing is read.
pub const LINE_MAX: usize = 1_000;

/// A text as the register reads it: ordinary signs for full-width ones, nothing without
/// width, every kind of space one space; line breaks stay.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(super::fold::plain).filter(|c| !super::fold::is_silent(*c)) {
        out.push(if c != '\n' && super::fold::is_space(c) { ' ' } else { c });
    }
    out
}

/// The parts of a tidy text that are judged by themselves, each with its number from 1.
pub fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(['\n', ';']).map(str::trim).filter(|p| !p.is_empty()).enumerate().map(|(i, p)| (i + 1, p))
}
