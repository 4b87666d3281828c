//! How officials name roles, fields and codes when they deal with people:
//! `/moi can bo Trần Văn Tú HT, CT`, `/linhvuc bat HT CT`, `/start K7MN 2P4Q`.

use super::fold::{fold, is_silent, is_space, plain, word_is};
use super::names::{WORDS_MAX, is_too_long, quoted, tidy_name};
use crate::domain::field::{Field, FieldId};
use crate::domain::official::Role;

/// Words of the roles, folded, without inner spaces.
const ROLES: [(Role, &[&str]); 4] = [
    (Role::Officer, &["canbo", "cb", "officer"]),
    (Role::Lead, &["daumoi", "dm", "lead"]),
    (Role::Leader, &["lanhdao", "ld", "leader"]),
    (Role::Admin, &["quantri", "quantrivien", "qt", "admin"]),
];

/// The role that a text begins with, and what follows.
///
/// ```
/// use motcua::domain::official::Role;
/// use motcua::grammar::people::read_role;
/// assert_eq!(read_role("đầu mối Lan"), Some((Role::Lead, "Lan")));
/// assert_eq!(read_role("canbo Tú HT"), Some((Role::Officer, "Tú HT")));
/// assert_eq!(read_role("Lan"), None);
/// ```
pub fn read_role(text: &str) -> Option<(Role, &str)> {
    let text = text.trim();
    for words in (1..=3).rev() {
        let Some(end) = end_of_words(text, words) else { continue };
        let typed = &text[..end];
        if is_too_long(typed) {
            continue;
        }
        let role = ROLES.iter().find(|(_, names)| names.iter().any(|n| word_is(typed.trim_end_matches([':', ',']), n)));
        if let Some((role, _)) = role {
            return Some((*role, text[end..].trim_start_matches([':', ',']).trim()));
        }
    }
    None
}

/// Where the first `count` words end; `None` if there are fewer.
fn end_of_words(text: &str, count: usize) -> Option<usize> {
    let mut words = text.split_whitespace();
    let last = words.by_ref().take(count).last()?;
    let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
    (text[..end].split_whitespace().count() == count).then_some(end)
}

/// The field of a code, alias or name.
///
/// ```
/// # use motcua::domain::field::{Field, FieldId};
/// use motcua::grammar::people::field_named;
/// let fields = [Field { id: FieldId(11), code: "ĐĐ".into(), name: "Đất đai".into(), aliases: vec!["DD".into()], rank: 11 }];
/// assert_eq!(field_named("dd", &fields), Some(FieldId(11)));
/// assert_eq!(field_named("đất đai", &fields), Some(FieldId(11)));
/// ```
pub fn field_named(typed: &str, fields: &[Field]) -> Option<FieldId> {
    let is = |wanted: &str| word_is(typed, &fold(wanted));
    let by_code = fields.iter().find(|f| is(&f.code));
    by_code.or_else(|| fields.iter().find(|f| is(&f.name) || f.aliases.iter().any(|a| is(a)))).map(|f| f.id)
}

/// A list of fields: `HT,CT`, `ht ct`, `Hộ tịch; Đất đai`. Each once, in the order typed.
///
/// # Errors
/// The word that is no field.
pub fn read_fields(list: &str, fields: &[Field]) -> Result<Vec<FieldId>, String> {
    let mut found = Vec::new();
    for item in list.split([',', ';', '+', '|', '\n']).map(str::trim).filter(|i| !i.is_empty()) {
        let whole = field_named(item, fields).map(|f| vec![f]);
        let each = || item.split_whitespace().map(|w| field_named(w, fields).ok_or_else(|| w.to_string())).collect();
        for field in whole.map_or_else(each, Ok::<_, String>)? {
            if !found.contains(&field) {
                found.push(field);
            }
        }
    }
    Ok(found)
}

/// A name with the fields behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAndFields {
    pub name: String,
    pub fields: Vec<FieldId>,
}

/// Why a name with fields cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadName {
    /// This is no name of a person.
    NoName(String),
    /// This stands where a field should.
    NoField(String),
}

/// Reads `NAME [FIELDS]`. A word behind the name is a field only if it cannot be part of a
/// name: in capitals, without vowels, or in a list with commas. A text of more than 200
/// letters is refused, and so is a name of more than 12 words.
///
/// # Errors
/// What cannot be read.
pub fn read_name_and_fields(text: &str, fields: &[Field]) -> Result<NameAndFields, BadName> {
    if is_too_long(text) {
        return Err(BadName::NoName(quoted(text)));
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    // In a text all in capitals, capitals say nothing.
    let capitals = words.iter().any(|w| !is_all_capitals(w));
    let is_no_name = |w: &str| has_no_vowel(w) || (capitals && is_all_capitals(w));
    let held = |at: usize| {
        let tail = words[at..].join(" ");
        let first = tail.split([',', ';', '+']).next().unwrap_or_default().trim();
        let is_list =
            first.split_whitespace().all(is_no_name) || (first.contains(' ') && field_named(first, fields).is_some());
        if is_list { read_fields(&tail, fields).ok() } else { None }
    };
    let found = (1..words.len().min(WORDS_MAX + 1)).find_map(|at| Some((at, held(at)?)));
    let (at, held) = found.unwrap_or((words.len(), Vec::new()));
    let name = words[..at].join(" ");
    let name = name.trim_end_matches([',', ';', ':']);
    let is_odd = |w: &&str| w.contains([',', ';', '+']) || (is_no_name(w) && !w.chars().any(|c| c.is_numeric()));
    if held.is_empty() && at > 1 && words.iter().any(|w| !is_no_name(w)) {
        let first_odd = words.iter().skip(1).position(is_odd);
        if let Some(list) = first_odd.map(|i| words[i + 1..].join(" ")) {
            return Err(BadName::NoField(read_fields(&list, fields).err().unwrap_or(list)));
        }
    }
    let name = tidy_name(name).ok_or_else(|| BadName::NoName(quoted(name)))?;
    Ok(NameAndFields { name, fields: held })
}

fn is_all_capitals(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(char::is_uppercase)
}

fn has_no_vowel(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !fold(word).contains(|c| "aeiouy".contains(c))
}

/// Signs of a code: no vowels (a keyboard would put marks on them), no D and W (Telex), no
/// 0 and 1 (taken for O and I).
pub const CODE_SIGNS: [u8; 26] = *b"BCFGHJKLMNPQRSTVXZ23456789";

/// Letters and digits of a code.
pub const CODE_LENGTH: usize = 8;

/// A code as it is compared: capitals, no spaces; whatever else was typed stays and will
/// fit no code. `None` for an empty text.
///
/// ```
/// use motcua::grammar::people::read_code;
/// assert_eq!(read_code(" k7mn 2p4q\n").as_deref(), Some("K7MN2P4Q"));
/// ```
pub fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .map(plain)
        .filter(|c| !is_space(*c) && !is_silent(*c) && *c != '-')
        .flat_map(char::to_uppercase)
        .take(64)
        .collect();
    (!code.is_empty()).then_some(code)
}

