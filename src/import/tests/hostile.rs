//! Files that are no lists, or that mean harm: each ends with its sentence.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::layouts::{ods, workbook};
use super::*;
use crate::words::Locale;

fn check(bytes: &[u8], expected: Refused) {
    let refused = read_on(bytes, "2026-11-20").expect_err("refused");
    assert_eq!(refused, expected);
    for locale in [Locale::Vi, Locale::En] {
        assert!(refused.sentence(locale.words()).ends_with('.'));
    }
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_is_no_spreadsheet_is_said_to_be_none() {
    check(b"%PDF-1.7\x00\x01\x02", Refused::NoSheet);
    check(&zip_of(&[("word/document.xml", b"<w:document/>")]), Refused::NoSheet);
    check(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Refused::NoSheet);
    check(b"", Refused::Empty);
    check(b" \r\n ", Refused::Empty);
    check("Kính gửi anh chị,\ntôi gửi danh sách sau.\n".as_bytes(), Refused::NoHeader);
    check("<html><body><p>Phiên đăng nhập đã hết hạn</p></body></html>".as_bytes(), Refused::Empty);
    check("Mã hồ sơ,Lĩnh vực\n".as_bytes(), Refused::NoRows);
    check(
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
        Refused::Broken,
    );
}

#[test]
fn a_bomb_is_counted_before_it_goes_off() {
    let zeros = vec![b' '; 8 * 1024 * 1024];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).unwrap();
    for _ in 0..13 {
        zip.write_all(&zeros).unwrap();
    }
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 200_000);
    check(&bomb, Refused::UnpacksTooBig);
}

