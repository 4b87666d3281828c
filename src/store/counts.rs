//! What the posts come to: counts, their half-month sums, indicators and stocks, rewritten
//! by replay in the transaction that stores the post.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::directory::Directory;
use super::posts::{self, Asked, Key, Line, Standing};
use super::{Connection, Result, days};
use crate::domain::count::{Count, Flows, Stock};
use crate::domain::field::FieldId;
use crate::domain::figure::{FIGURES, Figure, IndicatorId, Kind, Subject};
use crate::domain::official::OfficialId;
use crate::domain::replay::{Said, replay};
use crate::domain::unit::UnitId;

/// One number that replay has changed; `None` where nothing stood or stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub key: Key,
    pub subject: Subject,
    pub from: Option<i64>,
    pub to: Option<i64>,
}

/// A zero that was said, or taken back, without any figure having changed: `ht khong` on a
/// day of which nothing stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZeroDay {
    pub key: Key,
    /// Whether it stands now.
    pub stands: bool,
}

/// What replay has come to.
#[derive(Clone, Debug, Default)]
pub struct Recomputed {
    /// What stands now about each key that anything stands about.
    pub counts: BTreeMap<Key, Count>,
    pub changes: Vec<Change>,
    pub zeros: Vec<ZeroDay>,
    /// Stock values that stand after each day replayed.
    pub stocks: BTreeMap<(Key, Figure), i64>,
    /// Stock values still to be worked out.
    stocks_touched: Vec<(Key, Figure)>,
}

/// What the tables hold about one key.
#[derive(Clone, Debug, Default)]
struct Held {
    flows: Option<Flows>,
    indicators: BTreeMap<IndicatorId, i64>,
    stocks: BTreeMap<Figure, i64>,
}

/// What is known about some keys of a unit: what was said, and what the tables hold.
#[derive(Clone, Debug)]
pub struct Known {
    unit: UnitId,
    /// What stands about each key, for replay.
    pub standing: BTreeMap<Key, Standing>,
    held: BTreeMap<Key, Held>,
}

impl Known {
    /// A new post speaks, behind all others.
    pub fn say(&mut self, by: (i64, OfficialId), lines: &[Line]) {
        for line in lines {
            self.standing.entry(line.key).or_default().say(by, line.said);
        }
    }
}

/// What is known about the keys of several units, with one trip to the database's thread.
pub async fn known(conn: &mut Connection, dir: &Directory, asked: &[Asked<'_>]) -> Result<Vec<Known>> {
    let both = sqlx::query(sqlx::AssertSqlSafe(STANDING_AND_HELD.as_str()));
    let rows = both.bind(posts::asked_json(asked)).fetch_all(&mut *conn).await?;
    let (said, kept): (Vec<SqliteRow>, Vec<SqliteRow>) = rows.into_iter().partition(|r| r.len() == SAID_COLUMNS);
    let mut held = held(asked.len(), &kept).into_iter();
    let standing = posts::read_standing(dir, asked, &said)?.into_iter().zip(asked);
    Ok(standing
        .map(|(standing, (unit, _))| Known { unit: *unit, standing, held: held.next().unwrap_or_default() })
        .collect())
}

/// Replays `keys` of a unit and brings the derived tables up to date.
pub async fn recompute(conn: &mut Connection, dir: &Directory, unit: UnitId, keys: &[Key]) -> Result<Recomputed> {
    let known = known(conn, dir, &[(unit, keys)]).await?;
    Ok(bring_up_to_date(conn, &known).await?.into_iter().next().unwrap_or_default())
}

/// Replays what is known and writes what has changed into the derived tables; one answer
/// for each. No key may be in two of them.
pub async fn bring_up_to_date(conn: &mut Connection, all: &[Known]) -> Result<Vec<Recomputed>> {
    let mut rows = Rows::default();
    let mut out: Vec<Recomputed> = all.iter().map(|known| rows.replay(known)).collect();
    rows.write(conn).await?;
    for (known, out) in all.iter().zip(&mut out) {
        stocks(conn, known, out).await?;
        out.zeros = zeros(known, out);
    }
    Ok(out)
}

fn zeros(Known { standing, held, .. }: &Known, out: &Recomputed) -> Vec<ZeroDay> {
    let unchanged = |key: &Key| key.field.is_some() && !out.changes.iter().any(|c| c.key == *key);
    let zero = |(key, s): (&Key, &Standing)| {
        let said = matches!(s.said.last(), Some(Said::Zero | Said::Present));
        let stands = said && out.counts.get(key).is_some_and(|c| c.flows.is_zero());
        let gone = !s.reported && held.get(key).is_some_and(|h| h.flows.is_some());
        (stands || gone).then_some(ZeroDay { key: *key, stands })
    };
    standing.iter().filter(|(key, _)| unchanged(key)).filter_map(zero).collect()
}

/// Columns by which a row of what was said is told from one of what is held.
const SAID_COLUMNS: usize = 10;

/// What is held of the keys `?1`: rows of thirteen columns.
const HELD: &str =
    "WITH k AS MATERIALIZED (SELECT value ->> 0 AS i, value ->> 1 AS u, value ->> 2 AS o, value ->> 3 AS d,
                                           value ->> 4 AS f FROM json_each(?1))
         SELECT 0, i, o, d, f, '', online, direct, postal, early, on_time, late, withdrawn
         FROM k JOIN counts ON unit_id = u AND day = d AND field_id = f AND official_id = o
         UNION ALL SELECT 1, i, o, d, f, '', indicator_id, value, 0, 0, 0, 0, 0
         FROM k JOIN indicator_counts ON unit_id = u AND day = d AND field_id = f AND official_id = o
         UNION ALL SELECT 2, i, o, d, f, figure, value, 0, 0, 0, 0, 0, 0
         FROM k JOIN stocks ON unit_id = u AND field_id = f AND official_id = o
              AND figure IN ('awaiting_supplement', 'pending_late') AND day = d";

