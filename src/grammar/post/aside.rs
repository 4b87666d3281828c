//! Words before a field that are none of ours: `cho Hà btxh ol 5`, `nhe ht ol 52`.
//!
//! Such a word may say whose counts these are, so nothing behind it is kept: saved without
//! it, a colleague's counts would stand under the sender.

use super::super::fold::fold;
use super::super::lex::{Kind, lex};
use super::line::Stretch;
use super::reader::Reader;
use super::scan::Piece;
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

/// Whom `typed` speaks of: a colleague by name, with or without `@` or a word like `cho`
/// before. What bears an `@` speaks of a person, if not of one we know.
pub(super) fn person(typed: &str, context: &Context) -> Person {
    if let Some(person) = addressed(typed, context) {
        return person;
    }
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

/// Whom `… @Lan …` names; `None` without an `@`.
fn addressed(typed: &str, context: &Context) -> Option<Person> {
    let tokens = lex(typed);
    let mut ats = tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::At).map(|(i, _)| i);
    let (first, second) = (ats.next()?, ats.next());
    let named = colleague::at(typed, &tokens[first..], context).map(|(colleague, _)| colleague);
    Some(match named.filter(|c| second.is_none() && c.matches.len() == 1) {
        Some(colleague) => Person::One(colleague),
        None => Person::Somebody,
    })
}

impl<'a> Reader<'_, 'a> {
    /// Notes unknown words with something behind them, or at the head of the message. Below
    /// `@Lan` the rest of the message may be Lan's, as it is below `/nhap @Lan`.
    pub fn note_aside(&mut self, word: &str, heads_message: bool) {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let person = match person(word, self.context) {
            Person::Nobody if capital => Person::Somebody,
            // `/nhap @Tú @Lan dd ol 3`: behind the one, somebody else is named.
            Person::One(one)
                if heads_message && self.header.colleague.as_ref().is_some_and(|c| c.matches != one.matches) =>
            {
                Person::Somebody
            }
            person => person,
        };
        let is_addressed = fold(word).starts_with('@');
        let whole = (heads_message || is_addressed) && person != Person::Nobody;
        self.aside = Some(Aside { word: word.to_string(), person, whole });
    }

    /// Refuses what stands behind unknown words; `body` are its figures where they read.
    pub fn refuse_behind_aside(&mut self, stretch: &Stretch<'a>, scope: Scope, body: Option<&str>) {
        let Some(aside) = self.aside.clone() else { return };
        let body = body.filter(|b| !b.is_empty()).map(String::from);
        let fixes = self.ready_lines(stretch, scope, body.as_slice());
        self.bad((stretch.line, stretch.source), aside.word, Reason::UnknownWord, fixes);
    }

    /// Whose the corrected lines of a stretch are: of whom the words before it or in it name,
    /// else of whom the message is about (`None`: the sender).
    ///
    /// # Errors
    /// They may be somebody else's: sent again as they are, they would be saved under the
    /// wrong person.
    pub fn whose(&self, stretch: &Stretch) -> Result<Option<Colleague>, Unclear> {
        let mut named = self.header.colleague.clone().filter(|_| self.is_first);
        let unknown = stretch.scan.items.iter().filter(|i| i.what == Piece::Unknown);
        let within = unknown.map(|i| person(&stretch.text[i.from..i.to], self.context));
        for person in self.aside.iter().map(|a| a.person.clone()).chain(within) {
            match person {
                Person::Nobody => {}
                Person::Somebody => return Err(Unclear),
                Person::One(one) if named.as_ref().is_some_and(|n| n.matches != one.matches) => return Err(Unclear),
                Person::One(one) => named = Some(one),
            }
        }
        Ok(named.or_else(|| self.header.colleague.clone()))
    }

    /// Figures that somebody is named among: `dd ol 3 @Tú ht ol 4`. Which are whose is open,
    /// so none of them is kept.
    pub fn note_amid(&mut self, stretch: &Stretch) {
        let unknown = stretch.scan.items.iter().filter(|i| i.what == Piece::Unknown);
        let mut words = unknown.map(|i| &stretch.text[i.from..i.to]);
        if let (None, Some(word)) = (&self.aside, words.find(|w| person(w, self.context) != Person::Nobody)) {
            self.aside = Some(Aside { word: word.to_string(), person: Person::Somebody, whole: false });
        }
    }
}

/// Whose figures these are is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclear;
