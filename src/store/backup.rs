//! Copies of the database: made while others use it, verified by opening, put back.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use chrono::NaiveDate;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection as _};

use super::{MIGRATIONS, Result, Store, StoreError, audit};

/// How many daily copies are kept.
pub const DAILY_KEPT: usize = 7;

/// Why a copy was not made or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{0} exists already")]
    Exists(PathBuf),
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// The file is no sound database of ours; what is wrong with it.
    #[error("{path} is not sound: {what}")]
    Unsound { path: PathBuf, what: String },
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: std::io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(e: sqlx::Error) -> Self {
        BackupError::Store(e.into())
    }
}

type Done<T> = std::result::Result<T, BackupError>;

/// The file of a database URL such as `sqlite://motcua.db`.
///
/// # Errors
/// When the URL is none of SQLite.
pub fn path_of(url: &str) -> Result<PathBuf> {
    Ok(real(SqliteConnectOptions::from_str(url)?.get_filename()))
}

/// The file itself, by one name whatever links lead to it: locks lie beside it, so two names
/// of one database would be two locks.
fn real(path: &Path) -> PathBuf {
    let mut path = path.to_path_buf();
    for _ in 0..40 {
        let Ok(target) = std::fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    let path = std::path::absolute(&path).unwrap_or(path);
    // Folders that are not there yet are added behind those that are.
    let folders = path.ancestors().skip(1).find_map(|f| Some((f, f.canonicalize().ok()?)));
    match folders.and_then(|(folder, real)| Some(real.join(path.strip_prefix(folder).ok()?))) {
        Some(real) => real,
        None => path,
    }
}

/// Copies the database to `to`, which must not exist, and verifies the copy. Others may go
/// on reading and writing meanwhile; the copy is one state.
pub async fn copy(store: &Store, to: &Path) -> Done<()> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_path_buf()));
    }
    if let Some(folder) = to.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(io(folder))?;
    }
    let database = real(store.path());
    if ["-wal", "-shm", "-journal", ".lock", ".run.lock"].iter().any(|e| real(to) == beside(&database, e)) {
        return Err(io(to)(std::io::ErrorKind::InvalidFilename.into()));
    }
    let part = new_part(to)?;
    let done = fill(store, &part).await;
    if let Err(e) = done.and_then(|()| put_in_place(&part, to)) {
        _ = remove(&part);
        return Err(e);
    }
    Ok(())
}

async fn fill(store: &Store, part: &Path) -> Done<()> {
    let mut conn = store.readers.acquire().await?;
    sqlx::query("VACUUM INTO ?").bind(part.to_string_lossy().as_ref()).execute(&mut *conn).await?;
    drop(conn);
    verify(part).await
}

/// An empty file beside `to`, of a name that nobody else can have given a file.
fn new_part(to: &Path) -> Done<PathBuf> {
    let number = getrandom::u64().map_err(|e| io(to)(std::io::Error::other(e.to_string())))?;
    let part = beside(to, &format!(".{number:016x}.part"));
    std::fs::OpenOptions::new().write(true).create_new(true).open(&part).map_err(io(&part))?;
    Ok(part)
}

/// The copy of a day: `motcua-2026-11-20.db` in `folder`; made once, the oldest beyond
/// [`DAILY_KEPT`] go. Returns the copy's path.
pub async fn daily(store: &Store, folder: &Path, day: NaiveDate) -> Done<PathBuf> {
    let to = folder.join(format!("motcua-{day}.db"));
    match copy(store, &to).await {
        Ok(()) | Err(BackupError::Exists(_)) => {}
        Err(e) => return Err(e),
    }
    let mut copies: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(io(folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| day_of_copy(path).is_some())
        .collect();
    copies.sort();
    let surplus = copies.len().saturating_sub(DAILY_KEPT);
    for old in copies.iter().take(surplus).filter(|old| **old != to) {
        remove(old)?;
    }
    Ok(to)
}

/// The day of a daily copy, by its name.
fn day_of_copy(path: &Path) -> Option<NaiveDate> {
    path.file_name()?.to_str()?.strip_prefix("motcua-")?.strip_suffix(".db")?.parse().ok()
}

/// Opens a file and looks whether it is a sound database of ours: pages, references,
/// schema no newer than this program, seals of the history.
pub async fn verify(file: &Path) -> Done<()> {
    let unsound = |what: String| BackupError::Unsound { path: file.to_path_buf(), what };
    if !file.is_file() {
        return Err(BackupError::Missing(file.to_path_buf()));
    }
    let options = SqliteConnectOptions::new().filename(file).foreign_keys(true);
    let mut conn = options.connect().await.map_err(|e| unsound(e.to_string()))?;
    let found = examine(&mut conn).await;
    _ = conn.close().await;
    match found {
        Ok(None) => Ok(()),
        Ok(Some(what)) => Err(unsound(what)),
        Err(e) => Err(unsound(e.to_string())),
    }
}

async fn examine(conn: &mut SqliteConnection) -> Result<Option<String>> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(&mut *conn).await?;
    let known = MIGRATIONS.iter().map(|m| m.version).max();
    if newest > known {
        return Ok(Some(format!("schema {} is newer than this program", newest.unwrap_or_default())));
    }
    let faults = faults(conn).await?;
    Ok(faults.into_iter().next())
}

