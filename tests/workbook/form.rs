//! Form II.06a against the golden answers: every cell, formula and merge.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use motcua::render::xlsx;
use motcua::report::workbook::{State, Workbook, describe};
use motcua::words::Locale;
use serde_json::Value;

use crate::golden::{Case, cases, main_case};
use crate::parent::parent_of;

/// Row of the first field.
const FIRST: u32 = 9;

pub struct Read(Xlsx<Cursor<Vec<u8>>>);

impl Read {
    pub fn of(facts: &Workbook, locale: Locale) -> Read {
        let bytes = xlsx::write(&describe(facts, locale.words())).unwrap();
        Read(open_workbook_from_rs(Cursor::new(bytes)).unwrap())
    }

    pub fn sheet(&mut self, name: &str) -> Range<Data> {
        self.0.worksheet_range(name).unwrap()
    }

    pub fn formulas(&mut self, name: &str) -> Range<String> {
        self.0.worksheet_formula(name).unwrap()
    }

    fn merges(&mut self, name: &str) -> Vec<String> {
        let regions = self.0.merge_cells_by_sheet_name(name).unwrap();
        let cell = |(row, column): (u32, u32)| motcua::report::book::address(row, column as u16);
        regions.iter().map(|d| format!("{}:{}", cell(d.start), cell(d.end))).collect()
    }
}

pub fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

pub fn number(sheet: &Range<Data>, row: u32, column: u32) -> i64 {
    match sheet.get_value((row, column)) {
        Some(Data::Float(f)) if f.fract() == 0.0 => *f as i64,
        Some(Data::Int(n)) => *n,
        other => panic!("row {row}, column {column}: {other:?} is no whole number"),
    }
}

fn check_form(case: &Case) {
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let (sheet, formulas) = (read.sheet("II.06a"), read.formulas("II.06a"));
    let rows = case.form["rows"].as_array().unwrap();
    for (i, expected) in rows.iter().enumerate() {
        let row = FIRST + i as u32;
        assert_eq!(number(&sheet, row, 0), i as i64 + 1);
        assert_eq!(text(&sheet, row, 1), expected["label"].as_str().unwrap());
        check_figures(&sheet, row, expected);
        let r = row + 1;
        for (column, formula) in
            [(2, format!("D{r}+E{r}+F{r}")), (6, format!("H{r}+I{r}+J{r}")), (10, format!("L{r}+M{r}"))]
        {
            assert_eq!(formulas.get_value((row, column)), Some(&formula));
        }
    }
    let total = FIRST + rows.len() as u32;
    assert_eq!(text(&sheet, total, 1), "TỔNG CỘNG");
    check_figures(&sheet, total, &case.form["total"]);
    for (column, letter) in (2..).zip('C'..='M') {
        let formula = format!("SUM({letter}10:{letter}{total})");
        assert_eq!(formulas.get_value((total, column)), Some(&formula));
    }
    let within = |key: &str| motcua::words::numbers::number(case.form["within"][key].as_i64().unwrap());
    assert_eq!(
        text(&sheet, total + 1, 0),
        format!("Trong đó: hồ sơ rút, trả lại đã tính tại cột (9): {}", within("withdrawn"))
    );
    assert_eq!(
        text(&sheet, total + 2, 0),
        format!("hồ sơ chờ bổ sung đã tính tại cột (12): {}", within("awaiting_supplement"))
    );
}

fn check_figures(sheet: &Range<Data>, row: u32, expected: &Value) {
    for column in 3..=13 {
        let wanted = expected[format!("c{column}")].as_i64().unwrap();
        assert_eq!(number(sheet, row, column - 1), wanted, "{} ({column})", expected["label"]);
    }
}

#[test]
fn every_cell_of_the_golden_offices_is_right() {
    for case in cases("r1").iter().chain(&cases("r3")) {
        check_form(case);
    }
}

