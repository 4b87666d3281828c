//! Summaries and workbooks of the golden offices: JSON, text and form II.06a as they were
//! asked for then.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use motcua::app::export::render;
use motcua::app::reply::{FileKind, FileRecipe, Reader as ReadBy};
use motcua::cli::End;
use motcua::cli::asked::Asked;
use motcua::cli::report::report;
use motcua::cli::summary::{Options, summary};
use serde_json::Value;

use crate::golden::Golden;
use crate::office::{Office, at};

async fn printed(office: &Office, check: &Value, json: bool) -> String {
    let asked = asked(check);
    let mut out = Vec::new();
    let options = Options { json, wait: None };
    let end = summary(&office.store, office.desk(), &asked, options, &mut out).await.unwrap();
    assert_eq!(end, End::Done);
    String::from_utf8(out).unwrap()
}

fn asked(check: &Value) -> Asked<'_> {
    let text = |key: &str| check[key].as_str().unwrap();
    Asked { unit: text("unit"), period: text("period"), at: at(text("as_of")) }
}

async fn workbook(office: &Office, check: &Value) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.xlsx");
    let end = report(&office.store, office.desk(), &asked(check), (&file, None)).await.unwrap();
    assert_eq!(end, End::Done);
    std::fs::read(file).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

/// All texts of a sheet, a line a row.
fn all(sheet: &Range<Data>) -> String {
    let row = |r: &[Data]| r.iter().map(ToString::to_string).filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" | ");
    sheet.rows().map(row).collect::<Vec<_>>().join("\n")
}

/// The form's rows from its first field on: label and columns 3–13.
fn check_form(bytes: &[u8], expected: &Value) {
    const FIRST: u32 = 9;
    let form = sheet(bytes, "II.06a");
    let rows = expected["rows"].as_array().unwrap();
    for (row, expected) in (FIRST..).zip(rows.iter().chain([&expected["total"]])) {
        let label = expected["label"].as_str().unwrap_or("TỔNG CỘNG");
        assert_eq!(text(&form, row, 1), label);
        for column in 3..=13 {
            let cell = text(&form, row, column - 1);
            assert_eq!(cell, expected[format!("c{column}")].to_string(), "{label} ({column})");
        }
    }
    let below = all(&form);
    for (line, key) in [("(9): ", "withdrawn"), ("(12): ", "awaiting_supplement")] {
        let wanted = motcua::words::numbers::number(expected["within"][key].as_i64().unwrap());
        assert!(below.contains(&format!("{line}{wanted}")), "{key}: {below}");
    }
}

