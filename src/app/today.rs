//! `/homnay [DAY]`: what the unit has for a day and who is missing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::missing::today_of;
use super::summarise::{Facts, Question, attendances, called};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::IndicatorId;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::unit::Unit;
use crate::report::today::UnitToday;
use crate::store::directory::Directory;
use crate::store::{Connection, Result, stocks, totals};
use crate::words::Words;

/// What a unit, and all below it, have for `day`.
///
/// # Errors
/// Of the database.
pub async fn today(
    conn: &mut Connection,
    dir: &Directory,
    unit: &Unit,
    day: NaiveDate,
    (facts, words): (&Facts, &Words),
) -> Result<UnitToday> {
    let period = Period::of(PeriodKind::Day(day), unit.scheme).unwrap_or(Period::month_containing(day, unit.scheme));
    // Attendance of the day itself: asked as if the day were over.
    let now = day.and_time(crate::domain::calendar::DUE_TIME);
    let q = Question { dir, unit, period: &period, field: None, now, facts };
    let units = q.units();
    let all = attendances(conn, &q, &units).await?;
    let attendance = today_of(&q, &all, day);

    let mut fields: BTreeMap<(usize, FieldId), Flows> = BTreeMap::new();
    for ((_, field), flows) in totals::flows_of_day(conn, &units, day).await? {
        *fields.entry((dir.field_order(field), field)).or_default() += flows;
    }
    let mut indicators: BTreeMap<IndicatorId, i64> = BTreeMap::new();
    let mut others: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for (field, figure, value) in stocks::of_day(conn, &units, day).await? {
        let name = dir.field(field).map(|f| f.name.clone()).unwrap_or_default();
        others.entry(name).or_default().push((words.figure(figure), value));
    }
    for ((id, field), value) in totals::indicators(conn, &units, day, day).await? {
        *indicators.entry(id).or_default() += value;
        if let (Some(field), Some(indicator)) =
            (field.and_then(|f| dir.field(f)), dir.indicator(id).filter(|_| value != 0))
        {
            others.entry(field.name.clone()).or_default().push((indicator.name.clone(), value));
        }
    }
    let month = Period::month_containing(day, unit.scheme);
    let month_flows = totals::flows(conn, &units, month.from, day).await?.into_values().sum();
    let left = all.iter().filter(|a| !a.get().missing_on(day).is_empty()).map(|a| a.unit.name.clone());
    let expected = all.iter().filter(|a| !a.get().expected_on(day).is_empty()).count();
    let who = all.iter().flat_map(|a| a.get().missing_on(day));
    Ok(UnitToday {
        unit_name: unit.name.clone(),
        fields: fields.iter().filter_map(|((_, f), flows)| Some((dir.field(*f)?.name.clone(), *flows))).collect(),
        others,
        indicators: dir
            .indicators
            .iter()
            .filter_map(|i| Some((i.name.clone(), indicators.get(&i.id).copied().filter(|v| *v != 0)?)))
            .collect(),
        month,
        month_flows,
        attendance,
        called: if units.len() == 1 { called(dir, unit.id, who) } else { BTreeMap::new() },
        units: (units.len() > 1).then(|| (expected, left.collect())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::names::Names;
    use crate::store::sample::{Sample, day, field};
    use crate::words::Locale;

    async fn ask(sample: &Sample, code: &str, iso: &str, names: Names<'_>) -> String {
        let dir = sample.dir().await;
        let unit = dir.unit_by_code(code).unwrap();
        let mut r = sample.store.read().await.unwrap();
        let found = today(&mut r, &dir, unit, day(iso), (&Facts::default(), Locale::Vi.words())).await.unwrap();
        found.text(names, Locale::Vi.words())
    }

    #[tokio::test]
    async fn a_day_tells_what_there_is_and_who_is_missing() {
        let sample = Sample::new().await;
        let dir = sample.dir().await;
        let (ht, ct) = (field(&dir, "HT"), field(&dir, "CT"));
        let p = sample.unit("P", None, "15-14").await;
        let a = sample.unit("A", Some(p), "15-14").await;
        let lan = sample.officer(a, "Trần Lan", "2026-01-01", &[ht]).await;
        sample.officer(a, "Đỗ Minh", "2026-01-01", &[ct]).await;
        sample.count(a, "2026-11-17", ht, lan, [7, 0, 0, 7, 0, 0, 0]).await;
        sample.count(a, "2026-11-18", ht, lan, [4, 1, 0, 2, 0, 0, 1]).await;
        sample.count(a, "2026-11-18", ct, lan, [0; 7]).await;
        sample.count(a, "2026-11-19", ct, lan, [90, 0, 0, 0, 0, 0, 0]).await;
        sample.indicator(a, "2026-11-18", 0, lan, "fees_noncash", 250_000).await;
        let expected = "UBND A · thứ Tư 18/11/2026
Chứng thực: không phát sinh
Hộ tịch: tiếp nhận 5, giải quyết 3
Phí, lệ phí không dùng tiền mặt: 250.000
Cả ngày: mới tiếp nhận 5, đã giải quyết 3
Trong tháng 12/2026: mới tiếp nhận 12, đã giải quyết 10
Chưa báo (1/2 cán bộ): Minh";
        assert_eq!(ask(&sample, "A", "2026-11-18", Names::All).await, expected);
        let last = async |code, iso, names| ask(&sample, code, iso, names).await.lines().last().unwrap().to_string();
        assert_eq!(last("A", "2026-11-18", Names::Own("Trần Lan")).await, "Chưa báo: 1/2 cán bộ");
        assert_eq!(last("A", "2026-11-18", Names::None).await, "Chưa báo: 1/2 cán bộ");
        assert_eq!(last("A", "2026-11-21", Names::All).await, "Ngày nghỉ, không yêu cầu số liệu.");
        assert_eq!(last("P", "2026-11-18", Names::All).await, "Đủ số liệu: 0/1 đơn vị; thiếu: UBND A");
        assert!(ask(&sample, "A", "2026-11-20", Names::All).await.contains("Chưa có số liệu."));
    }
}
