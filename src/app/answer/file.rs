//! The answer to a file that was fetched and looked at.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{Addressed, Answerer};
use crate::app::address::address_all;
use crate::app::desk::Said;
use crate::app::import::chat::{self, Preview};
use crate::app::{Act, Person, Refusal};
use crate::store::Connection;
use crate::store::directory::Directory;
use crate::store::inbox::Row;

impl Answerer {
    /// Keeps what waits for the yes and asks for it, inside the caller's transaction.
    ///
    /// # Errors
    /// Of the database.
    pub async fn previewed(
        &self,
        conn: &mut Connection,
        (row, said, person): (&Row, &Said, Person),
        dir: &Arc<Directory>,
        now: DateTime<Utc>,
        preview: Preview,
    ) -> Result<Vec<Addressed>, Refusal> {
        let mut act = Act { conn: &mut *conn, scene: self.desk.scene(dir, (said, person), now) };
        let replies = chat::ask(&mut act, preview).await?;
        address_all(&self.desk, conn, (dir, row), (replies, Some(person.official))).await
    }
}
