//! People join and leave units: the rules that chat, command line and import share.

use chrono::NaiveDate;
use serde_json::json;

use super::Refusal;
use super::change::Change;
use super::stocks::{Ended, end_stocks};
use super::units::Added;
use crate::domain::field::FieldId;
use crate::domain::official::{OfficialId, Role};
use crate::domain::unit::UnitId;
use crate::grammar::names::{is_same_name, means_name, quoted, tidy_name};
use crate::store::officials::{self, Account, Joining, Member};

/// A person as typed; what is `None` was not said.
#[derive(Clone, Debug)]
pub struct OfficialRow {
    pub unit: UnitId,
    pub name: String,
    pub role: Role,
    pub fields: Option<Vec<FieldId>>,
    pub telegram: Option<String>,
    pub zalo: Option<String>,
    /// Default today.
    pub since: Option<NaiveDate>,
}

/// The member of a unit who bears a name on `day` or later; of a name without marks the only one
/// who may be meant.
pub async fn member_named(
    change: &mut Change<'_>,
    unit: UnitId,
    name: &str,
    day: NaiveDate,
) -> Result<Option<Member>, Refusal> {
    let members = officials::members(change.conn, unit, day).await?;
    let meant: Vec<&Member> = members.iter().filter(|m| means_name(&m.name, name)).collect();
    let same = meant.iter().find(|m| is_same_name(&m.name, name));
    let only = meant.first().filter(|first| meant.iter().all(|m| m.official == first.official));
    Ok(same.or(only).map(|m| (*m).clone()))
}

/// Adds a person to a unit. The same row again is unchanged; an account that is linked
/// already is the same person, who then joins one more unit.
///
/// # Errors
/// A name that is none, the same name with other values, an account of somebody else.
pub async fn add_official(change: &mut Change<'_>, row: &OfficialRow) -> Result<(OfficialId, Added), Refusal> {
    let Some(name) = tidy_name(&row.name) else {
        return Err(Refusal::Told(change.words.bad_name(quoted(&row.name))));
    };
    let accounts = [("telegram", &row.telegram), ("zalo", &row.zalo)];
    let mut person = None;
    for (channel, id) in accounts {
        let Some(id) = id else { continue };
        if let Some((owner, owner_name)) = officials::linked(change.conn, account(channel, id)).await? {
            if !is_same_name(&owner_name, &name) {
                return Err(Refusal::Told(change.words.account_of_other(channel, id, owner_name)));
            }
            if person.is_some_and(|p| p != owner) {
                return Err(Refusal::Told(change.words.accounts_of_two(name)));
            }
            person = Some(owner);
        }
    }
    let since = row.since.unwrap_or(change.today);
    if let Some(member) = member_named(change, row.unit, &name, since).await? {
        return add_again(change, row, &member, person).await;
    }
    let official = match person {
        Some(official) => official,
        None => officials::create(change.conn, &name).await?,
    };
    let fields = row.fields.clone().unwrap_or_default();
    join(change, Joining { official, unit: row.unit, role: row.role, since }, &fields).await?;
    link_missing(change, row, official).await?;
    Ok((official, Added::New))
}

/// A person joins a unit and takes fields over; written down.
pub async fn join(change: &mut Change<'_>, joining: Joining, fields: &[FieldId]) -> Result<(), Refusal> {
    let membership = officials::join(change.conn, joining).await?;
    officials::hold(change.conn, membership, fields, joining.since).await?;
    let fields: Vec<i64> = fields.iter().map(|f| f.0).collect();
    let detail = json!({"official": joining.official.0, "role": joining.role.key(), "fields": fields,
                        "since": joining.since.to_string()});
    change.note(Some(joining.unit), "join", detail).await?;
    Ok(())
}

async fn add_again(
    change: &mut Change<'_>,
    row: &OfficialRow,
    member: &Member,
    person: Option<OfficialId>,
) -> Result<(OfficialId, Added), Refusal> {
    let mut held = officials::fields_held(change.conn, member.membership, member.span.since).await?;
    let mut wanted = row.fields.clone().unwrap_or_else(|| held.clone());
    held.sort();
    wanted.sort();
    let other_since = row.since.is_some_and(|s| s != member.span.since);
    let mut differs = member.role != row.role || held != wanted || other_since;
    differs |= person.is_some_and(|p| p != member.official);
    let mut links_to_add = false;
    for (channel, id) in [("telegram", &row.telegram), ("zalo", &row.zalo)] {
        let Some(id) = id else { continue };
        let linked = officials::accounts(change.conn, member.official, channel).await?;
        differs |= !linked.is_empty() && !linked.contains(id);
        links_to_add |= linked.is_empty();
    }
    if differs {
        let unit = change.dir.unit(row.unit).map(|u| u.code.clone()).unwrap_or_default();
        return Err(Refusal::Told(change.words.official_differs(unit, &member.name)));
    }
    link_missing(change, row, member.official).await?;
    Ok((member.official, if links_to_add { Added::New } else { Added::Unchanged }))
}

/// Links the accounts of a row that are not linked yet. On Telegram a person's private chat
/// bears the person's id.
async fn link_missing(change: &mut Change<'_>, row: &OfficialRow, official: OfficialId) -> Result<(), Refusal> {
    for (channel, id) in [("telegram", &row.telegram), ("zalo", &row.zalo)] {
        let Some(id) = id else { continue };
        if officials::linked(change.conn, account(channel, id)).await?.is_none() {
            officials::link(change.conn, official, account(channel, id)).await?;
            change.note(Some(row.unit), "link", json!({"official": official.0, "channel": channel})).await?;
        }
    }
    Ok(())
}

fn account<'a>(channel: &'a str, id: &'a str) -> Account<'a> {
    Account { channel, platform_user: id, chat_id: id, bot_id: None }
}

/// A person's membership in a unit ends; history stays. `day` is the first day that no
/// longer counts. Returns the stock values that ended with it.
pub async fn remove(
    change: &mut Change<'_>,
    unit: UnitId,
    member: &Member,
    day: NaiveDate,
) -> Result<Vec<Ended>, Refusal> {
    officials::leave(change.conn, member, unit, day).await?;
    change.note(Some(unit), "leave", json!({"official": member.official.0, "from": day.to_string()})).await?;
    end_stocks(change, unit, member.official, None, day).await
}
