//! The checks of SPEC §9 with what they look at: the period before, what officials stated,
//! their history.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::app::posting::SMALLEST_OUTLIER;
use crate::app::reconcile::both_sides;
use crate::app::summarise::Question;
use crate::domain::check::{self, Check, Facts, FarOut, Left, Register, Stated};
use crate::domain::field::FieldId;
use crate::domain::figure::{FIGURES, Kind};
use crate::domain::official::OfficialId;
use crate::domain::outlier::is_far_out;
use crate::domain::reconcile::Subject;
use crate::domain::summary::Summary;
use crate::report::names::Names;
use crate::store::by_day::{self, DayCount};
use crate::store::totals::{self, Of, Opening};
use crate::store::unit_day::HISTORY_DAYS;
use crate::store::{Connection, Result};
use crate::words::Words;

/// Runs every check. What single days show is looked at for a unit of its own, not for all
/// units below a parent. `unexplained`: overdue dossiers without a reason, where a register
/// is kept.
pub async fn run(
    conn: &mut Connection,
    q: &Question<'_>,
    summary: &Summary,
    reader: (Names<'_>, &Words),
    unexplained: Option<i64>,
) -> Result<Vec<Check>> {
    let openings = totals::openings(conn, &q.units()).await?;
    let before = left(conn, q, &openings).await?;
    // With nothing known of the time before, the day on which figures begin is told instead.
    let nothing = summary.complete.since.is_some() && before.iter().all(|l| l.pending == 0 && l.opened == 0);
    let (mut stated, mut far_out, mut days) = (Vec::new(), Vec::new(), None);
    if summary.below.is_none() {
        let from = q.period.from - Days::new(HISTORY_DAYS.unsigned_abs());
        let counts = by_day::counts(conn, q.unit.id, (from, q.end())).await?;
        stated = stated_of(conn, q, summary, (&counts, &openings)).await?;
        far_out = far_out_of(q, &counts, reader);
        days = Some(counts.iter().filter(|c| q.period.from <= c.day).map(|c| c.flows).sum());
    }
    Ok(check::run(&Facts {
        summary,
        indicators: &q.dir.indicators,
        before: (!nothing).then_some(before.as_slice()),
        by_day: days,
        stated: &stated,
        far_out: &far_out,
        unexplained,
    }))
}

/// What the days before left, worked out from the period before (of another sum than the
/// one that carried it over), and what openings have brought in since.
async fn left(conn: &mut Connection, q: &Question<'_>, openings: &Of<Opening>) -> Result<Vec<Left>> {
    let (units, from, end) = (q.units(), q.period.from, q.end());
    let last = from - Days::new(1);
    let adjoining = q.period.before().filter(|b| b.to == last).map(|b| b.from);
    let first = adjoining.unwrap_or(from - Days::new(q.period.days()));
    let mut fields: BTreeMap<FieldId, (i64, i64)> = BTreeMap::new();
    for ((_, field), net) in totals::net_before(conn, &units, first).await? {
        fields.entry(field).or_default().0 += net;
    }
    for ((_, field), flows) in totals::flows(conn, &units, first, last).await? {
        fields.entry(field).or_default().0 += flows.net();
    }
    for ((_, field), opening) in openings.iter().filter(|(_, o)| o.day <= end) {
        let entry = fields.entry(*field).or_default();
        match opening.day < from {
            true => entry.0 += opening.pending,
            false => entry.1 += opening.pending,
        }
    }
    let left = |(field, (pending, opened)): (FieldId, (i64, i64))| {
        Some(Left { code: q.dir.field(field)?.code.clone(), pending, opened })
    };
    Ok(fields.into_iter().filter_map(left).collect())
}

/// The register against the counts, field by field, as `/doichieu` has it; nothing for a
/// parent, whose units each keep their own.
pub async fn registered(conn: &mut Connection, q: &Question<'_>, summary: &Summary) -> Result<Vec<Check>> {
    if summary.below.is_some() {
        return Ok(Vec::new());
    }
    let both = both_sides(conn, q.dir, (q.unit.id, (q.period.from, q.end())), &[]).await?;
    let sums = |subject, field| both.found.fields.get(&(subject, field)).copied().unwrap_or_default();
    let late = |field| both.held.iter().filter(|d| d.field == field && d.was_late_at(q.end())).count() as i64;
    let row = |field: &FieldId| {
        Some(Register {
            field: q.dir.field(*field)?.name.clone(),
            received: sums(Subject::Received, *field),
            resolved: sums(Subject::Resolved, *field),
            late: late(*field),
        })
    };
    let mut kept: Vec<FieldId> = both.kept.iter().copied().collect();
    kept.sort_by_key(|f| q.dir.field_order(*f));
    Ok(kept.iter().filter_map(row).flat_map(|held| check::registered(summary, &held)).collect())
}

/// What was stated as pending (`con`) beside the balance of that day: each that differs, and
/// of each field the last.
async fn stated_of(
    conn: &mut Connection,
    q: &Question<'_>,
    summary: &Summary,
    (counts, openings): (&[DayCount], &Of<Opening>),
) -> Result<Vec<Stated>> {
    let said = by_day::stated(conn, q.unit.id, (q.period.from, q.end())).await?;
    let balance = |day: NaiveDate, field: FieldId, code: &str| {
        let carried = summary.rows.iter().find(|r| r.code == code).map_or(0, |r| r.carried);
        // The row carries openings of the whole period; those of later days are not there yet.
        let opening = openings.get(&(q.unit.id, field)).filter(|o| day < o.day && o.day <= q.end());
        let until = counts.iter().filter(|c| c.field == field && q.period.from <= c.day && c.day <= day);
        carried - opening.map_or(0, |o| o.pending) + until.map(|c| c.flows.net()).sum::<i64>()
    };
    let stated = |((day, field), said): ((NaiveDate, FieldId), i64)| {
        let row = q.dir.field(field)?;
        Some(Stated { field: row.name.clone(), day, said, balance: balance(day, field, &row.code) })
    };
    let last: BTreeMap<FieldId, NaiveDate> = said.keys().map(|(day, field)| (*field, *day)).collect();
    let worth_telling =
        |(key, s): &((NaiveDate, FieldId), Stated)| s.said != s.balance || last.get(&key.1) == Some(&key.0);
    let all = said.into_iter().filter_map(|(key, n)| Some((key, stated((key, n))?)));
    Ok(all.filter(worth_telling).map(|(_, s)| s).collect())
}

/// Figures of the period far out of their official's history (W8), in order of days.
fn far_out_of(q: &Question<'_>, counts: &[DayCount], (names, words): (Names<'_>, &Words)) -> Vec<FarOut> {
    let mut by_person: BTreeMap<(OfficialId, FieldId), Vec<&DayCount>> = BTreeMap::new();
    for count in counts {
        by_person.entry((count.official, count.field)).or_default().push(count);
    }
    let name = |id: OfficialId| match names {
        Names::None => words.history_someone(),
        _ => q.dir.official(id).map_or(String::new(), |o| o.name.clone()),
    };
    let mut found = Vec::new();
    for ((official, field), counts) in &by_person {
        for (i, count) in counts.iter().enumerate().filter(|(_, c)| q.period.contains(c.day)) {
            let oldest = count.day - Days::new(HISTORY_DAYS.unsigned_abs());
            let history: Vec<&&DayCount> = counts[..i].iter().filter(|c| c.day >= oldest).collect();
            for figure in FIGURES.iter().filter(|r| r.kind == Kind::Flow).map(|r| r.figure) {
                let value = count.flows.get(figure);
                if value < SMALLEST_OUTLIER {
                    continue;
                }
                let values: Vec<i64> = history.iter().map(|c| c.flows.get(figure)).collect();
                let Some(usual) = is_far_out(&values, value) else { continue };
                let field = q.dir.field(*field).map_or(String::new(), |f| f.name.clone());
                let (official, figure, day) = (name(*official), words.figure(figure), count.day);
                found.push(FarOut { official, field, figure, day, value, usual });
            }
        }
    }
    found.sort_by_key(|f| f.day);
    found
}
