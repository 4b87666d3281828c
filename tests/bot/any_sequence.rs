//! For any sequence of posts, edits and undos: what stands is what a plain replay of the
//! messages gives, sums agree with the days, and the balance carries over exactly.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use motcua::app::summarise::{Facts, Question, summarise};
use motcua::domain::period::{Period, PeriodKind};
use proptest::prelude::*;

use crate::office::Office;

const OFFICE: &str = "
    INSERT INTO units (id, code, name, scheme) VALUES (1, 'X', 'UBND xã X', '15-14');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Văn Minh');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000), (2, 2, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT m.id, f.id, 20000 FROM fields AS f, memberships AS m WHERE f.code IN ('HT', 'CT');
    INSERT INTO openings (unit_id, field_id, day, pending) SELECT 1, id, 20757, 7 FROM fields WHERE code = 'HT';";

/// One number said about a field and day: figure word, whether added, value.
#[derive(Clone, Debug)]
struct Line {
    day: u32,
    field: &'static str,
    figure: &'static str,
    add: bool,
    value: i64,
}

#[derive(Clone, Debug)]
enum Step {
    Post(usize, Vec<Line>),
    /// Edits the n-th last message of the person.
    Edit(usize, usize, Vec<Line>),
    Undo(usize),
}

const FIGURES: [&str; 4] = ["ol", "tr", "th", "rut"];
const PEOPLE: [&str; 2] = ["Lan", "Minh"];

fn line() -> impl Strategy<Value = Line> {
    // Days on both sides of the 15th, the border of two periods.
    (10_u32..=20, 0..2_usize, 0..4_usize, any::<bool>(), 0_i64..50).prop_map(|(day, field, figure, add, value)| Line {
        day,
        field: ["ht", "ct"][field],
        figure: FIGURES[figure],
        add,
        value,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let lines = || prop::collection::vec(line(), 1..4);
    prop_oneof![
        4 => (0..2_usize, lines()).prop_map(|(who, lines)| Step::Post(who, lines)),
        2 => (0..2_usize, 1..4_usize, lines()).prop_map(|(who, back, lines)| Step::Edit(who, back, lines)),
        1 => (0..2_usize).prop_map(Step::Undo),
    ]
}

fn typed(lines: &[Line]) -> String {
    let one = |l: &Line| format!("{}/11 {} {}{}{}", l.day, l.field, l.figure, if l.add { "+" } else { " " }, l.value);
    lines.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// What was sent, in order of arrival; `None`: a command, or taken back.
#[derive(Default)]
struct Model {
    said: Vec<(usize, Option<Vec<Line>>)>,
    /// Places in `said` of each person's messages, commands too; undone ones are marked.
    sent: [Vec<(usize, bool)>; 2],
}

impl Model {
    fn post(&mut self, who: usize, lines: Option<Vec<Line>>) {
        self.sent[who].push((self.said.len(), lines.is_some()));
        self.said.push((who, lines));
    }

    /// Per person, day and field: online, direct, early, withdrawn.
    fn stands(&self) -> BTreeMap<(usize, u32, &'static str), [i64; 4]> {
        let mut stands: BTreeMap<(usize, u32, &'static str), [i64; 4]> = BTreeMap::new();
        for (who, lines) in &self.said {
            for l in lines.iter().flatten() {
                let figure = FIGURES.iter().position(|f| *f == l.figure).unwrap();
                let value = &mut stands.entry((*who, l.day, l.field)).or_default()[figure];
                *value = if l.add { *value + l.value } else { l.value };
            }
        }
        stands
    }
}

async fn play(steps: Vec<Step>) {
    let mut office = Office::new("2026-11-20T17:30").await;
    office.set_up(OFFICE).await;
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Post(who, lines) => {
                office.say(PEOPLE[who], &typed(&lines)).await;
                model.post(who, Some(lines));
            }
            Step::Edit(who, back, lines) => {
                let Some(&(place, _)) = model.sent[who].iter().rev().nth(back - 1) else { continue };
                // Editing a command or an undone message has rules of its own; see the
                // conversations.
                if model.said[place].1.is_none() {
                    continue;
                }
                office.edit_back(PEOPLE[who], back as i64, &typed(&lines)).await;
                model.said[place].1 = Some(lines);
            }
            Step::Undo(who) => {
                office.say(PEOPLE[who], "/hoantac").await;
                let latest = model.said.iter().rposition(|(w, lines)| *w == who && lines.is_some());
                if let Some(place) = latest {
                    model.said[place].1 = None;
                }
                model.post(who, None);
            }
        }
        office.hears_all();
    }
    compare(&office, &model).await;
}

async fn compare(office: &Office, model: &Model) {
    let mut tx = office.store.read().await.unwrap();
    let rows: Vec<(i64, String, String, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT official_id, strftime('%d', day * 86400, 'unixepoch'), lower(f.code), online, direct, early, withdrawn
         FROM counts JOIN fields AS f ON f.id = field_id",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let found: BTreeMap<_, _> = rows
        .iter()
        .map(|(o, d, f, a, b, c, e)| ((*o as usize - 1, d.parse().unwrap(), f.clone()), [*a, *b, *c, *e]))
        .collect();
    let wanted: BTreeMap<_, _> = model.stands().into_iter().map(|((w, d, f), v)| ((w, d, f.to_string()), v)).collect();
    assert_eq!(found, wanted);

    let sums: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT ifnull(sum(online + direct - early - withdrawn), 0) FROM counts),
                (SELECT ifnull(sum(online + direct - early - withdrawn), 0) FROM half_months)",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    assert_eq!(sums.0, sums.1, "half months are the days added up");

    let dir = motcua::store::directory::load(&mut tx).await.unwrap();
    let unit = dir.unit_by_code("X").unwrap();
    let facts = Facts::default();
    let now = "2026-12-31T18:00:00".parse().unwrap();
    let day = |d: u32| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
    let mut last: Option<BTreeMap<String, i64>> = None;
    // Adjoining periods: a range, the rest of the month, the next month.
    for (from, to) in [(day(1), day(12)), (day(13), day(14)), (day(15), day(15) + Days::new(29))] {
        let period = Period::of(PeriodKind::Range { from, to }, unit.scheme).unwrap();
        let q = Question { dir: &dir, unit, period: &period, field: None, now, facts: &facts };
        let s = summarise(&mut tx, &q).await.unwrap();
        for row in s.rows.iter().chain([&s.total]) {
            let received = row.flows.online + row.flows.direct + row.carried;
            assert_eq!(received, row.flows.early + row.flows.withdrawn + row.pending_total(), "{}", row.name);
            if let Some(last) = &last {
                assert_eq!(row.carried, last.get(&row.code).copied().unwrap_or(0), "{} carries over", row.name);
            }
        }
        last = Some(s.rows.iter().chain([&s.total]).map(|r| (r.code.clone(), r.pending_total())).collect());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_stands_is_a_plain_replay_and_balances_carry_over(steps in prop::collection::vec(step(), 1..25)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(play(steps));
    }
}
