//! `/donvi MÃ`: the unit that a person's commands are about, on all their channels.
//! `/donvi` alone lists the units with the codes to choose from.

use serde_json::json;

use super::desk::role_in;
use super::reply::{ChoiceAction, Reply};
use super::{Act, Answer, Refusal};
use crate::domain::official::{Action, Role};
use crate::domain::unit::{Unit, UnitId};
use crate::store::officials;

/// Units listed at most; of more the codes have to be known.
const LISTED: usize = 10;

/// One's own units; a leader also those below, an administrator all.
///
/// # Errors
/// A code of no unit, or of one without a role in it.
pub async fn switch_unit(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::Any)?;
    let code = rest.trim();
    if code.is_empty() {
        return Ok(vec![list(act)]);
    }
    let dir = act.dir.clone();
    let unit = dir.unit_by_code(code).ok_or_else(|| Refusal::Told(act.words.no_such_unit(code)))?;
    let Some(role) = role_in(&dir, act.person.official, unit.id, act.today) else {
        return Err(Refusal::Told(act.words.no_role_in_unit(&unit.name)));
    };
    officials::set_unit(act.conn, act.person.official, unit.id).await?;
    let official = act.person.official.0;
    act.change().note(Some(unit.id), "switch_unit", json!({"official": official})).await?;
    Ok(vec![Reply::text(act.words.unit_switched(&unit.name, act.words.role(role)))])
}

fn list(act: &Act<'_>) -> Reply {
    let held = act.dir.memberships_on(act.person.official, act.today);
    let mut units: Vec<(UnitId, Role)> = held.iter().map(|m| (m.unit, m.role)).collect();
    let others =
        act.dir.units.keys().filter_map(|u| Some((*u, role_in(&act.dir, act.person.official, *u, act.today)?)));
    for (unit, role) in others {
        if !units.iter().any(|(u, _)| *u == unit) {
            units.push((unit, role));
        }
    }
    let of = |id: UnitId| act.dir.unit(id);
    let name = |u: &Unit| format!("{} · {}", u.code, u.name);
    let current = of(act.person.unit).map(name).unwrap_or_default();
    let mut lines = vec![act.words.units_head(current)];
    let line = |(id, role): &(UnitId, Role)| Some(format!("– {} ({})", name(of(*id)?), act.words.role(*role)));
    lines.extend(units.iter().take(LISTED).filter_map(line));
    if units.len() > LISTED {
        lines.push(act.words.units_more(crate::words::numbers::count(units.len() - LISTED)));
    }
    let others = units.iter().filter(|(id, _)| *id != act.person.unit).take(LISTED - 1).filter_map(|(id, _)| of(*id));
    others.fold(Reply::text(lines.join("\n")), |reply, unit| {
        let action = ChoiceAction::Say {
            text: format!("/donvi {}", unit.code),
            sent_at: act.origin.sent_at.timestamp(),
            unit: act.person.unit.0,
            confirmed: false,
        };
        reply.with_choice(unit.code.clone(), action)
    })
}
