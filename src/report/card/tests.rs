use super::*;
use crate::domain::calendar::DayKind;
use crate::domain::period::{Period, Scheme};
use crate::domain::summary::{Below, Complete, IncompleteUnit, MissingDay, Previous};
use crate::domain::unit::UnitId;
use crate::grammar::period::read_period;
use crate::words::Locale;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// What a card is made from, asked for on 31/12/2026.
struct Scene {
    summary: Summary,
    days: BTreeMap<NaiveDate, Flows>,
    calendar: Calendar,
    state: State,
}

/// Three received and two resolved on each of these days.
fn scene(period: &str, days: &[&str]) -> Scene {
    let (period, _) = read_period(period, Scheme::FifteenFourteen, day("2026-12-31")).unwrap();
    let flows = Flows { online: 1, direct: 2, early: 1, withdrawn: 1, ..Flows::default() };
    let days: BTreeMap<_, _> = days.iter().map(|d| (day(d), flows)).collect();
    let total = Row { flows: days.values().copied().sum(), carried: 1_000, ..Row::default() };
    let summary = Summary {
        unit: UnitId(1),
        unit_code: "X".into(),
        unit_name: "UBND xã X".into(),
        period: period.unwrap(),
        to_date: None,
        field: None,
        rows: vec![Row { name: "Hộ tịch".into(), ..total.clone() }],
        total,
        indicators: Vec::new(),
        complete: Complete { expected_days: 21, reported_days: 21, ..Complete::default() },
        below: None,
        warnings: Vec::new(),
        previous: Previous::default(),
    };
    Scene { summary, days, calendar: Calendar::default(), state: State::Provisional }
}

impl Scene {
    fn card(&self) -> Card {
        let facts = Facts {
            summary: &self.summary,
            days: &self.days,
            calendar: &self.calendar,
            state: self.state,
            end: self.summary.to_date.unwrap_or(self.summary.period.to),
            drawn: day("2026-12-31"),
        };
        describe(&facts, Locale::Vi.words())
    }

    fn bars(&self) -> Bars {
        self.card().by_day.unwrap()
    }

    fn lacks(mut self, iso: &str) -> Scene {
        self.summary.complete.missing.push(MissingDay { day: day(iso), officials: vec!["Trần Lan".into()] });
        self.summary.complete.reported_days -= 1;
        self
    }
}

/// Title, labels and numbers; a pair that lacks somebody's figures with `?`.
fn check_bars(scene: &Scene, expected: &str) {
    let bars = scene.bars();
    let pair = |g: &Group| {
        let numbers =
            if g.received + g.resolved > 0 { format!(" {}/{}", g.received, g.resolved) } else { String::new() };
        format!("{}{numbers}{}", g.label, if g.missing { "?" } else { "" })
    };
    let shown: Vec<String> = bars.groups.iter().map(pair).collect();
    assert_eq!(format!("{}: {}", bars.title, shown.join(", ")), expected);
}

#[test]
fn a_week_shows_its_working_days_and_days_off_that_brought_something() {
    let week = "16/11/2026-22/11/2026";
    check_bars(&scene(week, &["2026-11-17"]), "Theo ngày: 16/11, 17/11 3/2, 18/11, 19/11, 20/11");
    let mut scene = scene(week, &["2026-11-16", "2026-11-22"]);
    scene.calendar = Calendar::new([(day("2026-11-18"), DayKind::Off), (day("2026-11-21"), DayKind::Work)]);
    check_bars(&scene, "Theo ngày: 16/11 3/2, 17/11, 19/11, 20/11, 21/11, 22/11 3/2");
}

#[test]
fn a_period_in_progress_ends_with_the_day_it_runs_to() {
    let mut scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]);
    scene.summary.to_date = Some(day("2026-11-18"));
    check_bars(&scene, "Theo ngày: 16/11, 17/11 3/2, 18/11");
    assert!(scene.card().period.ends_with(" (đến ngày 18/11/2026)"));
}

