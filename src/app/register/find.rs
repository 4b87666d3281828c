//! Which dossier is meant, and whether it is this person's to change.

use crate::app::desk::role_in;
use crate::app::{Act, Refusal};
use crate::domain::dossier::{Dossier, State};
use crate::domain::official::{Action, OfficialId, may};
use crate::domain::unit::UnitId;
use crate::grammar::dossier::code::Called;
use crate::store::{dossiers, leaves};

/// What a called dossier comes to.
pub enum Meant {
    One(Box<Dossier>),
    /// All that end so.
    Several(Vec<Dossier>),
    /// None that is pending; perhaps some that have ended.
    None(Vec<Dossier>),
}

/// Units whose register this person may change here: in a group the group's, in a private
/// chat all of one's own, the current one first.
pub fn own_units(act: &Act<'_>) -> Vec<UnitId> {
    let mut units = vec![act.person.unit];
    if act.origin.private {
        let held = act.dir.memberships_on(act.person.official, act.today);
        let others = held.iter().filter(|m| may(m.role, Action::KeepRegister) && m.unit != act.person.unit);
        units.extend(others.map(|m| m.unit));
    }
    units.retain(|u| {
        role_in(&act.dir, act.person.official, *u, act.today).is_some_and(|role| may(role, Action::KeepRegister))
    });
    units
}

/// Units about whose dossiers this person may ask here: the current one and, for whoever may
/// ask below it, all below; in a private chat one's own others too.
pub fn asked_units(act: &Act<'_>) -> Vec<UnitId> {
    let mut units = vec![act.person.unit];
    if may(act.person.role, Action::KeepRegister) {
        units.extend(own_units(act));
    } else {
        units.extend(act.dir.subtree(act.person.unit));
    }
    let mut seen = std::collections::BTreeSet::new();
    units.retain(|u| seen.insert(*u));
    units
}

/// The dossier that is called so in some units. `ended`: ended ones are meant too, where
/// none is pending.
pub async fn find(act: &mut Act<'_>, units: &[UnitId], called: &Called, ended: bool) -> Result<Meant, Refusal> {
    let mut found = match called {
        Called::Whole(code) => {
            let mut found = dossiers::by_codes(act.conn, units, &[&code.text]).await?;
            found.retain(|d| d.state != State::Void);
            // One's current unit comes first.
            found.sort_by_key(|d| d.unit != act.person.unit);
            found.truncate(1);
            return Ok(found.pop().map_or(Meant::None(Vec::new()), |d| Meant::One(Box::new(d))));
        }
        Called::Tail(tail) => dossiers::by_tail(act.conn, units, tail).await?,
    };
    let pending = found.iter().take_while(|d| matches!(d.state, State::Open | State::Stopped)).count();
    if pending == 0 && !ended {
        return Ok(Meant::None(found));
    }
    if pending > 0 {
        found.truncate(pending);
    }
    Ok(match found.len() {
        0 => Meant::None(found),
        1 => found.pop().map_or(Meant::None(Vec::new()), |d| Meant::One(Box::new(d))),
        _ => Meant::Several(found),
    })
}

/// Whether a dossier is this person's to change: their own, nobody's, or for a lead any of
/// the unit.
pub fn is_theirs(act: &Act<'_>, dossier: &Dossier) -> bool {
    let role = role_in(&act.dir, act.person.official, dossier.unit, act.today);
    // Whoever has left the unit holds nothing there.
    let holder = dossier.holder.filter(|h| act.dir.membership(*h, dossier.unit, act.today).is_some());
    role.is_some_and(|role| match holder {
        None => may(role, Action::KeepRegister),
        Some(holder) if holder == act.person.official => may(role, Action::KeepRegister),
        Some(_) => may(role, Action::KeepRegisterForColleague),
    })
}

/// Whether this person stands in for the holder, who is on leave: whoever is told of a dossier
/// each morning may see to it.
pub async fn stands_in(act: &mut Act<'_>, dossier: &Dossier) -> Result<bool, Refusal> {
    let Some(holder) = dossier.holder else { return Ok(false) };
    let (me, today) = (Some(act.person.official), act.today);
    let held = leaves::of(act.conn, holder, today).await?;
    Ok(held.iter().any(|l| l.holds(today) && l.unit == dossier.unit && l.stand_in == me))
}

/// Who holds a dossier, or that nobody does. All that the register says about people goes to
/// private chats.
pub fn holder_name(act: &Act<'_>, holder: Option<OfficialId>) -> String {
    holder.map_or_else(|| act.words.dossier_no_holder().to_string(), |o| act.name_of(o).to_string())
}
