//! The program itself: several channels in one, tokens that do not hold, what `check` says.

use std::process::{Child, Command, Output, Stdio};

use super::{LAN, STRANGER};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{FakeZalo, TOKEN};

pub(super) fn motcua(folder: &std::path::Path, zalo: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.env_clear().current_dir(folder).env("RUST_LOG", "off");
    command.env("ZALO_BOT_TOKEN", TOKEN).env("ZALO_API_URL", zalo);
    command
}

/// The program; it does not outlive the test.
pub(super) struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) fn run(command: &mut Command) -> Process {
    Process(command.arg("run").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

#[tokio::test]
async fn a_platform_that_cannot_be_reached_holds_up_no_other() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    let mut command = motcua(folder.path(), fake.url());
    command.env("TELOXIDE_TOKEN", crate::fake_telegram::TOKEN).env("TELOXIDE_API_URL", "http://127.0.0.1:9");
    let _program = run(&mut command);
    fake.say(STRANGER, "xin chào");
    assert!(fake.reply(STRANGER).await.starts_with("Bot chỉ phục vụ"));
}

#[tokio::test]
async fn a_token_that_does_not_hold_leaves_the_other_channel_at_work() {
    let (folder, zalo, telegram) = (tempfile::tempdir().unwrap(), FakeZalo::start(), FakeTelegram::start());
    let mut command = motcua(folder.path(), zalo.url());
    command.env("ZALO_BOT_TOKEN", "1:wrong");
    command.env("TELOXIDE_TOKEN", crate::fake_telegram::TOKEN).env("TELOXIDE_API_URL", telegram.url());
    let _program = run(&mut command);
    telegram.say(99, "xin chào");
    assert!(telegram.reply(99).await.text.starts_with("Bot chỉ phục vụ"));
}

#[test]
fn without_a_token_that_holds_there_is_nothing_to_run() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    let Output { status, stderr, .. } =
        motcua(folder.path(), fake.url()).env("ZALO_BOT_TOKEN", "1:wrong").arg("run").output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("Mã token Zalo không được chấp nhận"), "{said}");
    assert!(!said.contains("1:wrong"));
}

#[test]
fn check_asks_zalo_and_says_what_it_can_send() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    let check = |url: &str| {
        let Output { status, stdout, stderr } = motcua(folder.path(), url).arg("check").output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    };
    let (code, faults, said) = check(fake.url());
    assert_eq!((code, faults.as_str()), (Some(0), ""));
    assert!(said.contains("Zalo Bot Một cửa: gửi được tin chữ"), "{said}");
    let (code, faults, _) = check("http://127.0.0.1:9");
    assert_eq!(code, Some(1));
    assert!(faults.starts_with("ZALO\tChưa kết nối được tới Zalo") && !faults.contains(TOKEN), "{faults}");
    let wrong = motcua(folder.path(), fake.url()).env("ZALO_BOT_TOKEN", "1:wrong").arg("check").output().unwrap();
    let faults = String::from_utf8(wrong.stdout).unwrap();
    assert_eq!((wrong.status.code(), faults.as_str()), (Some(1), "ZALO\tZalo không nhận mã token.\n"));
}

