//! What `motcua check` looks for in the database beside its pages: acts and messages that are
//! no longer what they were ([`messages`]), counts that are not what their messages come to
//! ([`replayed`]), derived sums that do not fit, balances below zero.

pub mod messages;
pub mod replayed;

use sqlx::Row;

use super::{Connection, Result};

/// Half-month sums that are not the sums of their days: unit code, field code.
pub async fn wrong_sums(conn: &mut Connection) -> Result<Vec<(String, String)>> {
    let rows = sqlx::query(
        // One sorted walk over both: a join of the two would look through all of one for each
        // row of the other.
        "WITH both (unit_id, field_id, half, a, b, c, d, e, f, g) AS (
             SELECT unit_id, field_id,
                    (strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day * 86400, 'unixepoch') - 1) * 2
                    + (strftime('%d', day * 86400, 'unixepoch') + 0 >= 15),
                    online, direct, postal, early, on_time, late, withdrawn FROM counts
             UNION ALL
             SELECT unit_id, field_id, half, -online, -direct, -postal, -early, -on_time, -late, -withdrawn FROM half_months),
         wrong AS (
             SELECT unit_id, field_id FROM both GROUP BY unit_id, field_id, half
             HAVING (sum(a), sum(b), sum(c), sum(d), sum(e), sum(f), sum(g)) <> (0, 0, 0, 0, 0, 0, 0))
         SELECT DISTINCT u.code, f.code FROM wrong JOIN units AS u ON u.id = unit_id JOIN fields AS f ON f.id = field_id
         ORDER BY 1, 2",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| (r.get(0), r.get(1))).collect())
}

/// Fields of which more was resolved than there was: unit code, field code, balance.
pub async fn negative_balances(conn: &mut Connection) -> Result<Vec<(String, String, i64)>> {
    let rows = sqlx::query(
        "SELECT u.code, f.code,
                sum(online + direct + postal - early - on_time - late - withdrawn)
                + coalesce((SELECT pending FROM openings AS o WHERE o.unit_id = h.unit_id AND o.field_id = h.field_id), 0)
                AS balance
         FROM half_months AS h JOIN units AS u ON u.id = h.unit_id JOIN fields AS f ON f.id = h.field_id
         GROUP BY h.unit_id, h.field_id HAVING balance < 0 ORDER BY u.code, f.rank",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| (r.get(0), r.get(1), r.get(2))).collect())
}
