//! A message as lines and `;` parts.

use super::super::lex::{Token, lex};

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
