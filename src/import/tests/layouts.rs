//! Lists of eight makes.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

/// `2026-11-16` → `16/11/2026`.
fn local(day: &str) -> String {
    day.split('-').rev().collect::<Vec<_>>().join("/")
}

fn check(bytes: &[u8]) {
    let list = read_sample(bytes);
    assert_eq!(told(&list), expected());
    assert_eq!((list.rejected, list.not_received), (vec![], 0));
}

pub fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet()).unwrap();
    book.save_to_buffer().unwrap()
}

fn put_day(sheet: &mut Worksheet, at: (u32, u16), text: &str) -> Result<(), rust_xlsxwriter::XlsxError> {
    if !text.is_empty() {
        sheet.write_with_format(at.0, at.1, &day(text), &Format::new().set_num_format("dd/mm/yyyy hh:mm"))?;
    }
    Ok(())
}

/// Header in the first row, real dates.
fn plain() -> Vec<u8> {
    workbook(|sheet| {
        let heads = ["Mã hồ sơ", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Trạng thái", "Cán bộ"];
        sheet.write_row(0, 0, heads)?;
        for (row, s) in (1..).zip(&SAMPLES) {
            sheet.write(row, 0, s.code)?.write(row, 1, s.field)?;
            for (column, text) in [(2, s.received), (3, s.due), (4, s.ended)] {
                put_day(sheet, (row, column), text)?;
            }
            sheet.write(row, 5, s.status.0)?.write(row, 6, s.holder)?;
        }
        Ok(())
    })
}

#[test]
fn a_plain_workbook_with_real_dates() {
    check(&plain());
}

#[test]
fn titles_above_blank_columns_citizens_and_days_as_text() {
    check(&workbook(|sheet| {
        let title = Format::new().set_bold();
        sheet.merge_range(0, 0, 0, 13, "UBND XÃ KHÚC THỪA DỤ", &title)?;
        sheet.merge_range(1, 0, 1, 13, "DANH SÁCH HỒ SƠ TIẾP NHẬN, MÃ HỒ SƠ VÀ NGÀY TRẢ KẾT QUẢ", &title)?;
        sheet.write(2, 4, "Từ ngày 01/11/2026 đến ngày 20/11/2026")?;
        let heads = [
            "STT",
            "",
            "Số hồ sơ",
            "Tên chủ hồ sơ",
            "Số CCCD",
            "Điện thoại",
            "",
            "Thủ tục",
            "Ngày nhận",
            "Hạn trả",
            "",
            "Ngày trả",
            "Tình trạng",
            "Người thụ lý",
        ];
        sheet.write_row(5, 0, heads)?;
        for (row, s) in (7..).zip(&SAMPLES) {
            sheet.write(row, 0, row - 6)?.write(row, 2, s.code)?;
            sheet.write(row, 3, "Nguyễn Văn Ví Dụ")?.write(row, 4, "001085012345")?.write(row, 5, "0912345678")?;
            sheet.write(row, 7, s.procedure)?;
            sheet.write(row, 8, format!("10:56 {}", local(s.received)))?.write(
                row,
                9,
                format!("{} 17:00:00", local(s.due)),
            )?;
            sheet.write(row, 11, if s.ended.is_empty() { "-".to_string() } else { local(s.ended) })?;
            sheet.write(row, 12, s.status.0)?.write(row, 13, format!("{} (dinh.lan)", s.holder))?;
        }
        sheet.write(13, 0, "Tổng cộng")?.write(13, 8, 5)?;
        sheet.write(15, 11, "NGƯỜI LẬP BIỂU")?;
        Ok(())
    }));
}

#[test]
fn two_rows_of_heads_numbering_and_groups_by_field() {
    check(&workbook(|sheet| {
        let format = Format::new();
        for (column, head) in [(0, "TT"), (1, "Mã hồ sơ"), (5, "Trạng thái"), (6, "Người xử lý")] {
            sheet.merge_range(2, column, 3, column, head, &format)?;
        }
        sheet.merge_range(2, 2, 2, 4, "Ngày", &format)?;
        sheet.write_row(3, 2, ["Tiếp nhận", "Hẹn trả", "Hoàn thành"])?;
        sheet.write_row(4, 0, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"])?;
        let mut row = 5;
        for (number, s) in SAMPLES.iter().enumerate() {
            sheet.merge_range(row, 0, row, 6, &format!("{}. Lĩnh vực {}", number + 1, s.field), &format)?;
            sheet.write(row + 1, 1, s.code.to_lowercase())?;
            for (column, text) in [(2, s.received), (3, s.due), (4, s.ended)] {
                put_day(sheet, (row + 1, column), text)?;
            }
            sheet.write(row + 1, 5, s.status.1 as f64)?.write(row + 1, 6, s.holder)?;
            row += 2;
        }
        Ok(())
    }));
}

#[test]
fn dossiers_on_a_later_sheet() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write(0, 0, "Hướng dẫn").unwrap();
    let sheet = book.add_worksheet().set_name("Hồ sơ").unwrap();
    sheet.write_row(1, 1, ["TRẠNG THÁI", "CÁN BỘ", "HẸN TRẢ", "TIẾP NHẬN", "LĨNH VỰC", "HOÀN THÀNH", "HỒ SƠ"]).unwrap();
    for (row, s) in (2..).zip(&SAMPLES) {
        let cells = [s.status.0, s.holder, s.due, s.received, s.field, s.ended, s.code];
        sheet.write_row(row, 1, cells).unwrap();
    }
    // "Hoàn thành" alone is not a day: the status tells it, the day is missing.
    sheet.write(1, 6, "NGÀY HOÀN THÀNH").unwrap();
    check(&book.save_to_buffer().unwrap());
}

fn csv(separator: char, line: &str) -> String {
    let mut text = [
        "Mã hồ sơ",
        "Tên TTHC",
        "Họ và tên",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày trả kết quả",
        "Trạng thái",
        "Cán bộ xử lý",
    ]
    .join(&separator.to_string());
    for s in &SAMPLES {
        text.push_str(line);
        let status = s.status.1.to_string();
        let procedure = format!("\"{}{separator} cấp xã\"", s.procedure);
        let (received, due, ended) = (local(s.received), local(s.due), local(s.ended));
        let cells = [s.code, &procedure, "Nguyễn Văn Ví Dụ", &received, &due, &ended, &status, s.holder];
        text.push_str(&cells.join(&separator.to_string()));
    }
    text
}

#[test]
fn csv_of_any_separator_and_encoding() {
    check(csv(',', "\n").as_bytes());
    check(format!("\u{feff}{}", csv(';', "\r\n")).as_bytes());
    let wide: Vec<u8> = "\u{feff}"
        .chars()
        .chain(csv('\t', "\r\n").chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(&wide);
}

#[test]
fn csv_in_the_old_vietnamese_encoding() {
    use unicode_normalization::UnicodeNormalization;
    // There the letter keeps its shape, and the tone is a sign of its own behind it.
    let tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let apart = |c: char| {
        let (tones, letter): (String, String) = c.nfd().partition(|c| tone(*c));
        letter.nfc().collect::<String>() + &tones
    };
    let text: String = csv(';', "\r\n").chars().map(apart).collect();
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1258.encode(&text);
    assert!(!lossy);
    check(&bytes);
}

#[test]
fn old_excel_and_opendocument_as_libreoffice_writes_them() {
    check(include_bytes!("../../../tests/samples/registers/list.xls"));
    check(include_bytes!("../../../tests/samples/registers/list.ods"));
}

#[test]
fn a_web_page_under_the_name_of_a_workbook() {
    let mut page = String::from(
        "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>td{x:'<td>'}</style></head><body>\
         <table><tr><th colspan=8>DANH SÁCH HỒ SƠ</th></tr><!-- <tr><td>bỏ</td></tr> -->\
         <tr><td rowspan=\"2\">STT<td rowspan='2'>M&#227; h&#x1ED3; s&#417;</td><td colspan=2>Thông tin</td>\
         <td rowspan=2>Lĩnh vực</td><td rowspan=2>Ngày hẹn<br>trả</td><td rowspan=2>Ngày trả</td><td rowspan=2>Cán bộ</td></tr>\
         <tr><td>Ngày tiếp nhận<td>Trạng thái</tr>",
    );
    for (i, s) in SAMPLES.iter().enumerate() {
        page.push_str(&format!(
            "<TR><TD>{}</TD><TD class=x>{}&nbsp;</TD><TD><b>{}</b></TD><TD>{}</TD><td>{}</td><td>{}</td><td>{}</td><td>{}</td></TR>",
            i + 1, s.code, local(s.received), s.status.0, s.field, local(s.due), local(s.ended), s.holder
        ));
    }
    page.push_str("</table></body></html>");
    check(page.as_bytes());
}

pub fn ods(content: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"),
        ("content.xml", content),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn opendocument_with_repeated_cells_notes_and_entities() {
    let mut content = String::from(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><table:table table:name=\"A\">\
         <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-repeated=\"2\"/>",
    );
    let text = |t: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>ghi chú</text:p></office:annotation><text:p>{t}</text:p></table:table-cell>"
        )
    };
    for head in
        ["Mã hồ sơ", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả", "Trạng thái", "Cán bộ &amp; công chức"]
    {
        content.push_str(&text(head));
    }
    content.push_str("</table:table-row>");
    for s in &SAMPLES {
        content.push_str("<table:table-row><table:covered-table-cell table:number-columns-repeated=\"2\"/>");
        let date = |d: &str| match d {
            "" => "<table:table-cell/>".to_string(),
            d => format!(
                "<table:table-cell office:value-type=\"date\" office:date-value=\"{d}T10:56:00\"><text:p>x</text:p></table:table-cell>"
            ),
        };
        let cells = [
            text(s.code),
            text(s.field),
            date(s.received),
            date(s.due),
            date(s.ended),
            text(s.status.0),
            text(s.holder),
        ];
        content.extend(cells);
        content.push_str("</table:table-row>");
    }
    content.push_str("<table:table-row table:number-rows-repeated=\"1048500\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:document-content>");
    check(&ods(&content));
}

/// Cells of a list by head, with columns of citizens among them.
fn columns() -> Vec<(&'static str, [String; 5])> {
    let of = |cell: fn(&Sample) -> String| SAMPLES.each_ref().map(cell);
    vec![
        ("Mã hồ sơ", of(|s| s.code.to_string())),
        ("Lĩnh vực", of(|s| s.field.to_string())),
        ("Ngày tiếp nhận", of(|s| local(s.received))),
        ("Ngày hẹn trả", of(|s| local(s.due))),
        ("Ngày trả kết quả", of(|s| local(s.ended))),
        ("Trạng thái", of(|s| s.status.0.to_string())),
        ("Cán bộ thụ lý", of(|s| s.holder.to_string())),
        ("Họ tên", of(|_| "Nguyễn Văn Ví Dụ".to_string())),
        ("Địa chỉ", of(|_| "Thôn Đông, xã Khúc Thừa Dụ".to_string())),
        ("Số điện thoại", of(|_| "0912345678".to_string())),
        ("", of(|_| String::new())),
    ]
}

proptest! {
    #[test]
    fn any_order_of_columns_and_rows_gives_the_same(
        columns in Just(columns()).prop_shuffle(),
        rows in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle(),
        above in 0_usize..20,
    ) {
        let line = |cells: Vec<&str>| cells.iter().map(|c| format!("\"{c}\"")).collect::<Vec<_>>().join(",") + "\n";
        let mut text = "Danh sách hồ sơ,,\n".repeat(above);
        text.push_str(&line(columns.iter().map(|(head, _)| *head).collect()));
        for row in rows {
            text.push_str(&line(columns.iter().map(|(_, cells)| cells[row].as_str()).collect()));
        }
        prop_assert_eq!(told(&read_sample(text.as_bytes())), expected());
    }
}
