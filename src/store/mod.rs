//! SQLite: rows in, domain values out. SQL lives nowhere else.
//!
//! One writer connection (WAL, `synchronous=FULL`) and a few readers. Whoever writes takes
//! [`Store::write`], does all that belongs together (effect, audit, seen mark, replies) and
//! commits; whoever asks takes [`Store::read`], one snapshot. Functions of this room take
//! the open connection, so that the caller decides what is one act.

pub mod audit;
pub mod backup;
pub mod bot_files;
pub mod bots;
pub mod budget;
pub mod by_day;
pub mod cause;
pub mod check;
pub mod closed;
pub mod counts;
pub mod days;
pub mod directory;
pub mod dossiers;
pub mod entries;
pub mod fields;
pub mod gaps;
pub mod history;
pub mod holidays;
pub mod imports;
pub mod inbox;
pub mod invites;
pub mod leaves;
pub mod links;
pub mod lock;
pub mod menus;
pub mod nags;
pub mod notices;
pub mod officials;
pub mod openings;
pub mod outbox;
pub mod posts;
pub mod prune;
pub mod register_import;
pub mod runs;
#[cfg(test)]
pub mod sample;
pub mod savepoint;
pub mod stocks;
pub mod totals;
pub mod unit_day;
pub mod units;
pub mod web_links;

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Connection as _, Sqlite, Transaction};

/// Migrations in order; only ever added to.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// SQLite before this version can corrupt a WAL that two connections checkpoint at once.
const OLDEST_SQLITE: &str = "3.51.3";

/// How long a write waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(4);
/// The same once one has waited so long in vain, until one succeeds: whoever queues up behind
/// must not wait as long again, each after the other.
const HASTE: Duration = Duration::from_millis(200);

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("this SQLite is {0}; at least {OLDEST_SQLITE} is needed")]
    OldSqlite(String),
    /// A row that no program of this version writes: table, row and what is odd.
    #[error("inconsistent row in {table}: {what}")]
    Inconsistent { table: &'static str, what: String },
}

impl StoreError {
    /// Whether the database cannot take writes now (full, locked, read-only) but may later.
    pub fn is_outage(&self) -> bool {
        match self {
            // I/O, full, cannot open, read-only.
            StoreError::Sql(sqlx::Error::Database(_)) => {
                self.is_locked() || matches!(self.code(), Some(8 | 10 | 13 | 14))
            }
            // A connection that was left inside a transaction is about to be replaced.
            StoreError::Sql(
                sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::InvalidSavePointStatement,
            ) => true,
            _ => false,
        }
    }

    /// Whether another program holds the database.
    fn is_locked(&self) -> bool {
        matches!(self.code(), Some(5 | 6))
    }

    /// SQLite's primary code.
    fn code(&self) -> Option<i64> {
        let StoreError::Sql(sqlx::Error::Database(e)) = self else { return None };
        Some(e.code()?.parse::<i64>().ok()? & 0xff)
    }
}

impl StoreError {
    /// Whether a row is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, StoreError::Sql(sqlx::Error::Database(db)) if db.is_unique_violation())
    }
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// An open write transaction (`BEGIN IMMEDIATE`).
pub type Writing = Transaction<'static, Sqlite>;
/// An open read snapshot.
pub type Reading = Transaction<'static, Sqlite>;
/// Any open connection of ours.
pub type Connection = SqliteConnection;

/// The database of one office, or of many.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    path: PathBuf,
    /// The last write has waited for another program in vain.
    is_held: Arc<AtomicBool>,
}

