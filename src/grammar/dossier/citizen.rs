//! Names of citizens in the reasons of `/giahan`, `/lydo` and `/hoan` are hidden before anything is
//! kept (SPEC §7), as numbers of citizens are by [`crate::grammar::privacy`]; last parts of
//! dossier codes side by side are no such numbers ([`super::spared`]).
//!
//! A name is one or more capitalised words behind `ông`, `bà`, `anh`, `chị`, `cháu` or
//! `công dân`, unless an official is called so. Without diacritics `ba` and `chi` say it in
//! texts that have none at all; where a text has no small letters, capitals say nothing,
//! and only a family name does.

use super::spared::spared;
use super::tidy;
use crate::domain::official::Action;
use crate::grammar::command::read_command;
use crate::grammar::fold::fold;
use crate::grammar::names::{Found, find_by_name};
use crate::grammar::privacy::{self, DOT};
use crate::grammar::table::Command;

/// What stands for a hidden word.
const HIDDEN: &str = "•••";
/// Words of the longest name.
const WORDS_MAX: usize = 6;
/// Capitalised words behind `bà` and `chi` that are places and offices.
const NO_NAMES: [&str; 8] = ["ria", "na", "den", "cuc", "nhanh", "bo", "hoi", "doan"];
/// Most family names, folded.
const FAMILIES: [&str; 29] = [
    "nguyen", "tran", "le", "pham", "hoang", "huynh", "phan", "vu", "vo", "dang", "bui", "do", "ho", "ngo", "duong",
    "ly", "dinh", "mai", "trinh", "dao", "doan", "luong", "truong", "lam", "ha", "cao", "ta", "to", "chu",
];

/// A text as it may be kept: numbers of citizens hidden, and their names where a reason is
/// given. `money_words` as for [`privacy::mask`].
///
/// ```
/// use motcua::grammar::dossier::citizen::mask;
/// let mask = |text| mask(text, true, &[], Vec::new);
/// assert_eq!(mask("/xong 0583 0584 0585 19/11"), "/xong 0583 0584 0585 19/11");
/// assert_eq!(mask("/xong 0010 8501 2345"), "/xong •••• •••• ••••");
/// ```
pub fn mask<'a>(text: &str, private: bool, money_words: &[String], officials: impl FnOnce() -> Vec<&'a str>) -> String {
    let spared = match read_command(text, private, None) {
        Some((row, rest)) if row.action == Action::KeepRegister || row.command == Command::LookUp => {
            spared(rest).map(|spans| (text.rfind(rest).unwrap_or(0), spans))
        }
        _ => None,
    };
    let masked = match spared {
        None => privacy::mask(text, money_words),
        Some((at, spans)) => {
            // Letters end a number; digits become dots one for one.
            let is_spared = |i: usize| i >= at && spans.iter().any(|s| s.contains(&(i - at)));
            let veiled: String =
                text.char_indices().map(|(i, c)| if is_spared(i) && c.is_ascii_digit() { 'x' } else { c }).collect();
            let masked = privacy::mask(&veiled, money_words);
            text.char_indices().zip(masked.chars()).map(|((i, c), m)| if is_spared(i) { c } else { m }).collect()
        }
    };
    hide_names(&masked, private, officials)
}

/// The text with names of citizens hidden, where it is a message that gives a reason; what
/// officials are called stays.
///
/// ```
/// use motcua::grammar::dossier::citizen::hide_names;
/// let hide = |text| hide_names(text, true, || vec!["Trần Thị Minh"]);
/// assert_eq!(hide("/lydo 0583 chờ ông Nguyễn Văn A ký"), "/lydo 0583 chờ ông ••• ••• ••• ký");
/// assert_eq!(hide("/lydo 0583 chờ chị Minh ký"), "/lydo 0583 chờ chị Minh ký");
/// assert_eq!(hide("/lydo 0583 công dân chưa nộp"), "/lydo 0583 công dân chưa nộp");
/// ```
pub fn hide_names<'a>(text: &str, private: bool, officials: impl FnOnce() -> Vec<&'a str>) -> String {
    // Nearly all messages are counts, and have no capital anywhere.
    if !text.chars().any(char::is_uppercase) {
        return text.to_string();
    }
    match read_command(text, private, None) {
        Some((row, rest))
            if matches!(row.command, Command::Extend | Command::Reason | Command::Snooze) && !rest.is_empty() =>
        {
            let at = text.rfind(rest).unwrap_or(text.len() - rest.len());
            format!("{}{}{}", &text[..at], hidden(rest, &officials()), &text[at + rest.len()..])
        }
        _ => text.to_string(),
    }
}

/// Whether a text holds what stands for a hidden name or number.
///
/// ```
/// use motcua::grammar::dossier::citizen::is_hidden;
/// assert!(is_hidden("/lydo 0583 ông •••") && is_hidden("sđt ••••••••••"));
/// assert!(!is_hidden("• 0583"));
/// ```
pub fn is_hidden(text: &str) -> bool {
    text.contains("••") || text.chars().filter(|c| *c == DOT).count() >= privacy::DIGITS_MIN
}

