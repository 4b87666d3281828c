//! The one integration binary: conversations with the whole bot.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail loudly")]

mod export;
mod golden;
mod grammar_terminal;
mod office;
