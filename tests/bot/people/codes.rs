//! Codes: who becomes what, and how guessing is slowed down (SPEC §3).

use std::sync::Arc;

use chrono::TimeDelta;
use motcua::app::answer::Answerer;
use motcua::app::change::Change;
use motcua::app::desk::Desk;
use motcua::app::invite::{CHAT_CODE, Invitation, first_admin_code, issue};
use motcua::channel::intake::Intake;
use motcua::channel::router::{Bells, Router};
use motcua::clock::{Clock, ManualClock, OFFICE_ZONE, day_of};
use motcua::domain::official::Role;
use motcua::store::inbox::{Incoming, Kind};
use motcua::store::{Store, bots, directory};
use motcua::words::Locale;

use crate::office::at;

const WRONG: &str = "Mã không đúng hoặc đã hết hạn. Anh/chị xin mã mới ở đầu mối của đơn vị.";
const STRANGER: &str = "Bot chỉ phục vụ cán bộ, công chức đã đăng ký. Nếu có mã mời, anh/chị gửi: /start MÃ";

/// An office that is reached by phone: messages come in as from Telegram.
struct Phones {
    store: Store,
    clock: Arc<ManualClock>,
    router: Router,
    intake: Intake,
    bot: i64,
    sent: i64,
    read: i64,
    _folder: tempfile::TempDir,
}

