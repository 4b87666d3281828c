use super::*;
use crate::domain::field::FieldId;
use crate::domain::official::{Role, Span};
use crate::domain::unit::UnitId;

fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// A member since a day; `fields` of them held from then on.
fn member(id: i64, since: &str, fields: usize) -> Membership {
    let span = Span { since: day(since), until: None };
    let fields = (1..=fields as i64).map(|f| (FieldId(f), span)).collect();
    Membership { official: OfficialId(id), unit: UnitId(1), role: Role::Officer, span, fields }
}

fn posts(rows: &[(&str, &[i64])]) -> Posted {
    rows.iter().map(|(d, who)| (day(d), who.iter().map(|o| OfficialId(*o)).collect())).collect()
}

/// The week 16–20/11/2026 (Monday to Friday) of a unit without holidays.
fn week(members: &[Membership], leaves: &Leaves, posted: &Posted, now: &str) -> UnitDays {
    let calendar = Calendar::default();
    Attendance { members, calendar: &calendar, leaves, posted }.days(day("2026-11-16"), day("2026-11-22"), at(now))
}

fn check(days: &UnitDays, expected: usize, missing: &[(&str, &[i64])]) {
    assert_eq!(days.expected.len(), expected);
    assert_eq!(days.missing, posts(missing));
}

#[test]
fn whoever_has_no_post_for_a_working_day_is_missing() {
    let members = [member(1, "2026-01-01", 1), member(2, "2026-01-01", 2), member(3, "2026-01-01", 0)];
    let posted = posts(&[("2026-11-16", &[1, 2]), ("2026-11-17", &[2]), ("2026-11-18", &[]), ("2026-11-21", &[1])]);
    let days = week(&members, &Leaves::default(), &posted, "2026-11-18T17:00:00");
    check(&days, 3, &[("2026-11-17", &[1]), ("2026-11-18", &[1, 2])]);
    assert_eq!(days.today, None);
    assert!(!days.nobody_in_charge);
}

#[test]
fn today_counts_from_17_00_on_and_is_told_before() {
    let members = [member(1, "2026-01-01", 1), member(2, "2026-01-01", 1)];
    let posted = posts(&[("2026-11-16", &[1, 2]), ("2026-11-17", &[2])]);
    let days = week(&members, &Leaves::default(), &posted, "2026-11-17T16:59:00");
    check(&days, 1, &[]);
    assert_eq!(days.today, Some((1, 2)));
    let days = week(&members, &Leaves::default(), &posted, "2026-11-17T17:00:00");
    check(&days, 2, &[("2026-11-17", &[1])]);
    assert_eq!(days.today, None);
}

#[test]
fn leave_and_grace_excuse() {
    let members = [member(1, "2026-01-01", 1), member(2, "2026-11-11", 1)];
    let leaves = Leaves::new([(OfficialId(1), day("2026-11-17"), day("2026-11-18"))]);
    let days = week(&members, &leaves, &Posted::new(), "2026-11-23T08:00:00");
    // 2 is past the grace on 18/11; on 17/11 nobody is expected and nothing was posted.
    check(&days, 4, &[("2026-11-16", &[1]), ("2026-11-18", &[2]), ("2026-11-19", &[1, 2]), ("2026-11-20", &[1, 2])]);
}

#[test]
fn a_day_with_a_post_is_expected_even_if_nobody_was() {
    let posted = posts(&[("2026-11-16", &[9])]);
    let days = week(&[], &Leaves::default(), &posted, "2026-11-23T08:00:00");
    check(&days, 1, &[]);
    assert!(days.nobody_in_charge);
}

#[test]
fn an_official_who_left_is_expected_until_then() {
    let mut left = member(1, "2026-01-01", 1);
    left.span.until = Some(day("2026-11-18"));
    let days = week(&[left], &Leaves::default(), &Posted::new(), "2026-11-23T08:00:00");
    check(&days, 2, &[("2026-11-16", &[1]), ("2026-11-17", &[1])]);
}

#[test]
fn a_day_off_expects_nobody() {
    let members = [member(1, "2026-01-01", 1)];
    let calendar = Calendar::new([(day("2026-11-16"), crate::domain::calendar::DayKind::Off)]);
    let (leaves, posted) = (Leaves::default(), posts(&[("2026-11-16", &[1])]));
    let attendance = Attendance { members: &members, calendar: &calendar, leaves: &leaves, posted: &posted };
    let days = attendance.days(day("2026-11-16"), day("2026-11-17"), at("2026-11-17T18:00:00"));
    check(&days, 1, &[("2026-11-17", &[1])]);
    assert_eq!(attendance.first_expected(), Some(day("2026-01-08")));
}
