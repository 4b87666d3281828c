//! What has to be told, worked out from the life alone and from the table of SPEC §8, by
//! looking at everything every time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::life::{
    BACK, BLOCKED, DOWN, Dossier, LEAD, LEADER, LEAVES, Life, PEOPLE, SNOOZES, add_working, day, is_down, is_working,
    on_leave, past_grace,
};

/// Dossiers of one list that are written out.
const LISTED: usize = 10;
const SLOTS: [(u32, &str); 6] =
    [(465, "sang"), (480, "daumoi"), (485, "lanhdao"), (975, "nhac1"), (1_010, "nhac2"), (1_030, "chieu")];

/// A message: when, to whom, which slots, the codes in it, and sentences it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    pub day: NaiveDate,
    pub minute: u32,
    pub to: i64,
    pub kind: String,
    pub codes: Vec<String>,
    pub holds: Vec<String>,
}

/// What leaders know, and what people have been told today.
#[derive(Default)]
struct Memory {
    leader: BTreeSet<String>,
    today: BTreeMap<i64, BTreeSet<i64>>,
    unreachable: BTreeSet<i64>,
}

/// The moments at which the clock is looked at on a day.
pub fn moments(today: NaiveDate) -> Vec<u32> {
    let mut all: Vec<u32> = [450, 1_050].into_iter().chain(SLOTS.map(|s| s.0)).collect();
    all.extend(SNOOZES.iter().filter(|s| day(s.1) == today).map(|s| s.3));
    if today == day(DOWN.1) {
        all.retain(|m| *m >= BACK);
        all.push(BACK);
    }
    all.sort_unstable();
    all.dedup();
    all
}

pub fn all(life: &Life) -> Vec<Told> {
    let mut memory = Memory::default();
    let mut told = Vec::new();
    for today in life.from.iter_days().take_while(|d| *d <= life.to).filter(|d| is_working(*d) && !is_down(*d)) {
        (memory.today, memory.unreachable) = (BTreeMap::new(), BTreeSet::new());
        let mut before = 0;
        for minute in moments(today) {
            told.extend(at(life, (today, before, minute), &mut memory));
            before = minute;
        }
    }
    told
}

fn at(life: &Life, (today, before, minute): (NaiveDate, u32, u32), memory: &mut Memory) -> Vec<Told> {
    let mut by_person: BTreeMap<i64, Told> = BTreeMap::new();
    let mut tell = |to: i64, kind: &str, codes: Vec<String>, holds: Vec<String>| {
        let told = by_person.entry(to).or_insert_with(|| Told { day: today, minute, to, ..Told::default() });
        told.kind = if told.kind.is_empty() { kind.to_string() } else { format!("{},{kind}", told.kind) };
        told.codes.extend(codes);
        told.holds.extend(holds);
    };
    for (slot_at, slot) in SLOTS {
        let came = before < slot_at && slot_at <= minute;
        // Whoever put it off is told when their time is over.
        let ended = |who: i64| {
            SNOOZES
                .iter()
                .any(|s| s.0 == who && day(s.1) == today && s.3 == minute && s.2 < slot_at && slot_at <= minute)
        };
        let superseded = slot == "nhac1" && minute >= 1_010;
        let due =
            |who: i64| (came || ended(who)) && !superseded && !snoozed(who, today, minute) && !on_leave(who, today);
        match slot {
            "sang" => {
                for (who, codes, ids) in digests(life, today) {
                    if due(who) && !BLOCKED.contains(&who) {
                        memory.today.entry(who).or_default().extend(ids);
                        tell(who, slot, codes, vec!["Hồ sơ cần xử lý".into()]);
                    }
                }
            }
            "nhac1" | "nhac2" => {
                for who in missing(life, today, minute).into_iter().filter(|w| due(*w) && !BLOCKED.contains(w)) {
                    let field = PEOPLE.iter().find(|p| p.0 == who).unwrap().3;
                    let line = format!("{} ol tr th dh", field.to_lowercase().replace('đ', "d"));
                    tell(who, slot, Vec::new(), vec![line, "/nhap khong".into()]);
                }
            }
            "daumoi" if came => {
                if let Some((codes, holds)) = lead_morning(life, today, memory) {
                    tell(LEAD, slot, codes, holds);
                }
            }
            "lanhdao" if came => {
                if let Some((codes, holds)) = leader_morning(life, today, memory) {
                    tell(LEADER, slot, codes, holds);
                }
            }
            "chieu" if came => {
                let expected = expected(today).len();
                let missing = missing(life, today, minute);
                let mut holds = vec![format!("{}/{expected} cán bộ đã báo", expected - missing.len())];
                if !missing.is_empty() {
                    holds.push(format!("Chưa báo: {}", names(&missing, today, minute)));
                }
                tell(LEAD, slot, Vec::new(), holds);
            }
            _ => {}
        }
    }
    let mut out: Vec<Told> = by_person.into_values().collect();
    if let Some(files) = documents(today, minute) {
        for to in [LEAD, LEADER] {
            for n in 0..files {
                let holds = if n == 0 { vec!["TỔNG HỢP GIẢI QUYẾT TTHC".into()] } else { Vec::new() };
                out.push(Told { day: today, minute, to, kind: "ky".into(), codes: Vec::new(), holds });
            }
        }
    }
    out
}

