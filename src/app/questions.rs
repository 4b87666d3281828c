//! The questions about figures, as they are asked in chat: period, unit and field are read
//! here, the answers are worked out by [`super::summarise`] and its neighbours.

use chrono::{NaiveDate, NaiveDateTime};

use super::desk::Desk;
use super::reply::Reply;
use super::scope::{period_for, unit_for};
use super::summarise::{Facts, Question, summarise};
use super::{Act, Answer, Refusal, compare as comparing, explain as explaining, missing as asking, today as telling};
use crate::domain::field::FieldId;
use crate::domain::official::{Action, may};
use crate::domain::period::{Period, PeriodKind};
use crate::domain::unit::Unit;
use crate::grammar::day::{BadDay, read_day};
use crate::grammar::figure::read_figure;
use crate::grammar::fold::word_is;
use crate::grammar::period::read_two_periods;
use crate::grammar::vocabulary::FieldMatch;
use crate::report::compare::compare_text;
use crate::report::names::Names;
use crate::report::summary_text::{by_unit_text, summary_text};

/// What a question is about.
struct About {
    unit: Unit,
    period: Period,
    field: Option<FieldId>,
    /// `/tonghop donvi`: a line a unit.
    by_unit: bool,
}

/// `/tonghop [PERIOD] [FIELD|UNIT|donvi]`.
pub async fn summary(desk: &Desk, act: &mut Act<'_>, rest: &str) -> Answer {
    let about = about(desk, act, rest)?;
    let (dir, facts) = (act.dir.clone(), facts(act, &about).await?);
    let q = question(act, &dir, &about, &facts);
    let s = summarise(act.conn, &q).await?;
    let text = if about.by_unit && s.below.is_some() {
        by_unit_text(&s, act.words)
    } else {
        summary_text(&s, names(act), act.words)
    };
    Ok(vec![Reply::text(text)])
}

/// `/thieu [PERIOD] [UNIT]`.
pub async fn missing(desk: &Desk, act: &mut Act<'_>, rest: &str) -> Answer {
    let about = about(desk, act, rest)?;
    let (dir, facts) = (act.dir.clone(), facts(act, &about).await?);
    let q = question(act, &dir, &about, &facts);
    let missing = asking::missing(act.conn, &q).await?;
    Ok(vec![Reply::text(missing.text(names(act), act.words))])
}

/// `/sosanh PERIOD, PERIOD`; one alone is compared with the one before it.
pub async fn compare(act: &mut Act<'_>, rest: &str) -> Answer {
    let own = unit_for(act, "")?.clone();
    let read = read_two_periods(rest, own.scheme, act.today);
    let (first, second, rest) = read.map_err(|fault| Refusal::Told(act.words.period_fault(&fault)))?;
    let unit = unit_for(act, rest)?.clone();
    let first = first.unwrap_or_else(|| Period::month_containing(act.today, unit.scheme));
    let (first, second) = match second {
        Some(second) => (first, second),
        // A period in progress stands against as many days of the one before, as in /tonghop.
        None => (compared_with(&first, act.today).unwrap_or_else(|| first.clone()), first),
    };
    let dir = act.dir.clone();
    let about = About { unit, period: first, field: None, by_unit: false };
    let then = About { unit: about.unit.clone(), period: second, field: None, by_unit: false };
    let (known, known_then) = (facts(act, &about).await?, facts(act, &then).await?);
    let (q, q_then) = (question(act, &dir, &about, &known), question(act, &dir, &then, &known_then));
    let (a, b) = comparing::compare(act.conn, &q, &q_then).await?;
    Ok(vec![Reply::text(compare_text(&a, &b, act.words))])
}

/// The period before, or as many of its first days as have passed of this one.
fn compared_with(period: &Period, today: NaiveDate) -> Option<Period> {
    let before = period.before()?;
    let (from, to) = period.comparison(today)?;
    if to == before.to { Some(before) } else { Period::of(PeriodKind::Range { from, to }, period.scheme) }
}

