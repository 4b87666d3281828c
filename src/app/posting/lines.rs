//! From lines as read to lines as stored: closed days, zero days of all fields held, what
//! was named (for the echo), what was stated (`con 5`).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::limits::{self, Over};
use super::refused::{self, Refused};
use crate::app::{Refusal, Scene};
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, IndicatorId, Subject};
use crate::domain::official::{OfficialId, Role};
use crate::domain::replay::{Entry, Op, Said};
use crate::domain::unit::UnitId;
use crate::grammar::post::{Good, Judged, Reading, Scope, What};
use crate::store::Connection;
use crate::store::closed::{self, Closed};
use crate::store::posts::{Key, Line, LineSaid};

/// What one message names about one key.
#[derive(Clone, Debug, Default)]
pub struct Named {
    pub figures: BTreeSet<Figure>,
    pub indicators: BTreeSet<IndicatorId>,
    pub zero: bool,
}

/// A message after judgement.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    pub lines: Vec<Line>,
    /// Keys in the order in which the message speaks of them.
    pub order: Vec<Key>,
    pub named: BTreeMap<Key, Named>,
    /// `con N` by day and field.
    pub stated: Vec<(NaiveDate, FieldId, i64)>,
    /// Fields accepted although one slip away: as typed.
    pub near: Vec<(String, FieldId)>,
    pub refused: Vec<Refused>,
    /// The last figure named, for the closing line of the echo.
    pub last: Option<(Key, Subject)>,
    /// The message is `/nhap khong` and nothing else.
    pub all_zero: bool,
    /// The good lines, where one adds to what stands.
    pub adding: Vec<Good>,
    /// What a line `khong` sets to zero.
    pub wiped: BTreeSet<Key>,
    /// `khac khong` was said: fields without a post are shown as a group.
    pub rest_zero: bool,
}

impl Judgement {
    pub fn keys(&self) -> Vec<Key> {
        self.order.clone()
    }

    /// The message without the lines that would lead over the limit.
    pub fn without(self, scene: &Scene<'_>, whose: (UnitId, OfficialId), over: &[Over]) -> Judgement {
        let mut out = Judgement { refused: self.refused, ..Judgement::default() };
        for good in self.adding {
            match over.iter().find(|o| o.is_in(&good)) {
                Some(over) => out.refused.push(refused::over_limit(scene, &good, over)),
                None => out.take(scene, whose, good),
            }
        }
        out.refused.sort_by_key(|r| r.line);
        out
    }

    /// Whether the message itself gives a figure of a key its number.
    pub fn sets(&self, key: Key, subject: Subject) -> bool {
        let is_set = |said| matches!(said, Said::Entry(Entry { subject: s, op: Op::Set(_) }) if s == subject);
        self.lines.iter().any(|l| l.key == key && matches!(l.said, LineSaid::Said(said) if is_set(said)))
    }
}

/// Days that good lines speak of.
pub fn days_of(reading: &Reading) -> BTreeSet<NaiveDate> {
    reading.lines.iter().filter_map(|l| if let Judged::Good(g) = l { Some(g.day) } else { None }).collect()
}

/// Judges each line by the unit's own facts: a line for a closed day is refused by itself.
/// An edit, which is refused whole, is judged without closed periods.
pub fn judge(
    scene: &Scene<'_>,
    (unit, about): (UnitId, OfficialId),
    reading: Reading,
    closed: &[Closed],
) -> Result<Judgement, Refusal> {
    let adding = reading.lines.iter().any(|l| matches!(l, Judged::Good(g) if limits::adds(g)));
    let mut out = Judgement { all_zero: !reading.lines.is_empty(), ..Judgement::default() };
    for line in reading.lines {
        match line {
            Judged::Good(good) => {
                out.all_zero &= matches!(good.scope, Scope::All);
                match closed.iter().find(|c| c.covers(good.day)) {
                    Some(c) => out.refused.push(refused::closed(scene, &good, c)),
                    None if !is_of_unit(scene, (unit, about), good.day) => {
                        out.refused.push(refused::not_a_member(scene, about, &good));
                    }
                    None => {
                        out.adding.extend(adding.then(|| good.clone()));
                        out.take(scene, (unit, about), good);
                    }
                }
            }
            Judged::Bad(bad) => out.refused.push(refused::bad(scene, bad)),
            Judged::Ask(ask) => out.refused.push(refused::ask(scene, ask)),
        }
    }
    out.all_zero &= out.refused.is_empty();
    if out.lines.is_empty() && out.refused.is_empty() && out.stated.is_empty() && (out.all_zero || out.rest_zero) {
        return Err(Refusal::Told(no_fields(scene, about)));
    }
    Ok(out)
}