#[test]
fn longer_periods_are_put_together_so_that_no_more_than_31_pairs_stand() {
    let first_and_last = |scene: Scene| {
        let bars = scene.bars();
        assert!(bars.groups.len() <= 31);
        assert_eq!(
            bars.groups.iter().map(|g| g.received).sum::<i64>(),
            scene.summary.total.flows.received(),
            "{bars:?}"
        );
        assert_eq!(bars.groups.iter().map(|g| g.resolved).sum::<i64>(), scene.summary.total.flows.resolved());
        let label = |g: Option<&Group>| g.map(|g| g.label.clone()).unwrap();
        (bars.title, bars.groups.len(), label(bars.groups.first()), label(bars.groups.last()))
    };
    let check = |period: &str, days: &[&str], (title, pairs, first, last): (&str, usize, &str, &str)| {
        let expected = (title.to_string(), pairs, first.to_string(), last.to_string());
        assert_eq!(first_and_last(scene(period, days)), expected, "{period}");
    };
    let all = ["2025-12-15", "2026-06-14", "2026-06-15", "2026-12-14"];
    check("thang 12/2026", &all[3..], ("Theo ngày", 21, "16/11", "14/12"));
    // From Tuesday 15/09; a week goes by its first day in the period.
    check("quy 4/2026", &all[3..], ("Theo tuần", 14, "15/09", "14/12"));
    check("6thang 2026", &all[..2], ("Theo tuần", 26, "15/12", "08/06"));
    check("9thang 2026", &all[..3], ("Theo tháng", 9, "T1", "T9"));
    check("nam 2026", &all, ("Theo tháng", 12, "T1", "T12"));
    check("15/11/2025-14/03/2026", &all[..1], ("Theo tuần", 17, "17/11", "09/03"));
    check("15/06/2025-14/07/2026", &["2025-06-16", "2026-06-15"], ("Theo tháng", 13, "7/2025", "7/2026"));
    check("15/12/2020-14/12/2026", &["2021-01-04", "2026-06-15"], ("Theo năm", 6, "2021", "2026"));
    // Nobody had posted before.
    check("01/01/2001-14/12/2026", &["2024-06-17", "2026-06-15"], ("Theo tháng", 30, "7/2024", "12/2026"));
}

#[test]
fn lines_stand_at_round_numbers_and_hold_the_highest_bar() {
    let check = |most: i64, expected: &[&str]| {
        let mut scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]);
        scene.days.insert(day("2026-11-18"), Flows { online: most, ..Flows::default() });
        let axis = scene.bars().axis;
        let labels: Vec<&str> = axis.lines.iter().map(|(_, l)| l.as_str()).collect();
        assert_eq!(labels, expected, "{most}");
        assert!(axis.top() >= most);
    };
    check(0, &["0", "1", "2", "3"]);
    check(4, &["0", "1", "2", "3", "4"]);
    check(5, &["0", "2", "4", "6"]);
    check(9, &["0", "5", "10"]);
    check(21, &["0", "10", "20", "30"]);
    check(78, &["0", "20", "40", "60", "80"]);
    check(1_236, &["0", "500", "1.000", "1.500"]);
    check(4_000_001, &["0", "2.000.000", "4.000.000", "6.000.000"]);
}

#[test]
fn where_figures_are_missing_the_pair_and_the_foot_say_so_but_name_nobody() {
    let scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]).lacks("2026-11-18");
    check_bars(&scene, "Theo ngày: 16/11, 17/11 3/2, 18/11?, 19/11, 20/11");
    let card = scene.card();
    assert_eq!(card.complete, "Đủ số liệu: 20/21 ngày làm việc; thiếu: 18/11");
    assert_eq!(card.state.as_deref(), Some("Số liệu tạm tính"));
    assert_eq!(scene.bars().missing.as_deref(), Some("Thiếu số liệu"));
    assert!(!format!("{card:?}").contains("Lan"));
    let closed = Scene { state: State::Closed { version: 2 }, ..scene };
    assert_eq!(closed.card().state.as_deref(), Some("Đã chốt, lần 2"));
}

