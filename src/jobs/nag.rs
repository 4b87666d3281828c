//! One pass of the nagging clock: what is due is worked out from one read snapshot, then
//! written down and put into the outbox in one write transaction. Whoever delivers is rung
//! by the caller. The documents of a period's end are worked out and written part by part, so
//! that nobody waits behind those of a whole nation.

use crate::app::desk::Desk;
use crate::app::nag::{Look, Outgoing, plan_part, record};
use crate::store::{Result, Store};
use crate::telemetry;

/// How often a pass is tried while others look at the same moment.
const TRIES: u32 = 3;

/// Units whose documents are worked out from one snapshot.
const UNITS_AT_ONCE: usize = 200;

/// Tells whatever is due at this look, once: a second pass at the same moment, or after a
/// restart, finds nothing. Returns what was put into the outbox.
///
/// # Errors
/// Of the database: nothing has been told then.
pub async fn tick(store: &Store, desk: &Desk, look: Look) -> Result<Vec<Outgoing>> {
    tick_by(store, desk, look, UNITS_AT_ONCE).await
}

async fn tick_by(store: &Store, desk: &Desk, look: Look, units: usize) -> Result<Vec<Outgoing>> {
    let (mut told, mut tries) = (Vec::new(), 0);
    while tries < TRIES {
        let planned = {
            let mut snapshot = store.read().await?;
            plan_part(&mut snapshot, desk, look, units).await?
        };
        if planned.is_idle() {
            break;
        }
        let mut tx = store.write().await?;
        if !record(&mut tx, &planned, look).await? {
            tries += 1;
            continue;
        }
        tx.commit().await?;
        telemetry::nags(planned.outgoing.len());
        told.extend(planned.outgoing);
        if !planned.more {
            break;
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{OFFICE_ZONE, parse_time};
    use crate::domain::nag::facts::Whom;
    use crate::store::nags::Stage;
    use crate::store::sample::Sample;
    use crate::words::Locale;

    /// Four units, each with a lead (1–4) and a leader (5–8); 9 leads the first and the third.
    async fn office() -> Sample {
        let sample = Sample::new().await;
        for code in ["A", "B", "C", "D"] {
            sample.unit(code, None, "15-14").await;
        }
        let sql = "INSERT INTO bots (id, channel, platform_id) VALUES (1, 'telegram', '1');
             INSERT INTO officials (id, name) SELECT value, 'Cán bộ ' || value FROM json_each('[1,2,3,4,5,6,7,8,9]');
             INSERT INTO memberships (official_id, unit_id, role, since)
             SELECT id, (id - 1) % 4 + 1, iif(id IN (5, 6, 7, 8), 'leader', 'lead'), 20000 FROM officials;
             INSERT INTO memberships (official_id, unit_id, role, since) VALUES (9, 3, 'lead', 20000);
             INSERT INTO links (official_id, channel, platform_user, chat_id) SELECT id, 'telegram', id, id FROM officials;";
        let mut w = sample.store.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *w).await.unwrap();
        crate::store::directory::touch(&mut w).await.unwrap();
        w.commit().await.unwrap();
        sample
    }

    fn look(time: &str) -> Look {
        Look { stage: Stage::Phones, now: parse_time(time, OFFICE_ZONE).unwrap(), zone: OFFICE_ZONE }
    }

    /// Who was sent what, but for the instant that a file's recipe holds.
    fn sorted(told: &[Outgoing]) -> Vec<(Whom, String, bool)> {
        let mut all: Vec<_> = told.iter().map(|o| (o.to, o.text.clone(), o.file.is_some())).collect();
        all.sort();
        all
    }

    #[tokio::test]
    async fn the_documents_of_a_period_are_the_same_in_parts_and_whole() {
        let (whole, parts) = (office().await, office().await);
        let desk = || Desk::new(OFFICE_ZONE, Locale::Vi);
        let at = look("2026-12-14T17:30");
        let expected = tick_by(&whole.store, &desk(), at, usize::MAX).await.unwrap();
        // Four files each: month, quarter, half, year; twice as many for whoever reads of two units.
        assert_eq!(expected.len(), (8 + 2) * 4);
        let desk = desk();
        let told = tick_by(&parts.store, &desk, at, 1).await.unwrap();
        assert_eq!(sorted(&told), sorted(&expected));
        assert_eq!(tick_by(&parts.store, &desk, at, 1).await.unwrap(), []);
        assert_eq!(tick_by(&parts.store, &desk, look("2026-12-14T17:31"), 1).await.unwrap(), []);
    }

    #[tokio::test]
    async fn a_run_that_ends_between_two_parts_goes_on_with_the_next() {
        for later in ["2026-12-14T17:31", "2026-12-15T07:30"] {
            let (whole, parts) = (office().await, office().await);
            let at = look("2026-12-14T17:30");
            let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
            let mut told = Vec::new();
            let planned = plan_part(&mut parts.store.read().await.unwrap(), &desk, at, 1).await.unwrap();
            assert!(planned.more);
            // Two passes that planned the same part: one tells.
            for is_first in [true, false] {
                let mut tx = parts.store.write().await.unwrap();
                assert_eq!(record(&mut tx, &planned, at).await.unwrap(), is_first);
                if is_first {
                    tx.commit().await.unwrap();
                }
            }
            told.extend(planned.outgoing);
            told.extend(tick_by(&parts.store, &desk, look(later), 1).await.unwrap());
            let expected = tick_by(&whole.store, &Desk::new(OFFICE_ZONE, Locale::Vi), at, usize::MAX).await.unwrap();
            assert_eq!(sorted(&told), sorted(&expected), "{later}");
        }
    }
}
