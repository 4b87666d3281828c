//! Long numbers that are money: directly behind a money word, or before one that has no number
//! of its own behind it (`phi 250000000`, `250000000 phi`).

use super::DIGITS_MAX;
use super::digits::Group;
use crate::grammar::fold::fold;

/// Letters around a number in which its word is looked for.
const NEAR: usize = 80;

/// A row of groups without the amounts that it begins and ends with.
pub(super) fn without_amounts<'a>(text: &str, run: &'a [Group], words: &[String]) -> &'a [Group] {
    let run = if is_behind(text, run, words) { &run[first_amount(run)..] } else { run };
    match last_amount(text, run) {
        Some(from) if is_before(text, run, words) => &run[..from],
        _ => run,
    }
}

/// How many groups of a run are the amount it begins with.
fn first_amount(run: &[Group]) -> usize {
    let thousands =
        if run[0].digits.len() <= 3 { run[1..].iter().take_while(|g| g.digits.len() == 3).count() } else { 0 };
    1 + thousands
}

/// Where the amount begins that a run ends with; `None` if a number of a citizen may end there.
fn last_amount(text: &str, run: &[Group]) -> Option<usize> {
    let mut from = run.len().checked_sub(1)?;
    let joins = |at: usize| matches!(&text[run[at].span.end..run[at + 1].span.start], "." | "," | " " | "\u{a0}");
    while from > 0 && run[from].digits.len() == 3 && run[from - 1].digits.len() <= 3 && joins(from - 1) {
        from -= 1;
    }
    let digits = |at: usize| run[at..].iter().map(|g| g.digits.len()).sum::<usize>();
    let is_citizens = |at: usize| {
        let start: String = run[at..].iter().flat_map(|g| g.digits.chars()).take(2).collect();
        match digits(at) {
            9 | 10 | 12 => start.starts_with('0'),
            11 => start == "84" && at < from,
            _ => false,
        }
    };
    // A day stands before it: `05/11 250000 phi`.
    let first = if is_day(text, &run[..from]) { from } else { 0 };
    (digits(from) <= DIGITS_MAX && !(first..=from).any(is_citizens)).then_some(from)
}

fn is_day(text: &str, groups: &[Group]) -> bool {
    let upto = |g: &Group, max: u32| g.digits.len() <= 2 && g.digits.parse().is_ok_and(|n| (1..=max).contains(&n));
    matches!(groups, [day, month] if upto(day, 31) && upto(month, 12) && &text[day.span.end..month.span.start] == "/")
}

fn is_behind(text: &str, run: &[Group], words: &[String]) -> bool {
    let Some(first) = run.first().filter(|g| !g.digits.starts_with('0')) else { return false };
    let before = &text[..first.span.start];
    let from = before.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    let folded = fold(&before[from..]);
    let folded = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    words
        .iter()
        .any(|word| folded.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphabetic())))
}

/// Whether a money word follows, with a unit between at most, and no number behind it.
fn is_before(text: &str, run: &[Group], words: &[String]) -> bool {
    let Some(last) = run.last() else { return false };
    let behind = &text[last.span.end..];
    let behind = behind.split('\n').next().unwrap_or_default();
    let to = behind.char_indices().nth(NEAR).map_or(behind.len(), |(at, _)| at);
    let folded = fold(&behind[..to]);
    let unit = ["dong ", "vnd ", "d "].iter().find_map(|unit| folded.strip_prefix(unit));
    let is_word = |word: &String| {
        let rest = unit.unwrap_or(&folded).strip_prefix(word.as_str());
        let ends = |rest: &str| {
            !rest.starts_with(char::is_alphanumeric)
                && !rest.trim_start_matches([' ', ':', '=', '+']).starts_with(char::is_numeric)
        };
        rest.is_some_and(ends)
    };
    words.iter().any(is_word)
}
