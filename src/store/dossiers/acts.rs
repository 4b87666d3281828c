//! Acts: messages, choices and imports that changed the register. Each is taken back whole.

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::rows::{from_snapshot, read, select};
use super::{Change, restore};
use crate::domain::dossier::{Dossier, State};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::posts::Source;
use crate::store::{Connection, Result, StoreError, days};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Register,
    Resolve,
    Withdraw,
    Stop,
    Resume,
    Extend,
    Reason,
    Import,
    HandOver,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Register,
        Kind::Resolve,
        Kind::Withdraw,
        Kind::Stop,
        Kind::Resume,
        Kind::Extend,
        Kind::Reason,
        Kind::Import,
        Kind::HandOver,
    ];

    /// Name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Register => "register",
            Kind::Resolve => "resolve",
            Kind::Withdraw => "withdraw",
            Kind::Stop => "stop",
            Kind::Resume => "resume",
            Kind::Extend => "extend",
            Kind::Reason => "reason",
            Kind::Import => "import",
            Kind::HandOver => "handover",
        }
    }

    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.key() == key)
    }
}

/// An act to be stored.
#[derive(Clone, Debug)]
pub struct NewAct<'a> {
    pub kind: Kind,
    pub unit: UnitId,
    /// `None`: the command line.
    pub sender: Option<OfficialId>,
    pub source: &'a Source,
    pub sent_at: DateTime<Utc>,
    /// The act of the same message's former form, whose place this one takes.
    pub edits: Option<&'a Act>,
    /// The act of the same message about its first unit, if this one is about a further unit.
    pub part_of: Option<i64>,
}

/// A stored act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    pub id: i64,
    pub kind: Kind,
    pub unit: UnitId,
    pub sender: Option<OfficialId>,
    pub sent_at: DateTime<Utc>,
    /// The newest post when this was said.
    pub after_post: i64,
    /// The act of the message's first form, if this is an edit.
    pub edits: Option<i64>,
    pub undone: bool,
}

/// Stores an act; its changes follow with [`super::record`].
pub async fn add(conn: &mut Connection, act: &NewAct<'_>) -> Result<i64> {
    let done = sqlx::query(
        "INSERT INTO dossier_acts (kind, unit_id, sender_id, bot_id, chat_id, message_id, sent_at, after_post, edits, part_of)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ifnull(?8, (SELECT ifnull(max(id), 0) FROM posts)), ?9, ?10)",
    )
    .bind(act.kind.key())
    .bind(act.unit.0)
    .bind(act.sender.map(|o| o.0))
    .bind(act.source.bot_id)
    .bind(&act.source.chat_id)
    .bind(act.source.message_id)
    .bind(act.sent_at.timestamp())
    .bind(act.edits.map(|former| former.after_post))
    .bind(act.edits.map(|former| former.edits.unwrap_or(former.id)))
    .bind(act.part_of)
    .execute(conn)
    .await?;
    Ok(done.last_insert_rowid())
}

macro_rules! select_act {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, unit_id, sender_id, sent_at, after_post, edits, undone_at IS NOT NULL
             FROM dossier_acts ",
            $rest
        )
    };
}

/// An act by its id.
pub async fn by_id(conn: &mut Connection, id: i64) -> Result<Option<Act>> {
    let row = sqlx::query(select_act!("WHERE id = ?1")).bind(id).fetch_optional(conn).await?;
    row.as_ref().map(act_of).transpose()
}

/// The parts of an act about further units, which are taken back with it.
pub async fn parts_of(conn: &mut Connection, act: i64) -> Result<Vec<Act>> {
    let rows = sqlx::query(select_act!("WHERE part_of = ?1 ORDER BY id")).bind(act).fetch_all(conn).await?;
    rows.iter().map(act_of).collect()
}

