//! Numbers of citizens are hidden before a text is kept anywhere (SPEC §7, §12).
//!
//! A citizen's number is a run of 9 digits, of 10 beginning with 0, of 11 beginning with
//! 84, or of 12. Separators are ignored: spaces, dots, dashes, brackets, and a comma
//! without a space (`0912 345 678`, `0912.345.678`, `+84 (912) 345-678`).
//!
//! Counts side by side must not be taken for one: so a *part* of a longer row of numbers
//! counts only if it is one unbroken number or grouped as such numbers are (no single
//! digits among longer groups; 12 digits beginning with 0; 9 digits as 3-3-3). Never taken:
//! days, dossier codes (DOMAIN §4), and the amount directly behind a money word, unless
//! it begins with 0.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::fold::{fold, is_silent, is_space, plain};
use crate::domain::figure::{Indicator, Measure};

/// What stands for each hidden digit.
pub const DOT: char = '•';
/// Digits of the shortest number of a citizen.
pub(super) const DIGITS_MIN: usize = 9;
/// Digits of the longest.
const DIGITS_MAX: usize = 12;

/// Shape of a dossier code, DOMAIN §4.
static DOSSIER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}))",
        r"\s*[-–]\s*\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*[-–]\s*\d{3,6}\b"
    ))
    .ok()
});

/// The text with each digit of a citizen's number replaced by [`DOT`].
///
/// `money_words` are folded words such as `phi` ([`super::vocabulary::Vocabulary::money_words`]).
///
/// ```
/// use motcua::grammar::privacy::mask;
/// let money = ["phi".to_string()];
/// assert_eq!(mask("ht ol 3 sdt 0912 345 678", &money), "ht ol 3 sdt •••• ••• •••");
/// assert_eq!(mask("ct phi 123456789", &money), "ct phi 123456789");
/// assert_eq!(mask("/xong H56.14-240823-0001", &money), "/xong H56.14-240823-0001");
/// ```
pub fn mask(text: &str, money_words: &[String]) -> String {
    let hidden = hidden_groups(text, money_words);
    if hidden.is_empty() {
        return text.to_string();
    }
    text.char_indices().map(|(at, c)| if is_digit(c) && is_within(&hidden, at) { DOT } else { c }).collect()
}

/// Whether a text holds a number of a citizen.
///
/// ```
/// assert!(motcua::grammar::privacy::is_personal("001085012345", &[]));
/// assert!(!motcua::grammar::privacy::is_personal("ht ol 12 tr 3 th 8", &[]));
/// ```
pub fn is_personal(text: &str, money_words: &[String]) -> bool {
    !hidden_groups(text, money_words).is_empty()
}

/// Whether a text holds what [`mask`] leaves of such a number.
pub(super) fn is_masked(text: &str) -> bool {
    text.contains(DOT) && text.chars().filter(|c| *c == DOT).count() >= DIGITS_MIN
}

/// Whether a place is in one of several spans, which stand in order.
fn is_within(spans: &[Range<usize>], at: usize) -> bool {
    spans.get(spans.partition_point(|s| s.end <= at)).is_some_and(|s| s.contains(&at))
}

/// An unbroken group of digits.
struct Group {
    span: Range<usize>,
    digits: String,
}

fn hidden_groups(text: &str, money_words: &[String]) -> Vec<Range<usize>> {
    if text.chars().filter(|c| is_digit(*c)).count() < DIGITS_MIN {
        return Vec::new();
    }
    let codes: Vec<Range<usize>> =
        DOSSIER.as_ref().map_or(Vec::new(), |r| r.find_iter(text).map(|m| m.range()).collect());
    let mut hidden = Vec::new();
    for run in runs(text, &codes) {
        if run.iter().map(|g| g.digits.len()).sum::<usize>() < DIGITS_MIN {
            continue;
        }
        let run = if behind_money(text, &run, money_words) { &run[amount(&run)..] } else { &run[..] };
        let mut i = 0;
        while i < run.len() {
            match (i + 1..=i + reach(&run[i..])).rev().find(|&j| is_citizens(run, i..j)) {
                Some(j) => {
                    hidden.extend(run[i..j].iter().map(|g| g.span.clone()));
                    i = j;
                }
                None => i += 1,
            }
        }
    }
    hidden
}

