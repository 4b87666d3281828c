use chrono::{DateTime, Days, NaiveDate, Utc};
use proptest::prelude::*;

use super::acts::{self, Kind, NewAct};
use super::late::LATE;
use super::{
    BY_TAIL, Change, DUE, Due, HELD, KEPT, by_codes, by_tail, keepers, kept, late_at, late_in, open_due, record,
};
use crate::domain::calendar::Calendar;
use crate::domain::dossier::{Dossier, DossierId, Reason, State, Step};
use crate::domain::field::FieldId;
use crate::domain::unit::UnitId;
use crate::store::Connection;
use crate::store::posts::Source;
use crate::store::sample::{Sample, day, field};

const FIRST: &str = "2026-11-02"; // a Monday

fn on(n: u64) -> NaiveDate {
    day(FIRST) + Days::new(n)
}

fn dossier(unit: UnitId, field: FieldId, number: usize, (received, due): (u64, u64)) -> Dossier {
    let received = on(received);
    Dossier {
        id: DossierId(0),
        unit,
        code: format!("H12.34.56-{}-{number:04}", received.format("%y%m%d")),
        field,
        holder: None,
        received,
        due: on(due),
        promised: None,
        promised_for: None,
        state: State::Open,
        ended: None,
        reason: None,
        reason_text: String::new(),
        stops: Vec::new(),
    }
}

async fn act(conn: &mut Connection, unit: UnitId, changes: &[Change]) -> i64 {
    let source = Source { bot_id: 0, chat_id: String::new(), message_id: None };
    let sent_at: DateTime<Utc> = "2026-11-20T01:00:00Z".parse().unwrap();
    let new = NewAct { kind: Kind::Import, unit, sender: None, source: &source, sent_at, edits: None, part_of: None };
    let id = acts::add(conn, &new).await.unwrap();
    record(conn, id, sent_at.timestamp(), changes).await.unwrap();
    id
}

fn fresh(dossiers: &[Dossier]) -> Vec<Change> {
    dossiers.iter().map(|d| Change { before: None, after: d.clone() }).collect()
}

#[tokio::test]
async fn a_dossier_comes_back_as_it_was_written() {
    let sample = Sample::new().await;
    let ht = field(&sample.dir().await, "HT");
    let unit = sample.unit("X", None, "15-14").await;
    let mut w = sample.store.write().await.unwrap();
    let mut d = dossier(unit, ht, 583, (0, 3));
    for step in [
        Step::Stop { on: on(1) },
        Step::Resume { on: on(2) },
        Step::Stop { on: on(2) },
        Step::Resume { on: on(4) },
        Step::Extend { to: on(20), on: on(5), reason: Reason::Other, text: "“chờ” 'xác minh'".into() },
    ] {
        d = d.after(&step, &Calendar::default()).unwrap();
    }
    act(&mut w, unit, &fresh(std::slice::from_ref(&d))).await;
    let found = by_codes(&mut w, &[unit], &[&d.code]).await.unwrap();
    assert_eq!(found, [Dossier { id: found[0].id, ..d.clone() }]);
    assert_eq!(by_tail(&mut w, &[unit], "0583").await.unwrap(), found);
    assert!(by_tail(&mut w, &[unit], "583").await.unwrap().is_empty());
}

