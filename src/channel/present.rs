//! A reply → what a channel can carry of it, decided once for all channels: choices become
//! numbers where there are no buttons, long texts are split at lines, documents take a short
//! text along as their caption.

use crate::app::abilities::{self, Abilities};
use crate::app::answer::Addressed;
use crate::store::inbox::Row;
use crate::store::outbox::Choice;
use crate::words::Words;

/// One call's worth of a reply.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// The document or picture with its caption.
    Document(String),
}

/// The pieces of a reply, in order. `file`: a document or picture belongs to it, on a channel
/// that takes it.
pub fn pieces(text: &str, file: bool, can: &Abilities) -> Vec<Piece> {
    if file && utf16(text) <= can.caption_most {
        return vec![Piece::Document(text.to_string())];
    }
    let mut pieces: Vec<Piece> = split(text, can.text_most).into_iter().map(|t| Piece::Text(t.to_string())).collect();
    if file {
        pieces.push(Piece::Document(String::new()));
    }
    pieces
}

/// What answers one message goes out as one message where each is one of a monthly number, as
/// far as it fits (CHAT-APIS A). What offers choices or a file ends its message, as they stand
/// below the text.
pub fn together<'r>(replies: impl IntoIterator<Item = (&'r Row, Addressed)>) -> Vec<(&'r Row, Addressed)> {
    let mut out: Vec<(&Row, Addressed)> = Vec::new();
    for (row, reply) in replies {
        let can = abilities::of(&row.channel);
        let answer = can.counted && reply.answers;
        let before = out.iter_mut().rev().find(|(of, r)| answer && r.answers && of.id == row.id);
        match before.map(|(_, before)| before).filter(|before| fit(before, &reply, can)) {
            Some(before) => {
                let text = format!("{}\n\n{}", before.text, reply.text);
                *before = Addressed { text, secret: before.secret || reply.secret, ..reply };
            }
            None => out.push((row, reply)),
        }
    }
    out
}

fn fit(before: &Addressed, reply: &Addressed, can: &Abilities) -> bool {
    let plain = before.choices.is_empty() && before.file.is_none();
    plain && utf16(&before.text) + 2 + utf16(&reply.text) <= can.text_most
}

/// Choices as they are typed: `[1] Hoàn tác`.
pub fn numbered(choices: &[Choice]) -> impl Iterator<Item = String> + '_ {
    choices.iter().enumerate().map(|(i, choice)| format!("[{}] {}", i + 1, choice.label))
}

/// The text with its choices below it, and how to choose.
pub fn with_numbers(text: &str, choices: &[Choice], words: &Words) -> String {
    let hint = match choices.len() {
        0 => return text.to_string(),
        1 => words.present_choose_one(),
        n => words.present_choose(n.to_string()),
    };
    let lines: Vec<String> = [text.to_string()].into_iter().chain(numbered(choices)).chain([hint]).collect();
    lines.join("\n")
}

fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Cuts a text into pieces of at most `most` UTF-16 units: at a line break, else at a space,
/// else between two characters. Nothing but the break or space itself gets lost.
fn split(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while utf16(rest) > most {
        let end = fitting(rest, most);
        let cut = last(rest, end, '\n').or_else(|| last(rest, end, ' ')).unwrap_or(end);
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece);
        rest = after.strip_prefix(['\n', ' ']).unwrap_or(after);
    }
    // The platform refuses a message of nothing but white space.
    pieces.push(rest);
    pieces.retain(|p| !p.trim().is_empty());
    pieces
}

/// The last `sign` in the head up to `end`, or directly behind it; none at the very start.
fn last(text: &str, end: usize, sign: char) -> Option<usize> {
    let (head, tail) = text.split_at(end);
    if tail.starts_with(sign) { Some(end) } else { head.rfind(sign) }.filter(|at| *at > 0)
}

/// The end of the longest head of `text` that fits.
fn fitting(text: &str, most: usize) -> usize {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > most {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests;
