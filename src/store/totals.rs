//! What a unit, or many, come to over a span of days: flows, balances, stocks, indicators.
//!
//! Whole halves of a month come from `half_months`, only ragged ends from `counts`, so a
//! summary costs the same however many days it covers. Units are given as a list (a
//! subtree is one list); all functions answer per unit and field, absent = nothing there.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, days};
use crate::domain::complete::Posted;
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, IndicatorId};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// Per unit and field.
pub type Of<T> = BTreeMap<(UnitId, FieldId), T>;

/// An opening balance (`/tondau`): pending, and late among them, at the start of `day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub day: NaiveDate,
    pub pending: i64,
    pub late: i64,
}

/// What stands of a stock figure at a day's end, over all officials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub value: i64,
    /// The latest day on which anybody stated it, as days since 1970.
    pub stated: i64,
}

/// The flows of each unit and field over `from..=to`.
pub async fn flows(conn: &mut Connection, units: &[UnitId], from: NaiveDate, to: NaiveDate) -> Result<Of<Flows>> {
    let mut out = Of::new();
    let span = Span::of(conn, units, from, to).await?;
    let halves = span.halves.map(|(first, last)| (HALF_FLOWS, first, last));
    let ends = span.ends.into_iter().map(|(first, last)| (DAY_FLOWS, days::to_db(first), days::to_db(last)));
    for (sql, first, last) in halves.into_iter().chain(ends) {
        for (key, [online, direct, postal, early, on_time, late, withdrawn]) in
            packed(conn, sql, units, first, last).await?
        {
            *out.entry(key).or_default() += Flows { online, direct, postal, early, on_time, late, withdrawn };
        }
    }
    Ok(out)
}

/// The flows of each unit and field that has a count for a day, zeros said too. Unlike
/// [`flows`] it never looks at halves of months, which keep a row of zeros for what was
/// taken back.
pub async fn flows_of_day(conn: &mut Connection, units: &[UnitId], day: NaiveDate) -> Result<Of<Flows>> {
    let rows = packed(conn, DAY_FLOWS, units, days::to_db(day), days::to_db(day)).await?;
    let one = |[online, direct, postal, early, on_time, late, withdrawn]: [i64; 7]| Flows {
        online,
        direct,
        postal,
        early,
        on_time,
        late,
        withdrawn,
    };
    Ok(rows.into_iter().map(|(key, flows)| (key, one(flows))).collect())
}

/// What all flows before `day` have added to the balance of each unit and field; opening
/// balances stand apart ([`openings`]).
pub async fn net_before(conn: &mut Connection, units: &[UnitId], day: NaiveDate) -> Result<Of<i64>> {
    let mut out = Of::new();
    let halves = (HALF_NETS, i64::MIN, days::half_of(day) - 1);
    let end = (DAY_NETS, days::to_db(days::half_start(day)), days::to_db(day) - 1);
    for (sql, first, last) in [halves, end].into_iter().filter(|(_, first, last)| first <= last) {
        for (key, [net]) in packed(conn, sql, units, first, last).await? {
            *out.entry(key).or_default() += net;
        }
    }
    Ok(out)
}

/// Newly received and resolved (withdrawn included) over `from..=to`, of one field or all.
pub async fn received_resolved(
    conn: &mut Connection,
    units: &[UnitId],
    (from, to): (NaiveDate, NaiveDate),
    field: Option<FieldId>,
) -> Result<(i64, i64)> {
    let mut sum = (0, 0);
    let span = Span::of(conn, units, from, to).await?;
    let halves = span.halves.map(|(first, last)| (HALF_SUMS, first, last));
    let ends = span.ends.into_iter().map(|(first, last)| (DAY_SUMS, days::to_db(first), days::to_db(last)));
    for (sql, first, last) in halves.into_iter().chain(ends) {
        let row = sqlx::query(sql)
            .bind(list(units))
            .bind(first)
            .bind(last)
            .bind(field.map(|f| f.0))
            .fetch_one(&mut *conn)
            .await?;
        sum = (sum.0 + row.get::<i64, _>(0), sum.1 + row.get::<i64, _>(1));
    }
    Ok(sum)
}

/// The opening balances of the units, whatever their day.
pub async fn openings(conn: &mut Connection, units: &[UnitId]) -> Result<Of<Opening>> {
    let rows = sqlx::query(
        "SELECT o.unit_id, o.field_id, o.day, o.pending, o.late
         FROM openings AS o WHERE o.unit_id IN (SELECT value FROM json_each(?1))",
    )
    .bind(list(units))
    .fetch_all(conn)
    .await?;
    let opening = |r: &SqliteRow| Opening { day: days::from_db(r.get(2)), pending: r.get(3), late: r.get(4) };
    Ok(rows.iter().map(|r| (key(r), opening(r))).collect())
}

