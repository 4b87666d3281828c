//! The office's rules: values in, values out.
//!
//! Nothing here knows a chat, a database or the time: "today" is an argument.
//! What an official would look for has its own file; read them in this order:
//! [`mod@unit`], [`field`], [`official`] (who), [`figure`], [`count`], [`replay`] (what),
//! [`calendar`], [`period`], [`gap`] (when), [`summary`], [`form`], [`check`] (what it comes to).

pub mod bots;
pub mod budget;
pub mod calendar;
pub mod check;
pub mod complete;
pub mod count;
pub mod dossier;
pub mod field;
pub mod figure;
pub mod form;
pub mod gap;
pub mod nag;
pub mod official;
pub mod outlier;
pub mod period;
pub mod reconcile;
pub mod replay;
pub mod summary;
pub mod unit;
pub mod warn;
