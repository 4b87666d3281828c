//! `/homnay [DAY]`: what the unit has for a day and who is missing.

use crate::domain::count::Flows;
use crate::domain::period::Period;
use crate::report::echo::weekday;
use crate::report::missing::{Today, named};
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::{count, date, number};

/// A unit's day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitToday {
    pub unit_name: String,
    /// Fields with a post, zero ones too, in catalogue order.
    pub fields: Vec<(String, Flows)>,
    /// Of fields without flows: the stock values and indicators that were posted instead.
    pub others: std::collections::BTreeMap<String, Vec<(String, i64)>>,
    /// Indicators with a number, in the order of the table.
    pub indicators: Vec<(String, i64)>,
    pub month: Period,
    /// The unit's flows of the month up to that day.
    pub month_flows: Flows,
    pub attendance: Today,
    /// How the unit calls those who are missing.
    pub called: std::collections::BTreeMap<String, String>,
    /// Of a parent: how many of the units that are to post have, and who has not.
    pub units: Option<(usize, Vec<String>)>,
}

impl UnitToday {
    pub fn text(&self, names: Names<'_>, words: &Words) -> String {
        let day = self.attendance.day;
        let mut lines = vec![words.today_title(&self.unit_name, weekday(words, day), date(day))];
        lines.extend(self.fields.iter().map(|(name, flows)| self.field_line(name, flows, words)));
        lines.extend(self.indicators.iter().map(|(name, n)| format!("{name}: {}", number(*n))));
        if self.fields.is_empty() && self.indicators.is_empty() {
            lines.push(words.today_none().to_string());
        } else {
            let all: Flows = self.fields.iter().map(|(_, f)| *f).sum();
            lines.push(words.echo_day(number(all.received()), number(all.resolved())));
        }
        let (received, resolved) = (number(self.month_flows.received()), number(self.month_flows.resolved()));
        lines.push(words.echo_month(words.period(&self.month).to_lowercase(), &received, &resolved));
        lines.extend(self.who(names, words));
        lines.join("\n")
    }

    fn who(&self, names: Names<'_>, words: &Words) -> Option<String> {
        let Today { day_off, expected, missing, .. } = &self.attendance;
        match &self.units {
            _ if *day_off => Some(words.today_off().to_string()),
            _ if *expected == 0 => None,
            Some((units, left)) if left.is_empty() => Some(words.today_units_complete(count(*units))),
            Some((units, left)) => {
                let line = words.today_units(count(units - left.len()), count(*units));
                Some(words.summary_missing(line, named(left, words)))
            }
            None if missing.is_empty() => Some(words.today_complete(count(*expected))),
            None => {
                let (left, all) = (count(missing.len()), count(*expected));
                let shown = match names {
                    Names::All => true,
                    Names::Own(own) => missing.iter().any(|m| m == own),
                    Names::None => false,
                };
                Some(if shown {
                    words.today_missing(left, all, names.list(missing, &self.called, words))
                } else {
                    words.today_missing_count(left, all)
                })
            }
        }
    }

    /// "Không phát sinh" only where nothing at all was posted but that.
    fn field_line(&self, name: &str, flows: &Flows, words: &Words) -> String {
        let others = self.others.get(name).filter(|o| !o.is_empty());
        match others {
            _ if !flows.is_zero() => words.today_row(name, number(flows.received()), number(flows.resolved())),
            None => words.today_zero(name),
            Some(others) => {
                let parts: Vec<String> =
                    others.iter().map(|(what, n)| format!("{} {}", what.to_lowercase(), number(*n))).collect();
                format!("{name}: {}", parts.join(", "))
            }
        }
    }
}
