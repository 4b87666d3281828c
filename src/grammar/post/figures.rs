//! Judges the figures of one line: complete, refused with a reason, or two readings.

use crate::domain::figure::Figure;
use crate::domain::replay::{Entry, Op};

use super::super::number::repairs;
use super::super::vocabulary::{Name, Vocabulary};
use super::control::{self, Resolved};
use super::pair::{Pair, body, leftover, pairings, shifted};
use super::scan::{Item, Number, Piece};
use super::{Reason, template};

/// Most corrected lines that are offered.
const FIXES_MAX: usize = 3;

/// What figures come to. Bodies are corrected figures without day and field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    Zero,
    Read { entries: Vec<Entry>, stated_pending: Option<i64>, body: String },
    Bad { word: String, reason: Reason, bodies: Vec<String> },
    Ask { word: String, bodies: Vec<String> },
}

impl Verdict {
    /// The figures of the line in corrected form, where it reads completely.
    pub fn body(&self) -> Option<&str> {
        match self {
            Verdict::Zero => Some("khong"),
            Verdict::Read { body, .. } => Some(body),
            _ => None,
        }
    }
}

/// Figures of one line, about to be judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures<'a> {
    /// The line.
    pub text: &'a str,
    pub vocabulary: &'a Vocabulary,
    /// Words without a number are passed over.
    pub from_template: bool,
    /// Without a field: corrected lines hold indicators only.
    pub unit_wide: bool,
}

/// Judges `items` of a line.
pub(super) fn judge(figures: Figures, items: &[Item]) -> Verdict {
    if items.iter().any(|i| matches!(i.what, Piece::Unknown | Piece::Ambiguous | Piece::Wrong(_))) {
        return figures.wrong(items);
    }
    if items.iter().any(|i| i.what == Piece::Zero) {
        return figures.zero(items);
    }
    if figures.from_template && template::stems(items) {
        return figures.paired(&template::filled(items));
    }
    figures.paired(items)
}

/// Why pairs do not stand.
struct Fault {
    at: usize,
    reason: Reason,
    instead: Vec<Vec<Pair>>,
}

