//! A commune from July to September 2026: eight people, 60 dossiers a day, leave, holidays,
//! a worked Saturday, a week in which the bot stood still, two who have blocked it.
//!
//! Everything is drawn once, so that what has to be told can be worked out from it alone.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use motcua::store::Store;
use motcua::store::days::to_db;

use super::Dice;

pub const LEAD: i64 = 7;
pub const LEADER: i64 = 8;
/// Ids, names, fields and first days; those with fields post.
pub const PEOPLE: [(i64, &str, &str, &str, &str); 8] = [
    (1, "Đinh Quốc Lan", "officer", "HT", "2026-03-02"),
    (2, "Phạm Văn Tú", "officer", "ĐĐ", "2026-03-02"),
    (3, "Lê Thị Hoa", "officer", "BTXH", "2026-03-02"),
    (4, "Bùi Đức Bình", "officer", "CT", "2026-03-02"),
    (5, "Đỗ Thị Nga", "officer", "VH", "2026-03-02"),
    (6, "Hồ Văn Sơn", "officer", "NCC", "2026-08-19"),
    (LEAD, "Trần Thị Minh", "lead", "", "2026-03-02"),
    (LEADER, "Vũ Thu Hà", "leader", "", "2026-03-02"),
];
/// Who has blocked the bot.
pub const BLOCKED: [i64; 2] = [5, 6];
/// Who, first and last day, stand-in.
pub const LEAVES: [(i64, &str, &str, Option<i64>); 3] = [
    (1, "2026-07-20", "2026-07-24", Some(4)),
    (3, "2026-08-17", "2026-08-21", None),
    (2, "2026-08-22", "2026-08-22", None),
];
/// Who, day, said at, until.
pub const SNOOZES: [(i64, &str, u32, u32); 2] = [(4, "2026-07-01", 930, 1050), (2, "2026-09-08", 460, 600)];
/// The bot stood still from the evening before until this day at 10:20.
pub const DOWN: (&str, &str) = ("2026-08-10", "2026-08-17");
pub const BACK: u32 = 620;

pub struct Dossier {
    pub id: i64,
    pub code: String,
    pub holder: i64,
    pub received: NaiveDate,
    pub due: NaiveDate,
    /// The evening on which it was resolved.
    pub ended: NaiveDate,
    /// The evening on which the reason of its lateness was given.
    pub explained: Option<NaiveDate>,
}

pub struct Life {
    pub dossiers: Vec<Dossier>,
    /// Day, who, minute.
    pub posts: Vec<(NaiveDate, i64, u32)>,
    pub from: NaiveDate,
    pub to: NaiveDate,
}

pub fn day(iso: &str) -> NaiveDate {
    iso.parse().unwrap()
}

/// DOMAIN §3.4, written out again.
pub fn is_working(day: NaiveDate) -> bool {
    match (day.month(), day.day()) {
        (8, 31) | (9, 1) | (9, 2) => false,
        (8, 22) => true,
        _ => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
    }
}

pub fn add_working(from: NaiveDate, n: u32) -> NaiveDate {
    let mut at = from;
    for _ in 0..n {
        at = at.succ_opt().unwrap();
        while !is_working(at) {
            at = at.succ_opt().unwrap();
        }
    }
    at
}

pub fn is_down(day: NaiveDate) -> bool {
    self::day(DOWN.0) <= day && day < self::day(DOWN.1)
}

impl Life {
    pub fn new(from: &str, to: &str, a_day: u64, seed: u64) -> Life {
        let (from, to) = (day(from), day(to));
        let mut dice = Dice(seed);
        let mut life = Life { dossiers: Vec::new(), posts: Vec::new(), from, to };
        for today in from.iter_days().take_while(|d| *d <= to).filter(|d| is_working(*d)) {
            for n in 1..=a_day {
                let holder = 1 + dice.below(6) as i64;
                let term = 1 + dice.below(8) as u32;
                let due = add_working(today, term);
                // Most are done well before, one in thirty is late.
                let ended = match dice.below(30) {
                    0 => add_working(due, 1 + dice.below(6) as u32),
                    1..=4 => due,
                    _ => add_working(today, dice.below(u64::from(term)) as u32),
                };
                let explained = (ended > due && dice.below(2) == 0).then(|| add_working(due, 2));
                let id = life.dossiers.len() as i64 + 1;
                let code = format!("H57.132-{}-{n:04}", today.format("%y%m%d"));
                life.dossiers.push(Dossier { id, code, holder, received: today, due, ended, explained });
            }
            for (who, ..) in PEOPLE.iter().filter(|p| !p.3.is_empty()) {
                let minute = match dice.below(20) {
                    0 => continue,
                    1..=2 => 990 + dice.below(15) as u32,
                    3 => 1_015 + dice.below(10) as u32,
                    _ => 900 + dice.below(70) as u32,
                };
                if !is_down(today) && !on_leave(*who, today) {
                    life.posts.push((today, *who, minute));
                }
            }
        }
        life
    }

