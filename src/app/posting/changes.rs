//! Changes from → to in words: `Hộ tịch 20/11 – trực tuyến 12 → 13, trước hạn 8 → 9`.

use chrono::NaiveDate;

use super::heading;
use crate::app::Act;
use crate::domain::figure::Subject;
use crate::report::echo::{part, short_day};
use crate::store::counts::{Change, ZeroDay};
use crate::words::numbers::number;

/// The changes of one field and day, as the second half of the sentence.
pub fn figures(act: &Act<'_>, changes: &[&Change]) -> String {
    let one = |c: &&Change| {
        let what = match c.subject {
            Subject::Figure(f) => part(act.words, f),
            Subject::Indicator(id) => act.dir.indicator(id).map(|i| i.name.clone()).unwrap_or_default(),
        };
        let value = |v: Option<i64>| v.map_or_else(|| act.words.post_change_none(), number);
        act.words.post_change(what, value(c.from), value(c.to))
    };
    changes.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// All changes, a part for each field and day, then the zeros; the sentence for no change if
/// there is neither.
pub fn by_day(act: &Act<'_>, changes: &[Change], zeros: &[ZeroDay]) -> String {
    let changed = grouped(changes).into_iter().map(|(day, group)| {
        let field = group.first().and_then(|c| c.key.field);
        format!("{} {} – {}", heading(act, field), short_day(day, act.today), figures(act, &group))
    });
    let zeros = zeros.iter().map(|z| {
        let (field, day) = (heading(act, z.key.field), short_day(z.key.day, act.today));
        format!("{field} {day}: {}", zero(act, z))
    });
    let parts: Vec<String> = changed.chain(zeros).collect();
    if parts.is_empty() { act.words.undo_no_change() } else { parts.join("; ") }
}

/// `không phát sinh`, or that nothing stands any more.
pub fn zero(act: &Act<'_>, zero: &ZeroDay) -> String {
    if zero.stands { act.words.post_change_zero() } else { act.words.post_change_none() }
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
