//! Which command a message is: `/tonghop`, `/Tổng hợp`, `/nhap@motcua_bot`, `tong hop`.

use super::day::read_day;
use super::dossier::bare;
use super::fold::{fold, is_silent, is_space, plain, telex_keys};
use super::near::nearest;
use super::table::{COMMANDS, Command, CommandRow};

/// Words that a command's name may be spread over, as in `/ngày nghỉ`.
const NAME_WORDS: usize = 3;

/// The command that a message begins with, and what follows the name.
///
/// Names match with or without diacritics and inner spaces, in any case, and by the keys of
/// a Telex keyboard. In a private chat the slash may be left out. `bot` is our user name:
/// `/nhap@other_bot` is not for us. `None` for everything else, counts among it.
///
/// ```
/// use motcua::grammar::command::read_command;
/// use motcua::grammar::table::Command;
/// let read = |text, private| read_command(text, private, Some("motcua_bot")).map(|(row, rest)| (row.command, rest));
/// assert_eq!(read("/Tổng hợp thang 11", false), Some((Command::Summary, "thang 11")));
/// assert_eq!(read("/nhap@motcua_bot ht ol 3", false), Some((Command::Post, "ht ol 3")));
/// assert_eq!(read("tong hop", true), Some((Command::Summary, "")));
/// assert_eq!(read("tong hop", false), None);
/// assert_eq!(read("/nhap@other_bot ht ol 3", false), None);
/// ```
pub fn read_command<'a>(text: &'a str, private: bool, bot: Option<&str>) -> Option<(&'static CommandRow, &'a str)> {
    let (head, slash) = after_slash(text);
    if !slash && !private {
        return None;
    }
    let words = first_words(head, slash);
    if let Some(other) = words.first().and_then(|w| w.addressee)
        && bot.is_some_and(|b| !b.eq_ignore_ascii_case(other))
    {
        return None;
    }
    let (row, rest) = (1..=words.len()).rev().find_map(|count| {
        let row = row_called(&words[..count])?;
        Some((row, head[words[count - 1].end..].trim()))
    })?;
    // `homnay ht ol 3` is a post that names its day, `homnay` alone the question.
    if !slash && !bare::is_meant(row.command, rest) {
        return None;
    }
    let is_question = slash || row.command != Command::Today || rest.is_empty() || is_day_alone(rest);
    is_question.then_some((row, rest))
}

/// The command that a message may have meant: its name is one letter off. For a message
/// with a slash, or in a private chat one that begins with such a word alone.
///
/// ```
/// use motcua::grammar::command::suggest;
/// assert_eq!(suggest("/tonghp thang 11", false).map(|r| r.name), Some("tonghop"));
/// assert_eq!(suggest("chào cả nhà", true).map(|r| r.name), None);
/// ```
pub fn suggest(text: &str, private: bool) -> Option<&'static CommandRow> {
    let (head, slash) = after_slash(text);
    if !slash && !private {
        return None;
    }
    let words = first_words(head, slash);
    let names = || COMMANDS.iter().flat_map(CommandRow::names);
    (1..=words.len()).rev().find_map(|count| {
        let typed = joined(&words[..count]);
        // Without the slash a short word is small talk.
        let near = if slash || typed.len() > 5 { nearest(&typed, names()) } else { None }?;
        COMMANDS.iter().find(|r| r.names().any(|n| n == near))
    })
}

/// Whether a message begins with a slash and this name.
pub(super) fn begins_with_name(text: &str, name: &str) -> bool {
    let (head, slash) = after_slash(text);
    let words = first_words(head, true);
    slash && (1..=words.len()).any(|count| is_called(&words[..count], name))
}

/// Whether a message is this name alone.
pub(super) fn is_name(text: &str, name: &str) -> bool {
    let (head, slash) = after_slash(text);
    let words = first_words(head, slash);
    words.last().is_some_and(|w| head[w.end..].trim().is_empty()) && is_called(&words, name)
}

fn after_slash(text: &str) -> (&str, bool) {
    let text = text.trim_start_matches(|c| is_space(c) || is_silent(c));
    match text.chars().next() {
        Some(c) if plain(c) == '/' => (text[c.len_utf8()..].trim_start_matches(is_space), true),
        _ => (text, false),
    }
}