#[tokio::test]
async fn what_zalo_cannot_do_is_said_only_where_no_links_can_be_made() {
    for (settings, expected) in [
        (&[][..], true),
        (&[("MOTCUA_LISTEN", "127.0.0.1:0"), ("MOTCUA_PUBLIC_URL", "https://motcua.example.vn")][..], false),
    ] {
        let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
        let command = || {
            let mut command = motcua(folder.path(), fake.url());
            command.envs(settings.iter().copied());
            command
        };
        let checked = command().arg("check").output().unwrap();
        let mut program =
            command().arg("run").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map(Process).unwrap();
        fake.wait("a poll", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
        program.0.kill().unwrap();
        let mut started = String::new();
        std::io::Read::read_to_string(&mut program.0.stderr.take().unwrap(), &mut started).unwrap();
        assert!(started.contains("Bot Zalo Bot Một cửa đã sẵn sàng."), "{started}");
        for said in [started, String::from_utf8(checked.stderr).unwrap()] {
            assert_eq!(said.contains("Zalo không gửi và nhận được tệp"), expected, "{said}");
        }
    }
}

#[tokio::test]
async fn a_person_entered_by_hand_is_answered_and_belongs_to_the_bot() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    for words in [
        &["unit", "add", "X", "UBND xã X"][..],
        &["official", "add", "--unit", "X", "--name", "Lan", "--role", "officer", "--fields", "HT", "--zalo", LAN],
    ] {
        assert!(motcua(folder.path(), fake.url()).args(words).output().unwrap().status.success());
    }
    let program = run(&mut motcua(folder.path(), fake.url()));
    fake.say(LAN, "ht ol 9");
    assert!(fake.reply(LAN).await.starts_with("Đã lưu"));
    drop(program);
    let url = format!("sqlite://{}", folder.path().join("motcua.db").display());
    let store = motcua::store::Store::open(&url).await.unwrap();
    let mut r = store.read().await.unwrap();
    let owned: i64 =
        sqlx::query_scalar("SELECT count(*) FROM links WHERE bot_id = (SELECT id FROM bots WHERE channel = 'zalo')")
            .fetch_one(&mut *r)
            .await
            .unwrap();
    assert_eq!(owned, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_platform_that_does_not_answer_a_tick_leaves_the_other_its_work() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    let motcua = || motcua(folder.path(), fake.url());
    let lan = ["official", "add", "--unit", "X", "--name", "Lan", "--role", "officer", "--fields", "HT"];
    for words in
        [&["unit", "add", "X", "UBND xã X"][..], &[&lan[..], &["--since", "2026-09-01", "--zalo", LAN]].concat()]
    {
        assert!(motcua().args(words).output().unwrap().status.success());
    }
    let mut tick = motcua();
    tick.env("TELOXIDE_TOKEN", crate::fake_telegram::TOKEN).env("TELOXIDE_API_URL", "http://127.0.0.1:9");
    let Output { status, stderr, .. } = tick.args(["tick", "--at", "2026-11-19T16:15"]).output().unwrap();
    let said = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("Telegram không trả lời") && !said.contains(crate::fake_telegram::TOKEN), "{said}");
    assert!(fake.reply(LAN).await.contains("anh/chị chưa báo số liệu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_reminder_is_left_out_when_the_month_runs_short_the_first_is_not() {
    let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
    let done = |words: &[&str]| {
        let Output { status, stderr, .. } = motcua(folder.path(), fake.url()).args(words).output().unwrap();
        assert!(status.success(), "{words:?}: {}", String::from_utf8_lossy(&stderr));
    };
    done(&["unit", "add", "X", "UBND xã X"]);
    let official = ["official", "add", "--unit", "X", "--role", "officer", "--fields", "HT", "--since", "2026-09-01"];
    done(&[&official[..], &["--name", "Lan", "--zalo", LAN]].concat());
    done(&["tick", "--at", "2026-11-19T16:15"]);
    assert!(fake.reply(LAN).await.contains("anh/chị chưa báo số liệu"));
    done(&["tick", "--at", "2026-11-19T16:50"]);
    assert!(fake.reply(LAN).await.starts_with("Nhắc lần cuối"));
    let url = format!("sqlite://{}", folder.path().join("motcua.db").display());
    let store = motcua::store::Store::open(&url).await.unwrap();
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO sent_months (bot_id, month, sent) SELECT id, 2026 * 12 + 10, 2850 FROM bots WHERE true
         ON CONFLICT DO UPDATE SET sent = excluded.sent",
    )
    .execute(&mut *w)
    .await
    .unwrap();
    w.commit().await.unwrap();
    store.close().await;
    done(&["tick", "--at", "2026-11-20T16:15"]);
    assert!(fake.reply(LAN).await.contains("anh/chị chưa báo số liệu"));
    done(&["tick", "--at", "2026-11-20T16:50"]);
    assert!(fake.unread().is_empty(), "the second reminder is left out");
}
