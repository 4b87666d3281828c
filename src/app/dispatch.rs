//! One line a command.

use super::desk::Desk;
use super::reply::{Reply, To};
use super::{
    Act, Answer, Refusal, bind_group, channel, enrol, export, fields, hand_over, help, history, holidays, invite,
    language, leave, links, nag_times, opening, picture, questions, reconcile, register, remove, snooze, switch_unit,
    template,
};
use crate::grammar::table::{Command, CommandRow};

/// Runs a command's use case; the caller has asked whether the role may.
pub async fn run(desk: &Desk, act: &mut Act<'_>, row: &CommandRow, rest: &str) -> Answer {
    let answer = answer(desk, act, row, rest).await;
    if row.private { in_private(act, answer) } else { answer }
}

async fn answer(desk: &Desk, act: &mut Act<'_>, row: &CommandRow, rest: &str) -> Answer {
    match row.command {
        Command::Post => Ok(Vec::new()), // read by the caller, which knows the grammar's context
        Command::Undo => register::undo::undo_latest(act).await,
        Command::History => history::history(desk, act, rest).await,
        Command::Template => template::template(act),
        Command::Opening => opening::opening(desk, act, rest).await,
        Command::Register
        | Command::Resolve
        | Command::Withdraw
        | Command::Stop
        | Command::Resume
        | Command::Extend
        | Command::Reason => register::change(desk, act, row.command, rest).await,
        Command::DueSoon => register::due_soon(act, rest).await,
        Command::Overdue => register::overdue(act, rest).await,
        Command::LookUp => register::look_up(act, rest).await,
        Command::Start => enrol::start(act, rest).await,
        Command::Invite => invite::invite(act, rest).await,
        Command::Remove => remove::remove(act, rest).await,
        Command::HandOver => hand_over::hand_over(act, rest).await,
        Command::SwitchUnit => switch_unit::switch_unit(act, rest).await,
        Command::BindGroup => bind_group::bind_group(act, rest).await,
        Command::Channel => channel::channel(act, rest).await,
        Command::Language => language::language(act, rest).await,
        Command::Fields => fields::fields(act, rest).await,
        Command::Holidays => holidays::holidays(act, rest).await,
        Command::Snooze => {
            let answer = snooze::snooze(act, rest).await;
            in_private(act, answer)
        }
        Command::Leave => {
            let answer = leave::leave(act, rest).await;
            in_private(act, answer)
        }
        Command::NagTimes => nag_times::nag_times(desk, act, rest).await,
        Command::Help => help::help(act, rest),
        Command::Export => export::export(act, rest),
        Command::Picture => picture::picture(act, rest),
        Command::Reconcile => reconcile::command(act, rest).await,
        Command::Book => export::book(act, rest),
        Command::Upload => links::upload(desk, act).await,
        Command::Revoke => links::revoke(act).await,
        Command::Summary => questions::summary(desk, act, rest).await,
        Command::Missing => questions::missing(desk, act, rest).await,
        Command::Compare => questions::compare(act, rest).await,
        Command::Explain => questions::explain(desk, act, rest).await,
        Command::Today => questions::today(act, rest).await,
    }
}

/// In groups no reply names people or dossiers, and none shows a code: the asker gets it in
/// private.
pub fn in_private(act: &Act<'_>, answer: Answer) -> Answer {
    if act.origin.private {
        return answer;
    }
    let replies = match answer {
        Ok(replies) if replies.is_empty() => return Ok(replies),
        Ok(replies) => replies,
        // Nothing has been changed by a refusal.
        Err(Refusal::Told(text)) => vec![Reply::text(text)],
        Err(fault) => return Err(fault),
    };
    let asker = To::Person(act.person.official);
    let away = replies.into_iter().map(|r| if r.to == To::Asker { Reply { to: asker, ..r } } else { r });
    Ok([Reply::text(act.words.sent_privately())].into_iter().chain(away).collect())
}
