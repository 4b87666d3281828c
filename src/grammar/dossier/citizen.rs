//! Names of citizens in the reasons of `/giahan`, `/lydo` and `/hoan`, and behind `/nghi`, are
//! hidden before anything is kept (SPEC §7), as numbers of citizens are by
//! [`crate::grammar::privacy`]; last parts of dossier codes side by side are no such numbers
//! ([`super::spared`]).
//!
//! A name is all capitalised words behind `ông`, `bà`, `anh`, `chị`, `cháu`, `công dân` (also
//! `ô.`, `cô`, `bác`, `chú`, `cụ`, `em`), unless all of them together are what an official is
//! called: `bà Hà Thị Lụa` is no colleague called Hà. Without diacritics `ba`, `chi` and
//! `chau` say it in texts that have none at all; where a text has no small letters, capitals
//! say nothing, and only a family name does.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::small_names;
use super::spared::spared;
use super::tidy;
use crate::domain::official::Action;
use crate::grammar::command::read_command;
use crate::grammar::fold::{fold, is_silent, is_space};
use crate::grammar::names::is_same_name;
use crate::grammar::privacy::{self, DOT};
use crate::grammar::table::Command;

/// What stands for a hidden word.
const HIDDEN: &str = "•••";
/// How titles look in small letters; the last part is enough.
const TITLES: [&str; 16] =
    ["ng ", "anh", "dân", "dan", "bà", "ba ", "chị", "chi", "cháu", "chau", "cô", "bác", "chú", "cụ", "em ", "ô"];
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
/// let mask = |text| mask(text, true, &[], Default::default);
/// assert_eq!(mask("/xong 0583 0584 0585 19/11"), "/xong 0583 0584 0585 19/11");
/// assert_eq!(mask("/xong 0010 8501 2345"), "/xong •••• •••• ••••");
/// ```
pub fn mask<'a>(
    text: &str,
    private: bool,
    money_words: &[String],
    officials: impl FnOnce() -> Officials<'a>,
) -> String {
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
/// use motcua::grammar::dossier::citizen::{Officials, hide_names};
/// let officials = || Officials { all: vec!["Trần Thị Minh"], colleagues: vec!["Trần Thị Minh"] };
/// let hide = |text| hide_names(text, true, officials);
/// assert_eq!(hide("/lydo 0583 chờ ông Nguyễn Văn A ký"), "/lydo 0583 chờ ông ••• ••• ••• ký");
/// assert_eq!(hide("/lydo 0583 chờ chị Minh ký"), "/lydo 0583 chờ chị Minh ký");
/// assert_eq!(hide("/lydo 0583 công dân chưa nộp"), "/lydo 0583 công dân chưa nộp");
/// ```
pub fn hide_names<'a>(text: &str, private: bool, officials: impl FnOnce() -> Officials<'a>) -> String {
    // Nearly all messages are counts, and hold neither a capital nor a title.
    if !text.chars().any(char::is_uppercase) && !TITLES.iter().any(|title| text.contains(title)) {
        return text.to_string();
    }
    match read_command(text, private, None) {
        Some((row, rest))
            if matches!(row.command, Command::Extend | Command::Reason | Command::Snooze | Command::Leave)
                && !rest.is_empty() =>
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

/// What officials are called: nobody of theirs is a citizen.
#[derive(Clone, Debug, Default)]
pub struct Officials<'a> {
    /// Full names of all.
    pub all: Vec<&'a str>,
    /// Full names of those of the sender's units, who go by their given name too.
    pub colleagues: Vec<&'a str>,
}

fn hidden(text: &str, officials: &Officials) -> String {
    let words = words(text);
    let shouted = !text.chars().any(char::is_lowercase);
    let plain = tidy(text).is_ascii();
    let mut out = String::with_capacity(text.len());
    let (mut copied, mut i) = (0, 0);
    while i < words.len() {
        let Some(taken) = title_at(&words, i, plain) else {
            i += 1;
            continue;
        };
        let title = &words[i];
        i += taken;
        let small = small_name_at(text, &words, i, plain);
        if small > 0 && !is_colleague(&words[i..i + small], plain, officials) {
            for word in &words[i..i + small] {
                out.push_str(&text[copied..word.at]);
                out.push_str(HIDDEN);
                copied = word.end();
            }
            i += small;
            continue;
        }
        let name = &words[i..i + name_at(text, &words, i)];
        let known = name.is_empty() || is_place(title, name) || is_office(title, name, plain);
        if known
            || (shouted && !FAMILIES.contains(&name[0].folded.as_str()))
            || is_official(name, plain, shouted, officials)
        {
            continue;
        }
        for word in name {
            out.push_str(&text[copied..word.at]);
            out.push_str(HIDDEN);
            copied = word.end();
        }
        i += name.len();
    }
    out + &text[copied..]
}

pub(super) struct Word<'a> {
    at: usize,
    text: &'a str,
    /// Composed, in small letters, without signs that have no width.
    pub(super) lower: String,
    pub(super) folded: String,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_capital(&self) -> bool {
        self.text.starts_with(|c: char| c.is_uppercase())
    }
}

