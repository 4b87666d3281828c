use chrono::NaiveDate;

use super::*;
use crate::report::book::{Column, Role};

fn book(sheets: Vec<Sheet>) -> Book {
    let stamp = NaiveDate::from_ymd_opt(2025, 11, 30).unwrap();
    Book { title: "Biểu".into(), subject: "Xã".into(), stamp, sheets }
}

#[test]
fn texts_are_cut_where_excel_would_refuse_them() {
    let check = |text: &str, expected: usize| assert_eq!(writable(text).encode_utf16().count(), expected);
    check(&"a".repeat(40_000), LONGEST_TEXT);
    check(&"ộ".repeat(40_000), LONGEST_TEXT);
    check(&"😀".repeat(20_000), LONGEST_TEXT - 1); // two units each
    assert_eq!(writable("Hộ\u{0} tịch\u{ffff}\n"), "Hộ tịch\n");
}

#[test]
fn a_formula_without_a_whole_shows_a_dash() {
    assert_eq!(cached(&Outcome::Share { part: 0, whole: 0 }), "–");
    assert_eq!(cached(&Outcome::Share { part: 1, whole: 4 }), "0.25");
    assert_eq!(cached(&Outcome::Difference(-3)), "-3");
}

#[test]
fn a_book_that_is_none_is_refused_in_words() {
    let twice = || Sheet { name: "Theo ngày".into(), ..Sheet::default() };
    assert!(write(&book(vec![twice(), twice()])).is_err());
}

#[test]
fn a_wide_number_widens_its_column() {
    let sheet = |n: i64| {
        let mut sheet = Sheet { name: "x".into(), columns: vec![Column::Count], ..Sheet::default() };
        sheet.put((0, 0), Role::Figure, n);
        Layout::of(&sheet).width()
    };
    assert_eq!(sheet(1), sheet(999));
    // 1.236.124.000: ten digits and three dots at 12 points are 69, over 53 of the column.
    assert!(sheet(1_236_124_000) > sheet(999) + 20);
}