impl Phones {
    async fn new() -> Phones {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await.unwrap();
        let clock = Arc::new(ManualClock::new(at("2026-11-20T08:00")));
        let answerer = Arc::new(Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi) });
        let mut tx = store.write().await.unwrap();
        let bot = bots::known_as(&mut tx, "telegram", "99", "motcua_bot").await.unwrap();
        tx.commit().await.unwrap();
        let bells = Bells::default();
        let intake = Intake {
            store: store.clone(),
            directory: answerer.desk.cache.clone(),
            clock: clock.clone(),
            bot_id: bot,
            channel: "telegram",
            bell: bells.inbox.clone(),
        };
        let router = Router::new(store.clone(), clock.clone(), answerer, bells);
        Phones { store, clock, router, intake, bot, sent: 0, read: 0, _folder: folder }
    }

    async fn with_unit() -> Phones {
        let phones = Phones::new().await;
        phones.sql("INSERT INTO units (code, name) VALUES ('GL', 'UBND xã Gia Lộc')").await;
        phones
    }

    async fn sql(&self, sql: &'static str) {
        let mut tx = self.store.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
        directory::touch(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn pass(&self, time: TimeDelta) {
        self.clock.set(self.clock.now() + time);
    }

    /// What is sent to whom when this is said.
    async fn says(&mut self, user: &str, private: bool, text: &str) -> Vec<(String, String)> {
        self.sent += 1;
        let chat = if private { user } else { "-100" };
        let message = Incoming {
            delivery: self.sent.to_string(),
            kind: Kind::Message,
            chat_id: chat.to_string(),
            private,
            thread_id: None,
            user_id: user.to_string(),
            message_id: self.sent,
            edit_date: 0,
            sent_at: self.clock.now().timestamp(),
            text: Some(text.to_string()),
            data: None,
        };
        self.intake.take(vec![message]).await.unwrap();
        self.router.work(&[self.bot]).await.unwrap();
        let mut tx = self.store.write().await.unwrap();
        let rows: Vec<(i64, String, String)> =
            sqlx::query_as("SELECT id, chat_id, text FROM outbox WHERE id > ? ORDER BY id")
                .bind(self.read)
                .fetch_all(&mut *tx)
                .await
                .unwrap();
        sqlx::raw_sql("UPDATE outbox SET state = 'sent' WHERE state = 'waiting'").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        self.read = rows.last().map_or(self.read, |r| r.0);
        rows.into_iter().map(|(_, chat, text)| (chat, text)).collect()
    }

    /// The one answer in a private chat, empty for silence.
    async fn answer(&mut self, user: &str, text: &str) -> String {
        let heard = self.says(user, true, text).await;
        heard.into_iter().filter(|(chat, _)| chat == user).map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    async fn change<T>(&self, work: impl AsyncFnOnce(&mut Change<'_>) -> T) -> T {
        let mut tx = self.store.write().await.unwrap();
        let dir = directory::load(&mut tx).await.unwrap();
        let now = self.clock.now();
        let today = day_of(now, OFFICE_ZONE);
        let done =
            work(&mut Change { conn: &mut tx, dir: &dir, now, today, words: Locale::Vi.words(), actor: None }).await;
        tx.commit().await.unwrap();
        done
    }

    async fn invite(&self, role: Role, name: &str) -> String {
        self.change(async |change| {
            let unit = change.unit("GL").unwrap().id;
            let fields = vec![change.dir.fields[5].id];
            let invitation = Invitation { unit, role, name: name.into(), fields, valid: CHAT_CODE };
            issue(change, &invitation).await.unwrap().code
        })
        .await
    }

    async fn first_admin(&self) -> Option<String> {
        self.change(async |change| first_admin_code(change).await.unwrap()).await
    }
}

#[tokio::test]
async fn a_code_links_a_chat_once() {
    let mut phones = Phones::with_unit().await;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    let welcome = phones.answer("1", &format!("/start {code}")).await;
    let expected =
        "Anh/chị Lê Văn Tú đã liên kết với bot.\nĐơn vị: UBND xã Gia Lộc\nVai trò: cán bộ\nLĩnh vực: Hộ tịch";
    assert!(welcome.starts_with(expected), "{welcome}");
    assert!(phones.answer("1", "ht ol 3").await.starts_with("Đã lưu 20/11"));
    assert_eq!(phones.answer("2", &format!("/start {code}")).await, WRONG);
}

#[tokio::test]
async fn a_chat_belongs_to_the_bot_that_took_the_code() {
    let mut phones = Phones::with_unit().await;
    phones.sql("INSERT INTO bots (id, channel, platform_id, username) VALUES (50, 'telegram', '50', 'gl_bot')").await;
    let other = std::mem::replace(&mut phones.bot, 50);
    phones.intake.bot_id = 50;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    assert!(phones.answer("1", &code).await.contains("Lê Văn Tú"));
    phones.intake.bot_id = other;
    phones.bot = other;
    assert!(phones.answer("1", "ht ol 3").await.starts_with("Đã lưu 20/11"), "answered where it was said");
    let dir = phones.change(async |change| change.dir.clone()).await;
    assert_eq!(dir.links.values().map(|l| l.bot_id).collect::<Vec<_>>(), [Some(50)]);
}

#[tokio::test]
async fn a_bare_code_is_enough_in_any_case_and_spacing() {
    let mut phones = Phones::with_unit().await;
    let code = phones.invite(Role::Lead, "Trần Thị Minh").await.to_lowercase();
    let typed = format!("{} {}", &code[..4], &code[4..]);
    assert!(phones.says("1", false, &typed).await.is_empty(), "in a group nothing");
    assert!(phones.answer("1", &typed).await.contains("Trần Thị Minh"));
    assert!(phones.answer("1", "/start").await.contains("đầu mối"));
}

#[tokio::test]
async fn a_code_lapses_after_a_day() {
    let mut phones = Phones::with_unit().await;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    phones.pass(TimeDelta::hours(24));
    assert_eq!(phones.answer("1", &format!("/start {code}")).await, WRONG);
}

#[tokio::test]
async fn a_second_code_for_a_member_links_one_more_chat() {
    let mut phones = Phones::with_unit().await;
    for user in ["1", "2"] {
        let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
        assert!(phones.answer(user, &code).await.contains("Lê Văn Tú"));
    }
    let people = phones.change(async |change| change.dir.officials.len()).await;
    assert_eq!(people, 1);
}

#[tokio::test]
async fn five_wrong_codes_mean_an_hour_of_silence_announced_with_the_fourth() {
    let mut phones = Phones::with_unit().await;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    for _ in 0..3 {
        assert_eq!(phones.answer("1", "/start BBBB2222").await, WRONG);
        phones.pass(TimeDelta::minutes(20));
    }
    let announced = phones.answer("1", "/start").await;
    assert!(announced == STRANGER, "a bare /start is no wrong code: {announced}");
    let fourth = phones.answer("1", "BBBB2222").await;
    assert!(fourth.starts_with(WRONG) && fourth.contains("một giờ"), "{fourth}");
    assert_eq!(phones.answer("1", "/start BBBB3333").await, "");
    assert_eq!(phones.answer("1", &format!("/start {code}")).await, "", "the right one waits too");
    assert_eq!(phones.answer("2", "/start BBBB3333").await, WRONG, "other chats go on");
    phones.pass(TimeDelta::minutes(59));
    assert_eq!(phones.answer("1", &format!("/start {code}")).await, "");
    phones.pass(TimeDelta::minutes(1));
    assert!(phones.answer("1", &format!("/start {code}")).await.contains("Lê Văn Tú"));
}

#[tokio::test]
async fn after_wrong_codes_a_post_is_still_answered() {
    let mut phones = Phones::with_unit().await;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    phones.answer("1", &code).await;
    for _ in 0..6 {
        phones.answer("1", "/start BBBB2222").await;
    }
    assert_eq!(phones.answer("1", "/start BBBB2222").await, "");
    assert!(phones.answer("1", "ht ol 3").await.starts_with("Đã lưu"));
}

#[tokio::test]
async fn wrong_bare_codes_of_an_official_count_and_are_answered_all_the_same() {
    let mut phones = Phones::with_unit().await;
    let own = phones.invite(Role::Officer, "Lê Văn Tú").await;
    phones.answer("1", &own).await;
    for n in 1..=8 {
        let heard = phones.answer("1", "bbbb 2222").await;
        assert_eq!(heard.starts_with(WRONG), n < 5, "{n}: {heard}");
        assert_eq!(heard.contains("một giờ"), n == 4, "{n}: {heard}");
        assert!(heard.contains("ví dụ: ht ol"), "{n}: {heard}");
    }
    let good = phones.invite(Role::Officer, "Lê Văn Tú").await;
    assert!(phones.answer("1", &good).await.starts_with("Chưa hiểu tin này."), "the right one waits too");
    assert_eq!(phones.answer("1", &format!("/start {good}")).await, "");
    assert!(phones.answer("1", "ht ol 3").await.starts_with("Đã lưu"));
    phones.pass(TimeDelta::hours(1));
    assert!(phones.answer("1", &good).await.contains("Lê Văn Tú"));
}

#[tokio::test]
async fn a_hundred_wrong_codes_an_hour_pause_unlinked_chats_and_tell_the_admin() {
    let mut phones = Phones::with_unit().await;
    let admin = phones.invite(Role::Admin, "Phạm Quản").await;
    phones.answer("1", &admin).await;
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    let mut told = Vec::new();
    for n in 0..101 {
        let user = format!("5{}", n / 4);
        let heard = phones.says(&user, true, "/start BBBB2222").await;
        told.extend(heard.into_iter().filter(|(chat, _)| chat == "1"));
    }
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(phones.answer("2", &format!("/start {code}")).await, "");
    assert!(phones.answer("1", "/start").await.contains("Phạm Quản"), "linked chats go on");
    phones.pass(TimeDelta::minutes(61));
    assert!(phones.answer("2", &format!("/start {code}")).await.contains("Lê Văn Tú"));
}

#[tokio::test]
async fn a_stranger_hears_one_sentence_a_day_and_nothing_in_groups() {
    let mut phones = Phones::with_unit().await;
    assert!(phones.says("1", false, "xin chào").await.is_empty());
    assert!(phones.says("1", false, "/tonghop").await.is_empty());
    assert_eq!(phones.answer("1", "xin chào").await, STRANGER);
    assert_eq!(phones.answer("1", "/tonghop").await, "");
    phones.pass(TimeDelta::hours(23));
    assert_eq!(phones.answer("1", "alo").await, "");
    phones.pass(TimeDelta::hours(1));
    assert_eq!(phones.answer("1", "alo").await, STRANGER);
}

#[tokio::test]
async fn the_first_administrator_comes_by_the_latest_code() {
    let mut phones = Phones::new().await;
    let early = phones.first_admin().await.unwrap();
    let code = phones.first_admin().await.unwrap();
    assert_eq!(phones.answer("1", &early).await, WRONG);
    assert!(phones.answer("1", &code).await.contains("motcua unit add"), "no unit yet, the code stays good");
    phones.sql("INSERT INTO units (code, name) VALUES ('GL', 'UBND xã Gia Lộc')").await;
    let welcome = phones.answer("1", &code).await;
    assert!(welcome.contains("Vai trò: quản trị"), "{welcome}");
    assert_eq!(phones.first_admin().await, None);
}

#[tokio::test]
async fn a_registered_person_takes_a_second_unit_but_nobody_elses_code() {
    let mut phones = Phones::with_unit().await;
    let own = phones.invite(Role::Officer, "Lê Văn Tú").await;
    phones.answer("1", &own).await;
    let other = phones.invite(Role::Officer, "Trần Thị Minh").await;
    let refused = phones.answer("1", &format!("/start {other}")).await;
    assert!(refused.contains("Trần Thị Minh"), "{refused}");
    assert!(phones.answer("2", &other).await.contains("Trần Thị Minh"), "it was not used up");

    phones.sql("UPDATE units SET code = 'CU'; INSERT INTO units (code, name) VALUES ('GL', 'UBND xã Mới')").await;
    let second = phones.invite(Role::Lead, "lê văn tú").await;
    assert!(phones.answer("1", &second).await.contains("UBND xã Mới"));
    let units = phones.answer("1", "/donvi").await;
    assert!(units.contains("CU") && units.contains("GL"), "{units}");
}

#[tokio::test]
async fn a_lead_invites_in_chat_and_a_group_never_sees_the_code() {
    let mut phones = Phones::with_unit().await;
    let lead = phones.invite(Role::Lead, "Trần Thị Minh").await;
    phones.answer("1", &lead).await;
    phones.sql("INSERT INTO groups (channel, chat_id, unit_id, bound_by) VALUES ('telegram', '-100', 1, 1)").await;
    let heard = phones.says("1", false, "/moi can bo Lê Văn Tú HT, CT").await;
    let (group, private): (Vec<_>, Vec<_>) = heard.iter().partition(|(chat, _)| chat == "-100");
    assert_eq!(group.len(), 1);
    let text = &private[0].1;
    let code = text.split("/start ").nth(1).unwrap()[..8].to_string();
    assert!(text.contains(&format!("https://t.me/motcua_bot?start={code}")), "{text}");
    assert!(!group[0].1.contains(&code));
    assert!(phones.answer("2", &format!("/start {code}")).await.contains("Chứng thực, Hộ tịch"));

    assert!(phones.answer("1", "/moi quan tri Hà").await.contains("quản trị mời"));
    assert!(phones.answer("1", "/moi Hà").await.contains("/moi VAI TRÒ"));
    assert!(phones.answer("1", "/moi can bo Hà XX").await.contains("\"XX\""));
}

#[tokio::test]
async fn whoever_is_removed_is_a_stranger_again() {
    let mut phones = Phones::with_unit().await;
    for (user, role, name) in [("1", Role::Lead, "Trần Thị Minh"), ("2", Role::Officer, "Lê Văn Tú")] {
        let code = phones.invite(role, name).await;
        phones.answer(user, &code).await;
    }
    assert!(phones.answer("1", "/xoa Tú").await.starts_with("Chấm dứt vai trò cán bộ của Lê Văn Tú"));
    assert!(phones.answer("2", "ht ol 3").await.starts_with("Đã lưu"), "not before the yes");
    phones.answer("1", "1").await;
    assert_eq!(phones.answer("2", "ht ol 3").await, STRANGER);
    let code = phones.invite(Role::Officer, "Lê Văn Tú").await;
    assert!(phones.answer("2", &code).await.contains("Lê Văn Tú"), "and may come back");
}

#[tokio::test]
async fn a_group_hears_no_names() {
    let mut phones = Phones::with_unit().await;
    for (user, role, name) in [("1", Role::Lead, "Trần Thị Minh"), ("2", Role::Officer, "Lê Văn Tú")] {
        let code = phones.invite(role, name).await;
        phones.answer(user, &code).await;
    }
    phones.says("1", false, "/nhom GL").await;
    for text in
        ["/start", "/bangiao Tú", "/bangiao Tú Hoa", "/xoa Nam", "/moi can bo Tú", "/bangiao Tú Minh", "/xoa Tú"]
    {
        let heard = phones.says("1", false, text).await;
        let group: Vec<&String> = heard.iter().filter(|(chat, _)| chat == "-100").map(|(_, text)| text).collect();
        assert_eq!(group, ["Bot đã trả lời anh/chị trong chat riêng."], "{text}");
        assert!(heard.iter().any(|(chat, _)| chat == "1"), "{text}: {heard:?}");
    }
}
