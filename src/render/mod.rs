//! A document's bytes: pure and blocking (call it off the async threads).

pub mod png;
pub mod xlsx;
