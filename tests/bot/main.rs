//! The bot as a whole: one binary, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod conversations;
mod export;
#[path = "../peers/telegram/mod.rs"]
mod fake_telegram;
mod golden;
mod grammar_terminal;
mod office;
mod telegram;
