//! motcua: a chat bot for the officials of Vietnam's one-stop-shop offices.

pub mod app;
pub mod channel;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod grammar;
pub mod jobs;
pub mod render;
pub mod report;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod words;
