use super::*;
use crate::app::abilities::{TELEGRAM, ZALO};
use crate::domain::official::OfficialId;
use crate::store::inbox::Kind;
use crate::store::outbox::NewChoice;
use crate::words::Locale;

fn check(text: &str, most: usize, expected: &[&str]) {
    assert_eq!(split(text, most), expected, "{text:?} at {most}");
}

#[test]
fn a_long_text_is_cut_at_lines_then_spaces_then_anywhere() {
    check("a b\nc", 9, &["a b\nc"]);
    check("một\nhai\nba", 7, &["một\nhai", "ba"]);
    check("một hai ba", 7, &["một hai", "ba"]);
    check("một hai ba", 6, &["một", "hai ba"]);
    check("aaaabbbbcc", 4, &["aaaa", "bbbb", "cc"]);
    check("\n\n\naaaa", 4, &["aaaa"]);
}

#[test]
fn the_limit_counts_utf16_units_and_splits_no_character() {
    // 𝄞 is two units.
    check("𝄞𝄞𝄞", 3, &["𝄞", "𝄞", "𝄞"]);
    check("𝄞𝄞", 4, &["𝄞𝄞"]);
}

#[test]
fn every_cut_keeps_all_words() {
    let line = "Hộ tịch: tiếp nhận 12 hồ sơ";
    let text = vec![line; 400].join("\n");
    for most in [TELEGRAM.text_most, ZALO.text_most] {
        let parts = split(&text, most);
        assert!(parts.iter().all(|p| utf16(p) <= most));
        assert_eq!(parts.join("\n"), text);
        assert_eq!(parts.len(), utf16(&text).div_ceil(most));
    }
}

#[test]
fn a_document_takes_a_short_text_along_and_follows_a_long_one() {
    assert_eq!(pieces("Tháng 11", true, &TELEGRAM), [Piece::Document("Tháng 11".into())]);
    let long = "x".repeat(TELEGRAM.caption_most + 1);
    assert_eq!(pieces(&long, true, &TELEGRAM), [Piece::Text(long.clone()), Piece::Document(String::new())]);
    assert!(pieces(" ", false, &TELEGRAM).is_empty());
}

#[test]
fn choices_without_buttons_are_numbered_below_the_text() {
    let words = Locale::Vi.words();
    let choice = |label: &str| Choice { id: String::new(), label: label.to_string() };
    assert_eq!(with_numbers("Đã lưu", &[], words), "Đã lưu");
    let one = with_numbers("Đã lưu", &[choice("Hoàn tác")], words);
    assert_eq!(one, "Đã lưu\n[1] Hoàn tác\nTrả lời 1 để chọn.");
    let two = with_numbers("?", &[choice("Có"), choice("Không")], words);
    assert_eq!(two, "?\n[1] Có\n[2] Không\nTrả lời số từ 1 đến 2 để chọn.");
}

fn row(id: i64, channel: &str) -> Row {
    let (bot_id, kind, sent_at) = (1, Kind::Message, 0);
    let (chat_id, user_id) = ("7".to_string(), "7".to_string());
    let (text, data, fault) = (None, None, None);
    let (message_id, edit_date, received_at, attempts, cut_short) = (id, 0, 0, 0, 0);
    let (channel, private, thread_id) = (channel.to_string(), true, None);
    Row {
        id,
        bot_id,
        channel,
        kind,
        chat_id,
        private,
        thread_id,
        user_id,
        message_id,
        edit_date,
        sent_at,
        text,
        data,
        received_at,
        attempts,
        cut_short,
        fault,
    }
}

/// Replies as `message text`, `+` where they offer a choice; what leaves.
fn check_together(channel: &str, replies: &[(i64, &str)], expected: &[&str]) {
    let rows: Vec<Row> = replies.iter().map(|(id, _)| row(*id, channel)).collect();
    let action = NewChoice { label: "Có".into(), action: "{}".into(), official: OfficialId(1) };
    let reply = |(row, (_, text)): (&Row, &(i64, &str))| {
        let choices = if text.ends_with('+') { vec![action.clone()] } else { Vec::new() };
        Addressed { choices, ..Addressed::plain(row, text.to_string()) }
    };
    let all = together(rows.iter().zip(replies).map(|(row, said)| (row, reply((row, said)))));
    let left: Vec<String> = all.iter().map(|(_, r)| format!("{}{}", r.text, r.choices.len())).collect();
    assert_eq!(left, expected, "{channel}: {replies:?}");
}

#[test]
fn answers_to_one_message_go_together_where_each_costs_one_of_the_month() {
    check_together("zalo", &[(1, "a"), (2, "b"), (1, "c+"), (2, "d")], &["a\n\nc+1", "b\n\nd0"]);
    check_together("zalo", &[(1, "a+"), (1, "b"), (1, "c")], &["a+1", "b\n\nc0"]);
    check_together("telegram", &[(1, "a"), (1, "b")], &["a0", "b0"]);
    let (half, long) = ("x".repeat(949), "x".repeat(950));
    check_together("zalo", &[(1, &half), (1, &half)], &[&format!("{half}\n\n{half}0")]);
    check_together("zalo", &[(1, &half), (1, &long)], &[&format!("{half}0"), &format!("{long}0")]);
}

#[test]
fn what_answers_nobody_stays_a_message_of_its_own() {
    let row = row(1, "zalo");
    let away = |text: &str| Addressed { answers: false, ..Addressed::plain(&row, text.into()) };
    let all = [away("a"), Addressed::plain(&row, "b".into()), away("c")];
    assert_eq!(together(all.map(|reply| (&row, reply))).len(), 3);
}
