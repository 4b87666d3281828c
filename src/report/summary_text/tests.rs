use chrono::NaiveDate;

use super::*;
use crate::domain::count::Flows;
use crate::domain::period::{Period, PeriodKind, Scheme};
use crate::domain::summary::{Complete, IncompleteUnit, MissingDay, Previous};
use crate::domain::unit::UnitId;
use crate::report::summary_json::{summary_csv, summary_json};
use crate::words::Locale;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn row(code: &str, name: &str, carried: i64, flows: Flows) -> Row {
    Row { code: code.into(), name: name.into(), carried, flows, ..Row::default() }
}

/// The month of SPEC §5.
fn november() -> Summary {
    let ct = Flows { online: 400, direct: 120, early: 510, ..Flows::default() };
    let ht = Flows { online: 708, early: 707, withdrawn: 4, ..Flows::default() };
    Summary {
        unit: UnitId(1),
        unit_code: "KTD".into(),
        unit_name: "UBND xã Khúc Thừa Dụ".into(),
        period: Period::of(PeriodKind::Month { year: 2025, month: 11 }, Scheme::FifteenFourteen).unwrap(),
        to_date: None,
        field: None,
        rows: vec![row("CT", "Chứng thực", 0, ct), row("HT", "Hộ tịch", 8, ht)],
        total: row("", "", 8, ct + ht),
        indicators: vec![],
        complete: Complete {
            expected_days: 23,
            reported_days: 22,
            missing: vec![MissingDay { day: day("2025-11-03"), officials: vec!["Trần Thị Lan".into()] }],
            called: [("Trần Thị Lan".to_string(), "Lan".to_string())].into(),
            ..Complete::default()
        },
        below: None,
        warnings: vec![],
        previous: Previous { received: 1093, resolved: 1092 },
    }
}

fn lines(s: &Summary, names: Names<'_>) -> Vec<String> {
    summary_text(s, names, Locale::Vi.words()).lines().map(str::to_string).collect()
}

#[test]
fn the_text_of_the_contract() {
    let expected = "TỔNG HỢP GIẢI QUYẾT TTHC
UBND xã Khúc Thừa Dụ
Tháng 11/2025 (15/10/2025 – 14/11/2025)
Tiếp nhận: 1.236
– Kỳ trước chuyển sang: 8
– Trực tuyến: 1.108 (90,23%)
– Trực tiếp: 120
– Bưu chính: 0
Đã giải quyết: 1.221
– Trước hạn: 1.217
– Đúng hạn: 0
– Quá hạn: 0
– Rút/trả lại: 4
Đang giải quyết: 15
– Trong hạn: 15
– Quá hạn: 0
Tỷ lệ trước và đúng hạn: 100,00% (1.221/1.221)
Đủ số liệu: 22/23 ngày làm việc; thiếu: 03/11 (Lan)
So với kỳ trước: mới tiếp nhận +12,4%, đã giải quyết +11,8%
Hộ tịch: tiếp nhận 716, giải quyết 711, còn 5
Chứng thực: tiếp nhận 520, giải quyết 510, còn 10
Ghi chú: 4 hồ sơ rút/trả lại được tính vào cột \"Đúng hạn\" của Biểu II.06a và vào tỷ lệ.";
    assert_eq!(summary_text(&november(), Names::All, Locale::Vi.words()), expected);
}

#[test]
fn a_period_in_progress_says_up_to_when_and_who_has_posted_today() {
    let mut s = november();
    s.to_date = Some(day("2025-11-10"));
    s.complete.today = Some((3, 8));
    let text = lines(&s, Names::None);
    assert_eq!(text[2], "Tháng 11/2025 (15/10/2025 – 14/11/2025) (đến ngày 10/11/2025)");
    assert_eq!(text[17], "Đủ số liệu: 22/23 ngày làm việc; thiếu: 03/11 (1 người)");
    assert_eq!(text[18], "Hôm nay: 3/8 cán bộ đã báo");
}

#[test]
fn a_field_stands_beside_the_unit_and_no_other_field_is_named() {
    let mut s = november();
    s.field = Some("Hộ tịch".into());
    let text = lines(&s, Names::All);
    assert_eq!(text[1], "UBND xã Khúc Thừa Dụ · Hộ tịch");
    assert_eq!(text.len(), 20);
}

#[test]
fn more_than_five_missing_days_are_cut() {
    let mut s = november();
    let days = (1..=12).map(|d| NaiveDate::from_ymd_opt(2025, 11, d).unwrap());
    s.complete.missing = days.map(|day| MissingDay { day, officials: vec!["Trần Thị Lan".into()] }).collect();
    let text = lines(&s, Names::All);
    let cut = "thiếu: 01/11 (Lan), 02/11 (Lan), 03/11 (Lan), 04/11 (Lan), 05/11 (Lan), … và 7 ngày";
    assert!(text[17].ends_with(cut), "{}", text[17]);
}

#[test]
fn a_message_never_grows_over_2000_characters() {
    let mut s = november();
    let people: Vec<String> = (0..60).map(|i| format!("Nguyễn Thị Minh Khai {i}")).collect();
    let days = (1..=6).map(|d| NaiveDate::from_ymd_opt(2025, 11, d).unwrap());
    s.complete.missing = days.map(|day| MissingDay { day, officials: people.clone() }).collect();
    let text = summary_text(&s, Names::All, Locale::Vi.words());
    assert!(text.chars().count() <= 2_000 && text.contains("01/11 (60 người)"), "{text}");
    let warning = Warning::NegativeBalance { field: "Phòng, chống tệ nạn xã hội".into(), balance: -12 };
    s.warnings = vec![warning; 40];
    let text = summary_text(&s, Names::All, Locale::Vi.words());
    assert!(text.chars().count() <= 2_000 && text.contains("cảnh báo khác"), "{text}");
}

