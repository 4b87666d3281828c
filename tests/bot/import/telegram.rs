//! Lists sent as documents over Telegram.

use crate::fake_telegram::{FakeTelegram, Fault};
use crate::wire::Wire;

const LAN: i64 = 11;
const STRANGER: i64 = 99;
const LIST: &[u8] = include_bytes!("../../samples/registers/list.xls");

async fn office(fake: &FakeTelegram) -> Wire {
    let wire = Wire::new(fake).await;
    wire.set_up(
        "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
         INSERT INTO officials (id, name) VALUES (1, 'Đinh Quốc Lan');
         INSERT INTO memberships (official_id, unit_id, role, since) VALUES (1, 1, 'officer', 20000);
         INSERT INTO unit_fields (unit_id, field_id) SELECT 1, id FROM fields",
    )
    .await;
    wire.link(1, LAN).await;
    wire
}

async fn count(wire: &Wire, sql: &'static str) -> i64 {
    let mut r = wire.store.read().await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut *r).await.unwrap()
}

#[tokio::test]
async fn a_list_sent_as_a_document_is_taken_in_by_its_button_once() {
    let fake = FakeTelegram::start();
    let wire = office(&fake).await;
    fake.send_document(LAN, "Danh sách Nguyễn Văn Ví Dụ.xls", LIST, None);
    let preview = fake.reply(LAN).await;
    assert!(preview.text.contains("mới 5, đổi 0, không đổi 0, loại 0"), "{}", preview.text);
    assert_eq!(count(&wire, "SELECT count(*) FROM dossiers").await, 0);
    assert_eq!(preview.buttons[0].label, "Nhập vào sổ");
    fake.press(LAN, &preview, 0);
    let taken = fake.reply(LAN).await;
    assert!(taken.text.starts_with("Đã nhập vào sổ: mới 5"), "{}", taken.text);
    fake.press(LAN, &preview, 0);
    assert_eq!(fake.reply(LAN).await.text, "Nút này không còn dùng được");
    assert_eq!(count(&wire, "SELECT count(*) FROM dossiers WHERE state <> 'void'").await, 5);
    assert_eq!(count(&wire, "SELECT count(*) FROM imports").await, 0);
    // The file's name may hold a citizen's: it is not kept.
    assert_eq!(count(&wire, "SELECT count(*) FROM inbox WHERE data LIKE '%Ví Dụ%' OR text LIKE '%Ví Dụ%'").await, 0);
    assert_eq!(taken.buttons.len(), 0, "an impatient second 1 must not take it back");
    fake.say(LAN, "/hoantac");
    let undone = fake.reply(LAN).await.text;
    assert!(undone.starts_with("Đã bỏ lần nhập danh sách lúc") && undone.contains("5 hồ sơ"), "{undone}");
    assert_eq!(count(&wire, "SELECT count(*) FROM dossiers WHERE state <> 'void'").await, 0);
    // What was taken back comes in again, from the file alone.
    fake.send_document(LAN, "a.xls", LIST, None);
    assert!(fake.reply(LAN).await.text.contains("mới 5, đổi 0, không đổi 0, loại 0"));
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn the_words_of_the_button_take_the_list_in_after_other_messages_too() {
    let fake = FakeTelegram::start();
    let wire = office(&fake).await;
    fake.say(LAN, "nhập vào sổ");
    assert_eq!(fake.reply(LAN).await.text, "Lựa chọn này đã hết hiệu lực.");
    fake.send_document(LAN, "a.xls", LIST, None);
    let preview = fake.reply(LAN).await.text;
    assert!(preview.contains("gửi: nhập vào sổ"), "{preview}");
    fake.say(LAN, "/sapden");
    fake.reply(LAN).await;
    fake.say(LAN, "nhap vao so");
    assert!(fake.reply(LAN).await.text.starts_with("Đã nhập vào sổ: mới 5"));
    fake.say(LAN, "Nhập vào sổ");
    assert_eq!(fake.reply(LAN).await.text, "Lựa chọn này đã hết hiệu lực.");
    assert_eq!(count(&wire, "SELECT count(*) FROM dossiers WHERE state <> 'void'").await, 5);
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn a_file_that_cannot_be_had_now_is_tried_again_and_one_that_is_gone_is_told() {
    let fake = FakeTelegram::start();
    let wire = office(&fake).await;
    fake.fail("getFile", None, Fault::Refused(400, "Bad Request: invalid file_id"));
    fake.send_document(LAN, "a.xls", LIST, None);
    assert_eq!(fake.reply(LAN).await.text, "Không tải được tệp này nữa. Anh/chị gửi lại tệp.");
    fake.fail("getFile", None, Fault::Refused(400, "Bad Request: file is too big"));
    fake.send_document(LAN, "a.xls", LIST, None);
    assert!(fake.reply(LAN).await.text.starts_with("Tệp quá lớn"));
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn captions_of_other_files_are_read_and_strangers_files_are_not() {
    let fake = FakeTelegram::start();
    let wire = office(&fake).await;
    fake.send_document(LAN, "anh.jpg", b"\xff\xd8\xff", Some("ht ol 3"));
    assert!(fake.reply(LAN).await.text.starts_with("Đã lưu"));
    fake.send_document(LAN, "anh.pdf", b"%PDF-1.7\0", None);
    assert!(fake.reply(LAN).await.text.starts_with("Tệp này không phải bảng tính"));
    let fetched = fake.calls("getFile").len();
    fake.send_document(STRANGER, "a.xls", LIST, None);
    assert!(fake.reply(STRANGER).await.text.starts_with("Bot chỉ phục vụ cán bộ"));
    assert_eq!(fake.calls("getFile").len(), fetched);
    assert_eq!(count(&wire, "SELECT count(*) FROM inbox WHERE user_id = '99' AND data IS NOT NULL").await, 0);
    wire.settled(&fake).await;
    wire.stop().await;
}

#[tokio::test]
async fn a_file_that_is_slow_to_come_holds_nobody_else_up() {
    let fake = FakeTelegram::start();
    let wire = office(&fake).await;
    wire.set_up(
        "INSERT INTO officials (id, name) VALUES (2, 'Đinh Thị Minh');
         INSERT INTO memberships (official_id, unit_id, role, since) VALUES (2, 1, 'officer', 20000)",
    )
    .await;
    wire.link(2, 12).await;
    fake.fail("getFile", None, Fault::Slow(std::time::Duration::from_millis(600)));
    fake.send_document(LAN, "a.xls", LIST, None);
    fake.say(12, "ht ol 1");
    assert!(fake.reply(12).await.text.starts_with("Đã lưu"));
    assert!(fake.unread().is_empty(), "the file has not been answered yet");
    assert!(fake.reply(LAN).await.text.contains("mới 5"));
    wire.settled(&fake).await;
    wire.stop().await;
}
