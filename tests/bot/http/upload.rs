//! The upload page: a link asked for in chat, a list sent in by a phone, its preview in chat.

use chrono::TimeDelta;
use motcua::clock::{Clock, SystemClock};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};

use super::Web;
use crate::fake_telegram::FakeTelegram;
use crate::wire::Wire;

const LAN: i64 = 11;
const HA: i64 = 13;
const LIST: &[u8] = include_bytes!("../../samples/registers/list.xls");
const GONE: &str = "Liên kết không dùng được";

async fn office(fake: &FakeTelegram) -> (Wire, Web) {
    let (wire, web) = Web::beside(fake).await;
    wire.set_up(
        "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã <Khúc> Thừa Dụ');
         INSERT INTO officials (id, name) VALUES (1, 'Đinh Quốc Lan'), (3, 'Vũ Thị Hà');
         INSERT INTO memberships (official_id, unit_id, role, since)
             VALUES (1, 1, 'officer', 20000), (3, 1, 'leader', 20000);
         INSERT INTO unit_fields (unit_id, field_id) SELECT 1, id FROM fields",
    )
    .await;
    wire.link(1, LAN).await;
    wire.link(3, HA).await;
    (wire, web)
}

/// Asks for a link in chat.
async fn link(fake: &FakeTelegram, user: i64) -> String {
    fake.say(user, "/tailen");
    let offer = fake.reply(user).await.text;
    let link = offer.lines().find(|l| l.starts_with("http"));
    link.unwrap_or_else(|| panic!("no link in {offer}")).to_string()
}

async fn send(url: &str, name: &str, bytes: impl Into<Vec<u8>>) -> Response {
    let part = Part::bytes(bytes.into()).file_name(name.to_string());
    Client::new().post(url).multipart(Form::new().part("tep", part)).send().await.unwrap()
}

/// Status and page of an answer.
async fn page(answer: Response) -> (u16, String) {
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn count(wire: &Wire, sql: &'static str) -> i64 {
    let mut r = wire.store.read().await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut *r).await.unwrap()
}

