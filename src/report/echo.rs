//! The echo of a post (SPEC §4): what was understood, what stands now, the whole day and
//! the month. Labels and their order are exact.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::domain::count::{Count, Flows, Stock};
use crate::domain::figure::{FIGURES, Figure, Kind};
use crate::words::Words;
use crate::words::numbers::{date, day_month, number};

/// What is echoed of one day.
pub struct EchoDay {
    pub day: NaiveDate,
    /// The day of the message, for leaving the year out.
    pub today: NaiveDate,
    /// Named for people with several units.
    pub unit: Option<String>,
    /// Whose figures these are, where a lead posted for a colleague.
    pub on_behalf_of: Option<String>,
    pub blocks: Vec<Block>,
    /// The unit's flows of the day over all fields.
    pub whole_day: Flows,
    /// `tháng 12/2026`.
    pub month_label: String,
    /// `None` where a later day of the same message tells of the same month.
    pub month: Option<Flows>,
    /// Fields of the official that have no post for the day.
    pub unposted: Vec<String>,
}

/// One field of one day as it now stands for the official.
pub struct Block {
    /// Name of the field, or of the whole unit.
    pub heading: String,
    pub count: Count,
    /// Figures this message named: their zeros are shown too.
    pub named: BTreeSet<Figure>,
    /// The message said that there was nothing.
    pub zero: bool,
    /// The unit's balance of the field at the end of the day; `None` for the whole unit.
    pub balance: Option<i64>,
    /// Stock values as they stand, where the message named them.
    pub stocks: Vec<(Figure, i64)>,
    pub indicators: Vec<(String, i64)>,
}

impl EchoDay {
    /// The lines of this day, without cautions and without the closing line.
    pub fn lines(&self, words: &Words) -> Vec<String> {
        let day = short_day(self.day, self.today);
        let single = self.blocks.len() == 1;
        let mut first = match self.blocks.first() {
            Some(block) if single => words.post_saved_one(&day, &block.heading),
            _ => words.post_saved(&day),
        };
        if let Some(unit) = &self.unit {
            first = format!("{first} · {unit}");
        }
        if let Some(name) = &self.on_behalf_of {
            first = format!("{first} · {}", words.post_on_behalf_of(name));
        }
        let mut lines = vec![first];
        for block in &self.blocks {
            if !single {
                lines.push(block.heading.clone());
            }
            lines.push(block.line(words));
        }
        let (received, resolved) = (number(self.whole_day.received()), number(self.whole_day.resolved()));
        lines.push(words.echo_day(received, resolved));
        lines.extend(
            self.month
                .map(|month| words.echo_month(&self.month_label, number(month.received()), number(month.resolved()))),
        );
        if !self.unposted.is_empty() {
            lines.push(words.echo_unposted(self.unposted.join(", ")));
        }
        lines
    }
}

impl Block {
    fn line(&self, words: &Words) -> String {
        let mut parts = Vec::new();
        let nothing = self.zero && self.count.flows.is_zero();
        if nothing {
            parts.push(words.echo_zero());
        } else {
            parts.extend(self.flows(words));
        }
        if let Some(balance) = self.balance {
            parts.push(words.echo_left(number(balance)));
        }
        parts.extend(self.stocks.iter().map(|(f, n)| format!("{} {}", words.figure(*f), number(*n))));
        parts.extend(self.indicators.iter().map(|(name, n)| format!("{name} {}", number(*n))));
        parts.join(" · ")
    }

    /// `Tiếp nhận 12 (trực tuyến 9, trực tiếp 3)` and `Đã giải quyết 10 (…)`.
    fn flows(&self, words: &Words) -> Vec<String> {
        let flows = FIGURES.iter().filter(|r| r.kind == Kind::Flow).map(|r| r.figure);
        let (received, resolved): (Vec<_>, Vec<_>) = flows
            .filter(|f| self.count.flows.get(*f) != 0 || self.named.contains(f))
            .partition(|f| matches!(f, Figure::ReceivedOnline | Figure::ReceivedDirect | Figure::ReceivedPostal));
        let listed = |figures: Vec<Figure>| {
            let parts: Vec<String> =
                figures.iter().map(|f| format!("{} {}", part(words, *f), number(self.count.flows.get(*f)))).collect();
            parts.join(", ")
        };
        let mut out = Vec::new();
        if !received.is_empty() {
            let total = words.echo_received(number(self.count.flows.received()));
            out.push(format!("{total} ({})", listed(received)));
        }
        if !resolved.is_empty() {
            let total = words.echo_resolved(number(self.count.flows.resolved()));
            out.push(format!("{total} ({})", listed(resolved)));
        }
        out
    }
}

/// A flow figure as it stands inside brackets: `trực tuyến`, `rút`.
pub fn part(words: &Words, figure: Figure) -> String {
    match figure {
        Figure::ReceivedOnline => words.part_online(),
        Figure::ReceivedDirect => words.part_direct(),
        Figure::ReceivedPostal => words.part_postal(),
        Figure::ResolvedEarly => words.part_early(),
        Figure::ResolvedOnTime => words.part_on_time(),
        Figure::ResolvedLate => words.part_late(),
        Figure::Withdrawn => words.part_withdrawn(),
        Figure::AwaitingSupplement | Figure::PendingLate => words.figure(figure).to_lowercase(),
    }
}

/// `20/11`, with the year where it is not that of the message.
pub fn short_day(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day_month(day) } else { date(day) }
}

/// The weekday in words, e.g. `Chủ nhật`.
pub fn weekday(words: &Words, day: NaiveDate) -> String {
    match day.weekday().number_from_monday() {
        1 => words.weekday_1(),
        2 => words.weekday_2(),
        3 => words.weekday_3(),
        4 => words.weekday_4(),
        5 => words.weekday_5(),
        6 => words.weekday_6(),
        _ => words.weekday_7(),
    }
}

/// The value of a stock as one day's messages leave it, where a value was typed.
pub fn stock_value(stock: Option<Stock>) -> Option<i64> {
    match stock {
        Some(Stock::Set(n)) => Some(n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    #[test]
    fn the_echo_of_the_contract() {
        let day: NaiveDate = "2026-11-18".parse().unwrap();
        let flows = Flows { online: 9, direct: 3, early: 8, on_time: 2, ..Flows::default() };
        let block = Block {
            heading: "Hộ tịch".into(),
            count: Count { flows, ..Count::default() },
            named: BTreeSet::new(),
            zero: false,
            balance: Some(5),
            stocks: vec![],
            indicators: vec![],
        };
        let echo = EchoDay {
            day,
            today: day,
            unit: None,
            on_behalf_of: None,
            blocks: vec![block],
            whole_day: Flows { online: 41, early: 38, ..Flows::default() },
            month_label: "tháng 12/2026".into(),
            month: Some(Flows { online: 612, early: 598, ..Flows::default() }),
            unposted: vec![],
        };
        let expected = [
            "Đã lưu 18/11 · Hộ tịch",
            "Tiếp nhận 12 (trực tuyến 9, trực tiếp 3) · Đã giải quyết 10 (trước hạn 8, đúng hạn 2) · Còn lại 5",
            "Cả ngày: mới tiếp nhận 41, đã giải quyết 38",
            "Trong tháng 12/2026: mới tiếp nhận 612, đã giải quyết 598",
        ];
        assert_eq!(echo.lines(Locale::Vi.words()), expected);
    }
}
