//! `/start MÃ`, or the bare code in a private chat: links a chat to a person (SPEC §3).
//!
//! Answered with name, unit, role and fields. Wrong codes are slowed down: five from a chat
//! mean silence for an hour, announced with the fourth; over 100 an hour in all, and chats
//! that are not linked wait. Strangers hear one sentence a day, in private chats only.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::change::Change;
use super::desk::{Desk, Said, What, words_for};
use super::own_bot;
use super::people::{join, member_named};
use super::reply::Reply;
use super::{Act, Answer, Origin, Refusal};
use crate::clock::day_of;
use crate::domain::bots as rule;
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::names::is_same_name;
use crate::grammar::people::{code_part, looks_like_code, read_code};
use crate::grammar::table::Command;
use crate::store::directory::Directory;
use crate::store::invites::{self, Invite};
use crate::store::officials::{self, Account, Joining};
use crate::store::{Connection, bots, links, notices};
use crate::words::numbers::number;
use crate::words::{Locale, Words};

/// Wrong codes of a chat after which it is not answered for [`SILENCE`].
const WRONG_OF_CHAT: i64 = 5;
const SILENCE: TimeDelta = TimeDelta::hours(1);
/// Wrong codes an hour, over all chats, beyond which chats that are not linked wait.
const WRONG_OF_ALL: i64 = 100;
/// Wrong codes older than this no longer count.
const FORGET: TimeDelta = TimeDelta::days(1);

/// What a person without a role says: a code is tried, all else is told once a day whom the
/// bot serves.
///
/// # Errors
/// Of the database only.
pub async fn stranger<R>(
    desk: &Desk,
    conn: &mut Connection,
    dir: &Arc<Directory>,
    (_, said): (R, &Said),
    now: DateTime<Utc>,
) -> Answer {
    let origin = &said.origin;
    if !origin.private {
        return Ok(Vec::new());
    }
    let typed = match &said.what {
        What::Command(row, rest) if row.command == Command::Start => read_code(rest),
        _ => Some(code_part(&said.text)).filter(|code| looks_like_code(code)).and_then(read_code),
    };
    let today = day_of(now, desk.zone);
    let mut change = Change { conn, dir, now, today, words: said.locale.words(), actor: None };
    match typed {
        Some(code) => try_code(&mut change, (origin, desk.locale), None, &code).await.map(Tried::told),
        None if invites::tell_stranger(change.conn, &origin.channel, &origin.chat_id, now).await? => {
            Ok(vec![Reply::text(change.words.stranger())])
        }
        None => Ok(Vec::new()),
    }
}

/// `/start` of a registered person: alone it says who the person is, with a code it joins
/// one more unit.
///
/// # Errors
/// Of the database only.
pub async fn start(act: &mut Act<'_>, rest: &str) -> Answer {
    let Some(code) = read_code(rest) else { return Ok(vec![Reply::text(greeting(act))]) };
    if !act.origin.private {
        return Ok(vec![Reply::text(act.words.code_in_private())]);
    }
    let (origin, person) = ((act.origin, act.office), act.person.official);
    try_code(&mut act.change(), origin, Some(person), &code).await.map(Tried::told)
}

/// A bare code of a registered person in a private chat. A wrong one counts; since it may
/// have been meant as figures (`ct tr 23 45` has the shape of one), it says how those look,
/// and where it would go unanswered it is `None`, as is what has no such shape.
///
/// # Errors
/// Of the database only.
pub async fn bare_code(act: &mut Act<'_>, text: &str) -> Result<Option<Vec<Reply>>, Refusal> {
    let Some(code) = read_code(text).filter(|_| act.origin.private && looks_like_code(text)) else { return Ok(None) };
    let (origin, person) = ((act.origin, act.office), act.person.official);
    match try_code(&mut act.change(), origin, Some(person), &code).await? {
        Tried::Good(replies) => Ok(Some(replies)),
        Tried::Unanswered(away) if away.is_empty() => Ok(None),
        Tried::Unanswered(mut away) => {
            away.insert(0, Reply::text(act.words.not_understood(super::posting::example(act))));
            Ok(Some(away))
        }
        Tried::Wrong(mut replies) => {
            if let Some(first) = replies.first_mut() {
                first.text = format!("{}\n{}", first.text, act.words.code_or_figures(super::posting::example(act)));
            }
            Ok(Some(replies))
        }
    }
}

/// What came of a code.
enum Tried {
    Good(Vec<Reply>),
    /// Told to whoever sent it, first of all.
    Wrong(Vec<Reply>),
    /// Too many wrong ones: whoever sent it hears nothing.
    Unanswered(Vec<Reply>),
}

impl Tried {
    fn told(self) -> Vec<Reply> {
        match self {
            Tried::Good(replies) | Tried::Wrong(replies) | Tried::Unanswered(replies) => replies,
        }
    }
}

