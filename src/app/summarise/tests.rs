use proptest::prelude::*;

use super::*;
use crate::domain::official::OfficialId;
use crate::domain::period::{PeriodKind, Scheme};
use crate::domain::summary::MissingDay;
use crate::store::sample::{Sample, day, field};

async fn ask(sample: &Sample, unit: UnitId, kind: PeriodKind, now: &str) -> Summary {
    ask_with(sample, unit, kind, now, &Facts::default()).await
}

async fn ask_with(sample: &Sample, unit: UnitId, kind: PeriodKind, now: &str, facts: &Facts) -> Summary {
    let dir = sample.dir().await;
    let unit = dir.unit(unit).unwrap();
    let period = Period::of(kind, unit.scheme).unwrap();
    let now = now.parse().unwrap();
    let q = Question { dir: &dir, unit, period: &period, field: None, now, facts };
    summarise(&mut sample.store.read().await.unwrap(), &q).await.unwrap()
}

const NOVEMBER: PeriodKind = PeriodKind::Month { year: 2026, month: 11 };
const DECEMBER: PeriodKind = PeriodKind::Month { year: 2026, month: 12 };

/// A commune of the calendar scheme with Lan (HT) and Minh (CT) since January.
async fn commune() -> (Sample, UnitId, [FieldId; 2], [OfficialId; 2]) {
    let sample = Sample::new().await;
    let dir = sample.dir().await;
    let (ht, ct) = (field(&dir, "HT"), field(&dir, "CT"));
    let unit = sample.unit("X", None, "calendar").await;
    let lan = sample.officer(unit, "Trần Thị Lan", "2026-01-01", &[ht]).await;
    let minh = sample.officer(unit, "Đỗ Minh", "2026-01-01", &[ct]).await;
    (sample, unit, [ht, ct], [lan, minh])
}

#[tokio::test]
async fn a_month_adds_up_and_carries_over() {
    let (sample, unit, [ht, ct], [lan, minh]) = commune().await;
    sample.opening(unit, ht, "2026-10-01", 5, 2).await;
    sample.count(unit, "2026-10-20", ht, lan, [3, 1, 0, 2, 0, 1, 0]).await;
    sample.count(unit, "2026-11-02", ht, lan, [4, 0, 1, 3, 1, 0, 2]).await;
    sample.count(unit, "2026-11-30", ct, minh, [9, 0, 0, 9, 0, 0, 0]).await;
    sample.stock(unit, ht, lan, true, "2026-11-02", 3).await;
    sample.indicator(unit, "2026-11-02", ht.0, lan, "digitised", 4).await;

    let s = ask(&sample, unit, NOVEMBER, "2026-12-02T08:00:00").await;
    assert_eq!(s.rows.iter().map(|r| r.code.as_str()).collect::<Vec<_>>(), ["CT", "HT"]);
    let row = &s.rows[1];
    assert_eq!((row.carried, row.received_total(), row.resolved_total(), row.pending_total()), (6, 11, 6, 5));
    assert_eq!((row.awaiting, row.pending_late), (3, 2), "the opening's late part stands until a tqh");
    assert_eq!((s.total.carried, s.total.received_total(), s.total.pending_total()), (6, 20, 5));
    assert_eq!((s.previous.received, s.previous.resolved), (4, 3));
    assert_eq!(s.indicators.iter().map(|i| (i.key.as_str(), i.value)).collect::<Vec<_>>(), [("digitised", 4)]);
    assert_eq!(s.to_date, None);
    assert_eq!(s.warnings, []);

    sample.stock(unit, ht, lan, false, "2026-11-30", 1).await;
    assert_eq!(ask(&sample, unit, NOVEMBER, "2026-12-02T08:00:00").await.total.pending_late, 1);
    let october = PeriodKind::Month { year: 2026, month: 10 };
    assert_eq!(ask(&sample, unit, october, "2026-12-02T08:00:00").await.total.pending_late, 2);
}

