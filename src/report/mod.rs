//! What a document says, not how it looks: facts in, sections, tables and series out.
//! Looks are `render`'s business; where the facts come from is `app`'s.

pub mod book;
pub mod workbook;
