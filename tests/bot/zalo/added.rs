//! Bots of `motcua bot add` at work: each serves its people, and what is said unasked leaves
//! through the bot of the person's link.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use motcua::clock::{Clock, OFFICE_ZONE, SystemClock, day_of};
use motcua::store::{Store, directory};

use super::program::{Process, motcua, run};
use crate::fake_telegram::{self, FakeTelegram};
use crate::fake_zalo::{Bot, FakeZalo};
use crate::office::NOBODY_IS_REMINDED;

/// The bot of Gia Lộc.
pub const OWN: Bot = Bot { token: "2002:fake-own-token", id: "2002", name: "Bot Gia Lộc" };
/// An officer of Gia Lộc at Gia Lộc's bot, one of it at the bot of the settings, and one of
/// Kinh Thành there too.
const LAN: &str = "00000000000000000b01";
const HOA: &str = "00000000000000000b02";
const TU: &str = "00000000000000000b03";
/// An officer of Kinh Thành on Telegram.
const MINH: i64 = 7003;

/// A province, two communes; Gia Lộc has a Zalo bot of its own, Kinh Thành one on Telegram.
pub struct Office {
    folder: tempfile::TempDir,
    pub shared: FakeZalo,
    pub telegram: FakeTelegram,
}

impl Office {
    pub fn new() -> (Office, FakeZalo) {
        let folder = tempfile::tempdir().unwrap();
        let office = Office { folder, shared: FakeZalo::start(), telegram: FakeTelegram::start() };
        let own = office.shared.beside(OWN);
        std::fs::write(office.path().join("gl.token"), OWN.token).unwrap();
        std::fs::write(office.path().join("kt.token"), fake_telegram::TOKEN).unwrap();
        for line in [
            "unit add T UBND_tỉnh",
            "unit add GL UBND_xã_Gia_Lộc --parent T",
            "unit add KT UBND_xã_Kinh_Thành --parent T",
            "bot add zalo --unit GL --token-file gl.token",
            "bot add telegram --unit KT --token-file kt.token",
        ] {
            office.done(line);
        }
        (office, own)
    }

    /// With people who were entered by hand.
    pub fn with_people() -> (Office, FakeZalo) {
        let (office, own) = Office::new();
        for (unit, name, account) in [
            ("GL", "Lan", format!("--zalo {LAN}")),
            ("GL", "Hoa", format!("--zalo {HOA}")),
            ("KT", "Tú", format!("--zalo {TU}")),
            ("KT", "Minh", format!("--telegram {MINH}")),
        ] {
            let since = "--since 2026-01-01";
            office.done(&format!(
                "official add --unit {unit} --name {name} --role officer --fields HT {since} {account}"
            ));
        }
        (office, own)
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn motcua(&self) -> Command {
        let mut command = motcua(self.path(), self.shared.url());
        command.env("TELOXIDE_API_URL", self.telegram.url()).env("MOTCUA_TELEGRAM_RATE", "0");
        command
    }

    /// Words are parted by spaces, spaces written `_`.
    pub fn words(&self, line: &str) -> Output {
        self.motcua().args(line.split(' ').map(|w| w.replace('_', " "))).output().unwrap()
    }

    /// What a command that succeeds prints.
    pub fn done(&self, line: &str) -> String {
        let out = self.words(line);
        assert!(out.status.success(), "{line}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    pub fn run(&self) -> Process {
        run(&mut self.motcua())
    }

    /// Ends the program as the machine would.
    pub fn stop(mut program: Process) {
        let pid = program.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).stderr(Stdio::null()).status().unwrap().success());
        assert!(program.0.wait().unwrap().success());
    }

    pub async fn sql(&self, sql: &'static str) {
        let store = self.store().await;
        let mut w = store.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *w).await.unwrap();
        directory::touch(&mut w).await.unwrap();
        w.commit().await.unwrap();
        store.close().await;
    }

    async fn one(&self, sql: &'static str) -> i64 {
        let store = self.store().await;
        let n = sqlx::query_scalar(sql).fetch_one(&mut *store.read().await.unwrap()).await.unwrap();
        store.close().await;
        n
    }

    async fn store(&self) -> Store {
        Store::open(&format!("sqlite://{}", self.path().join("motcua.db").display())).await.unwrap()
    }
}

