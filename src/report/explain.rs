//! `/visao FIGURE [FIELD] [PERIOD]`: the entries a figure is made of. They always add up
//! to it: what was carried in, then a line a day and official.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;

use crate::domain::period::Period;
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::{count, date, day_month, number};

/// How many entries one answer lists at most.
const LISTED: usize = 40;
/// How many characters it holds at most, so that it stays one message.
const LIMIT: usize = 2_000;

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
        let entries = if names == Names::None { self.without_people() } else { self.entries.clone() };
        let length = |lines: &[String]| lines.iter().map(|l| l.chars().count() + 1).sum::<usize>();
        let (mut lines, tail) = (self.head(words), self.tail(&entries, words));
        let mut listed: Vec<String> = entries.iter().take(LISTED).map(|e| self.line(e, words)).collect();
        let mut more = self.more(&entries[listed.len()..], words);
        while !listed.is_empty()
            && [&lines, &listed, &more, &tail].into_iter().map(|l| length(l)).sum::<usize>() > LIMIT
        {
            listed.pop();
            more = self.more(&entries[listed.len()..], words);
        }
        lines.extend(listed.into_iter().chain(more).chain(tail));
        lines.join("\n")
    }

    /// What stands before the entries.
    fn head(&self, words: &Words) -> Vec<String> {
        let mut lines = vec![words.explain_title(&self.figure, number(self.value)), self.place(words)];
        if let Some(carried) = self.carried {
            lines.push(words.summary_carried(number(carried)));
        }
        lines.extend(self.openings.iter().map(|(day, n)| words.explain_opening(date(*day), number(*n))));
        lines
    }

    /// Those not listed, in one line that makes the sum come out.
    fn more(&self, rest: &[Line], words: &Words) -> Vec<String> {
        let sum: i64 = rest.iter().map(|e| e.value).sum();
        let more = (!rest.is_empty()).then(|| words.explain_more(count(rest.len()), number(sum)));
        more.into_iter().collect()
    }

    /// What stands behind the entries.
    fn tail(&self, entries: &[Line], words: &Words) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(n) = self.register_late {
            lines.push(words.explain_register_late(number(n)));
        }
        if entries.is_empty() && self.openings.is_empty() && self.carried.unwrap_or(0) == 0 {
            lines.push(words.explain_none().to_string());
        }
        lines
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{OFFICE_ZONE, parse_time};
    use crate::domain::period::{PeriodKind, Scheme};

    use crate::words::Locale;

    fn explanation(entries: usize) -> Explanation {
        let period = Period::of(PeriodKind::Month { year: 2026, month: 11 }, Scheme::Calendar).unwrap();
        let when = parse_time("2026-11-20T16:30", OFFICE_ZONE).map(|t| t.with_timezone(&OFFICE_ZONE));
        let line = |n: usize| Line {
            day: NaiveDate::from_ymd_opt(2026, 11, 1 + n as u32 % 30),
            field: Some("Phòng, chống tệ nạn xã hội".to_string()),
            who: "Nguyễn Thị Phương Thảo".to_string(),
            value: 1 + n as i64,
            when,
        };
        Explanation {
            figure: "Tiếp nhận".to_string(),
            unit_name: "UBND xã Khúc Thừa Dụ".to_string(),
            field_name: None,
            period,
            to_date: None,
            value: 5 + (entries * (entries + 1) / 2) as i64,
            carried: Some(5),
            openings: Vec::new(),
            register_late: Some(3),
            standing: false,
            entries: (0..entries).map(line).collect(),
        }
    }

    /// The sum of the numbers that the lines behind `place` give.
    fn told(text: &str) -> i64 {
        let listed = text.lines().skip(2).filter(|l| l.starts_with(['–', '…']) && !l.contains("quá hạn"));
        let value = |l: &str| -> i64 {
            let behind = l.rsplit_once(": ").or_else(|| l.rsplit_once("cộng ")).unwrap().1;
            behind.split(" (").next().unwrap().replace('.', "").parse().unwrap()
        };
        listed.map(|l| value(&l.replace(" (gửi 16:30 20/11/2026)", ""))).sum()
    }

    #[test]
    fn a_long_list_is_cut_so_that_the_answer_stays_one_message_and_adds_up() {
        for entries in [0, 1, 20, 30, 40, 41, 300] {
            let e = explanation(entries);
            let text = e.text(Names::All, Locale::Vi.words());
            assert!(text.chars().count() <= LIMIT, "{entries}: {}", text.chars().count());
            assert_eq!(told(&text), e.value, "{text}");
            assert_eq!(text.contains("dòng khác"), entries > 20, "{text}");
        }
    }
}
