//! `/nhom MÃ`, said in a group by a lead or admin of that unit: from then on every command
//! there is about that unit.

use serde_json::json;

use super::desk::role_in;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::official::{Action, may};
use crate::grammar::names::quoted;
use crate::store::officials;

/// Binds the group, also one that was bound to another unit.
///
/// # Errors
/// Said in a private chat, a code of no unit, no leave to bind to that unit.
pub async fn bind_group(act: &mut Act<'_>, rest: &str) -> Answer {
    let (words, code) = (act.words, rest.trim());
    if act.origin.private {
        return Err(Refusal::Told(words.group_only()));
    }
    let dir = act.dir.clone();
    let (channel, chat) = (act.origin.channel.as_str(), act.origin.chat_id.as_str());
    if code.is_empty() {
        let bound = dir.group(channel, chat).and_then(|u| dir.unit(u));
        return Ok(vec![Reply::text(bound.map_or(words.group_unbound(), |u| words.group_is(&u.name)))]);
    }
    let unit = dir.unit_by_code(code).ok_or_else(|| Refusal::Told(words.no_such_unit(quoted(code))))?;
    let role = role_in(&dir, act.person.official, unit.id, act.today);
    if !role.is_some_and(|r| may(r, Action::BindGroup)) {
        return Err(Refusal::Told(words.group_no_leave(&unit.name)));
    }
    officials::bind_group(act.conn, (channel, act.origin.bot_id, chat), unit.id, act.person.official).await?;
    act.change().note(Some(unit.id), "bind_group", json!({"channel": channel, "chat": chat})).await?;
    Ok(vec![Reply::text(words.group_bound(&unit.name))])
}