struct Word<'a> {
    /// Without signs at its end and without `@bot`.
    text: &'a str,
    addressee: Option<&'a str>,
    /// Where the whole word ends.
    end: usize,
}

fn first_words(text: &str, slash: bool) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < NAME_WORDS {
        let rest = &text[at..];
        let Some(start) = rest.find(|c| !is_space(c)) else { break };
        // A name does not run over the end of a line.
        if !words.is_empty() && rest[..start].contains('\n') {
            break;
        }
        let long = rest[start..].find(is_space).unwrap_or(rest.len() - start);
        let word = &rest[start..start + long];
        at += start + long;
        let (name, addressee) = match word.split_once('@') {
            Some((name, bot)) if slash && words.is_empty() && !bot.is_empty() => (name, Some(bot)),
            _ => (word, None),
        };
        words.push(Word { text: name.trim_end_matches([':', ',', '.', '?', '!']), addressee, end: at });
        if addressee.is_some() {
            break;
        }
    }
    words
}

fn row_called(words: &[Word]) -> Option<&'static CommandRow> {
    let names = names_typed(words);
    names.iter().find_map(|name| COMMANDS.iter().find(|r| r.names().any(|n| n == name)))
}

fn is_called(words: &[Word], name: &str) -> bool {
    names_typed(words).iter().any(|typed| typed == name)
}

/// What words may spell: as they are, then by the keys of a Telex keyboard.
fn names_typed(words: &[Word]) -> Vec<String> {
    let folded = joined(words);
    let typed: String = words.iter().map(|w| w.text).collect();
    let ways = if typed.is_ascii() || folded.len() > 12 { Vec::new() } else { telex_keys(&typed) };
    [folded].into_iter().chain(ways).collect()
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|w| fold(w.text)).collect()
}

fn is_day_alone(text: &str) -> bool {
    chrono::NaiveDate::from_ymd_opt(2026, 6, 15).and_then(|d| read_day(text, d)).is_some_and(|d| d.rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, private: bool, expected: Option<(&str, &str)>) {
        let read = read_command(text, private, Some("motcua_bot")).map(|(row, rest)| (row.name, rest));
        assert_eq!(read, expected, "{text:?}");
    }

    #[test]
    fn names_match_however_they_are_typed() {
        for text in
            ["/tonghop", "/TONGHOP", "/tổng hợp", "/Tổng  Hợp", "／tonghop", " / tonghop", "/tonghop:", "/tônghop"]
        {
            check(text, false, Some(("tonghop", "")));
        }
        check("/víao tiep nhan", false, Some(("visao", "tiep nhan")));
        check("/ngày nghỉ 2026", false, Some(("ngaynghi", "2026")));
        check("/help", false, Some(("trogiup", "")));
        check("/hướng dẫn nhap", false, Some(("trogiup", "nhap")));
        check("/so sánh thang 10, thang 11", false, Some(("sosanh", "thang 10, thang 11")));
    }

    #[test]
    fn lines_behind_the_name_stay_lines() {
        check("/nhap\nht ol 3\nct ol 2", false, Some(("nhap", "ht ol 3\nct ol 2")));
        check("/nhap@MotCua_Bot ht ol 3", false, Some(("nhap", "ht ol 3")));
        check("/nhap @Lan ht ol 3", false, Some(("nhap", "@Lan ht ol 3")));
    }

    #[test]
    fn without_a_slash_only_in_a_private_chat() {
        check("lịch sử 18/11", true, Some(("lichsu", "18/11")));
        check("lịch sử 18/11", false, None);
        check("ht ol 3", true, None);
        check("homnay", true, Some(("homnay", "")));
        check("hôm nay", true, Some(("homnay", "")));
        check("homnay ht ol 3", true, None);
        check("homnay 18/11", true, Some(("homnay", "18/11")));
        check("", true, None);
        check("/", true, None);
    }

    #[test]
    fn one_letter_off_is_asked_about() {
        let near = |text: &str| suggest(text, true).map(|r| r.name);
        assert_eq!(near("/tonghpo"), Some("tonghop"));
        assert_eq!(near("/tổng hộpp"), Some("tonghop"));
        assert_eq!(near("/xuatt"), Some("xuat"));
        assert_eq!(near("/abc"), None);
        assert_eq!(near("tonghp"), Some("tonghop"));
        assert_eq!(near("moii"), None);
    }
}
