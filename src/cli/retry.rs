//! `motcua retry ID`: a parked message is handled again, by whichever process serves its
//! chat (SPEC §11).

use super::{End, Office};
use crate::settings::Settings;
use crate::store::inbox;

/// Puts a parked message back into the queue.
///
/// # Errors
/// Of the database.
pub async fn retry(settings: &Settings, id: i64) -> anyhow::Result<End> {
    let words = settings.locale.words();
    let office = Office::open(settings).await?;
    let mut tx = office.store.write().await?;
    let found = inbox::retry(&mut tx, id).await?;
    tx.commit().await?;
    office.store.close().await;
    if found {
        println!("{}", words.retry_queued(id.to_string()));
        return Ok(End::Done);
    }
    eprintln!("{}", words.retry_none(id.to_string()));
    Ok(End::No)
}
