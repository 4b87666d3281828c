//! Folding: what two spellings of a word have in common.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics; đ as d, full-width signs as ASCII, no-break space as space.
///
/// ```
/// assert_eq!(motcua::grammar::fold::fold("Đất ĐAI １２"), "dat dai 12");
/// ```
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}
