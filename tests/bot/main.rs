//! The one integration binary: conversations with the whole bot.

mod grammar_terminal;
mod office;
