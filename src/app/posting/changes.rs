//! Changes from → to in words: `Hộ tịch 20/11 – trực tuyến 12 → 13, trước hạn 8 → 9`.

use chrono::NaiveDate;

use super::heading;
use crate::app::Scene;
use crate::domain::figure::Subject;
use crate::report::echo::{part, short_day};
use crate::store::counts::{Change, ZeroDay};
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

/// All changes, a part for each field and day, then the zeros; the sentence for no change if
/// there is neither.
pub fn by_day(scene: &Scene<'_>, changes: &[Change], zeros: &[ZeroDay]) -> String {
    let changed = grouped(changes).into_iter().map(|(day, group)| {
        let field = group.first().and_then(|c| c.key.field);
        format!("{} {} – {}", heading(scene, field), short_day(day, scene.today), figures(scene, &group))
    });
    let zeros = zeros.iter().map(|z| {
        let (field, day) = (heading(scene, z.key.field), short_day(z.key.day, scene.today));
        format!("{field} {day}: {}", zero(scene, z))
    });
    let parts: Vec<String> = changed.chain(zeros).collect();
    if parts.is_empty() { scene.words.undo_no_change() } else { parts.join("; ") }
}

/// `không phát sinh`, or that nothing stands any more.
pub fn zero(scene: &Scene<'_>, zero: &ZeroDay) -> String {
    if zero.stands { scene.words.post_change_zero() } else { scene.words.post_change_none() }
}

/// Changes grouped by day and field, in the order in which they come.
pub fn grouped(changes: &[Change]) -> Vec<(NaiveDate, Vec<&Change>)> {
    let mut groups: Vec<(NaiveDate, Vec<&Change>)> = Vec::new();
    for c in changes {
        match groups.iter_mut().find(|(day, g)| *day == c.key.day && g[0].key.field == c.key.field) {
            Some((_, group)) => group.push(c),
            None => groups.push((c.key.day, vec![c])),
        }
    }
    groups
}