/// What all bots sent to these chats so far, read.
fn all_sent(fake: &FakeZalo, chats: &[&str]) -> Vec<String> {
    chats.iter().flat_map(|chat| fake.state().take_all(chat)).map(|r| format!("{}: {}", r.chat, r.text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bot_serves_its_people_and_nags_leave_through_the_bot_of_the_link() {
    let (office, own) = Office::with_people();
    office.sql(NOBODY_IS_REMINDED).await;
    let program = office.run();
    // The same message ids under both bots.
    own.say(LAN, "ht ol 3");
    office.shared.say(HOA, "ht ol 4");
    office.shared.say(TU, "ht ol 5");
    office.telegram.say(MINH, "ht ol 6");
    assert!(own.reply(LAN).await.contains("trực tuyến 3"));
    assert!(office.shared.reply(HOA).await.contains("trực tuyến 4"));
    assert!(office.shared.reply(TU).await.contains("trực tuyến 5"));
    assert!(office.telegram.reply(MINH).await.text.contains("trực tuyến 6"));
    Office::stop(program);
    let posted = "SELECT sum(online) FROM counts";
    assert_eq!(office.one(posted).await, 3 + 4 + 5 + 6);

    // A working day some days from now: nobody has posted for it.
    let day = day_of(SystemClock.now(), OFFICE_ZONE) + chrono::TimeDelta::days(5);
    office.sql("INSERT OR REPLACE INTO holidays (day, kind) SELECT unixepoch() / 86400 + value, 'work' FROM json_each('[4, 5, 6]')").await;
    office.done(&format!("tick --at {day}T16:15"));
    let chats = [LAN, HOA, TU];
    let (by_own, by_shared) = (all_sent(&own, &chats), all_sent(&office.shared, &chats));
    assert!(by_own.len() == 1 && by_own[0].starts_with(LAN), "{by_own:?}");
    assert!(by_shared.len() == 2 && by_shared[0].starts_with(HOA) && by_shared[1].starts_with(TU), "{by_shared:?}");
    assert!(by_own.iter().chain(&by_shared).all(|text| text.contains("anh/chị chưa báo số liệu")));
    assert!(office.telegram.reply(MINH).await.text.contains("anh/chị chưa báo số liệu"));
    // Each bot's messages count for itself.
    let sent = "SELECT sent FROM sent_months m JOIN bots b ON b.id = m.bot_id WHERE b.platform_id ";
    let sent = async |which: &str| {
        let store = office.store().await;
        let mut r = store.read().await.unwrap();
        let all: Vec<i64> =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("{sent}{which}"))).fetch_all(&mut *r).await.unwrap();
        all.iter().sum::<i64>()
    };
    assert_eq!((sent("= '2002'").await, sent("<> '2002'").await), (2, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn check_asks_every_bot_who_it_is() {
    let (office, own) = Office::new();
    let check = || {
        let out = office.words("check");
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code(), text(out.stdout), text(out.stderr))
    };
    let (code, faults, said) = check();
    assert_eq!((code, faults.as_str()), (Some(0), ""), "{said}");
    for name in ["Zalo Bot Một cửa: gửi được", "Zalo Bot Gia Lộc: gửi được", "Telegram @motcua_bot: gửi được"]
    {
        assert!(said.contains(name), "{said}");
    }
    own.state().void_token(true);
    let (code, faults, _) = check();
    assert!(code == Some(1) && faults.starts_with("BOT\tBot số 1: "), "{faults}");
    assert!(!faults.contains(OWN.token) && faults.lines().count() == 1, "{faults}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_entries_of_one_token_are_one_bot() {
    let (office, own) = Office::with_people();
    std::fs::write(office.path().join("again.token"), OWN.token).unwrap();
    office.done("bot add zalo --unit KT --token-file again.token");
    let tick = office.words("tick --at 2026-11-19T16:15");
    assert!(tick.status.success());
    assert!(String::from_utf8(tick.stderr).unwrap().contains("Bot số 3 có cùng mã token với một bot khác"));
    assert_eq!((all_sent(&own, &[LAN, HOA]).len(), all_sent(&office.shared, &[TU]).len()), (2, 1));
    office.telegram.reply(MINH).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_written_yet_is_reached_through_the_bot_of_the_unit() {
    let (office, own) = Office::with_people();
    office.done("tick --at 2026-11-19T16:15");
    let chats = [LAN, HOA, TU];
    assert_eq!((all_sent(&own, &chats).len(), all_sent(&office.shared, &chats).len()), (2, 1));
    assert!(office.telegram.reply(MINH).await.text.contains("anh/chị chưa báo số liệu"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_cannot_be_read_or_does_not_hold_costs_nobody_the_link() {
    let (office, own) = Office::with_people();
    office.sql(NOBODY_IS_REMINDED).await;
    let program = office.run();
    own.say(LAN, "ht ol 3");
    assert!(own.reply(LAN).await.starts_with("Đã lưu"));
    Office::stop(program);
    let links = "SELECT count(*) FROM links";
    for broken in [None, Some("2002:wrong")] {
        std::fs::remove_file(office.path().join("gl.token")).ok();
        if let Some(text) = broken {
            std::fs::write(office.path().join("gl.token"), text).unwrap();
        }
        let program = office.run();
        office.shared.say(TU, "ht ol 5");
        assert!(office.shared.reply(TU).await.starts_with("Đã lưu"));
        Office::stop(program);
        assert_eq!(office.one(links).await, 4, "{broken:?}");
        let tick = office.words("tick --at 2026-11-19T06:00");
        let said = String::from_utf8(tick.stderr).unwrap();
        assert!(tick.status.code() == Some(2) && said.contains("ot số 1") && !said.contains("wrong"), "{said}");
    }
    std::fs::write(office.path().join("gl.token"), OWN.token).unwrap();
    let program = office.run();
    own.say(LAN, "ht ol 9");
    assert!(own.reply(LAN).await.contains("trực tuyến 9"));
    Office::stop(program);
    // Taken out for good: on Zalo its people link again, at another bot.
    office.done("bot remove 1");
    let program = office.run();
    office.shared.say(TU, "ht ol 6");
    assert!(office.shared.reply(TU).await.contains("trực tuyến 6"));
    Office::stop(program);
    assert_eq!(office.one(links).await, 3);
}