/// Words of letters, with their places.
fn words(text: &str) -> Vec<Word<'_>> {
    let goes_on = |c: char| c.is_alphabetic() || is_combining_mark(c) || is_silent(c);
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphabetic).map(|s| at + s) {
        let end = text[start..].find(|c| !goes_on(c)).map_or(text.len(), |e| start + e);
        let word = &text[start..end];
        let lower = word.nfc().filter(|c| !is_silent(*c)).collect::<String>().to_lowercase();
        words.push(Word { at: start, text: word, lower, folded: fold(word) });
        at = end;
    }
    words
}

/// How many words at `i` are a title behind which a name follows.
fn title_at(words: &[Word], i: usize, plain: bool) -> Option<usize> {
    let first = &words[i];
    match first.lower.as_str() {
        "ông" | "ong" | "anh" | "cháu" | "bà" | "chị" | "cô" | "bác" | "chú" | "cụ" => Some(1),
        "ba" | "chi" | "chau" if plain => Some(1),
        // `ô. Hoàng`; but a plot of land is `ô A`.
        "ô" if words.get(i + 1).is_some_and(|w| w.lower.chars().nth(1).is_some()) => Some(1),
        // Dân số, trẻ em is a field.
        "em" if i == 0 || words[i - 1].folded != "tre" => Some(1),
        _ if first.folded == "cong" && words.get(i + 1).is_some_and(|w| w.folded == "dan") => Some(2),
        _ => None,
    }
}

/// How many words at `i` are a name: all capitalised ones in a row. Whatever signs stand
/// before the first; behind it, spaces of one line or signs without a space (`Văn-A`).
fn name_at(text: &str, words: &[Word], i: usize) -> usize {
    let joins = |at: usize| {
        let between = text.get(words[at].end()..words[at + 1].at).unwrap_or_default();
        let is_gap = |c: char| is_space(c) || is_silent(c);
        !between.contains(|c: char| c == '\n' || c.is_numeric())
            && (between.chars().all(is_gap) || !between.contains(is_gap))
    };
    let Some(title) = i.checked_sub(1) else { return 0 };
    let apart = |first: &Word| text[words[title].end()..first.at].contains(char::is_numeric);
    if words.get(i).is_none_or(|w| !w.is_capital() || apart(w)) {
        return 0;
    }
    1 + (i + 1..words.len()).take_while(|&n| words[n].is_capital() && joins(n - 1)).count()
}

/// How many words at `i` are a name in small letters, on one line with spaces between them.
fn small_name_at(text: &str, words: &[Word], i: usize, plain: bool) -> usize {
    if words.get(i).is_none_or(Word::is_capital) {
        return 0;
    }
    let is_gap = |c: char| c != '\n' && (is_space(c) || is_silent(c));
    let joins = |at: usize| text[words[at].end()..words[at + 1].at].chars().all(is_gap);
    let row = 1 + (i..words.len() - 1).take_while(|&at| joins(at)).count();
    let title = i.checked_sub(1).map_or("", |at| words[at].folded.as_str());
    small_names::name_at(&words[i..i + row], plain, matches!(title, "ong" | "anh" | "bac" | "chu" | "dan"))
}

/// Whether the first words of a name in small letters are what an official is called: where
/// such a name ends cannot be seen.
fn is_colleague(name: &[Word], plain: bool, officials: &Officials) -> bool {
    (2..=name.len()).any(|n| is_official(&name[..n], plain, false, officials))
}

/// Bà Rịa, Bà Nà, Bà Đen.
fn is_place(title: &Word, name: &[Word]) -> bool {
    let folded: Vec<&str> = name.iter().map(|w| w.folded.as_str()).collect();
    title.folded == "ba"
        && title.is_capital()
        && matches!(folded[..], ["ria"] | ["ria", "vung", "tau"] | ["na"] | ["den"])
}

/// `Chi Cuc Thue`, in a text without diacritics.
fn is_office(title: &Word, name: &[Word], plain: bool) -> bool {
    plain && title.folded == "chi" && matches!(name[0].folded.as_str(), "cuc" | "nhanh" | "bo" | "hoi")
}

