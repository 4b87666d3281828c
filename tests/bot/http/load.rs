//! Many hostile requests at once, while officials post: every post is answered, soon.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use motcua::store::Store;
use reqwest::{Client, StatusCode};
use tokio::task::JoinSet;

use super::{SECRET, Web};
use crate::fake_telegram::{FakeTelegram, TOKEN};

const LAN: i64 = 11;
const OFFICE: &str = "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
    INSERT INTO officials (id, name, current_unit_id) VALUES (1, 'Nguyễn Thị Lan', 1);
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 0);
    INSERT INTO member_fields (membership_id, field_id, since) SELECT 1, id, 0 FROM fields WHERE code = 'HT';";

/// One request of a kind that strangers send.
async fn attack(client: &Client, url: &str, n: usize) -> Option<StatusCode> {
    let get = |path: String| client.get(format!("{url}{path}"));
    let request = match n % 7 {
        0 => get(format!("/tep/{n:040x}")),
        1 => get(format!("/tai-len/{n:040x}")),
        2 => client.post(format!("{url}/webhook/telegram/7")).body(vec![b'x'; 4096]),
        3 => get("/healthz".into()),
        4 => get("/metrics".into()),
        5 => client.post(format!("{url}/tai-len/{n:040x}")).body(vec![b'x'; 64 << 10]),
        _ => get(format!("/{}", "../".repeat(n % 40))),
    };
    request.send().await.ok().map(|r| r.status())
}

/// So many requests over so many connections; how many were answered.
async fn storm(url: String, connections: usize, requests: usize) -> usize {
    let mut tasks = JoinSet::new();
    for c in 0..connections {
        let url = url.clone();
        tasks.spawn(async move {
            let client = Client::builder().pool_max_idle_per_host(1).build().unwrap();
            let mut answered = 0;
            for n in (c..requests).step_by(connections) {
                let status = attack(&client, &url, n).await;
                assert!(status.is_none_or(|s| s != 500), "{n}: {status:?}");
                answered += usize::from(status.is_some());
            }
            answered
        });
    }
    let mut answered = 0;
    while let Some(done) = tasks.join_next().await {
        answered += done.unwrap();
    }
    answered
}

/// Posts one after the other while `storm` lasts, and `least` of them at least; how long each
/// took.
async fn posts(fake: &FakeTelegram, mut storm: tokio::task::JoinHandle<usize>, least: usize) -> (Vec<Duration>, usize) {
    let mut took = Vec::new();
    let mut answered = None;
    while answered.is_none() || took.len() < least {
        let since = Instant::now();
        fake.say(LAN, &format!("ht ol {}", took.len() + 1));
        let reply = fake.reply(LAN).await;
        assert!(reply.text.starts_with("Đã lưu"), "{}", reply.text);
        took.push(since.elapsed());
        if answered.is_none() && storm.is_finished() {
            answered = Some((&mut storm).await.unwrap());
        }
    }
    took.sort_unstable();
    (took, answered.unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn posts_are_answered_while_strangers_knock() {
    let fake = FakeTelegram::start();
    let (wire, web) = Web::beside(&fake).await;
    wire.set_up(OFFICE).await;
    wire.link(1, LAN).await;
    let storm = tokio::spawn(storm(web.url(""), 40, 800));
    let (took, answered) = posts(&fake, storm, 10).await;
    // Those with a body that nobody reads may see the connection end instead of an answer.
    assert!(answered >= 500, "{answered} of 800 answered");
    assert!(took.last().is_some_and(|t| *t < Duration::from_secs(5)), "{took:?}");
    wire.settled(&fake).await;
    wire.stop().await;
}

/// The program; it does not outlive the test.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// The most memory that a process has held (MB).
fn memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() / 1024
}

/// The figures of the contract, with the program in a process of its own; prints them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes; run by hand"]
async fn long_ten_thousand_requests_over_two_hundred_connections() {
    let (fake, folder) = (FakeTelegram::start(), tempfile::tempdir().unwrap());
    let url = format!("sqlite://{}", folder.path().join("office.db").display());
    let store = Store::open(&url).await.unwrap();
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(OFFICE).execute(&mut *w).await.unwrap();
    sqlx::query("INSERT INTO links (official_id, channel, platform_user, chat_id, greeted) VALUES (1, 'telegram', '11', '11', 1)")
        .execute(&mut *w)
        .await
        .unwrap();
    w.commit().await.unwrap();
    store.close().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let program = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("run")
        .current_dir(folder.path())
        .env("DATABASE_URL", &url)
        .env("TELOXIDE_TOKEN", TOKEN)
        .env("TELOXIDE_API_URL", fake.url())
        .env("MOTCUA_TELEGRAM_RATE", "0")
        .env("MOTCUA_LISTEN", &address)
        .env("MOTCUA_PUBLIC_URL", "https://motcua.example.vn")
        .env("MOTCUA_WEBHOOK_SECRET", SECRET)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let program = Program(program);
    fake.wait("the program's start", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    let began = Instant::now();
    let storm = tokio::spawn(storm(format!("http://{address}"), 200, 10_000));
    let (took, answered) = posts(&fake, storm, 200).await;
    let stormed = began.elapsed();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    let held = memory(program.0.id());
    println!(
        "{answered} of 10000 requests answered in {:.1} s; {} posts, median {:?}, p99 {:?}; at most {held} MB",
        stormed.as_secs_f64(),
        took.len(),
        at(50),
        at(99),
    );
    assert!(at(99) < Duration::from_secs(1), "p99 {:?}", at(99));
    assert!(held < 150, "{held} MB");
}
