//! Why a file as a whole is not taken.

use crate::words::Words;
use crate::words::numbers::number;

/// Why a file as a whole is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    Empty,
    /// Over [`super::BYTES_MAX`].
    TooBig,
    /// Over [`super::UNPACKED_MAX`] once unpacked.
    UnpacksTooBig,
    TooManyRows,
    TooManyColumns,
    /// A cell over [`super::LETTERS_MAX`], or all together over [`super::TEXT_MAX`].
    TooMuchText,
    Password,
    /// Cut off, or damaged otherwise.
    Broken,
    /// Some other kind of file: PDF, Word, a picture.
    NoSheet,
    /// No row with the words of a header.
    NoHeader,
    /// A header and nothing below it.
    NoRows,
}

impl Refused {
    /// The sentence that tells it.
    pub fn sentence(self, words: &Words) -> String {
        match self {
            Refused::Empty => words.list_file_empty(),
            Refused::TooBig => words.list_too_big((super::BYTES_MAX / 1024 / 1024).to_string()),
            Refused::UnpacksTooBig => words.list_unpacks_too_big((super::UNPACKED_MAX / 1024 / 1024).to_string()),
            Refused::TooManyRows => words.list_too_many_rows(number(super::ROWS_MAX as i64)),
            Refused::TooManyColumns => words.list_too_many_columns(super::COLUMNS_MAX.to_string()),
            Refused::TooMuchText => words.list_too_much_text(number(super::LETTERS_MAX as i64)),
            Refused::Password => words.list_password(),
            Refused::Broken => words.list_broken(),
            Refused::NoSheet => words.list_no_sheet(),
            Refused::NoHeader => words.list_no_header(),
            Refused::NoRows => words.list_no_rows(),
        }
    }
}