fn hidden(text: &str, officials: &[&str]) -> String {
    let words = words(text);
    let shouted = !text.chars().any(char::is_lowercase);
    let plain = tidy(text).is_ascii();
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut i) = (0, 0);
    while i < words.len() {
        let Some(taken) = title_at(&words[i..], plain) else {
            i += 1;
            continue;
        };
        i += taken;
        let name = words[i..].iter().take(WORDS_MAX).take_while(|w| w.is_capital()).count();
        if name == 0 || !is_citizen(&words[i..i + name], shouted, officials) {
            continue;
        }
        for word in &words[i..i + name] {
            out.push_str(&text[copied..word.at]);
            out.push_str(HIDDEN);
            copied = word.at + word.text.len();
        }
        i += name;
    }
    out + &text[copied..]
}

struct Word<'a> {
    at: usize,
    text: &'a str,
    folded: String,
    /// Nothing but spaces stands before it.
    joined: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.joined && self.text.starts_with(|c: char| c.is_uppercase())
    }
}

/// Words of letters, with their places.
fn words(text: &str) -> Vec<Word<'_>> {
    let is_letter = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_letter).map(|s| at + s) {
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |e| start + e);
        let between = &text[words.last().map_or(0, |w: &Word| w.at + w.text.len())..start];
        let word = &text[start..end];
        words.push(Word { at: start, text: word, folded: fold(word), joined: between.trim().is_empty() });
        at = end;
    }
    words
}

/// How many words at the start are a title behind which a name follows.
fn title_at(words: &[Word], plain: bool) -> Option<usize> {
    let first = words.first()?;
    let composed: String =
        unicode_normalization::UnicodeNormalization::nfc(first.text).collect::<String>().to_lowercase();
    match (composed.as_str(), first.folded.as_str()) {
        (_, "ong" | "anh" | "chau") | ("bà" | "chị", _) => Some(1),
        (_, "ba" | "chi") if plain => Some(1),
        (_, "cong") if words.get(1).is_some_and(|w| w.folded == "dan") => Some(2),
        _ => None,
    }
}

fn is_citizen(name: &[Word], shouted: bool, officials: &[&str]) -> bool {
    let first = name[0].folded.as_str();
    if NO_NAMES.contains(&first) || (shouted && !FAMILIES.contains(&first)) {
        return false;
    }
    // What is called so may be followed by another capital: `anh Minh Sở Tư pháp`.
    let typed = |n: usize| name[..n].iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
    let known = |n: usize| find_by_name(&typed(n), officials.iter().copied().enumerate()) != Found::None;
    !(1..=name.len()).any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICIALS: [&str; 2] = ["Trần Thị Minh", "Đinh Quốc Lan"];

    fn check(reason: &str, hidden: &str) {
        for command in ["/lydo 0583", "/giahan 0583 26/11", "lý do 0583"] {
            let (said, kept) = (format!("{command} {reason}"), format!("{command} {hidden}"));
            assert_eq!(hide_names(&said, true, || OFFICIALS.to_vec()), kept);
        }
    }

    #[test]
    fn names_behind_a_title_are_hidden() {
        check("chờ ông Nguyễn Văn A bổ sung", "chờ ông ••• ••• ••• bổ sung");
        check("Bà Hoa vắng", "Bà ••• vắng");
        check("anh Tú, chị Hòa chưa ký", "anh •••, chị ••• chưa ký");
        check("cháu Bình chưa đến", "cháu ••• chưa đến");
        check("công dân Lê Thị Đào đi xa", "công dân ••• ••• ••• đi xa");
        check("cho ong Nguyen Van A", "cho ong ••• ••• •••");
        check("ba Hoa vang", "ba ••• vang");
        // In capitals the end of a name cannot be seen.
        check("ÔNG NGUYỄN VĂN A VẮNG", "ÔNG ••• ••• ••• •••");
    }

    #[test]
    fn officials_offices_and_plain_words_stay() {
        for reason in [
            "chờ chị Minh ký",
            "chờ anh Lan và chị Minh",
            "anh Đinh Quốc Lan nghỉ",
            "công dân chưa nộp lệ phí",
            "Chi cục Thuế chưa trả",
            "chờ tỉnh Bà Rịa xác minh",
            "mất điện",
            "CÔNG DÂN CHƯA NỘP",
            "ông bà vắng nhà",
        ] {
            check(reason, reason);
        }
    }

    #[test]
    fn other_messages_are_left_alone() {
        for text in ["chào ông Nam", "/xong 0583", "/moi can bo Trần Văn Tú HT", "ông Nam /lydo 0583"] {
            assert_eq!(hide_names(text, true, || OFFICIALS.to_vec()), text);
        }
        assert_eq!(hide_names("lý do 0583 ông Nam", false, || OFFICIALS.to_vec()), "lý do 0583 ông Nam");
    }
}