/// The act of a message's latest form, undone or not.
pub async fn of_message(conn: &mut Connection, source: &Source) -> Result<Option<Act>> {
    let sql = select_act!(
        "WHERE bot_id = ?1 AND chat_id = ?2 AND message_id = ?3 AND message_id IS NOT NULL AND part_of IS NULL
         ORDER BY id DESC LIMIT 1"
    );
    let query = sqlx::query(sql).bind(source.bot_id).bind(&source.chat_id).bind(source.message_id);
    query.fetch_optional(conn).await?.as_ref().map(act_of).transpose()
}

/// The sender's latest act that stands, in all chats; an edited message keeps its place.
pub async fn latest_standing(conn: &mut Connection, sender: OfficialId) -> Result<Option<Act>> {
    let sql = select_act!(
        "WHERE sender_id = ?1 AND undone_at IS NULL AND part_of IS NULL AND kind <> 'handover'
         ORDER BY ifnull(edits, id) DESC LIMIT 1"
    );
    sqlx::query(sql).bind(sender.0).fetch_optional(conn).await?.as_ref().map(act_of).transpose()
}

fn act_of(r: &SqliteRow) -> Result<Act> {
    let kind: &str = r.get(1);
    let odd = || StoreError::Inconsistent { table: "dossier_acts", what: format!("kind {kind}") };
    Ok(Act {
        id: r.get(0),
        kind: Kind::from_key(kind).ok_or_else(odd)?,
        unit: UnitId(r.get(2)),
        sender: r.get::<Option<i64>, _>(3).map(OfficialId),
        sent_at: days::instant(r.get(4)),
        after_post: r.get(5),
        edits: r.get(6),
        undone: r.get::<i64, _>(7) != 0,
    })
}

/// A dossier that an act changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As it is now.
    pub now: Dossier,
    /// `None`: the act brought it into the register.
    pub before: Option<Dossier>,
    pub after: Dossier,
}

impl Changed {
    /// Whether nothing has been built upon the change since.
    pub fn stands(&self) -> bool {
        self.now == self.after
    }
}

/// What an act changed, by code.
pub async fn changes_of(conn: &mut Connection, act: i64) -> Result<Vec<Changed>> {
    let kept = sqlx::query(
        "SELECT c.before, c.after FROM dossier_changes AS c JOIN dossiers AS d ON d.id = c.dossier_id
         WHERE c.act_id = ?1 ORDER BY d.code",
    )
    .bind(act)
    .fetch_all(&mut *conn)
    .await?;
    let sql = select!("JOIN dossier_changes AS c ON c.dossier_id = d.id WHERE c.act_id = ?1 ORDER BY d.code");
    let now = sqlx::query(sql).bind(act).fetch_all(conn).await?;
    let one = |(now, kept): (&SqliteRow, &SqliteRow)| {
        let now = read(now)?;
        let before = from_snapshot(&now, kept.get(0))?;
        let after = from_snapshot(&now, kept.get(1))?;
        let odd = || StoreError::Inconsistent { table: "dossier_changes", what: format!("{}: no after", now.code) };
        Ok(Changed { before, after: after.ok_or_else(odd)?, now })
    };
    now.iter().zip(&kept).map(one).collect()
}

/// Takes an act back: each of its dossiers becomes what it was before. Whoever calls has
/// seen that every change still stands.
pub async fn undo(conn: &mut Connection, act: i64, changed: &[Changed], at: DateTime<Utc>) -> Result<()> {
    let back = |c: &Changed| {
        let void = || Dossier { state: State::Void, ..c.after.clone() };
        Change { before: Some(c.after.clone()), after: c.before.clone().unwrap_or_else(void) }
    };
    restore(conn, &changed.iter().map(back).collect::<Vec<_>>()).await?;
    sqlx::query("UPDATE dossier_acts SET undone_at = ?1 WHERE id = ?2 AND undone_at IS NULL")
        .bind(at.timestamp())
        .bind(act)
        .execute(conn)
        .await?;
    Ok(())
}
