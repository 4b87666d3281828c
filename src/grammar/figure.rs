//! The figure a question names: `/visao tiep nhan ht 11/2026`.

use super::fold::{fold, word_is};
use crate::domain::figure::{CONTROLS, Control, FIGURES, Figure, Indicator, IndicatorId};

/// A figure as it may be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Figure(Figure),
    /// Received, resolved or pending as a whole.
    Control(Control),
    Indicator(IndicatorId),
}

/// Words that the longest name of a figure has, and then some.
const NAME_WORDS: usize = 8;

/// The figure that a text begins with, and what follows it; the longest name wins.
///
/// ```
/// use motcua::domain::figure::{Control, Figure};
/// use motcua::grammar::figure::{Asked, read_figure};
/// assert_eq!(read_figure("tiếp nhận ht 11/2026", &[]), Some((Asked::Control(Control::Received), "ht 11/2026")));
/// assert_eq!(read_figure("tồn quá hạn", &[]), Some((Asked::Figure(Figure::PendingLate), "")));
/// assert_eq!(read_figure("ht", &[]), None);
/// ```
pub fn read_figure<'a>(text: &'a str, indicators: &[Indicator]) -> Option<(Asked, &'a str)> {
    let text = text.trim();
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|(i, c)| c.is_whitespace() && !text[..*i].ends_with(char::is_whitespace))
        .map(|(i, _)| i)
        .chain([text.len()])
        .take(NAME_WORDS)
        .collect();
    ends.iter().rev().find_map(|end| {
        let asked = called(text[..*end].trim_end_matches([',', ':']), indicators)?;
        Some((asked, text[*end..].trim()))
    })
}

fn called(name: &str, indicators: &[Indicator]) -> Option<Asked> {
    let is = |words: &[&str]| words.iter().any(|w| word_is(name, w));
    let figure = FIGURES.iter().find(|r| is(r.words)).map(|r| Asked::Figure(r.figure));
    let control = || CONTROLS.iter().find(|(_, _, words)| is(words)).map(|(c, _, _)| Asked::Control(*c));
    let indicator = || {
        let folded = fold(name);
        let found = indicators.iter().find(|i| i.words.iter().any(|w| word_is(name, w)) || fold(&i.name) == folded);
        found.map(|i| Asked::Indicator(i.id))
    };
    figure.or_else(control).or_else(indicator)
}
