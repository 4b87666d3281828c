//! `/nghi`: days of leave, own ones or (a lead) a colleague's; who stands in; taken back.
//! Nobody on leave is nagged or missing, their dossiers are shown to the stand-in.

use chrono::NaiveDate;
use serde_json::json;

use super::posting::{colleagues, is_here, nameable, role_of};
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::nag::absence::Leave;
use crate::domain::official::{Action, OfficialId, Role, may};
use crate::domain::period::Scheme;
use crate::grammar::leave::{BadLeave, LeaveRead, read_leave};
use crate::grammar::names::{Found, find_by_name, quoted};
use crate::grammar::period::read_period;
use crate::grammar::planned::{DAYS_MAX, is_too_many};
use crate::report::echo::short_day;
use crate::store::{closed, leaves};
use crate::words::numbers::{day_month, number};

/// The longest leave entered at once (days).
const LONGEST: i64 = 366;
/// Working days of one's own leave above which the leads are told.
const QUIET: usize = 5;

/// First and last day.
type Days = (NaiveDate, NaiveDate);

/// # Errors
/// What cannot be read, closed days, a colleague's days from whoever is no lead.
pub async fn leave(act: &mut Act<'_>, rest: &str) -> Answer {
    let words = act.words;
    if is_too_many(rest) {
        return Err(Refusal::Told(words.days_too_many(number(DAYS_MAX as i64))));
    }
    let read = read_leave(rest, act.today).map_err(|bad| {
        Refusal::Told(match bad {
            BadLeave::NoDay(typed) => words.leave_bad_days(quoted(typed)),
            BadLeave::Backwards { first, last } => {
                let line = format!("{}-{}", short_day(last, act.today), short_day(first, act.today));
                words.leave_backwards(day_month(last), day_month(first), line)
            }
        })
    })?;
    let who = match read.colleague {
        None => act.person.official,
        Some(name) => colleague(act, (name, rest), &read.days)?,
    };
    if read.days.is_empty() {
        return if read.take_back { Err(Refusal::Told(words.leave_usage())) } else { list(act, who).await };
    }
    if let Some((first, last)) = read.days.iter().find(|(a, b)| (*b - *a).num_days() >= LONGEST) {
        return Err(Refusal::Told(words.leave_too_long(format!("{}-{}", day_month(*first), day_month(*last)))));
    }
    open_days(act, who, &read.days).await?;
    if read.take_back { take_back(act, who, &read).await } else { enter(act, who, &read).await }
}

/// Whose days are entered: one's own, for a lead those of officers and leads.
fn colleague(act: &Act<'_>, (name, typed): (&str, &str), days: &[Days]) -> Result<OfficialId, Refusal> {
    let who = member_on(act, name, days)?;
    if who != act.person.official && !may(act.person.role, Action::ManagePeople) {
        let days = typed.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        return Err(Refusal::Told(act.words.leave_not_yours(days.collect::<Vec<_>>().join(" "))));
    }
    let role = role_of(&act.dir, who, (act.person.unit, act.today));
    let is_above = !matches!(role, Some(Role::Officer | Role::Lead));
    if who != act.person.official && is_above && act.person.role == Role::Lead {
        return Err(Refusal::Told(act.words.leave_lead_only(act.name_of(who))));
    }
    Ok(who)
}

/// Whom a name means among those who belonged to the unit on the days, else among those who
/// do now. Whoever has left may still owe days from before, and have been on leave on them.
fn member_on(act: &Act<'_>, name: &str, days: &[Days]) -> Result<OfficialId, Refusal> {
    let (dir, unit) = (&act.dir, act.person.unit);
    let belongs = |who: OfficialId, day: NaiveDate| dir.membership(who, unit, day).is_some();
    let mut then = nameable(dir, unit, act.today);
    then.retain(|who| days.iter().any(|(first, _)| belongs(*who, *first)));
    if find_by_name(name, then.iter().map(|id| (*id, act.name_of(*id)))) == Found::None {
        return member(act, name);
    }
    let who = one_of(act, name, &then)?;
    let outside = days.iter().flat_map(|(first, last)| [*first, *last]).find(|day| !belongs(who, *day));
    match outside.filter(|_| !belongs(who, act.today)) {
        Some(day) => Err(Refusal::Told(act.words.not_a_member(act.name_of(who), short_day(day, act.today)))),
        None => Ok(who),
    }
}

