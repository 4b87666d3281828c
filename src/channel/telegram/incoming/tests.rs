use serde_json::json;

use super::*;

const NOW: i64 = 1_795_000_000;

fn read_it(update: Value) -> Read {
    let me = Me { id: 7, username: "MotCua_bot".into() };
    // Through text, as it arrives.
    let update: Value = serde_json::from_str(&update.to_string()).unwrap();
    super::read(&update, &me, NOW).unwrap()
}

fn lan() -> Value {
    json!({"id": 11, "is_bot": false, "first_name": "Lan", "language_code": "vi"})
}

fn private(text: &str) -> Value {
    json!({"update_id": 5, "message": {"message_id": 21, "date": 1_700_000_000, "from": lan(),
        "chat": {"id": 11, "type": "private", "first_name": "Lan"}, "text": text,
        "entities": [{"type": "kind_of_tomorrow", "offset": 0, "length": 1}]}})
}

fn check_kind(update: Value, expected: Kind) {
    assert_eq!(read_it(update.clone()).incoming.kind, expected, "{update}");
}

#[test]
fn a_message_keeps_the_fields_we_use() {
    let read = read_it(private("ht ol 9"));
    assert_eq!((read.update_id, read.callback), (5, None));
    let expected = Incoming {
        delivery: "u5".into(),
        kind: Kind::Message,
        chat_id: "11".into(),
        private: true,
        thread_id: None,
        user_id: "11".into(),
        message_id: 21,
        edit_date: 0,
        sent_at: 1_700_000_000,
        text: Some("ht ol 9".into()),
        data: None,
    };
    assert_eq!(read.incoming, expected);
}

#[test]
fn an_edit_in_a_topic_keeps_topic_and_edit_date() {
    let read = read_it(json!({"update_id": 6, "edited_message": {"message_id": 21, "date": 100, "edit_date": 160,
        "from": lan(), "chat": {"id": -1001, "type": "supergroup", "title": "x", "is_forum": true},
        "message_thread_id": 3, "is_topic_message": true, "text": "/nhap@motcua_bot ht ol 10"}}));
    let i = read.incoming;
    assert_eq!((i.kind, i.private, i.thread_id, i.edit_date), (Kind::Edit, false, Some(3), 160));
    assert_eq!(i.text.as_deref(), Some("/nhap@motcua_bot ht ol 10"));
}

#[test]
fn a_press_is_known_by_its_callback_and_timed_by_its_arrival() {
    let message = json!({"message_id": 40, "date": 0, "chat": {"id": 11, "type": "private"}});
    let read = read_it(json!({"update_id": 7, "callback_query": {"id": "4382bfdwdsb323b2d9", "from": lan(),
        "chat_instance": "1", "data": "1f.00", "message": message}}));
    assert_eq!(read.callback.as_deref(), Some("4382bfdwdsb323b2d9"));
    let i = read.incoming;
    assert_eq!((i.delivery.as_str(), i.kind, i.sent_at), ("c4382bfdwdsb323b2d9", Kind::Press, NOW));
    assert_eq!((i.user_id.as_str(), i.message_id, i.data.as_deref()), ("11", 40, Some("1f.00")));
}

#[test]
fn both_service_messages_of_a_move_tell_the_same() {
    let chat = |id: i64, kind: &str| json!({"id": id, "type": kind, "title": "x"});
    let to = json!({"update_id": 8, "message": {"message_id": 1, "date": 1, "from": lan(), "chat": chat(-5, "group"),
        "migrate_to_chat_id": -1005}});
    let from = json!({"update_id": 9, "message": {"message_id": 1, "date": 1, "chat": chat(-1005, "supergroup"),
        "sender_chat": chat(-1005, "supergroup"), "migrate_from_chat_id": -5}});
    for update in [to, from] {
        let i = read_it(update).incoming;
        assert_eq!((i.kind, i.chat_id.as_str(), i.data.as_deref()), (Kind::Moved, "-5", Some("-1005")));
    }
}

