//! `check` on a database that somebody has changed behind the program's back.

use std::io::Write;
use std::process::Stdio;

use sqlx::Connection;

use super::Desk;

/// Two messages, of which one is edited, and one that is taken back.
const SAID: &str = "Lan> ht ol 9 tr 3 th 8 dh 2
Lan~ ht ol 10 tr 3 th 8 dh 2
Lan> 19/11 ct tr 4 bs 2 phi 250.000
@2026-11-20T16:10
Lan> ct ol 5 bs+1
Lan> ct tr 7
Lan> /hoantac
";

fn office() -> Desk {
    let desk = Desk::new();
    desk.done(&["unit", "add", "GL", "UBND xã Gia Lộc"]);
    for (name, role, fields) in [("Trần Thị Minh", "lead", "CT"), ("Đinh Quốc Lan", "officer", "HT,CT")] {
        let args = ["official", "add", "--unit", "GL", "--name", name, "--role", role, "--fields", fields];
        desk.done(&[&args[..], &["--since", "2026-11-02"]].concat());
    }
    let mut command = desk.command();
    command.args(["chat", "--as", "Lan", "--at", "2026-11-20T16:05"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut chat = command.spawn().unwrap();
    chat.stdin.take().unwrap().write_all(SAID.as_bytes()).unwrap();
    let said = String::from_utf8(chat.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(said.matches("Đã lưu").count(), 5, "{said}");
    assert!(said.contains("Đã sửa") && said.contains("Đã hoàn tác"), "{said}");
    desk
}

async fn change(desk: &Desk, sql: &'static str) {
    let mut conn = sqlx::SqliteConnection::connect(&desk.url()).await.unwrap();
    sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
    conn.close().await.unwrap();
}

/// What `check` says after `sql`: every line expected, by its code and words that it holds.
async fn check(desk: &Desk, sql: &'static str, expected: &[(&str, &str)]) {
    std::fs::copy(desk.path("sound.db"), desk.path("office.db")).unwrap();
    change(desk, sql).await;
    let said = desk.run(&["check"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!((said.code, lines.len()), (1, expected.len()), "{sql}: {}{}", said.out, said.err);
    for ((code, words), line) in expected.iter().zip(lines) {
        assert!(line.starts_with(&format!("{code}\t")) && line.contains(words), "{sql}: {line}");
    }
}

#[tokio::test]
async fn whatever_is_changed_behind_the_program_shows() {
    let desk = office();
    assert_eq!(desk.run(&["check"]).out, "");
    std::fs::copy(desk.path("office.db"), desk.path("sound.db")).unwrap();
    let first = "GL · 20/11/2026 · Đinh Quốc Lan · 16:05 20/11/2026: nội dung đã đọc của bản ghi số 1 ";
    let ht = "GL · 20/11/2026 · Hộ tịch · Đinh Quốc Lan: ";
    let table: &[(&'static str, &[(&str, &str)])] = &[
        // The end of the history, its middle, one row of it.
        ("DELETE FROM audit WHERE kind = 'undo'", &[("HISTORY", "còn"), ("MESSAGE", "bản ghi số 4 đang có")]),
        (
            "DELETE FROM audit WHERE id > 3",
            &[
                ("HISTORY", "đã ghi 9 dòng, còn 3 dòng"),
                ("MESSAGE", "số 1"),
                ("MESSAGE", "số 2"),
                ("MESSAGE", "số 3"),
                ("MESSAGE", "số 4"),
            ],
        ),
        ("UPDATE audit SET detail = '[]' WHERE kind = 'edit'", &[("HISTORY", "GL · 20/11/2026 · Đinh Quốc Lan")]),
        ("UPDATE audit SET lines = NULL, form = NULL WHERE post_id = 2", &[("HISTORY", "19/11/2026")]),
        // What was read of a message.
        (
            "UPDATE post_lines SET value = 11 WHERE post_id = 1 AND form = 2 AND value = 10",
            &[("MESSAGE", first), ("COUNTS", "là 10, trong khi tin đã nhận (bản ghi số 1) cho 11")],
        ),
        ("UPDATE post_lines SET value = 11 WHERE post_id = 1 AND form = 1 AND value = 9", &[("MESSAGE", first)]),
        ("DELETE FROM post_lines WHERE post_id = 1 AND form = 2 AND seq = 0", &[("MESSAGE", first), ("COUNTS", ht)]),
        ("DELETE FROM post_lines WHERE post_id = 1", &[("MESSAGE", first), ("COUNTS", "(bản ghi số –)")]),
        (
            "DELETE FROM post_lines WHERE post_id = 1; DELETE FROM posts WHERE id = 1",
            &[("MESSAGE", "bản ghi số 1 có trong nhật ký nhưng không còn"), ("COUNTS", ht)],
        ),
        (
            "INSERT INTO post_lines SELECT post_id, form, 99, official_id, unit_id, day, field_id, subject, 'add', 1 FROM post_lines WHERE post_id = 3 AND op = 'set'",
            &[("MESSAGE", "số 3"), ("COUNTS", "Chứng thực")],
        ),
        (
            "UPDATE post_lines SET subject = 'nonsense' WHERE post_id = 1 AND form = 2 AND seq = 0",
            &[("MESSAGE", first), ("COUNTS", "không khớp"), ("COUNTS", "là 10")],
        ),
        ("UPDATE posts SET form = 1 WHERE id = 1", &[("MESSAGE", "bản ghi số 1 đang có"), ("COUNTS", "cho 9")]),
        (
            "UPDATE posts SET undone_at = NULL",
            &[("MESSAGE", "bản ghi số 4 đang có"), ("COUNTS", "là 0, trong khi tin đã nhận (bản ghi số 3, 4) cho 7")],
        ),
        (
            "UPDATE posts SET undone_at = 1 WHERE id = 2",
            &[("MESSAGE", "số 2"), ("COUNTS", "19/11/2026"), ("COUNTS", "20/11/2026")],
        ),
        ("UPDATE posts SET sender_id = 1 WHERE id = 2", &[("MESSAGE", "Trần Thị Minh")]),
        ("UPDATE posts SET sent_at = sent_at - 86400 WHERE id = 2", &[("MESSAGE", "số 2")]),
        // What it comes to.
        (
            "UPDATE counts SET online = 90 WHERE online = 10; UPDATE half_months SET online = 90 WHERE online = 10",
            &[("COUNTS", "Trực tuyến là 90, trong khi tin đã nhận (bản ghi số 1) cho 10")],
        ),
        ("DELETE FROM counts WHERE online = 10", &[("COUNTS", ht), ("SUMS", "HT")]),
        (
            "UPDATE stocks SET value = 9 WHERE added IS NOT NULL",
            &[("COUNTS", "Chờ bổ sung là 9, trong khi tin đã nhận (bản ghi số 3) cho 3")],
        ),
        (
            "UPDATE indicator_counts SET value = 1",
            &[("COUNTS", "là 1, trong khi tin đã nhận (bản ghi số 2) cho 250.000")],
        ),
    ];
    for (sql, expected) in table {
        check(&desk, sql, expected).await;
    }
}

#[tokio::test]
async fn a_thousand_faults_are_named_in_part_and_counted_in_whole() {
    let desk = office();
    change(
        &desk,
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
         INSERT INTO counts SELECT 1, 10000 + i, 6, 2, 1, 0, 0, 1, 0, 0, 0 FROM n",
    )
    .await;
    let said = desk.run(&["check"]);
    let named = said.out.lines().filter(|l| l.starts_with("COUNTS\t")).count();
    assert_eq!(named, 21, "{}", said.out);
    assert!(said.out.contains("COUNTS\t… và 980 chỗ nữa."), "{}", said.out);
}