fn greeting(act: &Act<'_>) -> String {
    let fields: Vec<_> = act
        .dir
        .membership(act.person.official, act.person.unit, act.today)
        .map(|m| m.fields_on(act.today).collect())
        .unwrap_or_default();
    let unit = act.dir.unit(act.person.unit).map_or("", |u| u.name.as_str());
    act.words.enrolled(
        act.name_of(act.person.official),
        unit,
        act.words.role(act.person.role),
        super::change::field_names(&act.dir, act.words, &fields),
    )
}

/// Tries a code. `person` is who writes, if registered; `office` what others are told in who
/// have chosen no language.
async fn try_code(
    change: &mut Change<'_>,
    (origin, office): (&Origin, Locale),
    person: Option<OfficialId>,
    code: &str,
) -> Result<Tried, Refusal> {
    let (channel, chat) = (origin.channel.as_str(), origin.chat_id.as_str());
    let mut wrong = invites::wrong_of(change.conn, channel, chat).await?;
    if let Some(w) = wrong {
        let silent = w.count >= WRONG_OF_CHAT && change.now - w.latest < SILENCE;
        if silent {
            return Ok(Tried::Unanswered(Vec::new()));
        }
        if w.count >= WRONG_OF_CHAT || change.now - w.latest >= FORGET {
            invites::forget_wrong(change.conn, channel, chat).await?;
            wrong = None;
        }
    }
    if person.is_none() && invites::wrong_last_hour(change.conn, change.now).await? > WRONG_OF_ALL {
        return Ok(Tried::Unanswered(Vec::new()));
    }
    match invites::open(change.conn, code, change.now).await? {
        Some(invite)
            if person.is_none()
                && let Some(told) = other_bot(change, origin, &invite).await? =>
        {
            Ok(Tried::Good(vec![Reply::text(told)]))
        }
        Some(invite) => redeem(change, (origin, office), person, (code, invite)).await.map(Tried::Good),
        None => wrong_code(change, (origin, office), wrong.map_or(0, |w| w.count) + 1).await,
    }
}

/// What a newcomer is told whose unit has its bot elsewhere on this channel; the code stays
/// good. Whoever is linked here already stays.
async fn other_bot(change: &mut Change<'_>, origin: &Origin, invite: &Invite) -> Result<Option<String>, Refusal> {
    let Some(unit) = invite.unit else { return Ok(None) };
    let here = (origin.channel.as_str(), origin.bot_id);
    let bot = own_bot::elsewhere(change.conn, change.dir, here, unit).await?;
    let name = change.dir.unit(unit).map_or("", |u| u.name.as_str());
    Ok(bot.map(|bot| change.words.code_other_bot(name, bot)))
}

async fn wrong_code(
    change: &mut Change<'_>,
    (origin, office): (&Origin, Locale),
    count: i64,
) -> Result<Tried, Refusal> {
    invites::note_wrong(change.conn, &origin.channel, &origin.chat_id, change.now).await?;
    let told = match count {
        WRONG_OF_CHAT.. => None,
        c if c == WRONG_OF_CHAT - 1 => Some(Reply::text(change.words.code_wrong_last())),
        _ => Some(Reply::text(change.words.code_wrong())),
    };
    let all = invites::wrong_last_hour(change.conn, change.now).await?;
    let (hour, now) = (SILENCE.num_seconds(), change.now.timestamp());
    let mut away = Vec::new();
    if all > WRONG_OF_ALL && notices::due(change.conn, "wrong_codes", hour, now).await? {
        away = to_admins(change, office, |words| words.codes_paused(number(all)));
    }
    Ok(match told {
        Some(told) => Tried::Wrong([told].into_iter().chain(away).collect()),
        None => Tried::Unanswered(away),
    })
}

/// A message to every administrator of today, each in their own language.
fn to_admins(change: &Change<'_>, office: Locale, text: impl Fn(&Words) -> String) -> Vec<Reply> {
    let told = |admin| Reply::to(admin, text(words_for(change.dir, admin, office)));
    change.dir.admins(change.today).into_iter().map(told).collect()
}

/// Uses a good code up: person, membership and link, in the caller's transaction.
async fn redeem(
    change: &mut Change<'_>,
    (origin, office): (&Origin, Locale),
    person: Option<OfficialId>,
    (code, invite): (&str, Invite),
) -> Answer {
    let told = |text: String| Ok(vec![Reply::text(text)]);
    let Some(unit) = invite.unit.or_else(|| first_unit(change.dir)) else {
        return told(change.words.enrol_no_unit());
    };
    let own = person.and_then(|p| change.dir.official(p)).map(|o| (o.id, o.name.clone()));
    if let Some((id, own_name)) = &own {
        let is_theirs = invite.name.is_empty() || is_same_name(own_name, &invite.name);
        if !is_theirs || invite.official.is_some_and(|o| o != *id) {
            return told(change.words.code_of_other(&invite.name, own_name));
        }
    }
    let Some(official) = enrol(change, (unit, &invite), origin, own.map(|(id, _)| id)).await? else {
        return told(change.words.code_wrong());
    };
    change.actor = Some(official);
    let (channel, user, chat) = (origin.channel.as_str(), origin.platform_user.as_str(), origin.chat_id.as_str());
    let bot_id = Some(origin.bot_id);
    officials::link(change.conn, official, Account { channel, platform_user: user, chat_id: chat, bot_id }).await?;
    invites::use_up(change.conn, code, change.now).await?;
    invites::forget_wrong(change.conn, channel, chat).await?;
    change.note(Some(unit), "enrol", json!({"official": official.0, "channel": channel})).await?;
    let mut replies = welcome(change, unit, official).await?;
    replies.extend(crowded(change, (origin, office)).await?);
    Ok(replies)
}

