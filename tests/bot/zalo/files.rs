//! Files over Zalo, which carries none: links out of the chat and back into it, through the
//! program with its HTTP server.

use std::io::Cursor;
use std::process::Command;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};

use super::program::{Process, motcua, run};
use super::{LAN, QUAN};
use crate::fake_zalo::FakeZalo;
use crate::office::NOBODY_IS_REMINDED;

/// The address that phones use; a reverse proxy stands there.
const PUBLIC: &str = "https://motcua.example.vn";
const LIST: &[u8] = include_bytes!("../../samples/registers/list.xls");
const SHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// An office with Lan on Zalo and a server.
struct Office {
    fake: FakeZalo,
    port: u16,
    folder: tempfile::TempDir,
}

impl Office {
    async fn new() -> Office {
        let (folder, fake) = (tempfile::tempdir().unwrap(), FakeZalo::start());
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let office = Office { fake, port, folder };
        for words in [
            &["unit", "add", "KTD", "UBND xã Khúc Thừa Dụ"][..],
            &["official", "add", "--unit", "KTD", "--name", "Đinh Quốc Lan", "--role", "officer", "--zalo", LAN],
            &["field", "enable", "--unit", "KTD", "HT,CT,ĐĐ"],
        ] {
            office.done(words);
        }
        office
    }

    /// At work; nobody is reminded meanwhile.
    async fn at_work() -> (Office, Process) {
        let office = Office::new().await;
        let url = format!("sqlite://{}", office.folder.path().join("motcua.db").display());
        let store = motcua::store::Store::open(&url).await.unwrap();
        let mut w = store.write().await.unwrap();
        sqlx::raw_sql(NOBODY_IS_REMINDED).execute(&mut *w).await.unwrap();
        w.commit().await.unwrap();
        store.close().await;
        let program = run(&mut office.motcua());
        (office, program)
    }

    fn motcua(&self) -> Command {
        let mut command = motcua(self.folder.path(), self.fake.url());
        command.env("MOTCUA_LISTEN", format!("127.0.0.1:{}", self.port)).env("MOTCUA_PUBLIC_URL", PUBLIC);
        command
    }

    fn done(&self, words: &[&str]) {
        let out = self.motcua().args(words).output().unwrap();
        assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    }

    async fn answer(&self, text: &str) -> String {
        self.fake.say(LAN, text);
        self.fake.reply(LAN).await
    }

    /// The link in a reply, as the proxy passes it on.
    fn link(&self, reply: &str) -> String {
        let link = reply.split_whitespace().find(|w| w.starts_with(PUBLIC));
        link.unwrap_or_else(|| panic!("no link in {reply}")).replace(PUBLIC, &format!("http://127.0.0.1:{}", self.port))
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |v| v.to_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_is_a_link_that_holds_until_it_is_revoked() {
    let (office, _program) = Office::at_work().await;
    office.answer("ht ol 3").await;
    let reply = office.answer("/xuat").await;
    assert!(reply.contains("Tải tệp (liên kết dùng trong 24 giờ, xin không chuyển tiếp): https://"), "{reply}");
    let link = office.link(&reply);
    let mut copies = Vec::new();
    for _ in 0..3 {
        let file = reqwest::get(&link).await.unwrap();
        assert_eq!((file.status().as_u16(), header(&file, "content-type")), (200, SHEET));
        let name = header(&file, "content-disposition");
        assert!(name.starts_with("attachment; filename=\"") && name.contains(".xlsx\""), "{name}");
        assert_eq!(header(&file, "referrer-policy"), "no-referrer");
        assert_eq!(header(&file, "cache-control"), "private, no-store");
        assert_eq!(header(&file, "x-content-type-options"), "nosniff");
        assert!(header(&file, "content-security-policy").starts_with("default-src 'none'"));
        copies.push(file.bytes().await.unwrap());
    }
    assert!(copies.iter().all(|copy| *copy == copies[0]));
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(copies[0].to_vec())).unwrap();
    let cells =
        |sheet: &calamine::Range<calamine::Data>| sheet.used_cells().map(|c| c.2.to_string()).collect::<Vec<_>>();
    let said: Vec<String> = book.worksheets().iter().flat_map(|(_, sheet)| cells(sheet)).collect();
    assert!(said.iter().any(|cell| cell.contains("Khúc Thừa Dụ")) && said.iter().any(|cell| cell == "3"));
    // Known to nobody but its holder, and over when the holder says so.
    assert_eq!(reqwest::get(format!("{link}x")).await.unwrap().status(), 404);
    assert_eq!(office.answer("/thuhoi").await, "Đã bỏ 1 liên kết của anh/chị; không ai mở được nữa.");
    assert_eq!(reqwest::get(&link).await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_sent_in_by_its_link_is_imported_by_a_number_in_chat() {
    let (office, _program) = Office::at_work().await;
    let link = office.link(&office.answer("/tailen").await);
    let page = reqwest::get(&link).await.unwrap();
    assert_eq!((page.status().as_u16(), header(&page, "referrer-policy")), (200, "no-referrer"));
    assert!(page.text().await.unwrap().contains("UBND xã Khúc Thừa Dụ"));
    let form = Form::new().part("tep", Part::bytes(LIST).file_name("danh sách.xls"));
    let sent = Client::new().post(&link).multipart(form).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    let preview = office.fake.reply(LAN).await;
    assert!(preview.contains("mới 5, đổi 0, không đổi 0, loại 0"), "{preview}");
    assert!(preview.contains("\n[1] Nhập vào sổ\n"), "{preview}");
    let taken = office.answer("1").await;
    assert!(taken.starts_with("Đã nhập vào sổ: mới 5"), "{taken}");
    assert_eq!(reqwest::get(&link).await.unwrap().status(), 404, "one file a link");
    assert_eq!(office.answer("1").await, "Lựa chọn này đã hết hiệu lực.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_tick_tells_at_the_end_of_a_period_comes_as_a_link_too() {
    let office = Office::new().await;
    let leader = ["official", "add", "--unit", "KTD", "--name", "Hà", "--role", "leader", "--zalo", QUAN];
    office.done(&[&leader[..], &["--since", "2026-01-01"]].concat());
    office.done(&["tick", "--at", "2026-11-16T07:30"]);
    let replies = office.fake.state().take_all(QUAN);
    let [reply] = &replies[..] else { panic!("one message: {replies:?}") };
    assert!(reply.text.contains("Tháng 11/2026") && !reply.text.contains("Chưa gửi được tệp"), "{}", reply.text);
    let _program = run(&mut office.motcua());
    office.fake.wait("the run", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    let file = reqwest::get(office.link(&reply.text)).await.unwrap();
    assert_eq!((file.status().as_u16(), header(&file, "content-type")), (200, SHEET));
    assert!(office.fake.violations().is_empty());
}
