//! What a document or reply says, not how a channel shows it.

pub mod echo;
pub mod missing;
pub mod names;
pub mod summary_json;
pub mod summary_text;
//! What a document says, not how it looks: facts in, sections, tables and series out.
//! Looks are `render`'s business; where the facts come from is `app`'s.

pub mod book;
pub mod workbook;
