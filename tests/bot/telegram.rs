//! The Telegram channel against a server that speaks like Telegram: what is handed over is
//! handled once, what is answered leaves, whatever goes wrong between.
//!
//! The handler here only echoes; what messages mean is told elsewhere.

mod echo;
mod faults;
mod limits;
mod menus;
mod once;
mod replies;