static STANDING_AND_HELD: LazyLock<String> = LazyLock::new(|| format!("{};{HELD}", posts::STANDING));

fn held(asked: usize, rows: &[SqliteRow]) -> Vec<BTreeMap<Key, Held>> {
    let mut all = vec![BTreeMap::<Key, Held>::new(); asked];
    for r in rows {
        let Some(of_asked) = all.get_mut(r.get::<i64, _>(1) as usize) else { continue };
        let field: i64 = r.get(4);
        let key = Key {
            official: OfficialId(r.get(2)),
            day: days::from_db(r.get(3)),
            field: (field != 0).then_some(FieldId(field)),
        };
        let h = of_asked.entry(key).or_default();
        match r.get::<i64, _>(0) {
            0 => h.flows = Some(flows_at(r, 6)),
            1 => {
                h.indicators.insert(IndicatorId(r.get(6)), r.get(7));
            }
            _ => {
                if let Some(f) = Figure::from_key(r.get(5)) {
                    h.stocks.insert(f, r.get(6));
                }
            }
        }
    }
    all
}

/// The seven flow columns of a row, from column `at` on.
pub fn flows_at(r: &sqlx::sqlite::SqliteRow, at: usize) -> Flows {
    Flows {
        online: r.get(at),
        direct: r.get(at + 1),
        postal: r.get(at + 2),
        early: r.get(at + 3),
        on_time: r.get(at + 4),
        late: r.get(at + 5),
        withdrawn: r.get(at + 6),
    }
}

/// A row of flows: whose they are, then the seven columns.
fn flow_row<const N: usize>(whose: [i64; N], f: Flows) -> Value {
    let columns = [f.online, f.direct, f.postal, f.early, f.on_time, f.late, f.withdrawn];
    Value::from([&whose[..], &columns].concat())
}

/// Rows to be written, gathered so that few statements write them all.
#[derive(Default)]
struct Rows {
    flows: Vec<Value>,
    no_flows: Vec<Value>,
    halves: BTreeMap<(i64, i64, i64), Flows>,
    indicators: Vec<Value>,
    no_indicators: Vec<Value>,
    stocks: Vec<Value>,
    no_stocks: Vec<Value>,
}

impl Rows {
    fn replay(&mut self, Known { unit, standing, held }: &Known) -> Recomputed {
        let mut out = Recomputed::default();
        for (key, standing) in standing {
            let before = held.get(key).cloned().unwrap_or_default();
            let after = replay(&standing.said);
            let about = (*unit, *key);
            self.flows(about, standing, &before, &after, &mut out.changes);
            self.indicators(about, &before, &after, &mut out.changes);
            self.stocks(about, &before, &after, &mut out.stocks_touched);
            if standing.reported {
                out.counts.insert(*key, after);
            }
        }
        out
    }

