//! People as they are entered: who works where, holds which fields and writes from which
//! account. Reading them for a message is [`super::directory`]; what stands here is for
//! changes, which must see what the open transaction has just written.

use chrono::NaiveDate;
use sqlx::Row;

use super::{Connection, Result, StoreError, days, directory};
use crate::domain::field::FieldId;
use crate::domain::official::{OfficialId, Role, Span};
use crate::domain::unit::UnitId;

/// A membership with its row id and the person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub membership: i64,
    pub official: OfficialId,
    pub name: String,
    pub role: Role,
    pub span: Span,
}

/// Who joins what.
#[derive(Clone, Copy, Debug)]
pub struct Joining {
    pub official: OfficialId,
    pub unit: UnitId,
    pub role: Role,
    pub since: NaiveDate,
}

/// An account on a platform.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    pub channel: &'a str,
    pub platform_user: &'a str,
    pub chat_id: &'a str,
    /// Row id of the bot where ids depend on it (Zalo).
    pub bot_id: Option<i64>,
}

/// Enters a person.
pub async fn create(conn: &mut Connection, name: &str) -> Result<OfficialId> {
    let done = sqlx::query("INSERT INTO officials (name) VALUES (?)").bind(name).execute(&mut *conn).await?;
    directory::touch(conn).await?;
    Ok(OfficialId(done.last_insert_rowid()))
}

/// A person joins a unit; returns the membership's row id. The first unit is the current one.
pub async fn join(conn: &mut Connection, j: Joining) -> Result<i64> {
    let done = sqlx::query("INSERT INTO memberships (official_id, unit_id, role, since) VALUES (?, ?, ?, ?)")
        .bind(j.official.0)
        .bind(j.unit.0)
        .bind(j.role.key())
        .bind(days::to_db(j.since))
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE officials SET current_unit_id = ? WHERE id = ? AND current_unit_id IS NULL")
        .bind(j.unit.0)
        .bind(j.official.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await?;
    Ok(done.last_insert_rowid())
}

/// Members of a unit whose membership has not ended by `day`, in order of joining.
pub async fn members(conn: &mut Connection, unit: UnitId, day: NaiveDate) -> Result<Vec<Member>> {
    let rows = sqlx::query(
        "SELECT m.id, m.official_id, o.name, m.role, m.since, m.until FROM memberships AS m
         JOIN officials AS o ON o.id = m.official_id
         WHERE m.unit_id = ?1 AND (m.until IS NULL OR (m.until > ?2 AND m.until > m.since)) ORDER BY m.id",
    )
    .bind(unit.0)
    .bind(days::to_db(day))
    .fetch_all(conn)
    .await?;
    rows.iter()
        .map(|r| {
            let role: &str = r.get(3);
            let odd = || StoreError::Inconsistent { table: "memberships", what: format!("role {role}") };
            Ok(Member {
                membership: r.get(0),
                official: OfficialId(r.get(1)),
                name: r.get(2),
                role: Role::from_key(role).ok_or_else(odd)?,
                span: Span { since: days::from_db(r.get(4)), until: r.get::<Option<i64>, _>(5).map(days::from_db) },
            })
        })
        .collect()
}

/// Fields of a membership that have not ended by `day`.
pub async fn fields_held(conn: &mut Connection, membership: i64, day: NaiveDate) -> Result<Vec<FieldId>> {
    let rows = sqlx::query(
        "SELECT field_id FROM member_fields WHERE membership_id = ?1 AND (until IS NULL OR (until > ?2 AND until > since))
         ORDER BY field_id",
    )
    .bind(membership)
    .bind(days::to_db(day))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| FieldId(r.get(0))).collect())
}

/// A member takes fields over from `since` on; those held already stay as they are.
pub async fn hold(conn: &mut Connection, membership: i64, fields: &[FieldId], since: NaiveDate) -> Result<()> {
    let held = fields_held(conn, membership, since).await?;
    for field in fields.iter().filter(|f| !held.contains(f)) {
        sqlx::query(
            "INSERT INTO member_fields (membership_id, field_id, since) VALUES (?, ?, ?)
             ON CONFLICT DO UPDATE SET until = NULL",
        )
        .bind(membership)
        .bind(field.0)
        .bind(days::to_db(since))
        .execute(&mut *conn)
        .await?;
    }
    directory::touch(conn).await
}

