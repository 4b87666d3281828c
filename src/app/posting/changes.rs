//! Changes from → to in words: `Hộ tịch 20/11 – trực tuyến 12 → 13, trước hạn 8 → 9`.

use std::collections::BTreeSet;

use super::heading;
use crate::app::Scene;
use crate::domain::figure::Subject;
use crate::domain::official::OfficialId;
use crate::report::echo::{part, short_day};
use crate::store::counts::{Change, Recomputed, ZeroDay};
use crate::store::posts::Key;
use crate::words::numbers::number;

/// The changes of one field and day, as the second half of the sentence.
pub fn figures(scene: &Scene<'_>, changes: &[&Change]) -> String {
    let one = |c: &&Change| {
        let what = match c.subject {
            Subject::Figure(f) => part(scene.words, f),
            Subject::Indicator(id) => scene.dir.indicator(id).map(|i| i.name.clone()).unwrap_or_default(),
        };
        let value = |v: Option<i64>| v.map_or_else(|| scene.words.post_change_none(), number);
        scene.words.post_change(what, value(c.from), value(c.to))
    };
    changes.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// All changes, a part for each official, field and day, then the zeros; the sentence for no
/// change if there is neither. Where they are of several people, each part says whose.
pub fn by_day(scene: &Scene<'_>, changes: &[Change], zeros: &[ZeroDay]) -> String {
    let several = whose(changes, zeros).len() > 1;
    let changed = grouped(changes).into_iter().map(|(key, group)| {
        format!("{} – {}", heading_of(scene, key), of_whom(scene, key, several, figures(scene, &group)))
    });
    let zeros = zeros
        .iter()
        .map(|z| format!("{}: {}", heading_of(scene, z.key), of_whom(scene, z.key, several, zero(scene, z))));
    let parts: Vec<String> = changed.chain(zeros).collect();
    if parts.is_empty() { scene.words.undo_no_change() } else { parts.join("; ") }
}

/// `Hộ tịch 20/11`.
pub fn heading_of(scene: &Scene<'_>, key: Key) -> String {
    format!("{} {}", heading(scene, key.field), short_day(key.day, scene.today))
}

/// Changes with the name of whose figures they are, where there are several people; in
/// groups nobody is named.
pub fn of_whom(scene: &Scene<'_>, key: Key, several: bool, changes: String) -> String {
    match several && scene.origin.private {
        true => scene.words.post_change_of(changes, scene.name_of(key.official)),
        false => changes,
    }
}

/// Whose figures have changed.
pub fn whose(changes: &[Change], zeros: &[ZeroDay]) -> BTreeSet<OfficialId> {
    let zeros = zeros.iter().map(|z| z.key.official);
    changes.iter().map(|c| c.key.official).chain(zeros).collect()
}

/// The changes of one person's figures, in words.
pub fn of(scene: &Scene<'_>, official: OfficialId, done: &Recomputed) -> String {
    let changes: Vec<Change> = done.changes.iter().filter(|c| c.key.official == official).copied().collect();
    let zeros: Vec<ZeroDay> = done.zeros.iter().filter(|z| z.key.official == official).copied().collect();
    by_day(scene, &changes, &zeros)
}

/// `không phát sinh`, or that nothing stands any more.
pub fn zero(scene: &Scene<'_>, zero: &ZeroDay) -> String {
    if zero.stands { scene.words.post_change_zero() } else { scene.words.post_change_none() }
}

/// Changes grouped by key, in the order in which they come.
pub fn grouped(changes: &[Change]) -> Vec<(Key, Vec<&Change>)> {
    let mut groups: Vec<(Key, Vec<&Change>)> = Vec::new();
    for c in changes {
        match groups.iter_mut().find(|(key, _)| *key == c.key) {
            Some((_, group)) => group.push(c),
            None => groups.push((c.key, vec![c])),
        }
    }
    groups
}
