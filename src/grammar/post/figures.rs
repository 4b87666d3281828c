//! Judges the figures of one line: complete, refused with a reason, or two readings.

use crate::domain::figure::Figure;
use crate::domain::replay::{Entry, Op};

use super::super::number::MONEY_MAX;
use super::super::vocabulary::{Name, Vocabulary};
use super::mend::{is_wrong, mended};
use super::pair::{Pair, body, grouped, leftover, pairings, shifted};
use super::scan::{Item, Number, Piece};
use super::settle::settle;
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
    if items.iter().any(is_wrong) {
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

impl<'a> Figures<'a> {
    /// Figures of a field.
    pub fn of(text: &'a str, vocabulary: &'a Vocabulary) -> Self {
        Figures { text, vocabulary, from_template: false, unit_wide: false }
    }

    fn paired(&self, items: &[Item]) -> Verdict {
        let mut complete = pairings(items);
        match (complete.pop(), complete.pop()) {
            (Some(pairs), None) => self.settled(&pairs),
            (Some(one), Some(other)) => {
                let word = other.iter().find(|p| !one.contains(p)).map_or(String::new(), |p| self.raw(p.word));
                Verdict::Ask { word, bodies: self.bodies(vec![other, one]) }
            }
            _ => self.incomplete(items),
        }
    }

    /// Every number has its word.
    fn settled(&self, pairs: &[Pair]) -> Verdict {
        match settle(pairs, self.vocabulary) {
            Ok((resolved, said)) => {
                let entry = |p: &Pair| {
                    let op = if p.plus { Op::Add(p.value) } else { Op::Set(p.value) };
                    self.vocabulary.subject_of(p.name).map(|subject| Entry { subject, op })
                };
                let entries = resolved.figures.iter().filter_map(entry).collect();
                let body = body(&said, self.vocabulary);
                Verdict::Read { entries, stated_pending: resolved.stated_pending, body }
            }
            Err(fault) => {
                let bodies = self.bodies(fault.instead);
                Verdict::Bad { word: self.raw(fault.word), reason: fault.reason, bodies }
            }
        }
    }

    /// Some number has no word or some word no number.
    fn incomplete(&self, items: &[Item]) -> Verdict {
        let names = items.iter().filter(|i| matches!(i.what, Piece::Name(_))).count();
        if let Some([left, right]) = shifted(items) {
            let bodies = self.bodies(vec![left, right]);
            if names * 2 < items.len() && bodies.len() == 2 {
                return Verdict::Ask { word: self.raw((items[1].from, items[1].to)), bodies };
            }
            if names * 2 > items.len() {
                let last = items[items.len() - 1];
                return Verdict::Bad { word: self.raw((last.from, last.to)), reason: Reason::MissingNumber, bodies };
            }
        }
        let (left, pairs) = leftover(items);
        let Some(item) = left.or(items.first().copied()) else {
            return Verdict::Bad { word: String::new(), reason: Reason::FieldAlone, bodies: Vec::new() };
        };
        let word = self.raw((item.from, item.to));
        match item.what {
            Piece::Number(number) if number.value > MONEY_MAX => {
                Verdict::Bad { word, reason: Reason::TooLarge { max: MONEY_MAX }, bodies: Vec::new() }
            }
            Piece::Number(number) => {
                let bodies = if number.value == 0 && !self.unit_wide && items.len() == 1 {
                    vec!["khong".to_string()]
                } else {
                    let grouped = the_one(pairings(&grouped(items)));
                    self.whole_bodies(items, grouped.into_iter().chain(received(number, item)).collect())
                };
                Verdict::Bad { word, reason: Reason::MissingWord, bodies }
            }
            _ => Verdict::Bad { word, reason: Reason::MissingNumber, bodies: self.whole_bodies(items, vec![pairs]) },
        }
    }

    /// `khong`, alone or beside figures.
    fn zero(&self, items: &[Item]) -> Verdict {
        let Some(zero) = items.iter().find(|i| i.what == Piece::Zero) else { return Verdict::Zero };
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
        Verdict::Bad { word: self.raw((zero.from, zero.to)), reason: Reason::ZeroWithFigures, bodies }
    }

    /// Something is no word or no number of ours: the first such is named.
    fn wrong(&self, items: &[Item]) -> Verdict {
        let Some(first) = items.iter().find(|i| is_wrong(i)) else { return Verdict::Zero };
        let reason = match first.what {
            Piece::Wrong(reason) => reason,
            Piece::Ambiguous => Reason::AmbiguousWord,
            _ => Reason::UnknownWord,
        };
        let tries = mended(self.text, items, self.vocabulary);
        let bodies = self.whole_bodies(items, tries.iter().filter_map(|i| the_one(pairings(i))).collect());
        Verdict::Bad { word: self.raw((first.from, first.to)), reason, bodies }
    }

    /// Those of `tries` that stand and leave out no number of `items`.
    fn whole_bodies(&self, items: &[Item], tries: Vec<Vec<Pair>>) -> Vec<String> {
        let number = |i: &&Item| matches!(i.what, Piece::Number(_) | Piece::Wrong(_));
        let holds = |pairs: &[Pair], i: &Item| pairs.iter().any(|p| p.number.0 <= i.from && i.to <= p.number.1);
        let whole = |pairs: &Vec<Pair>| items.iter().filter(number).all(|i| holds(pairs, i));
        self.bodies(tries.into_iter().filter(whole).collect())
    }

    /// Those of `tries` that stand, as corrected figures.
    fn bodies(&self, tries: Vec<Vec<Pair>>) -> Vec<String> {
        let mut bodies: Vec<String> = Vec::new();
        let fits = |p: &Pair| !self.unit_wide || self.vocabulary.is_indicator(p.name);
        for pairs in tries.into_iter().filter(|p| !p.is_empty() && p.iter().all(fits)) {
            if let Ok((_, said)) = settle(&pairs, self.vocabulary) {
                let body = body(&said, self.vocabulary);
                if !bodies.contains(&body) {
                    bodies.push(body);
                }
            }
        }
        bodies.truncate(FIXES_MAX);
        bodies
    }

    fn raw(&self, span: (usize, usize)) -> String {
        self.text.get(span.0..span.1).unwrap_or_default().to_string()
    }
}

/// A bare number as received online, as received directly.
fn received(number: Number, item: Item) -> Vec<Vec<Pair>> {
    let span = (item.from, item.to);
    let pair = |f| Pair { name: Name::Figure(f), value: number.value, plus: number.plus, word: span, number: span };
    vec![vec![pair(Figure::ReceivedOnline)], vec![pair(Figure::ReceivedDirect)]]
}

fn the_one<T>(mut all: Vec<T>) -> Option<T> {
    if all.len() == 1 { all.pop() } else { None }
}
