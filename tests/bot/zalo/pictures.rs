//! A picture on Zalo: shown where the platform can fetch it, linked to where it will not, else
//! as any file.

use reqwest::Response;

use super::{LAN, enter, office, on_both};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{FakeZalo, Fault};
use crate::http::Web;

/// As the platform fetches it.
async fn fetch(url: &str) -> Response {
    reqwest::get(url).await.unwrap()
}

fn is_card(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes[16..24] == *b"\0\0\x04\x38\0\0\x05\x46"
}

/// What is said with every picture of this office.
fn is_caption(text: &str) -> bool {
    text.starts_with("Biểu đồ của UBND xã X, Tháng ") && text.lines().count() == 1
}

#[tokio::test]
async fn a_picture_is_shown_and_can_be_fetched_again_and_again() {
    let fake = FakeZalo::start();
    let (wire, web) = Web::beside_zalo(&fake).await;
    enter(&wire).await;
    fake.say(LAN, "ht ol 9 tr 3 th 8");
    fake.reply(LAN).await;
    fake.say(LAN, "/bieudo");
    let shown = fake.wait("a picture", |s| s.take_reply(LAN)).await;
    assert!(is_caption(&shown.text), "{}", shown.text);
    let url = shown.photo.unwrap();
    let secret = url.strip_suffix(".png").unwrap().rsplit('/').next().unwrap();
    assert!(secret.len() * 4 >= 128, "bits of {secret}");
    let mut all = Vec::new();
    for _ in 0..3 {
        let answer = fetch(&url).await;
        let head = |name: &str| answer.headers().get(name).map_or("", |v| v.to_str().unwrap()).to_string();
        assert_eq!((answer.status().as_u16(), head("content-type")), (200, "image/png".to_string()));
        assert!(head("content-disposition").starts_with("inline; filename=\"motcua_x_"), "{answer:?}");
        assert_eq!(
            (head("cache-control"), head("referrer-policy")),
            ("private, no-store".into(), "no-referrer".into())
        );
        assert_eq!(head("x-content-type-options"), "nosniff");
        all.push(answer.bytes().await.unwrap());
    }
    assert!(is_card(&all[0]) && all.iter().all(|b| *b == all[0]));
    fake.say(LAN, "/thuhoi");
    fake.reply(LAN).await;
    assert_eq!(fetch(&url).await.status(), 404);
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn a_picture_that_is_refused_is_linked_to() {
    let fake = FakeZalo::start();
    let (wire, web) = Web::beside_zalo(&fake).await;
    enter(&wire).await;
    fake.fail("sendPhoto", Some(LAN), Fault::Refused(400, "Bad Request: photo is invalid"));
    fake.say(LAN, "/bieudo thang 1");
    check_link(&fake.reply(LAN).await).await;
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn a_picture_that_is_never_fetched_does_not_hold_up_its_chat() {
    let fake = FakeZalo::start();
    let (wire, web) = Web::beside_zalo(&fake).await;
    enter(&wire).await;
    for _ in 0..9 {
        fake.fail("sendPhoto", Some(LAN), Fault::Refused(403, "Internal server error"));
    }
    fake.say(LAN, "/bieudo");
    fake.say(LAN, "/mau");
    check_link(&fake.reply(LAN).await).await;
    let template = fake.reply(LAN).await;
    assert!(template.contains("ht ol tr th dh"), "{template}");
    wire.stop().await;
    web.stop().await;
}

/// The caption, and below it a link to the picture.
async fn check_link(told: &str) {
    let (caption, link) = told.split_once('\n').unwrap();
    assert!(is_caption(caption), "{told}");
    let url = link.strip_prefix("Tải tệp (liên kết dùng trong 24 giờ, xin không chuyển tiếp): ").expect(told);
    assert!(is_card(&fetch(url).await.bytes().await.unwrap()));
}

#[tokio::test]
async fn without_a_public_address_it_goes_to_the_persons_telegram() {
    let (zalo, telegram) = (FakeZalo::start(), FakeTelegram::start());
    let wire = on_both(&zalo, &telegram).await;
    enter(&wire).await;
    wire.link(1, 7001).await;
    zalo.say(LAN, "/bieudo");
    let told = zalo.reply(LAN).await;
    assert!(told.ends_with("\nTệp đã gửi qua Telegram của anh/chị."), "{told}");
    let picture = telegram.reply(7001).await;
    assert!(is_caption(&picture.text) && is_card(&picture.file.unwrap().1));
    assert_eq!((telegram.calls("sendPhoto").len(), telegram.calls("sendDocument").len()), (1, 0));
    wire.stop().await;
}

#[tokio::test]
async fn without_telegram_too_it_is_kept_on_the_server() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(LAN, "/bieudo");
    let told = fake.reply(LAN).await;
    let (_, path) = told.split_once("Chưa gửi được tệp qua Zalo. Tệp đã lưu trên máy chủ: ").expect(&told);
    let path = std::path::Path::new(path);
    assert_eq!(path.parent().unwrap(), wire.folder().join("xuat"));
    assert_eq!(path.extension().unwrap(), "png");
    assert!(is_card(&std::fs::read(path).unwrap()));
    wire.stop().await;
}
