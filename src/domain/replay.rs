//! Replay: a day's figure is what its messages say, in order of arrival, each in its
//! latest edited form (SPEC §4 "Meaning"). A named figure sets, `+` adds, figures not
//! named stay, a zero line sets the day's flows to 0 and leaves stocks.
//!
//! ```
//! use motcua::domain::figure::{Figure, Subject};
//! use motcua::domain::replay::{Entry, Op, Said, replay};
//! let ol = Subject::Figure(Figure::ReceivedOnline);
//! let said = [Said::Entry(Entry { subject: ol, op: Op::Set(5) }), Said::Entry(Entry { subject: ol, op: Op::Add(3) })];
//! assert_eq!(replay(&said).flows.online, 8);
//! ```

use super::count::{Count, Stock};
use super::figure::{Figure, Subject};

/// What a number does to what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Set(i64),
    Add(i64),
}

/// One number of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub subject: Subject,
    pub op: Op,
}

/// One thing said about one official, unit, field and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Entry(Entry),
    /// `ht khong`: nothing came, nothing left.
    Zero,
    /// `khac khong` over a field, or a line that holds only a control: present, nothing changed.
    Present,
}

/// Replays what was said, oldest first.
pub fn replay(said: &[Said]) -> Count {
    let mut count = Count::default();
    for s in said {
        match *s {
            Said::Present => {}
            Said::Zero => {
                count.flows = Default::default();
                count.named.retain(|f| f.kind() == super::figure::Kind::Stock);
                count.indicators.values_mut().for_each(|v| *v = 0);
            }
            Said::Entry(Entry { subject: Subject::Indicator(id), op }) => {
                let v = count.indicators.entry(id).or_insert(0);
                *v = apply(*v, op);
            }
            Said::Entry(Entry { subject: Subject::Figure(figure), op }) => {
                if !count.named.contains(&figure) {
                    count.named.push(figure);
                }
                match count.flows.get_mut(figure) {
                    Some(v) => *v = apply(*v, op),
                    None => apply_stock(&mut count, figure, op),
                }
            }
        }
    }
    count.named.sort();
    count
}

fn apply(value: i64, op: Op) -> i64 {
    match op {
        Op::Set(n) => n,
        Op::Add(n) => value.saturating_add(n),
    }
}

fn apply_stock(count: &mut Count, figure: Figure, op: Op) {
    let slot = match figure {
        Figure::PendingLate => &mut count.pending_late,
        _ => &mut count.awaiting,
    };
    *slot = Some(match (*slot, op) {
        (_, Op::Set(n)) => Stock::Set(n),
        (None, Op::Add(n)) => Stock::Add(n),
        (Some(Stock::Set(v)), Op::Add(n)) => Stock::Set(v.saturating_add(n)),
        (Some(Stock::Add(v)), Op::Add(n)) => Stock::Add(v.saturating_add(n)),
    });
}
