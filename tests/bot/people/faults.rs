//! What the program says where a value, the database or the network is not as it should be.

use super::Desk;

#[test]
fn a_value_that_is_wrong_is_told_with_what_is_wanted() {
    let desk = Desk::small();
    let check = |args: &[&str], wanted: &str| {
        let said = desk.run(args);
        assert_eq!(said.code, 2, "{args:?}: {said:?}");
        assert!(said.err.trim_end().ends_with(&format!("cần: {wanted}")), "{args:?}: {}", said.err);
    };
    let invite = ["invite", "--unit", "GL", "--role", "lead", "--name", "Lê Văn Tú", "--days"];
    for days in ["0", "366", "hai"] {
        check(&[&invite[..], &[days]].concat(), "1–365");
    }
    let opening = ["opening", "--unit", "GL", "--field", "HT", "--at", "2026-11-01", "--pending"];
    check(&[&opening[..], &["100001"]].concat(), "0–100.000");
    check(&["holiday", "list", "abc"], "1900–2200");
    check(&["holiday", "list", "1800"], "1900–2200");
    check(&["retry", "abc"], "một số nguyên");
    check(&["bot", "add", "viber", "--unit", "GL", "--token-file", "x"], "telegram, zalo");
}

#[test]
fn a_database_that_cannot_be_used_is_told_in_one_sentence() {
    let desk = Desk::small();
    let check = |url: &str, expected: &str, technical: &str| {
        let said = desk.run_with(&[("DATABASE_URL", url)], &["unit", "add", "TN", "UBND xã Thống Nhất"]);
        assert_eq!((said.code, said.out.as_str(), said.err.lines().count()), (1, "", 1), "{said:?}");
        assert!(said.err.contains(expected), "{}", said.err);
        assert_eq!(said.err.matches(technical).count(), 1, "{}", said.err);
    };
    let office = desk.path("office.db").display().to_string();
    let read_only = format!("Không ghi được vào cơ sở dữ liệu {office}: tệp hoặc thư mục chỉ cho đọc.");
    check("sqlite://office.db?mode=ro", &read_only, "readonly");
    desk.write("prose.db", &"Kính gửi Ủy ban nhân dân xã. ".repeat(200));
    check("sqlite://prose.db", "prose.db không phải cơ sở dữ liệu của motcua", "not a database");
    desk.write("note.txt", "");
    check("sqlite://note.txt/office.db", "Không mở được cơ sở dữ liệu", "os error");
}

#[test]
fn where_the_network_is_down_the_token_is_not_blamed() {
    let desk = Desk::small();
    let settings = [
        ("TELOXIDE_TOKEN", "1:abc"),
        ("TELOXIDE_API_URL", "http://127.0.0.1:1"),
        ("ZALO_BOT_TOKEN", "2:abc"),
        ("ZALO_API_URL", "http://127.0.0.1:1"),
    ];
    let said = desk.run_with(&settings, &["check"]);
    assert_eq!(said.code, 1, "{said:?}");
    for platform in ["Telegram", "Zalo"] {
        let expected = format!("{}\tChưa kết nối được tới {platform};", platform.to_uppercase());
        assert!(said.out.lines().any(|l| l.starts_with(&expected)), "{}", said.out);
    }
    assert!(!said.out.contains("token"), "{}", said.out);
}
