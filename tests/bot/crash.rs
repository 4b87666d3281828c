//! `kill -9` at any moment: every message that the platform handed over is in effect exactly
//! once, every reply leaves at least once, and a repeat only where the answer to a call was
//! lost. With the real program in a process of its own.

use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use motcua::store::Store;

use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::office::NOBODY_IS_REMINDED;

/// Telegram ids of the officials who write.
const PEOPLE: [i64; 4] = [11, 12, 13, 14];
/// How often the program is killed.
const KILLS: u64 = 15;

struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    async fn new() -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap() };
        let store = Store::open(&office.url()).await.unwrap();
        let mut w = store.write().await.unwrap();
        sqlx::raw_sql("INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ')")
            .execute(&mut *w)
            .await
            .unwrap();
        sqlx::raw_sql(NOBODY_IS_REMINDED).execute(&mut *w).await.unwrap();
        for (n, chat) in PEOPLE.iter().enumerate() {
            for sql in [
                "INSERT INTO officials (id, name, current_unit_id) VALUES (?1, 'Cán bộ ' || ?1, 1)",
                "INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (?1, ?1, 1, 'officer', 0)",
                "INSERT INTO member_fields (membership_id, field_id, since) SELECT ?1, id, 0 FROM fields WHERE code = 'HT'",
                "INSERT INTO links (official_id, channel, platform_user, chat_id, greeted)
                 VALUES (?1, 'telegram', ?2, ?2, 1)",
            ] {
                sqlx::query(sql).bind(n as i64 + 1).bind(chat.to_string()).execute(&mut *w).await.unwrap();
            }
        }
        motcua::store::directory::touch(&mut w).await.unwrap();
        w.commit().await.unwrap();
        store.close().await;
        office
    }

    fn url(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("office.db").display())
    }

    fn run(&self, fake: &FakeTelegram) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_motcua"))
            .arg("run")
            .current_dir(self.folder.path())
            .env("DATABASE_URL", self.url())
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", fake.url())
            .env("MOTCUA_TELEGRAM_RATE", "0")
            .env("RUST_LOG", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Process(child.unwrap())
    }
}

/// The program; it does not outlive the test.
struct Process(Child);

impl Process {
    fn kill(&mut self) {
        let _ = self.0.kill();
        self.0.wait().unwrap();
    }

    /// SIGTERM: success within 10 s.
    async fn stop(&mut self) {
        let begun = std::time::Instant::now();
        Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        let status = loop {
            if let Some(status) = self.0.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "did not stop within 10 s");
            tokio::time::sleep(Duration::from_millis(20)).await;
        };
        assert!(status.success(), "{status}");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
async fn kill_9_at_any_moment_loses_nothing_and_doubles_nothing() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let mut said: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut n = 0;
    for round in 0..KILLS {
        for chat in PEOPLE.repeat(3) {
            n += 1;
            fake.say(chat, &format!("ht ol {n}"));
            said.entry(chat).or_default().push(n);
        }
        let mut program = office.run(&fake);
        // Moments spread over start, receiving, handling and sending.
        tokio::time::sleep(Duration::from_millis(40 + round * 37 % 260)).await;
        program.kill();
    }
    let mut program = office.run(&fake);
    fake.all_acknowledged().await;
    let last_said = said.clone();
    fake.wait("the answer to each last message", |s| {
        let replies = s.replies();
        let answered = |chat: i64, n: i64| replies.iter().any(|r| r.chat == chat && names(&r.text, n));
        last_said.iter().all(|(chat, all)| all.iter().all(|n| answered(*chat, *n))).then_some(())
    })
    .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    program.kill();

    let repeats: usize = said
        .iter()
        .map(|(chat, all)| {
            let replies = fake.state().take_all(*chat);
            assert!(replies.len() >= all.len());
            replies.len() - all.len()
        })
        .sum();
    let store = Store::open(&office.url()).await.unwrap();
    let mut r = store.read().await.unwrap();
    let (posts, ambiguous, open): (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM outbox WHERE ambiguous),
                (SELECT count(*) FROM inbox WHERE state <> 'done')",
    )
    .fetch_one(&mut *r)
    .await
    .unwrap();
    assert_eq!((posts, open), (n, 0), "each message is in effect exactly once");
    assert!(repeats as i64 <= ambiguous, "{repeats} repeats, {ambiguous} marked");
    for (person, chat) in PEOPLE.iter().enumerate() {
        let counted: i64 = sqlx::query_scalar("SELECT online FROM counts WHERE official_id = ?")
            .bind(person as i64 + 1)
            .fetch_one(&mut *r)
            .await
            .unwrap();
        assert_eq!(Some(&counted), said[chat].last(), "the last message stands");
    }
}

/// Whether a reply tells of this figure: `Trực tuyến 12`, not `120`.
fn names(text: &str, n: i64) -> bool {
    let n = n.to_string();
    text.split(|c: char| !c.is_ascii_digit()).any(|word| word == n)
}

#[tokio::test]
async fn sigterm_ends_with_success_and_leaves_nothing_in_hand() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    for n in 1..=200 {
        fake.say(11, &format!("ht ol {n}"));
    }
    let mut program = office.run(&fake);
    fake.reply(11).await;
    program.stop().await;
    let store = Store::open(&office.url()).await.unwrap();
    let mut r = store.read().await.unwrap();
    let unclear: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE state = 'sending' OR ambiguous")
        .fetch_one(&mut *r)
        .await
        .unwrap();
    assert_eq!(unclear, 0);
    drop(r);
    store.close().await;
    let _program = office.run(&fake);
    fake.wait("all answers", |s| (s.replies().len() == 200).then_some(())).await;
    fake.state().take_all(11);
}

#[tokio::test]
async fn a_stop_while_a_long_list_is_read_or_taken_in_loses_nothing() {
    const ROWS: usize = 20_000;
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let row = |n: usize| format!("H12.34.56-261116-{n:05},Hộ tịch,16/11/2026,27/11/2026\n");
    let list = format!("Mã hồ sơ,Lĩnh vực,Ngày tiếp nhận,Ngày hẹn trả\n{}", (1..=ROWS).map(row).collect::<String>());
    fake.send_document(11, "so.csv", list.as_bytes(), None);
    let mut program = office.run(&fake);
    fake.wait("the file fetched", |s| (!s.calls("getFile").is_empty()).then_some(())).await;
    program.stop().await;
    let mut program = office.run(&fake);
    let preview = fake.reply(11).await;
    assert!(preview.text.contains("mới 20.000"), "{}", preview.text);
    fake.press(11, &preview, 0);
    fake.wait("the press received", |s| (s.pending() == 0).then_some(())).await;
    program.stop().await;
    let _program = office.run(&fake);
    let taken = fake.reply(11).await;
    assert!(taken.text.starts_with("Đã nhập vào sổ: mới 20.000"), "{}", taken.text);
    let store = Store::open(&office.url()).await.unwrap();
    let mut r = store.read().await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM dossiers").fetch_one(&mut *r).await.unwrap();
    assert_eq!(rows, ROWS as i64, "once");
}
