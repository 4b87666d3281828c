//! What counts as the same letter: `Hộ Tịch`, `ho tich` and `ＨＯ ＴＩＣＨ` are one word.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Longest word that is turned back into keys, in letters; no word of ours is longer.
const KEYS_MAX: usize = 20;
/// Ways of typing one word that are looked at; more means it is no word of ours.
const WAYS_MAX: usize = 128;

/// Folds a text for comparison: no diacritics, `đ` → `d`, lower case, full-width signs as
/// ordinary ones, zero-width signs dropped, emoji and every kind of space one space
/// between words; line breaks stay (SPEC §14 Lines).
///
/// ```
/// use motcua::grammar::fold::fold;
/// assert_eq!(fold("  Hộ\u{a0}TỊCH 👍 ｏｌ １２ "), "ho tich ol 12");
/// assert_eq!(fold("Đất đai"), "dat dai");
/// assert_eq!(fold("hoà"), fold("hòa"));
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let c = plain(c);
        if c == '\n' {
            gap = false;
            out.push('\n');
        } else if is_space(c) {
            gap = true;
        } else if !is_silent(c) {
            let before = out.len();
            fold_char(c, &mut out);
            if gap && out.len() > before && before > 0 && !out[..before].ends_with('\n') {
                out.insert(before, ' ');
            }
            gap = gap && out.len() == before;
        }
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    let lead = out.len() - out.trim_start().len();
    out.drain(..lead);
    out
}

/// Whether a typed word is the wanted one: folded, with or without inner spaces, or by the
/// keys a Telex keyboard would have taken (`hóo` = `hoso`).
///
/// `wanted` is a folded word as it stands in a table.
///
/// ```
/// use motcua::grammar::fold::word_is;
/// assert!(word_is("Tổng hợp", "tonghop"));
/// assert!(word_is("hóo", "hoso") && word_is("víao", "visao"));
/// assert!(!word_is("tonghp", "tonghop"));
/// ```
pub fn word_is(typed: &str, wanted: &str) -> bool {
    let close = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let wanted = close(wanted);
    close(&fold(typed)) == wanted || (!typed.is_ascii() && telex_keys(&close(typed)).contains(&wanted))
}

/// The keys that a Telex keyboard may have taken for a word; empty for plain ASCII.
///
/// A phone turns `hoso` into `hóo`: the `s` became a mark. Where in the word the key of a
/// mark was pressed cannot be seen any more, so every place behind its letter is tried.
///
/// ```
/// use motcua::grammar::fold::telex_keys;
/// assert!(telex_keys("hóo").contains(&"hoso".to_string()));
/// assert_eq!(telex_keys("đ"), ["dd"]);
/// ```
pub fn telex_keys(word: &str) -> Vec<String> {
    if word.is_ascii() || word.chars().count() > 2 * KEYS_MAX {
        return Vec::new();
    }
    let mut letters: Vec<char> = Vec::new();
    let mut keys: Vec<(usize, char)> = Vec::new();
    for c in word.chars().map(plain) {
        decompose_canonical(c, |c| {
            for c in c.to_lowercase() {
                match key_of_mark(c, letters.last().copied()) {
                    Some(key) => keys.push((letters.len(), key)),
                    None if c == 'đ' => {
                        letters.push('d');
                        keys.push((letters.len(), 'd'));
                    }
                    None if is_combining_mark(c) || is_silent(c) => {}
                    None => letters.push(c),
                }
            }
        });
    }
    if keys.is_empty() || keys.len() > 4 || letters.len() > KEYS_MAX {
        return Vec::new();
    }
    let mut weave = Weave { letters: &letters, typed: String::new(), ways: Vec::new(), tries: WAYS_MAX };
    weave.go_on(0, &keys);
    weave.ways
}