#[tokio::test]
async fn missing_officials_are_named_day_by_day() {
    let (sample, unit, [ht, _], [lan, _]) = commune().await;
    for d in ["2026-11-16", "2026-11-17", "2026-11-18"] {
        sample.count(unit, d, ht, lan, [0; 7]).await;
    }
    let week = PeriodKind::Week(day("2026-11-16"));
    let s = ask(&sample, unit, week, "2026-11-18T16:00:00").await;
    assert_eq!((s.complete.expected_days, s.complete.reported_days), (2, 0));
    let minh = || vec!["Đỗ Minh".to_string()];
    let missing = ["2026-11-16", "2026-11-17"].map(|d| MissingDay { day: day(d), officials: minh() });
    assert_eq!(s.complete.missing, missing);
    assert_eq!(s.complete.today, Some((1, 2)));
    assert_eq!(s.complete.called.get("Đỗ Minh").map(String::as_str), Some("Minh"));
    assert_eq!(s.to_date, Some(day("2026-11-18")));

    sample.officer(unit, "Lê Minh", "2026-11-17", &[ht]).await;
    let s = ask(&sample, unit, week, "2026-11-18T16:00:00").await;
    assert_eq!(s.complete.called.get("Đỗ Minh").map(String::as_str), Some("Đỗ Minh"), "two are called Minh");
}

#[tokio::test]
async fn the_day_figures_begin_is_told_and_warned_of_unless_an_opening_declares_it() {
    let (sample, unit, [ht, _], _) = commune().await;
    let year = PeriodKind::Year { year: 2026 };
    let s = ask(&sample, unit, year, "2026-11-18T16:00:00").await;
    assert_eq!(s.complete.since, Some(day("2026-01-08")));
    assert!(s.warnings.contains(&Warning::DataSince { day: day("2026-01-08") }));
    assert_eq!(ask(&sample, unit, NOVEMBER, "2026-11-18T16:00:00").await.complete.since, None);
    sample.opening(unit, ht, "2026-01-08", 1, 0).await;
    let s = ask(&sample, unit, year, "2026-11-18T16:00:00").await;
    assert_eq!((s.complete.since, s.warnings), (Some(day("2026-01-08")), vec![]));
}

#[tokio::test]
async fn the_register_and_what_was_stated_are_compared() {
    let (sample, unit, [ht, _], [lan, _]) = commune().await;
    sample.opening(unit, ht, "2026-11-01", 9, 0).await;
    sample.stock(unit, ht, lan, false, "2026-11-03", 1).await;
    let facts = Facts { register_late: BTreeMap::from([((unit, ht), 4)]), ..Facts::default() };
    let s = ask_with(&sample, unit, NOVEMBER, "2026-12-02T08:00:00", &facts).await;
    assert_eq!(s.total.pending_late, 4);
    let warning = Warning::LateDiffers { field: "Hộ tịch".to_string(), register: 4, stated: 1 };
    assert_eq!(s.warnings, [warning]);
}

/// A province P with a desk of its own, a district D (calendar) with commune A, and commune B.
async fn province() -> (Sample, [UnitId; 4], [OfficialId; 3], FieldId) {
    let sample = Sample::new().await;
    let ht = field(&sample.dir().await, "HT");
    let p = sample.unit("P", None, "15-14").await;
    let d = sample.unit("D", Some(p), "calendar").await;
    let a = sample.unit("A", Some(d), "calendar").await;
    let b = sample.unit("B", Some(p), "15-14").await;
    let officers = [
        sample.officer(p, "Phúc", "2026-01-01", &[ht]).await,
        sample.officer(a, "An", "2026-01-01", &[ht]).await,
        sample.officer(b, "Bình", "2026-01-01", &[ht]).await,
    ];
    (sample, [p, d, a, b], officers, ht)
}

