//! The golden offices as facts for a workbook: totals from `tests/golden/*/expected.json`,
//! spread over the working days so that they add up to it again.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use motcua::domain::calendar::DayKind;
use motcua::domain::check::{self, Check, Facts, Left};
use motcua::domain::count::Flows;
use motcua::domain::figure::{FIGURES, Indicator, IndicatorId, Measure, Whole};
use motcua::domain::period::{Period, Scheme};
use motcua::domain::summary::{Complete, IndicatorTotal, MissingDay, Previous, Row, Summary};
use motcua::domain::unit::UnitId;
use motcua::grammar::period::read_period;
use motcua::report::workbook::{DayRow, LogLine, Missing, State, Workbook};
use serde_json::Value;

/// One answer of a golden set.
pub struct Case {
    pub summary: Summary,
    /// As printed: `Tháng 11/2025`.
    pub label: String,
    /// Cells of the form as the set expects them.
    pub form: Value,
    pub indicators: Vec<Indicator>,
    pub days: Vec<DayRow>,
    pub checks: Vec<Check>,
    pub log: Vec<LogLine>,
}

impl Case {
    /// The facts of a provisional workbook, ready to be changed.
    pub fn workbook(&self) -> Workbook<'_> {
        Workbook {
            summary: &self.summary,
            period: &self.label,
            parent: Some("Văn phòng UBND thành phố Hải Phòng"),
            days: &self.days,
            indicators: &self.indicators,
            online_target: Some(80),
            checks: &self.checks,
            log: &self.log,
            state: State::Provisional,
            overdue: None,
        }
    }

    /// Runs the checks again after a change of the summary.
    pub fn judge(&mut self) {
        let by_day = self.days.iter().filter_map(|d| d.flows).sum();
        let left = |r: &Row| Left { code: r.code.clone(), pending: r.carried, opened: 0 };
        let before: Vec<Left> = self.summary.rows.iter().map(left).collect();
        let facts = Facts::of(&self.summary, &self.indicators);
        self.checks = check::run(&Facts { before: Some(&before), by_day: Some(by_day), ..facts });
    }
}

/// Every answer of a set, such as `r3`.
pub fn cases(set: &str) -> Vec<Case> {
    let path = format!("{}/tests/golden/{set}/expected.json", env!("CARGO_MANIFEST_DIR"));
    let expected: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    expected["checks"].as_array().unwrap().iter().map(case).collect()
}

/// The answer that repeats the printed report.
pub fn main_case(set: &str) -> Case {
    cases(set).swap_remove(0)
}

fn case(check: &Value) -> Case {
    let summary = summary(check);
    let indicators = catalogue();
    let days = days(&summary);
    let mut case = Case {
        label: text(&check["summary"]["period"]["label"]),
        form: check["ii06a"].clone(),
        log: log(&days),
        checks: Vec::new(),
        summary,
        indicators,
        days,
    };
    case.judge();
    case
}

fn summary(check: &Value) -> Summary {
    let json = &check["summary"];
    let asked_on: NaiveDate = check["as_of"].as_str().unwrap()[..10].parse().unwrap();
    let scheme = Scheme::from_key(json["period"]["scheme"].as_str().unwrap()).unwrap();
    let (period, _) = read_period(check["period"].as_str().unwrap(), scheme, asked_on).unwrap();
    let period = period.unwrap_or_else(|| Period::month_containing(asked_on, scheme));
    let missing = json["complete"]["missing"].as_array().unwrap().iter().map(|m| MissingDay {
        day: day(&m["day"]),
        officials: m["officials"].as_array().unwrap().iter().map(text).collect(),
    });
    Summary {
        unit: UnitId(1),
        unit_code: text(&json["unit"]["code"]),
        unit_name: text(&json["unit"]["name"]),
        period,
        to_date: json["period"]["to_date"].as_str().map(|d| d.parse().unwrap()),
        field: None,
        rows: json["rows"].as_array().unwrap().iter().map(row).collect(),
        total: row(&json["total"]),
        indicators: totals(&json["indicators"]),
        complete: Complete {
            expected_days: json["complete"]["expected_days"].as_u64().unwrap() as usize,
            reported_days: json["complete"]["reported_days"].as_u64().unwrap() as usize,
            missing: missing.collect(),
            ..Complete::default()
        },
        below: None,
        warnings: Vec::new(),
        previous: Previous::default(),
    }
}

fn row(json: &Value) -> Row {
    let n = |key: &str| json[key].as_i64().unwrap();
    let mut flows = Flows::default();
    for figure in FIGURES {
        if let Some(place) = flows.get_mut(figure.figure) {
            *place = n(figure.key);
        }
    }
    Row {
        code: text(&json["field"]),
        name: text(&json["name"]),
        carried: n("carried"),
        flows,
        pending_late: n("pending_late"),
        awaiting: n("awaiting_supplement"),
    }
}

