//! Reasons of lateness (SPEC §7 `/lydo`): a list of five, and a text for every other.

use crate::domain::dossier::Reason;
use crate::grammar::fold::fold;

/// Longest text of a reason, in letters.
const TEXT_MAX: usize = 200;

/// Words of the list, folded.
const WORDS: [(&str, Reason); 16] = [
    ("mat dien", Reason::PowerCut),
    ("cup dien", Reason::PowerCut),
    ("loi phan mem", Reason::Software),
    ("phan mem loi", Reason::Software),
    ("loi he thong", Reason::Software),
    ("he thong loi", Reason::Software),
    ("cho lien thong", Reason::OtherAgency),
    ("lien thong", Reason::OtherAgency),
    ("thieu nguoi", Reason::Understaffed),
    ("thieu can bo", Reason::Understaffed),
    ("do cong dan", Reason::Citizen),
    ("cong dan", Reason::Citizen),
    ("ly do khac", Reason::Other),
    ("khac", Reason::Other),
    ("matdien", Reason::PowerCut),
    ("thieunguoi", Reason::Understaffed),
];

/// A reason as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub reason: Reason,
    /// What was said beyond the word of the list; of [`Reason::Other`] the reason itself.
    pub text: String,
}

/// The reason that a text gives; `None` for an empty one, or `khác` without a text. A text
/// that begins with no word of the list is another reason.
///
/// ```
/// use motcua::domain::dossier::Reason;
/// use motcua::grammar::dossier::reason::read_reason;
/// assert_eq!(read_reason("Mất điện").unwrap().reason, Reason::PowerCut);
/// let other = read_reason("khác: máy in hỏng").unwrap();
/// assert_eq!((other.reason, other.text.as_str()), (Reason::Other, "máy in hỏng"));
/// assert_eq!(read_reason("máy in hỏng").unwrap().reason, Reason::Other);
/// assert_eq!(read_reason("khác"), None);
/// ```
pub fn read_reason(typed: &str) -> Option<Given> {
    let signs = |c: char| c.is_whitespace() || ",.:;-–()".contains(c);
    let typed = typed.trim_matches(signs);
    let typed = typed.strip_prefix("do ").or_else(|| typed.strip_prefix("vì ")).unwrap_or(typed);
    let words: Vec<&str> = typed.split_whitespace().collect();
    let cut = |text: &str| text.trim_matches(signs).chars().take(TEXT_MAX).collect::<String>();
    let folded = |n: usize| fold(&words[..n].join(" ")).trim_end_matches([',', '.', ':', ';']).to_string();
    for n in (1..=words.len().min(3)).rev() {
        let Some((_, reason)) = WORDS.iter().find(|(word, _)| *word == folded(n)) else { continue };
        let text = cut(&words[n..].join(" "));
        return (*reason != Reason::Other || !text.is_empty()).then_some(Given { reason: *reason, text });
    }
    let text = cut(&words.join(" "));
    (!text.is_empty()).then_some(Given { reason: Reason::Other, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: Option<(Reason, &str)>) {
        let read = read_reason(typed);
        assert_eq!(read.as_ref().map(|g| (g.reason, g.text.as_str())), expected, "{typed}");
    }

    #[test]
    fn reasons_of_the_list_are_known_in_any_spelling() {
        check("mất điện", Some((Reason::PowerCut, "")));
        check("MAT DIEN", Some((Reason::PowerCut, "")));
        check("do mất điện.", Some((Reason::PowerCut, "")));
        check("Lỗi phần mềm, từ 8 giờ", Some((Reason::Software, "từ 8 giờ")));
        check("chờ liên thông", Some((Reason::OtherAgency, "")));
        check("thiếu người", Some((Reason::Understaffed, "")));
        check("công dân chưa nộp lệ phí", Some((Reason::Citizen, "chưa nộp lệ phí")));
        check("khác: chờ xác minh", Some((Reason::Other, "chờ xác minh")));
        check("chờ xác minh", Some((Reason::Other, "chờ xác minh")));
        check("khac", None);
        check(" . ", None);
    }
}
