//! `/moi VAI TRÒ HỌ TÊN [lĩnh vực]`: a one-time code for a person (SPEC §3).
//!
//! `/moi can bo Trần Văn Tú HT,CT` → `K7MN2P4Q`, single use, 24 hours. Only its SHA-256 is
//! kept. If the name is a member's, the code links one more chat to that person.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use super::change::Change;
use super::own_bot;
use super::people::member_named;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::clock::day_of;
use crate::domain::field::FieldId;
use crate::domain::official::{Action, OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::names::tidy_name;
use crate::grammar::people::{BadName, read_name_and_fields, read_role};
use crate::store::StoreError;
use crate::store::invites::{self, Invite};
use crate::words::numbers::date;

/// How long a code made in chat is good.
pub const CHAT_CODE: TimeDelta = TimeDelta::hours(24);
/// How long a code of an import is good.
pub const IMPORT_CODE: TimeDelta = TimeDelta::days(14);

/// Who is invited as what.
pub struct Invitation {
    pub unit: UnitId,
    pub role: Role,
    pub name: String,
    pub fields: Vec<FieldId>,
    pub valid: TimeDelta,
}

/// A code that was made.
pub struct Issued {
    pub code: String,
    pub expires: DateTime<Utc>,
    /// The member for whom it links one more chat, with the role held.
    pub member: Option<(OfficialId, Role)>,
}

/// `/moi`: lead (officers and leads of the own unit) and admin.
///
/// # Errors
/// What cannot be read, told with a line to copy.
pub async fn invite(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::ManagePeople)?;
    let words = act.words;
    let Some((role, rest)) = read_role(rest) else { return Err(Refusal::Told(words.invite_usage())) };
    let read = read_name_and_fields(rest, &act.dir.fields).map_err(|bad| match bad {
        BadName::NoField(word) => Refusal::Told(words.invite_no_field(word)),
        BadName::NoName(name) if name.is_empty() => Refusal::Told(words.invite_usage()),
        BadName::NoName(name) => Refusal::Told(words.bad_name(name)),
    })?;
    let is_lead = act.person.role == Role::Lead;
    if is_lead && !is_a_leads(role) {
        return Err(Refusal::Told(words.invite_lead_only()));
    }
    let unit = act.person.unit;
    let zone = act.zone;
    let mut change = act.change();
    let today = change.today;
    if let Some(member) = member_named(&mut change, unit, &read.name, today).await?
        && is_lead
        && !is_a_leads(member.role)
    {
        return Err(Refusal::Told(words.invite_lead_only()));
    }
    let name = read.name.clone();
    let invitation = Invitation { unit, role, name: read.name, fields: read.fields.clone(), valid: CHAT_CODE };
    let issued = issue(&mut change, &invitation).await?;
    let until = {
        let local = issued.expires.with_timezone(&zone);
        format!("{} {}", local.format("%H:%M"), date(day_of(issued.expires, zone)))
    };
    let mut text = match issued.member {
        Some((_, held)) => words.invite_another_chat(&name, words.role(held), &issued.code, until),
        None => words.invite_made(&name, words.role(role), change.field_names(&read.fields), &issued.code, until),
    };
    if let Some(link) = deep_link(&mut change, Some(unit), &issued.code).await? {
        text = format!("{text}\n{}", words.invite_link(link));
    }
    if let Some(bot) = own_bot::invited(change.conn, change.dir, "zalo", unit).await? {
        text = format!("{text}\n{}", words.invite_zalo_bot(bot));
    }
    Ok(vec![Reply::text(text).secret()])
}

fn is_a_leads(role: Role) -> bool {
    matches!(role, Role::Officer | Role::Lead)
}

/// Makes and stores a code.
///
/// # Errors
/// A name that is none.
pub async fn issue(change: &mut Change<'_>, invitation: &Invitation) -> Result<Issued, Refusal> {
    let Some(name) = tidy_name(&invitation.name) else {
        return Err(Refusal::Told(change.words.bad_name(invitation.name.trim())));
    };
    let member = member_named(change, invitation.unit, &name, change.today).await?;
    let invite = Invite {
        unit: Some(invitation.unit),
        role: invitation.role,
        name,
        fields: invitation.fields.clone(),
        official: member.as_ref().map(|m| m.official),
    };
    let (code, expires) = (invites::new_code()?, change.now + invitation.valid);
    invites::add(change.conn, &code, &invite, change.actor, (change.now, expires)).await?;
    let detail = json!({"name": invite.name, "role": invite.role.key(), "expires": expires.timestamp()});
    change.note(Some(invitation.unit), "invite", detail).await?;
    Ok(Issued { code, expires, member: member.map(|m| (m.official, m.role)) })
}

/// A fresh code for the first administrator, in place of the earlier one; `None` while an
/// administrator is linked. Each start of `run` asks for it.
pub async fn first_admin_code(change: &mut Change<'_>) -> Result<Option<String>, Refusal> {
    invites::lapse_first_admin(change.conn).await?;
    if crate::store::officials::admin_is_linked(change.conn, change.today).await? {
        return Ok(None);
    }
    let invite = Invite { unit: None, role: Role::Admin, name: String::new(), fields: Vec::new(), official: None };
    let code = invites::new_code()?;
    invites::add(change.conn, &code, &invite, None, (change.now, change.now + CHAT_CODE)).await?;
    change.note(None, "first_admin_code", json!({})).await?;
    Ok(Some(code))
}

/// The link that opens the unit's bot on Telegram with the code, once the bot's name is known.
///
/// # Errors
/// Of the database.
pub async fn deep_link(
    change: &mut Change<'_>,
    unit: Option<UnitId>,
    code: &str,
) -> Result<Option<String>, StoreError> {
    let bot = own_bot::serving(change.conn, change.dir, "telegram", unit).await?;
    Ok(bot.filter(|bot| !bot.name.is_empty()).map(|bot| link_of(&bot.name, code)))
}

/// The link that opens Telegram with a code for a bot.
pub fn link_of(bot: &str, code: &str) -> String {
    format!("https://t.me/{bot}?start={code}")
}