/// What administrators are told, once, when a Zalo bot has about as many people as it takes.
async fn crowded(change: &mut Change<'_>, (origin, office): (&Origin, Locale)) -> Result<Vec<Reply>, Refusal> {
    if origin.channel != "zalo" {
        return Ok(Vec::new());
    }
    let people = links::people(change.conn, origin.bot_id).await?;
    let Some(at) = rule::crowded(people) else { return Ok(Vec::new()) };
    let name = format!("people:{}:{at}", origin.bot_id);
    if notices::is_noted(change.conn, &name).await? {
        return Ok(Vec::new());
    }
    notices::note(change.conn, &name, change.now.timestamp()).await?;
    let bot = bots::name(change.conn, origin.bot_id).await?;
    Ok(to_admins(change, office, |words| words.bot_crowded(&bot, people.to_string(), rule::MOST.to_string())))
}

/// The unit of the first administrator: the oldest that stands under no other.
fn first_unit(dir: &Directory) -> Option<UnitId> {
    dir.units.values().find(|u| u.parent.is_none() && !u.practice).map(|u| u.id)
}

/// The person of a code, entered and joined where needed; `None` if the code was made for
/// somebody who has left.
async fn enrol(
    change: &mut Change<'_>,
    (unit, invite): (UnitId, &Invite),
    origin: &Origin,
    own: Option<OfficialId>,
) -> Result<Option<OfficialId>, Refusal> {
    let today = change.today;
    if let Some(official) = invite.official {
        let members = officials::members(change.conn, unit, today).await?;
        return Ok(members.iter().any(|m| m.official == official).then_some(official));
    }
    let joining = |official| Joining { official, unit, role: invite.role, since: today };
    if invite.name.is_empty() {
        return first_admin(change, unit, own).await.map(Some);
    }
    if let Some(member) = member_named(change, unit, &invite.name, today).await? {
        // Entered since the code was made: one more chat for this person.
        return Ok(own.is_none_or(|o| o == member.official).then_some(member.official));
    }
    let account = Account { channel: &origin.channel, platform_user: &origin.platform_user, chat_id: "", bot_id: None };
    let before = officials::linked(change.conn, account).await?;
    let returns = before.filter(|(_, name)| is_same_name(name, &invite.name)).map(|(id, _)| id);
    let official = match own.or(returns) {
        Some(official) => official,
        None => officials::create(change.conn, &invite.name).await?,
    };
    join(change, joining(official), &invite.fields).await?;
    Ok(Some(official))
}

/// Whoever sends the first administrator's code becomes administrator of the unit.
async fn first_admin(change: &mut Change<'_>, unit: UnitId, own: Option<OfficialId>) -> Result<OfficialId, Refusal> {
    let today = change.today;
    let members = officials::members(change.conn, unit, today).await?;
    let official = match own {
        Some(official) => official,
        None => {
            let title = change.words.first_admin_name();
            let taken = |name: &str| members.iter().any(|m| is_same_name(&m.name, name));
            // Names are unique in a unit, and a name holds no digits.
            let more = std::iter::successors(Some(title.clone()), |n| Some(format!("{n} {}", change.words.another())));
            let name = more.into_iter().find(|n| !taken(n)).unwrap_or(title);
            officials::create(change.conn, &name).await?
        }
    };
    if let Some(member) = members.iter().find(|m| m.official == official) {
        if member.role == Role::Admin {
            return Ok(official);
        }
        super::people::remove(change, unit, member, today).await?;
    }
    join(change, Joining { official, unit, role: Role::Admin, since: today }, &[]).await?;
    officials::set_unit(change.conn, official, unit).await?;
    Ok(official)
}

async fn welcome(change: &mut Change<'_>, unit: UnitId, official: OfficialId) -> Answer {
    let members = officials::members(change.conn, unit, change.today).await?;
    let Some(member) = members.into_iter().find(|m| m.official == official) else { return Ok(Vec::new()) };
    let held = officials::fields_held(change.conn, member.membership, change.today).await?;
    let unit = change.dir.unit(unit).map_or("", |u| u.name.as_str());
    let fields = change.field_names(&held);
    let text = change.words.enrolled(&member.name, unit, change.words.role(member.role), fields);
    Ok(vec![Reply::text(text)])
}
