//! What is said after a post or an edit: the echo of each day, cautions, lines not saved.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::lines::{Judgement, Named};
use super::{cautions, heading, refused};
use crate::app::reply::{ChoiceAction, Reply};
use crate::app::{Act, Refusal};
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::period::Period;
use crate::domain::unit::UnitId;
use crate::grammar::fold::fold;
use crate::report::echo::{Block, EchoDay, short_day, stock_value};
use crate::store::counts::Recomputed;
use crate::store::links;
use crate::store::posts::Key;
use crate::store::unit_day::{self, UnitDay};

/// The reply to a stored post. `edited` is the first line of an edit's reply.
pub async fn reply(
    act: &mut Act<'_>,
    (unit, about, post): (UnitId, OfficialId, i64),
    judged: &Judgement,
    done: &Recomputed,
    edited: Option<String>,
) -> Result<Reply, Refusal> {
    let mut lines: Vec<String> = edited.into_iter().collect();
    let mut notes = Vec::new();
    let scheme = act.dir.unit(unit).map(|u| u.scheme).unwrap_or(crate::domain::period::Scheme::FifteenFourteen);
    let days: Vec<NaiveDate> = judged.order.iter().map(|k| k.day).collect::<BTreeSet<_>>().into_iter().collect();
    for (i, day) in days.iter().copied().enumerate() {
        let keys: Vec<Key> = judged.order.iter().filter(|k| k.day == day).copied().collect();
        let around = surroundings(act, unit, day, &keys).await?;
        let mut echo = echo_day(act, (unit, about), judged, done, (&keys, &around));
        // A month is told once a message, behind its last day.
        let month = Period::month_containing(day, scheme);
        echo.month = echo.month.filter(|_| !days.get(i + 1).is_some_and(|next| month.contains(*next)));
        lines.extend(echo.lines(act.words));
        notes.extend(cautions::of_day(act, (unit, about), judged, done, (&keys, &around)).await?);
    }
    notes.extend(cautions::near(act, judged));
    lines.extend(notes);
    if first_echo(act).await? {
        lines.push(act.words.echo_first());
    }
    lines.extend(refused::text_lines(act, &judged.refused, true));
    lines.push(act.words.echo_wrong(example(act, about, judged, done)));
    let reply = Reply::text(lines.join("\n")).with_choice(act.words.choice_undo(), ChoiceAction::Undo { post });
    Ok(refused::with_choices(act, reply, &judged.refused))
}

async fn surroundings(act: &mut Act<'_>, unit: UnitId, day: NaiveDate, keys: &[Key]) -> Result<UnitDay, Refusal> {
    let scheme = act.dir.unit(unit).map(|u| u.scheme).unwrap_or(crate::domain::period::Scheme::FifteenFourteen);
    let month = Period::month_containing(day, scheme);
    let fields: Vec<FieldId> = keys.iter().filter_map(|k| k.field).collect();
    Ok(unit_day::read(act.conn, unit, day, (month.from, month.to), &fields).await?)
}

fn echo_day(
    act: &Act<'_>,
    (unit, about): (UnitId, OfficialId),
    judged: &Judgement,
    done: &Recomputed,
    (keys, around): (&[Key], &UnitDay),
) -> EchoDay {
    let day = keys.first().map_or(act.today, |k| k.day);
    let unit_row = act.dir.unit(unit);
    let scheme = unit_row.map(|u| u.scheme).unwrap_or(crate::domain::period::Scheme::FifteenFourteen);
    let several = act.dir.memberships_on(act.person.official, act.today).len() > 1;
    let posted: BTreeSet<FieldId> = around.counts.iter().filter(|(o, _, _)| *o == about).map(|(_, f, _)| *f).collect();
    let member = act.dir.membership(about, unit, day);
    let unposted = member.into_iter().flat_map(|m| m.fields_on(day)).filter(|f| !posted.contains(f));
    EchoDay {
        day,
        today: act.today,
        unit: unit_row.filter(|_| several).map(|u| u.name.clone()),
        on_behalf_of: (about != act.person.official).then(|| act.name_of(about).to_string()),
        blocks: keys.iter().map(|k| block(act, *k, judged, done, around)).collect(),
        whole_day: around.counts.iter().map(|(_, _, f)| *f).sum(),
        month_label: act.words.period(&Period::month_containing(day, scheme)).to_lowercase(),
        month: Some(around.month),
        unposted: unposted.map(|f| heading(act, Some(f))).collect(),
    }
}

fn block(act: &Act<'_>, key: Key, judged: &Judgement, done: &Recomputed, around: &UnitDay) -> Block {
    let named = judged.named.get(&key).cloned().unwrap_or_default();
    let count = done.counts.get(&key).cloned().unwrap_or_default();
    let Named { figures, indicators, zero } = named;
    let stock = |f: &Figure| {
        done.stocks.get(&(key, *f)).copied().or(match f {
            Figure::AwaitingSupplement => stock_value(count.awaiting),
            Figure::PendingLate => stock_value(count.pending_late),
            _ => None,
        })
    };
    Block {
        heading: heading(act, key.field),
        stocks: figures.iter().filter_map(|f| Some((*f, stock(f)?))).collect(),
        indicators: indicators
            .iter()
            .filter_map(|id| Some((act.dir.indicator(*id)?.name.clone(), *count.indicators.get(id)?)))
            .collect(),
        balance: key.field.and_then(|f| around.balances.get(&f).copied()),
        named: figures,
        zero,
        count,
    }
}

/// The message's last figure as saved, ready to be sent again.
fn example(act: &Act<'_>, about: OfficialId, judged: &Judgement, done: &Recomputed) -> String {
    let line = last_line(act, judged, done);
    match about == act.person.official {
        true => line,
        false => format!("/nhap @{} {line}", act.name_of(about)),
    }
}

fn last_line(act: &Act<'_>, judged: &Judgement, done: &Recomputed) -> String {
    let Some((key, subject)) = judged.last else {
        let field = judged.order.first().and_then(|k| k.field).and_then(|f| act.dir.field(f));
        return field.map_or_else(|| refused::example(act), |f| format!("{} ol 1", fold(&f.code)));
    };
    let count = done.counts.get(&key).cloned().unwrap_or_default();
    let (word, value) = match subject {
        Subject::Figure(f) => {
            let stock = done.stocks.get(&(key, f)).copied();
            (f.word().to_string(), stock.unwrap_or_else(|| count.flows.get(f)))
        }
        Subject::Indicator(id) => {
            let word = act.dir.indicator(id).and_then(|i| i.words.first().cloned()).unwrap_or_default();
            (word, count.indicators.get(&id).copied().unwrap_or(0))
        }
    };
    let day = if key.day == act.today { String::new() } else { format!("{} ", short_day(key.day, act.today)) };
    match key.field.and_then(|f| act.dir.field(f)) {
        Some(field) => format!("{day}{} {word} {value}", fold(&field.code)),
        None => format!("{day}{word} {value}"),
    }
}

/// A person's first echo says once that deleting a message in the chat undoes nothing.
async fn first_echo(act: &mut Act<'_>) -> Result<bool, Refusal> {
    let link = act.dir.link(&act.origin.channel, &act.origin.platform_user);
    match link.filter(|l| !l.greeted).map(|l| l.id) {
        Some(id) => Ok(links::greet(act.conn, id).await?),
        None => Ok(false),
    }
}