/// Whether a day may be posted for a person: any for who is in the unit now (a day before
/// they joined is only doubted), for who has left the days when they were.
fn is_of_unit(scene: &Scene<'_>, (unit, about): (UnitId, OfficialId), day: NaiveDate) -> bool {
    let member = |day| scene.dir.membership(about, unit, day).is_some();
    about == scene.person.official || member(scene.today) || member(day)
}

/// Nobody's fields: a lead is not sent to themselves.
fn no_fields(scene: &Scene<'_>, about: OfficialId) -> String {
    match about == scene.person.official {
        false => scene.words.no_fields_of(scene.name_of(about)),
        true if scene.person.role == Role::Lead => scene.words.no_fields_lead(),
        true => scene.words.no_fields_held(),
    }
}

impl Judgement {
    fn take(&mut self, scene: &Scene<'_>, (unit, about): (UnitId, OfficialId), good: Good) {
        let fields: Vec<Option<FieldId>> = match good.scope {
            Scope::Field(f) => vec![Some(f)],
            Scope::Unit => vec![None],
            Scope::Rest | Scope::All => {
                let member = scene
                    .dir
                    .membership(about, unit, good.day)
                    .or_else(|| scene.dir.membership(about, unit, scene.today));
                member.map(|m| m.fields_on(good.day).map(Some).collect()).unwrap_or_default()
            }
        };
        if let (Some(typed), Scope::Field(f)) = (&good.near, good.scope) {
            self.near.push((typed.clone(), f));
        }
        self.rest_zero |= good.scope == Scope::Rest;
        for field in fields {
            let key = Key { official: about, day: good.day, field };
            if good.scope == Scope::All {
                self.wiped.insert(key);
            }
            self.say(key, good.scope, &good.what);
        }
    }

    fn say(&mut self, key: Key, scope: Scope, what: &What) {
        match what {
            What::Zero => {
                // `khac khong` leaves what stands, before it or after it in the message.
                let said = if scope == Scope::Rest { Said::Present } else { Said::Zero };
                self.push(key, said);
                self.named.entry(key).or_default().zero = true;
            }
            What::Entries { entries, stated_pending } => {
                for entry in entries {
                    self.push(key, Said::Entry(*entry));
                    self.name(key, entry);
                }
                if let (Some(n), Some(field)) = (stated_pending, key.field) {
                    self.stated.push((key.day, field, *n));
                    if !entries.is_empty() {
                        self.lines.push(Line { key, said: LineSaid::StatedPending(*n) });
                    }
                }
            }
        }
    }

    fn push(&mut self, key: Key, said: Said) {
        if !self.order.contains(&key) {
            self.order.push(key);
        }
        self.lines.push(Line { key, said: LineSaid::Said(said) });
    }

    fn name(&mut self, key: Key, entry: &Entry) {
        let named = self.named.entry(key).or_default();
        match entry.subject {
            Subject::Figure(f) => named.figures.insert(f),
            Subject::Indicator(i) => named.indicators.insert(i),
        };
        self.last = Some((key, entry.subject));
    }
}

/// The first of `days` that a closed period of the unit covers.
pub async fn closed_day(
    conn: &mut Connection,
    unit: UnitId,
    days: &BTreeSet<NaiveDate>,
) -> Result<Option<(NaiveDate, Closed)>, Refusal> {
    let (Some(from), Some(to)) = (days.first(), days.last()) else { return Ok(None) };
    let closed = closed::touching(conn, unit, *from, *to).await?;
    Ok(days.iter().find_map(|d| closed.iter().find(|c| c.covers(*d)).map(|c| (*d, c.clone()))))
}