impl Store {
    /// Opens (and creates and migrates) the database at `url`, such as `sqlite://motcua.db`.
    ///
    /// # Errors
    /// When the file cannot be opened, a migration fails, or the SQLite built in is too old.
    pub async fn open(url: &str) -> Result<Store> {
        // The name under which the locks lie, whatever links lead to the file.
        let path = backup::path_of(url)?;
        let options = SqliteConnectOptions::from_str(url)?
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .auto_vacuum(SqliteAutoVacuum::None)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .statement_cache_capacity(200)
            .pragma("temp_store", "MEMORY")
            .pragma("secure_delete", "ON");
        let is_held = Arc::new(AtomicBool::new(false));
        let writer = hurried(SqlitePoolOptions::new(), is_held.clone())
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            // On a full disk SQLite rolls back by itself, the driver's own ROLLBACK then fails
            // and the connection believes for ever to be inside a transaction: such a one is
            // closed, and the next write opens another.
            .after_release(|conn, _| {
                Box::pin(async move {
                    if conn.is_in_transaction() {
                        conn.ping().await?; // lets a rollback that is under way end
                    }
                    Ok(!conn.is_in_transaction())
                })
            })
            .connect_with(options.clone().pragma("cache_size", "-16384"))
            .await?;
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&writer).await?;
        if is_older(&version, OLDEST_SQLITE) {
            return Err(StoreError::OldSqlite(version));
        }
        MIGRATIONS.run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .min_connections(0)
            .max_connections(3)
            .connect_with(options.read_only(true).pragma("cache_size", "-8192"))
            .await?;
        Ok(Store { writer, readers, path, is_held })
    }

    /// The database file.
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Begins to write. Waits for whoever writes now.
    pub async fn write(&self) -> Result<Writing> {
        let begun = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::from);
        self.is_held.store(begun.as_ref().is_err_and(StoreError::is_locked), Ordering::Relaxed);
        begun
    }

    /// One snapshot to read from.
    pub async fn read(&self) -> Result<Reading> {
        Ok(self.readers.begin().await?)
    }

    /// Closes all connections; the WAL is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Lets the connection wait in [`HASTE`] while another program holds the database.
fn hurried(pool: SqlitePoolOptions, is_held: Arc<AtomicBool>) -> SqlitePoolOptions {
    let hasty = Arc::new(AtomicBool::new(false));
    let fresh = hasty.clone();
    pool.after_connect(move |_, _| {
        fresh.store(false, Ordering::Relaxed);
        Box::pin(async { Ok(()) })
    })
    .before_acquire(move |conn, _| {
        let wanted = is_held.load(Ordering::Relaxed);
        let changes = hasty.swap(wanted, Ordering::Relaxed) != wanted;
        Box::pin(async move {
            if changes {
                let time = if wanted { HASTE } else { PATIENCE }.as_millis();
                sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {time}"))).execute(conn).await?;
            }
            Ok(true)
        })
    })
}

fn is_older(version: &str, than: &str) -> bool {
    let parts = |v: &str| v.split('.').map(|p| p.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>();
    parts(version) < parts(than)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_database_is_durable_and_guards_its_references() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/x.db", dir.path().display())).await.unwrap();
        let mut w = store.write().await.unwrap();
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *w).await.unwrap();
        let sync: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *w).await.unwrap();
        let keys: i64 = sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *w).await.unwrap();
        assert_eq!((mode.as_str(), sync, keys), ("wal", 2, 1));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_database_has_one_name_whatever_link_leads_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().canonicalize().unwrap();
        std::fs::create_dir(folder.join("data")).unwrap();
        std::os::unix::fs::symlink("data/x.db", folder.join("link.db")).unwrap();
        let url = format!("sqlite://{}/link.db", folder.display());
        let store = Store::open(&url).await.unwrap();
        assert_eq!(store.path(), folder.join("data/x.db"));
        let _run = lock::run(store.path(), "run").unwrap();
        assert_eq!(lock::runner(&backup::path_of(&url).unwrap()).unwrap().as_deref(), Some("run"));
        assert!(folder.join("data/x.db.run.lock").exists() && !folder.join("link.db.run.lock").exists());
    }

    #[tokio::test]
    async fn a_full_disk_ends_when_there_is_room_again() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/x.db", dir.path().display())).await.unwrap();
        let fill = async |pages: i64| -> Result<()> {
            let mut w = store.write().await?;
            let limit = if pages == 0 { "PRAGMA max_page_count = 1073741823" } else { "PRAGMA max_page_count = 1" };
            sqlx::query(limit).execute(&mut *w).await?;
            for n in 0..50 {
                sqlx::query("INSERT INTO notices (name, at) VALUES (?, 0)")
                    .bind(format!("{pages} {n} {}", "x".repeat(4000)))
                    .execute(&mut *w)
                    .await?;
            }
            Ok(w.commit().await?)
        };
        fill(0).await.unwrap();
        assert!(fill(1).await.unwrap_err().is_outage());
        fill(0).await.ok();
        let mut w = store.write().await.expect("the writer is whole again");
        sqlx::query("INSERT INTO notices (name, at) VALUES ('after', 0)").execute(&mut *w).await.unwrap();
        w.commit().await.unwrap();
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(is_older("3.46.0", "3.51.3"));
        assert!(!is_older("3.100.0", "3.51.3"));
    }
}