impl Figures<'_> {
    fn paired(&self, items: &[Item]) -> Verdict {
        let mut complete = pairings(items);
        match (complete.pop(), complete.pop()) {
            (Some(pairs), None) => self.settled(&pairs),
            (Some(one), Some(other)) => {
                let word = other.iter().find(|p| !one.contains(p)).map_or(String::new(), |p| self.raw(p.from, p.to));
                Verdict::Ask { word, bodies: self.bodies(vec![other, one]) }
            }
            _ => self.incomplete(items),
        }
    }

    /// Every number has its word: limits, repetitions, controls.
    fn settled(&self, pairs: &[Pair]) -> Verdict {
        match self.settle(pairs) {
            Ok((resolved, pairs)) => {
                let entry = |p: &Pair| {
                    let op = if p.plus { Op::Add(p.value) } else { Op::Set(p.value) };
                    self.vocabulary.subject_of(p.name).map(|subject| Entry { subject, op })
                };
                let entries = resolved.figures.iter().filter_map(entry).collect();
                let body = body(&pairs, self.vocabulary);
                Verdict::Read { entries, stated_pending: resolved.stated_pending, body }
            }
            Err(fault) => {
                let (word, reason) = (self.raw(pairs[fault.at].from, pairs[fault.at].to), fault.reason);
                Verdict::Bad { word, reason, bodies: self.bodies(fault.instead) }
            }
        }
    }

    fn settle(&self, pairs: &[Pair]) -> Result<(Resolved, Vec<Pair>), Fault> {
        for (at, pair) in pairs.iter().enumerate() {
            let max = self.vocabulary.limit_of(pair.name);
            if pair.value > max {
                return Err(Fault { at, reason: Reason::TooLarge { max }, instead: Vec::new() });
            }
        }
        let mut once: Vec<Pair> = Vec::with_capacity(pairs.len());
        let mut places = Vec::with_capacity(pairs.len());
        for (at, pair) in pairs.iter().enumerate() {
            match once.iter().find(|p| p.name == pair.name) {
                None => {
                    once.push(*pair);
                    places.push(at);
                }
                Some(p) if p.value == pair.value && !p.plus && !pair.plus => {}
                Some(p) => {
                    let keep = |kept: usize| {
                        pairs
                            .iter()
                            .enumerate()
                            .filter(|(i, q)| q.name != p.name || *i == kept)
                            .map(|(_, q)| *q)
                            .collect()
                    };
                    let first = pairs.iter().position(|q| q == p).unwrap_or(0);
                    let reason = Reason::Twice { first: p.value, second: pair.value };
                    return Err(Fault { at, reason, instead: vec![keep(first), keep(at)] });
                }
            }
        }
        match control::resolve(&once) {
            Ok(resolved) => Ok((resolved, once)),
            Err(fault) => Err(Fault { at: places[fault.at], reason: fault.reason, instead: fault.instead }),
        }
    }

    /// Some number has no word or some word no number.
    fn incomplete(&self, items: &[Item]) -> Verdict {
        let names = items.iter().filter(|i| matches!(i.what, Piece::Name(_))).count();
        if let Some([left, right]) = shifted(items) {
            let bodies = self.bodies(vec![left, right]);
            if names * 2 < items.len() && bodies.len() == 2 {
                return Verdict::Ask { word: self.raw(items[1].from, items[1].to), bodies };
            }
            if names * 2 > items.len() {
                let last = &items[items.len() - 1];
                return Verdict::Bad { word: self.raw(last.from, last.to), reason: Reason::MissingNumber, bodies };
            }
        }
        let (item, pairs) = leftover(items);
        let Some(item) = item.or(items.first().copied()) else {
            return Verdict::Bad { word: String::new(), reason: Reason::FieldAlone, bodies: Vec::new() };
        };
        let word = self.raw(item.from, item.to);
        match item.what {
            Piece::Number(number) => {
                let bodies = if !pairs.is_empty() {
                    self.bodies(vec![pairs])
                } else if number.value == 0 && !self.unit_wide {
                    vec!["khong".to_string()]
                } else {
                    self.bodies(received(number, item))
                };
                let max = super::super::number::MONEY_MAX;
                let reason = if number.value > max { Reason::TooLarge { max } } else { Reason::MissingWord };
                Verdict::Bad { word, reason, bodies }
            }
            _ => Verdict::Bad { word, reason: Reason::MissingNumber, bodies: self.bodies(vec![pairs]) },
        }
    }

    /// `khong`, alone or beside figures.
    fn zero(&self, items: &[Item]) -> Verdict {
        if items.iter().all(|i| i.what == Piece::Zero) {
            return Verdict::Zero;
        }
        let as_number = |i: &Item| match i.what {
            Piece::Zero => Item { what: Piece::Number(Number::plain(0)), ..*i },
            _ => *i,
        };
        let numbers: Vec<Item> = items.iter().map(as_number).collect();
        let others: Vec<Item> = items.iter().filter(|i| i.what != Piece::Zero).copied().collect();
        let mut bodies = self.bodies([numbers, others].iter().filter_map(|i| the_one(pairings(i))).collect());
        if !self.unit_wide {
            bodies.truncate(FIXES_MAX - 1);
            bodies.push("khong".to_string());
        }
        let word = items.iter().find(|i| i.what == Piece::Zero).map_or(String::new(), |i| self.raw(i.from, i.to));
        Verdict::Bad { word, reason: Reason::ZeroWithFigures, bodies }
    }

    /// Something is no word or no number of ours: the first such is named, and every likely
    /// meaning of it tried; of further ones the likeliest.
    fn wrong(&self, items: &[Item]) -> Verdict {
        let is_wrong = |i: &Item| matches!(i.what, Piece::Unknown | Piece::Ambiguous | Piece::Wrong(_));
        let Some(at) = items.iter().position(is_wrong) else { return Verdict::Zero };
        let (word, reason) = (self.raw(items[at].from, items[at].to), reason_of(items[at].what));
        let mut tries = Vec::new();
        for mended in self.mends(items, at) {
            let mut items = mended;
            while let Some(next) = items.iter().position(is_wrong) {
                match self.mends(&items, next).into_iter().next() {
                    Some(mended) => items = mended,
                    None => break,
                }
            }
            if !items.iter().any(is_wrong) && !items.iter().any(|i| i.what == Piece::Zero) {
                tries.extend(the_one(pairings(&items)));
            }
        }
        Verdict::Bad { word, reason, bodies: self.bodies(tries) }
    }

    /// The items with the wrong one at `at` mended in each likely way. Each way has one
    /// wrong item less.
    fn mends(&self, items: &[Item], at: usize) -> Vec<Vec<Item>> {
        let with = |what: Piece| {
            let mut mended = items.to_vec();
            mended[at].what = what;
            mended
        };
        let figure = |f: Figure| with(Piece::Name(Name::Figure(f)));
        let typed = self.raw(items[at].from, items[at].to);
        match items[at].what {
            Piece::Wrong(_) => {
                let plus = typed.starts_with('+');
                repairs(&typed)
                    .into_iter()
                    .map(|value| with(Piece::Number(Number { plus, ..Number::plain(value) })))
                    .collect()
            }
            Piece::Ambiguous => vec![figure(Figure::ReceivedOnline), figure(Figure::ReceivedDirect)],
            _ => {
                let mut mends: Vec<_> = self
                    .vocabulary
                    .names_near(&super::super::fold::fold(&typed).replace(' ', ""))
                    .into_iter()
                    .map(|name| with(Piece::Name(name)))
                    .collect();
                let number = its_number(items, at);
                let gone = |i: usize| i == at || Some(i) == number;
                let rest: Vec<Item> = items.iter().enumerate().filter(|(i, _)| !gone(*i)).map(|(_, i)| *i).collect();
                if !rest.is_empty() {
                    mends.push(rest);
                } else if number.is_some() {
                    mends.extend([figure(Figure::ReceivedOnline), figure(Figure::ReceivedDirect)]);
                }
                mends
            }
        }
    }

    /// Those of `tries` that stand, as corrected figures.
    fn bodies(&self, tries: Vec<Vec<Pair>>) -> Vec<String> {
        let mut bodies: Vec<String> = Vec::new();
        let fits = |p: &Pair| !self.unit_wide || self.vocabulary.is_indicator(p.name);
        for pairs in tries.into_iter().filter(|p| !p.is_empty() && p.iter().all(fits)) {
            if let Ok((_, pairs)) = self.settle(&pairs) {
                let body = body(&pairs, self.vocabulary);
                if !bodies.contains(&body) {
                    bodies.push(body);
                }
            }
        }
        bodies.truncate(FIXES_MAX);
        bodies
    }

    fn raw(&self, from: usize, to: usize) -> String {
        self.text.get(from..to).unwrap_or_default().to_string()
    }
}

/// A bare number as received online, as received directly.
fn received(number: Number, item: Item) -> Vec<Vec<Pair>> {
    [Figure::ReceivedOnline, Figure::ReceivedDirect]
        .map(|f| {
            vec![Pair { name: Name::Figure(f), value: number.value, plus: number.plus, from: item.from, to: item.to }]
        })
        .to_vec()
}

/// The number behind an unknown word, else the free one before it.
fn its_number(items: &[Item], at: usize) -> Option<usize> {
    let number = |i: usize| items.get(i).is_some_and(|i| matches!(i.what, Piece::Number(_) | Piece::Wrong(_)));
    if number(at + 1) {
        return Some(at + 1);
    }
    (at > 0 && number(at - 1) && (at < 2 || number(at - 2))).then(|| at - 1)
}

fn the_one<T>(mut all: Vec<T>) -> Option<T> {
    if all.len() == 1 { all.pop() } else { None }
}

fn reason_of(piece: Piece) -> Reason {
    match piece {
        Piece::Wrong(reason) => reason,
        Piece::Ambiguous => Reason::AmbiguousWord,
        _ => Reason::UnknownWord,
    }
}
