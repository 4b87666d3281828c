//! Words and groups of words that mean something, found longest first.

use std::collections::HashMap;

use super::fold::{telex_keys, telex_word};
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

    /// Adds a phrase, also as one word: `truc tuyen`, `tructuyen`.
    pub fn add_spaced_or_not(&mut self, phrase: &str, meaning: T) {
        self.add(phrase, meaning);
        let words: String = lex(phrase).into_iter().map(|t| t.word).collect();
        self.add(&words, meaning);
    }

    /// The longest phrase at the start of `tokens`, and how many tokens it takes.
    ///
    /// A single word is also compared by the keys of a Telex keyboard, and every word that
    /// does not fit as what a Telex keyboard would have made of it (`truwcj tuyeens`).
    pub fn longest(&self, tokens: &[Token]) -> Option<(T, usize)> {
        let first = tokens.first()?;
        self.folded(&first.word, &tokens[1..])
            .or_else(|| {
                let keys = if first.raw.is_ascii() { Vec::new() } else { telex_keys(first.raw) };
                keys.iter().find_map(|k| self.folded(k, &tokens[1..]))
            })
            .or_else(|| self.keyed(tokens))
    }

    /// The longest phrase of words typed without their marks turned: `hooj tichj`. A short
    /// word by itself (`koo`) is none.
    fn keyed(&self, tokens: &[Token]) -> Option<(T, usize)> {
        let first = telex_word(tokens.first()?.raw);
        let firsts = [first.as_deref(), Some(tokens[0].word.as_str())];
        let fits = |word: &String, t: &Token| *word == t.word || telex_word(t.raw).as_deref() == Some(word);
        firsts.into_iter().flatten().find_map(|first| {
            let (rest, meaning) = self.by_first.get(first)?.iter().find(|(rest, _)| {
                let behind = &tokens[1..];
                rest.len() <= behind.len() && rest.iter().zip(behind).all(|(word, token)| fits(word, token))
            })?;
            (first.len() > 2 || !rest.is_empty()).then_some((*meaning, 1 + rest.len()))
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
