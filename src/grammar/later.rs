//! Commands that the contract has and this version does not: whoever sends one is told so,
//! and not corrected to a command that happens to be near. A name moves from here to
//! [`super::table`] when its command is built.

use super::command::{begins_with_name, is_name};

/// Names, folded and without spaces: checks, closing and reopening, texts of the report.
pub const LATER: [&str; 4] = ["kiemtra", "chot", "mochot", "muc"];

/// Whether a message is such a command. Without the slash only the name alone is, in a
/// private chat.
///
/// ```
/// use motcua::grammar::later::is_later;
/// assert!(is_later("/mở chốt tháng 11", false));
/// assert!(is_later("kiểm tra", true));
/// assert!(!is_later("kiểm tra giúp em", true));
/// assert!(!is_later("/tonghop", true));
/// ```
pub fn is_later(text: &str, private: bool) -> bool {
    LATER.iter().any(|name| begins_with_name(text, name) || (private && is_name(text, name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::fold::fold;
    use crate::grammar::table::{COMMANDS, CommandRow};

    #[test]
    fn no_command_that_is_built_is_said_to_be_missing() {
        for name in LATER {
            assert!(!COMMANDS.iter().flat_map(CommandRow::names).any(|n| n == name), "{name}");
            assert_eq!(fold(name), name);
        }
    }

    fn check(text: &str, private: bool, expected: bool) {
        assert_eq!(is_later(text, private), expected, "{text:?}");
    }

    #[test]
    fn names_are_known_however_they_are_typed() {
        check("/chot thang 11", false, true);
        check("/Chốt", true, true);
        check("/mở chốt tháng 11 sai số", false, true);
        check("/MOCHOT@motcua_bot thang 11", false, true);
        check("／kiemtra:", false, true);
        check("mở chốt", true, true);
        check("mở chốt", false, false);
        check("mục 7 của báo cáo", true, false);
        check("/chotlai", false, false);
        check("/ chot", false, true);
        check("", true, false);
    }
}