/// What is wrong inside an open database, its history included; empty when it is sound.
async fn faults(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut faults = page_faults(conn).await?;
    if let Some(id) = audit::first_broken(conn).await? {
        faults.push(format!("seal of history row {id} is broken"));
    }
    let (written, left) = audit::written_and_left(conn).await?;
    if written != left {
        faults.push(format!("history: {written} rows were written, {left} are left"));
    }
    Ok(faults)
}

/// What is wrong with the pages and references of an open database.
pub async fn page_faults(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut faults: Vec<String> = sqlx::query_scalar("PRAGMA quick_check").fetch_all(&mut *conn).await?;
    faults.retain(|f| f != "ok");
    let loose = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *conn).await?;
    if !loose.is_empty() {
        faults.push(format!("{} rows refer to rows that are not there", loose.len()));
    }
    Ok(faults)
}

/// Puts a copy in the place of `database`. The caller holds the lock that excludes all others.
///
/// # Errors
/// [`BackupError::Exists`] when there is a database and `force` is not given; the database
/// stays as it is unless the copy has been verified.
pub async fn restore(database: &Path, from: &Path, force: bool) -> Done<()> {
    if database.exists() && !force {
        return Err(BackupError::Exists(database.to_path_buf()));
    }
    if !from.is_file() {
        return Err(BackupError::Missing(from.to_path_buf()));
    }
    if let Some(folder) = database.parent().filter(|p| !p.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(io(folder))?;
    }
    let part = new_part(database)?;
    if let Err(e) = replace(database, from, &part).await {
        _ = remove(&part);
        return Err(match e {
            BackupError::Unsound { what, .. } => BackupError::Unsound { path: from.to_path_buf(), what },
            other => other,
        });
    }
    Ok(())
}

/// Verifies `part` as a copy of `from` before it touches the database.
async fn replace(database: &Path, from: &Path, part: &Path) -> Done<()> {
    std::fs::copy(from, part).map_err(io(from))?;
    verify(part).await?;
    for ending in ["-wal", "-shm"] {
        remove(&beside(database, ending))?;
    }
    put_in_place(part, database)
}

/// Makes `part` durable and gives it its name.
fn put_in_place(part: &Path, to: &Path) -> Done<()> {
    for ending in ["-wal", "-shm", "-journal"] {
        remove(&beside(part, ending))?;
    }
    std::fs::OpenOptions::new().write(true).open(part).and_then(|f| f.sync_all()).map_err(io(part))?;
    std::fs::rename(part, to).map_err(io(to))?;
    #[cfg(unix)]
    {
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder).and_then(|f| f.sync_all()).map_err(io(folder))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Done<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(io(path)(e)),
        _ => Ok(()),
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_os_string();
    name.push(ending);
    PathBuf::from(name)
}

