//! A whole message of counts (SPEC §4 Grammar, §14 Days, Lines, Zero, Controls).
//!
//! `homqua ht ol 9, tr 3; ct khong` becomes one [`Judged`] a line: read completely
//! ([`Good`]), refused with the word, the reason and corrected lines ([`Bad`]), or with two
//! readings to choose from ([`Ask`]). Lines are judged one by one; a bad one never hides a
//! good one.

use chrono::NaiveDate;

use crate::domain::field::FieldId;
use crate::domain::figure::Control;
use crate::domain::replay::Entry;

use super::vocabulary::Vocabulary;

mod aside;
mod colleague;
mod control;
mod figures;
mod header;
mod line;
mod mend;
mod outcome;
mod pair;
mod part;
mod reader;
mod scan;
mod settle;
mod template;
#[cfg(test)]
mod tests;

pub use template::{TEMPLATE, template_line};

/// What has to be known to read a message.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub vocabulary: &'a Vocabulary,
    /// Day of the message's own time stamp in the office's zone.
    pub today: NaiveDate,
    /// Day on which the answer is read: corrected lines name each other day.
    pub read_on: NaiveDate,
    /// The text came behind `/nhap` or `/sua`; the caller takes the command word off.
    pub marked: bool,
    /// A private chat, where `/nhap` may be left out.
    pub private: bool,
    /// Full names of the unit's officials, for `@Lan`.
    pub names: &'a [&'a str],
}

/// What a message comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the message. Empty for a bare `/nhap`.
    pub lines: Vec<Judged>,
    pub colleague: Option<Colleague>,
    /// Every line stems from `/mau`; words without a number were passed over.
    pub from_template: bool,
}

/// `@Lan`: on whose behalf the message is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// As typed, without `@`.
    pub typed: String,
    /// Places in [`Context::names`]: none, the one, or several who are called so.
    pub matches: Vec<usize>,
}

/// One line, or `;` part, or field of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judged {
    Good(Good),
    Bad(Bad),
    Ask(Ask),
}

/// A line that reads completely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Good {
    /// Physical line of the message, from 1.
    pub line: usize,
    /// This part of the message as typed.
    pub source: String,
    pub day: NaiveDate,
    pub scope: Scope,
    /// The typed field, where it was one slip away from its word.
    pub near: Option<String>,
    pub what: What,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Field(FieldId),
    /// Indicators of the whole unit: `phi 250.000`.
    Unit,
    /// `khac khong`: the sender's fields not yet posted that day.
    Rest,
    /// `khong`: all of the sender's fields.
    All,
}

impl Scope {
    /// The field of figures, `None` of those of the whole unit; no answer for what speaks of
    /// several fields.
    pub fn field(self) -> Option<Option<FieldId>> {
        match self {
            Scope::Field(field) => Some(Some(field)),
            Scope::Unit => Some(None),
            Scope::Rest | Scope::All => None,
        }
    }
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Nothing came, nothing left.
    Zero,
    Entries {
        /// In the order typed; the remainder of a control stands in the control's place.
        entries: Vec<Entry>,
        /// `con 5`, also alone.
        stated_pending: Option<i64>,
    },
}

/// A line that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    pub line: usize,
    pub source: String,
    /// The word to show. Of a citizen's number only dots.
    pub word: String,
    pub reason: Reason,
    /// Corrected lines ready to copy, likeliest first; each reads completely.
    pub fixes: Vec<String>,
}

/// A line with two readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub line: usize,
    pub source: String,
    pub word: String,
    /// Two lines ready to copy.
    pub readings: Vec<String>,
}

/// Why a line is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `12,5`, `1o`.
    NotWholeNumber,
    /// `-3`.
    Negative,
    /// Over `max` dossiers or đồng a day.
    TooLarge { max: i64 },
    /// A number without a figure word: `ht 9`.
    MissingWord,
    /// A figure word without a number: `ht ol`.
    MissingNumber,
    /// `tt`: trực tuyến or trực tiếp.
    AmbiguousWord,
    /// No word of ours: `xyz`.
    UnknownWord,
    /// The same figure twice with different numbers.
    Twice { first: i64, second: i64 },
    /// `ht khong ol 3`.
    ZeroWithFigures,
    /// After the day of the message.
    FutureDay,
    /// `31/11`.
    BadDate,
    /// Two different days in one line.
    TwoDays,
    /// A day alone on a later line: whether it heads the lines below is open.
    DayAlone,
    /// No field of the catalogue.
    UnknownField,
    /// In the catalogue, not enabled in the unit.
    FieldNotEnabled,
    /// A field and nothing else.
    FieldAlone,
    /// Figures without a field: `/nhap ol 3`.
    MissingField,
    /// The parts come to something else than the control states.
    ControlMismatch { control: Control, stated: i64, parts: i64 },
    /// `nhan 12` without any part.
    ControlAlone { control: Control },
    /// `nhan 20 xong 18` without any part of either.
    ControlsAlone,
    /// `nhan+2`, or parts with `+`: nothing to compare.
    ControlUnclear { control: Control },
    /// A number of a citizen.
    PersonalNumber,
    /// More lines than a message may have; none of them is taken.
    TooManyLines { max: usize },
}

/// Reads a message of counts; `None` if it is none (small talk, another command).
///
/// Never fails and never yields a number that was not typed, but for the remainder of a
/// control (`nhan 12 ol 9`) and the zeros of `khong`.
pub fn read_post(text: &str, context: &Context) -> Option<Reading> {
    reader::read(text, context)
}
