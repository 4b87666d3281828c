//! What a line comes to: figures, day and field put together, with lines ready to copy.

use chrono::NaiveDate;

use crate::domain::figure::Subject;
use crate::domain::replay::{Entry, Op};

use super::super::lex::Token;
use super::super::near::LETTERS_MIN;
use super::super::vocabulary::joined;
use super::figures::{Figures, Verdict, judge};
use super::header::Day;
use super::line::Stretch;
use super::reader::{Block, Reader};
use super::{Ask, Bad, Good, Judged, Reason, Scope, What};

impl<'a> Reader<'_, 'a> {
    /// Puts figures, day and field together.
    pub fn verdict(&mut self, stretch: &Stretch<'a>, scope: Scope, near: Option<String>, verdict: Verdict) {
        if self.aside.is_some() {
            return self.refuse_behind_aside(stretch, scope, verdict.body());
        }
        let (_, date) = self.day_of(stretch.day);
        let Ok(date) = date else { return self.bad_day(stretch, scope, &verdict) };
        match verdict {
            Verdict::Zero => self.good(stretch, scope, near, What::Zero),
            Verdict::Read { entries, stated_pending, body } => match self.under_stray(stretch.day) {
                Some(day) => self.under_day(stretch, day, scope, &body),
                None => match self.said_otherwise(stretch.line, (date, scope), &entries) {
                    Some((subject, reason)) => {
                        let word = self.vocabulary().subject_word(subject).unwrap_or_default().to_string();
                        let fixes = self.ready_lines(stretch, scope, &[body]);
                        self.bad((stretch.line, stretch.source), word, reason, fixes);
                    }
                    None => self.good(stretch, scope, near, What::Entries { entries, stated_pending }),
                },
            },
            Verdict::Bad { word, reason, bodies } => {
                let fixes = self.ready_lines(stretch, scope, &bodies);
                self.bad((stretch.line, stretch.source), word, reason, fixes);
            }
            Verdict::Ask { word, bodies } => {
                let readings = self.ready_lines(stretch, scope, &bodies);
                self.ask(stretch, word, readings);
            }
        }
    }

    /// The figure of `entries` that the same line has already given another number:
    /// `ht ol 3 ht ol 4`.
    fn said_otherwise(
        &self,
        line: usize,
        (day, scope): (NaiveDate, Scope),
        entries: &[Entry],
    ) -> Option<(Subject, Reason)> {
        let earlier = self.lines.iter().filter_map(|l| match l {
            Judged::Good(good) if (good.line, good.day, good.scope) == (line, day, scope) => match &good.what {
                What::Entries { entries, .. } => Some(entries),
                What::Zero => None,
            },
            _ => None,
        });
        let sets = |e: &Entry| if let Op::Set(n) = e.op { Some((e.subject, n)) } else { None };
        let said: Vec<(Subject, i64)> = earlier.flatten().filter_map(sets).collect();
        entries.iter().filter_map(sets).find_map(|(subject, second)| {
            let (_, first) = *said.iter().find(|(s, n)| *s == subject && *n != second)?;
            Some((subject, Reason::Twice { first, second }))
        })
    }

    pub fn good(&mut self, stretch: &Stretch<'a>, scope: Scope, near: Option<String>, what: What) {
        if self.aside.is_some() {
            return self.refuse_behind_aside(stretch, scope, Some("khong"));
        }
        match self.day_of(stretch.day) {
            (Some(day), Ok(_)) if what == What::Zero && self.under_stray(stretch.day).is_some() => {
                self.under_day(stretch, day, scope, "khong");
            }
            (_, Ok(day)) => {
                let source = stretch.source.to_string();
                self.lines.push(Judged::Good(Good { line: stretch.line, source, day, scope, near, what }));
            }
            (_, Err(_)) => self.bad_day(stretch, scope, &Verdict::Zero),
        }
    }

    pub fn bad(&mut self, at: (usize, &str), word: String, reason: Reason, fixes: Vec<String>) {
        self.lines.push(Judged::Bad(Bad { line: at.0, source: at.1.to_string(), word, reason, fixes }));
    }

    fn ask(&mut self, stretch: &Stretch<'a>, word: String, readings: Vec<String>) {
        let source = stretch.source.to_string();
        self.lines.push(Judged::Ask(Ask { line: stretch.line, source, word, readings }));
    }

    /// `phi 50.000` below `ht ol 3`: of the field, or of the whole unit?
    pub fn field_or_unit(&mut self, stretch: &Stretch<'a>, block: &Block<'a>) {
        let vocabulary = self.vocabulary();
        let field = Scope::Field(vocabulary.field_id(block.place));
        let verdict = judge(Figures::of(stretch.text, vocabulary), &stretch.scan.items);
        let stretch = &Stretch { day: stretch.day.or(block.day), ..stretch.clone() };
        let one = |scope| verdict.body().map(|body| self.ready_lines(stretch, scope, &[body.to_string()]));
        match (one(field), one(Scope::Unit)) {
            (_, unit) if !vocabulary.in_use(block.place) => {
                let code = vocabulary.field_code(block.place).to_string();
                self.bad((stretch.line, stretch.source), code, Reason::FieldNotEnabled, unit.unwrap_or_default());
            }
            (Some(field), Some(unit)) if self.day_of(stretch.day).1.is_ok() => {
                let word = stretch.scan.items.first().map_or("", |i| &stretch.text[i.from..i.to]).to_string();
                self.ask(stretch, word, [field, unit].concat());
            }
            _ => self.verdict(stretch, field, None, verdict),
        }
    }

    /// `khac khong`, with nothing behind it but a day.
    pub fn rest(&mut self, stretch: &Stretch<'a>, word: &str) {
        self.close_block();
        match stretch.scan.items.first() {
            None => self.good(stretch, Scope::Rest, None, What::Zero),
            Some(item) => {
                let extra = stretch.text[item.from..item.to].to_string();
                let fixes = self.ready_lines(stretch, Scope::All, &[word.to_string()]);
                self.bad((stretch.line, stretch.source), extra, Reason::UnknownWord, fixes);
            }
        }
    }

    /// No field of ours: offers those in use that are one slip away, also from short codes.
    pub fn unknown_field(&mut self, stretch: &Stretch<'a>, tokens: &[Token], word: &str) {
        self.close_block();
        let vocabulary = self.vocabulary();
        let typed = joined(tokens);
        let near: Vec<usize> = if typed.len() < LETTERS_MIN {
            vocabulary.fields_near(&typed).collect()
        } else {
            vocabulary.near_field(tokens).into_iter().map(|(place, _)| place).collect()
        };
        let verdict = judge(Figures::of(stretch.text, vocabulary), &stretch.scan.items);
        let body = verdict.body().filter(|_| !stretch.scan.items.is_empty());
        let line = |place: &usize| {
            let scope = Scope::Field(vocabulary.field_id(*place));
            body.map(|b| self.ready_lines(stretch, scope, &[b.to_string()])).unwrap_or_default()
        };
        let fixes = near.iter().take(3).flat_map(line).collect();
        self.bad((stretch.line, stretch.source), word.to_string(), Reason::UnknownField, fixes);
    }

    /// A line on a day that cannot be: the day is named, and today offered for a slip ahead.
    fn bad_day(&mut self, stretch: &Stretch<'a>, scope: Scope, verdict: &Verdict) {
        let (typed, date) = self.day_of(stretch.day);
        let reason = date.err().unwrap_or(Reason::BadDate);
        let fixes = match verdict.body() {
            Some(body) if reason == Reason::FutureDay => {
                let whose = self.header.colleague.as_ref();
                vec![self.ready(Some(self.context.today), (whose, scope), body)]
            }
            _ => Vec::new(),
        };
        let word = typed.map_or("", |d| d.raw).to_string();
        self.bad((stretch.line, stretch.source), word, reason, fixes);
    }

    /// A line below a day alone comes back with that day in it.
    fn under_day(&mut self, stretch: &Stretch<'a>, day: Day<'a>, scope: Scope, body: &str) {
        let fixes = self.ready_lines(stretch, scope, &[body.to_string()]);
        self.bad((stretch.line, stretch.source), day.raw.to_string(), Reason::DayAlone, fixes);
    }

    /// Corrected lines of figures, with the day that was typed for them, or that of the
    /// message where the answer is read on another; none where that
    /// day cannot be, or where they may be somebody else's.
    pub fn ready_lines(&self, stretch: &Stretch<'a>, scope: Scope, bodies: &[String]) -> Vec<String> {
        if bodies.is_empty() {
            return Vec::new();
        }
        match (self.day_of(stretch.day), self.whose(stretch)) {
            ((typed, Ok(date)), Ok(whose)) => {
                let about = (whose.as_ref(), scope);
                let day = (typed.is_some() || date != self.context.read_on).then_some(date);
                bodies.iter().map(|b| self.ready(day, about, b)).collect()
            }
            _ => Vec::new(),
        }
    }
}