#[test]
fn the_furniture_is_that_of_the_form() {
    let case = main_case("r3");
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let sheet = read.sheet("II.06a");
    let at = |row, column| text(&sheet, row, column);
    assert_eq!(at(0, 0), "Biểu số II.06a/VPCP/KSTT");
    assert_eq!(at(0, 2), "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH");
    assert_eq!(at(1, 2), "TẠI TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG");
    assert_eq!(at(2, 2), "Kỳ báo cáo: Tháng 11/2025");
    assert_eq!(at(3, 2), "(Từ ngày 01/11/2025 đến ngày 30/11/2025)");
    assert_eq!(at(0, 10), "- Đơn vị báo cáo: UBND xã Khúc Thừa Dụ");
    assert_eq!(at(2, 10), "- Đơn vị nhận báo cáo: Văn phòng UBND thành phố Hải Phòng");
    assert_eq!(at(4, 7), "Đơn vị tính: Số hồ sơ TTHC.");
    let header: [&[(u32, &str)]; 3] = [
        &[
            (0, "TT"),
            (1, "Lĩnh vực, công việc giải quyết theo cấp"),
            (2, "Tiếp nhận"),
            (6, "Số lượng hồ sơ đã giải quyết"),
            (10, "Số lượng hồ sơ đang giải quyết"),
        ],
        &[
            (2, "Tổng số"),
            (3, "Trong đó"),
            (5, "Từ kỳ trước"),
            (6, "Tổng số"),
            (7, "Trước hạn"),
            (8, "Đúng hạn"),
            (9, "Quá hạn"),
            (10, "Tổng số"),
            (11, "Trong hạn"),
            (12, "Quá hạn"),
        ],
        &[(3, "Trực tuyến"), (4, "Trực tiếp, dịch vụ bưu chính")],
    ];
    for (row, cells) in (5..).zip(header) {
        for (column, expected) in cells {
            assert_eq!(at(row, *column), *expected);
        }
    }
    for column in 0..13 {
        assert_eq!(number(&sheet, 8, column), i64::from(column) + 1);
    }
}

#[test]
fn the_header_is_merged_as_in_the_form() {
    let case = main_case("r3");
    let merges = Read::of(&case.workbook(), Locale::Vi).merges("II.06a");
    for expected in [
        "A6:A8", "B6:B8", "C6:F6", "C7:C8", "D7:E7", "F7:F8", "G6:J6", "G7:G8", "H7:H8", "I7:I8", "J7:J8", "K6:M6",
        "K7:K8", "L7:L8", "M7:M8",
    ] {
        assert!(merges.iter().any(|m| m == expected), "{expected} is not among {merges:?}");
    }
}

#[test]
fn the_place_to_sign_has_two_columns() {
    let case = main_case("r3");
    let sheet = Read::of(&case.workbook(), Locale::Vi).sheet("II.06a");
    let find = |wanted: &str| {
        sheet.used_cells().find(|(_, _, v)| *v == wanted).map(|(r, c, _)| (r, c)).unwrap_or_else(|| panic!("{wanted}"))
    };
    let (left, right) = (find("NGƯỜI LÀM BÁO CÁO"), find("THỦ TRƯỞNG ĐƠN VỊ"));
    assert_eq!(left.0, right.0);
    assert_eq!(find("(Ký, ghi rõ họ tên)"), (left.0 + 1, left.1));
    assert_eq!(find("(Ký, đóng dấu, ghi rõ họ tên)"), (right.0 + 1, right.1));
    assert_eq!(find("…………………, ngày …… tháng …… năm ………"), (right.0 - 1, right.1));
}

#[test]
fn a_period_without_dossiers_has_a_form_that_adds_up() {
    let mut case = main_case("r3");
    case.summary.rows.clear();
    case.summary.total = motcua::domain::summary::Row { name: "TỔNG CỘNG".into(), ..Default::default() };
    case.summary.indicators.clear();
    case.days.clear();
    case.log.clear();
    case.judge();
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let sheet = read.sheet("II.06a");
    assert_eq!(text(&sheet, FIRST, 1), "Không phát sinh hồ sơ");
    assert_eq!((text(&sheet, FIRST + 1, 1), number(&sheet, FIRST + 1, 2)), ("TỔNG CỘNG".into(), 0));
    assert_eq!(read.formulas("II.06a").get_value((FIRST + 1, 2)), Some(&"SUM(C10:C10)".to_string()));
}

