//! One-time codes, kept as SHA-256, and the wrong ones that were tried.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use sqlx::Row;

use super::{Connection, Result, StoreError};
use crate::domain::field::FieldId;
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::people::{CODE_LENGTH, CODE_SIGNS};

/// What a code lets a person become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// `None`: the first administrator, of whichever unit there is.
    pub unit: Option<UnitId>,
    pub role: Role,
    /// Empty for the first administrator.
    pub name: String,
    pub fields: Vec<FieldId>,
    /// Set: one more chat for this person.
    pub official: Option<OfficialId>,
}

fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(code.as_bytes()).to_vec()
}

/// A random code; each of its signs is as likely as the others.
///
/// # Errors
/// When the system has no random bytes.
pub fn new_code() -> Result<String> {
    let mut code = String::with_capacity(CODE_LENGTH);
    // 234 = 9 × 26: bytes from there on would make the first signs likelier.
    let fair = 256 / CODE_SIGNS.len() * CODE_SIGNS.len();
    while code.len() < CODE_LENGTH {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes).map_err(|e| sqlx::Error::Io(std::io::Error::other(e.to_string())))?;
        let signs =
            bytes.iter().map(|b| usize::from(*b)).filter(|b| *b < fair).map(|b| CODE_SIGNS[b % CODE_SIGNS.len()]);
        code.extend(signs.take(CODE_LENGTH - code.len()).map(char::from));
    }
    Ok(code)
}

/// Stores a code until `expires`.
pub async fn add(
    conn: &mut Connection,
    code: &str,
    invite: &Invite,
    by: Option<OfficialId>,
    (now, expires): (DateTime<Utc>, DateTime<Utc>),
) -> Result<()> {
    let fields: Vec<String> = invite.fields.iter().map(|f| f.0.to_string()).collect();
    sqlx::query(
        "INSERT INTO invites (code_hash, unit_id, role, name, fields, official_id, created_by, created_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(hash(code))
    .bind(invite.unit.map(|u| u.0))
    .bind(invite.role.key())
    .bind(&invite.name)
    .bind(fields.join(","))
    .bind(invite.official.map(|o| o.0))
    .bind(by.map(|o| o.0))
    .bind(now.timestamp())
    .bind(expires.timestamp())
    .execute(conn)
    .await?;
    Ok(())
}

/// What an unused code that has not expired stands for.
pub async fn open(conn: &mut Connection, code: &str, now: DateTime<Utc>) -> Result<Option<Invite>> {
    let row = sqlx::query(
        "SELECT unit_id, role, name, fields, official_id FROM invites
         WHERE code_hash = ? AND used_at IS NULL AND expires_at > ?",
    )
    .bind(hash(code))
    .bind(now.timestamp())
    .fetch_optional(conn)
    .await?;
    let Some(r) = row else { return Ok(None) };
    let role: &str = r.get(1);
    let fields: &str = r.get(3);
    Ok(Some(Invite {
        unit: r.get::<Option<i64>, _>(0).map(UnitId),
        role: Role::from_key(role)
            .ok_or_else(|| StoreError::Inconsistent { table: "invites", what: format!("role {role}") })?,
        name: r.get(2),
        fields: fields.split(',').filter_map(|f| f.parse().ok().map(FieldId)).collect(),
        official: r.get::<Option<i64>, _>(4).map(OfficialId),
    }))
}

/// Uses a code up.
pub async fn use_up(conn: &mut Connection, code: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("UPDATE invites SET used_at = ? WHERE code_hash = ?")
        .bind(now.timestamp())
        .bind(hash(code))
        .execute(conn)
        .await?;
    Ok(())
}

/// Earlier codes of the first administrator lapse.
pub async fn lapse_first_admin(conn: &mut Connection) -> Result<()> {
    sqlx::query("DELETE FROM invites WHERE unit_id IS NULL AND used_at IS NULL").execute(conn).await?;
    Ok(())
}

/// Wrong codes of one chat since it was last silenced or right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongCodes {
    pub count: i64,
    pub latest: DateTime<Utc>,
}

/// Wrong codes of a chat; `None` if there are none.
pub async fn wrong_of(conn: &mut Connection, channel: &str, chat_id: &str) -> Result<Option<WrongCodes>> {
    let row = sqlx::query("SELECT count(*), max(at) FROM wrong_codes WHERE channel = ? AND chat_id = ?")
        .bind(channel)
        .bind(chat_id)
        .fetch_one(conn)
        .await?;
    let latest: Option<i64> = row.get(1);
    Ok(latest.map(|at| WrongCodes { count: row.get(0), latest: super::days::instant(at) }))
}

/// Wrong codes in the hour before `now`, over all chats.
pub async fn wrong_last_hour(conn: &mut Connection, now: DateTime<Utc>) -> Result<i64> {
    let from = (now - TimeDelta::hours(1)).timestamp();
    Ok(sqlx::query_scalar("SELECT count(*) FROM wrong_codes WHERE at > ?").bind(from).fetch_one(conn).await?)
}

/// Writes a wrong code down.
pub async fn note_wrong(conn: &mut Connection, channel: &str, chat_id: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("INSERT INTO wrong_codes (channel, chat_id, at) VALUES (?, ?, ?)")
        .bind(channel)
        .bind(chat_id)
        .bind(now.timestamp())
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets a chat's wrong codes.
pub async fn forget_wrong(conn: &mut Connection, channel: &str, chat_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM wrong_codes WHERE channel = ? AND chat_id = ?")
        .bind(channel)
        .bind(chat_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether a stranger's chat is to be told now who the bot serves: at most once in 24
/// hours. Telling is written down.
pub async fn tell_stranger(conn: &mut Connection, channel: &str, chat_id: &str, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO strangers (channel, chat_id, told_at) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET told_at = ?3 WHERE told_at <= ?4",
    )
    .bind(channel)
    .bind(chat_id)
    .bind(now.timestamp())
    .bind((now - TimeDelta::days(1)).timestamp())
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}
