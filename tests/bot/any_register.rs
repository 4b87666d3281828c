//! For any sequence of acts of the register and undos: what stands is what a plain replay of
//! the acts that were not taken back gives, and an act that was built upon stays.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use motcua::domain::calendar::Calendar;
use motcua::domain::dossier::{Dossier, DossierId, Reason, State, Step};
use motcua::domain::field::FieldId;
use motcua::domain::official::OfficialId;
use motcua::domain::unit::UnitId;
use motcua::store::{directory, dossiers};
use proptest::prelude::*;

use crate::office::Office;

const OFFICE: &str = "
    INSERT INTO units (id, code, name, scheme) VALUES (1, 'X', 'UBND xã X', '15-14');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Văn Minh'), (3, 'Đỗ Văn Tú');
    INSERT INTO memberships (id, official_id, unit_id, role, since)
        VALUES (1, 1, 1, 'officer', 20000), (2, 2, 1, 'lead', 20000), (3, 3, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT m.id, f.id, 20000 FROM fields AS f, memberships AS m WHERE f.code = 'HT' AND m.id <> 2;";
const PEOPLE: [&str; 3] = ["Lan", "Minh", "Tú"];
const LEAD: usize = 1;
/// Dossiers that the messages are about.
const DOSSIERS: usize = 3;

#[derive(Clone, Debug)]
enum Say {
    Register(usize),
    Resolve(Vec<usize>),
    Withdraw(usize),
    Stop(Vec<usize>),
    Resume(Vec<usize>),
    Extend(usize, u32),
    Explain(usize),
    Undo,
    /// So many days go by.
    Wait(u64),
}

fn say() -> impl Strategy<Value = (usize, Say)> {
    let one = || 0..DOSSIERS;
    let some = || prop::collection::vec(0..DOSSIERS, 1..3);
    let said = prop_oneof![
        4 => one().prop_map(Say::Register),
        2 => some().prop_map(Say::Resolve),
        1 => one().prop_map(Say::Withdraw),
        2 => some().prop_map(Say::Stop),
        2 => some().prop_map(Say::Resume),
        1 => (one(), 1..9_u32).prop_map(|(d, n)| Say::Extend(d, n)),
        1 => one().prop_map(Say::Explain),
        4 => Just(Say::Undo),
        2 => (1..5_u64).prop_map(Say::Wait),
    ];
    (0..PEOPLE.len(), said)
}

fn code(n: usize) -> String {
    format!("H12.34.56-261102-{:04}", n + 1)
}

/// The message, and what it wants with which dossiers; `None` for the step: registering.
fn message(said: &Say, today: NaiveDate, calendar: &Calendar) -> (String, Vec<(usize, Option<Step>)>) {
    let codes = |all: &[usize]| all.iter().map(|n| code(*n)).collect::<Vec<_>>().join(" ");
    let each = |all: &[usize], step: Step| all.iter().map(|n| (*n, Some(step.clone()))).collect();
    let mat_dien = Reason::PowerCut;
    match said {
        Say::Register(n) => (format!("/hoso {} HT 9n", code(*n)), vec![(*n, None)]),
        Say::Resolve(all) => (format!("/xong {}", codes(all)), each(all, Step::Resolve { on: today })),
        Say::Withdraw(n) => (format!("/rut {}", code(*n)), each(&[*n], Step::Withdraw { on: today })),
        Say::Stop(all) => (format!("/bosung {}", codes(all)), each(all, Step::Stop { on: today })),
        Say::Resume(all) => (format!("/tieptuc {}", codes(all)), each(all, Step::Resume { on: today })),
        Say::Extend(n, days) => {
            let to = calendar.add_working_days(today, *days);
            let step = Step::Extend { to, on: today, reason: mat_dien, text: String::new() };
            (format!("/giahan {} {days}n mất điện", code(*n)), each(&[*n], step))
        }
        Say::Explain(n) => {
            let step = Step::Explain { reason: mat_dien, text: "cả ngày".into() };
            (format!("/lydo {} mất điện cả ngày", code(*n)), each(&[*n], step))
        }
        Say::Undo | Say::Wait(_) => ("/hoantac".to_string(), Vec::new()),
    }
}

/// One act that stands: who, and each dossier's step.
type Act = (usize, Vec<(usize, Option<Step>)>);

struct Model {
    acts: Vec<Act>,
    calendar: Calendar,
}

impl Model {
    fn new_dossier(&self, n: usize, who: usize) -> Dossier {
        let received = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        Dossier {
            id: DossierId(0),
            unit: UnitId(1),
            code: code(n),
            field: FieldId(0),
            holder: (who != LEAD).then_some(OfficialId(who as i64 + 1)),
            received,
            due: self.calendar.add_working_days(received, 9),
            promised: None,
            promised_for: None,
            state: State::Open,
            ended: None,
            reason: None,
            reason_text: String::new(),
            stops: Vec::new(),
        }
    }

    /// All that stands, replayed.
    fn stands(&self) -> BTreeMap<usize, Dossier> {
        let mut stands = BTreeMap::new();
        for (who, steps) in &self.acts {
            for (n, step) in steps {
                let after = match (step, stands.get(n)) {
                    (None, _) => self.new_dossier(*n, *who),
                    (Some(step), Some(d)) => Dossier::after(d, step, &self.calendar).expect("it was taken"),
                    (Some(_), None) => panic!("a step without a dossier"),
                };
                stands.insert(*n, after);
            }
        }
        stands
    }

    fn say(&mut self, who: usize, wanted: Vec<(usize, Option<Step>)>) {
        let stands = self.stands();
        let mut taken: Vec<(usize, Option<Step>)> = Vec::new();
        for (n, step) in wanted {
            let theirs = |d: &Dossier| who == LEAD || d.holder.is_none_or(|h| h == OfficialId(who as i64 + 1));
            let may = match (&step, stands.get(&n)) {
                (None, standing) => standing.is_none(),
                (Some(step), Some(d)) => theirs(d) && d.after(step, &self.calendar).is_ok(),
                (Some(_), None) => false,
            };
            if may && taken.iter().all(|(other, _)| *other != n) {
                taken.push((n, step));
            }
        }
        if !taken.is_empty() {
            self.acts.push((who, taken));
        }
    }

    fn undo(&mut self, who: usize) {
        let Some(place) = self.acts.iter().rposition(|(by, _)| *by == who) else { return };
        let touches = |n: usize| self.acts[place + 1..].iter().any(|(_, steps)| steps.iter().any(|(m, _)| *m == n));
        if !self.acts[place].1.iter().any(|(n, _)| touches(*n)) {
            self.acts.remove(place);
        }
    }
}

async fn play(said: Vec<(usize, Say)>) {
    let mut today = NaiveDate::from_ymd_opt(2026, 11, 4).unwrap();
    let mut office = Office::new("2026-11-04T09:00").await;
    office.set_up(OFFICE).await;
    let calendar = directory::load(&mut office.store.read().await.unwrap()).await.unwrap().calendar;
    let mut model = Model { acts: Vec::new(), calendar };
    for (who, said) in &said {
        if let Say::Wait(days) = said {
            today = today + chrono::Days::new(*days);
            office.move_to(&format!("{today}T09:00"));
            continue;
        }
        let (text, wanted) = message(said, today, &model.calendar);
        office.say(PEOPLE[*who], &text).await;
        office.hears_all();
        match said {
            Say::Undo => model.undo(*who),
            _ => model.say(*who, wanted),
        }
        let codes: Vec<String> = (0..DOSSIERS).map(code).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let mut r = office.store.read().await.unwrap();
        let mut found = dossiers::by_codes(&mut r, &[UnitId(1)], &codes).await.unwrap();
        found.retain(|d| d.state != State::Void);
        let plain = |d: Dossier| Dossier { id: DossierId(0), field: FieldId(0), ..d };
        let found: Vec<Dossier> = found.into_iter().map(plain).collect();
        let wanted: Vec<Dossier> = model.stands().into_values().collect();
        assert_eq!(found, wanted, "{} {text}", PEOPLE[*who]);
    }
    let mut r = office.store.read().await.unwrap();
    assert_eq!(motcua::store::audit::first_broken(&mut r).await.unwrap(), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_stands_is_a_plain_replay_of_the_acts_not_taken_back(said in prop::collection::vec(say(), 1..25)) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(play(said));
    }
}

#[tokio::test]
async fn a_message_about_dossiers_of_two_units_is_written_down_under_each() {
    let mut office = Office::new("2026-11-20T09:00").await;
    office.set_up(OFFICE).await;
    let second = "INSERT INTO units (id, code, name, scheme) VALUES (2, 'Y', 'UBND xã Y', '15-14');
        INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (4, 1, 2, 'officer', 20000);
        INSERT INTO member_fields (membership_id, field_id, since) SELECT 4, id, 20000 FROM fields WHERE code = 'HT';";
    office.set_up(second).await;
    for text in ["/donvi X", "/hoso H12-261120-0001 HT 5n", "/donvi Y", "/hoso H13-261120-0002 HT 5n"] {
        office.say("Lan", text).await;
    }
    office.say("Lan", "/xong 0001 0002").await;
    office.say("Lan", "/hoantac").await;
    office.hears_all();
    let mut r = office.store.read().await.unwrap();
    let mut written = async |sql| sqlx::query_scalar::<_, String>(sql).fetch_all(&mut *r).await.unwrap();
    let acts = "SELECT a.unit_id || ' ' || d.code || iif(a.undone_at IS NULL, '', ' undone')
                FROM dossier_acts AS a JOIN dossier_changes AS c ON c.act_id = a.id JOIN dossiers AS d ON d.id = c.dossier_id
                WHERE a.kind = 'resolve' ORDER BY a.unit_id";
    assert_eq!(written(acts).await, ["1 H12-261120-0001 undone", "2 H13-261120-0002 undone"]);
    let audit = "SELECT unit_id || ' ' || (detail ->> 'kind') || ' ' || (detail ->> 'codes') FROM audit
                 WHERE kind = 'register' AND detail ->> 'kind' IN ('resolve', 'undo') ORDER BY id";
    let (x, y) = (r#"["H12-261120-0001"]"#, r#"["H13-261120-0002"]"#);
    let told = |kind: &str| {
        let mut both = [format!("1 {kind} {x}"), format!("2 {kind} {y}")];
        both.sort();
        both
    };
    let mut found = written(audit).await;
    found[..2].sort();
    found[2..].sort();
    assert_eq!(found, [told("resolve"), told("undo")].concat());
}
