//! The same data gives the same bytes, and no text becomes a formula.

use calamine::Data;
use motcua::render::xlsx;
use motcua::report::workbook::describe;
use motcua::words::Locale;

use crate::form::Read;
use crate::golden::main_case;

#[test]
fn the_same_data_gives_the_same_bytes() {
    let write = || {
        let case = main_case("r3");
        xlsx::write(&describe(&case.workbook(), Locale::Vi.words())).unwrap()
    };
    let first = write();
    for _ in 0..5 {
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(first == write(), "two workbooks of one office differ");
    }
}

#[test]
fn a_name_that_looks_like_a_formula_stays_a_name() {
    for evil in ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|'/c calc'!A1", "{=1+1}"] {
        let mut case = main_case("r3");
        case.summary.unit_name = evil.into();
        case.summary.rows[0].name = evil.into();
        case.summary.complete.missing[0].officials = vec![evil.into()];
        case.log[0].who = Some(evil.into());
        case.log[0].note = Some(evil.into());
        case.indicators[2].name = evil.into();
        case.judge();
        let facts = motcua::report::workbook::Workbook { parent: Some(evil), period: evil, ..case.workbook() };
        let mut read = Read::of(&facts, Locale::Vi);
        let own = formulas_of(&mut Read::of(&main_case("r3").workbook(), Locale::Vi));
        assert_eq!(formulas_of(&mut read), own, "{evil} changed the formulas");
        let form = read.sheet("II.06a");
        assert_eq!(form.get_value((9, 1)), Some(&Data::String(evil.into())));
        let log = read.sheet("Kiểm tra");
        assert!(log.used_cells().filter(|(_, _, v)| **v == Data::String(evil.into())).count() >= 3);
    }
}

fn formulas_of(read: &mut Read) -> Vec<String> {
    ["II.06a", "Theo ngày", "Quá hạn", "Chỉ tiêu khác", "Biểu đồ", "Kiểm tra"]
        .iter()
        .flat_map(|s| read.formulas(s).used_cells().map(|(_, _, f)| f.clone()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn an_endless_name_or_a_sign_of_the_footer_breaks_nothing() {
    let mut case = main_case("r3");
    case.summary.unit_name = "UBND xã & thị trấn ".repeat(3000);
    case.summary.rows[0].name = "\u{0}\u{b}\u{1f}\u{fffe}&<>\"'".into();
    case.judge();
    let mut read = Read::of(&case.workbook(), Locale::Vi);
    let form = read.sheet("II.06a");
    assert_eq!((crate::form::text(&form, 9, 1), crate::form::number(&form, 9, 2)), ("&<>\"'".into(), 8));
}