/// How many groups at the start of a run hold at most [`DIGITS_MAX`] digits.
fn reach(run: &[Group]) -> usize {
    let mut digits = 0;
    let fits = |g: &&Group| {
        digits += g.digits.len();
        digits <= DIGITS_MAX
    };
    run.iter().take_while(fits).count()
}

/// Rows of groups with nothing but separators between them; codes and days left out.
fn runs(text: &str, codes: &[Range<usize>]) -> Vec<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_digit(c) {
            let digit = plain(c).to_digit(10).map_or('9', |d| char::from_digit(d, 10).unwrap_or('9'));
            match groups.last_mut() {
                Some(g) if text[g.span.end..at].chars().all(is_silent) => {
                    g.span.end = end;
                    g.digits.push(digit);
                }
                _ => groups.push(Group { span: at..end, digits: digit.to_string() }),
            }
        }
    }
    let days = days(text, &groups);
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut joins = false;
    for (i, group) in groups.into_iter().enumerate() {
        if days.binary_search(&i).is_ok() || is_within(codes, group.span.start) {
            joins = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if joins && run.last().is_some_and(|g| is_separator(&text[g.span.end..group.span.start])) => {
                run.push(group);
            }
            _ => runs.push(vec![group]),
        }
        joins = true;
    }
    runs
}

/// Places of groups that make a day: `20-11-2026`, `20.11.2026`, `20/11/2026`, `2026-11-20`.
fn days(text: &str, groups: &[Group]) -> Vec<usize> {
    let mut places = Vec::new();
    for i in 2..groups.len() {
        let [a, b, c] = [&groups[i - 2], &groups[i - 1], &groups[i]];
        let between = (&text[a.span.end..b.span.start], &text[b.span.end..c.span.start]);
        if between.0 != between.1 || !matches!(between.0, "-" | "." | "/") {
            continue;
        }
        let (day, month, year) = if a.digits.len() == 4 { (c, b, a) } else { (a, b, c) };
        let upto = |g: &Group, max: u32| g.digits.len() <= 2 && g.digits.parse().is_ok_and(|n| (1..=max).contains(&n));
        if year.digits.len() == 4 && year.digits.starts_with(['1', '2']) && upto(day, 31) && upto(month, 12) {
            places.extend([i - 2, i - 1, i]);
        }
    }
    places.dedup();
    places
}

fn is_separator(between: &str) -> bool {
    between == ","
        || between.chars().count() <= 4
            && between.chars().all(|c| {
                c != '\n' && (is_space(c) || is_silent(c) || matches!(c, '.' | '-' | '–' | '—' | '_' | '(' | ')'))
            })
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && c.is_numeric())
}

/// Whether groups `part` of a run make a citizen's number.
fn is_citizens(run: &[Group], part: Range<usize>) -> bool {
    let groups = &run[part.clone()];
    let length: usize = groups.iter().map(|g| g.digits.len()).sum();
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&length) {
        return false;
    }
    let mut digits = groups.iter().flat_map(|g| g.digits.chars());
    let start = [digits.next(), digits.next()];
    let zero = start[0] == Some('0');
    let fits = match length {
        9 | 12 => true,
        10 => zero,
        _ => start == [Some('8'), Some('4')],
    };
    if !fits || groups.len() == 1 || groups.len() == run.len() {
        return fits;
    }
    let singles = groups.iter().filter(|g| g.digits.len() == 1).count();
    let grouped = match length {
        9 => groups.iter().all(|g| g.digits.len() == 3),
        12 => zero,
        _ => true,
    };
    grouped && (singles == 0 || singles == groups.len())
}

