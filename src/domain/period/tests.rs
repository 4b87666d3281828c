use super::*;

use PeriodKind::*;
use Scheme::FifteenFourteen as F;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn span(kind: PeriodKind, scheme: Scheme) -> String {
    let p = Period::of(kind, scheme).unwrap();
    format!("{} {}", p.from, p.to)
}

fn check(kind: PeriodKind, fifteen: &str, calendar: &str) {
    assert_eq!(span(kind, F), fifteen, "{kind:?} 15-14");
    assert_eq!(span(kind, Scheme::Calendar), calendar, "{kind:?} calendar");
}

#[test]
fn periods_run_over_the_days_of_their_scheme() {
    check(Month { year: 2026, month: 11 }, "2026-10-15 2026-11-14", "2026-11-01 2026-11-30");
    check(Month { year: 2027, month: 1 }, "2026-12-15 2027-01-14", "2027-01-01 2027-01-31");
    check(Month { year: 2027, month: 3 }, "2027-02-15 2027-03-14", "2027-03-01 2027-03-31");
    check(Quarter { year: 2026, quarter: 1 }, "2025-12-15 2026-03-14", "2026-01-01 2026-03-31");
    check(Quarter { year: 2026, quarter: 2 }, "2026-03-15 2026-06-14", "2026-04-01 2026-06-30");
    check(Quarter { year: 2026, quarter: 3 }, "2026-06-15 2026-09-14", "2026-07-01 2026-09-30");
    check(Quarter { year: 2026, quarter: 4 }, "2026-09-15 2026-12-14", "2026-10-01 2026-12-31");
    check(Half { year: 2026, last: false }, "2025-12-15 2026-06-14", "2026-01-01 2026-06-30");
    check(Half { year: 2026, last: true }, "2026-06-15 2026-12-14", "2026-07-01 2026-12-31");
    check(NineMonths { year: 2027 }, "2026-12-15 2027-09-14", "2027-01-01 2027-09-30");
    check(Year { year: 2027 }, "2026-12-15 2027-12-14", "2027-01-01 2027-12-31");
    check(Week(day("2026-11-20")), "2026-11-16 2026-11-22", "2026-11-16 2026-11-22");
    check(Day(day("2026-11-20")), "2026-11-20 2026-11-20", "2026-11-20 2026-11-20");
}

#[test]
fn what_does_not_exist_is_no_period() {
    assert_eq!(Period::of(Month { year: 2026, month: 13 }, F), None);
    assert_eq!(Period::of(Month { year: 2026, month: 0 }, F), None);
    assert_eq!(Period::of(Quarter { year: 2026, quarter: 5 }, F), None);
    assert_eq!(Period::of(Quarter { year: 2026, quarter: 0 }, F), None);
    assert_eq!(Period::of(Year { year: i32::MAX }, F), None);
    assert_eq!(Period::of(Range { from: day("2026-11-20"), to: day("2026-11-19") }, F), None);
}

#[test]
fn the_month_of_a_day_changes_on_the_15th_or_the_1st() {
    let month = |iso, scheme| Period::month_containing(day(iso), scheme).kind;
    assert_eq!(month("2026-11-14", F), Month { year: 2026, month: 11 });
    assert_eq!(month("2026-11-15", F), Month { year: 2026, month: 12 });
    assert_eq!(month("2026-12-15", F), Month { year: 2027, month: 1 });
    assert_eq!(month("2026-11-20", Scheme::Calendar), Month { year: 2026, month: 11 });
    assert_eq!(month("2026-12-31", Scheme::Calendar), Month { year: 2026, month: 12 });
}

#[test]
fn every_day_lies_in_exactly_the_month_that_claims_it() {
    for scheme in [F, Scheme::Calendar] {
        for d in day("2024-01-01").iter_days().take(1200) {
            let month = Period::month_containing(d, scheme);
            assert!(month.contains(d));
            assert_eq!(month.before().unwrap().to.succ_opt(), Some(month.from));
        }
    }
}

fn check_before(kind: PeriodKind, expected: PeriodKind) {
    assert_eq!(Period::of(kind, F).unwrap().before(), Period::of(expected, F));
}

#[test]
fn the_period_before() {
    check_before(Month { year: 2026, month: 1 }, Month { year: 2025, month: 12 });
    check_before(Month { year: 2026, month: 12 }, Month { year: 2026, month: 11 });
    check_before(Quarter { year: 2026, quarter: 1 }, Quarter { year: 2025, quarter: 4 });
    check_before(Half { year: 2026, last: false }, Half { year: 2025, last: true });
    check_before(Half { year: 2026, last: true }, Half { year: 2026, last: false });
    check_before(NineMonths { year: 2026 }, NineMonths { year: 2025 });
    check_before(Year { year: 2026 }, Year { year: 2025 });
    check_before(Day(day("2026-11-01")), Day(day("2026-10-31")));
    check_before(Week(day("2026-11-16")), Week(day("2026-11-09")));
    check_before(
        Range { from: day("2026-11-10"), to: day("2026-11-21") },
        Range { from: day("2026-10-29"), to: day("2026-11-09") },
    );
}

#[test]
fn a_period_is_in_progress_until_the_day_before_its_last() {
    let p = Period::of(Month { year: 2026, month: 11 }, F).unwrap();
    assert_eq!(p.to_date(day("2026-11-13")), Some(day("2026-11-13")));
    assert_eq!(p.to_date(day("2026-11-14")), None);
    assert_eq!(p.to_date(day("2026-12-01")), None);
    assert_eq!(p.end(day("2026-11-02")), day("2026-11-02"));
    assert_eq!(p.end(day("2026-12-01")), day("2026-11-14"));
}

#[test]
fn a_period_to_date_is_compared_with_as_many_days() {
    let february = Period::of(Month { year: 2023, month: 2 }, F).unwrap();
    let compared = |today| february.comparison(day(today));
    assert_eq!(compared("2023-01-29"), Some((day("2022-12-15"), day("2022-12-29"))));
    assert_eq!(compared("2023-02-14"), Some((day("2022-12-15"), day("2023-01-14"))));
    // March has more days than February before it: all of February then.
    let march = Period::of(Month { year: 2023, month: 3 }, Scheme::Calendar).unwrap();
    assert_eq!(march.comparison(day("2023-03-30")), Some((day("2023-02-01"), day("2023-02-28"))));
}
