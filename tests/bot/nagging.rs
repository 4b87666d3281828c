//! `motcua tick` from outside: what it prints, what it leaves alone, what groups see.

use serde_json::Value;

use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::office::NOBODY_IS_REMINDED;

const SET_UP: [&[&str]; 4] = [
    &["unit", "add", "KTD", "UBND xã Khúc Thừa Dụ"],
    &[
        "official",
        "add",
        "--unit",
        "KTD",
        "--name",
        "Đinh Quốc Lan",
        "--role",
        "officer",
        "--fields",
        "HT",
        "--since",
        "2026-09-01",
        "--telegram",
        "11",
    ],
    &[
        "official",
        "add",
        "--unit",
        "KTD",
        "--name",
        "Phạm Văn Tú",
        "--role",
        "officer",
        "--fields",
        "ĐĐ",
        "--since",
        "2026-09-01",
        "--telegram",
        "12",
    ],
    &[
        "official",
        "add",
        "--unit",
        "KTD",
        "--name",
        "Trần Thị Minh",
        "--role",
        "lead",
        "--since",
        "2026-09-01",
        "--telegram",
        "13",
    ],
];

struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Office {
        let office = Office(tempfile::tempdir().unwrap());
        for words in SET_UP {
            assert!(office.motcua(words, None).status.success(), "{words:?}");
        }
        office
    }

    fn motcua(&self, words: &[&str], fake: Option<&FakeTelegram>) -> std::process::Output {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.args(words).env_clear().current_dir(self.0.path()).env("DATABASE_URL", "sqlite://office.db");
        command.env("RUST_LOG", "off");
        if let Some(fake) = fake {
            command.env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", fake.url()).env("MOTCUA_TELEGRAM_RATE", "0");
        }
        command.output().unwrap()
    }

    async fn run_sql(&self, sql: &'static str) -> i64 {
        let url = format!("sqlite://{}", self.0.path().join("office.db").display());
        let store = motcua::store::Store::open(&url).await.unwrap();
        let mut w = store.write().await.unwrap();
        let n = match sql.starts_with("SELECT") {
            true => sqlx::query_scalar(sql).fetch_one(&mut *w).await.unwrap(),
            false => sqlx::raw_sql(sql).execute(&mut *w).await.unwrap().rows_affected() as i64,
        };
        motcua::store::directory::touch(&mut w).await.unwrap();
        w.commit().await.unwrap();
        store.close().await;
        n
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_prints_who_would_be_told_what_and_changes_nothing() {
    let office = Office::new();
    for _ in 0..2 {
        let out = office.motcua(&["tick", "--at", "2026-11-20T16:15", "--dry-run", "--json"], None);
        assert!(out.status.success());
        let told: Vec<Value> = serde_json::from_slice(&out.stdout).unwrap();
        let slots: Vec<(&str, &str)> =
            told.iter().map(|t| (t["to"].as_str().unwrap(), t["slot"].as_str().unwrap())).collect();
        assert_eq!(slots, [("Đinh Quốc Lan", "nhac1"), ("Phạm Văn Tú", "nhac1")]);
        assert!(told[0]["text"].as_str().unwrap().ends_with("\nht ol tr th dh"));
    }
    let rows = office.motcua(&["tick", "--at", "2026-11-20T16:15", "--dry-run"], None).stdout;
    assert!(String::from_utf8(rows).unwrap().starts_with("to\tunit\tslot\ttext\tfile\nĐinh Quốc Lan\t"));
    assert_eq!(office.run_sql("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM nags_told) + (SELECT count(*) FROM nag_looks)").await, 0);
    let without_token = office.motcua(&["tick", "--at", "2026-11-20T16:15"], None);
    assert_eq!(without_token.status.code(), Some(2));
    assert_eq!(office.run_sql("SELECT count(*) FROM nags_told").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_sees_numbers_and_never_names() {
    let (office, fake) = (Office::new(), FakeTelegram::start());
    office.run_sql("INSERT INTO groups (channel, chat_id, unit_id, bound_by) VALUES ('telegram', '-100', 1, 3)").await;
    assert!(office.motcua(&["tick", "--at", "2026-11-20T16:50"], Some(&fake)).status.success());
    assert!(fake.state().take_all(-100).is_empty());
    for _ in 0..2 {
        assert!(office.motcua(&["tick", "--at", "2026-11-20T17:10"], Some(&fake)).status.success());
    }
    let texts = |chat: i64| fake.state().take_all(chat).into_iter().map(|r| r.text).collect::<Vec<_>>();
    assert_eq!(texts(-100), ["Hôm nay: 0/2 cán bộ đã báo"]);
    let lead = texts(13);
    assert_eq!(lead.len(), 1);
    assert!(lead[0].contains("Chưa báo: Lan, Tú"));
    assert_eq!((texts(11).len(), texts(12).len()), (1, 1), "the last reminder alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_blocks_the_bot_is_told_of_to_the_lead() {
    let (office, fake) = (Office::new(), FakeTelegram::start());
    office.run_sql("UPDATE links SET unreachable_since = 1 WHERE platform_user = '12'").await;
    assert!(office.motcua(&["tick", "--at", "2026-11-20T17:10"], Some(&fake)).status.success());
    assert!(fake.state().take_all(12).is_empty());
    fake.state().take_all(11);
    let lead = fake.state().take_all(13).pop().unwrap().text;
    assert!(lead.contains("Bot không nhắn được cho: Tú."), "{lead}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tick_refuses_beside_a_run() {
    let (office, fake) = (Office::new(), FakeTelegram::start());
    office.run_sql(NOBODY_IS_REMINDED).await;
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("run")
        .env_clear()
        .current_dir(office.0.path())
        .env("DATABASE_URL", "sqlite://office.db")
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", fake.url())
        .stderr(std::process::Stdio::null())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    fake.wait("the run", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    let out = office.motcua(&["tick", "--at", "2026-11-20T16:15"], Some(&fake));
    run.kill().unwrap();
    run.wait().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8(out.stderr).unwrap().contains("motcua run"));
}
