//! A message as lines and `;` parts.

use super::super::lex::{Kind, Token, lex};
use super::super::vocabulary::Vocabulary;

/// A line of the message, or what stands between two `;` of it.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    /// Physical line, from 1.
    pub line: usize,
    /// As typed, without the space around it.
    pub text: &'a str,
    pub tokens: Vec<Token<'a>>,
    /// Tokens that the head of the message took (day, colleague).
    pub taken: usize,
}

impl Part<'_> {
    /// Passes over the number of a numbered line and the sign of an item: `1. ht ol 3`,
    /// `2) ct ol 4`, `* dd: ol 5`.
    pub fn skip_numbering(&mut self, vocabulary: &Vocabulary) {
        if let [sign, _, ..] = &self.tokens[..]
            && !sign.raw.chars().any(char::is_alphanumeric)
            && sign.kind != Kind::At
            && vocabulary.field_at(&self.tokens[1..]).is_some()
        {
            self.taken = 1;
        }
        if let [number, next, ..] = &self.tokens[..]
            && number.raw.len() <= 2
            && number.is_numeral()
            && self.text[number.end()..].starts_with(['.', ')'])
            && next.apart
            && vocabulary.field_at(&self.tokens[1..]).is_some()
        {
            self.taken = 1;
        }
    }
}

/// The parts that hold anything.
pub(super) fn parts(message: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (i, line) in message.split('\n').enumerate() {
        for text in line.split([';', '；']).map(str::trim) {
            let tokens = lex(text);
            if !tokens.is_empty() || super::super::privacy::is_masked(text) {
                parts.push(Part { line: i + 1, text, tokens, taken: 0 });
            }
        }
    }
    parts
}
