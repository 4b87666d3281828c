//! Links that phones open: of a file for 24 hours, of an upload for one hour and one file
//! (SPEC §12). A link is found by the SHA-256 of its secret; the secret is kept nowhere.
//!
//! Whatever does not hold (unknown, expired, revoked, used) is the same `None` of the same
//! one look-up: nobody learns from it which it was.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};

use super::{Connection, Result};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// How long a file can be fetched.
pub const FILE_LIVES: TimeDelta = TimeDelta::hours(24);
/// How long a file can be sent in.
pub const UPLOAD_LIVES: TimeDelta = TimeDelta::hours(1);
/// Random bytes of a secret; SPEC §12 wants 16 at least.
const SECRET_BYTES: usize = 20;

/// A file that may be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    pub id: i64,
    /// JSON of what is to be rendered.
    pub recipe: String,
}

/// A file that may be sent in, by whom, for which unit, and the chat that asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadLink {
    pub id: i64,
    pub unit: UnitId,
    pub official: OfficialId,
    pub bot_id: i64,
    pub chat_id: String,
}

/// Makes a link to a file; returns its secret (hexadecimal). `unit` and `owner` tell who may
/// revoke it.
///
/// # Errors
/// Of the database, and of a system without random bytes.
pub async fn add_file(
    conn: &mut Connection,
    recipe: &str,
    (unit, owner): (Option<UnitId>, Option<OfficialId>),
    now: DateTime<Utc>,
) -> Result<String> {
    let secret = new_secret()?;
    sqlx::query(
        "INSERT INTO web_links (secret_hash, kind, unit_id, official_id, recipe, created_at, expires_at)
         VALUES (?, 'file', ?, ?, ?, ?, ?)",
    )
    .bind(hash(&secret))
    .bind(unit.map(|u| u.0))
    .bind(owner.map(|o| o.0))
    .bind(recipe)
    .bind(now.timestamp())
    .bind((now + FILE_LIVES).timestamp())
    .execute(conn)
    .await?;
    Ok(secret)
}

/// Makes a link by which a person sends one file in; returns its secret. An earlier one of
/// that person lapses.
///
/// # Errors
/// Of the database, and of a system without random bytes.
pub async fn add_upload(
    conn: &mut Connection,
    (unit, official): (UnitId, OfficialId),
    (bot_id, chat_id): (i64, &str),
    now: DateTime<Utc>,
) -> Result<String> {
    let secret = new_secret()?;
    sqlx::query("UPDATE web_links SET over_at = ?1 WHERE kind = 'upload' AND official_id = ?2 AND over_at IS NULL")
        .bind(now.timestamp())
        .bind(official.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "INSERT INTO web_links (secret_hash, kind, unit_id, official_id, bot_id, chat_id, created_at, expires_at)
         VALUES (?, 'upload', ?, ?, ?, ?, ?, ?)",
    )
    .bind(hash(&secret))
    .bind(unit.0)
    .bind(official.0)
    .bind(bot_id)
    .bind(chat_id)
    .bind(now.timestamp())
    .bind((now + UPLOAD_LIVES).timestamp())
    .execute(conn)
    .await?;
    Ok(secret)
}

/// The file behind a secret, while the link holds.
pub async fn file(conn: &mut Connection, secret: &str, now: DateTime<Utc>) -> Result<Option<FileLink>> {
    let found: Option<(i64, String)> = sqlx::query_as(
        "SELECT id, recipe FROM web_links
         WHERE secret_hash = ? AND kind = 'file' AND over_at IS NULL AND expires_at > ?",
    )
    .bind(hash(secret))
    .bind(now.timestamp())
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id, recipe)| FileLink { id, recipe }))
}

/// The upload behind a secret, while the link holds.
pub async fn upload(conn: &mut Connection, secret: &str, now: DateTime<Utc>) -> Result<Option<UploadLink>> {
    let found: Option<(i64, i64, i64, i64, String)> = sqlx::query_as(
        "SELECT id, unit_id, official_id, bot_id, chat_id FROM web_links
         WHERE secret_hash = ? AND kind = 'upload' AND over_at IS NULL AND expires_at > ?",
    )
    .bind(hash(secret))
    .bind(now.timestamp())
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id, unit, official, bot_id, chat_id)| UploadLink {
        id,
        unit: UnitId(unit),
        official: OfficialId(official),
        bot_id,
        chat_id,
    }))
}

/// The one file has come; `false` if another was quicker or the link has ended meanwhile.
pub async fn use_up(conn: &mut Connection, link: i64, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("UPDATE web_links SET over_at = ?2 WHERE id = ?1 AND over_at IS NULL AND expires_at > ?2")
        .bind(link)
        .bind(now.timestamp())
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Whose links end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Person(OfficialId),
    /// Of this unit, and of the person who says so.
    Unit(UnitId, OfficialId),
}

/// Ends links that still hold; returns how many.
pub async fn revoke(conn: &mut Connection, whose: Whose, now: DateTime<Utc>) -> Result<u64> {
    let (unit, official) = match whose {
        Whose::Person(official) => (None, official),
        Whose::Unit(unit, official) => (Some(unit.0), official),
    };
    let done = sqlx::query(
        "UPDATE web_links SET over_at = ?1
         WHERE over_at IS NULL AND expires_at > ?1 AND (official_id = ?2 OR unit_id = ?3)",
    )
    .bind(now.timestamp())
    .bind(official.0)
    .bind(unit)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

fn new_secret() -> Result<String> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|e| sqlx::Error::Io(std::io::Error::other(e.to_string())))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}
