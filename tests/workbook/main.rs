//! The workbook, read back as a spreadsheet reads it.

mod form;
mod golden;
mod parent;
mod safe;
mod sample;
