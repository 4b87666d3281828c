//! Why the database cannot be used, as far as whoever runs the program can mend it.

use std::error::Error;
use std::io::ErrorKind;

use sqlx::migrate::MigrateError;

use super::lock::LockError;

/// What usually stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// File or folder may only be read.
    ReadOnly,
    /// No room on the disk.
    Full,
    /// Another program holds it.
    Locked,
    /// The file is no SQLite database, or one of another program.
    Foreign,
    /// A later motcua has written it.
    Newer,
    /// The file or its folder is not there, or not for us.
    CannotOpen,
    /// What is in the file is damaged, or the disk is.
    Damaged,
}

/// The cause that one error of a chain names, with its technical words.
///
/// ```
/// use motcua::store::cause::{Cause, cause_of};
/// use motcua::store::lock::LockError;
/// let error = LockError::Io { path: "x.db.lock".into(), error: std::io::ErrorKind::PermissionDenied.into() };
/// assert_eq!(cause_of(&error).map(|c| c.0), Some(Cause::ReadOnly));
/// ```
pub fn cause_of(error: &(dyn Error + 'static)) -> Option<(Cause, String)> {
    if let Some(LockError::Io { error, .. }) = error.downcast_ref() {
        return Some((of_file(error.kind()), error.to_string()));
    }
    let cause = match error.downcast_ref() {
        Some(MigrateError::VersionMissing(_)) => Cause::Newer,
        Some(MigrateError::VersionMismatch(_)) => Cause::Foreign,
        Some(MigrateError::Execute(e) | MigrateError::ExecuteMigration(e, _)) => {
            return of_sql(e).or_else(|| Some((Cause::Foreign, e.to_string())));
        }
        _ => return error.downcast_ref().and_then(of_sql),
    };
    Some((cause, error.to_string()))
}

fn of_file(kind: ErrorKind) -> Cause {
    match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Cause::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Cause::Full,
        _ => Cause::CannotOpen,
    }
}

/// By SQLite's primary result code.
fn of_sql(error: &sqlx::Error) -> Option<(Cause, String)> {
    let sqlx::Error::Database(db) = error else { return None };
    let code: i64 = db.code()?.parse().ok()?;
    let cause = match code & 0xff {
        5 | 6 => Cause::Locked,
        8 => Cause::ReadOnly,
        10 | 11 => Cause::Damaged,
        13 => Cause::Full,
        14 => Cause::CannotOpen,
        26 => Cause::Foreign,
        _ => return None,
    };
    Some((cause, format!("SQLite {code}: {}", db.message())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Result, Store, StoreError};

    /// The cause that a chain of errors names.
    fn check<T>(failed: Result<T>, expected: Cause) {
        let error = anyhow::Error::from(failed.err().unwrap());
        let found = error.chain().find_map(cause_of).map(|(cause, _)| cause);
        assert_eq!(found, Some(expected), "{error:#}");
    }

    async fn run(store: &Store, sql: &'static str) -> Result<()> {
        let mut w = store.write().await?;
        sqlx::query(sql).execute(&mut *w).await?;
        Ok(w.commit().await?)
    }

    #[tokio::test]
    async fn each_usual_fault_has_its_cause() {
        let dir = tempfile::tempdir().unwrap();
        let url = |name: &str| format!("sqlite://{}/{name}", dir.path().display());
        let store = Store::open(&url("x.db")).await.unwrap();
        let filled = "INSERT INTO notices (name, at) SELECT hex(randomblob(4000)), 0 FROM units, json_each('[1,2,3]')";
        run(&store, "INSERT INTO units (code, name) VALUES ('A', 'A'), ('B', 'B'), ('C', 'C')").await.unwrap();
        let mut w = store.write().await.unwrap();
        sqlx::query("PRAGMA max_page_count = 1").execute(&mut *w).await.unwrap();
        check(sqlx::query(filled).execute(&mut *w).await.map_err(StoreError::from), Cause::Full);
        drop(w);
        let mut r = store.read().await.unwrap();
        check(sqlx::query("DELETE FROM units").execute(&mut *r).await.map_err(StoreError::from), Cause::ReadOnly);
        drop(r);
        std::fs::write(dir.path().join("prose.db"), "Kính gửi Ủy ban nhân dân xã. ".repeat(200)).unwrap();
        check(Store::open(&url("prose.db")).await, Cause::Foreign);
        std::fs::create_dir(dir.path().join("folder.db")).unwrap();
        check(Store::open(&url("folder.db")).await, Cause::CannotOpen);
        run(&store, "UPDATE _sqlx_migrations SET version = 99999 WHERE version = 1").await.unwrap();
        store.close().await;
        check(Store::open(&url("x.db")).await, Cause::Newer);
    }
}
