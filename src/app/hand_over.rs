//! `/bangiao A B`: A's fields, open dossiers and standing stock values go to B from today,
//! after a yes; history stays under A.

use serde_json::json;

use super::register::holders;
use super::reply::Reply;
use super::stocks::{in_words, move_stocks};
use super::{Act, Answer, Refusal};
use crate::domain::official::{Action, Role};
use crate::grammar::names::{Found, find_two, quoted};
use crate::store::{dossiers, officials, stocks};
use crate::words::numbers::{date, number};

/// Both are members of the unit; B is one who posts.
///
/// # Errors
/// Names that are nobody's or several people's, nothing to hand over, a receiver who does
/// not post.
pub async fn hand_over(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::ManagePeople)?;
    let (me, unit, words) = (act.person.official, act.person.unit, act.words);
    let change = act.change();
    let day = change.today;
    let members = officials::members(change.conn, unit, day).await?;
    let names = || members.iter().enumerate().map(|(i, m)| (i, m.name.as_str()));
    let (from, to) = match find_two(rest, names()) {
        Found::One((from, to)) => (&members[from], &members[to]),
        Found::None | Found::Several(_) if rest.split_whitespace().count() < 2 => {
            return Err(Refusal::Told(words.hand_over_usage()));
        }
        Found::None | Found::Several(_) => {
            let all: Vec<&str> = members.iter().map(|m| m.name.as_str()).collect();
            return Err(Refusal::Told(words.hand_over_who(quoted(rest), all.join(", "))));
        }
    };
    if !matches!(to.role, Role::Officer | Role::Lead) {
        return Err(Refusal::Told(words.hand_over_receiver(&to.name, words.role(to.role))));
    }
    let mut fields = officials::fields_held(change.conn, from.membership, day).await?;
    fields.sort_by_key(|f| change.dir.field_order(*f));
    let mut moving = fields.clone();
    moving.extend(stocks::standing(change.conn, unit, from.official).await?.iter().map(|s| s.field));
    let dossiers = dossiers::held_by(change.conn, unit, from.official).await?.len();
    if moving.is_empty() && dossiers == 0 {
        return Err(Refusal::Told(words.hand_over_nothing(&from.name)));
    }
    if !act.confirmed {
        let (from, to) = (&from.name, &to.name);
        moving.sort_by_key(|f| act.dir.field_order(*f));
        moving.dedup();
        let mut what: Vec<String> = moving.iter().filter_map(|f| act.dir.field(*f)).map(|f| f.name.clone()).collect();
        if dossiers > 0 {
            what.push(words.hand_over_dossiers(number(dossiers as i64)));
        }
        let what = what.join(", ");
        return Ok(vec![act.ask(words.hand_over_ask(what, from, to, date(day)), format!("/bangiao {from}, {to}"))]);
    }
    let mut change = act.change();
    officials::release(change.conn, from.membership, &fields, day).await?;
    officials::hold(change.conn, to.membership, &fields, day).await?;
    let detail = json!({"from": from.official.0, "to": to.official.0, "day": day.to_string(),
                        "fields": fields.iter().map(|f| f.0).collect::<Vec<_>>()});
    change.note(Some(unit), "hand_over", detail).await?;
    holders::hand_on(&mut change, unit, (from.official, Some(to.official))).await?;
    let moved = move_stocks(&mut change, unit, (from.official, to.official), &moving, day).await?;
    let mut text = words.handed_over(&from.name, &to.name, date(day), change.field_names(&fields));
    if !moved.is_empty() {
        text = format!("{text}\n{}", words.stocks_moved(in_words(&change, &moved)));
    }
    if dossiers > 0 {
        text = format!("{text}\n{}", words.dossiers_moved(number(dossiers as i64)));
    }
    let mut replies = vec![Reply::text(text.clone())];
    replies.extend([from.official, to.official].into_iter().filter(|o| *o != me).map(|o| Reply::to(o, text.clone())));
    Ok(replies)
}