#[test]
fn a_complete_period_has_neither_mark_nor_doubt() {
    let scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]);
    let card = scene.card();
    assert_eq!((card.complete.as_str(), card.state), ("Đủ số liệu: 21/21 ngày làm việc", None));
    assert_eq!(scene.bars().missing, None);
    assert_eq!(card.drawn, "Lập ngày 31/12/2026");
}

#[test]
fn a_parent_names_units_and_marks_no_days() {
    let mut scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]).lacks("2026-11-18");
    let incomplete = vec![IncompleteUnit { code: "A".into(), name: "UBND xã A".into(), missing_days: 2 }];
    scene.summary.below = Some(Below { units: 9, complete_units: 8, incomplete, ..Below::default() });
    let card = scene.card();
    assert_eq!(card.complete, "Đủ số liệu: 8/9 đơn vị; thiếu: UBND xã A (2 ngày)");
    assert_eq!(card.state.as_deref(), Some("Số liệu tạm tính"));
    assert_eq!(scene.bars().missing, None);
}

#[test]
fn the_big_numbers_and_their_parts_are_those_of_the_summary() {
    let mut scene = scene("16/11/2026-22/11/2026", &["2026-11-17"]);
    scene.summary.total.flows.late = 7;
    scene.summary.total.pending_late = 1;
    let card = scene.card();
    let told: Vec<String> = card
        .figures
        .iter()
        .map(|f| {
            let part = |p: &Part| format!("{} {}{}", p.label, p.value, if p.alarming { "!" } else { "" });
            format!("{} {}: {}, {}", f.label, f.value, part(&f.parts[0]), part(&f.parts[1]))
        })
        .collect();
    let expected = [
        "Tiếp nhận 1.003: Mới 3, Kỳ trước 1.000",
        "Đã giải quyết 9: Quá hạn 7!, Rút/trả lại 1",
        "Đang giải quyết 994: Quá hạn 1!, Trong hạn 993",
    ];
    assert_eq!(told, expected);
    // 2 of 9, half up.
    assert_eq!((card.on_time.rate.as_str(), card.on_time.of.as_str()), ("22,22%", "(2/9)"));
    assert_eq!(card.on_time.basis_points, Some(2222));
}

#[test]
fn a_period_without_figures_says_so_and_one_of_zeros_says_that() {
    let check = |days: &[(&str, Flows)], expected: &str| {
        let mut scene = scene("16/11/2026-22/11/2026", &[]);
        scene.summary.total = Row::default();
        scene.summary.rows.clear();
        scene.days = days.iter().map(|(d, f)| (day(d), *f)).collect();
        let card = scene.card();
        assert_eq!((card.by_day, card.fields), (Err(expected.to_string()), None));
        assert_eq!((card.on_time.rate.as_str(), card.on_time.basis_points), ("–", None));
    };
    check(&[], "Chưa có số liệu trong kỳ này.");
    check(&[("2026-11-17", Flows::default())], "Không phát sinh hồ sơ trong kỳ này.");
}

#[test]
fn years_and_months_are_those_of_the_units_scheme() {
    let mut scene = scene("nam 2026", &["2025-12-15", "2026-01-14", "2026-01-15"]);
    let labels = |scene: &Scene| scene.bars().groups.iter().map(|g| g.received).collect::<Vec<_>>();
    assert_eq!(labels(&scene), [6, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let (kind, from) = (scene.summary.period.kind, day("2026-01-01"));
    scene.summary.period = Period::of(kind, Scheme::Calendar).unwrap();
    assert_eq!(scene.summary.period.from, from);
    scene.days.retain(|d, _| *d >= from);
    assert_eq!(labels(&scene), [6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}
