//! One pass of the nagging clock: what is due is worked out from one read snapshot, then
//! written down and put into the outbox in one write transaction. Whoever delivers is rung
//! by the caller.

use crate::app::desk::Desk;
use crate::app::nag::{Look, Outgoing, plan, record};
use crate::store::{Result, Store};
use crate::telemetry;

/// How often a pass is tried while others look at the same moment.
const TRIES: u32 = 3;

/// Tells whatever is due at this look, once: a second pass at the same moment, or after a
/// restart, finds nothing. Returns what was put into the outbox.
///
/// # Errors
/// Of the database: nothing has been told then.
pub async fn tick(store: &Store, desk: &Desk, look: Look) -> Result<Vec<Outgoing>> {
    for _ in 0..TRIES {
        let planned = {
            let mut snapshot = store.read().await?;
            plan(&mut snapshot, desk, look).await?
        };
        if planned.is_idle() {
            return Ok(Vec::new());
        }
        let mut tx = store.write().await?;
        if record(&mut tx, &planned, look).await? {
            tx.commit().await?;
            telemetry::nags(planned.outgoing.len());
            return Ok(planned.outgoing);
        }
    }
    Ok(Vec::new())
}
