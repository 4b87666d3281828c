//! Changes from → to in words: `Hộ tịch 20/11 – trực tuyến 12 → 13, trước hạn 8 → 9`.

use chrono::NaiveDate;

use super::heading;
use crate::app::Act;
use crate::domain::figure::Subject;
use crate::report::echo::{part, short_day};
use crate::store::counts::Change;
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

/// All changes, a part for each field and day; the sentence for no change if there is none.
pub fn by_day(act: &Act<'_>, changes: &[Change]) -> String {
    let parts: Vec<String> = grouped(changes)
        .into_iter()
        .map(|(day, group)| {
            let field = group.first().and_then(|c| c.key.field);
            format!("{} {} – {}", heading(act, field), short_day(day, act.today), figures(act, &group))
        })
        .collect();
    if parts.is_empty() { act.words.undo_no_change() } else { parts.join("; ") }
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