#[tokio::test]
async fn a_list_sent_in_becomes_a_preview_in_chat_and_the_register_after_the_yes() {
    let fake = FakeTelegram::start();
    let (wire, web) = office(&fake).await;
    let url = link(&fake, LAN).await;
    assert!(url.starts_with(&web.url("/tai-len/")), "{url}");
    wire.settled(&fake).await;
    assert_eq!(count(&wire, "SELECT count(*) FROM outbox WHERE text LIKE '%/tai-len/%'").await, 0, "kept in clear");
    let (status, html) = page(reqwest::get(&url).await.unwrap()).await;
    assert_eq!(status, 200);
    for part in [
        "<meta name=\"viewport\"",
        "enctype=\"multipart/form-data\"",
        "UBND xã &lt;Khúc&gt; Thừa Dụ",
        "Đinh Quốc Lan",
        "tối đa 10 MB",
        "<html lang=\"vi\">",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(!html.contains("<script"));

    let (status, html) = page(send(&url, "danh sách.xls", LIST).await).await;
    assert_eq!(status, 200, "{html}");
    assert!(html.contains("Đã nhận tệp") && !html.contains("<form"), "{html}");
    let preview = fake.reply(LAN).await;
    assert!(preview.text.contains("mới 5, đổi 0, không đổi 0, loại 0"), "{}", preview.text);
    assert_eq!(preview.buttons[0].label, "Nhập vào sổ");
    assert_eq!(count(&wire, "SELECT count(*) FROM dossiers").await, 0);
    // One file: the link is used up.
    for answer in [reqwest::get(&url).await.unwrap(), send(&url, "danh sách.xls", LIST).await] {
        let (status, html) = page(answer).await;
        assert!(status == 404 && html.contains(GONE), "{status} {html}");
    }
    fake.press(LAN, &preview, 0);
    let taken = fake.reply(LAN).await.text;
    assert!(taken.starts_with("Đã nhập vào sổ: mới 5"), "{taken}");
    wire.settled(&fake).await;
    fake.assert_all_read();
    wire.stop().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_taken_is_told_on_the_page_and_the_link_still_holds() {
    let fake = FakeTelegram::start();
    let (wire, _web) = office(&fake).await;
    let url = link(&fake, LAN).await;
    let too_big = vec![b'x'; (10 << 20) + 1];
    for (name, bytes, status, told) in [
        ("anh.pdf", b"%PDF-1.7\0".to_vec(), 422, "Tệp này không phải bảng tính"),
        ("a.xlsx", b"PK\x03\x04broken".to_vec(), 422, "Tệp"),
        ("", Vec::new(), 400, "Anh/chị chưa chọn tệp"),
        ("lon.csv", too_big, 413, "Tệp quá lớn: tối đa 10 MB"),
    ] {
        let (got, html) = page(send(&url, name, bytes).await).await;
        assert_eq!(got, status, "{name}: {html}");
        assert!(html.contains(told) && html.contains("<form"), "{name}: {html}");
    }
    let nothing = Client::new().post(&url).body("x").send().await.unwrap();
    assert_eq!(nothing.status(), 400);
    let cut = Client::new().post(&url).header("content-type", "multipart/form-data; boundary=b");
    let (status, html) =
        page(cut.body("--b\r\nContent-Disposition: form-data; name=\"tep\"").send().await.unwrap()).await;
    assert!(status == 400 && html.contains("chưa hết"), "{status} {html}");
    assert_eq!(page(send(&url, "ds.xls", LIST).await).await.0, 200);
    fake.reply(LAN).await;
    assert_eq!(count(&wire, "SELECT count(*) FROM imports").await, 1);
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn a_link_holds_for_an_hour_for_whoever_asked_last_and_still_may() {
    let fake = FakeTelegram::start();
    let (wire, web) = office(&fake).await;
    let status = async |url: &str| reqwest::get(url).await.unwrap().status().as_u16();
    let (first, second) = (link(&fake, LAN).await, link(&fake, LAN).await);
    assert_eq!((status(&first).await, status(&second).await), (404, 200), "a new link ends the former");
    fake.say(LAN, "/thuhoi");
    assert_eq!(fake.reply(LAN).await.text, "Đã bỏ 1 liên kết của anh/chị; không ai mở được nữa.");
    assert_eq!(status(&second).await, 404);
    fake.say(LAN, "/thuhoi");
    assert_eq!(fake.reply(LAN).await.text, "Không có liên kết nào còn hiệu lực.");

    let third = link(&fake, LAN).await;
    web.clock.set(SystemClock.now() + TimeDelta::minutes(59));
    assert_eq!(status(&third).await, 200);
    web.clock.set(SystemClock.now() + TimeDelta::minutes(61));
    assert_eq!(status(&third).await, 404);
    let late = send(&third, "ds.xls", LIST).await;
    assert_eq!(late.status(), 404);

    web.clock.set(SystemClock.now());
    let fourth = link(&fake, LAN).await;
    wire.set_up("UPDATE memberships SET role = 'leader' WHERE official_id = 1").await;
    assert_eq!(status(&fourth).await, 404, "who may not keep the register sends nothing in");
    fake.say(HA, "/tailen");
    assert!(fake.reply(HA).await.text.contains("lãnh đạo"));
    assert_eq!(count(&wire, "SELECT count(*) FROM imports").await, 0);
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn two_at_once_with_one_link_are_one_preview() {
    let fake = FakeTelegram::start();
    let (wire, _web) = office(&fake).await;
    let url = link(&fake, LAN).await;
    let (a, b) = tokio::join!(send(&url, "a.xls", LIST), send(&url, "b.xls", LIST));
    let mut statuses = [a.status().as_u16(), b.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    fake.reply(LAN).await;
    wire.settled(&fake).await;
    fake.assert_all_read();
    wire.stop().await;
}

#[tokio::test]
async fn without_an_address_the_person_is_told_who_can_import() {
    let fake = FakeTelegram::start();
    let wire = Wire::new(&fake).await;
    wire.set_up(
        "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
         INSERT INTO officials (id, name) VALUES (1, 'Đinh Quốc Lan');
         INSERT INTO memberships (official_id, unit_id, role, since) VALUES (1, 1, 'officer', 20000);",
    )
    .await;
    wire.link(1, LAN).await;
    fake.say(LAN, "/tailen");
    assert!(fake.reply(LAN).await.text.ends_with("motcua import TỆP.xlsx --unit KTD"));
    wire.stop().await;
}
