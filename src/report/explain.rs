//! `/visao FIGURE [FIELD] [PERIOD]`: the entries a figure is made of. They always add up
//! to it: what was carried in, then a line a day and official.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::domain::period::Period;
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::{date, day_month, number};

/// How many entries one answer lists.
const LISTED: usize = 40;

/// A figure taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `Tiếp nhận`, `Trực tuyến`, `Số hóa thành phần hồ sơ`…
    pub figure: String,
    pub unit_name: String,
    pub field_name: Option<String>,
    pub period: Period,
    pub to_date: Option<NaiveDate>,
    /// As the summary has it.
    pub value: i64,
    /// Balance brought in, for figures that hold it.
    pub carried: Option<i64>,
    /// The late part of opening balances that nobody has stated anew since.
    pub openings: Vec<(NaiveDate, i64)>,
    /// Overdue dossiers as the register has them, where the figure is the late part.
    pub register_late: Option<i64>,
    /// What stands at the end rather than what came on a day.
    pub standing: bool,
    pub entries: Vec<Line>,
}

/// One entry: a number, whose, and when it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `None` where the line is all of a unit below.
    pub day: Option<NaiveDate>,
    /// Named when the question was about all fields.
    pub field: Option<String>,
    /// Name of the official, or of the unit below.
    pub who: String,
    pub value: i64,
    pub when: Option<DateTime<Tz>>,
}

impl Explanation {
    pub fn text(&self, names: Names<'_>, words: &Words) -> String {
        let mut lines = vec![words.explain_title(&self.figure, number(self.value)), self.place(words)];
        if let Some(carried) = self.carried {
            lines.push(words.summary_carried(number(carried)));
        }
        lines.extend(self.openings.iter().map(|(day, n)| words.explain_opening(date(*day), number(*n))));
        let entries = if names == Names::None { self.without_people() } else { self.entries.clone() };
        lines.extend(entries.iter().take(LISTED).map(|e| self.line(e, words)));
        if entries.len() > LISTED {
            let rest = &entries[LISTED..];
            let sum: i64 = rest.iter().map(|e| e.value).sum();
            lines.push(words.explain_more(rest.len().to_string(), number(sum)));
        }
        if let Some(n) = self.register_late {
            lines.push(words.explain_register_late(number(n)));
        }
        if entries.is_empty() && self.openings.is_empty() && self.carried.unwrap_or(0) == 0 {
            lines.push(words.explain_none().to_string());
        }
        lines.join("\n")
    }

    /// `Hộ tịch · UBND xã A · Tháng 11/2026 (đến ngày 10/11/2026)`.
    fn place(&self, words: &Words) -> String {
        let mut period = words.period(&self.period);
        if let Some(day) = self.to_date {
            period = words.summary_to_date(period, date(day));
        }
        let parts = self.field_name.iter().cloned().chain([self.unit_name.clone(), period]);
        parts.collect::<Vec<_>>().join(" · ")
    }

    fn line(&self, e: &Line, words: &Words) -> String {
        let mut about = Vec::new();
        if let (Some(day), false) = (e.day, self.standing) {
            about.push(day_month(day));
        }
        about.extend(e.field.iter().cloned());
        if !e.who.is_empty() {
            about.push(e.who.clone());
        }
        let line = words.explain_entry(about.join(" · "), number(e.value));
        let said = e.when.map(|t| t.format("%H:%M %d/%m/%Y").to_string());
        match (e.day, said) {
            (Some(day), Some(said)) if self.standing => words.explain_stated_said(line, date(day), said),
            (Some(day), None) if self.standing => words.explain_stated(line, date(day)),
            (_, Some(said)) => words.explain_said(line, said),
            _ => line,
        }
    }

    /// In a group: the numbers of a day and field together, nobody named.
    fn without_people(&self) -> Vec<Line> {
        let mut out: Vec<Line> = Vec::new();
        for e in &self.entries {
            let day = if self.standing { None } else { e.day };
            // A unit below is no person.
            let who = if e.day.is_none() { e.who.clone() } else { String::new() };
            match out.iter_mut().find(|o| o.day == day && o.field == e.field && o.who == who) {
                Some(same) => same.value += e.value,
                None => out.push(Line { day, who, when: None, ..e.clone() }),
            }
        }
        out
    }
}
