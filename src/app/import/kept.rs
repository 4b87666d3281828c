//! A list between its preview and the yes: what was read of it, as JSON.

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::import::status::Status;
use crate::import::unknown::Unknown;
use crate::import::{Listed, Place};
use crate::store::days;

/// Rows, and what was unknown of them, as they are kept.
pub fn write<'a>(rows: impl Iterator<Item = &'a Listed>, unknown: &Unknown) -> String {
    let day = |d: Option<NaiveDate>| d.map(days::to_db);
    let row = |r: &Listed| {
        json!([
            &*r.place.sheet,
            r.place.row,
            r.code,
            r.field.map(|f| f.0),
            r.guessed_field,
            day(r.received),
            day(r.due),
            day(r.promised),
            r.status.map(Status::number),
            day(r.ended),
            r.holder.map(|h| h.0),
        ])
    };
    json!({ "rows": rows.map(row).collect::<Vec<_>>(), "unknown": unknown }).to_string()
}

/// Rows as they were; `None` for what no program of this version writes. Lists kept by the
/// one before it are the rows alone.
pub fn read(kept: &str) -> Option<(Vec<Listed>, Unknown)> {
    let mut kept: Value = serde_json::from_str(kept).ok()?;
    let unknown = match kept.get_mut("unknown") {
        Some(unknown) => serde_json::from_value(unknown.take()).ok()?,
        None => Unknown::default(),
    };
    let rows = kept.get("rows").unwrap_or(&kept).as_array()?;
    Some((rows.iter().map(read_row).collect::<Option<_>>()?, unknown))
}

fn read_row(row: &Value) -> Option<Listed> {
    let day = |i: usize| row[i].as_i64().map(days::from_db);
    let sheet: Arc<str> = row[0].as_str()?.into();
    Some(Listed {
        place: Place { sheet, row: usize::try_from(row[1].as_i64()?).ok()? },
        code: row[2].as_str()?.to_string(),
        field: row[3].as_i64().map(FieldId),
        guessed_field: row[4].as_bool()?,
        unknown_field: String::new(),
        received: day(5),
        due: day(6),
        promised: day(7),
        status: row[8].as_i64().and_then(Status::by_number),
        ended: day(9),
        holder: row[10].as_i64().map(OfficialId),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_kept() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d);
        let full = Listed {
            place: Place { sheet: "Tờ 2".into(), row: 17 },
            code: "H12-261116-0001".to_string(),
            field: Some(FieldId(6)),
            guessed_field: true,
            unknown_field: String::new(),
            received: day(16),
            due: day(19),
            promised: day(26),
            status: Some(Status::Withdrawn),
            ended: day(20),
            holder: Some(OfficialId(3)),
        };
        let bare = Listed {
            place: Place::default(),
            field: None,
            guessed_field: false,
            received: None,
            due: None,
            promised: None,
            status: None,
            ended: None,
            holder: None,
            ..full.clone()
        };
        let rows = vec![full, bare];
        let mut unknown = Unknown::default();
        (unknown.ended.rows, unknown.holders.examples) = (7, vec!["“Ký”".to_string()]);
        assert_eq!(read(&write(rows.iter(), &unknown)), Some((rows, unknown)));
        assert_eq!(read("[]"), Some((Vec::new(), Unknown::default())));
        assert_eq!(read(r#"{"rows":[[]],"unknown":{}}"#), None);
    }
}
