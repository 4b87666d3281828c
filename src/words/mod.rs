//! Every sentence the bot can say, in Vietnamese and English.
//!
//! The sentences stand in `locales/{vi,en}/*.ftl`; the build makes one typed function of
//! each (`words.post_saved(…)`), so a wrong key or a missing blank does not compile.
//! Numbers and days come in as text, written by [`numbers`] in the Vietnamese manner.
//! Deliberately not here: when a sentence is said (see `reply`).

mod labels;
pub mod numbers;
mod periods;

#[allow(
    clippy::all,
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    unused,
    reason = "generated from locales/ by locales/build.rs"
)]
mod sentences {
    include!(concat!(env!("OUT_DIR"), "/sentences.rs"));
}

pub use sentences::{L10n, L10nLanguage as Words};

use std::sync::LazyLock;

/// A language of replies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    Vi,
    En,
}

impl Locale {
    pub fn key(self) -> &'static str {
        match self {
            Locale::Vi => "vi",
            Locale::En => "en",
        }
    }

    pub fn from_key(key: &str) -> Option<Locale> {
        [Locale::Vi, Locale::En].into_iter().find(|l| l.key() == key)
    }

    /// The sentences of this language; loaded once.
    pub fn words(self) -> &'static Words {
        static VI: LazyLock<Words> = LazyLock::new(|| L10n::Vi.load());
        static EN: LazyLock<Words> = LazyLock::new(|| L10n::En.load());
        match self {
            Locale::Vi => &VI,
            Locale::En => &EN,
        }
    }
}