#[tokio::test]
async fn an_act_is_taken_back_whole_and_its_dossiers_come_back() {
    let sample = Sample::new().await;
    let ht = field(&sample.dir().await, "HT");
    let unit = sample.unit("X", None, "15-14").await;
    let mut w = sample.store.write().await.unwrap();
    let new = [dossier(unit, ht, 1, (0, 3)), dossier(unit, ht, 2, (0, 3))];
    let first = act(&mut w, unit, &fresh(&new)).await;
    let before = by_codes(&mut w, &[unit], &[&new[0].code]).await.unwrap().remove(0);
    let stopped = before.after(&Step::Stop { on: on(1) }, &Calendar::default()).unwrap();
    let second = act(&mut w, unit, &[Change { before: Some(before.clone()), after: stopped.clone() }]).await;

    let of_first = acts::changes_of(&mut w, first).await.unwrap();
    assert_eq!(of_first.iter().map(acts::Changed::stands).collect::<Vec<_>>(), [false, true]);
    let of_second = acts::changes_of(&mut w, second).await.unwrap();
    assert_eq!(of_second[0].before.as_ref(), Some(&before));
    acts::undo(&mut w, second, &of_second, "2026-11-20T02:00:00Z".parse().unwrap()).await.unwrap();
    assert_eq!(by_codes(&mut w, &[unit], &[&new[0].code]).await.unwrap(), std::slice::from_ref(&before));

    let of_first = acts::changes_of(&mut w, first).await.unwrap();
    assert!(of_first.iter().all(acts::Changed::stands));
    acts::undo(&mut w, first, &of_first, "2026-11-20T03:00:00Z".parse().unwrap()).await.unwrap();
    assert!(by_tail(&mut w, &[unit], "0001").await.unwrap().is_empty());
    assert!(keepers(&mut w, &[unit], on(300)).await.unwrap().is_empty());
    // The same code again is the same row.
    act(&mut w, unit, &fresh(&new)).await;
    assert_eq!(by_tail(&mut w, &[unit], "0001").await.unwrap()[0].id, before.id);
}

#[tokio::test]
async fn what_is_due_is_listed_oldest_first_and_counted() {
    let sample = Sample::new().await;
    let ht = field(&sample.dir().await, "HT");
    let unit = sample.unit("X", None, "15-14").await;
    let lan = sample.officer(unit, "Lan", FIRST, &[ht]).await;
    let minh = sample.officer(unit, "Minh", FIRST, &[ht]).await;
    let mut w = sample.store.write().await.unwrap();
    let mut all: Vec<Dossier> = (1..=6).map(|n| dossier(unit, ht, n, (0, 7 - n as u64))).collect();
    all[0].holder = Some(lan);
    all[1].holder = Some(minh);
    all[2].state = State::Stopped;
    act(&mut w, unit, &fresh(&all)).await;
    let mut list = async |from: Option<u64>, to: u64, whose, most| {
        let asked = Due { from: from.map(on), to: on(to), whose, most };
        let (count, found) = open_due(&mut w, &[unit], &asked).await.unwrap();
        (count, found.iter().map(|d| (d.due - day(FIRST)).num_days()).collect::<Vec<_>>())
    };
    assert_eq!(list(None, 9, None, 20).await, (5, vec![1, 2, 3, 5, 6]));
    assert_eq!(list(Some(2), 5, None, 20).await, (3, vec![2, 3, 5]));
    assert_eq!(list(None, 9, Some(vec![lan]), 20).await, (4, vec![1, 2, 3, 6]));
    assert_eq!(list(None, 9, Some(vec![lan, minh]), 20).await, (5, vec![1, 2, 3, 5, 6]));
    assert_eq!(list(None, 9, None, 2).await, (5, vec![1, 2]));
}

#[tokio::test]
async fn a_field_is_kept_from_its_first_dossier_on() {
    let sample = Sample::new().await;
    let dir = sample.dir().await;
    let (ht, ct) = (field(&dir, "HT"), field(&dir, "CT"));
    let unit = sample.unit("X", None, "15-14").await;
    let mut w = sample.store.write().await.unwrap();
    act(&mut w, unit, &fresh(&[dossier(unit, ht, 1, (5, 8))])).await;
    let mut at = async |n| kept(&mut w, (&[unit], &[ht, ct]), on(n)).await.unwrap();
    assert_eq!((at(4).await, at(5).await), (vec![], vec![(unit, ht)]));
}

