//! Words that have their numbers: limits, repetitions, controls.

use super::super::vocabulary::Vocabulary;
use super::Reason;
use super::control::{Fault, Resolved, resolve};
use super::pair::Pair;

/// Figures with controls worked out, and the pairs as said once each; or the first fault.
pub(super) fn settle(pairs: &[Pair], vocabulary: &Vocabulary) -> Result<(Resolved, Vec<Pair>), Fault> {
    for pair in pairs {
        let max = vocabulary.limit_of(pair.name);
        if pair.value > max {
            return Err(Fault { word: pair.number, reason: Reason::TooLarge { max }, instead: Vec::new() });
        }
    }
    let once = once(pairs)?;
    Ok((resolve(&once)?, once))
}

/// The pairs without repetitions. `ol 3 ol 3` says 3 once; `ol 3 ol 4` and `ol+3 ol+3` are
/// for the sender to decide.
fn once(pairs: &[Pair]) -> Result<Vec<Pair>, Fault> {
    let mut once: Vec<Pair> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        let Some(first) = once.iter().find(|p| p.name == pair.name) else {
            once.push(*pair);
            continue;
        };
        if first.value != pair.value || first.plus || pair.plus {
            let keep = |kept: &Pair| pairs.iter().filter(|p| p.name != kept.name || *p == kept).copied().collect();
            let reason = Reason::Twice { first: first.value, second: pair.value };
            return Err(Fault { word: pair.word, reason, instead: vec![keep(first), keep(pair)] });
        }
    }
    Ok(once)
}
