//! Everything that was ever said, replayed and held against what the tables say it comes to.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use sqlx::Row;

use crate::domain::count::{Count, Flows, Stock};
use crate::domain::field::FieldId;
use crate::domain::figure::{FIGURES, Figure, IndicatorId, Kind, Subject};
use crate::domain::official::OfficialId;
use crate::domain::replay::{Said, replay};
use crate::domain::unit::UnitId;
use crate::store::directory::Directory;
use crate::store::posts::{LineSaid, PostKind, decode};
use crate::store::{Connection, Result, days};

/// A count that is not what its messages come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differs {
    pub unit: UnitId,
    pub day: NaiveDate,
    pub official: OfficialId,
    /// `None`: posted for the whole unit.
    pub field: Option<FieldId>,
    /// The first figure that differs; `None` where a line cannot be read at all, or only the
    /// mark that the day was reported is missing or too many.
    pub subject: Option<Subject>,
    /// What the table holds and what replay comes to; `None` for nothing.
    pub held: Option<i64>,
    pub said: Option<i64>,
}

/// Official and field (0: the whole unit).
type Who = (i64, i64);

/// What a unit's tables and messages say of one day, packed as `… … …;… … …` by SQL: a row
/// costs more to hand over than to read.
#[derive(Default)]
struct Day {
    lines: String,
    counts: String,
    stocks: String,
    indicators: String,
}

type Slot = fn(&mut Day) -> &mut String;

