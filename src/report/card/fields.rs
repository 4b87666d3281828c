//! Which fields bring the work: the six with most dossiers, the others as one line.

use std::cmp::Reverse;

use crate::domain::summary::Row;
use crate::words::Words;
use crate::words::numbers::number;

/// Fields that have a line of their own beside the line of all others.
const NAMED: usize = 6;

/// Fields by what they received, what was carried in included: together the big number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    pub title: String,
    /// Largest first, all others at the end.
    pub bars: Vec<Bar>,
}

/// A field, or the rest of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub name: String,
    pub value: i64,
    pub shown: String,
    /// Several fields together.
    pub rest: bool,
}

/// The fields of a summary; `None` where none received anything.
pub fn shares(rows: &[Row], words: &Words) -> Option<Shares> {
    let mut rows: Vec<&Row> = rows.iter().filter(|r| r.received_total() > 0).collect();
    rows.sort_by_key(|r| Reverse(r.received_total()));
    // A seventh field alone takes the line that would hide its name.
    let named = if rows.len() == NAMED + 1 { rows.len() } else { rows.len().min(NAMED) };
    let bar = |name: String, value: i64| Bar { name, value, shown: number(value), rest: false };
    let (first, others) = rows.split_at(named);
    let mut bars: Vec<Bar> = first.iter().map(|r| bar(r.name.clone(), r.received_total())).collect();
    if !others.is_empty() {
        let name = words.card_other(others.len().to_string());
        bars.push(Bar { rest: true, ..bar(name, others.iter().map(|r| r.received_total()).sum()) });
    }
    (!bars.is_empty()).then(|| Shares { title: words.card_fields(), bars })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    fn check(received: &[i64], expected: &[(&str, &str)]) {
        let row = |(i, n): (usize, &i64)| Row { name: format!("Lĩnh vực {i}"), carried: *n, ..Row::default() };
        let rows: Vec<Row> = received.iter().enumerate().map(row).collect();
        let shares = shares(&rows, Locale::Vi.words());
        let bars = shares.map(|s| s.bars).unwrap_or_default();
        let shown: Vec<(&str, &str)> = bars.iter().map(|b| (b.name.as_str(), b.shown.as_str())).collect();
        assert_eq!(shown, expected, "{received:?}");
        assert_eq!(bars.iter().map(|b| b.value).sum::<i64>(), received.iter().sum::<i64>());
    }

    #[test]
    fn the_six_largest_have_names_and_the_rest_a_number() {
        check(&[], &[]);
        check(&[0], &[]);
        check(&[1, 2000, 2], &[("Lĩnh vực 1", "2.000"), ("Lĩnh vực 2", "2"), ("Lĩnh vực 0", "1")]);
        let six = [("Lĩnh vực 0", "9"), ("Lĩnh vực 1", "8"), ("Lĩnh vực 2", "7"), ("Lĩnh vực 3", "6")];
        let six: Vec<_> = six.into_iter().chain([("Lĩnh vực 4", "5"), ("Lĩnh vực 5", "4")]).collect();
        check(&[9, 8, 7, 6, 5, 4], &six);
        let with = |last| [&six[..], &[last]].concat();
        check(&[9, 8, 7, 6, 5, 4, 3], &with(("Lĩnh vực 6", "3")));
        check(&[9, 8, 7, 6, 5, 4, 3, 2], &with(("Khác (2 lĩnh vực)", "5")));
    }
}
