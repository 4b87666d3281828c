//! Bodies as they were captured or are documented (CHAT-APIS A3).

use serde_json::{Value, json};

use super::*;

const LAN: &str = "6ede9afa66b88fe6d6a9";

fn me() -> Me {
    Me {
        id: "1".into(), account_name: "bot.motcua".into(), display_name: "Bot Một cửa".into(), can_join_groups: true
    }
}

fn event(name: &str, fields: Value) -> Value {
    let mut message = json!({"from": {"id": LAN, "display_name": "Lan", "is_bot": false},
        "chat": {"id": LAN, "chat_type": "PRIVATE"}, "message_id": "2d758cb5e222177a4e35", "date": 1_750_316_131_602_i64});
    for (key, value) in fields.as_object().unwrap() {
        message[key] = value.clone();
    }
    json!({"event_name": name, "message": message})
}

fn text(said: &str) -> Value {
    event("message.text.received", json!({"text": said, "message_type": "CHAT_MESSAGE"}))
}

fn read_json(body: &Value) -> Vec<Incoming> {
    read(body.to_string().as_bytes(), &me(), 77)
}

fn one(body: &Value) -> Incoming {
    let read = read_json(body);
    assert_eq!(read.len(), 1, "{body}");
    read.into_iter().next().unwrap()
}

#[test]
fn a_text_is_the_same_in_both_shapes_alone_and_in_a_list() {
    let flat = one(&text("ht ol 9"));
    assert_eq!(flat.delivery, "2d758cb5e222177a4e35");
    assert_eq!((flat.kind, flat.private, flat.sent_at), (Kind::Message, true, 1_750_316_131));
    assert_eq!((flat.chat_id.as_str(), flat.user_id.as_str()), (LAN, LAN));
    assert_eq!(flat.text.as_deref(), Some("ht ol 9"));
    assert!(flat.message_id > 0 && flat.data.is_none());
    assert_eq!(one(&json!({"ok": true, "result": text("ht ol 9")})), flat);
    assert_eq!(one(&json!({"ok": true, "result": [text("ht ol 9")]})), flat);
    assert_eq!(read_json(&json!([text("ht ol 9"), text("ht ol 9")])), [flat.clone(), flat]);
}

#[test]
fn what_is_no_event_gives_nothing() {
    for body in ["", "   ", "{}", "[]", "null", "no json", r#"{"ok":true}"#, r#"{"ok":true,"result":null}"#] {
        assert_eq!(read(body.as_bytes(), &me(), 77), [], "{body}");
    }
    let idle = json!({"ok": false, "error_code": 408, "description": "Request timeout"});
    assert_eq!(read_json(&idle), []);
}

#[test]
fn pictures_and_the_like_are_messages_without_text() {
    for (name, fields) in [
        ("message.image.received", json!({"photo_url": "https://x/a.jpg", "caption": ""})),
        ("message.image.received", json!({"photo": "https://x/a.jpg"})),
        ("message.sticker.received", json!({"sticker": "abc", "url": "https://x"})),
        ("message.voice.received", json!({"voice_url": "https://x/a.aac"})),
        ("message.unsupported.received", json!({})),
    ] {
        let read = one(&event(name, fields));
        assert_eq!((read.kind, read.text, read.data.as_deref()), (Kind::Message, None, Some(NOT_TEXT)), "{name}");
    }
}

#[test]
fn what_stands_under_a_picture_is_text_like_any() {
    let fields = json!({"photo_url": "https://x/a.jpg", "caption": "ht ol 9", "message_type": "CHAT_PHOTO"});
    let read = one(&event("message.image.received", fields));
    assert_eq!((read.text.as_deref(), read.data), (Some("ht ol 9"), None));
}

#[test]
fn unknown_events_are_kept_as_such_and_known_again() {
    let joined = json!({"event_name": "chat.member.joined", "message": {"x": 1}});
    assert_eq!(one(&joined).kind, Kind::Other);
    assert_eq!(one(&joined).delivery, one(&joined).delivery);
    assert_ne!(one(&joined).delivery, one(&json!({"event_name": "chat.member.left"})).delivery);
    let mut own = text("Đã lưu");
    own["message"]["from"]["is_bot"] = json!(true);
    assert_eq!(one(&own).kind, Kind::Other);
    // Without a sender there is nobody to answer.
    let mut nobody = text("x");
    nobody["message"].as_object_mut().unwrap().remove("from");
    assert_eq!(one(&nobody).kind, Kind::Other);
}

fn check_mention(said: &str, expected: &str) {
    let mut group = text(said);
    group["message"]["chat"] = json!({"id": "group1", "chat_type": "GROUP"});
    let read = one(&group);
    assert_eq!((read.private, read.text.as_deref()), (false, Some(expected)), "{said}");
}

#[test]
fn in_groups_the_mention_goes() {
    check_mention("@Bot Một cửa /tonghop thang 11", "/tonghop thang 11");
    check_mention("@bot một cửa, ht ol 9", "ht ol 9");
    check_mention("@bot.motcua ht ol 9", "ht ol 9");
    check_mention("@Bot Khác Tên /nhap @Lan ht ol 3", "/nhap @Lan ht ol 3");
    check_mention("@Bot 20/11 ht ol 9", "20/11 ht ol 9");
    check_mention("@Bot", "");
    check_mention("/nhap @Lan ht ol 3", "/nhap @Lan ht ol 3");
    assert_eq!(one(&text("@Lan ht ol 3")).text.as_deref(), Some("@Lan ht ol 3"));
}

#[test]
fn numbers_of_messages_are_positive_and_keep_apart() {
    let numbers: std::collections::HashSet<i64> = (0..1000).map(|n| number_of(&format!("{n:020x}"))).collect();
    assert_eq!(numbers.len(), 1000);
    assert!(numbers.iter().all(|n| *n > 0));
    // For ever the same: content keys of earlier versions stand on it.
    assert_eq!(number_of("2d758cb5e222177a4e35"), number_of("2d758cb5e222177a4e35"));
}

#[test]
fn ids_as_numbers_and_dates_in_seconds_are_forgiven() {
    let mut odd = text("ht ol 9");
    odd["message"]["message_id"] = json!(42);
    odd["message"]["date"] = json!(1_750_316_131);
    let read = one(&odd);
    assert_eq!((read.delivery.as_str(), read.sent_at), ("42", 1_750_316_131));
    odd["message"].as_object_mut().unwrap().remove("date");
    assert_eq!(one(&odd).sent_at, 77);
}
