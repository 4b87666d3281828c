//! Whom a typed name means. A given name is enough where it is unique, else more of the
//! full name (SPEC §14); with or without diacritics, in any case, with or without `@`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// Words of the longest name of a person.
pub const WORDS_MAX: usize = 12;
/// Letters of the longest text in which people are named; a longer one names nobody.
pub const TEXT_MAX: usize = 200;

/// Whether a text is too long to name people: it is refused before it is taken apart.
pub fn is_too_long(text: &str) -> bool {
    text.chars().nth(TEXT_MAX).is_some()
}

/// What was typed, to be quoted in an answer: one line, at most 60 letters.
///
/// ```
/// use motcua::grammar::names::quoted;
/// assert_eq!(quoted(" Lan\n Anh "), "Lan Anh");
/// assert_eq!(quoted(&"a".repeat(4000)).chars().count(), 61);
/// ```
pub fn quoted(typed: &str) -> String {
    let mut letters = typed.trim().chars();
    let start: String = letters.by_ref().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    if letters.next().is_some() { line + "…" } else { line }
}

/// Whom a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    None,
    One(T),
    /// All who may be meant.
    Several(Vec<T>),
}

/// Finds a person among candidates.
///
/// The full name counts before its last words, and marks count where they were typed: of
/// Hoa and Hòa, `Hòa` is the second and `hoa` either.
///
/// ```
/// use motcua::grammar::names::{Found, find_by_name};
/// let people = [(1, "Đinh Quốc Lan"), (2, "Đỗ Kim Hoa"), (3, "Nguyễn Thanh Hoa")];
/// assert_eq!(find_by_name("@lan", people), Found::One(1));
/// assert_eq!(find_by_name("kim hoa", people), Found::One(2));
/// assert_eq!(find_by_name("Hoa", people), Found::Several(vec![2, 3]));
/// assert_eq!(find_by_name("Quốc", people), Found::None);
/// ```
pub fn find_by_name<'a, T: Copy>(typed: &str, candidates: impl IntoIterator<Item = (T, &'a str)>) -> Found<T> {
    if is_too_long(typed) {
        return Found::None;
    }
    find_among(&Name::new(typed).words, &taken_apart(candidates))
}

fn taken_apart<'a, T>(candidates: impl IntoIterator<Item = (T, &'a str)>) -> Vec<(T, Name)> {
    candidates.into_iter().map(|(id, name)| (id, Name::new(name))).collect()
}

fn find_among<T: Copy>(typed: &[Word], people: &[(T, Name)]) -> Found<T> {
    if typed.is_empty() || typed.len() > WORDS_MAX {
        return Found::None;
    }
    let folded: Vec<&str> = typed.iter().map(|w| w.folded.as_str()).collect();
    let with_marks = typed.iter().any(|w| w.letters != w.folded || !w.marks.is_empty());
    let ways: [&dyn Fn(&Name) -> bool; 4] =
        [&|n| n.words == typed, &|n| with_marks && n.words.ends_with(typed), &|n| n.folded() == folded, &|n| {
            n.folded().ends_with(&folded)
        }];
    for fits in ways {
        let meant: Vec<T> = people.iter().filter(|(_, n)| fits(n)).map(|(id, _)| *id).collect();
        match meant[..] {
            [] => {}
            [one] => return Found::One(one),
            _ => return Found::Several(meant),
        }
    }
    Found::None
}

/// Finds two different people in one text, such as `/bangiao Lan Thị Minh` names them.
/// A word that says "to" (`cho`, `sang`, `->`), a comma or `@` may stand between.
///
/// ```
/// use motcua::grammar::names::{Found, find_two};
/// let people = [(1, "Đinh Quốc Lan"), (2, "Đinh Thị Minh")];
/// assert_eq!(find_two("lan minh", people), Found::One((1, 2)));
/// assert_eq!(find_two("@Lan cho Đinh Thị Minh", people), Found::One((1, 2)));
/// assert_eq!(find_two("Lan Tú", people), Found::None);
/// ```
pub fn find_two<'a, T: Copy + PartialEq>(
    typed: &str,
    candidates: impl IntoIterator<Item = (T, &'a str)>,
) -> Found<(T, T)> {
    if is_too_long(typed) {
        return Found::None;
    }
    let people = taken_apart(candidates);
    let spaced = typed.replace([',', ';', '>', '→'], " ").replace('@', " @");
    let is_between = |w: &Word| matches!(w.folded.as_str(), "cho" | "sang" | "-" | "–");
    let words: Vec<Word> =
        spaced.split_whitespace().flat_map(|w| Name::new(w).words).filter(|w| !is_between(w)).collect();
    if words.len() > 2 * WORDS_MAX {
        return Found::None;
    }
    let mut pairs = Vec::new();
    for middle in 1..words.len() {
        let (a, b) = words.split_at(middle);
        if let (Found::One(a), Found::One(b)) = (find_among(a, &people), find_among(b, &people))
            && a != b
            && !pairs.contains(&(a, b))
        {
            pairs.push((a, b));
        }
    }
    match pairs[..] {
        [] => Found::None,
        [one] => Found::One(one),
        _ => Found::Several(pairs),
    }
}