/// A workbook of one sheet from the parts that matter.
fn packed(rows: &str, shared: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let related = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    zip_of(&[
        ("_rels/.rels", related("r1", "officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related("r1", "worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/SharedStrings.xml", shared.as_bytes()),
    ])
}

/// Two heads in their own cells and below them the first shared text, so many times.
fn shared_rows(rows: usize) -> String {
    let head = ["Mã hồ sơ", "Lĩnh vực"].map(|h| format!("<c t=\"inlineStr\"><is><t>{h}</t></is></c>")).concat();
    format!("<row>{head}</row>") + &"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>0</v></c></row>".repeat(rows)
}

#[test]
fn a_count_of_shared_texts_that_the_file_cannot_hold_is_not_believed() {
    let read = |count: &str| {
        let shared = format!("<sst count=\"2\" {count}><si><t>H12-261116-0001</t></si></sst>");
        read_on(&packed(&shared_rows(1), &shared), "2026-11-20").map(|list| list.rows.len())
    };
    assert_eq!(read("uniqueCount=\"1\""), Ok(1));
    assert_eq!(read(""), Ok(1));
    for count in ["4294967295", "+4294967295", "99999999999999999999999", "1000"] {
        assert_eq!(read(&format!("uniqueCount=\"{count}\"")), Err(Refused::Broken), "{count}");
        assert_eq!(read(&format!("uniqueCount = '{count}'")), Err(Refused::Broken), "{count}");
    }
}

#[test]
fn long_texts_are_refused_however_often_they_are_meant() {
    let shared = |letters: usize| format!("<sst><si><t>{}</t></si></sst>", "ệ".repeat(letters));
    check(&packed(&shared_rows(1), &shared(LETTERS_MAX + 1)), Refused::TooMuchText);
    check(&packed(&shared_rows(20_000), &shared(20 * LETTERS_MAX)), Refused::TooMuchText);
    // Within the limit of a cell, over that of all of them.
    let rows = TEXT_MAX / (2 * LETTERS_MAX * "ệ".len());
    check(&packed(&shared_rows(rows + 1), &shared(LETTERS_MAX)), Refused::TooMuchText);
    assert_eq!(read_sample(&packed(&shared_rows(rows), &shared(LETTERS_MAX))).rejected.len(), rows);
    let inline = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "A".repeat(9_000_000));
    check(&packed(&inline, "<sst/>"), Refused::TooMuchText);
    check(format!("Mã hồ sơ,Lĩnh vực\n\"{}\n", "x,\n".repeat(100_000)).as_bytes(), Refused::TooMuchText);
    let page = format!("<table><tr><td>{}</td></tr></table>", "&lt;".repeat(100_000));
    check(page.as_bytes(), Refused::TooMuchText);
}

#[test]
fn long_texts_that_opendocument_repeats_are_counted_each_time() {
    let cell = |columns: usize, letters: usize| {
        let text = "A".repeat(letters);
        format!(
            "<table:table-cell table:number-columns-repeated=\"{columns}\" o:value-type=\"string\"><x:p>{text}</x:p></table:table-cell>"
        )
    };
    let rows = |rows: usize, cell: &str| {
        ods(&format!(
            "<table:table xmlns:table=\"t\"><table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row></table:table>"
        ))
    };
    check(&rows(1, &cell(1, LETTERS_MAX + 1)), Refused::TooMuchText);
    check(&rows(ROWS_MAX, &cell(1, LETTERS_MAX)), Refused::TooMuchText);
    check(&rows(ROWS_MAX, &cell(COLUMNS_MAX, 1_000)), Refused::TooMuchText);
    check(&rows(1, &cell(COLUMNS_MAX, LETTERS_MAX)), Refused::NoHeader);
}

#[test]
fn a_file_over_ten_megabytes_is_not_looked_at() {
    check(&vec![b'a'; BYTES_MAX + 1], Refused::TooBig);
}

#[test]
fn a_million_columns_and_a_million_rows_are_refused() {
    let wide = format!("Mã hồ sơ,Lĩnh vực{}\n", ",x".repeat(1_000_000));
    check(wide.as_bytes(), Refused::TooManyColumns);
    check(&workbook(|sheet| sheet.write(0, 16_000, "x").map(drop)), Refused::TooManyColumns);
    let long = "Mã hồ sơ,Lĩnh vực\n".to_string() + &"x,y\n".repeat(ROWS_MAX);
    check(long.as_bytes(), Refused::TooManyRows);
    let cell = "<table:table-cell t:number-columns-repeated=\"1000000\" o:value-type=\"string\"><x:p>a</x:p></table:table-cell>";
    let row = |attributes: &str, cell: &str| {
        format!("<table:table xmlns:table=\"t\"><table:table-row {attributes}>{cell}</table:table-row></table:table>")
    };
    check(&ods(&row("", cell)), Refused::TooManyColumns);
    let cell = "<table:table-cell o:value-type=\"string\"><x:p>a</x:p></table:table-cell>";
    check(&ods(&row("table:number-rows-repeated=\"4000000000\"", cell)), Refused::TooManyRows);
}

#[test]
fn far_off_cells_cost_nothing_and_coloured_blanks_do_not_count() {
    let bytes = workbook(|sheet| {
        let grey = rust_xlsxwriter::Format::new().set_background_color("#DDDDDD");
        sheet.write_row(0, 0, ["Mã hồ sơ", "Lĩnh vực", "Ngày hẹn trả"])?;
        sheet.write_blank(0, 16_383, &grey)?;
        sheet.write_row(1_048_575, 0, ["H12-261116-0001", "HT", "19/11/2026"])?;
        Ok(())
    });
    let list = read_sample(&bytes);
    assert_eq!(list.rows[0].place.row, 1_048_576);
}

#[test]
fn formulas_are_never_run() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["Mã hồ sơ", "Lĩnh vực", "Ngày hẹn trả"])?;
        let code = rust_xlsxwriter::Formula::new("=HYPERLINK(\"http://x\")").set_result("H12-261116-0001");
        sheet.write(1, 0, code)?.write(1, 1, "HT")?.write(1, 2, "19/11/2026")?;
        sheet.write(2, 0, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"))?.write(
            2,
            1,
            "=cmd|' /C calc'!A0",
        )?;
        Ok(())
    });
    let list = read_sample(&bytes);
    assert_eq!(list.rows[0].code, "H12-261116-0001");
    let csv = "Mã hồ sơ;Lĩnh vực;Ngày hẹn trả\n=cmd|' /C calc'!A0;HT;19/11/2026\n";
    assert_eq!(read_sample(csv.as_bytes()).rejected[0].why, Why::BadCode(String::new()));
}

