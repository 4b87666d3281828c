//! A reply → what a channel can carry of it, decided once for all channels: choices become
//! numbers where there are no buttons, long texts are split at lines, documents take a short
//! text along as their caption.

use crate::app::abilities::Abilities;
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
mod tests {
    use super::*;
    use crate::app::abilities::{TELEGRAM, ZALO};
    use crate::words::Locale;

    fn check(text: &str, most: usize, expected: &[&str]) {
        assert_eq!(split(text, most), expected, "{text:?} at {most}");
    }

    #[test]
    fn a_long_text_is_cut_at_lines_then_spaces_then_anywhere() {
        check("a b\nc", 9, &["a b\nc"]);
        check("một\nhai\nba", 7, &["một\nhai", "ba"]);
        check("một hai ba", 7, &["một hai", "ba"]);
        check("một hai ba", 6, &["một", "hai ba"]);
        check("aaaabbbbcc", 4, &["aaaa", "bbbb", "cc"]);
        check("\n\n\naaaa", 4, &["aaaa"]);
    }

    #[test]
    fn the_limit_counts_utf16_units_and_splits_no_character() {
        // 𝄞 is two units.
        check("𝄞𝄞𝄞", 3, &["𝄞", "𝄞", "𝄞"]);
        check("𝄞𝄞", 4, &["𝄞𝄞"]);
    }

    #[test]
    fn every_cut_keeps_all_words() {
        let line = "Hộ tịch: tiếp nhận 12 hồ sơ";
        let text = vec![line; 400].join("\n");
        for most in [TELEGRAM.text_most, ZALO.text_most] {
            let parts = split(&text, most);
            assert!(parts.iter().all(|p| utf16(p) <= most));
            assert_eq!(parts.join("\n"), text);
            assert_eq!(parts.len(), utf16(&text).div_ceil(most));
        }
    }

    #[test]
    fn a_document_takes_a_short_text_along_and_follows_a_long_one() {
        assert_eq!(pieces("Tháng 11", true, &TELEGRAM), [Piece::Document("Tháng 11".into())]);
        let long = "x".repeat(TELEGRAM.caption_most + 1);
        assert_eq!(pieces(&long, true, &TELEGRAM), [Piece::Text(long.clone()), Piece::Document(String::new())]);
        assert!(pieces(" ", false, &TELEGRAM).is_empty());
    }

    #[test]
    fn choices_without_buttons_are_numbered_below_the_text() {
        let words = Locale::Vi.words();
        let choice = |label: &str| Choice { id: String::new(), label: label.to_string() };
        assert_eq!(with_numbers("Đã lưu", &[], words), "Đã lưu");
        let one = with_numbers("Đã lưu", &[choice("Hoàn tác")], words);
        assert_eq!(one, "Đã lưu\n[1] Hoàn tác\nTrả lời 1 để chọn.");
        let two = with_numbers("?", &[choice("Có"), choice("Không")], words);
        assert_eq!(two, "?\n[1] Có\n[2] Không\nTrả lời số từ 1 đến 2 để chọn.");
    }
}
