//! The outside world: chats in, replies out.

pub mod router;
pub mod terminal;
