//! motcua: a chat bot for the officials of Vietnam's one-stop-shop offices.

pub mod clock;
pub mod domain;
pub mod grammar;
pub mod words;
