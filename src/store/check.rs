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
        "WITH days AS (
             SELECT unit_id, field_id,
                    (strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day * 86400, 'unixepoch') - 1) * 2
                    + (strftime('%d', day * 86400, 'unixepoch') + 0 >= 15) AS half,
                    sum(online) AS a, sum(direct) AS b, sum(postal) AS c, sum(early) AS d, sum(on_time) AS e,
                    sum(late) AS f, sum(withdrawn) AS g
             FROM counts GROUP BY unit_id, field_id, half),
         halves AS (
             SELECT unit_id, field_id, half, online AS a, direct AS b, postal AS c, early AS d, on_time AS e,
                    late AS f, withdrawn AS g FROM half_months),
         wrong AS (
             SELECT coalesce(days.unit_id, halves.unit_id) AS unit_id, coalesce(days.field_id, halves.field_id) AS field_id
             FROM days FULL JOIN halves USING (unit_id, field_id, half)
             WHERE (ifnull(days.a, 0), ifnull(days.b, 0), ifnull(days.c, 0), ifnull(days.d, 0), ifnull(days.e, 0),
                    ifnull(days.f, 0), ifnull(days.g, 0))
                <> (ifnull(halves.a, 0), ifnull(halves.b, 0), ifnull(halves.c, 0), ifnull(halves.d, 0),
                    ifnull(halves.e, 0), ifnull(halves.f, 0), ifnull(halves.g, 0)))
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
