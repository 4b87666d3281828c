//! Words before a field that are none of ours: `cho Hà btxh ol 5`, `nhe ht ol 52`.
//!
//! Such a word may say whose counts these are, so nothing behind it is kept: saved without
//! it, a colleague's counts would stand under the sender.

use super::super::fold::fold;
use super::line::Stretch;
use super::reader::Reader;
use super::{Colleague, Context, Reason, Scope, colleague};

/// Words that speak of a person: "for", "instead of", and how people are addressed.
const PERSON_WORDS: [&str; 20] = [
    "cho", "giup", "thay", "ho", "dum", "gium", "cua", "nhap", "dong", "chi", "anh", "em", "co", "chu", "bac", "ong",
    "ba", "d/c", "dc", "ban",
];

/// Whom unknown words may mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Person {
    Nobody,
    /// A person, but not who.
    Somebody,
    One(Colleague),
}

/// Unknown words and what they keep from being stored.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    /// As typed.
    pub word: String,
    pub person: Person,
    /// At the head of the message: whatever follows may be the colleague's.
    pub whole: bool,
}

/// Whom `typed` speaks of: a colleague by name, with or without a word like `cho` before.
pub(super) fn person(typed: &str, context: &Context) -> Person {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let leads = words.iter().take_while(|w| PERSON_WORDS.contains(&fold(w).as_str())).count();
    for at in 0..words.len().min(leads + 1) {
        let name = words[at..].join(" ");
        match colleague::named(&name, context.names) {
            matches if matches.is_empty() => {}
            matches if matches.len() == 1 => return Person::One(Colleague { typed: name, matches }),
            _ => return Person::Somebody,
        }
    }
    if leads > 0 { Person::Somebody } else { Person::Nobody }
}

impl<'a> Reader<'_, 'a> {
    /// Notes unknown words with something behind them, or at the head of the message.
    pub fn note_aside(&mut self, word: &str, heads_message: bool) {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let person = match person(word, self.context) {
            Person::Nobody if capital => Person::Somebody,
            person => person,
        };
        let whole = heads_message && person != Person::Nobody;
        self.aside = Some(Aside { word: word.to_string(), person, whole });
    }

    /// Refuses what stands behind unknown words; `body` are its figures where they read.
    pub fn refuse_behind_aside(&mut self, stretch: &Stretch<'a>, scope: Scope, body: Option<&str>) {
        let Some(aside) = self.aside.clone() else { return };
        let body = body.filter(|b| !b.is_empty()).map(String::from);
        let fixes = self.ready_lines(stretch, scope, body.as_slice());
        self.bad((stretch.line, stretch.source), aside.word, Reason::UnknownWord, fixes);
    }

    /// Corrected lines of a line that holds an unknown word: for the colleague that the
    /// word names; none where it speaks of somebody else.
    pub fn lines_without(&mut self, word: &str, stretch: &Stretch<'a>, scope: Scope, bodies: &[String]) -> Vec<String> {
        let person = person(word, self.context);
        self.aside = Some(Aside { word: String::new(), person, whole: false });
        let fixes = self.ready_lines(stretch, scope, bodies);
        self.aside = None;
        fixes
    }
}
