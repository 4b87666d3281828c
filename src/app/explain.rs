//! `/visao`: the entries behind a figure of the summary, so that whoever doubts a number
//! sees whose it is and when it was said.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::summarise::{Question, summarise, sums};
use crate::domain::count::Flows;
use crate::domain::figure::{Control, FIGURES, Figure, Kind};
use crate::domain::summary::Row;
use crate::domain::unit::UnitId;
use crate::grammar::figure::Asked;
use crate::report::explain::{Explanation, Line};
use crate::store::entries::{self, Entry, Place};
use crate::store::{Connection, Result, totals};
use crate::words::Words;

/// Takes a figure of the question's unit, field and period apart.
///
/// # Errors
/// Of the database.
pub async fn explain(
    conn: &mut Connection,
    q: &Question<'_>,
    asked: Asked,
    zone: Tz,
    words: &Words,
) -> Result<Explanation> {
    let s = summarise(conn, q).await?;
    let parent = s.below.is_some();
    let (entries, openings) = match asked {
        _ if parent => (of_units(conn, q, asked).await?, Vec::new()),
        Asked::Figure(Figure::PendingLate) => late_of_officials(conn, q, zone).await?,
        _ => (of_officials(conn, q, asked, zone).await?, Vec::new()),
    };
    // Of a parent each unit's line holds what was carried in there.
    let carries = matches!(asked, Asked::Control(Control::Received | Control::Pending));
    Ok(Explanation {
        figure: match asked {
            Asked::Figure(f) => words.figure(f),
            Asked::Control(c) => words.control(c),
            Asked::Indicator(id) => q.dir.indicator(id).map_or(String::new(), |i| i.name.clone()),
        },
        value: match asked {
            Asked::Indicator(id) => s.indicators.iter().find(|i| i.id == id).map_or(0, |i| i.value),
            _ => of_row(asked, &s.total),
        },
        unit_name: s.unit_name,
        field_name: s.field,
        period: s.period,
        to_date: s.to_date,
        carried: (carries && !parent).then_some(s.total.carried),
        openings,
        register_late: register_late(q, asked),
        standing: matches!(asked, Asked::Figure(f) if f.kind() == Kind::Stock),
        entries,
    })
}

/// The figure as a row of the summary has it; 0 for an indicator.
fn of_row(asked: Asked, row: &Row) -> i64 {
    match asked {
        Asked::Figure(Figure::AwaitingSupplement) => row.awaiting,
        Asked::Figure(Figure::PendingLate) => row.pending_late,
        Asked::Figure(f) => row.flows.get(f),
        Asked::Control(Control::Received) => row.received_total(),
        Asked::Control(Control::Resolved) => row.resolved_total(),
        Asked::Control(Control::Pending) => row.pending_total(),
        Asked::Indicator(_) => 0,
    }
}

/// What a day's flows add to the figure.
fn of_flows(asked: Asked, flows: Flows) -> i64 {
    of_row(asked, &Row { flows, ..Row::default() })
}

/// Keys of the figures whose messages say when the number came to be; '' is a zero line.
fn subjects(asked: Asked) -> Vec<&'static str> {
    let counts_in = |figure: Figure| {
        let mut one = Flows::default();
        if let Some(value) = one.get_mut(figure) {
            *value = 1;
        }
        of_flows(asked, one) != 0
    };
    FIGURES.iter().filter(|r| counts_in(r.figure)).map(|r| r.key).chain([""]).collect()
}

fn register_late(q: &Question<'_>, asked: Asked) -> Option<i64> {
    let late = matches!(asked, Asked::Figure(Figure::PendingLate));
    let units = q.units();
    let of_question = q
        .facts
        .register_late
        .iter()
        .filter(|((unit, field), _)| units.contains(unit) && q.field.is_none_or(|f| f == *field));
    let found: Vec<i64> = of_question.map(|(_, n)| *n).collect();
    (late && !found.is_empty()).then(|| found.iter().sum())
}

fn place(q: &Question<'_>) -> Place {
    Place { unit: q.unit.id, field: q.field, from: q.period.from, to: q.end() }
}

async fn of_officials(conn: &mut Connection, q: &Question<'_>, asked: Asked, zone: Tz) -> Result<Vec<Line>> {
    let found: Vec<Entry<i64>> = match asked {
        Asked::Indicator(id) => {
            let key = q.dir.indicator(id).map_or("", |i| i.key.as_str());
            entries::indicator(conn, place(q), id, key).await?
        }
        Asked::Figure(f) if f.kind() == Kind::Stock => entries::stocks(conn, place(q), f).await?,
        _ => {
            let found = entries::flows(conn, place(q), &subjects(asked)).await?;
            found.into_iter().map(|e| e.with(of_flows(asked, e.value))).collect()
        }
    };
    Ok(lines(q, &found, zone))
}

type Openings = Vec<(NaiveDate, i64)>;

/// The late part: of each field what the officials state, or else the opening's.
async fn late_of_officials(conn: &mut Connection, q: &Question<'_>, zone: Tz) -> Result<(Vec<Line>, Openings)> {
    let mut found = entries::stocks(conn, place(q), Figure::PendingLate).await?;
    let openings = totals::openings(conn, &[q.unit.id]).await?;
    let mut standing = Vec::new();
    for ((_, field), opening) in openings {
        let stated = found.iter().any(|e| e.field == Some(field) && e.day >= opening.day);
        if stated || opening.day > q.end() || q.field.is_some_and(|f| f != field) {
            continue;
        }
        found.retain(|e| e.field != Some(field));
        if opening.late != 0 {
            standing.push((opening.day, opening.late));
        }
    }
    Ok((lines(q, &found, zone), standing))
}

fn lines(q: &Question<'_>, found: &[Entry<i64>], zone: Tz) -> Vec<Line> {
    let field = |e: &Entry<i64>| q.dir.field(e.field?).map(|f| f.name.clone());
    let line = |e: &Entry<i64>| Line {
        day: Some(e.day),
        field: field(e).filter(|_| q.field.is_none()),
        who: q.dir.official(e.official).map_or(String::new(), |o| o.name.clone()),
        value: e.value,
        when: e.when.map(|t| t.with_timezone(&zone)),
    };
    found.iter().filter(|e| e.value != 0).map(line).collect()
}

/// Of a parent a line a unit: what its own summary would say.
async fn of_units(conn: &mut Connection, q: &Question<'_>, asked: Asked) -> Result<Vec<Line>> {
    let units = q.units();
    let mut values: BTreeMap<UnitId, i64> = BTreeMap::new();
    if let Asked::Indicator(id) = asked {
        for (unit, field, value) in totals::indicator_by_unit(conn, &units, id, (q.period.from, q.end())).await? {
            if q.field.is_none() || q.field == field {
                *values.entry(unit).or_default() += value;
            }
        }
    }
    for ((unit, _), sum) in sums(conn, q, &units).await? {
        *values.entry(unit).or_default() += of_row(asked, &sum.row("", ""));
    }
    let line = |unit: UnitId| {
        let value = values.get(&unit).copied().filter(|v| *v != 0)?;
        Some(Line { day: None, field: None, who: q.dir.unit(unit)?.name.clone(), value, when: None })
    };
    Ok(units.into_iter().filter_map(line).collect())
}

#[cfg(test)]
mod tests;
