//! The language in which officials type counts. Pure text in, values out.
//!
//! ```
//! use chrono::NaiveDate;
//! use motcua::domain::field::FieldId;
//! use motcua::grammar::post::{Context, Judged, read_post};
//! use motcua::grammar::vocabulary::{FieldWords, Vocabulary};
//!
//! let fields = [FieldWords {
//!     id: FieldId(6), code: "HT".into(), name: "Hộ tịch".into(), aliases: vec![], in_use: true,
//! }];
//! let vocabulary = Vocabulary::new(&fields, &[]);
//! let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
//! let context = Context { vocabulary: &vocabulary, today, read_on: today, marked: false, private: true, names: &[] };
//! let reading = read_post("Hộ tịch trực tuyến 9, tr 3", &context).unwrap();
//! assert!(matches!(reading.lines[0], Judged::Good(_)));
//! assert!(read_post("chào cả nhà", &context).is_none());
//! ```
//!
//! Read in this order: [`fold`] (what counts as the same letter), [`number`], [`day`],
//! [`vocabulary`] (all words an official may use), [`post`] (a whole message), [`near`]
//! (slips of one letter), [`privacy`] (numbers of citizens, hidden before anything is kept).
//!
//! Deliberately not here: who may post what, which days are closed, what stands already
//! (`app`), and every sentence of a reply (`words`). A refusal is data: the word, the
//! [`post::Reason`], and corrected lines ready to copy.

pub mod command;
pub mod day;
pub mod dossier;
pub mod figure;
pub mod fold;
pub mod later;
pub mod leave;
mod lex;
pub mod names;
pub mod near;
pub mod number;
pub mod people;
pub mod period;
mod phrases;
pub mod planned;
pub mod post;
pub mod privacy;
pub mod snooze;
pub mod table;
pub mod vocabulary;
