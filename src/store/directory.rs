//! The directory: units, fields, people, links, holidays and indicators, held in memory.
//!
//! Reading a message needs them all and they seldom change. A transaction asks
//! [`version`] (one row) and loads again only when something has changed, so what any
//! command changes is in force for the next message, in whichever process.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use sqlx::Row;

use super::{Connection, Result, StoreError, days};
use crate::domain::calendar::{Calendar, DayKind};
use crate::domain::field::{Field, FieldId};
use crate::domain::figure::{Indicator, IndicatorId, Measure, Whole};
use crate::domain::official::{Membership, Official, OfficialId, Role, Span};
use crate::domain::period::Scheme;
use crate::domain::unit::{Unit, UnitId};

/// An account from which a person writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: i64,
    pub official: OfficialId,
    pub channel: String,
    pub platform_user: String,
    pub chat_id: String,
    pub bot_id: Option<i64>,
    pub greeted: bool,
    pub unreachable: bool,
}

/// A chat of several people, bound to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub unit: UnitId,
    pub bot_id: Option<i64>,
}

/// One state of the office, as of a version.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    pub version: i64,
    pub units: BTreeMap<UnitId, Unit>,
    /// In catalogue order.
    pub fields: Vec<Field>,
    /// In the order of the table.
    pub indicators: Vec<Indicator>,
    pub officials: HashMap<OfficialId, Official>,
    /// All memberships of a unit, ended ones too, in order of joining.
    pub members: HashMap<UnitId, Vec<Membership>>,
    pub enabled: HashMap<UnitId, Vec<FieldId>>,
    /// By channel and platform user.
    pub links: HashMap<(String, String), Link>,
    /// By channel and chat.
    pub groups: HashMap<(String, String), Group>,
    pub calendar: Calendar,
    /// Units of each official, in order of joining, ended ones too.
    units_of: HashMap<OfficialId, Vec<UnitId>>,
    children: HashMap<UnitId, Vec<UnitId>>,
    by_code: HashMap<String, UnitId>,
    field_rank: HashMap<FieldId, usize>,
}

impl Directory {
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// The unit of a code, in any case.
    pub fn unit_by_code(&self, code: &str) -> Option<&Unit> {
        self.units.get(self.by_code.get(&code.to_uppercase())?)
    }

    /// Direct children in order of their codes; practice units are nobody's children.
    pub fn children(&self, id: UnitId) -> &[UnitId] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The unit and all below it.
    pub fn subtree(&self, id: UnitId) -> Vec<UnitId> {
        let mut all = vec![id];
        let mut next = 0;
        while let Some(&unit) = all.get(next) {
            all.extend(self.children(unit).iter().filter(|c| **c != id));
            next += 1;
        }
        all
    }

    /// The unit and those above it, the nearest first.
    pub fn line(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let above = |id: &UnitId| self.units.get(id).and_then(|u| u.parent);
        std::iter::successors(Some(unit), above).take(self.units.len() + 1)
    }

    /// Whether `below` is `above` or anywhere under it.
    pub fn is_within(&self, below: UnitId, above: UnitId) -> bool {
        self.line(below).any(|unit| unit == above)
    }

    /// The unit that a person works for now: the one chosen, else the first.
    pub fn home(&self, official: OfficialId) -> Option<UnitId> {
        let chosen = self.official(official).and_then(|o| o.current_unit);
        chosen.or_else(|| self.units_of.get(&official)?.first().copied())
    }

    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.field_rank.get(&id).and_then(|i| self.fields.get(*i))
    }

    /// Place in the catalogue, for ordering.
    pub fn field_order(&self, id: FieldId) -> usize {
        self.field_rank.get(&id).copied().unwrap_or(usize::MAX)
    }

    pub fn indicator(&self, id: IndicatorId) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.id == id)
    }

    pub fn indicator_by_key(&self, key: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.key == key)
    }

    pub fn official(&self, id: OfficialId) -> Option<&Official> {
        self.officials.get(&id)
    }

    /// Memberships of a unit, ended ones too, in order of joining.
    pub fn members_of(&self, unit: UnitId) -> &[Membership] {
        self.members.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The membership of a person in a unit that holds on `day`.
    pub fn membership(&self, official: OfficialId, unit: UnitId, day: NaiveDate) -> Option<&Membership> {
        self.members_of(unit).iter().find(|m| m.official == official && m.span.holds(day))
    }

    /// Memberships of a person that hold on `day`, in order of joining.
    pub fn memberships_on(&self, official: OfficialId, day: NaiveDate) -> Vec<&Membership> {
        let units = self.units_of.get(&official).map_or(&[][..], Vec::as_slice);
        units.iter().filter_map(|u| self.membership(official, *u, day)).collect()
    }

    /// Administrators on `day`, each once, in order of their rows; those of practice units
    /// administrate nothing.
    pub fn admins(&self, day: NaiveDate) -> Vec<OfficialId> {
        let real = self.units.values().filter(|u| !u.practice).flat_map(|u| self.members_of(u.id));
        let mut admins: Vec<OfficialId> =
            real.filter(|m| m.role == Role::Admin && m.span.holds(day)).map(|m| m.official).collect();
        admins.sort_unstable();
        admins.dedup();
        admins
    }

    /// Fields in use by a unit on `day`: enabled ones and those an official of it holds,
    /// in catalogue order.
    pub fn fields_in_use(&self, unit: UnitId, day: NaiveDate) -> Vec<FieldId> {
        let mut used: Vec<FieldId> = self.enabled.get(&unit).cloned().unwrap_or_default();
        for m in self.members_of(unit).iter().filter(|m| m.span.holds(day)) {
            used.extend(m.fields_on(day));
        }
        used.sort_by_key(|f| self.field_order(*f));
        used.dedup();
        used
    }

    /// Who is linked to an account.
    pub fn link(&self, channel: &str, platform_user: &str) -> Option<&Link> {
        self.links.get(&(channel.to_string(), platform_user.to_string()))
    }

    /// All accounts of a person, in order of linking.
    pub fn links_of(&self, official: OfficialId) -> Vec<&Link> {
        let mut links: Vec<&Link> = self.links.values().filter(|l| l.official == official).collect();
        links.sort_by_key(|l| l.id);
        links
    }

    pub fn group(&self, channel: &str, chat_id: &str) -> Option<UnitId> {
        self.groups.get(&(channel.to_string(), chat_id.to_string())).map(|g| g.unit)
    }
}

