//! Whom a typed name means. A given name is enough where it is unique, else more of the
//! full name (SPEC §14); with or without diacritics, in any case, with or without `@`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

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
    let typed = Name::new(typed);
    if typed.words.is_empty() {
        return Found::None;
    }
    let people: Vec<(T, Name)> = candidates.into_iter().map(|(id, name)| (id, Name::new(name))).collect();
    let with_marks = typed.words.iter().any(|w| w.letters != w.folded || !w.marks.is_empty());
    let ways: [&dyn Fn(&Name) -> bool; 4] = [
        &|n| n.words == typed.words,
        &|n| with_marks && n.words.ends_with(&typed.words),
        &|n| n.folded() == typed.folded(),
        &|n| n.folded().ends_with(&typed.folded()),
    ];
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
    let people: Vec<(T, &str)> = candidates.into_iter().collect();
    let spaced = typed.replace([',', ';', '>', '→'], " ").replace('@', " @");
    let words: Vec<&str> =
        spaced.split_whitespace().filter(|w| !["cho", "sang", "-", "–"].contains(&fold(w).as_str())).collect();
    let mut pairs = Vec::new();
    for middle in 1..words.len() {
        let (a, b) = words.split_at(middle);
        let find = |part: &[&str]| find_by_name(&part.join(" "), people.iter().copied());
        if let (Found::One(a), Found::One(b)) = (find(a), find(b))
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

/// A name as it is kept: composed letters, single spaces. `None` if it is no name: empty,
/// over 60 letters, or with anything but letters, spaces, `.`, `-` and `'`.
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
    (letters > 0 && name.chars().count() <= 60 && name.chars().all(is_fit)).then_some(name)
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
}