    fn flows(
        &mut self,
        (unit, key): (UnitId, Key),
        standing: &Standing,
        before: &Held,
        after: &Count,
        changes: &mut Vec<Change>,
    ) {
        let Some(field) = key.field else { return };
        let (o, d) = (key.official.0, days::to_db(key.day));
        let old = before.flows.unwrap_or_default();
        let f = if standing.reported { after.flows } else { Flows::default() };
        let now = standing.reported.then_some(f);
        match now {
            _ if now == before.flows => {}
            Some(f) => self.flows.push(flow_row([unit.0, d, field.0, o], f)),
            None => self.no_flows.push(json!([unit.0, d, field.0, o])),
        }
        if f != old {
            *self.halves.entry((unit.0, days::half_of(key.day), field.0)).or_default() += f - old;
        }
        for row in FIGURES.iter().filter(|r| r.kind == Kind::Flow) {
            let (from, to) = (old.get(row.figure), f.get(row.figure));
            if from != to {
                changes.push(Change { key, subject: Subject::Figure(row.figure), from: Some(from), to: Some(to) });
            }
        }
    }

    fn indicators(&mut self, (unit, key): (UnitId, Key), before: &Held, after: &Count, changes: &mut Vec<Change>) {
        let (o, d, f) = (key.official.0, days::to_db(key.day), key.field.map_or(0, |f| f.0));
        for id in before.indicators.keys().chain(after.indicators.keys().filter(|i| !before.indicators.contains_key(i)))
        {
            let (from, to) = (before.indicators.get(id).copied(), after.indicators.get(id).copied());
            if from == to {
                continue;
            }
            match to {
                Some(v) => self.indicators.push(json!([unit.0, d, f, o, id.0, v])),
                None => self.no_indicators.push(json!([unit.0, d, f, o, id.0])),
            }
            changes.push(Change { key, subject: Subject::Indicator(*id), from, to });
        }
    }

    /// Values that rest on the day before are worked out by [`stocks`] once all rows stand.
    fn stocks(&mut self, (unit, key): (UnitId, Key), before: &Held, after: &Count, touched: &mut Vec<(Key, Figure)>) {
        let Some(field) = key.field else { return };
        let (o, d) = (key.official.0, days::to_db(key.day));
        for (figure, stock) in [(Figure::AwaitingSupplement, after.awaiting), (Figure::PendingLate, after.pending_late)]
        {
            let held = before.stocks.contains_key(&figure);
            match stock {
                Some(Stock::Set(v)) => self.stocks.push(json!([unit.0, field.0, o, figure.key(), d, v, null])),
                Some(Stock::Add(v)) => self.stocks.push(json!([unit.0, field.0, o, figure.key(), d, 0, v])),
                None if held => self.no_stocks.push(json!([unit.0, field.0, o, figure.key(), d])),
                None => continue,
            }
            touched.push((key, figure));
        }
    }

    async fn write(self, conn: &mut Connection) -> Result<()> {
        let halves = self.halves.iter().map(|((u, half, f), flows)| flow_row([*u, *half, *f], *flows)).collect();
        write(conn, WRITE_FLOWS, (self.no_flows, self.flows, halves)).await?;
        write(conn, WRITE_INDICATORS, (self.no_indicators, self.indicators, Vec::new())).await?;
        write(conn, WRITE_STOCKS, (self.no_stocks, self.stocks, Vec::new())).await
    }
}

/// Runs `sql` over the rows that go, come and are added to; not at all where there are none.
async fn write(
    conn: &mut Connection,
    sql: &'static str,
    (gone, new, added): (Vec<Value>, Vec<Value>, Vec<Value>),
) -> Result<()> {
    if gone.is_empty() && new.is_empty() && added.is_empty() {
        return Ok(());
    }
    let text = |rows: Vec<Value>| Value::from(rows).to_string();
    sqlx::query(sql).bind(text(gone)).bind(text(new)).bind(text(added)).execute(conn).await?;
    Ok(())
}

