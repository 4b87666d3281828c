//! Words, numbers and signs of a text, folded, each with its place in the text.

use crate::grammar::fold::fold;
use unicode_normalization::char::is_combining_mark;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, folded.
    Word(String),
    /// Digits; how many tells a year from a day.
    Number {
        value: u32,
        digits: usize,
    },
    /// `/` or `.`
    Slash,
    /// `-` or a longer dash.
    Dash,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// Byte offsets in the text.
    pub from: usize,
    pub to: usize,
    /// No space before it.
    pub glued: bool,
}

/// What one character is part of; `None` separates.
fn class(c: char) -> Option<u8> {
    let mut folded = fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
    if is_combining_mark(c) {
        folded = 'a';
    }
    match folded {
        '0'..='9' => Some(b'n'),
        '/' => Some(b'/'),
        '-' | '–' | '—' | '‐' | '‑' => Some(b'-'),
        _ if folded.is_alphabetic() => Some(b'w'),
        _ if folded.is_whitespace() || matches!(folded, '\u{200b}'..='\u{200f}' | '\u{feff}') => None,
        _ => Some(b'?'),
    }
}

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((from, c)) = chars.next() {
        let Some(kind) = class(c) else { continue };
        let mut to = from + c.len_utf8();
        while let Some((i, next)) = chars.peek().copied() {
            if !matches!(kind, b'n' | b'w') || class(next) != Some(kind) {
                break;
            }
            to = i + next.len_utf8();
            chars.next();
        }
        let glued = out.last().is_some_and(|t| t.to == from);
        out.push(Token { kind: read(kind, &text[from..to]), from, to, glued });
    }
    out
}

fn read(kind: u8, text: &str) -> Kind {
    match kind {
        b'w' => Kind::Word(fold(text)),
        b'n' => {
            let digits = fold(text);
            digits.parse().map_or(Kind::Other, |value| Kind::Number { value, digits: digits.len() })
        }
        b'/' => Kind::Slash,
        b'-' => Kind::Dash,
        _ => Kind::Other,
    }
}
