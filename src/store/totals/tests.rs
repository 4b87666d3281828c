use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::store::sample::{Sample, day};

/// One day's count: unit 1 or 2, days after 01/10/2026, field 1 or 2, official 1 or 2, flows.
type Fact = (i64, u64, i64, i64, [i64; 7]);

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let fact = (1..=2i64, 0..100u64, 1..=2i64, 1..=2i64, proptest::array::uniform7(0..9i64));
    proptest::collection::vec(fact, 0..25)
}

fn date_of(fact: &Fact) -> NaiveDate {
    day("2026-10-01") + Days::new(fact.1)
}

/// Keeps one count a unit, day, field and official, as replay does.
fn distinct(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by_key(|f| (f.0, f.1, f.2, f.3));
    facts.dedup_by_key(|f| (f.0, f.1, f.2, f.3));
    facts
}

async fn filled(facts: &[Fact]) -> Sample {
    let sample = Sample::new().await;
    for f in facts {
        let iso = date_of(f).to_string();
        sample.count(UnitId(f.0), &iso, FieldId(f.2), OfficialId(f.3), f.4).await;
    }
    sample
}

fn plain_sum(facts: &[Fact], from: NaiveDate, to: NaiveDate) -> Of<Flows> {
    let mut out: Of<Flows> = Of::new();
    for f in facts.iter().filter(|f| from <= date_of(f) && date_of(f) <= to) {
        *out.entry((UnitId(f.0), FieldId(f.2))).or_default() += crate::store::sample::flows(f.4);
    }
    out
}

const UNITS: [UnitId; 2] = [UnitId(1), UnitId(2)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sums_over_half_months_are_plain_sums_over_counts(
        facts in facts(), spans in proptest::collection::vec((0..110u64, 0..60u64), 8)
    ) {
        let facts = distinct(facts);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let sample = filled(&facts).await;
            let mut r = sample.store.read().await.unwrap();
            for (start, length) in spans {
                let from = day("2026-10-01") + Days::new(start);
                let to = from + Days::new(length);
                let expected = plain_sum(&facts, from, to);
                assert_eq!(flows(&mut r, &UNITS, from, to).await.unwrap(), expected, "{from} – {to}");
                let of_field = |f: FieldId| expected.iter().filter(move |(k, _)| k.1 == f).map(|(_, v)| *v).sum::<Flows>();
                let (one, all) = (of_field(FieldId(1)), expected.values().copied().sum::<Flows>());
                let sums = received_resolved(&mut r, &UNITS, (from, to), Some(FieldId(1))).await.unwrap();
                assert_eq!(sums, (one.received(), one.resolved()));
                let sums = received_resolved(&mut r, &UNITS, (from, to), None).await.unwrap();
                assert_eq!(sums, (all.received(), all.resolved()));
                let before = plain_sum(&facts, NaiveDate::MIN, from.pred_opt().unwrap());
                let net = net_before(&mut r, &UNITS, from).await.unwrap();
                assert_eq!(net, before.iter().map(|(k, f)| (*k, f.net())).collect::<Of<i64>>());
            }
        });
    }
}

#[test]
fn a_span_is_cut_into_whole_halves_and_ragged_ends() {
    let check = |from, to, halves: Option<(&str, &str)>, ends: &[(&str, &str)]| {
        let span = Span::cut(day(from), day(to));
        assert_eq!(span.halves, halves.map(|(a, b)| (days::half_of(day(a)), days::half_of(day(b)))), "{from} {to}");
        assert_eq!(span.ends, ends.iter().map(|(a, b)| (day(a), day(b))).collect::<Vec<_>>(), "{from} {to}");
    };
    check("2026-11-15", "2026-12-14", Some(("2026-11-15", "2026-12-14")), &[]);
    check("2026-02-01", "2026-02-28", Some(("2026-02-01", "2026-02-28")), &[]);
    check("2026-11-15", "2026-12-13", Some(("2026-11-15", "2026-11-30")), &[("2026-12-01", "2026-12-13")]);
    check("2026-11-16", "2026-12-14", Some(("2026-12-01", "2026-12-14")), &[("2026-11-16", "2026-11-30")]);
    check("2026-11-16", "2026-11-16", None, &[("2026-11-16", "2026-11-16")]);
    check("2026-11-20", "2026-12-05", None, &[("2026-11-20", "2026-11-30"), ("2026-12-01", "2026-12-05")]);
}

#[tokio::test]
async fn stocks_are_the_latest_of_each_official() {
    let sample = Sample::new().await;
    let (unit, ht) = (UnitId(1), FieldId(6));
    for (who, iso, value) in [(1, "2026-01-05", 7), (1, "2026-11-10", 2), (2, "2026-11-03", 4), (2, "2026-11-20", 0)] {
        sample.stock(unit, ht, OfficialId(who), true, iso, value).await;
        sample.stock(unit, ht, OfficialId(who), false, iso, value + 1).await;
    }
    let mut r = sample.store.read().await.unwrap();
    let mut at = async |figure, iso| {
        let all = stocks(&mut r, &[unit], figure, day(iso)).await.unwrap();
        all.get(&(unit, ht)).map(|s| (s.value, days::from_db(s.stated)))
    };
    assert_eq!(at(Figure::AwaitingSupplement, "2026-01-04").await, None);
    assert_eq!(at(Figure::AwaitingSupplement, "2026-10-30").await, Some((7, day("2026-01-05"))));
    assert_eq!(at(Figure::AwaitingSupplement, "2026-11-19").await, Some((6, day("2026-11-10"))));
    assert_eq!(at(Figure::PendingLate, "2026-11-20").await, Some((4, day("2026-11-20"))));
}

#[tokio::test]
async fn a_zero_count_is_a_post_and_a_unit_wide_indicator_is_none() {
    let sample = Sample::new().await;
    sample.count(UnitId(1), "2026-11-18", FieldId(6), OfficialId(1), [0; 7]).await;
    sample.count(UnitId(1), "2026-11-18", FieldId(5), OfficialId(1), [1, 0, 0, 0, 0, 0, 0]).await;
    sample.count(UnitId(1), "2026-11-18", FieldId(5), OfficialId(3), [1, 0, 0, 0, 0, 0, 0]).await;
    sample.indicator(UnitId(1), "2026-11-19", 0, OfficialId(2), "fees_noncash", 5).await;
    sample.indicator(UnitId(1), "2026-11-18", 5, OfficialId(1), "digitised", 2).await;
    let mut r = sample.store.read().await.unwrap();
    let (from, to) = (day("2026-11-01"), day("2026-11-30"));
    let found = posted(&mut r, &UNITS, from, to).await.unwrap();
    let expected = Posted::from([(day("2026-11-18"), vec![OfficialId(1), OfficialId(3)])]);
    assert_eq!(found, BTreeMap::from([(UnitId(1), expected)]));
    assert_eq!(first_day(&mut r, &UNITS).await.unwrap(), Some(day("2026-11-18")));
    let sums = indicators(&mut r, &UNITS, from, to).await.unwrap();
    let by_field: Vec<_> = sums.iter().map(|((_, f), v)| (f.map(|f| f.0), *v)).collect();
    assert_eq!(by_field, [(Some(5), 2), (None, 5)]);
}