/// What a Telex keyboard would have made of a typed syllable, folded; `None` where it has
/// no key of a mark in it.
///
/// ```
/// use motcua::grammar::fold::telex_word;
/// assert_eq!(telex_word("truwowcs").as_deref(), Some("truoc"));
/// assert_eq!(telex_word("ddaats").as_deref(), Some("dat"));
/// assert_eq!(telex_word("online"), None);
/// ```
pub fn telex_word(typed: &str) -> Option<String> {
    if !(3..=10).contains(&typed.len()) || !typed.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let typed = typed.to_ascii_lowercase();
    let onset = typed.find(['a', 'e', 'i', 'o', 'u', 'y', 'w'])?;
    let mut word = typed[..onset].replace("dd", "d");
    let rime = word.len();
    for c in typed[onset..].chars() {
        let again = word[rime..].contains(c) && matches!(c, 'a' | 'e' | 'o');
        match c {
            // No syllable ends in one of these, so they are tones.
            's' | 'f' | 'r' | 'x' | 'j' | 'z' => {}
            'w' if word[rime..].contains(['a', 'o', 'u']) => {}
            'w' => word.push('u'),
            'd' if word.starts_with('d') => {}
            _ if again => {}
            c => word.push(c),
        }
    }
    (word != typed).then_some(word)
}

/// All ways of pressing keys, each somewhere behind the letter it marks.
struct Weave<'a> {
    letters: &'a [char],
    typed: String,
    ways: Vec<String>,
    tries: usize,
}

impl Weave<'_> {
    /// Goes on at letter `at` with the keys that are still to be pressed.
    fn go_on(&mut self, at: usize, open: &[(usize, char)]) {
        if self.tries == 0 {
            return;
        }
        if at == self.letters.len() && open.is_empty() {
            self.tries -= 1;
            if !self.ways.contains(&self.typed) {
                self.ways.push(self.typed.clone());
            }
            return;
        }
        for (i, &(behind, key)) in open.iter().enumerate() {
            if behind <= at {
                let rest: Vec<_> = open.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, k)| *k).collect();
                self.typed.push(key);
                self.go_on(at, &rest);
                self.typed.pop();
            }
        }
        if let Some(&letter) = self.letters.get(at) {
            self.typed.push(letter);
            self.go_on(at + 1, open);
            self.typed.pop();
        }
    }
}

/// The Telex key of a combining mark; a circumflex is its vowel typed twice.
fn key_of_mark(mark: char, vowel: Option<char>) -> Option<char> {
    match mark {
        '\u{301}' => Some('s'),
        '\u{300}' => Some('f'),
        '\u{309}' => Some('r'),
        '\u{303}' => Some('x'),
        '\u{323}' => Some('j'),
        '\u{302}' => vowel,
        '\u{306}' | '\u{31b}' => Some('w'),
        _ => None,
    }
}

/// Appends one letter, folded.
pub(super) fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    decompose_canonical(c, |c| {
        for c in c.to_lowercase() {
            match c {
                'đ' => out.push('d'),
                c if is_combining_mark(c) => {}
                c => out.push(c),
            }
        }
    });
}

/// Full-width signs as ordinary ones; every other sign as it is.
pub(super) fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Spaces of every kind; emoji, pictures and arrows count as a space.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}'
            | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Signs without width: joiners, direction marks, variation selectors, the frame of a keycap.
pub(super) fn is_silent(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, folded: &str) {
        assert_eq!(fold(typed), folded, "{typed:?}");
    }

    #[test]
    fn case_marks_and_width_make_no_difference() {
        check("HỘ TỊCH", "ho tich");
        check("ho\u{323}\u{302} ti\u{323}ch", "ho tich");
        check("Đăng ký", "dang ky");
        check("ｈｔ　ｏｌ", "ht ol");
        check("h\u{200b}t\u{feff} ol", "ht ol");
        check("ol 3️⃣ 👍🏽", "ol 3");
        check("a\r\nb\n\n c", "a\nb\n\nc");
    }

    #[test]
    fn a_word_is_also_the_keys_that_telex_took() {
        for (typed, wanted) in [
            ("hóo", "hoso"),
            ("víao", "visao"),
            ("đ", "dd"),
            ("líchu", "lichsu"),
            ("Sóanh", "sosanh"),
            ("bóung", "bosung"),
        ] {
            assert!(word_is(typed, wanted), "{typed}");
        }
        assert!(!word_is("hóa", "hoso"));
    }
}
