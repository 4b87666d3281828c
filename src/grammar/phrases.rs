//! Words and groups of words that mean something, found longest first.

use std::collections::HashMap;

use super::fold::telex_keys;
use super::lex::{Token, lex};

/// Phrases with what they mean.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Copy + PartialEq> Phrases<T> {
    pub fn new() -> Self {
        Phrases { by_first: HashMap::new() }
    }

    /// Adds a phrase as it would be typed; the first meaning of a phrase stays.
    pub fn add(&mut self, phrase: &str, meaning: T) {
        let mut words: Vec<String> = lex(phrase).into_iter().map(|t| t.word).collect();
        if words.is_empty() {
            return;
        }
        let first = words.remove(0);
        let same_start = self.by_first.entry(first).or_default();
        if same_start.iter().all(|(rest, _)| *rest != words) {
            same_start.push((words, meaning));
            same_start.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
    }

    /// The longest phrase at the start of `tokens`, and how many tokens it takes.
    ///
    /// A single word is also compared by the keys of a Telex keyboard.
    pub fn longest(&self, tokens: &[Token]) -> Option<(T, usize)> {
        let first = tokens.first()?;
        self.folded(&first.word, &tokens[1..]).or_else(|| {
            let keys = if first.raw.is_ascii() { Vec::new() } else { telex_keys(first.raw) };
            keys.iter().find_map(|k| self.folded(k, &tokens[1..]))
        })
    }

    fn folded(&self, first: &str, behind: &[Token]) -> Option<(T, usize)> {
        let same_start = self.by_first.get(first)?;
        let (rest, meaning) = same_start.iter().find(|(rest, _)| {
            rest.len() <= behind.len() && rest.iter().zip(behind).all(|(word, token)| *word == token.word)
        })?;
        Some((*meaning, 1 + rest.len()))
    }
}