/// How many groups of a run are the amount it begins with.
fn amount(run: &[Group]) -> usize {
    let thousands =
        if run[0].digits.len() <= 3 { run[1..].iter().take_while(|g| g.digits.len() == 3).count() } else { 0 };
    1 + thousands
}

fn behind_money(text: &str, run: &[Group], money_words: &[String]) -> bool {
    let Some(first) = run.first().filter(|g| !g.digits.starts_with('0')) else { return false };
    let before = &text[..first.span.start];
    let from = before.char_indices().rev().nth(79).map_or(0, |(at, _)| at);
    let folded = fold(&before[from..]);
    let folded = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    money_words
        .iter()
        .any(|word| folded.strip_suffix(word.as_str()).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphabetic())))
}

/// Words behind which a long number is money, not a citizen's: those of the indicators that
/// count đồng, and their printed names; folded.
pub fn money_words(indicators: &[Indicator]) -> Vec<String> {
    let money = indicators.iter().filter(|i| i.measure == Measure::Money);
    money.flat_map(|i| i.words.iter().chain([&i.name])).map(|w| fold(w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> bool {
        is_personal(text, &["phi".to_string(), "le phi".to_string()])
    }

    #[test]
    fn numbers_of_citizens_are_hidden_however_they_are_grouped() {
        for text in [
            "001085012345",
            "ht ol 123456789",
            "sdt 0912345678",
            "ht ol 3 0912345678",
            "ol 3 0912 345 678 tr 2",
            "0912.345.678",
            "0912-345-678",
            "0912,345,678",
            "+84 912 345 678",
            "(84) 912345678",
            "84912345678",
            "001 085 012 345",
            "0010 8501 2345",
            "0 9 1 2 3 4 5 6 7 8",
            "０９１２３４５６７８",
            "0912\u{200b}345678",
            "phi 0912345678",
            "phi 50 000 001085012345",
            "ho tro123456789",
            "20/11/2026 0912345678",
        ] {
            assert!(hidden(text), "{text}");
        }
    }

    #[test]
    fn counts_money_days_and_codes_are_left_alone() {
        for text in [
            "ht ol 1 236 tr 2",
            "ol 12 tr 3 th 8 dh 2 qh 1 rut 4",
            "ht 12, 3, 45, 6, 789",
            "phi 7.494.120",
            "phi 123456789",
            "lệ phí: 123 456 789",
            "phi=1 250 000 12 ol",
            "phí 1.250.000.000 ol 3",
            "ht 19/11/2026 ol 3 tr 12",
            "01-11-2026 12 ol 3 tr",
            "/tonghop 01/01/2023-10/08/2023",
            "/tonghop 2026-01-01 2026-11-20",
            "/hoso H12.34.56-251121-0001 HT 5n",
            "000.17.22.H56-210531-0001",
            "G22.99.08-260921-896048",
            "ht ol 99999999999999999999",
            "99 99 99 99 99 3 ol",
        ] {
            assert!(!hidden(text), "{text}");
        }
    }

    #[test]
    fn a_long_row_of_numbers_costs_little() {
        for one in ["1 ", "1/", "1a", "12, ", "0912 345 678a", "H56.14-240823-0001 "] {
            let text = "/start ".to_string() + &one.repeat(4080 / one.len());
            let cost = (0..10).map(|_| {
                let started = std::time::Instant::now();
                mask(&text, &["phi".to_string()]);
                started.elapsed()
            });
            let cost = cost.min().unwrap();
            assert!(cost < std::time::Duration::from_millis(50), "{one:?}: {cost:?}");
        }
    }

    #[test]
    fn only_the_digits_of_the_number_are_replaced() {
        assert_eq!(mask("ol 3 sdt: 0912.345.678; ct tr 4", &[]), "ol 3 sdt: ••••.•••.•••; ct tr 4");
        assert_eq!(mask("12 ol", &[]), "12 ol");
    }
}
