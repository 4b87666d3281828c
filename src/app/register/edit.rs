//! An edited message to the register: what its former form did is taken back, and the new
//! one done in its place, at the former's time. If any of it cannot be, the old stays.

use super::{judged, undo};
use crate::app::desk::{Desk, Said, What};
use crate::app::dispatch::in_private;
use crate::app::reply::Reply;
use crate::app::{Act, Answer, Origin, Refusal};
use crate::domain::official::Action;
use crate::grammar::table::Command;
use crate::store::dossiers::acts;
use crate::store::inbox::{self, Row};
use crate::store::savepoint;

/// An edited message whose former form changed the register. It keeps its unit and its time.
pub async fn edited(desk: &Desk, act: &mut Act<'_>, (row, said): (&Row, &Said), former: acts::Act) -> Answer {
    match inbox::former_text(act.conn, row).await? {
        None => return Ok(vec![Reply::text(act.words.edit_too_old())]),
        Some(text) if text == said.text => return Ok(Vec::new()),
        Some(_) => {}
    }
    act.go_to(former.unit)?;
    let person = act.person;
    let origin = Origin { sent_at: former.sent_at, ..said.origin.clone() };
    let said = Said { origin, ..said.clone() };
    let scene = desk.scene(&act.dir, (&said, person), act.now);
    let mut then = Act { conn: act.conn, scene };
    let command = match &said.what {
        What::Command(row, rest) if row.action == Action::KeepRegister => Some((row.command, rest.as_str())),
        _ => None,
    };
    let answer = edit(desk, &mut then, former, command).await;
    in_private(&then, answer)
}

/// Puts the edited form in force. `said` is the command and what stands behind it; `None`
/// where the new text is no command of the register.
async fn edit(desk: &Desk, act: &mut Act<'_>, former: acts::Act, said: Option<(Command, &str)>) -> Answer {
    act.ask_leave(Action::KeepRegister)?;
    if former.undone {
        return Ok(vec![Reply::text(act.words.register_edit_undone())]);
    }
    let Some((command, rest)) = said else { return Ok(vec![Reply::text(act.words.register_edit_kept())]) };
    savepoint::begin_trial(act.conn).await?;
    let done = again(desk, act, &former, (command, rest)).await;
    match done {
        Ok(replies) => {
            savepoint::keep_trial(act.conn).await?;
            Ok(replies)
        }
        Err(Refusal::Told(why)) => {
            savepoint::undo_trial(act.conn).await?;
            Ok(vec![Reply::text(format!("{}\n{why}", act.words.register_edit_kept()))])
        }
        Err(fault) => Err(fault),
    }
}

async fn again(desk: &Desk, act: &mut Act<'_>, former: &acts::Act, (command, rest): (Command, &str)) -> Answer {
    undo::take_back(act, former).await?;
    let outcome = judged(desk, act, command, rest).await?;
    if let Some(refused) = outcome.refused.first() {
        return Err(Refusal::Told(refused.why.clone()));
    }
    let mut replies = outcome.save(act, Some(former)).await?;
    if let Some(first) = replies.first_mut() {
        first.text = format!("{}\n{}", act.words.register_edited(), first.text);
    }
    Ok(replies)
}
