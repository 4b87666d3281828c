//! What `summary` and `report` ask for, and what they wait for before they answer.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::End;
use crate::app::desk::Desk;
use crate::app::summarise::{Facts, Question, summarise};
use crate::clock::day_of;
use crate::domain::period::{Period, PeriodFault};
use crate::domain::summary::Summary;
use crate::domain::unit::Unit;
use crate::grammar::period::read_period;
use crate::store::directory::Directory;
use crate::store::{Store, inbox};
use crate::words::Words;

/// How often the inbox is looked at while waiting.
const LOOK: Duration = Duration::from_millis(100);

/// A unit over a period, as asked at an instant.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Code of the unit, in any case.
    pub unit: &'a str,
    /// Words of a period; empty: the month in progress.
    pub period: &'a str,
    /// "Today".
    pub at: DateTime<Utc>,
}

/// A sentence about why there is no answer, and how the command ends with it.
pub struct Refused(pub End, pub String);

impl Refused {
    /// Tells it on standard error.
    pub fn tell(self) -> End {
        eprintln!("{}", self.1);
        self.0
    }
}

impl Asked<'_> {
    /// The unit and its period.
    ///
    /// # Errors
    /// A unit that does not exist, a period that is none or has not begun.
    pub fn place<'d>(&self, dir: &'d Directory, desk: &Desk) -> Result<(&'d Unit, Period), Refused> {
        let words = desk.locale.words();
        let unit = dir.unit_by_code(self.unit.trim());
        let unit = unit.ok_or_else(|| Refused(End::No, words.cli_no_unit(self.unit.trim())))?;
        let today = day_of(self.at, desk.zone);
        let told = |fault: PeriodFault| words.period_fault(&fault);
        match read_period(self.period, unit.scheme, today) {
            Ok((Some(period), "")) => Ok((unit, period)),
            Ok((None, "")) => Ok((unit, Period::month_containing(today, unit.scheme))),
            Ok(_) => Err(Refused(End::Usage, told(PeriodFault::NoSuch { text: self.period.trim().to_string() }))),
            Err(fault @ PeriodFault::NotBegun { .. }) => Err(Refused(End::No, told(fault))),
            Err(fault) => Err(Refused(End::Usage, told(fault))),
        }
    }

    /// The summary, from one read snapshot.
    ///
    /// # Errors
    /// Of the database; what [`Asked::place`] refuses comes back inside.
    pub async fn summary(&self, store: &Store, desk: &Desk) -> anyhow::Result<Result<Summary, Refused>> {
        let mut snapshot = store.read().await?;
        let dir = desk.directory(&mut snapshot).await?;
        let (unit, period) = match self.place(&dir, desk) {
            Ok(found) => found,
            Err(refused) => return Ok(Err(refused)),
        };
        let now = self.at.with_timezone(&desk.zone).naive_local();
        let span = (period.from, period.end(now.date()));
        let facts = Facts::load(&mut snapshot, &dir, &dir.subtree(unit.id), span).await?;
        let q = Question { dir: &dir, unit, period: &period, field: None, now, facts: &facts };
        Ok(Ok(summarise(&mut snapshot, &q).await?))
    }
}

/// Says how many messages are still to be handled; with `seconds` waits for them first, and
/// ends with [`End::No`] if they do not come to an end in that time.
///
/// # Errors
/// Of the database.
pub async fn inbox_first(store: &Store, words: &Words, seconds: Option<u64>) -> anyhow::Result<End> {
    let mut left = waiting(store).await?;
    let deadline = seconds.map(|s| tokio::time::Instant::now() + Duration::from_secs(s));
    while let Some(deadline) = deadline
        && left > 0
        && tokio::time::Instant::now() < deadline
    {
        tokio::time::sleep(LOOK).await;
        left = waiting(store).await?;
    }
    if left == 0 {
        return Ok(End::Done);
    }
    eprintln!("{}", words.cli_inbox_left(left.to_string()));
    Ok(if seconds.is_some() { End::No } else { End::Done })
}

async fn waiting(store: &Store) -> anyhow::Result<i64> {
    Ok(inbox::backlog(&mut *store.read().await?).await?.0)
}