#[test]
fn a_parent_has_a_row_a_unit_and_a_second_form_by_field() {
    let case = parent_of(main_case("r3"), 5);
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let sheet = read.sheet("II.06a");
    assert_eq!(text(&sheet, FIRST, 1), "UBND xã Số 0");
    assert_eq!((text(&sheet, FIRST + 5, 1), number(&sheet, FIRST + 5, 2)), ("TỔNG CỘNG".into(), 5 * 1236));
    let fields = read.sheet("II.06a theo lĩnh vực");
    assert_eq!((text(&fields, FIRST + 2, 1), number(&fields, FIRST + 2, 2)), ("Chứng thực".into(), 5 * 679));
    assert_eq!(
        read.0.sheet_names(),
        ["II.06a", "II.06a theo lĩnh vực", "Theo ngày", "Quá hạn", "Chỉ tiêu khác", "Biểu đồ", "Kiểm tra"]
    );
}

#[test]
fn the_form_stays_vietnamese_for_a_reader_of_english() {
    let case = main_case("r3");
    let mut english = Read::of(&case.workbook(), Locale::En);
    let mut vietnamese = Read::of(&case.workbook(), Locale::Vi);
    assert_eq!(english.sheet("II.06a"), vietnamese.sheet("II.06a"));
    assert_eq!(text(&english.sheet("By day"), 0, 0), "FIGURES BY DAY");
}

#[test]
fn days_indicators_and_checks_hold_real_numbers_and_dates() {
    let case = main_case("r3");
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let days = read.sheet("Theo ngày");
    // 30 days from row 7 on; the total below them is that of the form.
    assert!(matches!(days.get_value((7, 0)), Some(Data::DateTime(_))));
    assert_eq!((number(&days, 37, 5), number(&days, 37, 10), number(&days, 37, 11)), (1228, 1221, 15));
    assert_eq!(text(&days, 13, 20), "Thiếu: Bùi Đức Linh");
    let indicators = read.sheet("Chỉ tiêu khác");
    let rate = |row| match indicators.get_value((row, 5)) {
        Some(Data::Float(f)) => (f * 10_000.0).round() as i64,
        other => panic!("{other:?}"),
    };
    // 1.108 of 1.228 online; 160 of 160 paid online.
    assert_eq!((rate(4), rate(10)), (9023, 10_000));
    assert_eq!(text(&indicators, 4, 7), "Đạt");
    let checks = read.sheet("Kiểm tra");
    assert_eq!(text(&checks, 2, 0), "Phải sửa trước khi chốt: 0. Cần xem lại: 1.");
    for row in 6..14 {
        for column in 2..6 {
            assert_eq!(number(&checks, row, column), 0);
        }
    }
}

#[test]
fn a_closed_period_says_so_on_each_page() {
    let case = main_case("r3");
    let footer = |state| {
        let book = describe(&Workbook { state, ..case.workbook() }, Locale::Vi.words());
        book.sheets.iter().map(|s| s.footer.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(footer(State::Closed { version: 1 }), ["Đã chốt, lần 1".to_string()].into());
    assert_eq!(footer(State::Provisional), ["Số liệu tạm tính, chưa chốt; thiếu 1 ngày".to_string()].into());
}

#[test]
fn the_whole_log_is_in_the_file_and_a_line_a_person_on_paper() {
    let case = main_case("r3");
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let sheet = read.sheet("Kiểm tra");
    let (last, _) = sheet.end().unwrap();
    let row_of = |wanted: &str| (0..=last).find(|row| text(&sheet, *row, 0).contains(wanted)).unwrap();
    let (people, below) = (row_of("Nhật ký nhập, sửa, chốt"), row_of("và không in ra"));
    let told: i64 =
        (people + 2..below).flat_map(|row| (3..7).map(move |c| (row, c))).map(|(r, c)| number(&sheet, r, c)).sum();
    assert_eq!(told, case.log.len() as i64, "each line is somebody's");
    assert_eq!(last, row_of("Nhật ký từng chỉ tiêu") + 1 + case.log.len() as u32, "none is left out");
    let area =
        read.0.defined_names().iter().find(|(name, area)| name.contains("Print_Area") && area.contains("Kiểm tra"));
    let printed = area.unwrap().1.rsplit('$').next().unwrap().parse::<u32>().unwrap();
    assert_eq!(printed, below + 1, "rows are counted from 1 there");
    assert!(printed < last);
}