#[test]
fn blocking_and_coming_back_are_told_apart() {
    let member = |status: &str| {
        json!({"update_id": 10, "my_chat_member": {"chat": {"id": 11, "type": "private"}, "from": lan(), "date": 1,
            "old_chat_member": {"status": "member"}, "new_chat_member": {"status": status, "user": {"id": 7}}}})
    };
    check_kind(member("kicked"), Kind::Blocked);
    check_kind(member("member"), Kind::Unblocked);
    check_kind(member("something_new"), Kind::Other);
}

#[test]
fn what_is_not_for_us_is_other_and_keeps_no_content() {
    let photo = json!({"update_id": 1, "message": {"message_id": 1, "date": 1, "from": lan(),
        "chat": {"id": 11, "type": "private"}, "photo": [{"file_id": "x"}]}});
    let bot = json!({"update_id": 1, "message": {"message_id": 1, "date": 1, "text": "ht ol 9",
        "from": {"id": 1087968824, "is_bot": true}, "chat": {"id": -11, "type": "group"}}});
    let poll = json!({"update_id": 1, "poll_of_tomorrow": {"id": 1}});
    let odd = json!({"update_id": 1, "message": {"message_id": "text where a number was"}});
    let channel = json!({"update_id": 1, "channel_post": {"message_id": 1, "text": "x"}});
    for update in [photo, bot, poll, odd, channel, private("/nhap@other_bot ht ol 9")] {
        let i = read_it(update.clone()).incoming;
        assert_eq!((i.kind, i.text, i.chat_id.as_str()), (Kind::Other, None, "0"), "{update}");
    }
    check_kind(private("/nhap@MOTCUA_BOT ht ol 9"), Kind::Message);
    check_kind(private("@Lan ht ol 9"), Kind::Message);
    check_kind(private("/"), Kind::Message);
}

#[test]
fn what_stands_under_a_picture_is_text_like_any() {
    let photo = json!({"update_id": 1, "message": {"message_id": 1, "date": 1, "from": lan(),
        "chat": {"id": 11, "type": "private"}, "photo": [{"file_id": "x"}], "caption": "ht ol 9"}});
    let i = read_it(photo).incoming;
    assert_eq!((i.kind, i.text.as_deref()), (Kind::Message, Some("ht ol 9")));
}

#[test]
fn an_update_without_an_id_is_nothing() {
    let me = Me { id: 7, username: String::new() };
    assert_eq!(super::read(&json!({"message": {}}), &me, NOW), None);
    assert_eq!(super::read(&json!("text"), &me, NOW), None);
}

fn with_file(chat: i64, name: &str, caption: Option<&str>) -> Incoming {
    let kind = if chat > 0 { "private" } else { "supergroup" };
    let mut message = json!({"message_id": 21, "date": 100, "from": lan(), "chat": {"id": chat, "type": kind},
        "document": {"file_id": "BQAC", "file_unique_id": "x", "file_name": name, "file_size": 7168}});
    if let Some(caption) = caption {
        message["caption"] = json!(caption);
    }
    read_it(json!({"update_id": 5, "message": message})).incoming
}

#[test]
fn of_a_file_only_its_place_is_kept_and_never_its_name() {
    let check = |i: Incoming, text: Option<&str>, is_file: bool| {
        let data = is_file.then(|| "{\"file\":\"BQAC\",\"size\":7168}".to_string());
        let kind = if text.is_some() { Kind::Message } else { Kind::Other };
        assert_eq!((i.kind, i.text.as_deref(), i.data), (kind, text, data));
    };
    check(with_file(11, "DS Nguyễn Văn Ví Dụ.XLSX", None), Some(""), true);
    check(with_file(11, "ds.csv", Some("danh sách tháng 11")), Some("danh sách tháng 11"), true);
    check(with_file(11, "don.pdf", None), Some(""), true);
    check(with_file(11, "don.pdf", Some("ht ol 3")), Some("ht ol 3"), false);
    // In groups nobody's file is fetched.
    check(with_file(-1001, "ds.xlsx", None), None, false);
    check(with_file(-1001, "ds.xlsx", Some("/homnay")), Some("/homnay"), false);
}
