//! The one integration binary: conversations with the whole bot.

mod export;
mod golden;
mod grammar_terminal;
mod office;