    /// Enters units, people, links, leaves and snoozes.
    pub async fn set_up(&self, store: &Store, calendar: &str) {
        let mut sql = format!(
            "INSERT INTO units (id, code, name, scheme) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ', '{calendar}');"
        );
        for (id, name, role, field, since) in PEOPLE {
            let since = to_db(day(since));
            sql += &format!(
                "INSERT INTO officials (id, name, current_unit_id) VALUES ({id}, '{name}', 1);
                 INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES ({id}, {id}, 1, '{role}', {since});
                 INSERT INTO member_fields (membership_id, field_id, since)
                 SELECT {id}, id, {since} FROM fields WHERE code = '{field}';
                 INSERT INTO links (official_id, channel, platform_user, chat_id)
                 VALUES ({id}, 'telegram', '{chat}', '{chat}');",
                chat = chat_of(id)
            );
        }
        for (who, first, last, stand_in) in LEAVES {
            let stand_in = stand_in.map_or("NULL".to_string(), |s: i64| s.to_string());
            sql += &format!(
                "INSERT INTO leaves (official_id, unit_id, first_day, last_day, standin_id, entered_by, entered_at)
                 VALUES ({who}, 1, {}, {}, {stand_in}, {LEAD}, 0);",
                to_db(day(first)),
                to_db(day(last))
            );
        }
        for (who, on, said, until) in SNOOZES {
            let at = |minute: u32| {
                day(on).and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp() - 7 * 3_600 + i64::from(minute) * 60
            };
            sql += &format!(
                "INSERT INTO snoozes (official_id, said_at, until, reason) VALUES ({who}, {}, {}, 'đi cơ sở');",
                at(said),
                at(until)
            );
        }
        for who in BLOCKED {
            sql += &format!("UPDATE links SET unreachable_since = 1 WHERE official_id = {who};");
        }
        execute(store, sql).await;
    }

    /// What happens to dossiers on the evening of a day.
    pub async fn evening(&self, store: &Store, today: NaiveDate) {
        let mut sql = String::new();
        for d in self.dossiers.iter().filter(|d| d.received == today) {
            let (received, due) = (to_db(d.received), to_db(d.due));
            sql += &format!(
                "INSERT INTO dossiers (id, unit_id, code, tail, field_id, holder_id, received, due, state)
                 SELECT {}, 1, '{}', '{}', field_id, {}, {received}, {due}, 'open' FROM member_fields WHERE membership_id = {};",
                d.id,
                d.code,
                &d.code[d.code.len() - 4..],
                d.holder,
                d.holder
            );
        }
        for d in self.dossiers.iter().filter(|d| d.ended == today) {
            sql += &format!("UPDATE dossiers SET state = 'resolved', ended = {} WHERE id = {};", to_db(today), d.id);
        }
        for d in self.dossiers.iter().filter(|d| d.explained == Some(today)) {
            sql += &format!("UPDATE dossiers SET reason = 'chờ liên thông' WHERE id = {};", d.id);
        }
        execute(store, sql).await;
    }

    /// Figures as replay would leave them, of those who post after `after` up to `minute`.
    pub async fn post(&self, store: &Store, today: NaiveDate, (after, minute): (u32, u32)) {
        let mut sql = String::new();
        let half = motcua::store::days::half_of(today);
        for (_, who, _) in self.posts.iter().filter(|(d, _, at)| *d == today && after < *at && *at <= minute) {
            sql += &format!(
                "INSERT INTO counts SELECT 1, {day}, field_id, {who}, 3, 1, 0, 3, 0, 0, 0 FROM member_fields WHERE membership_id = {who};
                 INSERT INTO half_months SELECT 1, {half}, field_id, 3, 1, 0, 3, 0, 0, 0 FROM member_fields WHERE membership_id = {who}
                 ON CONFLICT DO UPDATE SET online = online + 3, direct = direct + 1, early = early + 3;",
                day = to_db(today)
            );
        }
        execute(store, sql).await;
    }
}

pub fn chat_of(who: i64) -> i64 {
    7_000 + who
}

pub fn on_leave(who: i64, today: NaiveDate) -> bool {
    LEAVES.iter().any(|(w, first, last, _)| *w == who && day(first) <= today && today <= day(last))
}

pub fn past_grace(who: i64, today: NaiveDate) -> bool {
    PEOPLE.iter().any(|p| p.0 == who && day(p.4) + Days::new(7) <= today)
}

async fn execute(store: &Store, sql: String) {
    if sql.is_empty() {
        return;
    }
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *w).await.unwrap();
    motcua::store::directory::touch(&mut w).await.unwrap();
    w.commit().await.unwrap();
}