fn member(act: &Act<'_>, name: &str) -> Result<OfficialId, Refusal> {
    one_of(act, name, &colleagues(&act.dir, act.person.unit, act.today))
}

fn one_of(act: &Act<'_>, name: &str, people: &[OfficialId]) -> Result<OfficialId, Refusal> {
    match find_by_name(name, people.iter().map(|id| (*id, act.name_of(*id)))) {
        Found::One(who) => Ok(who),
        Found::None => Err(Refusal::Told(act.words.nobody_named(quoted(name)))),
        Found::Several(all) => {
            let names: Vec<&str> = all.iter().map(|id| act.name_of(*id)).collect();
            Err(Refusal::Told(act.words.several_named(quoted(name), names.join(", "))))
        }
    }
}

/// No day may lie in a closed period of any unit of the person's.
async fn open_days(act: &mut Act<'_>, who: OfficialId, days: &[Days]) -> Result<(), Refusal> {
    let dir = act.dir.clone();
    let mut units: Vec<_> = dir.memberships_on(who, act.today).iter().map(|m| m.unit).collect();
    if units.is_empty() {
        units.push(act.person.unit); // whoever has left: the unit that asks
    }
    for unit in units {
        for (first, last) in days {
            let found = closed::touching(act.conn, unit, *first, *last).await?;
            if let Some(closed) = found.first() {
                let scheme = dir.unit(unit).map_or(Scheme::FifteenFourteen, |u| u.scheme);
                let label = match read_period(&closed.period, scheme, act.today) {
                    Ok((Some(period), "")) => act.words.period(&period),
                    _ => closed.period.clone(),
                };
                let day = closed.first.max(*first);
                return Err(Refusal::Told(act.words.leave_closed(day_month(day), label)));
            }
        }
    }
    Ok(())
}

async fn enter(act: &mut Act<'_>, who: OfficialId, read: &LeaveRead<'_>) -> Answer {
    let (words, unit, by) = (act.words, act.person.unit, act.person.official);
    let stand_in = read.stand_in.map(|name| member(act, name)).transpose()?;
    if stand_in == Some(who) {
        return Err(Refusal::Told(words.leave_self()));
    }
    let at = act.now.timestamp();
    let (mut changed, mut is_new) = (false, false);
    for (first, last) in &read.days {
        let mut held = leaves::of(act.conn, who, *first).await?;
        held.retain(|l| l.first <= *first && *last <= l.last);
        if held.iter().any(|l| l.stand_in == stand_in) {
            continue;
        }
        (changed, is_new) = (true, is_new || held.is_empty());
        // What is entered now stands in place of what was said of these days before.
        leaves::take_back(act.conn, who, (*first, *last), (by, at)).await?;
        let leave = Leave { id: 0, official: who, unit, first: *first, last: *last, stand_in };
        leaves::add(act.conn, &leave, (by, at)).await?;
    }
    let name = act.name_of(who).to_string();
    let days = days_words(act, &read.days);
    if !changed {
        // Nobody is told of it a second time.
        return Ok(vec![Reply::text(words.leave_already(name, days))]);
    }
    note(act, "leave", who, read, stand_in).await?;
    let working: usize = read.days.iter().map(|(a, b)| act.dir.calendar.working_days(*a, *b).count()).sum();
    let mut lines = vec![words.leave_done(&*name, &*days, number(working as i64))];
    let mut replies = Vec::new();
    match stand_in.map(|s| (s, act.name_of(s).to_string())) {
        Some((id, stand_in)) => {
            lines.push(words.leave_standin(&*name, stand_in));
            if id != by {
                replies.push(Reply::to(id, words.leave_told_standin(&*name, &*days, &*name)));
            }
        }
        None if !is_here(act, who) => {}
        None => {
            let at = if who == by { String::new() } else { format!("@{name} ") };
            let others = colleagues(&act.dir, unit, act.today);
            if let Some(other) = others.into_iter().find(|o| *o != who) {
                let line = format!("/nghi {at}{} @{}", typed(act, &read.days), act.name_of(other));
                lines.push(words.leave_no_standin(line));
            }
        }
    }
    if who != by && is_here(act, who) {
        let told = words.leave_told_official(act.name_of(by), &*days, typed(act, &read.days));
        replies.push(Reply::to(who, told));
    } else if who == by && is_new && working > QUIET {
        replies.extend(to_leads(act, &days, working, stand_in));
    }
    replies.insert(0, Reply::text(lines.join("\n")));
    Ok(replies)
}

