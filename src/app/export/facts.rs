//! Everything a workbook is made from, out of one read snapshot.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{ExportError, checks, days, log, overdue, place};
use crate::app::reply::{FileRecipe, Reader};
use crate::app::summarise::{self, Question, summarise};
use crate::domain::check::Check;
use crate::domain::figure::Indicator;
use crate::domain::official::OfficialId;
use crate::domain::summary::Summary;
use crate::report::names::Names;
use crate::report::workbook::{DayRow, LogLine, OverdueRow, State, Workbook};
use crate::store::Connection;
use crate::store::closed::{self, Closed};
use crate::store::directory::Directory;
use crate::words::Locale;

/// The facts of one workbook.
pub struct Facts {
    pub summary: Summary,
    /// As the form prints it: `Tháng 11/2025`.
    pub period: String,
    parent: Option<String>,
    days: Vec<DayRow>,
    indicators: Vec<Indicator>,
    checks: Vec<Check>,
    log: Vec<LogLine>,
    /// Where a register is kept.
    overdue: Option<Vec<OverdueRow>>,
    state: State,
}

impl Facts {
    pub fn workbook(&self) -> Workbook<'_> {
        Workbook {
            summary: &self.summary,
            period: &self.period,
            parent: self.parent.as_deref(),
            days: &self.days,
            indicators: &self.indicators,
            online_target: None,
            checks: &self.checks,
            log: &self.log,
            state: self.state,
            overdue: self.overdue.as_deref(),
        }
    }
}

/// Gathers the facts as of the recipe's instant.
pub async fn gather(
    conn: &mut Connection,
    dir: &Directory,
    zone: Tz,
    recipe: &FileRecipe,
) -> Result<Facts, ExportError> {
    let (unit, period, now) = place(dir, zone, recipe)?;
    let span = (period.from, period.end(now.date()));
    let known = summarise::Facts::load(conn, dir, &dir.subtree(unit.id), span).await?;
    let q = Question { dir, unit, period: &period, field: None, now, facts: &known };
    let names = names(dir, recipe.reader);
    let words = Locale::from_key(&recipe.locale).unwrap_or_default().words();

    let mut summary = summarise(conn, &q).await?;
    let days = days::rows(conn, &q, &summary, names).await?;
    hide_names(&mut summary, names);
    let overdue = overdue::rows(conn, &q, (recipe.reader, names), words).await?;
    let mut checks =
        checks::run(conn, &q, &summary, (names, words), overdue.as_deref().map(overdue::unexplained)).await?;
    checks.extend(checks::registered(conn, &q, &summary).await?);
    let closed = closed::touching(conn, unit.id, period.from, period.to).await?;
    let log = log::lines(conn, &q, (names, words, zone), &closed).await?;
    Ok(Facts {
        period: Locale::Vi.words().period(&period),
        parent: unit.parent.and_then(|p| dir.unit(p)).map(|p| p.name.clone()),
        state: state(&closed, (period.from, period.to)),
        indicators: dir.indicators.clone(),
        summary,
        overdue,
        days,
        checks,
        log,
    })
}

/// Whose names the reader may see.
fn names(dir: &Directory, reader: Reader) -> Names<'_> {
    match reader {
        Reader::All => Names::All,
        Reader::Officer(id) => dir.official(OfficialId(id)).map_or(Names::None, |o| Names::Own(&o.name)),
        Reader::Group => Names::None,
    }
}

/// Takes out the names that are not this reader's to see.
fn hide_names(summary: &mut Summary, names: Names<'_>) {
    for day in &mut summary.complete.missing {
        if !days::may_name(&day.officials, names) {
            day.officials.clear();
        }
    }
}

/// Closed where a closing that stands covers each day, by one closing or by several.
pub(super) fn state(closed: &[Closed], (from, to): (NaiveDate, NaiveDate)) -> State {
    if let Some(c) = closed.iter().find(|c| (c.first, c.last) == (from, to)) {
        return State::Closed { version: c.version };
    }
    let covered = |day: NaiveDate| closed.iter().any(|c| c.covers(day));
    let version = closed.iter().map(|c| c.version).max();
    match version.filter(|_| from.iter_days().take_while(|d| *d <= to).all(covered)) {
        Some(version) => State::Closed { version },
        None => State::Provisional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::days::instant;
    use crate::store::sample::day;

    fn check(closed: &[(&str, &str, i64)], expected: State) {
        let closed: Vec<Closed> = closed
            .iter()
            .map(|(first, last, version)| Closed {
                first: day(first),
                last: day(last),
                period: String::new(),
                version: *version,
                closed_by: None,
                closed_at: instant(0),
            })
            .collect();
        assert_eq!(state(&closed, (day("2026-09-15"), day("2026-12-14"))), expected);
    }

    #[test]
    fn a_period_is_closed_when_every_day_of_it_is() {
        check(&[], State::Provisional);
        check(&[("2026-09-15", "2026-10-14", 1)], State::Provisional);
        check(&[("2026-09-15", "2026-12-14", 2), ("2026-09-15", "2026-10-14", 3)], State::Closed { version: 2 });
        let months =
            [("2026-09-15", "2026-10-14", 1), ("2026-10-15", "2026-11-14", 4), ("2026-11-15", "2026-12-14", 1)];
        check(&months, State::Closed { version: 4 });
        check(&[("2025-12-15", "2026-12-14", 1)], State::Closed { version: 1 });
    }
}
