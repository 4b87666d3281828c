//! What is left out when the month's messages of a bot run short (SPEC §10).

use crate::app::desk::Desk;
use crate::clock::day_of;
use crate::domain::budget::{Worth, may_send};
use crate::domain::nag::Slot;
use crate::store::{Connection, Result, bots, budget};

use super::{Look, Outgoing};

/// Drops what the month no longer has room for.
///
/// # Errors
/// Of the database.
pub async fn leave_out(conn: &mut Connection, desk: &Desk, look: Look, outgoing: &mut Vec<Outgoing>) -> Result<()> {
    if desk.zalo_monthly == 0 || outgoing.is_empty() {
        return Ok(());
    }
    let day = day_of(look.now, look.zone);
    for bot in bots::serving(conn, Some("zalo")).await? {
        let sent = budget::of(conn, bot, day).await?.sent;
        outgoing.retain(|o| o.bot_id != bot || may_send(worth(&o.kind), sent, desk.zalo_monthly));
    }
    Ok(())
}

/// A message is worth what its most important part is.
fn worth(kind: &str) -> Worth {
    let of_slot = |key: &str| match Slot::from_key(key) {
        Some(Slot::LastReminder) => Worth::SecondReminder,
        Some(Slot::Reminder) | None => Worth::Notice,
        Some(_) => Worth::Digest,
    };
    kind.split(',').map(of_slot).min().unwrap_or(Worth::Notice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, expected: Worth) {
        assert_eq!(worth(kind), expected, "{kind}");
    }

    #[test]
    fn a_message_is_worth_its_most_important_part() {
        check("nhac1", Worth::Notice);
        check("nhac2", Worth::SecondReminder);
        check("sang", Worth::Digest);
        check("sang,daumoi", Worth::Digest);
        check("nhac2,chieu", Worth::Digest);
        check("ky", Worth::Notice);
    }
}