/// What is asked often searches its rows by these indexes, and scans no table of dossiers.
#[tokio::test]
async fn nothing_is_asked_without_an_index() {
    let sample = Sample::new().await;
    let mut r = sample.store.read().await.unwrap();
    let asked: [(&str, &[&str]); 5] = [
        (
            LATE,
            &[
                "dossiers_open_due (unit_id=? AND due<?)",
                "dossiers_ended_late (unit_id=? AND ended>?)",
                "dossier_stops_to (unit_id=?",
            ],
        ),
        (DUE, &["dossiers_open_due (unit_id=? AND due>? AND due<?)"]),
        (BY_TAIL, &["dossiers_tail (unit_id=? AND tail=?)"]),
        (HELD, &["dossiers_holder (holder_id=?)"]),
        (KEPT, &["dossiers_field (unit_id=? AND field_id=? AND received<?)"]),
    ];
    for (sql, indexes) in asked {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).fetch_all(&mut *r).await.unwrap();
        let steps: Vec<&str> = plan.iter().map(|(.., step)| step.as_str()).collect();
        for index in indexes {
            assert!(steps.iter().any(|s| s.contains(index)), "{index}: {steps:#?}");
        }
        let tables = ["SCAN d", "SCAN s", "SCAN e", "SCAN dossiers"];
        assert!(!steps.iter().any(|s| tables.iter().any(|t| s.split(" USING").next() == Some(t))), "{steps:#?}");
    }
}

#[derive(Clone, Debug)]
struct Life {
    received: u64,
    due: u64,
    field: usize,
    /// Days after the one before: each stop, each resumption, in turn.
    stops: Vec<u64>,
    /// Days after the last; `None`: still pending. True: withdrawn.
    end: Option<(u64, bool)>,
}

fn life() -> impl Strategy<Value = Life> {
    let stops = prop::collection::vec(0..8_u64, 0..5);
    (0..20_u64, 0..12_u64, 0..2_usize, stops, prop::option::of((0..12_u64, any::<bool>())))
        .prop_map(|(received, due, field, stops, end)| Life { received, due: received + due, field, stops, end })
}

fn lived(unit: UnitId, fields: [FieldId; 2], number: usize, life: &Life) -> Dossier {
    let mut d = dossier(unit, fields[life.field], number, (life.received, life.due));
    let (mut now, calendar) = (life.received, Calendar::default());
    for (i, wait) in life.stops.iter().enumerate() {
        now += wait;
        let step = if i % 2 == 0 { Step::Stop { on: on(now) } } else { Step::Resume { on: on(now) } };
        d = d.after(&step, &calendar).unwrap();
    }
    if let Some((wait, withdrawn)) = life.end {
        let on = on(now + wait);
        let step = if withdrawn { Step::Withdraw { on } } else { Step::Resolve { on } };
        d = d.after(&step, &calendar).unwrap();
    }
    d
}

async fn compare(lives: Vec<Life>) {
    let sample = Sample::new().await;
    let dir = sample.dir().await;
    let fields = [field(&dir, "HT"), field(&dir, "CT")];
    let unit = sample.unit("X", None, "15-14").await;
    let other = sample.unit("Y", None, "15-14").await;
    let all: Vec<Dossier> = lives.iter().enumerate().map(|(n, l)| lived(unit, fields, n, l)).collect();
    let mut w = sample.store.write().await.unwrap();
    act(&mut w, unit, &fresh(&all)).await;
    for n in 0..70 {
        let end = on(n);
        let found = late_at(&mut w, &[unit], end).await.unwrap();
        for f in fields {
            let late = all.iter().filter(|d| d.field == f && d.was_late_at(end)).count() as i64;
            assert_eq!(found.get(&(unit, f)).copied().unwrap_or(0), late, "{end}: {all:#?}");
        }
    }
    let (from, end) = (on(10), on(30));
    let mut listed: Vec<String> =
        late_in(&mut w, &[unit], (from, end)).await.unwrap().into_iter().map(|d| d.code).collect();
    listed.sort();
    let resolved_late =
        |d: &Dossier| d.state == State::Resolved && d.ended.is_some_and(|e| e > d.due && from <= e && e <= end);
    let mut wanted: Vec<String> =
        all.iter().filter(|d| resolved_late(d) || d.was_late_at(end)).map(|d| d.code.clone()).collect();
    wanted.sort();
    assert_eq!(listed, wanted);
    assert!(late_at(&mut w, &[other], end).await.unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn lateness_at_the_end_of_any_day_is_what_each_dossier_says(lives in prop::collection::vec(life(), 1..20)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(compare(lives));
    }
}
