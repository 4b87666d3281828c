//! Messages of the nagging clock in words.

use chrono::{NaiveDate, NaiveDateTime};

use crate::app::summarise::called;
use crate::domain::nag::absence::Snooze;
use crate::domain::nag::facts::{Due, Ending, Holding, LeadMorning, Message, Missing, Part, Say, World};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::grammar::fold::fold;
use crate::grammar::post::template_line;
use crate::report::echo::weekday;
use crate::report::missing::named;
use crate::report::workbook::check_words;
use crate::store::directory::Directory;
use crate::words::Words;
use crate::words::numbers::{count, day_month, number};

/// Dossiers of one list written out.
const LISTED: usize = 10;
/// Failing checks written out.
const NAMED: usize = 5;

/// What the sentences are made with.
pub struct Saying<'a> {
    pub dir: &'a Directory,
    pub world: &'a World<'a>,
    pub words: &'static Words,
}

impl Saying<'_> {
    /// The whole message. Parts are headed by their unit for whoever works in several.
    pub fn text(&self, message: &Message, reader: Option<OfficialId>) -> String {
        let today = self.world.today();
        let several = reader.is_some_and(|who| self.dir.memberships_on(who, today).len() > 1)
            || message.parts.iter().any(|p| Some(p.unit) != message.parts.first().map(|p| p.unit));
        let mut blocks = Vec::new();
        let mut headed = None;
        for part in &message.parts {
            let mut lines = Vec::new();
            if several && headed != Some(part.unit) {
                headed = Some(part.unit);
                lines.push(self.heading(part, reader));
            }
            lines.extend(self.part(part, reader));
            blocks.push(lines.join("\n"));
        }
        blocks.join("\n\n")
    }

    /// A reminder's lines go to the current unit: of another one the way there is told.
    fn heading(&self, part: &Part, reader: Option<OfficialId>) -> String {
        let Some(unit) = self.dir.unit(part.unit) else { return String::new() };
        let current = reader.and_then(|who| {
            let first = || self.dir.memberships_on(who, self.world.today()).first().map(|m| m.unit);
            self.dir.official(who)?.current_unit.or_else(first)
        });
        let to_post = matches!(part.say, Say::Remind { .. });
        if to_post && current != Some(part.unit) {
            return self.words.nag_unit_other(&*unit.name, &*unit.code);
        }
        self.words.nag_unit(&*unit.name)
    }

    fn part(&self, part: &Part, reader: Option<OfficialId>) -> Vec<String> {
        let (words, today) = (self.words, day_month(self.world.today()));
        match &part.say {
            Say::Digest(held) => self.digest(part.unit, held, reader),
            Say::Remind { fields, last } => {
                let head = if *last { words.nag_remind_last(today) } else { words.nag_remind(today) };
                let fields = fields.iter().filter_map(|f| self.dir.field(*f));
                [head].into_iter().chain(fields.map(|f| template_line(&fold(&f.code)))).collect()
            }
            Say::LeadMorning(say) => self.lead_morning(part.unit, say),
            Say::Leader { overdue, overdue_all, missing } => self.leader(part.unit, (overdue, *overdue_all), missing),
            Say::Parent(below) => {
                let mut lines = match below.missing.len() {
                    0 => vec![words.nag_parent_complete()],
                    n => vec![words.nag_parent_missing(number(n as i64), self.units(&below.missing))],
                };
                if below.overdue > 0 {
                    lines.push(words.nag_parent_overdue(number(below.overdue as i64)));
                }
                lines
            }
            Say::LeadEvening { expected, missing, today: (received, resolved), unreachable, away } => {
                let all = count(*expected);
                let mut lines = match missing.len() {
                    0 => vec![words.nag_evening_all(today, &*all, &*all)],
                    n => vec![
                        words.nag_evening(today, count(expected - n), all),
                        words.nag_missing(self.missing(part.unit, missing)),
                    ],
                };
                if !away.is_empty() {
                    lines.push(words.nag_away(self.names(part.unit, away).join(", ")));
                }
                lines.push(words.echo_day(number(*received), number(*resolved)));
                if !unreachable.is_empty() {
                    lines.push(words.nag_unreachable(self.names(part.unit, unreachable).join(", ")));
                }
                lines
            }
            Say::Group { posted, expected } => vec![words.nag_group(count(*posted), count(*expected))],
        }
    }

    fn digest(&self, unit: UnitId, held: &[Holding], reader: Option<OfficialId>) -> Vec<String> {
        let (words, today) = (self.words, self.world.today());
        let mut lines = vec![words.nag_digest_title(weekday(words, today), day_month(today))];
        for h in held {
            lines.extend(h.instead_of.map(|who| self.instead_of(unit, who, reader)));
            if !h.today.is_empty() {
                lines.push(words.nag_digest_today(number(h.today.len() as i64)));
                lines.extend(self.listed(&h.today, |d| words.nag_code(&*d.code)));
            }
            if !h.soon.is_empty() {
                lines.push(words.nag_digest_soon(number(h.soon.len() as i64)));
                let due = |d: &Due| words.nag_code_due(&*d.code, weekday(words, d.due), day_month(d.due));
                lines.extend(self.listed(&h.soon, due));
            }
            if !h.overdue.is_empty() {
                lines.push(words.nag_digest_overdue(number(h.overdue.len() as i64)));
                lines.extend(self.listed(&h.overdue, |d| self.late(d)));
            }
        }
        let first = held.iter().flat_map(|h| h.today.iter().chain(&h.overdue).chain(&h.soon)).next();
        lines.extend(first.map(|d| words.nag_digest_foot(tail(d))));
        lines
    }

    fn late(&self, due: &Due) -> String {
        let days = self.days_late(due);
        if due.explained || self.world.working_days_late(due.due) <= 1 {
            return self.words.nag_code_late(&*due.code, days);
        }
        self.words.nag_code_late_no_reason(&*due.code, days)
    }

    fn days_late(&self, due: &Due) -> String {
        number((self.world.today() - due.due).num_days())
    }

    fn instead_of(&self, unit: UnitId, who: OfficialId, reader: Option<OfficialId>) -> String {
        let (name, today) = (self.name(unit, who), self.world.today());
        let Some(leave) = self.world.absences.of(who, today) else { return self.words.nag_digest_new(name) };
        let until = day_month(leave.last);
        match self.world.absences.stand_in(who, unit, today) {
            stand_in if stand_in.is_some() && stand_in == reader => self.words.nag_digest_standin(name, until),
            _ => self.words.nag_digest_no_standin(name, until),
        }
    }

    fn listed(&self, dossiers: &[Due], line: impl Fn(&Due) -> String) -> Vec<String> {
        let more = dossiers.len().checked_sub(LISTED).filter(|n| *n > 0);
        let more = more.map(|n| self.words.nag_more(number(n as i64)));
        dossiers.iter().take(LISTED).map(line).chain(more).collect()
    }

    fn lead_morning(&self, unit: UnitId, say: &LeadMorning) -> Vec<String> {
        let words = self.words;
        let mut lines = Vec::new();
        if let Some((day, missing)) = &say.missing {
            lines.push(words.nag_missing_day(day_month(*day), self.missing(unit, missing)));
        }
        if let Some((first, _)) = say.unexplained.first() {
            lines.push(words.nag_unexplained(number(say.unexplained.len() as i64)));
            let dossiers: Vec<Due> = say.unexplained.iter().map(|(d, _)| d.clone()).collect();
            let snooze = |d: &Due| say.unexplained.iter().find(|(u, _)| u.id == d.id).and_then(|(_, s)| s.as_ref());
            lines.extend(self.listed(&dossiers, |d| self.late_held(unit, d, snooze(d))));
            lines.push(words.nag_unexplained_foot(tail(first)));
        }
        for (who, today, overdue) in &say.unreachable {
            lines.push(words.nag_unreachable_holds(self.name(unit, *who), count(*today), count(*overdue)));
        }
        if let Some(ending) = &say.ending {
            lines.extend(self.ending(ending));
        }
        lines
    }

    fn late_held(&self, unit: UnitId, due: &Due, snooze: Option<&Snooze>) -> String {
        let days = self.days_late(due);
        match due.holder {
            Some(who) => self.words.nag_code_late_holder(&*due.code, days, self.snoozed(self.name(unit, who), snooze)),
            None => self.words.nag_code_late(&*due.code, days),
        }
    }

    fn ending(&self, ending: &Ending) -> Vec<String> {
        let words = self.words;
        let labels: Vec<String> = ending.periods.iter().map(|p| words.period(p)).collect();
        let day = ending.last_working_day;
        let mut lines = vec![words.nag_ending(labels.join(", "), weekday(words, day), day_month(day))];
        let missing = &ending.complete.missing;
        if !ending.incomplete.is_empty() {
            let units = named(&ending.incomplete, words);
            lines.push(words.nag_ending_units(count(ending.incomplete.len()), units));
        } else if missing.is_empty() {
            lines.push(words.nag_ending_complete());
        } else {
            let called = &ending.complete.called;
            let short = |name: &String| called.get(name).unwrap_or(name).clone();
            let mut days: Vec<String> = Vec::new();
            for m in missing.iter().take(Ending::DAYS) {
                let who: Vec<String> = m.officials.iter().map(short).collect();
                let names = if who.is_empty() { String::new() } else { format!(" ({})", who.join(", ")) };
                days.push(format!("{}{names}", day_month(m.day)));
            }
            if let Some(more) = missing.len().checked_sub(Ending::DAYS).filter(|n| *n > 0) {
                days.push(words.summary_more_days(count(more)));
            }
            lines.push(words.nag_ending_missing(days.join(", ")));
        }
        for check in ending.failing.iter().take(NAMED) {
            let (title, place) = (check_words::title(&check.rule, words), check_words::place(&check.place, words));
            lines.push(words.nag_ending_failing(title, place, check_words::remedy(check, words)));
        }
        if ending.failing.len() > NAMED {
            lines.push(words.nag_more_checks(count(ending.failing.len() - NAMED)));
        }
        lines
    }

    fn leader(
        &self,
        unit: UnitId,
        (new, all): (&[Due], usize),
        missing: &[(OfficialId, Vec<NaiveDate>)],
    ) -> Vec<String> {
        let words = self.words;
        let mut lines = Vec::new();
        if !new.is_empty() {
            lines.push(words.nag_leader_overdue(number(all as i64), number(new.len() as i64)));
            lines.extend(self.listed(new, |d| self.late_held(unit, d, None)));
        }
        if let Some((_, days)) = missing.first() {
            let who: Vec<OfficialId> = missing.iter().map(|(who, _)| *who).collect();
            let day = |n: usize| days.get(n).map_or(String::new(), |d| day_month(*d));
            lines.push(words.nag_leader_missing(day(0), day(1), self.names(unit, &who).join(", ")));
        }
        lines
    }

    fn missing(&self, unit: UnitId, missing: &[Missing]) -> String {
        let line = |m: &Missing| self.snoozed(self.name(unit, m.who), m.snooze.as_ref());
        missing.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    fn snoozed(&self, name: String, snooze: Option<&Snooze>) -> String {
        match snooze {
            None => name,
            Some(s) if s.reason.is_empty() => self.words.nag_snoozed_no_reason(name, self.until(s.until)),
            Some(s) => self.words.nag_snoozed(name, self.until(s.until), &*s.reason),
        }
    }

    fn until(&self, until: NaiveDateTime) -> String {
        until_words(until, self.world.today())
    }

    fn units(&self, units: &[UnitId]) -> String {
        let names: Vec<String> = units.iter().filter_map(|u| Some(self.dir.unit(*u)?.name.clone())).collect();
        named(&names, self.words)
    }

    fn names(&self, unit: UnitId, who: &[OfficialId]) -> Vec<String> {
        who.iter().map(|id| self.name(unit, *id)).collect()
    }

    /// As the unit calls the person.
    fn name(&self, unit: UnitId, who: OfficialId) -> String {
        let full = self.dir.official(who).map_or("", |o| o.name.as_str());
        called(self.dir, unit, [who].into_iter()).remove(full).unwrap_or_else(|| full.to_string())
    }
}

/// `16:30`, or of another day `07:00 23/11`.
pub fn until_words(until: NaiveDateTime, today: NaiveDate) -> String {
    let time = until.format("%H:%M");
    if until.date() == today { time.to_string() } else { format!("{time} {}", day_month(until.date())) }
}

/// The last part of a code: enough on a phone.
fn tail(due: &Due) -> &str {
    due.code.rsplit('-').next().unwrap_or(&due.code)
}
