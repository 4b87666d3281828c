//! motcua: a chat bot for the officials of Vietnam's one-stop-shop offices (Bộ phận Một cửa).
//!
//! Staff send the day's dossier counts as a chat command; they land in SQLite, and nowhere
//! are they lost or counted twice. Leaders ask `/tonghop` and get the month to date; at its
//! end the official form II.06a is in their chat as a workbook.
//!
//! # The way of one message
//!
//! 1. [`channel::telegram`] or [`channel::zalo`] polls, or [`channel::http`] is brought a webhook.
//!    [`channel::intake`] masks citizens' numbers and stores what arrived in the inbox,
//!    durably; only then is it acknowledged.
//! 2. [`channel::router`] takes inbox rows in order, many under one commit. [`app::desk`]
//!    finds out who speaks and what is said; [`grammar`] reads it.
//! 3. A use case of [`app`] answers: for counts [`app::posting`] stores the lines and
//!    rewrites by [`domain::replay`] what they touch. Effect, audit, seen mark and replies
//!    commit together.
//! 4. [`channel::delivery`] drains the outbox within the platform's limits.
//!
//! # The way of a reminder
//!
//! 1. [`jobs::nag`] looks at the clock; [`app::nag`] finds the units whose times have come and
//!    gathers their facts from one snapshot.
//! 2. [`domain::nag`] decides who is told what: few messages, none twice, none at night.
//! 3. What is told is written down together with the messages in the outbox.
//!
//! # The way of a list of dossiers
//!
//! 1. A file is fetched beside the writer; [`mod@import`] reads it within limits, without a
//!    citizen's column.
//! 2. [`app::import`] says what it would change; the rows wait, and the person's yes takes
//!    them into the register as one act, which can be taken back.
//!
//! # The rooms, and which may use which
//!
//! Imports point only to what stands left:
//! `domain · clock` → `words` → `grammar` → `report` → `import · render · store` → `app` →
//! `jobs · channel` → `cli` → `main`.
//!
//! | room | what it is for |
//! | --- | --- |
//! | [`mod@domain`] | the office's rules: figures, replay, periods, balances, summaries, checks; dossiers and working days, reconciling, nagging, gaps. Values in, values out |
//! | [`clock`] | the only room that reads the time |
//! | [`words`] | every sentence, in two languages, checked at compile time |
//! | [`grammar`] | the language officials type; the one table of commands |
//! | [`mod@import`] | lists of dossiers that provincial systems export: sheets of any make, read within limits |
//! | [`report`], [`render`] | what a document says; how it becomes bytes |
//! | [`store`] | SQLite. SQL lives nowhere else |
//! | [`app`] | one use case a file |
//! | [`channel`] | Telegram, Zalo, the terminal, HTTP; inbox → outbox; delivery |
//! | [`jobs`] | what the clock calls for: reminders, period ends, the daily copy |
//! | [`cli`], [`settings`], [`telemetry`] | the program around it |
//!
//! # Deliberately absent
//!
//! No second database, no trait with one implementation but [`clock::Clock`] and
//! [`channel::Channel`], no state outside SQLite: whatever is held in memory (directory,
//! vocabularies, files behind links) can be thrown away at any moment.

pub mod app;
pub mod channel;
pub mod cli;
pub mod clock;
pub mod domain;
pub mod grammar;
pub mod import;
pub mod jobs;
pub mod render;
pub mod report;
pub mod settings;
pub mod store;
pub mod telemetry;
pub mod words;
