//! The one integration binary: conversations with the whole bot, one module a subject.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails loudly")]

mod any_register;
mod any_sequence;
mod card;
mod closed_days;
mod conversations;
mod crash;
mod every_channel;
mod export;
#[path = "../peers/telegram/mod.rs"]
mod fake_telegram;
#[path = "../peers/zalo/mod.rs"]
mod fake_zalo;
mod gaps;
mod golden;
mod golden_months;
mod grammar;
mod groups;
mod house;
mod http;
mod import;
mod migrations;
mod nagging;
mod office;
mod overtaken;
mod parked;
mod people;
mod quarter;
mod settings;
mod telegram;
mod waves;
mod wire;
mod zalo;
