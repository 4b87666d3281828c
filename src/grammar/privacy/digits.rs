//! Digits of every script, and the unbroken groups that they make.

use std::ops::Range;
use std::sync::LazyLock;

use regex_syntax::hir::{Class, HirKind};

use crate::grammar::fold::is_silent;

/// An unbroken group of digits.
pub(super) struct Group {
    pub span: Range<usize>,
    /// As ASCII digits.
    pub digits: String,
}

/// The groups of digits of a text, in order; signs without width do not break one.
pub(super) fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| is_digit(*c)) {
        let end = at + c.len_utf8();
        match groups.last_mut() {
            Some(g) if text[g.span.end..at].chars().all(is_silent) => {
                g.span.end = end;
                g.digits.push(ascii(c));
            }
            _ => groups.push(Group { span: at..end, digits: ascii(c).to_string() }),
        }
    }
    groups
}

/// A digit of any script, or another sign for a number (`½`, `⑨`).
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric())
}

/// Where the digits of each script stand: in each range zeros to nines follow one another.
static DECIMALS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let Ok(all) = regex_syntax::parse(r"\d") else { return Vec::new() };
    let HirKind::Class(Class::Unicode(class)) = all.into_kind() else { return Vec::new() };
    class.iter().map(|r| (r.start(), r.end())).collect()
});

/// The digit that a sign stands for; 9 where it is a number of another kind.
fn ascii(c: char) -> char {
    if c.is_ascii_digit() {
        return c;
    }
    let range = DECIMALS.get(DECIMALS.partition_point(|(_, end)| *end < c));
    let value = range.filter(|(zero, _)| *zero <= c).map(|(zero, _)| (c as u32 - *zero as u32) % 10);
    value.and_then(|v| char::from_digit(v, 10)).unwrap_or('9')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = groups(text).into_iter().map(|g| g.digits).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn digits_of_every_script_are_digits() {
        check("０９１２", &["0912"]);
        check("\u{660}\u{669}\u{661} \u{6f0}\u{6f9}", &["091", "09"]);
        check("\u{966}\u{96f}\u{17e0}\u{17e9}\u{1d7ce}\u{1d7ff}", &["090909"]);
        check("09\u{200b}12-½", &["0912", "9"]);
    }
}
