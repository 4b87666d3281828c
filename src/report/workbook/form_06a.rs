//! Biểu số II.06a/VPCP/KSTT: furniture, three header rows, a row a field (or a unit), the
//! total, the two `Trong đó` lines, the place to sign (DOMAIN §1.2, SPEC §6).

use super::Workbook;
use crate::domain::form::{Columns, FIRST, LAST};
use crate::domain::summary::Row;
use crate::report::book::{Column, Outcome, Role, Sheet, Value, address, sum};
use crate::words::numbers::{date, number};

/// Row of the numbers 1–13; the first field stands below it.
const NUMBERING: u32 = 8;
/// Row of the first field.
pub const FIRST_ROW: u32 = NUMBERING + 1;

/// A header cell: row and column from the first header row, rows and columns it covers.
type HeaderCell = ((u32, u16), (u32, u16), &'static str);

/// The three header rows as DOMAIN §1.2 draws them.
const HEADER: [HeaderCell; 17] = [
    ((0, 0), (3, 1), "TT"),
    ((0, 1), (3, 1), "Lĩnh vực, công việc giải quyết theo cấp"),
    ((0, 2), (1, 4), "Tiếp nhận"),
    ((1, 2), (2, 1), "Tổng số"),
    ((1, 3), (1, 2), "Trong đó"),
    ((2, 3), (1, 1), "Trực tuyến"),
    ((2, 4), (1, 1), "Trực tiếp, dịch vụ bưu chính"),
    ((1, 5), (2, 1), "Từ kỳ trước"),
    ((0, 6), (1, 4), "Số lượng hồ sơ đã giải quyết"),
    ((1, 6), (2, 1), "Tổng số"),
    ((1, 7), (2, 1), "Trước hạn"),
    ((1, 8), (2, 1), "Đúng hạn"),
    ((1, 9), (2, 1), "Quá hạn"),
    ((0, 10), (1, 3), "Số lượng hồ sơ đang giải quyết"),
    ((1, 10), (2, 1), "Tổng số"),
    ((1, 11), (2, 1), "Trong hạn"),
    ((1, 12), (2, 1), "Quá hạn"),
];

/// The form over the given rows: fields, or the units below.
pub fn sheet(facts: &Workbook, name: &str, rows: &[Row]) -> Sheet {
    let mut columns = vec![Column::Index, Column::Name];
    columns.extend([Column::Count; LAST - FIRST + 1]);
    let mut sheet = Sheet {
        name: name.to_string(),
        columns,
        repeated: Some((NUMBERING - 3, NUMBERING)),
        footer: super::footer(facts, super::form_words()),
        ..Sheet::default()
    };
    // Three rows a row, more than a screen: keep the header in sight.
    if rows.len() > 30 {
        sheet.frozen = Some((FIRST_ROW, 2));
    }
    furniture(&mut sheet, facts);
    header(&mut sheet);
    let next = body(&mut sheet, rows, &facts.summary.total);
    below(&mut sheet, next, &facts.summary.total);
    sheet
}

/// Row of the total in a form over so many rows.
pub fn total_row(rows: usize) -> u32 {
    FIRST_ROW + rows.max(1) as u32
}

fn furniture(sheet: &mut Sheet, facts: &Workbook) {
    let period = &facts.summary.period;
    let centre = [
        (Role::Title, "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH".to_string()),
        (Role::Title, "TẠI TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG".to_string()),
        (Role::Subtitle, format!("Kỳ báo cáo: {}", facts.period)),
        (Role::Subtitle, format!("(Từ ngày {} đến ngày {})", date(period.from), date(period.to))),
    ];
    sheet.put_over((0, 0), (1, 2), Role::FormNumber, "Biểu số II.06a/VPCP/KSTT");
    for (row, (role, text)) in (0..).zip(centre) {
        sheet.put_over((row, 2), (1, 8), role, text);
    }
    let receiver = facts.parent.unwrap_or("…………………………");
    let sender = format!("- Đơn vị báo cáo: {}", facts.summary.unit_name);
    sheet.put_over((0, 10), (2, 3), Role::Furniture, sender);
    sheet.put_over((2, 10), (2, 3), Role::Furniture, format!("- Đơn vị nhận báo cáo: {receiver}"));
    sheet.put_over((4, 7), (1, 6), Role::Measure, "Đơn vị tính: Số hồ sơ TTHC.");
}

fn header(sheet: &mut Sheet) {
    let top = NUMBERING - 3;
    for ((row, column), span, text) in HEADER {
        sheet.put_over((top + row, column), span, Role::Head, text);
    }
    for column in 0..LAST as u16 {
        sheet.put((NUMBERING, column), Role::Numbering, i64::from(column) + 1);
    }
}

/// A row a field and the total; returns the first free row.
fn body(sheet: &mut Sheet, rows: &[Row], total: &Row) -> u32 {
    let nothing = [Row { name: super::form_words().workbook_nothing(), ..Row::default() }];
    let rows = if rows.is_empty() { &nothing } else { rows };
    for (i, row) in rows.iter().enumerate() {
        let at = FIRST_ROW + i as u32;
        sheet.put((at, 0), Role::Index, i as i64 + 1);
        sheet.put((at, 1), Role::Label, row.name.as_str());
        let figures = Columns::of(row);
        for number in FIRST..=LAST {
            sheet.put((at, number as u16 - 1), Role::Figure, figure(&figures, number, at));
        }
    }
    let at = total_row(rows.len());
    sheet.put((at, 0), Role::TotalLabel, Value::Blank);
    sheet.put((at, 1), Role::TotalLabel, "TỔNG CỘNG");
    let totals = Columns::of(total);
    for number in FIRST..=LAST {
        let column = number as u16 - 1;
        let formula = Value::Formula(sum(column, FIRST_ROW, at - 1), Outcome::Number(totals.get(number)));
        sheet.put((at, column), Role::TotalFigure, formula);
    }
    at + 1
}

/// (3), (7) and (11) as the sums that the form makes of them, the others as numbers.
fn figure(figures: &Columns, number: usize, row: u32) -> Value {
    let value = figures.get(number);
    let parts: &[usize] = match number {
        3 => &[4, 5, 6],
        7 => &[8, 9, 10],
        11 => &[12, 13],
        _ => return Value::Number(value),
    };
    let parts: Vec<String> = parts.iter().map(|n| address(row, *n as u16 - 1)).collect();
    Value::Formula(parts.join("+"), Outcome::Number(value))
}

fn below(sheet: &mut Sheet, next: u32, total: &Row) {
    let within = [
        format!("Trong đó: hồ sơ rút, trả lại đã tính tại cột (9): {}", number(total.flows.withdrawn)),
        format!("hồ sơ chờ bổ sung đã tính tại cột (12): {}", number(total.awaiting)),
    ];
    for (row, text) in (next..).zip(within) {
        sheet.put_over((row, 0), (1, LAST as u16), Role::Within, text);
    }
    let sign = next + 3;
    // Left and right half; the middle stays free for the stamp.
    for (column, row, role, text) in [
        (7, sign, Role::SignHint, "…………………, ngày …… tháng …… năm ………"),
        (0, sign + 1, Role::SignHead, "NGƯỜI LÀM BÁO CÁO"),
        (7, sign + 1, Role::SignHead, "THỦ TRƯỞNG ĐƠN VỊ"),
        (0, sign + 2, Role::SignHint, "(Ký, ghi rõ họ tên)"),
        (7, sign + 2, Role::SignHint, "(Ký, đóng dấu, ghi rõ họ tên)"),
    ] {
        let span = if column == 0 { (1, 4) } else { (1, 6) };
        sheet.put_over((row, column), span, role, text);
    }
    // Room for the signatures, inside the printed area.
    sheet.put((sign + 7, 0), Role::Line, Value::Blank);
}