/// How many files go out: July alone, August on the first working day of September (31/8 to
/// 2/9 are off), September with the quarter and nine months.
fn documents(today: NaiveDate, minute: u32) -> Option<usize> {
    match (today.to_string().as_str(), minute) {
        ("2026-07-31", 1_050) | ("2026-09-03", 450) => Some(1),
        ("2026-09-30", 1_050) => Some(3),
        _ => None,
    }
}

fn snoozed(who: i64, today: NaiveDate, minute: u32) -> bool {
    SNOOZES.iter().any(|s| s.0 == who && day(s.1) == today && s.2 <= minute && minute < s.3)
}

fn expected(today: NaiveDate) -> Vec<i64> {
    let due = PEOPLE.iter().filter(|p| !p.3.is_empty() && past_grace(p.0, today) && !on_leave(p.0, today));
    due.map(|p| p.0).collect()
}

fn missing(life: &Life, on: NaiveDate, until: u32) -> Vec<i64> {
    let posted = |who: i64| life.posts.iter().any(|(d, w, at)| *d == on && *w == who && *at <= until);
    expected(on).into_iter().filter(|who| !posted(*who)).collect()
}

fn names(who: &[i64], today: NaiveDate, minute: u32) -> String {
    let name = |id: &i64| {
        let given = PEOPLE.iter().find(|p| p.0 == *id).unwrap().1.split(' ').next_back().unwrap();
        match SNOOZES.iter().find(|s| s.0 == *id && snoozed(*id, today, minute)) {
            Some(s) => format!("{given} (đã hoãn đến {:02}:{:02}: đi cơ sở)", s.3 / 60, s.3 % 60),
            None => given.to_string(),
        }
    };
    who.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// As registered and resolved on the evenings before.
fn open(life: &Life, today: NaiveDate) -> Vec<&Dossier> {
    let mut open: Vec<&Dossier> = life.dossiers.iter().filter(|d| d.received < today && today <= d.ended).collect();
    open.sort_by_key(|d| (d.due, d.id));
    open
}

fn days_late(due: NaiveDate, today: NaiveDate) -> usize {
    due.iter_days().skip(1).take_while(|d| *d <= today).filter(|d| is_working(*d)).count()
}

/// Who is told of a dossier, and in whose place.
fn reader(d: &Dossier, today: NaiveDate) -> (i64, Option<i64>) {
    if on_leave(d.holder, today) {
        let leave = LEAVES.iter().find(|l| l.0 == d.holder && day(l.1) <= today && today <= day(l.2)).unwrap();
        return (leave.3.unwrap_or(LEAD), Some(d.holder));
    }
    // Whoever has not joined yet holds nothing that counts: the lead sees to it.
    let joined = PEOPLE.iter().any(|p| p.0 == d.holder && day(p.4) <= today);
    match (joined, past_grace(d.holder, today)) {
        (true, true) => (d.holder, None),
        (true, false) => (LEAD, Some(d.holder)),
        (false, _) => (LEAD, None),
    }
}

type Digest = (i64, Vec<String>, Vec<i64>);

fn digests(life: &Life, today: NaiveDate) -> Vec<Digest> {
    let soon = add_working(today, 2);
    // Reader, in whose place, list: today, soon, overdue.
    let mut lists: BTreeMap<(i64, Option<i64>, u8), Vec<&Dossier>> = BTreeMap::new();
    for d in open(life, today).into_iter().filter(|d| d.due <= soon) {
        let (who, instead_of) = reader(d, today);
        let list = if d.due == today { 0 } else { 1 + u8::from(d.due < today) };
        lists.entry((who, instead_of, list)).or_default().push(d);
    }
    let mut all: BTreeMap<i64, (Vec<String>, Vec<i64>)> = BTreeMap::new();
    for ((who, ..), list) in lists {
        let (codes, ids) = all.entry(who).or_default();
        codes.extend(list.iter().take(LISTED).map(|d| d.code.clone()));
        ids.extend(list.iter().map(|d| d.id));
    }
    all.into_iter().map(|(who, (codes, ids))| (who, codes, ids)).collect()
}

fn lead_morning(life: &Life, today: NaiveDate, memory: &mut Memory) -> Option<(Vec<String>, Vec<String>)> {
    let mut before = today.pred_opt().unwrap();
    while !is_working(before) {
        before = before.pred_opt().unwrap();
    }
    let mut holds = Vec::new();
    let ending = ending(today);
    let missed = missing(life, before, 1_440);
    let in_month = ending.is_some_and(|_| before.format("%m").to_string() == today.format("%m").to_string());
    if !missed.is_empty() && !in_month {
        holds.push(format!("Thiếu số liệu ngày {}: {}", before.format("%d/%m"), names(&missed, today, 480)));
    }
    let told = memory.today.get(&LEAD).cloned().unwrap_or_default();
    let given = |d: &&Dossier| d.explained.is_none_or(|on| on >= today);
    let bare: Vec<&Dossier> = open(life, today)
        .into_iter()
        .filter(|d| days_late(d.due, today) > 1 && !told.contains(&d.id))
        .filter(given)
        .collect();
    let codes: Vec<String> = bare.iter().take(LISTED).map(|d| d.code.clone()).collect();
    for who in BLOCKED {
        let held: Vec<&Dossier> = open(life, today).into_iter().filter(|d| reader(d, today) == (who, None)).collect();
        let (due, late) =
            (held.iter().filter(|d| d.due == today).count(), held.iter().filter(|d| d.due < today).count());
        if due + late > 0 {
            memory.unreachable.insert(who);
            let name = names(&[who], today, 480);
            holds.push(format!("Bot không nhắn được cho {name}: {due} hồ sơ đến hạn hôm nay, {late} quá hạn"));
        }
    }
    if let Some(ending) = ending {
        holds.push(format!("ngày làm việc cuối là {ending}"));
    }
    (!codes.is_empty() || !holds.is_empty()).then_some((codes, holds))
}

/// Two working days before the last working day of a month, and on it.
fn ending(today: NaiveDate) -> Option<&'static str> {
    match today.to_string().as_str() {
        "2026-07-29" | "2026-07-31" => Some("thứ Sáu 31/07"),
        "2026-08-26" | "2026-08-28" => Some("thứ Sáu 28/08"),
        "2026-09-28" | "2026-09-30" => Some("thứ Tư 30/09"),
        _ => None,
    }
}

