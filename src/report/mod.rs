//! What a document or reply says, not how it looks: facts in, sentences, sections, tables
//! and series out. Looks are `render`'s business; where the facts come from is `app`'s.

pub mod book;
pub mod card;
pub mod compare;
pub mod echo;
pub mod explain;
pub mod missing;
pub mod names;
pub mod reconcile;
pub mod register_book;
pub mod summary_json;
pub mod summary_text;
pub mod today;
pub mod workbook;
