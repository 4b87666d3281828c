//! The two fonts of a picture (Be Vietnam Pro, SIL Open Font License: `fonts/OFL.txt`), and how
//! much room text takes in them.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::{UnicodeNormalization, char};

/// Its name inside the files.
pub const FAMILY: &str = "Be Vietnam Pro";
/// Where text was cut.
const CUT: char = '…';
/// Stands for a letter that the fonts do not have.
const UNKNOWN: char = '?';

static REGULAR: &[u8] = include_bytes!("../fonts/BeVietnamPro-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/BeVietnamPro-Bold.ttf");

/// Size (points) and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    pub bold: bool,
}

pub const fn regular(size: f32) -> Style {
    Style { size, bold: false }
}

pub const fn bold(size: f32) -> Style {
    Style { size, bold: true }
}

/// Both fonts, for the renderer.
pub fn database() -> Arc<Database> {
    let mut fonts = Database::new();
    for bytes in [REGULAR, BOLD] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    Arc::new(fonts)
}

fn face(bold: bool) -> Option<&'static FontRef<'static>> {
    static FACES: LazyLock<[Option<FontRef<'static>>; 2]> =
        LazyLock::new(|| [REGULAR, BOLD].map(|bytes| FontRef::new(bytes).ok()));
    FACES[usize::from(bold)].as_ref()
}

/// How wide a text is (points), pairs of letters not drawn together.
pub fn width(text: &str, style: Style) -> f32 {
    let Some(face) = face(style.bold) else { return 0.0 };
    let (letters, metrics) = (face.charmap(), face.glyph_metrics(Size::new(style.size), LocationRef::default()));
    let one = |c| letters.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(0.0);
    text.chars().map(one).sum()
}

/// The text in letters that the fonts have, on one line: marks joined to their letters, letters
/// in fancy dress as plain ones, emoji and signs of no width left out, other unknown letters `?`.
pub fn plain(text: &str) -> String {
    let Some(face) = face(false) else { return String::new() };
    let letters = face.charmap();
    let known = |c: &char| letters.map(*c).is_some();
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if known(&c) && !c.is_control() {
            out.push(c);
        } else if c.nfkc().all(|p| known(&p)) && !c.is_control() {
            out.extend(c.nfkc());
        } else if c.is_alphanumeric() && !char::is_combining_mark(c) {
            out.push(UNKNOWN);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// As much of a text as there is room for, with `…` where something is left out.
pub fn cut(text: &str, style: Style, room: f32) -> String {
    let text = plain(text);
    if width(&text, style) <= room {
        return text;
    }
    let mut kept = text;
    while kept.pop().is_some() {
        let cut = format!("{}{CUT}", kept.trim_end_matches([' ', ',', ';', ':', '(']));
        if width(&cut, style) <= room {
            return cut;
        }
    }
    CUT.to_string()
}

/// A text over at most `lines` lines, broken between words; the last line is cut.
pub fn wrap(text: &str, style: Style, (room, lines): (f32, usize)) -> Vec<String> {
    let text = plain(text);
    let mut out = Vec::new();
    let mut rest = text.as_str();
    while out.len() + 1 < lines && width(rest, style) > room {
        // A word longer than a line is cut there.
        let ends = rest.match_indices(' ').map(|(at, _)| at);
        let Some(end) = ends.take_while(|end| width(&rest[..*end], style) <= room).last() else { break };
        out.push(rest[..end].to_string());
        rest = &rest[end + 1..];
    }
    out.push(cut(rest, style, room));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_fonts_have_every_vietnamese_letter() {
        let bases = ["aăâeêioôơuưy", "AĂÂEÊIOÔƠUƯY"].concat();
        let marks = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let letters =
            bases.chars().flat_map(|b| marks.iter().map(move |m| format!("{b}{m}").nfc().collect::<String>()));
        let letters: String = letters.chain(["đĐ₫–…%()·≥".to_string()]).collect();
        assert_eq!(letters.chars().count(), 24 * 6 + 10);
        for bold in [false, true] {
            let missing: String = letters.chars().filter(|c| face(bold).unwrap().charmap().map(*c).is_none()).collect();
            assert_eq!(missing, "", "bold: {bold}");
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected, "{text:?}");
    }

    #[test]
    fn only_letters_that_can_be_drawn_are_left() {
        check("Hộ tịch", "Hộ tịch");
        check("Ho\u{323}\u{302} ti\u{323}ch", "Hộ tịch");
        check("Đất đai 🏠🇻🇳\u{200d}\u{fe0f}", "Đất đai");
        check(" a\t\n b\u{0}\u{7}\u{feff} ", "a b");
        check("Ｘã 𝐇𝟏 ﬁ", "Xã H1 fi");
        check("ខ្មែរ", "???");
        check("", "");
    }

    fn check_cut(text: &str, room: f32, expected: &str) {
        let style = regular(30.0);
        let cut = cut(text, style, room);
        assert_eq!(cut, expected, "{text:?} in {room}");
        assert!(width(&cut, style) <= room || cut == "…");
    }

    #[test]
    fn what_is_too_long_is_cut_where_it_ends() {
        let all = width("Chứng thực", regular(30.0));
        check_cut("Chứng thực", all, "Chứng thực");
        check_cut("Chứng thực", all - 1.0, "Chứng th…");
        check_cut("Chứng thực", width("Chứng …", regular(30.0)), "Chứng…");
        check_cut("Chứng thực", 0.0, "…");
    }

    #[test]
    fn lines_break_between_words_and_the_last_is_cut() {
        let style = bold(40.0);
        let room = width("một hai ba", style);
        let lines = |text: &str, most| wrap(text, style, (room, most));
        assert_eq!(lines("một hai ba", 2), ["một hai ba"]);
        assert_eq!(lines("một hai ba một hai", 2), ["một hai ba", "một hai"]);
        assert_eq!(lines("một hai ba một hai ba bốn", 2), ["một hai ba", "một hai…"]);
        assert_eq!(lines("một hai ba bốn", 1), ["một hai…"]);
        assert_eq!(lines(&"x".repeat(99), 3).len(), 1);
        assert!(lines(&"x".repeat(99), 3)[0].ends_with('…'));
    }
}