#[tokio::test]
async fn a_parent_is_the_sum_of_all_below_and_its_own_desk() {
    let (sample, [p, d, a, b], [phuc, an, binh], ht) = province().await;
    // 14/11 closes tháng 11 of the province, also for the commune that keeps calendar months.
    sample.count(a, "2026-11-13", ht, an, [1, 0, 0, 0, 0, 0, 0]).await;
    sample.count(a, "2026-11-16", ht, an, [10, 0, 0, 0, 0, 0, 0]).await;
    sample.count(b, "2026-11-16", ht, binh, [100, 0, 0, 60, 0, 0, 0]).await;
    sample.count(p, "2026-11-17", ht, phuc, [0, 1000, 0, 0, 0, 0, 0]).await;
    sample.stock(a, ht, an, false, "2026-11-16", 2).await;
    sample.stock(b, ht, binh, false, "2026-11-16", 7).await;

    let s = ask(&sample, p, DECEMBER, "2026-11-17T18:00:00").await;
    assert_eq!((s.total.carried, s.total.flows.received(), s.total.pending_total()), (1, 1110, 1051));
    let below = s.below.unwrap();
    let rows: Vec<_> = below.by_unit.iter().map(|r| (r.code.as_str(), r.received_total())).collect();
    assert_eq!(rows, [("B", 100), ("D", 11), ("P", 1000)]);
    assert_eq!(below.most_overdue, [("UBND B".to_string(), 7), ("UBND A".to_string(), 2)]);
    assert_eq!((below.units, below.complete_units), (3, 0));
    let missing: Vec<_> = below.incomplete.iter().map(|u| (u.code.as_str(), u.missing_days)).collect();
    assert_eq!(missing, [("A", 1), ("B", 1), ("P", 1)]);
    assert_eq!((s.complete.expected_days, s.complete.reported_days), (2, 0));
    assert!(s.complete.missing.iter().all(|m| m.officials.is_empty()));

    let s = ask(&sample, d, NOVEMBER, "2026-11-17T18:00:00").await;
    assert_eq!(s.total.flows.received(), 11);
}

#[tokio::test]
async fn practice_units_stay_out_and_units_without_anybody_are_named() {
    let (sample, [p, _, _, b], _, ht) = province().await;
    let thu = sample.unit("THU", Some(p), "15-14").await;
    sample.run("UPDATE units SET practice = 1 WHERE id = ?", &[thu.0]).await;
    let lan = sample.officer(thu, "Lan", "2026-01-01", &[ht]).await;
    sample.count(thu, "2026-11-16", ht, lan, [5; 7]).await;
    sample.unit("E", Some(p), "15-14").await;
    let s = ask(&sample, p, DECEMBER, "2026-11-17T18:00:00").await;
    assert!(s.total.is_zero());
    let below = s.below.unwrap();
    assert_eq!((below.units, below.nobody_in_charge), (4, vec!["UBND E".to_string()]));
    assert_eq!(ask(&sample, thu, DECEMBER, "2026-11-17T18:00:00").await.total.flows.received(), 15);
    let s = ask(&sample, b, PeriodKind::Year { year: 2025 }, "2026-11-17T18:00:00").await;
    assert!(s.complete.nobody_in_charge);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_came_is_resolved_or_pending_and_periods_chain(
        facts in proptest::collection::btree_map((0..120u64, 0..2usize), proptest::array::uniform7(0..9i64), 0..20),
        opening in (0..120u64, 0..9i64),
        today in 0..140u64,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (sample, unit, fields, officers) = commune().await;
            let date = |n: u64| day("2026-08-20") + chrono::Days::new(n);
            for ((n, f), values) in &facts {
                sample.count(unit, &date(*n).to_string(), fields[*f], officers[*f], *values).await;
            }
            sample.opening(unit, fields[0], &date(opening.0).to_string(), opening.1, 0).await;
            let now = format!("{}T18:00:00", date(today));
            let kind = Period::month_containing(date(today), Scheme::Calendar);
            let this = ask(&sample, unit, kind.kind, &now).await;
            for row in this.rows.iter().chain([&this.total]) {
                assert_eq!(row.carried + row.flows.received(), row.resolved_total() + row.pending_total());
            }
            assert_eq!(this.rows.iter().map(|r| r.pending_total()).sum::<i64>(), this.total.pending_total());
            let before = ask(&sample, unit, kind.before().unwrap().kind, &now).await;
            // An opening within this month is carried in although the month before knows nothing of it.
            let opened = if this.period.contains(date(opening.0)) && opening.0 <= today { opening.1 } else { 0 };
            assert_eq!(this.total.carried, before.total.pending_total() + opened);
        });
    }
}
