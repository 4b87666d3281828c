//! One line a command.

use super::desk::Desk;
use super::reply::{Reply, To};
use super::{
    Act, Answer, Refusal, bind_group, channel, enrol, export, fields, hand_over, help, history, holidays, invite,
    language, opening, posting, questions, remove, switch_unit, template,
};
use crate::grammar::table::{Command, CommandRow};

/// Runs a command's use case; the caller has asked whether the role may.
pub async fn run(desk: &Desk, act: &mut Act<'_>, row: &CommandRow, rest: &str) -> Answer {
    match row.command {
        Command::Post => Ok(Vec::new()), // read by the caller, which knows the grammar's context
        Command::Undo => posting::undo_latest(act).await,
        Command::History => history::history(desk, act, rest).await,
        Command::Template => template::template(act),
        Command::Opening => opening::opening(desk, act, rest).await,
        Command::Start => {
            let answer = enrol::start(act, rest).await;
            in_private(act, answer)
        }
        Command::Invite => {
            let answer = invite::invite(act, rest).await;
            in_private(act, answer)
        }
        Command::Remove => {
            let answer = remove::remove(act, rest).await;
            in_private(act, answer)
        }
        Command::HandOver => {
            let answer = hand_over::hand_over(act, rest).await;
            in_private(act, answer)
        }
        Command::SwitchUnit => switch_unit::switch_unit(act, rest).await,
        Command::BindGroup => bind_group::bind_group(act, rest).await,
        Command::Channel => channel::channel(act, rest).await,
        Command::Language => language::language(act, rest).await,
        Command::Fields => fields::fields(act, rest).await,
        Command::Holidays => holidays::holidays(act, rest).await,
        Command::Help => help::help(act, rest),
        Command::Export => export::export(act, rest),
        Command::Summary => questions::summary(desk, act, rest).await,
        Command::Missing => questions::missing(desk, act, rest).await,
        Command::Compare => questions::compare(act, rest).await,
        Command::Explain => questions::explain(desk, act, rest).await,
        Command::Today => questions::today(act, rest).await,
    }
}

/// In groups no reply names people, and none shows a code: the asker gets it in private.
fn in_private(act: &Act<'_>, answer: Answer) -> Answer {
    if act.origin.private {
        return answer;
    }
    let replies = match answer {
        Ok(replies) => replies,
        // Nothing has been changed by a refusal.
        Err(Refusal::Told(text)) => vec![Reply::text(text)],
        Err(fault) => return Err(fault),
    };
    let asker = To::Person(act.person.official);
    let away = replies.into_iter().map(|r| if r.to == To::Asker { Reply { to: asker, ..r } } else { r });
    Ok([Reply::text(act.words.sent_privately())].into_iter().chain(away).collect())
}
