//! The bot as a whole: one binary, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod export;
mod golden;
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod conversations;
mod crash;
#[path = "../peers/telegram/mod.rs"]
mod fake_telegram;
mod golden_summaries;
mod grammar_terminal;
mod office;
mod telegram;
