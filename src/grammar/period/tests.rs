use super::*;
use crate::domain::period::PeriodKind::{self, *};
use Scheme::FifteenFourteen as F;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// Asked on 20/11/2026 by a unit of the 15-14 scheme.
fn read(text: &str) -> Result<(Option<PeriodKind>, &str), PeriodFault> {
    read_period(text, F, day("2026-11-20")).map(|(p, rest)| (p.map(|p| p.kind), rest))
}

fn check(texts: &[&str], kind: PeriodKind) {
    for text in texts {
        assert_eq!(read(text), Ok((Some(kind), "")), "{text}");
        assert_eq!(read(&format!("  {} ", text.to_uppercase())), Ok((Some(kind), "")), "{text} in capitals");
        let with_field = format!("{text} hộ tịch");
        assert_eq!(read(&with_field), Ok((Some(kind), "hộ tịch")), "{text} and a field");
    }
}

fn check_none(texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text), Ok((None, *text)), "{text}");
    }
}

fn check_no_such(text: &str, named: &str) {
    assert_eq!(read(text), Err(PeriodFault::NoSuch { text: named.to_string() }), "{text}");
}

#[test]
fn nothing_is_no_period() {
    check_none(&["", "ht", "hộ tịch", "KTD", "nam định", "quy nhơn", "tư pháp", "thang may", "q", "6", "12 34"]);
}

#[test]
fn days_and_weeks() {
    check(&["homnay", "hom nay", "hôm nay"], Day(day("2026-11-20")));
    check(
        &["homqua", "hôm qua", "19/11", "19/11/2026", "19/11/26", "ngày 19/11", "2026-11-19"],
        Day(day("2026-11-19")),
    );
    check(&["31/12"], Day(day("2025-12-31")));
    check(&["homkia", "hôm kia", "t4", "thứ 4", "ngày 18 tháng 11"], Day(day("2026-11-18")));
    check(&["t6", "thu 6"], Day(day("2026-11-20")));
    check(&["cn", "chủ nhật"], Day(day("2026-11-15")));
    check(&["29/2"], Day(day("2024-02-29")));
    check(&["tuan", "tuần", "tuần này"], Week(day("2026-11-16")));
    check(&["tuan 18/11/2026", "tuần 18/11"], Week(day("2026-11-16")));
    check(&["tuan truoc"], Week(day("2026-11-09")));
}

#[test]
fn months() {
    check(
        &[
            "thang 11/2026",
            "tháng 11/2026",
            "11/2026",
            "thang 11",
            "thang11/2026",
            "tháng 11 năm 2026",
            "thang 11 2026",
        ],
        Month { year: 2026, month: 11 },
    );
    check(&["thang 11 / 2026", "t11/2026", "11 / 2026", "thang 11-2026", "１１/２０２６", "tha\u{301}ng 11"], {
        Month { year: 2026, month: 11 }
    });
    // Begun on 15/11, so the latest tháng 12 is that of 2026, the latest tháng 1 that of 2026 too.
    check(&["thang 12"], Month { year: 2026, month: 12 });
    check(&["thang 1", "thang 01/2026"], Month { year: 2026, month: 1 });
    check(&["thang nay"], Month { year: 2026, month: 12 });
    check(&["tháng trước"], Month { year: 2026, month: 11 });
    assert_eq!(read("thang"), Ok((Some(Month { year: 2026, month: 12 }), "")));
}

#[test]
fn a_month_without_year_is_the_latest_that_has_begun() {
    let ask = |text, today| read_period(text, F, day(today)).unwrap().0.unwrap().kind;
    assert_eq!(ask("thang 1", "2026-12-15"), Month { year: 2027, month: 1 });
    assert_eq!(ask("thang 1", "2026-12-14"), Month { year: 2026, month: 1 });
    assert_eq!(ask("quy 1", "2026-12-15"), Quarter { year: 2027, quarter: 1 });
    assert_eq!(ask("9thang", "2026-12-15"), NineMonths { year: 2027 });
    assert_eq!(ask("nam nay", "2026-12-15"), Year { year: 2027 });
}

#[test]
fn quarters() {
    check(
        &["quy 4/2026", "q4/2026", "quý IV/2026", "quý 4 năm 2026", "quy4", "q4", "quy iv", "Q IV 2026"],
        Quarter { year: 2026, quarter: 4 },
    );
    check(&["quý này"], Quarter { year: 2026, quarter: 4 });
    check(&["quy truoc"], Quarter { year: 2026, quarter: 3 });
}

#[test]
fn halves_nine_months_years() {
    check(
        &["6thang 2026", "6 tháng đầu năm 2026", "6thang dau 2026", "6 thang/2026", "6 tháng 2026"],
        Half { year: 2026, last: false },
    );
    check(&["6thang cuoi 2026", "6 tháng cuối năm 2026", "6thang cuoi"], Half { year: 2026, last: true });
    check(&["9thang 2026", "9 tháng năm 2026", "9 tháng đầu năm 2026", "9thang"], NineMonths { year: 2026 });
    check(&["nam 2026", "năm 2026", "nam nay", "2026"], Year { year: 2026 });
    check(&["nam 2025", "nam ngoai", "năm trước"], Year { year: 2025 });
    assert_eq!(read("6 tháng đầu năm"), Ok((Some(Half { year: 2026, last: false }), "")));
}