const WRITE_FLOWS: &str = "
    DELETE FROM counts WHERE (unit_id, day, field_id, official_id) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?1));
    INSERT OR REPLACE INTO counts
        (unit_id, day, field_id, official_id, online, direct, postal, early, on_time, late, withdrawn)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
               value ->> 7, value ->> 8, value ->> 9, value ->> 10 FROM json_each(?2);
    INSERT INTO half_months (unit_id, half, field_id, online, direct, postal, early, on_time, late, withdrawn)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
               value ->> 7, value ->> 8, value ->> 9 FROM json_each(?3) WHERE TRUE
        ON CONFLICT DO UPDATE SET online = online + excluded.online, direct = direct + excluded.direct,
            postal = postal + excluded.postal, early = early + excluded.early, on_time = on_time + excluded.on_time,
            late = late + excluded.late, withdrawn = withdrawn + excluded.withdrawn;";

const WRITE_INDICATORS: &str = "
    DELETE FROM indicator_counts WHERE (unit_id, day, field_id, official_id, indicator_id) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1));
    INSERT OR REPLACE INTO indicator_counts (unit_id, day, field_id, official_id, indicator_id, value)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?2);";

const WRITE_STOCKS: &str = "
    DELETE FROM stocks WHERE (unit_id, field_id, official_id, figure, day) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?1));
    INSERT OR REPLACE INTO stocks (unit_id, field_id, official_id, figure, day, value, added)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
        FROM json_each(?2);";

/// Values that rest on the value before them (`bs+1` on a new day) are carried forward
/// from the changed day on; the from → to of each day that changes is noted.
async fn stocks(conn: &mut Connection, Known { unit, held, standing }: &Known, out: &mut Recomputed) -> Result<()> {
    let touched = std::mem::take(&mut out.stocks_touched);
    for (key, figure) in &touched {
        let Some(field) = key.field else { continue };
        let rows = sqlx::query(
            "SELECT day, value, added FROM stocks
             WHERE unit_id = ?1 AND field_id = ?2 AND official_id = ?3 AND figure = ?4 AND day >=
                 coalesce((SELECT max(day) FROM stocks WHERE unit_id = ?1 AND field_id = ?2 AND official_id = ?3
                           AND figure = ?4 AND day < ?5), ?5)
             ORDER BY day",
        )
        .bind(unit.0)
        .bind(field.0)
        .bind(key.official.0)
        .bind(figure.key())
        .bind(days::to_db(key.day))
        .fetch_all(&mut *conn)
        .await?;
        let mut value = 0;
        let mut now = None;
        for r in &rows {
            let (day, stored, added): (i64, i64, Option<i64>) = (r.get(0), r.get(1), r.get(2));
            let before_change = day < days::to_db(key.day);
            value = match added {
                Some(add) if !before_change => value + add,
                _ => stored,
            };
            if value != stored {
                let later = Key { day: days::from_db(day), ..*key };
                // What the message speaks of itself is noted in its turn.
                if later.day > key.day && !touched.contains(&(later, *figure)) {
                    note_carried(&mut out.changes, (later, *figure), (stored, value));
                }
                sqlx::query(
                    "UPDATE stocks SET value = ? WHERE unit_id = ? AND field_id = ? AND official_id = ? AND figure = ? AND day = ?",
                )
                .bind(value)
                .bind(unit.0)
                .bind(field.0)
                .bind(key.official.0)
                .bind(figure.key())
                .bind(day)
                .execute(&mut *conn)
                .await?;
            }
            if day == days::to_db(key.day) {
                now = Some(value);
            }
        }
        let from = held.get(key).and_then(|h| h.stocks.get(figure)).copied();
        if from != now {
            out.changes.push(Change { key: *key, subject: Subject::Figure(*figure), from, to: now });
        }
        if let Some(value) = now {
            out.stocks.insert((*key, *figure), value);
        }
    }
    if out.changes.iter().any(|c| !standing.contains_key(&c.key)) {
        out.changes.sort_by_key(|c| c.key);
    }
    Ok(())
}

/// A later day's value that has changed with the one it rests on, once however often.
fn note_carried(changes: &mut Vec<Change>, (key, figure): (Key, Figure), (from, to): (i64, i64)) {
    let subject = Subject::Figure(figure);
    match changes.iter().position(|c| (c.key, c.subject) == (key, subject)) {
        Some(at) if changes[at].from == Some(to) => {
            changes.remove(at);
        }
        Some(at) => changes[at].to = Some(to),
        None => changes.push(Change { key, subject, from: Some(from), to: Some(to) }),
    }
}