async fn play(set: &str) -> usize {
    let mut golden = Golden::read(set);
    let mut office = Office::new("2022-12-01T08:00").await;
    golden.set_up(&office).await;
    for check in golden.checks.clone() {
        let as_of = check["as_of"].as_str().unwrap();
        golden.play_until(&mut office, as_of).await;
        let label = format!("{set} {as_of} {}", check["period"]);
        let json: Value = serde_json::from_str(&printed(&office, &check, true).await).unwrap();
        assert_eq!(json, check["summary"], "{label}");
        let lines = printed(&office, &check, false).await;
        let exact = check["exact_lines"].as_u64().unwrap() as usize;
        let wanted: Vec<&str> = check["tonghop"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
        assert_eq!(lines.lines().take(exact).collect::<Vec<_>>(), wanted[..exact], "{label}");
        let bytes = workbook(&office, &check).await;
        check_form(&bytes, &check["ii06a"]);
        let verdicts = all(&sheet(&bytes, "Kiểm tra"));
        assert!(!verdicts.contains("Phải sửa |"), "{label}: {verdicts}");
    }
    golden.checks.len()
}

#[tokio::test]
async fn the_golden_quarter_comes_to_what_the_office_printed() {
    assert_eq!(play("r1").await, 10);
}

#[tokio::test]
async fn the_golden_month_comes_to_what_the_office_printed() {
    assert_eq!(play("r3").await, 6);
}

/// r3 in the middle of its month.
async fn half_a_month() -> (Office, Value) {
    let mut golden = Golden::read("r3");
    let mut office = Office::new("2022-12-01T08:00").await;
    golden.set_up(&office).await;
    let check = golden.checks[0].clone();
    golden.play_until(&mut office, "2025-11-16T10:00").await;
    (office, check)
}

#[tokio::test]
async fn the_same_figures_give_the_same_bytes_whenever_the_file_is_made() {
    let (mut office, check) = half_a_month().await;
    let first = workbook(&office, &check).await;
    office.move_to("2025-11-16T23:00");
    assert_eq!(workbook(&office, &check).await, first);
    office.say("Phúc", "14/11 ct bc+1").await;
    office.hears_all();
    assert_ne!(workbook(&office, &check).await, first);
}

#[tokio::test]
async fn the_days_add_up_to_the_form_and_the_log_tells_who_did_what() {
    let (office, check) = half_a_month().await;
    let bytes = workbook(&office, &check).await;
    let days = sheet(&bytes, "Theo ngày");
    let total = days.end().unwrap().0;
    let figures = &check["summary"]["total"];
    let columns = [(2, "received_online"), (3, "received_direct"), (4, "received_postal"), (6, "resolved_early")];
    let stands = [(11, "pending_total"), (12, "awaiting_supplement")];
    for (column, key) in columns.into_iter().chain(stands) {
        assert_eq!(text(&days, total, column), figures[key].to_string(), "{key}");
    }
    assert_eq!(total, 7 + 16, "a row a day up to today");
    assert!(text(&days, 7 + 6, 20).contains("Thiếu: Bùi Đức Linh"));
    let log = all(&sheet(&bytes, "Kiểm tra"));
    for line in [
        "Máy chủ | 44896 | Tồn đầu kỳ | 45962 | Hộ tịch | Còn lại | 1",
        "| Sửa | 45964 | Hộ tịch | Trực tuyến | 8 | 6",
        "| Hoàn tác | 45965 | Chứng thực | Trước hạn | 8 | 0",
        "Số còn lại cán bộ báo ngày 14/11/2025 | Người có công | Đạt | 8 | 8",
    ] {
        assert!(log.contains(line), "{line}: {log}");
    }
}

#[tokio::test]
async fn each_reader_finds_only_the_names_that_are_theirs_to_see() {
    let (mut office, _) = half_a_month().await;
    office.say("Hoa", "/xuat").await;
    let (text, file) = office.hears_file("Hoa").await;
    let sentence =
        "Tệp Excel của UBND xã Khúc Thừa Dụ, Tháng 11/2025 (01/11/2025 – 30/11/2025), số liệu đến ngày 16/11/2025.";
    assert_eq!(text, sentence);
    assert_eq!(file.name, "motcua_KTD_thang-11-2025.xlsx");
    let days = |file: &[u8]| all(&sheet(file, "Theo ngày"));
    assert!(days(&file.bytes).contains("Thiếu: Bùi Đức Linh"));
    for (who, told) in [("Nga", "Thiếu 1 cán bộ"), ("Linh", "Thiếu: Bùi Đức Linh")] {
        office.say(who, "/xuat 11/2025").await;
        let (_, file) = office.hears_file(who).await;
        assert!(days(&file.bytes).contains(told), "{who}: {}", days(&file.bytes));
        let checks = all(&sheet(&file.bytes, "Kiểm tra"));
        assert_eq!(checks.contains("Còn thiếu: 07/11 (Bùi Đức Linh)"), who == "Linh", "{checks}");
    }
}

#[tokio::test]
async fn a_file_for_a_group_names_nobody() {
    let (office, _) = half_a_month().await;
    let at = at("2025-11-16T10:00").timestamp();
    let recipe = |reader| FileRecipe {
        kind: FileKind::Workbook,
        unit: 1,
        period: "thang 11/2025".to_string(),
        at,
        locale: "vi".to_string(),
        reader,
    };
    for (reader, named) in [(ReadBy::All, true), (ReadBy::Group, false)] {
        let file = render(&office.store, office.desk(), &recipe(reader)).await.unwrap();
        let texts = ["II.06a", "Theo ngày", "Kiểm tra"].map(|s| all(&sheet(&file.bytes, s))).join("\n");
        for name in ["Phúc", "Nga", "Khánh", "Bùi Đức Linh", "Quân"] {
            assert_eq!(texts.contains(name), named, "{name}");
        }
        assert_eq!(texts.contains("một cán bộ"), !named);
    }
    let gone = FileRecipe { unit: 99, ..recipe(ReadBy::All) };
    assert!(render(&office.store, office.desk(), &gone).await.is_err());
}

#[tokio::test]
async fn single_days_are_checked_against_what_was_stated_and_what_is_usual() {
    let mut office = Office::new("2026-10-15T16:00").await;
    office.set_up(PROVINCE).await;
    for day in (15..=30).filter(|d| !matches!(d, 17 | 18 | 24 | 25)) {
        office.move_to(&format!("2026-10-{day}T16:00"));
        office.say("Lan", &format!("ct ol {} th {}", 10 + day % 3, 10 + day % 3)).await;
    }
    office.move_to("2026-11-02T16:00");
    office.say("Lan", "ct ol 112 th 100 con 9; ht ol 3 th 1 con 2").await;
    office.hears_all();
    office.say("Lan", "/xuat").await;
    let (_, file) = office.hears_file("Lan").await;
    let checks = all(&sheet(&file.bytes, "Kiểm tra"));
    for line in [
        "Số còn lại cán bộ báo ngày 02/11/2026 | Chứng thực | Cần xem lại | 9 | 12 | -3",
        "Số còn lại cán bộ báo ngày 02/11/2026 | Hộ tịch | Đạt | 2 | 2",
        "Trực tuyến ngày 02/11/2026 của Trần Lan | Chứng thực | Cần xem lại | 112 | 11 | 101",
    ] {
        assert!(checks.contains(line), "{line}: {checks}");
    }
}

#[tokio::test]
async fn a_leader_asks_about_all_below_and_others_about_their_own_unit_only() {
    let mut office = Office::new("2026-11-20T16:00").await;
    office.set_up(PROVINCE).await;
    let asks = [
        ("Bình", "/xuat quy 4 A", Ok("motcua_A_quy-iv-2026.xlsx")),
        ("Bình", "/xuat xã A", Err("Không có đơn vị mã “xã A”. Các đơn vị cấp dưới của anh/chị: A, B")),
        ("Bình", "/xuat", Ok("motcua_T_thang-12-2026.xlsx")),
        ("Quản", "/xuat ubnd xã b", Ok("motcua_B_thang-11-2026.xlsx")),
        ("Lan", "/xuat A", Ok("motcua_A_thang-12-2026.xlsx")),
        ("Lan", "/xuat B", Err("Anh/chị chỉ xem được số liệu của UBND xã A, không xem được của UBND xã B.")),
        (
            "Lan",
            "/xuat thang bay",
            Err("Chưa rõ “thang bay”. Kỳ đứng trước, mã đơn vị đứng sau, ví dụ: thang 11/2026 A"),
        ),
        ("Lan", "/xuat thang 1/2027", Err("Tháng 1/2027 chưa bắt đầu (từ ngày 15/12/2026).")),
    ];
    for (who, what, expected) in asks {
        office.say(who, what).await;
        match expected {
            Ok(name) => assert_eq!(office.hears_file(who).await.1.name, name, "{what}"),
            Err(sentence) => assert_eq!(office.hears(who), sentence, "{what}"),
        }
    }
}

/// A province of two communes, of which B keeps calendar months.
const PROVINCE: &str = "
INSERT INTO units (id, code, name, parent_id, scheme) VALUES
    (1, 'T', 'UBND tỉnh', NULL, '15-14'), (2, 'A', 'UBND xã A', 1, '15-14'), (3, 'B', 'UBND xã B', 1, 'calendar');
INSERT INTO officials (id, name, current_unit_id) VALUES (1, 'Lê Bình', 1), (2, 'Trần Lan', 2), (3, 'Vũ Quản', 1);
INSERT INTO memberships (official_id, unit_id, role, since) VALUES
    (1, 1, 'leader', 20000), (2, 2, 'officer', 20000), (3, 1, 'admin', 20000);
INSERT INTO member_fields (membership_id, field_id, since) SELECT 2, id, 20000 FROM fields WHERE code IN ('HT', 'CT');
";

#[tokio::test]
async fn a_parents_workbook_has_a_row_a_unit_and_a_sheet_by_field() {
    let mut office = Office::new("2026-11-20T16:00").await;
    office.set_up(PROVINCE).await;
    for (time, line) in [("2026-11-18T16:00", "ht ol 9 th 6 bs 2; ct tr 4 dh 4"), ("2026-11-19T16:00", "ht ol 1 tqh 1")]
    {
        office.move_to(time);
        office.say("Lan", line).await;
        office.hears_all();
    }
    office.move_to("2026-11-20T16:30");
    office.say("Bình", "/xuat").await;
    let (_, file) = office.hears_file("Bình").await;
    let form = sheet(&file.bytes, "II.06a");
    let row = |row| (1..13).map(|c| self::text(&form, row, c)).collect::<Vec<_>>().join(" ");
    assert_eq!(row(9), "UBND xã A 14 10 4 0 10 6 4 0 4 3 1");
    assert_eq!(row(10), "UBND xã B 0 0 0 0 0 0 0 0 0 0 0");
    assert_eq!(row(11), "TỔNG CỘNG 14 10 4 0 10 6 4 0 4 3 1");
    let days = all(&sheet(&file.bytes, "Theo ngày"));
    assert!(days.contains("46345 | Thứ Năm | 1 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 4 | 2 | 1\n"), "{days}");
    assert!(days.contains("Thiếu 1 đơn vị"), "{days}");
    let checks = all(&sheet(&file.bytes, "Kiểm tra"));
    assert!(checks.contains("UBND xã A"), "{checks}");
}

#[tokio::test]
async fn overdue_dossiers_of_the_register_are_listed_worst_first() {
    let mut office = Office::new("2026-11-02T08:00").await;
    office.set_up(PROVINCE).await;
    let lines = [
        "/hoso H12.34.56-261102-0001 HT 5/11",
        "/hoso H12.34.56-261102-0002 CT 10/11",
        "/hoso H12.34.56-261102-0003 HT 12/11",
        "/hoso H12.34.56-261102-0004 HT 13/11",
        "/hoso H12.34.56-261102-0005 HT 13/11",
        "/bosung 0005",
    ];
    for line in lines {
        office.say("Lan", line).await;
    }
    office.move_to("2026-11-13T08:00");
    for line in ["/xong 0001", "/lydo 0001 mất điện", "/giahan 0002 20/11 lỗi phần mềm", "/xong 0004"] {
        office.say("Lan", line).await;
    }
    // What happens behind the end of the period changes nothing about it.
    office.move_to("2026-11-16T08:00");
    for line in ["/xong 0002", "/xong 0003", "/tieptuc 0005"] {
        office.say("Lan", line).await;
    }
    office.hears_all();
    office.say("Lan", "/xuat thang 11").await;
    let (_, file) = office.hears_file("Lan").await;
    let list = all(&sheet(&file.bytes, "Quá hạn"));
    let rows: Vec<&str> = list.lines().skip(4).collect();
    // Received on day 46328; the period ends on the 14th.
    let expected = [
        "1 | H12.34.56-261102-0001 | Hộ tịch | 46328 | 46331 | 46339 | 8 | Trần Lan | mất điện",
        "2 | H12.34.56-261102-0002 | Chứng thực | 46328 | 46336 | đang giải quyết | 4 | Trần Lan | lỗi phần mềm; đã xin lỗi, hẹn lại ngày 20/11/2026",
        "3 | H12.34.56-261102-0003 | Hộ tịch | 46328 | 46338 | đang giải quyết | 2 | Trần Lan",
    ];
    assert_eq!(rows, expected, "{list}");
    let checks = all(&sheet(&file.bytes, "Kiểm tra"));
    assert!(checks.contains("Cần xem lại | 1"), "{checks}");
    // Nobody posted: the register stands against nothing, field by field.
    for line in [
        "Sổ hồ sơ và số liệu: tiếp nhận | Chứng thực | Cần xem lại | 1 | 0 | 1",
        "Sổ hồ sơ và số liệu: đã giải quyết | Chứng thực | Đạt | 0 | 0",
        "Sổ hồ sơ và số liệu: tiếp nhận | Hộ tịch | Cần xem lại | 4 | 0 | 4",
        "Sổ hồ sơ và số liệu: đã giải quyết | Hộ tịch | Cần xem lại | 2 | 0 | 2",
        "Hồ sơ quá hạn trong sổ không vượt số đang giải quyết | Hộ tịch | Cần xem lại | 1 | 0 | 1",
    ] {
        assert!(checks.contains(line), "{line}: {checks}");
    }

    let recipe = FileRecipe {
        kind: FileKind::Workbook,
        unit: 2,
        period: "thang 11/2026".to_string(),
        at: at("2026-11-16T09:00").timestamp(),
        locale: "vi".to_string(),
        reader: ReadBy::Group,
    };
    let file = render(&office.store, office.desk(), &recipe).await.unwrap();
    let list = all(&sheet(&file.bytes, "Quá hạn"));
    assert!(!list.contains("H12") && !list.contains("Lan") && list.contains("mất điện"), "{list}");
}
