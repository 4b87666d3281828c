//! `/tailen`: a page on which the asker sends a list of dossiers in (SPEC §12: one hour, one
//! accepted file). `/thuhoi`: links end before their time.

use serde_json::json;

use super::desk::Desk;
use super::reply::Reply;
use super::{Act, Answer};
use crate::clock::day_of;
use crate::domain::official::Role;
use crate::store::web_links::{self, UPLOAD_LIVES, Whose};
use crate::words::numbers::number;

/// Where the upload page of a secret stands.
pub fn upload_url(public_url: &str, secret: &str) -> String {
    format!("{}/tai-len/{secret}", public_url.trim_end_matches('/'))
}

/// A link to the upload page, for the asker's current unit. The preview of what is sent in
/// comes to the asker's private chat.
///
/// # Errors
/// Of the database.
pub async fn upload(desk: &Desk, act: &mut Act<'_>) -> Answer {
    let (official, unit) = (act.person.official, act.person.unit);
    let (code, name) = act.dir.unit(unit).map(|u| (u.code.clone(), u.name.clone())).unwrap_or_default();
    let Some(public_url) = desk.public_url.as_deref() else {
        return Ok(vec![Reply::text(act.words.upload_no_page(code))]);
    };
    let origin = act.origin;
    let chat = if origin.private {
        (origin.bot_id, origin.chat_id.clone())
    } else {
        let links = act.dir.links_of(official);
        let own = links.iter().rfind(|l| l.channel == origin.channel);
        own.map_or((origin.bot_id, String::new()), |l| (l.bot_id.unwrap_or(origin.bot_id), l.chat_id.clone()))
    };
    let secret = web_links::add_upload(act.conn, (unit, official), (chat.0, &chat.1), act.now).await?;
    let until = act.now + UPLOAD_LIVES;
    let (zone, local) = (act.zone, until.with_timezone(&act.zone).format("%H:%M").to_string());
    let same_day = day_of(until, zone) == day_of(act.now, zone);
    let until = if same_day { local } else { format!("{local} {}", crate::words::numbers::date(day_of(until, zone))) };
    Ok(vec![Reply::text(act.words.upload_offer(name, until, upload_url(public_url, &secret))).secret()])
}

/// Ends the asker's links; said by an administrator, all of the current unit too.
///
/// # Errors
/// Of the database.
pub async fn revoke(act: &mut Act<'_>) -> Answer {
    let (official, unit) = (act.person.official, act.person.unit);
    let is_admin = act.person.role == Role::Admin;
    let whose = if is_admin { Whose::Unit(unit, official) } else { Whose::Person(official) };
    let ended = web_links::revoke(act.conn, whose, act.now).await?;
    if ended == 0 {
        return Ok(vec![Reply::text(act.words.revoke_none())]);
    }
    act.change().note(Some(unit), "revoke_links", json!({"links": ended})).await?;
    let n = number(i64::try_from(ended).unwrap_or(i64::MAX));
    let name = act.dir.unit(unit).map_or("", |u| u.name.as_str());
    let text = if is_admin { act.words.revoked_of_unit(n, name) } else { act.words.revoked(n) };
    Ok(vec![Reply::text(text)])
}