#[test]
fn the_day_figures_begin_is_printed_once() {
    let mut s = november();
    s.complete.since = Some(day("2025-11-01"));
    let count = |s: &Summary| lines(s, Names::All).iter().filter(|l| *l == "Số liệu chỉ có từ 01/11/2025").count();
    assert_eq!(count(&s), 1);
    s.warnings = vec![Warning::DataSince { day: day("2025-11-01") }];
    assert_eq!(count(&s), 1);
}

#[test]
fn nobody_in_charge_is_said_so() {
    let mut s = november();
    s.complete = Complete { nobody_in_charge: true, ..Complete::default() };
    assert_eq!(lines(&s, Names::All)[17], "Đủ số liệu: chưa có cán bộ phụ trách");
}

fn parent() -> Summary {
    let mut s = november();
    let unit = |n: i64| IncompleteUnit { code: format!("X{n}"), name: format!("xã {n}"), missing_days: 2 };
    let flows = Flows { online: 9, early: 5, ..Flows::default() };
    s.below = Some(Below {
        units: 100,
        complete_units: 77,
        incomplete: (1..=23).map(unit).collect(),
        by_unit: vec![
            Row { pending_late: 1, ..row("A", "xã A", 1, flows) },
            row("KTD", "UBND xã Khúc Thừa Dụ", 0, Flows::default()),
        ],
        most_overdue: vec![("xã A".into(), 1)],
        ..Below::default()
    });
    s
}

#[test]
fn a_parent_tells_units_not_people() {
    let text = lines(&parent(), Names::All);
    let expected = "Đủ số liệu: 77/100 đơn vị; thiếu: xã 1 (2 ngày), xã 2 (2 ngày), xã 3 (2 ngày), xã 4 (2 ngày), xã 5 (2 ngày), … và 18 đơn vị";
    assert_eq!(text[17], expected);
    assert_eq!(text[19], "xã A: quá hạn 1");
}

#[test]
fn by_unit_there_is_a_line_a_unit() {
    let text = by_unit_text(&parent(), Locale::Vi.words());
    let lines: Vec<&str> = text.lines().skip(3).collect();
    assert_eq!(lines[0], "xã A: tiếp nhận 10, giải quyết 5, còn 5, quá hạn 1");
    assert_eq!(lines[1], "Tại UBND xã Khúc Thừa Dụ: tiếp nhận 0, giải quyết 0, còn 0");
    assert_eq!(lines[2], "TỔNG CỘNG: tiếp nhận 1.236, giải quyết 1.221, còn 15");
    assert!(lines[3].starts_with("Đủ số liệu: 77/100 đơn vị"));
}

#[test]
fn json_has_the_keys_of_the_contract_in_their_order() {
    let mut s = november();
    s.complete.missing.clear();
    s.rows.truncate(1);
    s.rows[0].name = "=Chứng thực".into();
    let json = summary_json(&s, Locale::Vi.words()).unwrap();
    let expected = concat!(
        r#"{"unit":{"code":"KTD","name":"UBND xã Khúc Thừa Dụ"},"#,
        r#""period":{"label":"Tháng 11/2025","from":"2025-10-15","to":"2025-11-14","scheme":"15-14","to_date":null},"#,
        r#""rows":[{"field":"CT","name":"=Chứng thực","carried":0,"received_online":400,"received_direct":120,"#,
        r#""received_postal":0,"received_total":520,"resolved_early":510,"resolved_on_time":0,"resolved_late":0,"#,
        r#""withdrawn":0,"resolved_total":510,"pending_total":10,"pending_in_time":10,"pending_late":0,"#,
        r#""awaiting_supplement":0,"online_rate":"76,92%","on_time_rate":"100,00%"}],"#,
        r#""total":{"field":"","name":"TỔNG CỘNG","carried":8,"received_online":1108,"received_direct":120,"#,
        r#""received_postal":0,"received_total":1236,"resolved_early":1217,"resolved_on_time":0,"resolved_late":0,"#,
        r#""withdrawn":4,"resolved_total":1221,"pending_total":15,"pending_in_time":15,"pending_late":0,"#,
        r#""awaiting_supplement":0,"online_rate":"90,23%","on_time_rate":"100,00%"},"indicators":{},"#,
        r#""complete":{"expected_days":23,"reported_days":22,"missing":[]},"warnings":[],"#,
        r#""previous":{"received":1093,"resolved":1092}}"#,
    );
    assert_eq!(json, expected);
    let csv = String::from_utf8(summary_csv(&s, Locale::Vi.words()).unwrap()).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("field,name,carried,received_online,"), "{csv}");
    assert!(lines[1].starts_with("CT,'=Chứng thực,0,400,120,0,520,"), "{csv}");
    assert!(lines[2].starts_with(",TỔNG CỘNG,8,1108,"), "{csv}");
    let json = summary_json(&parent(), Locale::Vi.words()).unwrap();
    assert!(json.contains(r#""incomplete_units":[{"code":"X1","name":"xã 1","missing_days":2},"#), "{json}");
}
