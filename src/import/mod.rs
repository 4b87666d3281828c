//! Lists of dossiers as provincial systems export them (SPEC §7 "Import"): a workbook of
//! any make in, dossiers as the file tells them out.
//!
//! 1. [`sheet`] opens .xlsx, .xls, .ods, .csv and the web pages that many systems call
//!    .xls, counting what it unpacks, and hands over row by row.
//! 2. [`table`] finds the header row by its words, wherever it stands ([`header`]), and
//!    keeps of each row only the cells under the columns we need. What stands under any
//!    other head (names, numbers, addresses of citizens) is dropped there, unread.
//! 3. [`mod@list`] makes of each row a dossier or a rejection with its row number and reason.
//! 4. [`merge`] tells what a listed dossier means for one that the register has.
//!
//! Pure: bytes and the office's words in, values out. Deliberately not here: reading and
//! writing the register (`app::import`). Formulas are never run: a cell is what the file
//! says it came to last. External entities are never fetched: the XML reader knows none.

pub mod code;
pub mod header;
pub mod list;
pub mod merge;
mod procedures;
mod refused;
pub mod sheet;
pub mod status;
pub mod table;
#[cfg(test)]
mod tests;
pub mod unknown;
mod when;

pub use list::{Context, List, Listed, Place, Rejected, Why};
pub use refused::Refused;

/// Largest file, in bytes.
pub const BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most rows with anything in them, over all sheets.
pub const ROWS_MAX: usize = 50_000;
/// Most columns with anything in them.
pub const COLUMNS_MAX: usize = 200;
/// Most bytes that a packed file may come to.
pub const UNPACKED_MAX: u64 = 100 * 1024 * 1024;
/// Longest text of a cell, in letters: Excel's own limit.
pub const LETTERS_MAX: usize = 32_767;
/// Most bytes of text over all cells. The same text can stand in many cells and weigh
/// nothing in the file; 50,000 rows of 1,300 bytes are within it.
pub const TEXT_MAX: usize = 64 * 1024 * 1024;

/// Reads a list of dossiers.
///
/// # Errors
/// [`Refused`] where the file as a whole cannot be taken; single rows that cannot are in
/// [`List::rejected`].
pub fn read(bytes: &[u8], context: &Context<'_>) -> Result<List, Refused> {
    let mut table = table::Table::default();
    sheet::read(bytes, &mut table)?;
    Ok(list::read(&table.finish()?, context))
}