/// Replays all lines of a unit that stand.
pub async fn differs(conn: &mut Connection, dir: &Directory, unit: UnitId) -> Result<Vec<Differs>> {
    let mut by_day: BTreeMap<i64, Day> = BTreeMap::new();
    let tables: [(&'static str, Slot); 4] = [
        (LINES, |d| &mut d.lines),
        (COUNTS, |d| &mut d.counts),
        (STOCKS, |d| &mut d.stocks),
        (INDICATORS, |d| &mut d.indicators),
    ];
    for (sql, slot) in tables {
        for r in sqlx::query(sql).bind(unit.0).fetch_all(&mut *conn).await? {
            *slot(by_day.entry(r.get(0)).or_default()) = r.get(1);
        }
    }
    let mut standing = BTreeMap::new();
    let mut found = Vec::new();
    for (day, packed) in &by_day {
        let told = |(who, difference): (Who, Difference)| Differs {
            unit,
            day: days::from_db(*day),
            official: OfficialId(who.0),
            field: (who.1 != 0).then_some(FieldId(who.1)),
            subject: difference.0,
            held: difference.1,
            said: difference.2,
        };
        found.extend(packed.differs(dir, &mut standing).into_iter().map(told));
    }
    Ok(found)
}

const LINES: &str = "
    SELECT l.day, group_concat(l.official_id || ' ' || l.field_id || ' ' || l.post_id || ' ' || l.seq || ' ' || p.kind || ' '
                               || l.op || ' ' || l.value || ' ' || l.subject, ';')
    FROM post_lines AS l JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
    WHERE l.unit_id = ? GROUP BY l.day";
const COUNTS: &str = "
    SELECT day, group_concat(official_id || ' ' || field_id || ' ' || online || ' ' || direct || ' ' || postal || ' '
                             || early || ' ' || on_time || ' ' || late || ' ' || withdrawn, ';')
    FROM counts WHERE unit_id = ? GROUP BY day";
const STOCKS: &str = "
    SELECT day, group_concat(official_id || ' ' || field_id || ' ' || figure || ' ' || value, ';')
    FROM stocks WHERE unit_id = ? GROUP BY day";
const INDICATORS: &str = "
    SELECT day, group_concat(official_id || ' ' || field_id || ' ' || indicator_id || ' ' || value, ';')
    FROM indicator_counts WHERE unit_id = ? GROUP BY day";

/// What differs, what is held, what was said.
type Difference = (Option<Subject>, Option<i64>, Option<i64>);
/// Each figure of a day, as text that orders and compares.
type Numbers = BTreeMap<Who, BTreeMap<Subject, i64>>;

impl Day {
    /// Compares one day; `standing` carries stock values from day to day.
    fn differs(&self, dir: &Directory, standing: &mut BTreeMap<(Who, Figure), i64>) -> Vec<(Who, Difference)> {
        let (said, unreadable) = self.said(dir, standing);
        let held = self.held();
        let mut found: Vec<(Who, Difference)> = unreadable.into_iter().map(|who| (who, (None, None, None))).collect();
        let everybody: BTreeSet<Who> = said.keys().chain(held.keys()).copied().collect();
        for who in everybody {
            let (said, held) = (said.get(&who), held.get(&who));
            if said != held {
                found.push((who, first_difference(held, said)));
            }
        }
        found
    }

    fn held(&self) -> Numbers {
        let mut held = Numbers::new();
        for (who, rest) in rows(&self.counts) {
            let flows = FIGURES.iter().filter(|r| r.kind == Kind::Flow);
            let numbers = flows.zip(rest.split(' ')).map(|(row, n)| (Subject::Figure(row.figure), int(n)));
            held.entry(who).or_default().extend(numbers);
        }
        for (who, rest) in rows(&self.stocks).chain(rows(&self.indicators)) {
            let Some((what, n)) = rest.split_once(' ') else { continue };
            let of_id = || IndicatorId(int(what));
            let subject = Figure::from_key(what).map_or_else(|| Subject::Indicator(of_id()), Subject::Figure);
            held.entry(who).or_default().insert(subject, int(n));
        }
        held
    }

    fn said(&self, dir: &Directory, standing: &mut BTreeMap<(Who, Figure), i64>) -> (Numbers, BTreeSet<Who>) {
        let (mut lines, mut unreadable) = (Vec::new(), BTreeSet::new());
        for (who, rest) in rows(&self.lines) {
            let mut parts = rest.splitn(6, ' ');
            let mut next = || parts.next().unwrap_or_default();
            let (post, seq, kind, op, value, subject) = (int(next()), int(next()), next(), next(), next(), next());
            match decode(dir, subject, op, int(value)) {
                Ok(said) => lines.push((who, post, seq, kind == PostKind::Post.key(), said)),
                Err(_) => _ = unreadable.insert(who),
            }
        }
        lines.sort_unstable_by_key(|(who, post, seq, ..)| (*who, *post, *seq));
        let mut numbers = Numbers::new();
        for lines in lines.chunk_by(|a, b| a.0 == b.0) {
            let Some((who, ..)) = lines.first() else { continue };
            let only_said = |l: &(Who, i64, i64, bool, LineSaid)| match l.4 {
                LineSaid::Said(said) => Some(said),
                LineSaid::StatedPending(_) => None,
            };
            let count = replay(&lines.iter().filter_map(only_said).collect::<Vec<Said>>());
            let reported = lines.iter().any(|l| l.3);
            let of_who = come_to(&count, (*who, reported), standing);
            if !of_who.is_empty() {
                numbers.insert(*who, of_who);
            }
        }
        (numbers, unreadable)
    }
}

/// The rows that a count leaves in the tables.
fn come_to(
    count: &Count,
    (who, reported): (Who, bool),
    standing: &mut BTreeMap<(Who, Figure), i64>,
) -> BTreeMap<Subject, i64> {
    let mut numbers: BTreeMap<Subject, i64> =
        count.indicators.iter().map(|(id, n)| (Subject::Indicator(*id), *n)).collect();
    if who.1 == 0 {
        return numbers;
    }
    if reported {
        let Count { flows, .. } = count;
        let flow = |f: Figure| (Subject::Figure(f), Flows::get(flows, f));
        numbers.extend(FIGURES.iter().filter(|r| r.kind == Kind::Flow).map(|r| flow(r.figure)));
    }
    for (figure, stock) in [(Figure::AwaitingSupplement, count.awaiting), (Figure::PendingLate, count.pending_late)] {
        let before = standing.entry((who, figure)).or_default();
        match stock {
            Some(Stock::Set(n)) => *before = n,
            Some(Stock::Add(n)) => *before += n,
            None => continue,
        }
        numbers.insert(Subject::Figure(figure), *before);
    }
    numbers
}

fn first_difference(held: Option<&BTreeMap<Subject, i64>>, said: Option<&BTreeMap<Subject, i64>>) -> Difference {
    let (nothing, all) = (BTreeMap::new(), |m: &BTreeMap<Subject, i64>| m.keys().copied().collect::<BTreeSet<_>>());
    let (held, said) = (held.unwrap_or(&nothing), said.unwrap_or(&nothing));
    let of = |s: &Subject| (Some(*s), held.get(s).copied(), said.get(s).copied());
    let differing: Vec<Difference> = all(held).union(&all(said)).map(of).filter(|(_, h, s)| h != s).collect();
    // A number that is not 0 says more than a mark that something was reported.
    let tells = |d: &&Difference| d.1.unwrap_or(0) != d.2.unwrap_or(0);
    differing.iter().find(tells).copied().unwrap_or((None, None, None))
}

/// Official and field of each packed row, and what stands behind them.
fn rows(packed: &str) -> impl Iterator<Item = (Who, &str)> {
    packed.split(';').filter_map(|row| {
        let mut parts = row.splitn(3, ' ');
        let (official, field) = (parts.next()?, parts.next()?);
        Some(((int(official), int(field)), parts.next()?))
    })
}

/// A number that SQL has written.
fn int(text: &str) -> i64 {
    text.parse().unwrap_or_default()
}