/// A member gives fields up: `day` is the first day without them.
pub async fn release(conn: &mut Connection, membership: i64, fields: &[FieldId], day: NaiveDate) -> Result<()> {
    for field in fields {
        sqlx::query(
            "UPDATE member_fields SET until = max(since, ?3)
             WHERE membership_id = ?1 AND field_id = ?2 AND (until IS NULL OR until > ?3)",
        )
        .bind(membership)
        .bind(field.0)
        .bind(days::to_db(day))
        .execute(&mut *conn)
        .await?;
    }
    directory::touch(conn).await
}

/// A membership ends, with all its fields: `day` is the first day that no longer counts.
/// The person's current unit falls back to another of theirs; open codes for this person
/// in the unit lapse.
pub async fn leave(conn: &mut Connection, member: &Member, unit: UnitId, day: NaiveDate) -> Result<()> {
    let fields = fields_held(conn, member.membership, day).await?;
    release(conn, member.membership, &fields, day).await?;
    sqlx::query("UPDATE memberships SET until = max(since, ?2) WHERE id = ?1")
        .bind(member.membership)
        .bind(days::to_db(day))
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "UPDATE officials SET current_unit_id =
             (SELECT unit_id FROM memberships WHERE official_id = ?1 AND until IS NULL ORDER BY id LIMIT 1)
         WHERE id = ?1 AND current_unit_id = ?2",
    )
    .bind(member.official.0)
    .bind(unit.0)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM invites WHERE official_id = ? AND unit_id = ? AND used_at IS NULL")
        .bind(member.official.0)
        .bind(unit.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await
}

/// Who writes from an account, with the name.
pub async fn linked(conn: &mut Connection, account: Account<'_>) -> Result<Option<(OfficialId, String)>> {
    let row = sqlx::query(
        "SELECT o.id, o.name FROM links AS l JOIN officials AS o ON o.id = l.official_id
         WHERE l.channel = ? AND l.platform_user = ?",
    )
    .bind(account.channel)
    .bind(account.platform_user)
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|r| (OfficialId(r.get(0)), r.get(1))))
}

/// Links an account to a person, also one that was another's.
pub async fn link(conn: &mut Connection, official: OfficialId, account: Account<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (channel, platform_user) DO UPDATE SET
             greeted = CASE WHEN official_id = ?1 THEN greeted ELSE 0 END,
             official_id = ?1, chat_id = ?4, bot_id = ?5, unreachable_since = NULL",
    )
    .bind(official.0)
    .bind(account.channel)
    .bind(account.platform_user)
    .bind(account.chat_id)
    .bind(account.bot_id)
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await
}

/// Platform ids of a person on a channel.
pub async fn accounts(conn: &mut Connection, official: OfficialId, channel: &str) -> Result<Vec<String>> {
    let rows = sqlx::query_scalar("SELECT platform_user FROM links WHERE official_id = ? AND channel = ? ORDER BY id")
        .bind(official.0)
        .bind(channel)
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// Whether a person writes from any account of a platform.
pub async fn has_chat(conn: &mut Connection, official: OfficialId) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM links WHERE official_id = ? AND channel <> 'terminal')")
        .bind(official.0)
        .fetch_one(conn)
        .await?)
}

/// Whether some administrator can be reached on Telegram or Zalo on `day`.
pub async fn admin_is_linked(conn: &mut Connection, day: NaiveDate) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM memberships AS m JOIN links AS l ON l.official_id = m.official_id
                        WHERE m.role = 'admin' AND m.since <= ?1 AND (m.until IS NULL OR m.until > ?1)
                              AND l.channel IN ('telegram', 'zalo'))",
    )
    .bind(days::to_db(day))
    .fetch_one(conn)
    .await?)
}

/// The unit that a person's commands are about from now on.
pub async fn set_unit(conn: &mut Connection, official: OfficialId, unit: UnitId) -> Result<()> {
    sqlx::query("UPDATE officials SET current_unit_id = ? WHERE id = ?")
        .bind(unit.0)
        .bind(official.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await
}

/// The language of a person's replies, `vi` or `en`.
pub async fn set_locale(conn: &mut Connection, official: OfficialId, locale: &str) -> Result<()> {
    sqlx::query("UPDATE officials SET locale = ? WHERE id = ?")
        .bind(locale)
        .bind(official.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await
}

/// Binds a group to a unit.
pub async fn bind_group(
    conn: &mut Connection,
    (channel, bot, chat_id): (&str, i64, &str),
    unit: UnitId,
    by: OfficialId,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO groups (channel, chat_id, unit_id, bound_by, bot_id) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET unit_id = ?3, bound_by = ?4, bot_id = ?5",
    )
    .bind(channel)
    .bind(chat_id)
    .bind(unit.0)
    .bind(by.0)
    .bind(bot)
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await
}