/// `/visao FIGURE [FIELD] [PERIOD] [UNIT]`.
pub async fn explain(desk: &Desk, act: &mut Act<'_>, rest: &str) -> Answer {
    let Some((asked, rest)) = read_figure(rest, &act.dir.indicators) else {
        return Err(Refusal::Told(act.words.explain_usage()));
    };
    // The field may stand before the period or behind it.
    let vocabulary = desk.vocabulary(&act.dir, act.person.unit, act.today);
    let (field, rest) = match vocabulary.find_field(rest) {
        FieldMatch::Found { id, rest, near: None } | FieldMatch::NotInUse { id, rest, .. } => (Some(id), rest),
        _ => (None, rest),
    };
    let mut about = about(desk, act, rest)?;
    about.field = field.or(about.field);
    let (dir, facts, zone) = (act.dir.clone(), facts(act, &about).await?, act.zone);
    let q = question(act, &dir, &about, &facts);
    let told = explaining::explain(act.conn, &q, asked, zone, act.words).await?;
    Ok(vec![Reply::text(told.text(names(act), act.words))])
}

/// `/homnay [DAY]`.
pub async fn today(act: &mut Act<'_>, rest: &str) -> Answer {
    let (day, rest) = match read_day(rest, act.today) {
        None => (act.today, rest),
        Some(read) => match read.day {
            Ok(day) => (day, read.rest),
            Err(BadDay::Future { last: Some(last), .. }) => (last, read.rest),
            Err(_) => return Err(Refusal::Told(act.words.bad_date(read.word))),
        },
    };
    let unit = unit_for(act, rest)?.clone();
    let dir = act.dir.clone();
    let facts = Facts::load(act.conn, &dir, &dir.subtree(unit.id), (day, day)).await?;
    let told = telling::today(act.conn, &dir, &unit, day, (&facts, act.words)).await?;
    Ok(vec![Reply::text(told.text(names(act), act.words))])
}

/// Reads `[PERIOD] [FIELD|UNIT|donvi]`.
fn about(desk: &Desk, act: &Act<'_>, rest: &str) -> Result<About, Refusal> {
    let own = unit_for(act, "")?;
    let (period, rest) = period_for(rest, own.scheme, act.today, act.words)?;
    if word_is(rest, "donvi") {
        return Ok(About { unit: own.clone(), period, field: None, by_unit: true });
    }
    let vocabulary = desk.vocabulary(&act.dir, own.id, act.today);
    let named = vocabulary.find_field(rest);
    if let FieldMatch::Found { id, rest: "", near: None } | FieldMatch::NotInUse { id, rest: "", .. } = named {
        return Ok(About { unit: own.clone(), period, field: Some(id), by_unit: false });
    }
    let unit = match (unit_for(act, rest), named) {
        // Neither a unit nor quite a field: a slip in a field's name is the likelier.
        (Err(_), FieldMatch::Found { id, rest: "", .. }) => {
            return Ok(About { unit: own.clone(), period, field: Some(id), by_unit: false });
        }
        (unit, _) => unit?,
    };
    // A unit of another scheme has other days for the same words.
    let period = match period.kind {
        PeriodKind::Range { .. } => period,
        kind => Period::of(kind, unit.scheme).unwrap_or(period),
    };
    Ok(About { unit: unit.clone(), period, field: None, by_unit: false })
}

/// What else is known about the unit and the period.
async fn facts(act: &mut Act<'_>, about: &About) -> Result<Facts, Refusal> {
    let dir = act.dir.clone();
    let today = act.origin.sent_at.with_timezone(&act.zone).date_naive();
    let span = (about.period.from, about.period.end(today));
    Ok(Facts::load(act.conn, &dir, &dir.subtree(about.unit.id), span).await?)
}

fn question<'a>(
    act: &Act<'_>,
    dir: &'a crate::store::directory::Directory,
    about: &'a About,
    facts: &'a Facts,
) -> Question<'a> {
    let now: NaiveDateTime = act.origin.sent_at.with_timezone(&act.zone).naive_local();
    Question { dir, unit: &about.unit, period: &about.period, field: about.field, now, facts }
}

/// Whose names this person may see here.
fn names<'a>(act: &'a Act<'_>) -> Names<'a> {
    match act.origin.private {
        false => Names::None,
        true if may(act.person.role, Action::SeeMissing) => Names::All,
        true => Names::Own(act.name_of(act.person.official)),
    }
}
