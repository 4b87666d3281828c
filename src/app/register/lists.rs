//! `/sapden [n]` and `/quahan [UNIT]`: what is due soon, and what is overdue. An officer
//! sees their own dossiers, those that nobody holds and those of whom they stand in for today;
//! whoever leads sees the unit's.

use chrono::NaiveDate;

use super::find::{asked_units, holder_name};
use super::outcome::heading;
use super::registering::due_day;
use crate::app::reply::Reply;
use crate::app::scope::unit_for;
use crate::app::{Act, Answer, Refusal};
use crate::domain::dossier::Dossier;
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::fold::fold;
use crate::store::dossiers::{Due, open_due};
use crate::store::leaves;
use crate::words::numbers::number;

/// Working days that `/sapden` looks ahead, today aside.
const SOON: u32 = 2;
/// The furthest it looks.
const SOON_MAX: u32 = 60;
/// Dossiers named in one reply; the others are counted.
const SHOWN: i64 = 20;

/// `/sapden [n]`: due today and within n working days.
///
/// # Errors
/// What is no number of days.
pub async fn due_soon(act: &mut Act<'_>, rest: &str) -> Answer {
    let typed = fold(rest);
    let digits = typed.trim_end_matches(" lam viec").trim_end_matches("ngay").trim_end_matches('n').trim();
    let n = match digits {
        "" => Some(SOON),
        n => n.parse().ok().filter(|n| *n <= SOON_MAX),
    };
    let n = n.ok_or_else(|| Refusal::Told(act.words.due_soon_usage(SOON_MAX.to_string())))?;
    let to = act.dir.calendar.add_working_days(act.today, n);
    let units = asked_units(act);
    let asked = Due { from: Some(act.today), to, whose: whose(act, &units).await?, most: SHOWN };
    let (count, found) = open_due(act.conn, &units, &asked).await?;
    if count == 0 {
        return Ok(vec![Reply::text(act.words.due_soon_none(due_day(act.words, to)))]);
    }
    let head = act.words.due_soon_head(due_day(act.words, to), number(count));
    let line = |d: &Dossier| {
        let when = if d.due == act.today { act.words.due_today().to_string() } else { due_day(act.words, d.due) };
        format!("– {when}: {}", about(act, d, &units))
    };
    Ok(vec![Reply::text(listed(act, head, count, found.iter().map(line)))])
}

/// `/quahan [UNIT]`: overdue dossiers, worst first.
///
/// # Errors
/// A unit that is not theirs to ask about.
pub async fn overdue(act: &mut Act<'_>, rest: &str) -> Answer {
    let units = match rest.trim() {
        "" => asked_units(act),
        named => {
            let unit = unit_for(act, named)?.id;
            act.dir.subtree(unit)
        }
    };
    let whose = whose(act, &units).await?.filter(|_| rest.trim().is_empty());
    let yesterday = act.today.pred_opt().unwrap_or(NaiveDate::MIN);
    let asked = Due { from: None, to: yesterday, whose, most: SHOWN };
    let (count, found) = open_due(act.conn, &units, &asked).await?;
    if count == 0 {
        return Ok(vec![Reply::text(act.words.overdue_none())]);
    }
    let head = act.words.overdue_head(number(count));
    let line = |d: &Dossier| {
        let days = number(d.days_late(act.today));
        act.words.overdue_line(days, about(act, d, &units), due_day(act.words, d.due)) + &excuse(act, d)
    };
    Ok(vec![Reply::text(listed(act, head, count, found.iter().map(line)))])
}

/// An officer's lists are about their own, and about those of whom they stand in for.
async fn whose(act: &mut Act<'_>, units: &[UnitId]) -> Result<Option<Vec<OfficialId>>, Refusal> {
    if act.person.role != Role::Officer {
        return Ok(None);
    }
    let me = act.person.official;
    let away = leaves::touching(act.conn, units, act.today, act.today).await?;
    let instead = away.iter().filter(|l| l.stand_in == Some(me) && units.contains(&l.unit)).map(|l| l.official);
    Ok(Some(std::iter::once(me).chain(instead).collect()))
}

fn listed(act: &Act<'_>, head: String, count: i64, lines: impl Iterator<Item = String>) -> String {
    let mut all = vec![head];
    all.extend(lines);
    let more = count - (all.len() as i64 - 1);
    if more > 0 {
        all.push(act.words.dossiers_more(number(more)));
    }
    all.join("\n")
}

/// The dossier, who holds it, and its unit where the list is of several.
fn about(act: &Act<'_>, dossier: &Dossier, units: &[UnitId]) -> String {
    let mut text = heading(act, dossier);
    if dossier.holder != Some(act.person.official) {
        text = format!("{text} · {}", holder_name(act, dossier.holder));
    }
    match act.dir.unit(dossier.unit).filter(|_| units.len() > 1) {
        Some(unit) => format!("{text} · {}", unit.code),
        None => text,
    }
}

/// The reason and the apology of an overdue dossier, where there are any.
pub fn excuse(act: &Act<'_>, dossier: &Dossier) -> String {
    let mut text = String::new();
    if let Some((reason, own)) = dossier.why_late() {
        let reason = act.words.reason_of(reason, own);
        text = format!("{text} · {}", act.words.dossier_reason(reason));
    }
    match act.words.apology(dossier) {
        Some(apology) => format!("{text} · {apology}"),
        None => text,
    }
}
