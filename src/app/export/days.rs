//! A row a day: what came and went, what stood at its end, whose figures it lacks.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};

use crate::app::summarise::Question;
use crate::domain::calendar::DayKind;
use crate::domain::field::FieldId;
use crate::domain::figure::Figure;
use crate::domain::official::OfficialId;
use crate::domain::summary::Summary;
use crate::domain::unit::UnitId;
use crate::report::names::Names;
use crate::report::workbook::{DayRow, Missing};
use crate::store::by_day::{self, OpenedLate};
use crate::store::{Connection, Result, totals};

/// The days of the period up to the last whose figures count.
pub async fn rows(conn: &mut Connection, q: &Question<'_>, summary: &Summary, names: Names<'_>) -> Result<Vec<DayRow>> {
    let (units, span) = (q.units(), (q.period.from, q.end()));
    let flows = by_day::flows(conn, &units, span).await?;
    let mut indicators = by_day::indicators(conn, &units, span).await?;
    let awaiting = standing(conn, (&units, span), Figure::AwaitingSupplement, Vec::new()).await?;
    let opened = by_day::opened_late(conn, &units, span.1).await?;
    let late = standing(conn, (&units, span), Figure::PendingLate, opened).await?;
    let mut missing = missing(summary, names);
    let rows = each_day(span).map(|day| DayRow {
        day,
        kind: if q.dir.calendar.is_working(day) { DayKind::Work } else { DayKind::Off },
        flows: flows.get(&day).copied(),
        awaiting: awaiting.get(&day).copied(),
        pending_late: late.get(&day).copied(),
        indicators: indicators.remove(&day).unwrap_or_default(),
        missing: missing.remove(&day).unwrap_or_default(),
    });
    Ok(rows.collect())
}

fn each_day((from, to): by_day::Days) -> impl Iterator<Item = NaiveDate> {
    from.iter_days().take_while(move |d| *d <= to)
}

/// Whether these people may be named to a reader: where others are missing too, an
/// officer's own name alone would mislead.
pub fn may_name(people: &[String], names: Names<'_>) -> bool {
    match names {
        Names::All => true,
        Names::Own(own) => people == [own],
        Names::None => false,
    }
}

fn missing(summary: &Summary, names: Names<'_>) -> BTreeMap<NaiveDate, Missing> {
    if let Some(below) = &summary.below {
        return below.units_missing.iter().map(|(day, n)| (*day, Missing::Units(*n))).collect();
    }
    let told = |people: &Vec<String>| match may_name(people, names) {
        true => Missing::People(people.clone()),
        false => Missing::Count(people.len()),
    };
    summary.complete.missing.iter().map(|m| (m.day, told(&m.officials))).collect()
}

/// What stood of a stock figure at the end of each day, from the day on which anybody had
/// stated it. `opened` are fields whose openings have a say in it.
async fn standing(
    conn: &mut Connection,
    (units, span): (&[UnitId], by_day::Days),
    figure: Figure,
    opened: Vec<OpenedLate>,
) -> Result<BTreeMap<NaiveDate, i64>> {
    let but: Vec<(UnitId, FieldId)> = opened.iter().map(|o| (o.unit, o.field)).collect();
    let steps = by_day::moves(conn, units, figure, span, &but).await?;
    let before = totals::stocks(conn, units, figure, span.0 - Days::new(1)).await?;
    let before = before.iter().filter(|(key, _)| !but.contains(key)).map(|(_, s)| s.value);
    let mut stands = before.reduce(|a, b| a + b);
    let mut out = BTreeMap::new();
    for day in each_day(span) {
        if let Some(step) = steps.get(&day) {
            stands = Some(stands.unwrap_or(0) + step);
        }
        let with_openings =
            opened.iter().filter_map(|o| late_on(o, day)).fold(stands, |sum, n| Some(sum.unwrap_or(0) + n));
        out.extend(with_openings.map(|n| (day, n)));
    }
    Ok(out)
}

/// The late part of a field with an opening: that of the opening from its day on until
/// anybody states another.
fn late_on(o: &OpenedLate, day: NaiveDate) -> Option<i64> {
    let stated = o.stated.iter().take_while(|(d, _, _)| *d <= day);
    let mut latest: HashMap<OfficialId, i64> = HashMap::new();
    let mut last = None;
    for (d, official, value) in stated {
        latest.insert(*official, *value);
        last = Some(*d);
    }
    let begun = o.opening.day <= day;
    match last {
        Some(last) if !begun || last >= o.opening.day => Some(latest.values().sum()),
        _ if begun => Some(o.opening.late),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::day;
    use crate::store::totals::Opening;

    fn check(o: &OpenedLate, on: &str, expected: Option<i64>) {
        assert_eq!(late_on(o, day(on)), expected, "{on}");
    }

    #[test]
    fn an_openings_late_part_stands_until_somebody_states_another() {
        let (lan, minh) = (OfficialId(1), OfficialId(2));
        let o = OpenedLate {
            unit: UnitId(1),
            field: FieldId(1),
            opening: Opening { day: day("2026-11-05"), pending: 9, late: 4 },
            stated: vec![(day("2026-11-02"), lan, 1), (day("2026-11-10"), minh, 2), (day("2026-11-12"), lan, 0)],
        };
        check(&o, "2026-11-01", None);
        check(&o, "2026-11-02", Some(1));
        check(&o, "2026-11-05", Some(4));
        check(&o, "2026-11-10", Some(3));
        check(&o, "2026-11-12", Some(2));
        check(&OpenedLate { stated: Vec::new(), ..o }, "2026-12-01", Some(4));
    }
}