fn io(path: &Path) -> impl Fn(std::io::Error) -> BackupError {
    let path = path.to_path_buf();
    move |error| BackupError::Io { path: path.clone(), error }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn office(dir: &Path) -> Store {
        Store::open(&format!("sqlite://{}/x.db", dir.display())).await.unwrap()
    }

    async fn units(store: &Store) -> i64 {
        let mut r = store.read().await.unwrap();
        sqlx::query_scalar("SELECT count(*) FROM units").fetch_one(&mut *r).await.unwrap()
    }

    async fn add_unit(store: &Store, code: &str) {
        let mut w = store.write().await.unwrap();
        sqlx::query("INSERT INTO units (code, name) VALUES (?, 'x')").bind(code).execute(&mut *w).await.unwrap();
        w.commit().await.unwrap();
    }

    #[tokio::test]
    async fn putting_back_touches_no_file_of_somebody_elses() {
        let dir = tempfile::tempdir().unwrap();
        let store = office(dir.path()).await;
        let (database, to) = (store.path().to_path_buf(), dir.path().join("a.db"));
        copy(&store, &to).await.unwrap();
        store.close().await;
        let theirs = dir.path().join("x.db.restore");
        std::fs::write(&theirs, "of somebody else").unwrap();
        let broken = dir.path().join("broken.db");
        std::fs::write(&broken, "no database").unwrap();
        assert!(
            matches!(restore(&database, &broken, true).await, Err(BackupError::Unsound { path, .. }) if path == broken)
        );
        restore(&database, &to, true).await.unwrap();
        assert_eq!(std::fs::read_to_string(&theirs).unwrap(), "of somebody else");
        let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert!(!left.iter().any(|f| f.to_string_lossy().ends_with(".part")), "{left:?}");
    }

    #[tokio::test]
    async fn a_copy_put_back_is_the_office_of_that_moment() {
        let dir = tempfile::tempdir().unwrap();
        let store = office(dir.path()).await;
        add_unit(&store, "A").await;
        let to = dir.path().join("copies/a.db");
        copy(&store, &to).await.unwrap();
        assert!(matches!(copy(&store, &to).await, Err(BackupError::Exists(_))));
        add_unit(&store, "B").await;
        store.close().await;

        let db = dir.path().join("x.db");
        assert!(matches!(restore(&db, &to, false).await, Err(BackupError::Exists(_))));
        restore(&db, &to, true).await.unwrap();
        assert_eq!(units(&office(dir.path()).await).await, 1);
        assert!(!beside(&db, ".restore").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_database_has_one_path_whatever_links_lead_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().canonicalize().unwrap();
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, folder.join(name)).unwrap();
        std::fs::create_dir(folder.join("a")).unwrap();
        link("a", "b");
        link("b/x.db", "y.db");
        link("y.db", "z.db");
        let path = |name: &str| path_of(&format!("sqlite://{}/{name}", folder.display())).unwrap();
        for there in [false, true] {
            for name in ["a/x.db", "b/x.db", "y.db", "z.db", "a/../b/x.db"] {
                assert_eq!(path(name), folder.join("a/x.db"), "{name}");
            }
            if !there {
                std::fs::write(folder.join("a/x.db"), "").unwrap();
            }
        }
        assert_eq!(path("b/new/x.db"), folder.join("a/new/x.db"));
    }

    #[tokio::test]
    async fn a_copy_spares_files_of_others_and_of_the_database() {
        let dir = tempfile::tempdir().unwrap();
        let store = office(dir.path()).await;
        std::fs::write(dir.path().join("keep.part"), "mine").unwrap();
        copy(&store, &dir.path().join("keep")).await.unwrap();
        assert_eq!(std::fs::read_to_string(dir.path().join("keep.part")).unwrap(), "mine");
        for name in ["x.db-journal", "x.db.lock", "x.db.run.lock"] {
            assert!(matches!(copy(&store, &dir.path().join(name)).await, Err(BackupError::Io { .. })), "{name}");
            assert!(!dir.path().join(name).exists());
        }
        let parts = std::fs::read_dir(dir.path())
            .unwrap()
            .filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|x| x == "part"));
        assert_eq!(parts.count(), 1);
    }

    #[tokio::test]
    async fn a_damaged_copy_is_refused_and_the_database_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = office(dir.path()).await;
        add_unit(&store, "A").await;
        store.close().await;
        let bad = dir.path().join("bad.db");
        std::fs::write(&bad, b"SQLite format 3\0 and then nothing").unwrap();
        let db = dir.path().join("x.db");
        assert!(matches!(restore(&db, &bad, true).await, Err(BackupError::Unsound { .. })));
        assert_eq!(units(&office(dir.path()).await).await, 1);
    }

    #[tokio::test]
    async fn seven_daily_copies_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let store = office(dir.path()).await;
        let folder = dir.path().join("backup");
        let first: NaiveDate = "2026-11-20".parse().unwrap();
        for n in 0..9 {
            daily(&store, &folder, first + chrono::Days::new(n)).await.unwrap();
        }
        let mut names: Vec<_> =
            std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        assert_eq!(names.len(), DAILY_KEPT);
        assert_eq!(names[0], "motcua-2026-11-22.db");
    }
}
