//! Likely meanings of what is no word or no number of ours.

use crate::domain::figure::Figure;

use super::super::fold::fold;
use super::super::number::repair;
use super::super::vocabulary::{Name, Vocabulary};
use super::scan::{Item, Number, Piece};

/// Wrong items beyond which a line is too far off to be mended.
const WRONG_MAX: usize = 4;

/// Whether an item is no word and no number of ours.
pub(super) fn is_wrong(item: &Item) -> bool {
    matches!(item.what, Piece::Unknown | Piece::Ambiguous | Piece::Wrong(_))
}

/// The items with the first wrong one mended in each likely way, further ones in the
/// likeliest; likeliest first.
pub(super) fn mended(text: &str, items: &[Item], vocabulary: &Vocabulary) -> Vec<Vec<Item>> {
    let wrong = || items.iter().filter(|i| is_wrong(i)).count();
    let Some(first) = items.iter().position(is_wrong).filter(|_| wrong() <= WRONG_MAX) else { return Vec::new() };
    let mut all = Vec::new();
    for mut items in ways(text, items, first, vocabulary) {
        while let Some(next) = items.iter().position(is_wrong) {
            match ways(text, &items, next, vocabulary).into_iter().next() {
                Some(mended) => items = mended,
                None => break,
            }
        }
        if !items.iter().any(|i| is_wrong(i) || i.what == Piece::Zero) {
            all.push(items);
        }
    }
    all
}

/// The items with the one at `at` mended in each likely way; each has one wrong item less.
fn ways(text: &str, items: &[Item], at: usize, vocabulary: &Vocabulary) -> Vec<Vec<Item>> {
    let with = |what: Piece| {
        let mut mended = items.to_vec();
        mended[at].what = what;
        mended
    };
    let figure = |f: Figure| with(Piece::Name(Name::Figure(f)));
    let typed = text.get(items[at].from..items[at].to).unwrap_or_default();
    match items[at].what {
        Piece::Wrong(_) => {
            let plus = typed.starts_with('+');
            let number = |value| with(Piece::Number(Number { plus, ..Number::plain(value) }));
            repair(typed).into_iter().map(number).collect()
        }
        Piece::Ambiguous => vec![figure(Figure::ReceivedOnline), figure(Figure::ReceivedDirect)],
        _ => {
            let near = vocabulary.names_near(&fold(typed).replace(' ', ""));
            let mut ways: Vec<_> = near.into_iter().map(|name| with(Piece::Name(name))).collect();
            let number = its_number(items, at);
            let rest: Vec<Item> = (0..items.len()).filter(|i| *i != at).map(|i| items[i]).collect();
            // A word with a number of its own stands for a figure: without it the number
            // would be lost, or go to another word.
            if number.is_none() && !rest.is_empty() {
                ways.push(rest);
            }
            ways
        }
    }
}

/// The number behind an unknown word, else the free one before it.
fn its_number(items: &[Item], at: usize) -> Option<usize> {
    let number = |i: usize| items.get(i).is_some_and(|i| matches!(i.what, Piece::Number(_) | Piece::Wrong(_)));
    if number(at + 1) {
        return Some(at + 1);
    }
    (at > 0 && number(at - 1) && (at < 2 || number(at - 2))).then(|| at - 1)
}
