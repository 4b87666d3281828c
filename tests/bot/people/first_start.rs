//! From an empty folder to an office that posts, through the program itself and Telegram.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::Desk;
use crate::fake_telegram::{FakeTelegram, TOKEN};

const ADMIN: i64 = 501;
const LEAD: i64 = 502;
const OFFICER: i64 = 503;

/// The program while it runs; it does not outlive the test.
struct Running(Child);

impl Running {
    fn start(desk: &Desk, fake: &FakeTelegram) -> Running {
        let child = Command::new(env!("CARGO_BIN_EXE_motcua"))
            .current_dir(desk.path(""))
            .env_clear()
            .env("DATABASE_URL", "sqlite://office.db")
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", fake.url())
            .env("RUST_LOG", "trace")
            .stdout(File::create(desk.path("out.txt")).unwrap())
            .stderr(File::create(desk.path("log.txt")).unwrap())
            .stdin(Stdio::null())
            .spawn();
        Running(child.unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

async fn printed(desk: &Desk, file: &str, wanted: &str) -> String {
    for _ in 0..400 {
        let text = std::fs::read_to_string(desk.path(file)).unwrap_or_default();
        if text.contains(wanted) {
            return text;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("{wanted:?} is not printed");
}

/// The code behind `/start ` in a text.
fn code_in(text: &str) -> &str {
    &text.split("/start ").nth(1).unwrap()[..8]
}

#[tokio::test]
async fn an_office_begins_with_one_command_and_one_code() {
    let (desk, fake) = (Desk::new(), FakeTelegram::start());
    desk.done(&["unit", "add", "GL", "UBND xã Gia Lộc"]);
    let settings = [("TELOXIDE_TOKEN", TOKEN), ("TELOXIDE_API_URL", fake.url())];
    let invitation = ["invite", "--unit", "GL", "--role", "leader", "--name", "Phạm Hà"];
    let early = desk.run_with(&settings, &invitation);
    let lines: Vec<&str> = early.out.lines().collect();
    assert!(lines.len() == 2 && lines[1].ends_with(&format!("?start={}", lines[0])), "{early:?}");

    let running = Running::start(&desk, &fake);
    let out = printed(&desk, "out.txt", "/start ").await;
    fake.say(ADMIN, &format!("/start {}", code_in(&out)));
    assert!(fake.reply(ADMIN).await.text.contains("Vai trò: quản trị"));
    fake.say(ADMIN, "/moi dau moi Trần Thị Minh");
    let made = fake.reply(ADMIN).await.text;
    fake.say(LEAD, code_in(&made));
    assert!(fake.reply(LEAD).await.text.contains("Vai trò: đầu mối"));
    fake.say(LEAD, "/moi can bo Đinh Quốc Lan HT,CT");
    let made = fake.reply(LEAD).await.text;
    fake.say(OFFICER, &format!("/start {}", code_in(&made)));
    assert!(fake.reply(OFFICER).await.text.contains("Lĩnh vực: Chứng thực, Hộ tịch"));
    fake.say(OFFICER, "ht ol 3");
    assert!(fake.reply(OFFICER).await.text.starts_with("Đã lưu"));

    // What the command line changes is in force for the next message.
    desk.done(&["official", "remove", "--unit", "GL", "--name", "Lan"]);
    fake.say(OFFICER, "ht ol 4");
    assert!(fake.reply(OFFICER).await.text.starts_with("Bot chỉ phục vụ"));
    let check = desk.run_with(&settings, &["check"]);
    assert_eq!((check.code, check.out.as_str()), (0, ""), "{}", check.err);
    drop(running);

    let log = printed(&desk, "log.txt", "INFO").await + &std::fs::read_to_string(desk.path("out.txt")).unwrap();
    assert!(!log.contains(TOKEN.split(':').nth(1).unwrap()), "no token in the log");
    assert!(!log.contains("ht ol"), "no text of a message in the log");
    let again = Running::start(&desk, &fake);
    printed(&desk, "log.txt", "sẵn sàng").await;
    assert!(!std::fs::read_to_string(desk.path("out.txt")).unwrap().contains("/start "), "an administrator is linked");
    drop(again);
}

#[tokio::test]
async fn check_says_that_a_token_does_not_hold() {
    let (desk, fake) = (Desk::new(), FakeTelegram::start());
    let settings = [("TELOXIDE_TOKEN", "1:wrong"), ("TELOXIDE_API_URL", fake.url()), ("MOTCUA_LISTEN", "127.0.0.1:80")];
    let said = desk.run_with(&settings, &["check"]);
    let codes: Vec<&str> = said.out.lines().filter_map(|l| Some(l.split_once('\t')?.0)).collect();
    assert_eq!((said.code, codes), (1, vec!["TELEGRAM"]), "{said:?}");
    assert!(!said.out.contains("1:wrong") && !said.err.contains("1:wrong"));
}
