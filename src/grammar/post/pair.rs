//! Which number belongs to which word: `ol 12`, `12 ol`, `ol 1 236 tr 2`.
//!
//! Every word takes one number beside it and every number is used once; groups of
//! thousands (`1 236`) are joined only behind a word. What is left over or fits in two ways
//! is never guessed at.

use super::super::vocabulary::{Name, Vocabulary};
use super::scan::{Item, Number, Piece};

/// A figure word with its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub name: Name,
    pub value: i64,
    pub plus: bool,
    /// Where the word stands in the line, in bytes.
    pub word: (usize, usize),
    /// Where the number stands.
    pub number: (usize, usize),
}

impl Pair {
    pub fn set(self, name: Name, value: i64) -> Pair {
        Pair { name, value, plus: false, ..self }
    }
}

/// Up to two complete pairings; `items` are words and numbers only.
pub(super) fn pairings(items: &[Item]) -> Vec<Vec<Pair>> {
    let mut ways = vec![0u8; items.len() + 1];
    ways[items.len()] = 1;
    for at in (0..items.len()).rev() {
        ways[at] = steps(items, at).iter().map(|(_, next)| ways[*next]).sum::<u8>().min(2);
    }
    let mut found = Vec::new();
    walk(items, &ways, 0, &mut Vec::new(), &mut found);
    found
}

fn walk(items: &[Item], ways: &[u8], at: usize, pairs: &mut Vec<Pair>, found: &mut Vec<Vec<Pair>>) {
    if at == items.len() {
        found.push(pairs.clone());
        return;
    }
    for (pair, next) in steps(items, at) {
        if ways[next] > 0 && found.len() < 2 {
            pairs.push(pair);
            walk(items, ways, next, pairs, found);
            pairs.pop();
        }
    }
}

/// The pairs that may begin at item `at`, each with the item behind it. Two at most are
/// open at once, so nothing grows with the length of the line.
fn steps(items: &[Item], at: usize) -> Vec<(Pair, usize)> {
    match (items[at].what, items.get(at + 1).map(|i| i.what)) {
        (Piece::Name(name), Some(Piece::Number(first))) => {
            let mut number = (items[at + 1].from, items[at + 1].to);
            let mut steps = vec![(pair(&items[at], name, first, number), at + 2)];
            let mut value = first.value;
            for (next, item) in items.iter().enumerate().skip(at + 2).take(4) {
                let Piece::Number(Number { group: true, value: more, .. }) = item.what else { break };
                if !first.head {
                    break;
                }
                value = value.saturating_mul(1000).saturating_add(more);
                number.1 = item.to;
                steps.push((pair(&items[at], name, Number { value, ..first }, number), next + 1));
            }
            steps
        }
        (Piece::Number(number), Some(Piece::Name(name))) => {
            let behind_number = at > 0 && matches!(items[at - 1].what, Piece::Number(_));
            let span = (items[at].from, items[at].to);
            let step = || (pair(&items[at + 1], name, number, span), at + 2);
            if number.zero && behind_number { Vec::new() } else { vec![step()] }
        }
        _ => Vec::new(),
    }
}

fn pair(word: &Item, name: Name, value: Number, number: (usize, usize)) -> Pair {
    Pair { name, value: value.value, plus: value.plus, word: (word.from, word.to), number }
}

/// Words and numbers that stand in turn, one more of the first kind than of the other, read
/// from the left and from the right: `9 ol 3` as `9 ol` and as `ol 3`.
pub(super) fn shifted(items: &[Item]) -> Option<[Vec<Pair>; 2]> {
    let is_name = |i: &Item| matches!(i.what, Piece::Name(_));
    if items.len() < 3 || items.len().is_multiple_of(2) || items.windows(2).any(|w| is_name(&w[0]) == is_name(&w[1])) {
        return None;
    }
    let left = pairings(&items[..items.len() - 1]).pop()?;
    let right = pairings(&items[1..]).pop()?;
    Some([left, right])
}

/// The first word without a number or number without a word, reading from the left, and
/// what is paired without all such.
pub(super) fn leftover(items: &[Item]) -> (Option<Item>, Vec<Pair>) {
    let (mut at, mut left, mut pairs) = (0, None, Vec::new());
    while at < items.len() {
        let best = steps(items, at).pop().filter(|_| !is_taken_right(items, at));
        match best {
            Some((pair, next)) => {
                pairs.push(pair);
                at = next;
            }
            None => {
                left = left.or(Some(items[at]));
                at += 1;
            }
        }
    }
    (left, pairs)
}

/// The items with groups of thousands joined before a word too: `1 236 ol`, which by
/// itself is not read so.
pub(super) fn grouped(items: &[Item]) -> Vec<Item> {
    let mut joined: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        match (joined.last_mut(), item.what) {
            (Some(last), Piece::Number(Number { group: true, value, .. })) => match &mut last.what {
                Piece::Number(first) if first.head => {
                    first.value = first.value.saturating_mul(1000).saturating_add(value);
                    last.to = item.to;
                }
                _ => joined.push(*item),
            },
            _ => joined.push(*item),
        }
    }
    joined
}

/// A number before a word that has its own number behind it: `3` of `3 ol 9`.
fn is_taken_right(items: &[Item], at: usize) -> bool {
    let number = |i: usize| items.get(i).is_some_and(|i| matches!(i.what, Piece::Number(_)));
    number(at) && number(at + 2)
}

/// The figures of a corrected line: `ol 10 tr+3`.
pub(super) fn body(pairs: &[Pair], vocabulary: &Vocabulary) -> String {
    let one = |p: &Pair| format!("{}{}{}", vocabulary.word_of(p.name), if p.plus { '+' } else { ' ' }, p.value);
    pairs.iter().map(one).collect::<Vec<_>>().join(" ")
}
