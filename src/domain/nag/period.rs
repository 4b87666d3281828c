//! Ends of periods: when leads are warned, when the documents go out, what ends together.

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use super::{CLOSES, Minute, minute_of};
use crate::domain::calendar::Calendar;
use crate::domain::period::{Period, PeriodKind, Scheme};

/// On the period's last day …
pub const END_OF_DAY: Minute = 17 * 60 + 30;
/// … or on the next working day.
pub const NEXT_MORNING: Minute = 7 * 60 + 30;

/// The periods that end with the month which holds `day`, the month first, then by length.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::domain::nag::period::ending_with_month;
/// use motcua::domain::period::Scheme;
/// let day = NaiveDate::from_ymd_opt(2026, 12, 14).unwrap();
/// let kinds = ending_with_month(day, Scheme::FifteenFourteen);
/// assert_eq!(kinds.len(), 4); // month, quarter, last six months, year
/// ```
pub fn ending_with_month(day: NaiveDate, scheme: Scheme) -> Vec<Period> {
    let month = Period::month_containing(day, scheme);
    let PeriodKind::Month { year, month: n } = month.kind else { return vec![month] };
    let mut kinds = Vec::new();
    if n % 3 == 0 {
        kinds.push(PeriodKind::Quarter { year, quarter: n / 3 });
    }
    if n % 6 == 0 {
        kinds.push(PeriodKind::Half { year, last: n == 12 });
    }
    if n == 9 {
        kinds.push(PeriodKind::NineMonths { year });
    }
    if n == 12 {
        kinds.push(PeriodKind::Year { year });
    }
    [month].into_iter().chain(kinds.into_iter().filter_map(|k| Period::of(k, scheme))).collect()
}

/// The last day of the latest month whose documents are to have gone out by `now` (local
/// time): that day from 17:30 on if it is worked, else the next working day from 07:30 on.
pub fn latest_ended(scheme: Scheme, now: NaiveDateTime, calendar: &Calendar) -> Option<NaiveDate> {
    let has_come = |last: NaiveDate| {
        if calendar.is_working(last) {
            return now.date() > last || (now.date() == last && minute_of(now) >= END_OF_DAY);
        }
        let next = calendar.next_working_day(last);
        now.date() > next || (now.date() == next && minute_of(now) >= NEXT_MORNING)
    };
    let months = std::iter::successors(Some(Period::month_containing(now.date(), scheme)), Period::before);
    months.take(3).map(|m| m.to).find(|last| has_come(*last))
}

/// Whether documents may leave now: as nags, and not before 07:30.
pub fn may_send(now: NaiveDateTime, calendar: &Calendar) -> bool {
    calendar.is_working(now.date()) && (NEXT_MORNING..CLOSES).contains(&minute_of(now))
}

/// The last working day of the month that holds `today`, if today is that day or two working
/// days before it: leads are told what is missing.
pub fn ending_soon(today: NaiveDate, scheme: Scheme, calendar: &Calendar) -> Option<NaiveDate> {
    let end = Period::month_containing(today, scheme).to;
    let last = if calendar.is_working(end) { end } else { calendar.previous_working_day(end) };
    let warning = calendar.previous_working_day(calendar.previous_working_day(last));
    (today == last || today == warning).then_some(last)
}

/// The first day of December on which an administrator is asked to confirm the days off of
/// the year after; until the end of January.
pub fn year_to_confirm(today: NaiveDate) -> Option<i32> {
    match today.month() {
        12 => Some(today.year() + 1),
        1 => Some(today.year()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DayKind;

    fn calendar() -> Calendar {
        let off = |d: &str| (d.parse().unwrap(), DayKind::Off);
        Calendar::new([off("2026-08-31"), off("2026-09-01"), off("2026-09-02"), off("2026-11-24")])
    }

    fn check(scheme: Scheme, now: &str, expected: Option<&str>) {
        let found = latest_ended(scheme, now.parse().unwrap(), &calendar());
        assert_eq!(found, expected.map(|d| d.parse().unwrap()), "{now}");
    }

    #[test]
    fn documents_go_out_on_the_last_day_or_the_next_working_morning() {
        use Scheme::{Calendar as C, FifteenFourteen as F};
        check(F, "2026-12-14T17:29:00", Some("2026-11-14")); // Monday
        check(F, "2026-12-14T17:30:00", Some("2026-12-14"));
        check(F, "2026-11-14T17:30:00", Some("2026-10-14")); // Saturday
        check(F, "2026-11-16T07:29:00", Some("2026-10-14"));
        check(F, "2026-11-16T07:30:00", Some("2026-11-14"));
        // 31/8, 1/9 and 2/9 are off.
        check(C, "2026-08-31T17:30:00", Some("2026-07-31"));
        check(C, "2026-09-03T07:30:00", Some("2026-08-31"));
        check(C, "2026-09-30T17:45:00", Some("2026-09-30"));
        // Missed on the day itself: the next morning.
        check(C, "2026-10-01T07:30:00", Some("2026-09-30"));
    }

    #[test]
    fn leads_are_warned_two_working_days_before_the_last_and_on_it() {
        let soon = |day: &str, scheme| ending_soon(day.parse().unwrap(), scheme, &calendar()).map(|d| d.to_string());
        assert_eq!(soon("2026-11-11", Scheme::FifteenFourteen).as_deref(), Some("2026-11-13"));
        assert_eq!(soon("2026-11-12", Scheme::FifteenFourteen), None);
        assert_eq!(soon("2026-11-13", Scheme::FifteenFourteen).as_deref(), Some("2026-11-13"));
        assert_eq!(soon("2026-08-26", Scheme::Calendar).as_deref(), Some("2026-08-28"));
    }
}
