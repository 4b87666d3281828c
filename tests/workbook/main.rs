//! The workbook, read back as a spreadsheet reads it; the card, looked at as a picture.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop short")]

mod card;
mod form;
mod golden;
mod parent;
mod safe;
mod sample;