#[test]
fn no_entity_is_fetched() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "H12-261116-0009").unwrap();
    let content = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x SYSTEM \"file://{}\"><!ENTITY y \"&y2;&y2;\">]>\
         <office:d xmlns:table=\"t\" xmlns:o=\"o\" xmlns:x=\"x\"><table:table>\
         <table:table-row><table:table-cell o:value-type=\"string\"><x:p>Mã hồ sơ</x:p></table:table-cell>\
         <table:table-cell o:value-type=\"string\"><x:p>Lĩnh vực</x:p></table:table-cell></table:table-row>\
         <table:table-row><table:table-cell o:value-type=\"string\"><x:p>&x;&y;mã</x:p></table:table-cell>\
         <table:table-cell o:value-type=\"string\"><x:p>HT</x:p></table:table-cell></table:table-row></table:table></office:d>",
        secret.path().display()
    );
    let list = read_sample(&ods(&content));
    assert_eq!(list.rejected[0].why, Why::BadCode(String::new()));
}

#[test]
fn a_file_cut_short_is_broken() {
    let whole = workbook(|sheet| {
        sheet.write_row(0, 0, ["Mã hồ sơ", "Lĩnh vực"])?;
        sheet.write_row(1, 0, ["H12-261116-0001", "HT"])?;
        Ok(())
    });
    check(&whole[..whole.len() / 2], Refused::Broken);
    let old = include_bytes!("../../../tests/samples/registers/list.xls");
    for end in [600, 1024, 3000, old.len() / 2] {
        let refused = read_on(&old[..end], "2026-11-20").expect_err("refused");
        assert!(matches!(refused, Refused::Broken | Refused::NoSheet), "{end}: {refused:?}");
    }
}

/// Whatever byte is wrong, the reader comes to an end without harm.
#[test]
fn a_damaged_old_workbook_never_brings_the_program_down() {
    let old = include_bytes!("../../../tests/samples/registers/list.xls");
    for at in (0..old.len()).step_by(31) {
        for value in [0, 0xFF] {
            let mut damaged = old.to_vec();
            damaged[at] = value;
            let _ = read_on(&damaged, "2026-11-20");
        }
    }
}

/// A compound file whose directory follows itself for ever.
#[test]
fn chains_that_run_in_circles_are_broken() {
    let mut old = include_bytes!("../../../tests/samples/registers/list.xls").to_vec();
    let directory = u32::from_le_bytes([old[48], old[49], old[50], old[51]]) as usize;
    let table = u32::from_le_bytes([old[76], old[77], old[78], old[79]]) as usize;
    let next = (table + 1) * 512 + directory * 4;
    old[next..next + 4].copy_from_slice(&(directory as u32).to_le_bytes());
    check(&old, Refused::Broken);
}

fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|w| w == old).expect("there");
    let mut bytes = bytes.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

#[test]
fn a_password_is_named_as_what_it_is() {
    let old = include_bytes!("../../../tests/samples/registers/list.xls");
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    // Excel puts an encrypted workbook of today whole into a file of the old make.
    check(&replaced(old, &wide("Workbook\0\0\0\0\0\0\0\0"), &wide("EncryptedPackage")), Refused::Password);
    // The record of the code page turned into that of a password.
    check(&replaced(old, &[0x42, 0, 2, 0], &[0x2F, 0, 2, 0]), Refused::Password);
    let manifest = b"<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>";
    let ods = zip_of(&[("mimetype", b"x"), ("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    check(&ods, Refused::Password);
}
