//! What a document or reply says, not how a channel shows it.

pub mod echo;
pub mod missing;
pub mod names;
pub mod summary_json;
pub mod summary_text;