/// Whether two names are one: marks count, case, spaces and the place of a tone do not.
///
/// ```
/// use motcua::grammar::names::is_same_name;
/// assert!(is_same_name("Nguyễn  Thị HOÀ", "nguyễn thị hòa"));
/// assert!(!is_same_name("Nguyễn Thị Hoa", "Nguyễn Thị Hòa"));
/// ```
pub fn is_same_name(a: &str, b: &str) -> bool {
    Name::new(a).words == Name::new(b).words
}

/// Whether a name that somebody types means one that is kept: whoever types without any marks
/// leaves them out.
///
/// ```
/// use motcua::grammar::names::means_name;
/// assert!(means_name("Đinh Quốc Lan", "dinh quoc LAN"));
/// assert!(means_name("Đinh Quốc Lan", "Đinh Quốc Lan"));
/// assert!(!means_name("Nguyễn Thị Hoa", "Nguyễn Thị Hòa"));
/// assert!(!means_name("Đinh Quốc Lan", "Lan"));
/// ```
pub fn means_name(kept: &str, typed: &str) -> bool {
    is_same_name(kept, typed) || (typed.is_ascii() && fold(kept) == fold(typed))
}

/// A name as it is kept: composed letters, single spaces. `None` if it is no name: empty,
/// over 60 letters or [`WORDS_MAX`] words, or with anything but letters, spaces, `.`, `-` and `'`.
///
/// ```
/// use motcua::grammar::names::tidy_name;
/// assert_eq!(tidy_name("  Đinh   Quốc Lan ").as_deref(), Some("Đinh Quốc Lan"));
/// assert_eq!(tidy_name("Lan 2"), None);
/// ```
pub fn tidy_name(typed: &str) -> Option<String> {
    let name = typed.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fit = |c: char| c.is_alphabetic() || is_combining_mark(c) || " .-'".contains(c);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_short = name.chars().count() <= 60 && name.split(' ').count() <= WORDS_MAX;
    (letters > 0 && is_short && name.chars().all(is_fit)).then_some(name)
}

/// A name taken apart for comparison.
struct Name {
    words: Vec<Word>,
}

/// One word: letters and marks apart, so that `hoà` and `hòa` are equal.
#[derive(PartialEq, Eq)]
struct Word {
    letters: String,
    marks: Vec<char>,
    folded: String,
}

impl Name {
    fn new(text: &str) -> Name {
        let words = text.trim_start_matches(['@', ' ']).split_whitespace().map(|w| {
            let (mut marks, letters): (Vec<char>, Vec<char>) =
                w.to_lowercase().nfd().partition(|c| is_combining_mark(*c));
            marks.sort_unstable();
            Word { letters: letters.into_iter().collect(), marks, folded: fold(w) }
        });
        Name { words: words.filter(|w| !w.folded.is_empty()).collect() }
    }

    fn folded(&self) -> Vec<&str> {
        self.words.iter().map(|w| w.folded.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: [(i64, &str); 5] =
        [(1, "Trần Thị Hoa"), (2, "Trần Thị Hòa"), (3, "Lê Văn Đức"), (4, "Hoa"), (5, "Ngô Minh Lan")];

    fn check(typed: &str, expected: Found<i64>) {
        assert_eq!(find_by_name(typed, PEOPLE), expected, "{typed}");
    }

    #[test]
    fn marks_count_where_they_were_typed() {
        check("Trần Thị Hoa", Found::One(1));
        check("Trần Thị Hoà", Found::One(2));
        check("tran thi hoa", Found::Several(vec![1, 2]));
        check("Hòa", Found::One(2));
        check("duc", Found::One(3));
        check("Đức", Found::One(3));
    }

    #[test]
    fn a_whole_name_counts_before_the_end_of_another() {
        check("Hoa", Found::One(4));
        check("@ Lan", Found::One(5));
        check("Minh", Found::None);
        check("", Found::None);
    }

    #[test]
    fn a_text_that_is_too_long_names_nobody_and_costs_little() {
        let started = std::time::Instant::now();
        for one in ["Lan ", "A ", "cho ", "@", "Đ"] {
            let long = one.repeat(4000 / one.len());
            check(&long, Found::None);
            assert_eq!(find_two(&long, PEOPLE), Found::None, "{one}");
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
        assert_eq!(tidy_name(&"An ".repeat(13)), None);
        assert_eq!(find_two("Đức, Minh Lan", PEOPLE), Found::One((3, 5)));
    }
}