/// The version that the open transaction sees.
pub async fn version(conn: &mut Connection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT value FROM meta WHERE key = 'directory_version'").fetch_one(conn).await?)
}

/// To be called by whatever changes what the directory holds. The version is a number drawn
/// afresh, not a count: what a rollback takes back must never look like what comes after.
pub async fn touch(conn: &mut Connection) -> Result<()> {
    sqlx::query("UPDATE meta SET value = random() WHERE key = 'directory_version'").execute(conn).await?;
    Ok(())
}

/// The last directory loaded, shared by all who ask.
#[derive(Default)]
pub struct Cache(Mutex<Option<Arc<Directory>>>);

impl Cache {
    /// The directory as the open transaction sees it.
    pub async fn get(&self, conn: &mut Connection) -> Result<Arc<Directory>> {
        let version = version(conn).await?;
        let held = self.0.lock().unwrap_or_else(|e| e.into_inner()).clone();
        if let Some(d) = held.filter(|d| d.version == version) {
            return Ok(d);
        }
        let fresh = Arc::new(load(conn).await?);
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = Some(fresh.clone());
        Ok(fresh)
    }
}

/// Reads the whole directory.
///
/// # Errors
/// Of the database, and [`StoreError::Inconsistent`] for a row that cannot be.
pub async fn load(conn: &mut Connection) -> Result<Directory> {
    let mut d = Directory { version: version(conn).await?, ..Directory::default() };
    load_units(conn, &mut d).await?;
    load_catalogue(conn, &mut d).await?;
    load_people(conn, &mut d).await?;
    load_links(conn, &mut d).await?;
    let rows = sqlx::query("SELECT day, kind FROM holidays").fetch_all(&mut *conn).await?;
    d.calendar = Calendar::new(rows.iter().map(|r| {
        let kind = if r.get::<&str, _>(1) == "work" { DayKind::Work } else { DayKind::Off };
        (days::from_db(r.get(0)), kind)
    }));
    Ok(d)
}

async fn load_units(conn: &mut Connection, d: &mut Directory) -> Result<()> {
    let rows = sqlx::query("SELECT id, code, name, parent_id, scheme, practice FROM units ORDER BY code")
        .fetch_all(&mut *conn)
        .await?;
    for r in rows {
        let id = UnitId(r.get(0));
        let scheme: &str = r.get(4);
        let unit = Unit {
            id,
            code: r.get(1),
            name: r.get(2),
            parent: r.get::<Option<i64>, _>(3).map(UnitId),
            scheme: Scheme::from_key(scheme).ok_or_else(|| odd("units", format!("{id:?}: scheme {scheme}")))?,
            practice: r.get::<i64, _>(5) != 0,
        };
        d.by_code.insert(unit.code.to_uppercase(), id);
        if let (Some(parent), false) = (unit.parent, unit.practice) {
            d.children.entry(parent).or_default().push(id);
        }
        d.units.insert(id, unit);
    }
    let rows = sqlx::query("SELECT unit_id, field_id FROM unit_fields").fetch_all(&mut *conn).await?;
    for r in rows {
        d.enabled.entry(UnitId(r.get(0))).or_default().push(FieldId(r.get(1)));
    }
    Ok(())
}