/// A stock figure at the end of `day`: of each official the latest value up to then, also
/// from long before; the unit's is their sum.
pub async fn stocks(conn: &mut Connection, units: &[UnitId], figure: Figure, day: NaiveDate) -> Result<Of<Standing>> {
    // SQLite takes a bare column (`value`) from the row that holds the max.
    let rows = sqlx::query(
        "SELECT s.unit_id, s.field_id, s.value, max(s.day)
         FROM stocks AS s WHERE s.unit_id IN (SELECT value FROM json_each(?1))
         AND s.figure = ?2 AND s.day <= ?3
         GROUP BY s.unit_id, s.field_id, s.official_id",
    )
    .bind(list(units))
    .bind(figure.key())
    .bind(days::to_db(day))
    .fetch_all(conn)
    .await?;
    let mut out: Of<Standing> = Of::new();
    for r in &rows {
        let standing = out.entry(key(r)).or_insert(Standing { value: 0, stated: i64::MIN });
        standing.value += r.get::<i64, _>(2);
        standing.stated = standing.stated.max(r.get(3));
    }
    Ok(out)
}

/// The sums of the indicators over `from..=to`, by field (`None`: posted for the whole unit).
pub async fn indicators(
    conn: &mut Connection,
    units: &[UnitId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<(IndicatorId, Option<FieldId>), i64>> {
    let rows = sqlx::query(
        "SELECT c.indicator_id, c.field_id, sum(c.value)
         FROM indicator_counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
         GROUP BY c.indicator_id, c.field_id",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let field = |id: i64| (id != 0).then_some(FieldId(id));
    Ok(rows.iter().map(|r| ((IndicatorId(r.get(0)), field(r.get(1))), r.get(2))).collect())
}

/// The sums of one indicator over a span of days, by unit and field.
pub async fn indicator_by_unit(
    conn: &mut Connection,
    units: &[UnitId],
    indicator: IndicatorId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(UnitId, Option<FieldId>, i64)>> {
    let rows = sqlx::query(
        "SELECT c.unit_id, c.field_id, sum(c.value)
         FROM indicator_counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
         AND c.indicator_id = ?4
         GROUP BY c.unit_id, c.field_id",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .bind(indicator.0)
    .fetch_all(conn)
    .await?;
    let field = |id: i64| (id != 0).then_some(FieldId(id));
    Ok(rows.iter().map(|r| (UnitId(r.get(0)), field(r.get(1)), r.get(2))).collect())
}

/// Who has a post for which day of `from..=to`. Every official with a standing post for a
/// field has a row in `counts`, all zeros too; unit-wide indicators alone make none.
pub async fn posted(
    conn: &mut Connection,
    units: &[UnitId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<BTreeMap<UnitId, Posted>> {
    let rows = sqlx::query(
        "SELECT unit_id, group_concat(day || ' ' || who, ';')
         FROM (SELECT c.unit_id, c.day, group_concat(c.official_id, ' ') AS who
               FROM counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
               GROUP BY c.unit_id, c.day)
         GROUP BY unit_id",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let posted = |text: &str| -> Posted {
        let of_day = |text: &str| {
            let mut numbers = numbers(text);
            let day = days::from_db(numbers.next()?);
            let mut who: Vec<OfficialId> = numbers.map(OfficialId).collect();
            who.sort_unstable();
            who.dedup();
            Some((day, who))
        };
        text.split(';').filter_map(of_day).collect()
    };
    Ok(rows.iter().map(|r| (UnitId(r.get(0)), posted(r.get(1)))).collect())
}

/// The first day for which anything was posted in any of the units.
pub async fn first_day(conn: &mut Connection, units: &[UnitId]) -> Result<Option<NaiveDate>> {
    let day: Option<i64> =
        sqlx::query_scalar("SELECT min((SELECT min(day) FROM counts WHERE unit_id = u.value)) FROM json_each(?1) AS u")
            .bind(list(units))
            .fetch_one(conn)
            .await?;
    Ok(day.map(days::from_db))
}

/// A span of days cut into whole halves of months and ragged ends.
#[derive(Debug, Default, PartialEq, Eq)]
struct Span {
    halves: Option<(i64, i64)>,
    ends: Vec<(NaiveDate, NaiveDate)>,
}

impl Span {
    /// Cuts `from..=to`. A half of which nothing is posted outside the span counts as whole:
    /// the half in progress, for one, which is most of what is asked for.
    async fn of(conn: &mut Connection, units: &[UnitId], from: NaiveDate, to: NaiveDate) -> Result<Span> {
        if from > to {
            return Ok(Span::default());
        }
        let (mut first, mut last) = (from, to);
        let start = days::half_start(from);
        if start < from && nothing_posted(conn, units, start, from - ONE_DAY).await? {
            first = start;
        }
        let end = half_end(to);
        if to < end && nothing_posted(conn, units, to + ONE_DAY, end).await? {
            last = end;
        }
        Ok(Span::cut(first, last))
    }

    fn cut(from: NaiveDate, to: NaiveDate) -> Span {
        let mut span = Span::default();
        let (mut first, mut last) = (days::half_of(from), days::half_of(to));
        let (ragged_from, ragged_to) = (days::half_start(from) < from, to < half_end(to));
        if first == last && (ragged_from || ragged_to) {
            span.ends.push((from, to));
            return span;
        }
        if ragged_from {
            span.ends.push((from, half_end(from)));
            first += 1;
        }
        if ragged_to {
            span.ends.push((days::half_start(to), to));
            last -= 1;
        }
        span.halves = (first <= last).then_some((first, last));
        span
    }
}

const ONE_DAY: chrono::Days = chrono::Days::new(1);

/// The last day of the half month that holds `day`.
fn half_end(day: NaiveDate) -> NaiveDate {
    let next = days::half_start(days::half_start(day) + chrono::Days::new(20));
    next - ONE_DAY
}

async fn nothing_posted(conn: &mut Connection, units: &[UnitId], from: NaiveDate, to: NaiveDate) -> Result<bool> {
    let found: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM counts AS c
                        WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3)",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_one(conn)
    .await?;
    Ok(!found)
}

// `IN` rather than a join: the list is walked in order, so that grouping needs no sorting.
// A unit's fields come in one text, each its id and its sums: of a nation that is a tenth
// of the rows, and a row costs more to hand over than to read.
const HALF_FLOWS: &str = "
    SELECT unit_id, group_concat(field_id || ' ' || a || ' ' || b || ' ' || c || ' ' || d || ' ' || e || ' ' || f || ' ' || g, ' ')
    FROM (SELECT h.unit_id, h.field_id, sum(online) AS a, sum(direct) AS b, sum(postal) AS c, sum(early) AS d, sum(on_time) AS e, sum(late) AS f, sum(withdrawn) AS g
          FROM half_months AS h WHERE h.unit_id IN (SELECT value FROM json_each(?1)) AND h.half BETWEEN ?2 AND ?3
          GROUP BY h.unit_id, h.field_id)
    GROUP BY unit_id";
const DAY_FLOWS: &str = "
    SELECT unit_id, group_concat(field_id || ' ' || a || ' ' || b || ' ' || c || ' ' || d || ' ' || e || ' ' || f || ' ' || g, ' ')
    FROM (SELECT c.unit_id, c.field_id, sum(online) AS a, sum(direct) AS b, sum(postal) AS c, sum(early) AS d, sum(on_time) AS e, sum(late) AS f, sum(withdrawn) AS g
          FROM counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
          GROUP BY c.unit_id, c.field_id)
    GROUP BY unit_id";
const HALF_NETS: &str = "
    SELECT unit_id, group_concat(field_id || ' ' || net, ' ')
    FROM (SELECT h.unit_id, h.field_id, sum(online + direct + postal - early - on_time - late - withdrawn) AS net
          FROM half_months AS h WHERE h.unit_id IN (SELECT value FROM json_each(?1)) AND h.half BETWEEN ?2 AND ?3
          GROUP BY h.unit_id, h.field_id)
    GROUP BY unit_id";
const DAY_NETS: &str = "
    SELECT unit_id, group_concat(field_id || ' ' || net, ' ')
    FROM (SELECT c.unit_id, c.field_id, sum(online + direct + postal - early - on_time - late - withdrawn) AS net
          FROM counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
          GROUP BY c.unit_id, c.field_id)
    GROUP BY unit_id";
const HALF_SUMS: &str = "
    SELECT coalesce(sum(online + direct + postal), 0), coalesce(sum(early + on_time + late + withdrawn), 0)
    FROM half_months AS h WHERE h.unit_id IN (SELECT value FROM json_each(?1)) AND h.half BETWEEN ?2 AND ?3
      AND (?4 IS NULL OR h.field_id = ?4)";
const DAY_SUMS: &str = "
    SELECT coalesce(sum(online + direct + postal), 0), coalesce(sum(early + on_time + late + withdrawn), 0)
    FROM counts AS c WHERE c.unit_id IN (SELECT value FROM json_each(?1)) AND c.day BETWEEN ?2 AND ?3
      AND (?4 IS NULL OR c.field_id = ?4)";

/// The sums of each unit and field over halves or days `first..=last`.
async fn packed<const N: usize>(
    conn: &mut Connection,
    sql: &'static str,
    units: &[UnitId],
    first: i64,
    last: i64,
) -> Result<Vec<((UnitId, FieldId), [i64; N])>> {
    let rows = sqlx::query(sql).bind(list(units)).bind(first).bind(last).fetch_all(conn).await?;
    let mut out = Vec::with_capacity(rows.len() * 8);
    for r in &rows {
        let unit = UnitId(r.get(0));
        let mut numbers = numbers(r.get(1));
        while let Some(field) = numbers.next() {
            let mut sums = [0; N];
            sums.iter_mut().for_each(|sum| *sum = numbers.next().unwrap_or(0));
            out.push(((unit, FieldId(field)), sums));
        }
    }
    Ok(out)
}

fn numbers(text: &str) -> impl Iterator<Item = i64> + '_ {
    text.split(' ').filter_map(|n| n.parse().ok())
}

fn key(r: &SqliteRow) -> (UnitId, FieldId) {
    (UnitId(r.get(0)), FieldId(r.get(1)))
}

fn list(units: &[UnitId]) -> String {
    Value::from(units.iter().map(|u| u.0).collect::<Vec<_>>()).to_string()
}

#[cfg(test)]
mod tests;
