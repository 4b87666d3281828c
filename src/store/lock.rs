//! Who may use a database at once: locks of the operating system, which the kernel releases
//! when a process ends however it ends (SPEC §11).
//!
//! Every command holds `<database>.lock` shared, `restore` alone exclusively; `run` and
//! `tick` hold `<database>.run.lock` and write into it who they are.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A lock that lasts until it is dropped.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held for its lock")] File);

/// Why a lock could not be had.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Somebody holds it; what they wrote into it, possibly nothing.
    #[error("locked by {0}")]
    Held(String),
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: std::io::Error },
}

/// `motcua.db` → `motcua.db.lock`.
fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn open(path: &Path) -> Result<File, LockError> {
    let made = path.parent().filter(|p| !p.as_os_str().is_empty()).map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path))
        .map_err(|error| LockError::Io { path: path.to_path_buf(), error })
}

fn held(path: &Path, file: &mut File, result: Result<(), TryLockError>) -> Result<(), LockError> {
    match result {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let mut who = String::new();
            _ = file.read_to_string(&mut who);
            Err(LockError::Held(who.trim().to_string()))
        }
        Err(TryLockError::Error(error)) => Err(LockError::Io { path: path.to_path_buf(), error }),
    }
}

/// Taken by every command for as long as it uses the database.
///
/// # Errors
/// [`LockError::Held`] while a `restore` puts a copy back.
pub fn share(database: &Path) -> Result<Lock, LockError> {
    let path = beside(database, ".lock");
    let mut file = open(&path)?;
    let result = file.try_lock_shared();
    held(&path, &mut file, result)?;
    Ok(Lock(file))
}

/// Taken by `restore`.
///
/// # Errors
/// [`LockError::Held`] while any command uses the database.
pub fn exclude(database: &Path) -> Result<Lock, LockError> {
    let path = beside(database, ".lock");
    let mut file = open(&path)?;
    let result = file.try_lock();
    held(&path, &mut file, result)?;
    Ok(Lock(file))
}

/// Taken by `run` and `tick`; `who` is what a second one is told, such as
/// `run, process 4711, since 16:15 20/11/2026`.
///
/// # Errors
/// [`LockError::Held`] with the words of the first.
pub fn run(database: &Path, who: &str) -> Result<Lock, LockError> {
    let path = beside(database, ".run.lock");
    let mut file = open(&path)?;
    // Somebody may be looking, for a moment, whether anyone runs: see `runner`.
    let mut result = file.try_lock();
    for _ in 0..4 {
        if matches!(result, Err(TryLockError::WouldBlock)) {
            std::thread::sleep(std::time::Duration::from_millis(25));
            result = file.try_lock();
        }
    }
    held(&path, &mut file, result)?;
    let written = file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| writeln!(file, "{who}"));
    written.map_err(|error| LockError::Io { path, error })?;
    Ok(Lock(file))
}

/// Who runs on the database now, if anybody does.
///
/// # Errors
/// When the lock file cannot be opened.
pub fn runner(database: &Path) -> Result<Option<String>, LockError> {
    let path = beside(database, ".run.lock");
    if !path.exists() {
        return Ok(None);
    }
    let mut file = open(&path)?;
    let result = file.try_lock_shared();
    match held(&path, &mut file, result) {
        Ok(()) => Ok(None),
        Err(LockError::Held(who)) => Ok(Some(who)),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_learns_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let db = dir.path().join("x.db");
        assert_eq!(runner(&db).unwrap(), None);
        let first = run(&db, "run, tiến trình 1").unwrap();
        assert!(matches!(run(&db, "run"), Err(LockError::Held(who)) if who == "run, tiến trình 1"));
        assert_eq!(runner(&db).unwrap().as_deref(), Some("run, tiến trình 1"));
        drop(first);
        assert_eq!(runner(&db).unwrap(), None);
        assert!(run(&db, "run, tiến trình 2").is_ok());
    }

    #[test]
    fn commands_share_and_restore_waits_for_none_of_them() {
        let dir = tempfile::tempdir().unwrap();
        let db = dir.path().join("x.db");
        let a = share(&db).unwrap();
        let b = share(&db).unwrap();
        assert!(matches!(exclude(&db), Err(LockError::Held(_))));
        drop((a, b));
        let alone = exclude(&db).unwrap();
        assert!(matches!(share(&db), Err(LockError::Held(_))));
        drop(alone);
        assert!(share(&db).is_ok());
    }
}
