//! `/bangiao A B`: A's fields, open dossiers and standing stock values go to B from the day
//! of the yes; history stays under A. The yes does what was asked: where more or less would
//! move by now, it is asked again.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::register::holders;
use super::reply::Reply;
use super::stocks::{Ended, in_words, move_stocks};
use super::{Act, Answer, Refusal};
use crate::clock::day_of;
use crate::domain::field::FieldId;
use crate::domain::official::{Action, Role};
use crate::domain::unit::UnitId;
use crate::grammar::names::{Found, find_two, quoted};
use crate::store::officials::Member;
use crate::store::stocks::Standing;
use crate::store::{dossiers, officials, stocks};
use crate::words::numbers::{date, number};

/// What goes from one to the other.
struct Moving {
    fields: Vec<FieldId>,
    stocks: Vec<Standing>,
    /// Codes.
    dossiers: Vec<String>,
}

/// Both are members of the unit; B is one who posts.
///
/// # Errors
/// Names that are nobody's or several people's, nothing to hand over, a receiver who does
/// not post.
pub async fn hand_over(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::ManagePeople)?;
    let (me, unit, words) = (act.person.official, act.person.unit, act.words);
    // The yes may come on a later day than the question.
    let day = day_of(act.now, act.zone);
    let (rest, asked) = rest.rsplit_once(MARK).map_or((rest, None), |(rest, mark)| (rest, Some(mark)));
    let change = act.change();
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
    let moving = Moving::read(act, unit, from, day).await?;
    if moving.is_empty() {
        return Err(Refusal::Told(words.hand_over_nothing(&from.name)));
    }
    let mark = moving.mark((from, to));
    if !act.confirmed || asked != Some(mark.as_str()) {
        let (from, to) = (&from.name, &to.name);
        let mut question = words.hand_over_ask(moving.in_words(act), from, to, date(day));
        if !moving.stocks.is_empty() {
            let ended = moving.stocks.iter().map(|s| Ended { field: s.field, figure: s.figure, value: s.value });
            let ended: Vec<Ended> = ended.collect();
            question = format!("{question}\n{}", words.stocks_moved(in_words(&act.change(), &ended)));
        }
        if act.confirmed {
            question = format!("{}\n{question}", words.hand_over_changed());
        }
        return Ok(vec![act.ask(question, format!("/bangiao {from}, {to} {MARK}{mark}"))]);
    }
    let Moving { fields, dossiers, .. } = &moving;
    let mut change = act.change();
    officials::release(change.conn, from.membership, fields, day).await?;
    officials::hold(change.conn, to.membership, fields, day).await?;
    let detail = json!({"from": from.official.0, "to": to.official.0, "day": day.to_string(),
                        "fields": fields.iter().map(|f| f.0).collect::<Vec<_>>()});
    change.note(Some(unit), "hand_over", detail).await?;
    holders::hand_on(&mut change, unit, (from.official, Some(to.official))).await?;
    let moved = move_stocks(&mut change, unit, (from.official, to.official), &moving.all_fields(), day).await?;
    let mut text = words.handed_over(&from.name, &to.name, date(day), change.field_names(fields));
    if !moved.is_empty() {
        text = format!("{text}\n{}", words.stocks_moved(in_words(&change, &moved)));
    }
    if !dossiers.is_empty() {
        text = format!("{text}\n{}", words.dossiers_moved(number(dossiers.len() as i64)));
    }
    let mut replies = vec![Reply::text(text.clone())];
    replies.extend([from.official, to.official].into_iter().filter(|o| *o != me).map(|o| Reply::to(o, text.clone())));
    Ok(replies)
}

/// Stands before the seal of what was asked, behind the names.
const MARK: char = '#';

impl Moving {
    async fn read(act: &mut Act<'_>, unit: UnitId, from: &Member, day: chrono::NaiveDate) -> Result<Moving, Refusal> {
        let change = act.change();
        let mut fields = officials::fields_held(change.conn, from.membership, day).await?;
        fields.sort_by_key(|f| change.dir.field_order(*f));
        let stocks = stocks::standing(change.conn, unit, from.official).await?;
        let held = dossiers::held_by(change.conn, unit, from.official).await?;
        Ok(Moving { fields, stocks, dossiers: held.into_iter().map(|d| d.code).collect() })
    }

    fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.stocks.is_empty() && self.dossiers.is_empty()
    }

    /// Fields held, and those of stock values.
    fn all_fields(&self) -> Vec<FieldId> {
        let mut all = self.fields.clone();
        all.extend(self.stocks.iter().map(|s| s.field));
        all
    }

    /// A seal over all of it, by which the yes is known to mean the same.
    fn mark(&self, (from, to): (&Member, &Member)) -> String {
        let fields: Vec<i64> = self.fields.iter().map(|f| f.0).collect();
        let stocks: Vec<_> = self.stocks.iter().map(|s| json!([s.field.0, s.figure.key(), s.value])).collect();
        let all = json!([from.membership, to.membership, fields, stocks, self.dossiers]).to_string();
        Sha256::digest(all.as_bytes()).iter().take(8).map(|b| format!("{b:02x}")).collect()
    }

    fn in_words(&self, act: &Act<'_>) -> String {
        let mut fields = self.all_fields();
        fields.sort_by_key(|f| act.dir.field_order(*f));
        fields.dedup();
        let mut what: Vec<String> = fields.iter().filter_map(|f| act.dir.field(*f)).map(|f| f.name.clone()).collect();
        if !self.dossiers.is_empty() {
            what.push(act.words.hand_over_dossiers(number(self.dossiers.len() as i64)));
        }
        what.join(", ")
    }
}
