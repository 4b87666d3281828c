//! What a document or reply says, not how a channel shows it.

pub mod echo;
