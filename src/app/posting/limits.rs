//! Sums over the limit of a day: `ht ol+1` where 100.000 stand. The grammar holds each number
//! typed against the limit; a sum is known only beside what stands.

use std::collections::BTreeMap;

use super::changes::{self, heading_of};
use super::lines::Judgement;
use crate::app::Scene;
use crate::domain::count::{Count, Stock};
use crate::domain::figure::{Figure, Measure, Subject};
use crate::domain::replay::{Entry, Op, Said, replay};
use crate::grammar::number::{COUNT_MAX, MONEY_MAX};
use crate::grammar::post::{Good, What};
use crate::store::counts::Recomputed;
use crate::store::posts::{Key, LineSaid, Standing};
use crate::words::numbers::number;

/// A `+` that would lead over the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    pub key: Key,
    pub subject: Subject,
    /// What stands before it.
    pub stands: i64,
    pub max: i64,
}

impl Over {
    /// Whether a line of the message holds it.
    pub fn is_in(&self, good: &Good) -> bool {
        let adds = |e: &Entry| e.subject == self.subject && matches!(e.op, Op::Add(_));
        good.day == self.key.day
            && good.scope.field() == Some(self.key.field)
            && matches!(&good.what, What::Entries { entries, .. } if entries.iter().any(adds))
    }
}

/// Whether a line adds to what stands.
pub fn adds(good: &Good) -> bool {
    matches!(&good.what, What::Entries { entries, .. } if entries.iter().any(|e| matches!(e.op, Op::Add(_))))
}

/// What would lead over the limit, said behind what stands.
pub fn over(scene: &Scene<'_>, judged: &Judgement, standing: &BTreeMap<Key, Standing>) -> Vec<Over> {
    let mut over = Vec::new();
    if judged.adding.is_empty() {
        return over;
    }
    let mut said: BTreeMap<Key, Vec<Said>> = BTreeMap::new();
    for line in &judged.lines {
        let LineSaid::Said(new) = line.said else { continue };
        let said = said.entry(line.key).or_insert_with(|| standing.get(&line.key).map_or(vec![], |s| s.said.clone()));
        if let Said::Entry(Entry { subject, op: Op::Add(n) }) = new {
            let (stands, max) = (value(&replay(said), subject), limit(scene, subject));
            if stands.saturating_add(n) > max {
                over.push(Over { key: line.key, subject, stands, max });
                continue;
            }
        }
        said.push(new);
    }
    over
}

/// Where an edit has led over the limit, in words.
pub fn over_by_edit(scene: &Scene<'_>, done: &Recomputed) -> Option<String> {
    let is_over = |to: &Option<i64>, max| to.is_some_and(|to| to > max);
    let over = done.changes.iter().find(|c| c.to > c.from && is_over(&c.to, limit(scene, c.subject)))?;
    let max = number(limit(scene, over.subject));
    Some(scene.words.edit_over_limit(heading_of(scene, over.key), changes::figures(scene, &[over]), max))
}

/// The most a figure may come to on a day.
fn limit(scene: &Scene<'_>, subject: Subject) -> i64 {
    match subject {
        Subject::Indicator(id) if scene.dir.indicator(id).is_some_and(|i| i.measure == Measure::Money) => MONEY_MAX,
        _ => COUNT_MAX,
    }
}

fn value(count: &Count, subject: Subject) -> i64 {
    let stock = |stock: Option<Stock>| match stock {
        Some(Stock::Set(n) | Stock::Add(n)) => n,
        None => 0,
    };
    match subject {
        Subject::Indicator(id) => count.indicators.get(&id).copied().unwrap_or(0),
        Subject::Figure(Figure::AwaitingSupplement) => stock(count.awaiting),
        Subject::Figure(Figure::PendingLate) => stock(count.pending_late),
        Subject::Figure(f) => count.flows.get(f),
    }
}