fn totals(json: &Value) -> Vec<IndicatorTotal> {
    let posted = json.as_object().unwrap();
    let all = catalogue();
    let found = all.into_iter().filter(|i| posted.contains_key(&i.key));
    found
        .map(|i| IndicatorTotal { value: posted[&i.key].as_i64().unwrap(), id: i.id, key: i.key, name: i.name })
        .collect()
}

/// The indicators that every office starts with (SPEC §4).
pub fn catalogue() -> Vec<Indicator> {
    use Measure::{Count, Money};
    let table = [
        ("e_copies", "Chứng thực bản sao điện tử", Count, Some(Whole::ReceivedOnline), None),
        ("interlinked", "Liên thông", Count, Some(Whole::ReceivedOnline), None),
        ("digitised", "Số hóa thành phần hồ sơ", Count, Some(Whole::ReceivedNew), None),
        ("results_digitised", "Số hóa kết quả giải quyết", Count, Some(Whole::Resolved), None),
        ("paid_online", "Thanh toán trực tuyến", Count, Some(Whole::Indicator(IndicatorId(6))), Some(60)),
        ("payable", "Hồ sơ phải nộp phí, lệ phí", Count, None, None),
        ("fees_noncash", "Phí, lệ phí không dùng tiền mặt", Money, None, None),
        ("results_by_post", "Trả kết quả qua bưu chính", Count, Some(Whole::Resolved), None),
        ("petitions", "Phản ánh, kiến nghị", Count, None, None),
        ("petitions_answered", "Phản ánh, kiến nghị đã xử lý", Count, Some(Whole::Indicator(IndicatorId(9))), None),
    ];
    type Line = (&'static str, &'static str, Measure, Option<Whole>, Option<i64>);
    let row = |(id, (key, name, measure, whole, target)): (i64, Line)| Indicator {
        id: IndicatorId(id),
        key: key.into(),
        name: name.into(),
        words: Vec::new(),
        measure,
        whole,
        target,
    };
    (1..).zip(table).map(row).collect()
}

/// The period's totals spread evenly over its working days.
fn days(summary: &Summary) -> Vec<DayRow> {
    let end = summary.to_date.unwrap_or(summary.period.to);
    let all: Vec<NaiveDate> = summary.period.from.iter_days().take_while(|d| *d <= end).collect();
    let works = |d: &NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
    let posted: BTreeSet<NaiveDate> = all.iter().copied().filter(works).collect();
    let last = posted.last().copied();
    let share = |total: i64, day: NaiveDate| {
        let (before, n) = (posted.range(..day).count() as i64, posted.len() as i64);
        total * (before + 1) / n - total * before / n
    };
    let row = |day: NaiveDate| {
        let mut flows = Flows::default();
        for figure in FIGURES {
            if let Some(place) = flows.get_mut(figure.figure) {
                *place = share(summary.total.flows.get(figure.figure), day);
            }
        }
        let missing = summary.complete.missing.iter().find(|m| m.day == day);
        DayRow {
            day,
            kind: if works(&day) { DayKind::Work } else { DayKind::Off },
            flows: posted.contains(&day).then_some(flows),
            awaiting: Some(day).filter(|d| Some(*d) >= last).map(|_| summary.total.awaiting),
            pending_late: Some(day).filter(|d| Some(*d) >= last).map(|_| summary.total.pending_late),
            indicators: match posted.contains(&day) {
                true => summary.indicators.iter().map(|t| (t.id, share(t.value, day))).collect(),
                false => Vec::new(),
            },
            missing: missing.map_or(Missing::Nobody, |m| Missing::People(m.officials.clone())),
        }
    };
    all.into_iter().map(row).collect()
}

fn log(days: &[DayRow]) -> Vec<LogLine> {
    use motcua::report::workbook::Deed;
    let posted = days.iter().filter_map(|d| Some((d.day, d.flows?)));
    posted
        .map(|(day, flows)| LogLine {
            at: day.and_hms_opt(16, 5, 0).unwrap(),
            who: Some("Dương Kim Phúc".into()),
            deed: if day.day() == 12 { Deed::Corrected } else { Deed::Posted },
            day: Some(day),
            field: Some("Chứng thực".into()),
            figure: Some("Trực tuyến".into()),
            from: (day.day() == 12).then_some(flows.online + 1),
            to: Some(flows.online),
            note: (day.day() == 13).then(|| "nhập thay Bùi Đức Linh".into()),
        })
        .collect()
}

fn text(json: &Value) -> String {
    json.as_str().unwrap().to_string()
}

fn day(json: &Value) -> NaiveDate {
    json.as_str().unwrap().parse().unwrap()
}