async fn load_catalogue(conn: &mut Connection, d: &mut Directory) -> Result<()> {
    let rows =
        sqlx::query("SELECT id, code, name, aliases, rank FROM fields ORDER BY rank, id").fetch_all(&mut *conn).await?;
    for (i, r) in rows.iter().enumerate() {
        let id = FieldId(r.get(0));
        d.field_rank.insert(id, i);
        d.fields.push(Field { id, code: r.get(1), name: r.get(2), aliases: words(r.get(3)), rank: r.get(4) });
    }
    let rows = sqlx::query("SELECT id, key, name, words, measure, whole, target FROM indicators ORDER BY rank, id")
        .fetch_all(&mut *conn)
        .await?;
    let ids: HashMap<String, IndicatorId> = rows.iter().map(|r| (r.get(1), IndicatorId(r.get(0)))).collect();
    for r in rows {
        let whole = match r.get::<Option<&str>, _>(5) {
            None => None,
            Some("received") => Some(Whole::ReceivedNew),
            Some("received_online") => Some(Whole::ReceivedOnline),
            Some("resolved") => Some(Whole::Resolved),
            Some(key) => Some(Whole::Indicator(
                *ids.get(key).ok_or_else(|| odd("indicators", format!("whole {key} is not there")))?,
            )),
        };
        d.indicators.push(Indicator {
            id: IndicatorId(r.get(0)),
            key: r.get(1),
            name: r.get(2),
            words: words(r.get(3)),
            measure: if r.get::<&str, _>(4) == "money" { Measure::Money } else { Measure::Count },
            whole,
            target: r.get(6),
        });
    }
    Ok(())
}

async fn load_people(conn: &mut Connection, d: &mut Directory) -> Result<()> {
    let rows =
        sqlx::query("SELECT id, name, locale, current_unit_id, channel FROM officials").fetch_all(&mut *conn).await?;
    for r in rows {
        let id = OfficialId(r.get(0));
        let current_unit = r.get::<Option<i64>, _>(3).map(UnitId);
        d.officials.insert(id, Official { id, name: r.get(1), locale: r.get(2), current_unit, channel: r.get(4) });
    }
    let rows =
        sqlx::query("SELECT membership_id, field_id, since, until FROM member_fields").fetch_all(&mut *conn).await?;
    let mut held: HashMap<i64, Vec<(FieldId, Span)>> = HashMap::new();
    for r in rows {
        held.entry(r.get(0)).or_default().push((FieldId(r.get(1)), span(r.get(2), r.get(3))));
    }
    let rows = sqlx::query("SELECT id, official_id, unit_id, role, since, until FROM memberships ORDER BY id")
        .fetch_all(&mut *conn)
        .await?;
    for r in rows {
        let id: i64 = r.get(0);
        let role: &str = r.get(3);
        let mut fields = held.remove(&id).unwrap_or_default();
        fields.sort_by_key(|(f, _)| d.field_order(*f));
        let m = Membership {
            official: OfficialId(r.get(1)),
            unit: UnitId(r.get(2)),
            role: Role::from_key(role).ok_or_else(|| odd("memberships", format!("{id}: role {role}")))?,
            span: span(r.get(4), r.get(5)),
            fields,
        };
        let units = d.units_of.entry(m.official).or_default();
        if !units.contains(&m.unit) {
            units.push(m.unit);
        }
        d.members.entry(m.unit).or_default().push(m);
    }
    Ok(())
}

async fn load_links(conn: &mut Connection, d: &mut Directory) -> Result<()> {
    let rows = sqlx::query(
        "SELECT id, official_id, channel, platform_user, chat_id, bot_id, greeted, unreachable_since IS NOT NULL
         FROM links ORDER BY id",
    )
    .fetch_all(&mut *conn)
    .await?;
    for r in rows {
        let link = Link {
            id: r.get(0),
            official: OfficialId(r.get(1)),
            channel: r.get(2),
            platform_user: r.get(3),
            chat_id: r.get(4),
            bot_id: r.get(5),
            greeted: r.get::<i64, _>(6) != 0,
            unreachable: r.get::<i64, _>(7) != 0,
        };
        d.links.insert((link.channel.clone(), link.platform_user.clone()), link);
    }
    let rows = sqlx::query("SELECT channel, chat_id, unit_id, bot_id FROM groups").fetch_all(&mut *conn).await?;
    for r in rows {
        d.groups.insert((r.get(0), r.get(1)), Group { unit: UnitId(r.get(2)), bot_id: r.get(3) });
    }
    Ok(())
}

fn span(since: i64, until: Option<i64>) -> Span {
    Span { since: days::from_db(since), until: until.map(days::from_db) }
}

fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|w| !w.is_empty()).map(str::to_string).collect()
}

fn odd(table: &'static str, what: String) -> StoreError {
    StoreError::Inconsistent { table, what }
}
