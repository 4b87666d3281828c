//! `/hoan 2h|chieu|mai [lý do]`: one's own nags are told later. Nothing is lost: after the
//! time the latest state is told, and the lead sees who has put off until when.

use serde_json::json;

use super::nag::until_words;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::clock::instant_of;
use crate::domain::nag::absence::{PutOff, put_off_until};
use crate::domain::nag::moment;
use crate::grammar::dossier::citizen;
use crate::grammar::names::quoted;
use crate::grammar::snooze::read_snooze;
use crate::store::nags::{self, StoredSnooze};

/// Nothing longer than a working day by the hour.
const LONGEST: u32 = 8 * 60;

/// # Errors
/// A time that is none, a second time on one day without a reason.
pub async fn snooze(act: &mut Act<'_>, rest: &str) -> Answer {
    let words = act.words;
    if citizen::is_hidden(rest) {
        return Err(Refusal::Told(words.register_personal()));
    }
    let Some(read) = read_snooze(rest) else { return Err(Refusal::Told(words.snooze_usage())) };
    if matches!(read.put_off, PutOff::Minutes(n) if n > LONGEST) {
        return Err(Refusal::Told(words.snooze_too_long()));
    }
    let (zone, said_at) = (act.zone, act.now.timestamp());
    let now = act.now.with_timezone(&zone).naive_local();
    let Some(until) = put_off_until(read.put_off, now, &act.dir.calendar) else {
        return Err(Refusal::Told(words.snooze_too_late()));
    };
    let instant = |at| instant_of(zone, at).timestamp();
    let (who, since) = (act.person.official, instant(moment(now.date(), 0)));
    if read.reason.is_empty() && nags::snoozed_since(act.conn, who, since).await? > 0 {
        return Err(Refusal::Told(words.snooze_again(read.typed)));
    }
    let reason = quoted(read.reason);
    let row = StoredSnooze { official: who, said_at, until: instant(until), reason: reason.clone() };
    nags::snooze(act.conn, &row).await?;
    let unit = act.person.unit;
    act.change().note(Some(unit), "snooze", json!({"until": row.until, "reason": reason})).await?;
    let until = until_words(until, now.date());
    Ok(vec![Reply::text(match reason.as_str() {
        "" => words.snooze_done(until),
        reason => words.snooze_done_reason(until, reason),
    })])
}
