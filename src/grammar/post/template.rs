//! The lines that `/mau` prints: `ht ol tr th dh`, to copy and fill in.

use crate::domain::figure::Figure;

use super::super::vocabulary::Name;
use super::scan::{Item, Piece};

/// Figures whose words `/mau` prints, in this order (SPEC §4).
pub const TEMPLATE: [Figure; 4] =
    [Figure::ReceivedOnline, Figure::ReceivedDirect, Figure::ResolvedEarly, Figure::ResolvedOnTime];

/// The line to copy for a field.
///
/// ```
/// assert_eq!(motcua::grammar::post::template_line("ht"), "ht ol tr th dh");
/// ```
pub fn template_line(code: &str) -> String {
    TEMPLATE.iter().fold(code.to_string(), |line, figure| line + " " + figure.word())
}

/// Whether figures stem from the template: its words in their order, nothing but numbers
/// behind each; more figures may follow.
pub(super) fn stems(items: &[Item]) -> bool {
    let mut words = items.iter().filter(|i| !matches!(i.what, Piece::Number(_)));
    let begins_with_word = items.first().is_some_and(|i| matches!(i.what, Piece::Name(_)));
    begins_with_word && TEMPLATE.iter().all(|f| words.next().is_some_and(|i| i.what == Piece::Name(Name::Figure(*f))))
}

/// Whether some word has no number behind it.
pub(super) fn has_gap(items: &[Item]) -> bool {
    let number = |i: usize| items.get(i).is_some_and(|i| matches!(i.what, Piece::Number(_)));
    items.iter().enumerate().any(|(i, item)| matches!(item.what, Piece::Name(_)) && !number(i + 1))
}

/// The items without the words that have no number.
pub(super) fn filled(items: &[Item]) -> Vec<Item> {
    let number = |i: usize| items.get(i).is_some_and(|i| matches!(i.what, Piece::Number(_)));
    let keeps = |(i, item): &(usize, &Item)| !matches!(item.what, Piece::Name(_)) || number(i + 1);
    items.iter().enumerate().filter(keeps).map(|(_, item)| *item).collect()
}
