//! `/so`: the register of a period as a workbook.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use super::sample;
use crate::office::Office;

/// The cells of a row, days as ISO.
fn line(row: &[Data]) -> String {
    let cell = |c: &Data| match c {
        Data::DateTime(time) => time.as_datetime().unwrap().date().to_string(),
        other => other.to_string(),
    };
    row.iter().map(cell).collect::<Vec<_>>().join("|")
}

#[tokio::test]
async fn the_register_of_a_month_is_a_workbook_with_a_row_a_dossier() {
    let mut office = Office::new("2026-11-20T16:00").await;
    office
        .set_up(
            "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
             INSERT INTO officials (id, name) VALUES (1, 'Đinh Quốc Lan'), (2, 'Đinh Thị Minh');
             INSERT INTO memberships (official_id, unit_id, role, since)
             VALUES (1, 1, 'officer', 20000), (2, 1, 'lead', 20000)",
        )
        .await;
    office.say("Lan", &format!("[tệp] {}", sample("list.xls"))).await;
    office.hears("Lan");
    office.say("Lan", "1").await;
    office.hears("Lan");
    office.say("Lan", "/lydo 0003 mất điện").await;
    office.hears("Lan");
    office.move_to("2026-12-16T08:00");
    office.say("Minh", "/so thang 12/2026").await;
    let (text, file) = office.hears_file("Minh").await;
    assert_eq!(
        text,
        "Sổ theo dõi hồ sơ của UBND xã Khúc Thừa Dụ, Tháng 12/2026 (15/11/2026 – 14/12/2026), đến ngày 14/12/2026."
    );
    assert_eq!(file.name, "motcua_KTD_so-thang-12-2026.xlsx");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&file.bytes)).unwrap();
    let sheet = book.worksheet_range("Sổ theo dõi").unwrap();
    let rows: Vec<String> = sheet.rows().skip(3).map(line).collect();
    assert_eq!(
        rows,
        [
            "TT|Mã hồ sơ|Lĩnh vực|Ngày tiếp nhận|Ngày hẹn trả|Hẹn lại|Ngày trả kết quả|Kết quả|Người giải quyết|Lý do",
            "1|H12.34.56-261116-0001|Hộ tịch|2026-11-16|2026-11-19||2026-11-18|Trước hạn|Đinh Quốc Lan|",
            "2|H12.34.56-261117-0002|Đất đai|2026-11-17|2026-12-15|||Đang giải quyết|Đinh Thị Minh|",
            "3|H12.34.56-261117-0003|Chứng thực|2026-11-17|2026-11-18||2026-11-20|Quá hạn 2 ngày|Đinh Quốc Lan|mất điện",
            "4|H12.34.56-261118-0004|Bảo trợ xã hội|2026-11-18|2026-12-02|||Chờ bổ sung||",
            "5|H12.34.56-261119-0005|Hộ tịch|2026-11-19|2026-11-20||2026-11-19|Rút, trả lại|Đinh Quốc Lan|",
        ]
    );
    // A day later the land dossier is overdue; what ended before the period is not listed.
    office.say("Minh", "/so 15/12-16/12/2026").await;
    let (_, file) = office.hears_file("Minh").await;
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(&file.bytes)).unwrap();
    let rows: Vec<String> = book.worksheet_range("Sổ theo dõi").unwrap().rows().skip(4).map(line).collect();
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert!(rows[0].contains("Đang giải quyết, quá hạn 1 ngày"), "{rows:#?}");
}
