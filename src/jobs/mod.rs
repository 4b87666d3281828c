//! What has to be done by the clock while the bot runs: the daily copy, forgetting what need
//! not be kept, the sign of life; reminders and period ends.

pub mod nag;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::clock::Clock;
use crate::store::{Result, Store, audit, backup, notices, prune, runs};

/// How often the clock is looked at.
pub const LOOK: Duration = Duration::from_secs(30);
/// From when on the daily copy is due (SPEC §2): most desks are at lunch.
const BACKUP_AT: NaiveTime = match NaiveTime::from_hms_opt(12, 15, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};
/// Forgetting goes in small steps; once an hour is enough.
const PRUNE_EVERY: i64 = 3_600;

/// The house's own chores.
pub struct Housekeeping {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub zone: Tz,
    /// Where daily copies go; beside the database where `None`.
    pub backup_dir: Option<PathBuf>,
    /// How long texts of messages are kept (days).
    pub text_days: i64,
    /// This run's row.
    pub run: i64,
}

impl Housekeeping {
    /// Does whatever is due now. A failed copy is told to administrators by the caller with
    /// the sentence that comes back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn look(&self) -> Result<Option<String>> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        runs::seen(&mut tx, self.run, now.timestamp()).await?;
        let to_prune = notices::due(&mut tx, "prune", PRUNE_EVERY, now.timestamp()).await?;
        let day = self.backup_day(now);
        let to_copy = match day {
            Some(day) => !notices::is_noted(&mut tx, &backup_notice(day)).await?,
            None => false,
        };
        tx.commit().await?;
        if to_prune {
            prune::prune(&self.store, now.timestamp(), self.text_days).await?;
        }
        match day.filter(|_| to_copy) {
            Some(day) => self.copy(day, now).await,
            None => Ok(None),
        }
    }

    /// The day whose copy is due: today from 12:15 on, before that yesterday's, made at the
    /// next start.
    fn backup_day(&self, now: DateTime<Utc>) -> Option<NaiveDate> {
        let local = now.with_timezone(&self.zone).naive_local();
        if local.time() >= BACKUP_AT { Some(local.date()) } else { local.date().pred_opt() }
    }

    async fn copy(&self, day: NaiveDate, now: DateTime<Utc>) -> Result<Option<String>> {
        let folder = self.backup_dir.clone().unwrap_or_else(|| self.store.path().with_file_name("backup"));
        let failure = match backup::daily(&self.store, &folder, day).await {
            Ok(file) => {
                tracing::info!(file = %file.display(), "the daily copy is made and verified");
                None
            }
            Err(e) => {
                tracing::error!(error = %e, "the daily copy failed");
                Some(e.to_string())
            }
        };
        let mut tx = self.store.write().await?;
        notices::note(&mut tx, &backup_notice(day), now.timestamp()).await?;
        let detail = serde_json::json!({ "day": day, "failure": failure }).to_string();
        let act = audit::Act {
            at: now.timestamp(),
            actor: None,
            unit: None,
            kind: "backup",
            post: None,
            read: None,
            detail: &detail,
        };
        audit::write(&mut tx, &act).await?;
        tx.commit().await?;
        Ok(failure)
    }
}

fn backup_notice(day: NaiveDate) -> String {
    format!("backup {day}")
}
