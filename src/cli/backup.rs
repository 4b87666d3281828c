//! `motcua backup FILE` and `motcua restore FILE [--force]`.

use std::path::PathBuf;

use clap::Args;

use super::End;
use super::setup::{Console, say, tell};
use crate::settings::Settings;
use crate::store::backup::{self, BackupError};
use crate::store::lock::{self, LockError};
use crate::words::Words;

#[derive(Args)]
pub struct BackupArgs {
    /// Tệp sao lưu, chưa có sẵn
    file: PathBuf,
}

#[derive(Args)]
pub struct RestoreArgs {
    /// Tệp sao lưu
    file: PathBuf,
    /// Ghi đè cơ sở dữ liệu đang có
    #[arg(long)]
    force: bool,
}

/// Copies the database, also while the bot runs.
///
/// # Errors
/// Of the database.
pub async fn backup(console: &Console, args: BackupArgs) -> anyhow::Result<End> {
    match backup::copy(&console.store, &args.file).await {
        Ok(()) => {
            say(&console.words.backup_done(args.file.display().to_string()));
            Ok(End::Done)
        }
        Err(e) => refused(e, console.words),
    }
}

/// Puts a copy back; nobody else may use the database meanwhile.
///
/// # Errors
/// Of the database and the lock files.
pub async fn restore(args: RestoreArgs, settings: &Settings) -> anyhow::Result<End> {
    let words = settings.locale.words();
    let database = backup::path_of(&settings.database_url)?;
    if let Some(who) = lock::runner(&database)? {
        tell(&words.restore_running(who));
        return Ok(End::No);
    }
    let _alone = match lock::exclude(&database) {
        Ok(lock) => lock,
        Err(LockError::Held(_)) => {
            tell(&words.restore_busy());
            return Ok(End::No);
        }
        Err(e) => return Err(e.into()),
    };
    match backup::restore(&database, &args.file, args.force).await {
        Ok(()) => {
            say(&words.restore_done(args.file.display().to_string(), database.display().to_string()));
            Ok(End::Done)
        }
        Err(BackupError::Exists(path)) => {
            tell(&words.restore_exists(path.display().to_string()));
            Ok(End::No)
        }
        Err(e) => refused(e, words),
    }
}

fn refused(error: BackupError, words: &Words) -> anyhow::Result<End> {
    let sentence = match error {
        BackupError::Exists(path) => words.file_exists(path.display().to_string()),
        BackupError::Missing(path) => words.import_no_file(path.display().to_string()),
        BackupError::Unsound { path, what } => words.backup_unsound(path.display().to_string(), what),
        BackupError::Io { path, error } => words.file_not_written(path.display().to_string(), error.to_string()),
        BackupError::Store(e) => return Err(e.into()),
    };
    tell(&sentence);
    Ok(End::No)
}