/// What may be a code of a text: a `start` without its slash left out.
///
/// ```
/// use motcua::grammar::people::code_part;
/// assert_eq!(code_part(" Start k7mn2p4q"), "k7mn2p4q");
/// assert_eq!(code_part("k7mn 2p4q"), "k7mn 2p4q");
/// ```
pub fn code_part(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) if first.eq_ignore_ascii_case("start") => rest.trim_start(),
        _ => text,
    }
}

/// Whether a text has the shape of a code, as it may be sent bare in a private chat.
///
/// ```
/// use motcua::grammar::people::looks_like_code;
/// assert!(looks_like_code("k7mn 2p4q"));
/// assert!(!looks_like_code("xin chào") && !looks_like_code("K7MN2P4"));
/// ```
pub fn looks_like_code(text: &str) -> bool {
    read_code(text).is_some_and(|c| c.len() == CODE_LENGTH && c.bytes().all(|b| CODE_SIGNS.contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Vec<Field> {
        [
            (5, "CT", "Chứng thực", ""),
            (6, "HT", "Hộ tịch", ""),
            (11, "ĐĐ", "Đất đai", "DD"),
            (18, "DS", "Dân số, trẻ em", "TE"),
        ]
        .map(|(id, code, name, alias)| Field {
            id: FieldId(id),
            code: code.into(),
            name: name.into(),
            aliases: Some(alias.to_string()).filter(|a| !a.is_empty()).into_iter().collect(),
            rank: id,
        })
        .to_vec()
    }

    fn check(typed: &str, name: &str, held: &[i64]) {
        let expected = NameAndFields { name: name.into(), fields: held.iter().map(|f| FieldId(*f)).collect() };
        assert_eq!(read_name_and_fields(typed, &fields()), Ok(expected), "{typed}");
    }

    #[test]
    fn fields_stand_behind_the_name() {
        check("Trần Văn Tú HT, CT", "Trần Văn Tú", &[6, 5]);
        check("tran van tu ht ct", "tran van tu", &[6, 5]);
        check("Tú HT,ĐĐ", "Tú", &[6, 11]);
        check("Tú dd", "Tú", &[11]);
        check("Tú, Hộ tịch", "Tú", &[6]);
        check("Tú", "Tú", &[]);
    }

    #[test]
    fn a_name_that_sounds_like_a_field_stays_a_name() {
        check("Nguyễn Văn Tế", "Nguyễn Văn Tế", &[]);
        check("nguyen van te", "nguyen van te", &[]);
        check("Nguyễn Văn Nam TE", "Nguyễn Văn Nam", &[18]);
    }

    #[test]
    fn what_is_no_field_is_named() {
        let bad = |typed: &str| read_name_and_fields(typed, &fields()).unwrap_err();
        assert_eq!(bad("Lan HT, XX"), BadName::NoField("XX".into()));
        assert_eq!(bad("Lan XX"), BadName::NoField("XX".into()));
        assert_eq!(bad("Lan 090"), BadName::NoName("Lan 090".into()));
        assert_eq!(bad(""), BadName::NoName(String::new()));
    }

    #[test]
    fn a_text_that_is_too_long_is_refused_and_costs_little() {
        let started = std::time::Instant::now();
        for one in ["A ", "HT ", "HT, ", "a,", "Tú ", "Đ"] {
            for length in [4000, 190] {
                let long = one.repeat(length / one.len());
                let read = read_name_and_fields(&long, &fields());
                assert!(read.is_err() || length == 190, "{one}");
                read_role(&long);
            }
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
        let all = "HT, CT, DD, DS, ".repeat(10);
        check(&format!("Tú {all}"), "Tú", &[6, 5, 11, 18]);
    }

    #[test]
    fn roles_are_named_in_vietnamese_or_as_on_the_command_line() {
        for (typed, role) in [
            ("cán bộ X", Role::Officer),
            ("CB X", Role::Officer),
            ("Lãnh Đạo X", Role::Leader),
            ("quan tri vien X", Role::Admin),
            ("lead: X", Role::Lead),
        ] {
            assert_eq!(read_role(typed), Some((role, "X")), "{typed}");
        }
    }
}