fn leader_morning(life: &Life, today: NaiveDate, memory: &mut Memory) -> Option<(Vec<String>, Vec<String>)> {
    let late: Vec<&Dossier> = open(life, today).into_iter().filter(|d| days_late(d.due, today) >= 3).collect();
    let mut days: Vec<NaiveDate> = Vec::new();
    let mut at = today;
    while days.len() < 2 {
        at = at.pred_opt().unwrap();
        if is_working(at) {
            days.push(at);
        }
    }
    let twice: Vec<i64> =
        missing(life, days[0], 1_440).into_iter().filter(|w| missing(life, days[1], 1_440).contains(w)).collect();
    let holding: BTreeSet<String> =
        late.iter().map(|d| format!("d{}", d.id)).chain(twice.iter().map(|w| format!("m{w}"))).collect();
    let new: Vec<&&Dossier> = late.iter().filter(|d| !memory.leader.contains(&format!("d{}", d.id))).collect();
    let new_twice: Vec<i64> = twice.into_iter().filter(|w| !memory.leader.contains(&format!("m{w}"))).collect();
    memory.leader = holding;
    let mut holds = Vec::new();
    if !new.is_empty() {
        holds.push(format!("{} hồ sơ, mới thêm {}:", late.len(), new.len()));
    }
    if !new_twice.is_empty() {
        holds.push(format!(
            "2 ngày liền ({}, {}): {}",
            days[1].format("%d/%m"),
            days[0].format("%d/%m"),
            names(&new_twice, today, 485)
        ));
    }
    let codes = new.iter().take(LISTED).map(|d| d.code.clone()).collect();
    (!holds.is_empty()).then_some((codes, holds))
}