/// The sender is away for long: a line to each other lead of the unit; the stand-in has one.
fn to_leads(act: &Act<'_>, days: &str, working: usize, stand_in: Option<OfficialId>) -> Vec<Reply> {
    let (words, me) = (act.words, act.person.official);
    let (name, n) = (act.name_of(me), number(working as i64));
    let line = match stand_in {
        Some(stand_in) => words.leave_told_lead_standin(name, days, n, act.name_of(stand_in)),
        None => words.leave_told_lead(name, days, n),
    };
    let leads = act.dir.members_of(act.person.unit).iter().filter(|m| m.role == Role::Lead && m.span.holds(act.today));
    let others = leads.map(|m| m.official).filter(|lead| *lead != me && Some(*lead) != stand_in);
    others.map(|lead| Reply::to(lead, line.clone())).collect()
}

async fn take_back(act: &mut Act<'_>, who: OfficialId, read: &LeaveRead<'_>) -> Answer {
    let (words, by, at) = (act.words, act.person.official, act.now.timestamp());
    let mut found = false;
    for days in &read.days {
        found |= leaves::take_back(act.conn, who, *days, (by, at)).await?;
    }
    let (name, days) = (act.name_of(who).to_string(), days_words(act, &read.days));
    if !found {
        return Err(Refusal::Told(words.leave_nothing_back(name, days)));
    }
    note(act, "leave_back", who, read, None).await?;
    Ok(vec![Reply::text(words.leave_taken_back(days, name))])
}

async fn note(
    act: &mut Act<'_>,
    kind: &'static str,
    who: OfficialId,
    read: &LeaveRead<'_>,
    stand_in: Option<OfficialId>,
) -> Result<(), Refusal> {
    let days: Vec<_> = read.days.iter().map(|(a, b)| json!([a.to_string(), b.to_string()])).collect();
    let detail = json!({"official": who.0, "days": days, "stand_in": stand_in.map(|s| s.0)});
    let unit = act.person.unit;
    Ok(act.change().note(Some(unit), kind, detail).await?)
}

async fn list(act: &mut Act<'_>, who: OfficialId) -> Answer {
    let words = act.words;
    let held = leaves::of(act.conn, who, act.today).await?;
    let name = act.name_of(who);
    if held.is_empty() {
        return Ok(vec![Reply::text([words.leave_none(name), words.leave_usage()].join("\n"))]);
    }
    let row = |l: &Leave| {
        let days = days_words(act, &[(l.first, l.last)]);
        match l.stand_in {
            Some(s) => words.leave_row_standin(days, act.name_of(s)),
            None => words.leave_row(days),
        }
    };
    let rows = held.iter().map(row);
    Ok(vec![Reply::text([words.leave_list(name)].into_iter().chain(rows).collect::<Vec<_>>().join("\n"))])
}

/// `23/11 – 25/11, 27/11`.
fn days_words(act: &Act<'_>, days: &[(NaiveDate, NaiveDate)]) -> String {
    let day = |d: &NaiveDate| short_day(*d, act.today);
    let one = |(a, b): &(NaiveDate, NaiveDate)| if a == b { day(a) } else { format!("{} – {}", day(a), day(b)) };
    days.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// As it is typed.
fn typed(act: &Act<'_>, days: &[(NaiveDate, NaiveDate)]) -> String {
    let day = |d: &NaiveDate| short_day(*d, act.today);
    let one = |(a, b): &(NaiveDate, NaiveDate)| if a == b { day(a) } else { format!("{}-{}", day(a), day(b)) };
    days.iter().map(one).collect::<Vec<_>>().join(", ")
}
