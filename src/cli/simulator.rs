//! The clock of the simulator on its way: at which moments something may fall due.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::desk::Desk;
use crate::app::nag::{self, Look};
use crate::clock::instant_of;
use crate::store::nags::Stage;
use crate::store::{Result, Store};

/// Moments between the clock's last stand and its next, in order, the last one included.
/// `from` is where it stands; where it has not been put yet, it goes on from where an earlier
/// chat left it, or begins just before `to`.
///
/// # Errors
/// Of the database.
pub async fn moments(
    store: &Store,
    desk: &Desk,
    (from, to): (Option<DateTime<Utc>>, DateTime<Utc>),
) -> Result<Vec<DateTime<Utc>>> {
    let mut snapshot = store.read().await?;
    let dir = desk.directory(&mut snapshot).await?;
    let looked = nag::looked(&mut snapshot, Stage::Terminal).await?;
    let Some(from) = from.or(looked.filter(|l| *l <= to)) else {
        drop(snapshot);
        let mut tx = store.write().await?;
        let just_before = to - TimeDelta::minutes(1);
        nag::begin(&mut tx, desk, Look { stage: Stage::Terminal, now: just_before, zone: desk.zone }).await?;
        tx.commit().await?;
        return Ok(vec![to]);
    };
    let local = |at: DateTime<Utc>| at.with_timezone(&desk.zone).naive_local();
    let mut all = Vec::new();
    for day in local(from).date().iter_days().take_while(|d| *d <= local(to).date()) {
        let of_day = nag::moments(&mut snapshot, &dir, day, desk.zone).await?;
        let at = of_day.into_iter().map(|local| instant_of(desk.zone, local));
        all.extend(at.filter(|at| from < *at && *at <= to));
    }
    if from < to && all.last() != Some(&to) {
        all.push(to);
    }
    Ok(all)
}
