//! The workbook, read back as a spreadsheet reads it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop short")]

mod form;
mod golden;
mod parent;
mod safe;
mod sample;