#[test]
fn ranges() {
    let range = Range { from: day("2023-01-01"), to: day("2023-08-10") };
    check(
        &[
            "01/01/2023-10/08/2023",
            "01/01/2023 - 10/08/2023",
            "1/1/2023 – 10/8/2023",
            "tu 01/01/2023 den 10/08/2023",
            "từ ngày 01/01/2023 đến hết ngày 10/08/2023",
            "01/01/2023 đến 10/08/2023",
            "01/01-10/08/2023",
        ],
        range,
    );
    check(&["01/11-30/11"], Range { from: day("2026-11-01"), to: day("2026-11-30") });
    let (from, to) = (day("2026-11-20"), day("2026-11-01"));
    assert_eq!(read("tu 20/11 den 1/11"), Err(PeriodFault::EndBeforeStart { from, to }));
    check(&["tu 1/11 den 20/11"], Range { from: to, to: from });
    check(&["20/12/2024-10/1"], Range { from: day("2024-12-20"), to: day("2025-01-10") });
    check(&["20/12-10/1"], Range { from: day("2025-12-20"), to: day("2026-01-10") });
}

#[test]
fn a_field_may_follow_but_a_lone_dash_may_not() {
    assert_eq!(read("thang 11 - ht"), Err(PeriodFault::NoSuch { text: "thang 11 -".to_string() }));
    assert_eq!(read("homnay H12"), Ok((Some(Day(day("2026-11-20"))), "H12")));
}

#[test]
fn what_does_not_exist_is_said_so() {
    check_no_such("thang 13/2026", "thang 13/2026");
    check_no_such("quý 5/2026 ht", "quý 5/2026");
    check_no_such("31/02/2026", "31/02/2026");
    check_no_such("01/01/2023-31/02/2023", "01/01/2023-31/02/2023");
    check_no_such("tu 01/01/2023", "tu 01/01/2023");
    check_no_such("9thang cuoi 2026", "9thang cuoi");
    let (from, to) = (day("2026-11-20"), day("2026-11-19"));
    assert_eq!(read("20/11/2026-19/11/2026"), Err(PeriodFault::EndBeforeStart { from, to }));
}

#[test]
fn a_period_in_the_future_has_not_begun() {
    let period = Period::of(Month { year: 2027, month: 1 }, F).unwrap();
    assert_eq!(read("thang 1/2027"), Err(PeriodFault::NotBegun { period }));
    assert!(matches!(read("21/11/2026"), Err(PeriodFault::NotBegun { .. })));
}

#[test]
fn every_kind_of_period_is_read_back_as_it_is_spelled() {
    let (from, to) = (day("2025-12-20"), day("2026-01-10"));
    let kinds = [
        Day(from),
        Week(day("2026-11-09")),
        Month { year: 2026, month: 1 },
        Quarter { year: 2026, quarter: 2 },
        Half { year: 2026, last: false },
        Half { year: 2025, last: true },
        NineMonths { year: 2026 },
        Year { year: 2025 },
        Range { from, to },
    ];
    for kind in kinds {
        check(&[&spell(&Period::of(kind, F).unwrap())], kind);
    }
}

#[test]
fn a_period_is_found_behind_other_words() {
    let today = day("2026-11-20");
    let check = |text, kind: Option<PeriodKind>, rest: &str| {
        let (period, found) = split_period(text, F, today).unwrap();
        assert_eq!((period.map(|p| p.kind), found.as_str()), (kind, rest), "{text}");
    };
    let october = Some(Month { year: 2026, month: 10 });
    check("tiep nhan ht 10/2026", october, "tiep nhan ht");
    check("thang 10 tiep nhan ht", october, "tiep nhan ht");
    check("tiep nhan tháng 10 ht", october, "tiep nhan ht");
    check("ol homqua ", Some(Day(day("2026-11-19"))), "ol");
    check("xã Nam", None, "xã Nam");
    check("ht Tuần Giáo", None, "ht Tuần Giáo");
    check(" tiếp nhận ", None, "tiếp nhận");
    assert!(split_period("ol thang 13/2026", F, today).is_err());
}

#[test]
fn two_periods_stand_side_by_side() {
    let today = day("2026-11-20");
    for text in ["thang 10/2026 thang 11/2026 ht", "10/2026, 11/2026 ht", "thang 10 với thang 11 ht"] {
        let (a, b, rest) = read_two_periods(text, F, today).unwrap();
        assert_eq!(a.unwrap().kind, Month { year: 2026, month: 10 }, "{text}");
        assert_eq!(b.unwrap().kind, Month { year: 2026, month: 11 }, "{text}");
        assert_eq!(rest, "ht");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,24}", n in "[0-9/ \\-]{0,16}") {
        let today = day("2026-11-20");
        let _ = split_period(&text, F, today);
        let _ = read_two_periods(&text, F, today);
        let _ = read_two_periods(&n, F, today);
        let _ = read_two_periods(&format!("thang {n}"), F, today);
    }
}

#[test]
fn what_is_no_period_is_quoted_to_the_end_of_its_word() {
    check_no_such("thang 5/1900", "thang 5/1900");
    check_no_such("thang 5/1900, ht", "thang 5/1900");
    check_no_such("quy 4/ht 2", "quy 4/ht");
}
