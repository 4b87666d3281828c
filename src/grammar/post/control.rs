//! Controls look at their own line only (SPEC §14 Controls).
//!
//! `nhan 12` is compared with online + direct + postal, `xong 10` with early + on time +
//! late (withdrawn excluded). What the named parts leave goes to direct, else to online; of
//! `xong` to early. A remainder of 0 is set too, so that the line comes to what it states
//! whatever stood before. Where both are named (or early is), and the parts come to
//! something else, the line is refused with the parts as they are, and with the parts that
//! would make the stated number, as ready lines. `con` is passed on; the balance is not
//! known here.

use crate::domain::figure::{Control, Figure};

use super::super::vocabulary::Name;
use super::Reason;
use super::pair::Pair;

/// A line's figures with controls worked out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub figures: Vec<Pair>,
    pub stated_pending: Option<i64>,
}

/// Why pairs do not stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    /// What to show, in bytes of the line.
    pub word: (usize, usize),
    pub reason: Reason,
    /// Figures that would do.
    pub instead: Vec<Vec<Pair>>,
}

/// Parts of a control, and those that take what the others leave, in turn.
fn parts(control: Control) -> (&'static [Figure], &'static [Figure]) {
    use Figure::*;
    match control {
        Control::Received => (&[ReceivedOnline, ReceivedDirect, ReceivedPostal], &[ReceivedDirect, ReceivedOnline]),
        Control::Resolved => (&[ResolvedEarly, ResolvedOnTime, ResolvedLate], &[ResolvedEarly]),
        Control::Pending => (&[], &[]),
    }
}

/// Works out the controls among `pairs`, in each of which no name stands twice.
pub(super) fn resolve(pairs: &[Pair]) -> Result<Resolved, Fault> {
    if let Some(fault) = both_alone(pairs) {
        return Err(fault);
    }
    let mut resolved = Resolved { figures: Vec::with_capacity(pairs.len() + 1), stated_pending: None };
    for (at, pair) in pairs.iter().enumerate() {
        let Name::Control(control) = pair.name else {
            resolved.figures.push(*pair);
            continue;
        };
        if pair.plus {
            return Err(unclear(pairs, at, control));
        }
        if control == Control::Pending {
            resolved.stated_pending = Some(pair.value);
        } else {
            resolved.figures.extend(remainder(pairs, at, control)?);
        }
    }
    Ok(resolved)
}

/// `nhan 20 xong 18` without any part: received online or directly, resolved early.
fn both_alone(pairs: &[Pair]) -> Option<Fault> {
    let alone = |control: Control| {
        let at = pairs.iter().position(|p| p.name == Name::Control(control))?;
        let named = parts(control).0.iter().any(|f| of(pairs, *f).is_some());
        (!named && !pairs[at].plus && pairs[at].value > 0).then_some(at)
    };
    let (received, resolved) = (alone(Control::Received)?, alone(Control::Resolved)?);
    let early = pairs[resolved].set(Name::Figure(Figure::ResolvedEarly), pairs[resolved].value);
    let pairs = replaced(pairs, resolved, early);
    let line = |f| replaced(&pairs, received, pairs[received].set(Name::Figure(f), pairs[received].value));
    let instead = [Figure::ReceivedOnline, Figure::ReceivedDirect].map(line).to_vec();
    let spans = [pairs[received], pairs[resolved]].map(|p| [p.word, p.number]);
    let from = spans.iter().flatten().map(|s| s.0).min()?;
    let to = spans.iter().flatten().map(|s| s.1).max()?;
    Some(Fault { word: (from, to), reason: Reason::ControlsAlone, instead })
}

/// What stands in the place of a control: the remainder, or nothing.
fn remainder(pairs: &[Pair], at: usize, control: Control) -> Result<Vec<Pair>, Fault> {
    let stated = pairs[at];
    let (all, takers) = parts(control);
    let named: Vec<&Pair> = all.iter().filter_map(|f| of(pairs, *f)).collect();
    if named.iter().any(|p| p.plus) {
        return Err(unclear(pairs, at, control));
    }
    if named.is_empty() {
        if stated.value == 0 {
            return Ok(all.iter().map(|f| stated.set(Name::Figure(*f), 0)).collect());
        }
        let choices = if control == Control::Received { [all[0], all[1]] } else { [takers[0], all[1]] };
        let instead = choices.iter().map(|f| replaced(pairs, at, stated.set(Name::Figure(*f), stated.value))).collect();
        return Err(Fault { word: stated.word, reason: Reason::ControlAlone { control }, instead });
    }
    let sum: i64 = named.iter().map(|p| p.value).sum();
    match takers.iter().find(|f| of(pairs, **f).is_none()) {
        Some(taker) if sum <= stated.value => Ok(vec![stated.set(Name::Figure(*taker), stated.value - sum)]),
        None if sum == stated.value => Ok(Vec::new()),
        _ => {
            let reason = Reason::ControlMismatch { control, stated: stated.value, parts: sum };
            Err(Fault { word: stated.word, reason, instead: matching(pairs, at, control, stated.value - sum) })
        }
    }
}

/// Lines without the contradiction: the parts alone; the difference as the part not named;
/// the difference added to a part that is.
fn matching(pairs: &[Pair], at: usize, control: Control, difference: i64) -> Vec<Vec<Pair>> {
    let (all, takers) = parts(control);
    let without = without(pairs, at);
    let mut instead = vec![without.clone()];
    for figure in all.iter().filter(|f| difference > 0 && of(pairs, **f).is_none()) {
        instead.push(replaced(pairs, at, pairs[at].set(Name::Figure(*figure), difference)));
    }
    for figure in takers.iter().chain(all) {
        let mut changed = without.clone();
        if let Some(part) = changed.iter_mut().find(|p| p.name == Name::Figure(*figure))
            && part.value + difference >= 0
        {
            part.value += difference;
            instead.push(changed);
        }
    }
    instead
}

fn unclear(pairs: &[Pair], at: usize, control: Control) -> Fault {
    Fault { word: pairs[at].word, reason: Reason::ControlUnclear { control }, instead: vec![without(pairs, at)] }
}

fn of(pairs: &[Pair], figure: Figure) -> Option<&Pair> {
    pairs.iter().find(|p| p.name == Name::Figure(figure))
}

fn without(pairs: &[Pair], at: usize) -> Vec<Pair> {
    pairs.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, p)| *p).collect()
}

fn replaced(pairs: &[Pair], at: usize, pair: Pair) -> Vec<Pair> {
    pairs.iter().enumerate().map(|(i, p)| if i == at { pair } else { *p }).collect()
}
