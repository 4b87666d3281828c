//! A small office filled row by row, for tests of what the rows come to.

use chrono::NaiveDate;

use super::directory::{self, Directory};
use super::{Store, days};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// A database in a folder that goes with it.
pub struct Sample {
    pub store: Store,
    _folder: tempfile::TempDir,
}

pub fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// Flows in the order of the figures: online, direct, postal, early, on time, late, withdrawn.
pub fn flows(f: [i64; 7]) -> Flows {
    let [online, direct, postal, early, on_time, late, withdrawn] = f;
    Flows { online, direct, postal, early, on_time, late, withdrawn }
}

impl Sample {
    pub async fn new() -> Sample {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/x.db", folder.path().display())).await.unwrap();
        Sample { store, _folder: folder }
    }

    pub async fn dir(&self) -> Directory {
        directory::load(&mut self.store.read().await.unwrap()).await.unwrap()
    }

    /// Runs one statement with integer arguments.
    pub async fn run(&self, sql: &'static str, values: &[i64]) -> i64 {
        let mut w = self.store.write().await.unwrap();
        let query = values.iter().fold(sqlx::query(sql), |q, v| q.bind(*v));
        let id = query.execute(&mut *w).await.unwrap().last_insert_rowid();
        w.commit().await.unwrap();
        id
    }

    pub async fn unit(&self, code: &str, parent: Option<UnitId>, scheme: &str) -> UnitId {
        let mut w = self.store.write().await.unwrap();
        let sql = "INSERT INTO units (code, name, parent_id, scheme) VALUES (?1, 'UBND ' || ?1, ?2, ?3)";
        let query = sqlx::query(sql).bind(code.to_string()).bind(parent.map(|p| p.0)).bind(scheme.to_string());
        let id = query.execute(&mut *w).await.unwrap().last_insert_rowid();
        w.commit().await.unwrap();
        UnitId(id)
    }

    /// An officer who holds `fields` from `since` on.
    pub async fn officer(&self, unit: UnitId, name: &str, since: &str, fields: &[FieldId]) -> OfficialId {
        let mut w = self.store.write().await.unwrap();
        let since = days::to_db(day(since));
        let query = sqlx::query("INSERT INTO officials (name, current_unit_id) VALUES (?, ?)");
        let id = query.bind(name.to_string()).bind(unit.0).execute(&mut *w).await.unwrap().last_insert_rowid();
        let sql = "INSERT INTO memberships (official_id, unit_id, role, since) VALUES (?, ?, 'officer', ?)";
        let query = sqlx::query(sql).bind(id).bind(unit.0).bind(since);
        let membership = query.execute(&mut *w).await.unwrap().last_insert_rowid();
        for f in fields {
            let sql = "INSERT INTO member_fields (membership_id, field_id, since) VALUES (?, ?, ?)";
            sqlx::query(sql).bind(membership).bind(f.0).bind(since).execute(&mut *w).await.unwrap();
        }
        w.commit().await.unwrap();
        OfficialId(id)
    }

    /// A day's count of an official, as replay would leave it.
    pub async fn count(&self, unit: UnitId, iso: &str, field: FieldId, official: OfficialId, f: [i64; 7]) {
        let (d, half) = (days::to_db(day(iso)), days::half_of(day(iso)));
        let values = |key: [i64; 3]| [&[unit.0], &key[..], &f[..]].concat();
        self.run(
            "INSERT INTO counts (unit_id, day, field_id, official_id, online, direct, postal, early, on_time, late, withdrawn)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            &values([d, field.0, official.0]),
        )
        .await;
        self.run(
            "INSERT INTO half_months (unit_id, half, field_id, online, direct, postal, early, on_time, late, withdrawn)
             SELECT ?1, ?2, ?3 + 0 * ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 WHERE TRUE
             ON CONFLICT DO UPDATE SET online = online + excluded.online, direct = direct + excluded.direct,
                 postal = postal + excluded.postal, early = early + excluded.early,
                 on_time = on_time + excluded.on_time, late = late + excluded.late,
                 withdrawn = withdrawn + excluded.withdrawn",
            &values([half, field.0, official.0]),
        )
        .await;
    }

    pub async fn opening(&self, unit: UnitId, field: FieldId, iso: &str, pending: i64, late: i64) {
        let sql = "INSERT INTO openings (unit_id, field_id, day, pending, late) VALUES (?, ?, ?, ?, ?)";
        self.run(sql, &[unit.0, field.0, days::to_db(day(iso)), pending, late]).await;
    }

    /// `awaiting` or, if false, pending late.
    pub async fn stock(
        &self,
        unit: UnitId,
        field: FieldId,
        official: OfficialId,
        awaiting: bool,
        iso: &str,
        value: i64,
    ) {
        let sql = "INSERT INTO stocks (unit_id, field_id, official_id, figure, day, value)
                   VALUES (?, ?, ?, CASE ? WHEN 1 THEN 'awaiting_supplement' ELSE 'pending_late' END, ?, ?)";
        self.run(sql, &[unit.0, field.0, official.0, awaiting.into(), days::to_db(day(iso)), value]).await;
    }

    pub async fn indicator(&self, unit: UnitId, iso: &str, field: i64, official: OfficialId, key: &str, value: i64) {
        let dir = self.dir().await;
        let id = dir.indicator_by_key(key).unwrap().id.0;
        let sql = "INSERT INTO indicator_counts (unit_id, day, field_id, official_id, indicator_id, value)
                   VALUES (?, ?, ?, ?, ?, ?)";
        self.run(sql, &[unit.0, days::to_db(day(iso)), field, official.0, id, value]).await;
    }
}

/// The field of a code.
pub fn field(dir: &Directory, code: &str) -> FieldId {
    dir.fields.iter().find(|f| f.code == code).unwrap().id
}
