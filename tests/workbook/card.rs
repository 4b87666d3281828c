//! Cards of all kinds as pictures: written to `target/peers/cards/` for looking at, and judged
//! by their points.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use motcua::domain::calendar::Calendar;
use motcua::domain::count::Flows;
use motcua::domain::period::Period;
use motcua::domain::summary::{Complete, MissingDay, Row, Summary};
use motcua::grammar::period::read_period;
use motcua::render::png;
use motcua::report::card::{Card, Facts, describe};
use motcua::report::workbook::State;
use motcua::words::Locale;

use crate::golden::{Case, main_case};
use crate::parent::{crowded, parent_of};

/// What a card is made from, ready to be changed.
struct Scene {
    summary: Summary,
    days: BTreeMap<NaiveDate, Flows>,
    state: State,
}

impl Scene {
    fn of(case: Case) -> Scene {
        let days = case.days.iter().filter_map(|d| Some((d.day, d.flows?))).collect();
        Scene { summary: case.summary, days, state: State::Provisional }
    }

    /// The golden month under another period, so much a working day.
    fn over(period: &str, a_day: impl Fn(NaiveDate) -> i64) -> Scene {
        let mut scene = Scene::of(main_case("r3"));
        let asked_on = NaiveDate::from_ymd_opt(2026, 1, 20).unwrap();
        let (period, _) = read_period(period, scene.summary.period.scheme, asked_on).unwrap();
        scene.ask_for(period.unwrap());
        let days = scene.summary.period.from.iter_days().take_while(|d| *d <= scene.summary.period.to);
        let calendar = Calendar::default();
        scene.days = days
            .filter(|d| calendar.is_working(*d))
            .map(|d| (d, Flows { online: a_day(d), early: a_day(d + Days::new(3)), ..Flows::default() }))
            .collect();
        scene.summary.total.flows = scene.days.values().copied().sum();
        scene
    }

    fn ask_for(&mut self, period: Period) {
        self.summary.to_date = None;
        self.summary.complete = Complete { expected_days: 20, reported_days: 20, ..Complete::default() };
        self.summary.period = period;
    }

    fn empty(mut self) -> Scene {
        self.days.clear();
        self.summary.rows.clear();
        self.summary.total = Row::default();
        self.summary.complete.reported_days = 0;
        self
    }

    fn card(&self, locale: Locale) -> Card {
        let period = &self.summary.period;
        let end = self.summary.to_date.unwrap_or(period.to);
        let facts = Facts {
            summary: &self.summary,
            days: &self.days,
            calendar: &Calendar::default(),
            state: self.state,
            end,
            drawn: end + Days::new(1),
        };
        describe(&facts, locale.words())
    }
}

/// Draws a card and keeps it for looking at.
fn draw(name: &str, card: &Card) -> Vec<u8> {
    let bytes = png::write(card).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/peers/cards");
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(format!("{folder}/{name}.png"), &bytes).unwrap();
    bytes
}

fn busy(day: NaiveDate) -> i64 {
    20 + i64::from(day.ordinal() * 37 % 61)
}

#[test]
fn samples_of_cards_are_drawn_for_looking_at() {
    let vi = Locale::Vi;
    draw("month", &Scene::of(main_case("r3")).card(vi));
    draw("month-english", &Scene::of(main_case("r3")).card(Locale::En));
    let mut lacking = Scene::of(main_case("r3"));
    lacking.summary.to_date = NaiveDate::from_ymd_opt(2025, 11, 16);
    let missing = |d| MissingDay { day: NaiveDate::from_ymd_opt(2025, 11, d).unwrap(), officials: vec!["Lan".into()] };
    lacking.summary.complete.missing = [3, 4, 6, 7, 10, 11, 12].into_iter().map(missing).collect();
    lacking.summary.complete.reported_days = 3;
    lacking.summary.total.pending_late = 3;
    lacking.summary.total.flows.late = 1;
    draw("month-in-progress", &lacking.card(vi));
    draw("day", &Scene::over("12/11/2025", busy).card(vi));
    draw("week", &Scene::over("10/11/2025-16/11/2025", busy).card(vi));
    draw("quarter", &Scene::over("quy 4/2025", busy).card(vi));
    draw("half", &Scene::over("6thang 2025", busy).card(vi));
    draw("year", &Scene::over("nam 2025", |d| busy(d) * 12).card(vi));
    draw("years", &Scene::over("01/07/2021-31/12/2025", busy).card(vi));
    draw("empty", &Scene::of(main_case("r3")).empty().card(vi));
    let mut zero = Scene::of(main_case("r3")).empty();
    zero.days = [(NaiveDate::from_ymd_opt(2025, 11, 3).unwrap(), Flows::default())].into();
    zero.summary.total.carried = 8;
    zero.summary.rows = vec![Row { name: "Hộ tịch".into(), ..zero.summary.total.clone() }];
    draw("nothing-came", &zero.card(vi));
    let mut closed = Scene::of(main_case("r1"));
    closed.state = State::Closed { version: 1 };
    draw("quarter-r1-closed", &closed.card(vi));
    draw("crowded", &Scene::of(crowded(main_case("r3"))).card(vi));
    draw("parent", &Scene::of(parent_of(main_case("r3"), 37)).card(vi));
}