/// Whether all words together are what an official is called: the full name, or the last
/// words of a colleague's. Marks count unless the text has none.
fn is_official(name: &[Word], plain: bool, shouted: bool, officials: &Officials) -> bool {
    let is_called = |typed: &[Word], official: &str, whole: bool| {
        let words: Vec<&str> = official.split_whitespace().collect();
        let Some(from) = words.len().checked_sub(typed.len()).filter(|from| *from == 0 || !whole) else { return false };
        let (last, typed) =
            (words[from..].join(" "), typed.iter().map(|w| w.lower.as_str()).collect::<Vec<_>>().join(" "));
        if plain { fold(&last) == fold(&typed) } else { is_same_name(&last, &typed) }
    };
    // Where all are capitals the end of a name cannot be seen.
    let shortest = if shouted { 2.min(name.len()) } else { name.len() };
    officials.colleagues.iter().any(|o| is_called(name, o, false))
        || officials.all.iter().any(|o| (shortest..=name.len()).any(|n| is_called(&name[..n], o, true)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn officials() -> Officials<'static> {
        let colleagues = vec!["Trần Thị Minh", "Đinh Quốc Lan", "Lê Thu Hà"];
        Officials { all: [&colleagues[..], &["Nguyễn Văn Hoàng", "Hà Thị Hoa"]].concat(), colleagues }
    }

    fn check(reason: &str, hidden: &str) {
        for command in ["/lydo 0583", "/giahan 0583 26/11", "lý do 0583"] {
            let (said, kept) = (format!("{command} {reason}"), format!("{command} {hidden}"));
            assert_eq!(hide_names(&said, true, officials), kept);
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
        check("bác Tư, cô Hoa, chú Bảy, cụ Thìn, em Na", "bác •••, cô •••, chú •••, cụ •••, em •••");
        check("chị Đoàn Thị Hoa", "chị ••• ••• •••");
        // In capitals the end of a name cannot be seen.
        check("ÔNG NGUYỄN VĂN A VẮNG", "ÔNG ••• ••• ••• •••");
    }

    #[test]
    fn whoever_only_begins_as_an_official_is_called_is_a_citizen() {
        check("bà Hà Thị Lụa chưa nộp", "bà ••• ••• ••• chưa nộp");
        check("chị Lan Thị Minh", "chị ••• ••• •••");
        check("anh Minh Sở Tư pháp", "anh ••• ••• ••• pháp");
        check("ba Ha Thi Lua chua nop", "ba ••• ••• ••• chua nop");
        // Officials of other units go by their full names only; marks count.
        check("ông Hoàng vắng", "ông ••• vắng");
        check("chờ bà Hạ", "chờ bà •••");
        check("bà Thị Hoa", "bà ••• •••");
    }

    #[test]
    fn signs_between_title_and_name_hide_nothing() {
        for (reason, hidden) in [
            ("ông (Hoàng) vắng", "ông (•••) vắng"),
            ("Ông: Hoàng Văn", "Ông: ••• •••"),
            ("bà. Hoa", "bà. •••"),
            ("bà-Hoa", "bà-•••"),
            ("ông, Hoàng", "ông, •••"),
            ("ông \u{200b}Thu", "ông \u{200b}•••"),
            ("ô\u{200b}ng Thu", "ô\u{200b}ng •••"),
            ("ông Th\u{200b}u Văn", "ông ••• •••"),
            ("ô. Hoàng", "ô. •••"),
            ("ông “Nguyễn.Văn-Hải”", "ông “•••.•••-•••”"),
            ("ông ... Hoàng", "ông ... •••"),
            ("công dân: Lụa", "công dân: •••"),
        ] {
            check(reason, hidden);
        }
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
            "chờ Bà Rịa Vũng Tàu",
            "chờ xã Châu Thành trả lời",
            "Chi Cuc Thue chua tra",
            "phòng Dân số, trẻ em Sở Y tế",
            "lỗi ô A 5",
            "anh Nguyễn Văn Hoàng chưa ký",
            "chị Thu Hà, chị HÀ chưa ký",
            "anh: Lan, Sở Tư pháp",
            "chi Minh ky, ba Ha Thi Hoa duyet",
            "CHỜ ANH NGUYỄN VĂN HOÀNG KÝ",
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
            assert_eq!(hide_names(text, true, officials), text);
        }
        assert_eq!(hide_names("lý do 0583 ông Nam", false, officials), "lý do 0583 ông Nam");
    }
}
