//! What a change of units and people is made with, in chat and on the command line alike.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;

use super::{Act, Refusal};
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::{Unit, UnitId};
use crate::store::directory::Directory;
use crate::store::{Connection, StoreError, audit};
use crate::words::Words;

/// An open write transaction, and who changes what from which day on.
pub struct Change<'a> {
    pub conn: &'a mut Connection,
    /// As it was when the transaction began.
    pub dir: &'a Directory,
    pub now: DateTime<Utc>,
    pub today: NaiveDate,
    pub words: &'static Words,
    /// `None`: the command line.
    pub actor: Option<OfficialId>,
}

impl Change<'_> {
    /// Writes down what was done.
    ///
    /// # Errors
    /// Of the database.
    pub async fn note(&mut self, unit: Option<UnitId>, kind: &str, detail: Value) -> Result<(), StoreError> {
        let detail = detail.to_string();
        let act = audit::Act {
            at: self.now.timestamp(),
            actor: self.actor,
            unit,
            kind,
            post: None,
            read: None,
            detail: &detail,
        };
        audit::write(self.conn, &act).await?;
        Ok(())
    }

    /// The unit of a code, or the sentence that there is none.
    pub fn unit(&self, code: &str) -> Result<&Unit, Refusal> {
        let told = || Refusal::Told(self.words.no_such_unit(code.trim()));
        self.dir.unit_by_code(code.trim()).ok_or_else(told)
    }

    /// Names of fields as printed: `Hộ tịch, Chứng thực`; `chưa giao` for none.
    pub fn field_names(&self, fields: &[FieldId]) -> String {
        field_names(self.dir, self.words, fields)
    }
}

/// Names of fields as printed: `Hộ tịch, Chứng thực`; `chưa giao` for none.
pub fn field_names(dir: &Directory, words: &Words, fields: &[FieldId]) -> String {
    let names: Vec<&str> = fields.iter().filter_map(|f| dir.field(*f)).map(|f| f.name.as_str()).collect();
    if names.is_empty() { words.fields_none() } else { names.join(", ") }
}

impl Act<'_> {
    /// This act as a change of units or people.
    pub fn change(&mut self) -> Change<'_> {
        let scene = &self.scene;
        Change {
            conn: self.conn,
            dir: &scene.dir,
            now: scene.now,
            today: scene.today,
            words: scene.words,
            actor: Some(scene.person.official),
        }
    }
}
