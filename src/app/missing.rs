//! `/thieu`: who has not posted today, and which days of the period lack somebody (SPEC §5).
//! Of a parent: units and days, not people.

use chrono::NaiveDate;

use super::summarise::{Question, UnitAttendance, attendances, called, of_unit};
use crate::domain::complete::UnitDays;
use crate::domain::official::OfficialId;
use crate::domain::summary::Complete;
use crate::report::missing::{Missing, Today, Units};
use crate::store::{Connection, Result};

/// Answers `/thieu`; the question's field does not matter.
///
/// # Errors
/// Of the database.
pub async fn missing(conn: &mut Connection, q: &Question<'_>) -> Result<Missing> {
    let units = q.units();
    let all = attendances(conn, q, &units).await?;
    let (mut complete, units) = match all.as_slice() {
        [own] => (of_unit(q.dir, own.unit.id, &own.days()), None),
        all => (Complete::default(), Some(units_of(all))),
    };
    let today = q.now.date();
    let today = q.period.contains(today).then(|| today_of(q, &all, today));
    if let (None, [own], Some(_)) = (&units, all.as_slice(), &today) {
        let who = own.get().missing_on(q.now.date());
        complete.called.extend(called(q.dir, q.unit.id, who.into_iter()));
    }
    Ok(Missing { unit_name: q.unit.name.clone(), period: q.period.clone(), today, complete, units })
}

/// Who is expected and missing on a day, over all units asked about.
pub(super) fn today_of(q: &Question<'_>, all: &[UnitAttendance<'_>], day: NaiveDate) -> Today {
    let name = |o: &OfficialId| q.dir.official(*o).map(|o| o.name.clone());
    let attendances = || all.iter().map(UnitAttendance::get);
    Today {
        day,
        day_off: !q.dir.calendar.is_working(day),
        expected: attendances().map(|a| a.expected_on(day).len()).sum(),
        missing: attendances().flat_map(|a| a.missing_on(day)).filter_map(|o| name(&o)).collect(),
    }
}

fn units_of(all: &[UnitAttendance<'_>]) -> Units {
    let mut units = Units::default();
    for (unit, days) in all.iter().map(|a| (a, a.days())) {
        let UnitDays { expected, missing, nobody_in_charge, .. } = days;
        if !expected.is_empty() {
            units.expected += 1;
        } else if nobody_in_charge && unit.is_leaf() {
            units.nobody_in_charge.push(unit.unit.name.clone());
        }
        if !missing.is_empty() {
            units.missing.push((unit.unit.name.clone(), missing.into_keys().collect()));
        }
    }
    units.missing.sort_by_key(|(_, days)| std::cmp::Reverse(days.len()));
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::summarise::Facts;
    use crate::domain::period::{Period, PeriodKind};
    use crate::report::names::Names;
    use crate::store::sample::{Sample, day, field};
    use crate::words::Locale;

    async fn ask(sample: &Sample, unit: &str, kind: PeriodKind, names: Names<'_>) -> String {
        let dir = sample.dir().await;
        let unit = dir.unit_by_code(unit).unwrap();
        let period = Period::of(kind, unit.scheme).unwrap();
        let (now, facts) = ("2026-11-18T16:00:00".parse().unwrap(), Facts::default());
        let q = Question { dir: &dir, unit, period: &period, field: None, now, facts: &facts };
        let found = missing(&mut sample.store.read().await.unwrap(), &q).await.unwrap();
        found.text(names, Locale::Vi.words())
    }

    async fn province() -> Sample {
        let sample = Sample::new().await;
        let ht = field(&sample.dir().await, "HT");
        let p = sample.unit("P", None, "calendar").await;
        let a = sample.unit("A", Some(p), "calendar").await;
        let lan = sample.officer(a, "Trần Lan", "2026-01-01", &[ht]).await;
        sample.officer(a, "Đỗ Minh", "2026-01-01", &[ht]).await;
        for d in ["2026-11-16", "2026-11-18"] {
            sample.count(a, d, ht, lan, [0; 7]).await;
        }
        sample
    }

    #[tokio::test]
    async fn a_unit_tells_people_by_day() {
        let sample = province().await;
        let week = PeriodKind::Week(day("2026-11-16"));
        let expected = "THIẾU SỐ LIỆU
UBND A
Hôm nay 18/11: 1/2 cán bộ đã báo
Chưa báo: Minh
Tuần 16/11 – 22/11/2026: thiếu 2/2 ngày làm việc
– 16/11: Minh
– 17/11: Lan, Minh";
        assert_eq!(ask(&sample, "A", week, Names::All).await, expected);
        let expected = "THIẾU SỐ LIỆU
UBND A
Hôm nay 18/11: 1/2 cán bộ đã báo
Tuần 16/11 – 22/11/2026: thiếu 2/2 ngày làm việc
– 16/11: 1 người
– 17/11: Lan và 1 người khác";
        assert_eq!(ask(&sample, "A", week, Names::Own("Trần Lan")).await, expected);
        let last_week = PeriodKind::Day(day("2026-11-15"));
        let expected = "THIẾU SỐ LIỆU\nUBND A\nNgày 15/11/2026: đủ số liệu 0 ngày làm việc";
        assert_eq!(ask(&sample, "A", last_week, Names::All).await, expected);
    }

    #[tokio::test]
    async fn a_parent_tells_units_and_days() {
        let sample = province().await;
        let week = PeriodKind::Week(day("2026-11-16"));
        let expected = "THIẾU SỐ LIỆU
UBND P
Hôm nay 18/11: 1/2 cán bộ đã báo
Tuần 16/11 – 22/11/2026: thiếu 1/1 đơn vị
– UBND A: 2 ngày (16/11, 17/11)";
        assert_eq!(ask(&sample, "P", week, Names::All).await, expected);
    }
}
