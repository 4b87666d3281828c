//! The commands of SPEC §2 that enter units, people, openings and days off.

use super::{Desk, repository};
use serde_json::Value;

#[test]
fn every_command_of_the_golden_offices_works_and_changes_nothing_when_repeated() {
    for office in ["r1", "r3"] {
        let text = std::fs::read_to_string(repository().join(format!("tests/golden/{office}/setup.json"))).unwrap();
        let setup: Value = serde_json::from_str(&text).unwrap();
        let commands: Vec<Vec<&str>> = setup["commands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c.as_array().unwrap().iter().map(|w| w.as_str().unwrap()).collect())
            .collect();
        let desk = Desk::new();
        commands.iter().for_each(|c| _ = desk.done(c));
        let lists =
            || [desk.done(&["unit", "list"]), desk.done(&["official", "list"]), desk.done(&["holiday", "list"])];
        let before = lists();
        commands.iter().for_each(|c| _ = desk.done(c));
        assert_eq!(lists(), before);

        let people: Value = serde_json::from_str(&desk.done(&["official", "list", "--json"])).unwrap();
        for expected in setup["officials"].as_array().unwrap() {
            let found = people.as_array().unwrap().iter().find(|p| p["name"] == expected["name"]).unwrap();
            assert_eq!(found["role"], expected["role"]);
            assert_eq!(found["since"], expected["since"]);
            assert_eq!(found["telegram"][0], expected["telegram"].to_string());
            let sorted = |v: &Value| {
                let mut codes: Vec<String> =
                    v.as_array().unwrap().iter().map(|c| c.as_str().unwrap().to_string()).collect();
                codes.sort();
                codes
            };
            assert_eq!(sorted(&found["fields"]), sorted(&expected["fields"]));
        }
    }
}

#[test]
fn the_same_key_with_other_values_is_a_fault() {
    let desk = Desk::small();
    let refused = [
        vec!["unit", "add", "GL", "UBND xã khác"],
        vec!["unit", "add", "gl", "UBND xã Gia Lộc", "--scheme", "calendar"],
        vec!["unit", "add", "XA", "Xã A", "--parent", "KHONG"],
        vec!["unit", "add", "A B", "Xã A"],
        vec!["official", "add", "--unit", "GL", "--name", "Đinh Quốc Lan", "--role", "lead"],
        vec!["official", "add", "--unit", "GL", "--name", "Đinh Quốc Lan", "--role", "officer", "--fields", "HT"],
        vec!["official", "add", "--unit", "GL", "--name", "Người Khác", "--role", "officer", "--telegram", "7001"],
        vec!["official", "add", "--unit", "XX", "--name", "Lê Văn Tú", "--role", "officer"],
        vec!["official", "add", "--unit", "GL", "--name", "Lê Văn Tú", "--role", "officer", "--fields", "QH"],
        vec!["official", "add", "--unit", "GL", "--name", "Tú 2", "--role", "officer"],
        vec!["official", "remove", "--unit", "GL", "--name", "Lê Văn Tú"],
        vec!["opening", "--unit", "GL", "--field", "HT", "--pending", "1", "--late", "2", "--at", "2026-11-15"],
        vec!["holiday", "remove", "2026-11-25"],
        vec!["field", "add", "QH", "Quy hoạch"],
        vec!["field", "add", "QHXD", "Quy hoạch", "--aliases", "tqh"],
        vec!["field", "add", "X2", "Xây dựng"],
        vec!["field", "add", "HT", "Hỗ trợ"],
        vec!["field", "enable", "--unit", "GL", "HT,XX"],
    ];
    let lead = ["official", "add", "--unit", "GL", "--name", "Đinh Quốc Lan", "--role", "lead"];
    assert_eq!(desk.refused(&lead), "Đơn vị GL đã có Đinh Quốc Lan với thông tin khác.\n");
    let before = desk.done(&["official", "list"]) + &desk.done(&["unit", "list"]);
    for args in refused {
        desk.refused(&args);
    }
    assert_eq!(desk.done(&["official", "list"]) + &desk.done(&["unit", "list"]), before);
}

#[test]
fn one_account_is_one_person_in_several_units() {
    let desk = Desk::small();
    desk.done(&["unit", "add", "TN", "UBND xã Thống Nhất"]);
    let lan = ["official", "add", "--unit", "TN", "--name", "đinh quốc LAN", "--role", "lead", "--telegram", "7001"];
    desk.done(&lan);
    let people: Value = serde_json::from_str(&desk.done(&["official", "list", "--json"])).unwrap();
    let lans: Vec<&Value> = people.as_array().unwrap().iter().filter(|p| p["telegram"][0] == "7001").collect();
    assert_eq!(lans.len(), 2);
    assert!(lans.iter().all(|p| p["name"] == "Đinh Quốc Lan"));
}

#[test]
fn a_membership_ends_and_may_begin_again() {
    let desk = Desk::small();
    desk.done(&["official", "remove", "--unit", "GL", "--name", "Lan", "--at", "2026-01-05"]);
    assert!(!desk.done(&["official", "list"]).contains("Lan"));
    desk.done(&[
        "official",
        "add",
        "--unit",
        "GL",
        "--name",
        "Đinh Quốc Lan",
        "--role",
        "officer",
        "--telegram",
        "7001",
    ]);
    let list = desk.done(&["official", "list"]);
    let row = list.lines().find(|l| l.contains("Đinh Quốc Lan")).unwrap();
    assert!(row.ends_with("7001\t"), "{row}");
}

#[test]
fn wrong_usage_is_one_sentence_and_exit_code_2() {
    let desk = Desk::new();
    for args in [
        vec!["nothing"],
        vec!["unit"],
        vec!["unit", "add", "GL"],
        vec!["unit", "add", "GL", "x", "--scheme", "15-15"],
        vec!["unit", "list", "--color"],
        vec!["official", "add", "--unit", "GL", "--name", "X", "--role", "boss"],
        vec!["official", "add", "--unit", "GL", "--name", "X", "--role", "lead", "--telegram", "lan"],
        vec!["official", "add", "--unit", "GL", "--name", "X", "--role", "lead", "--since", "20/11/2026"],
        vec!["holiday", "add", "31-11-2026"],
        vec!["opening", "--unit", "GL", "--field", "HT", "--pending", "-3", "--at", "2026-11-15"],
    ] {
        let said = desk.run(&args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert_eq!(said.err.lines().count(), 1, "{said:?}");
    }
    assert!(!desk.path("office.db").exists());
    let help = desk.run(&["--help"]);
    assert_eq!((help.code, help.err.as_str()), (0, ""));
    assert!(help.out.contains("Cách dùng: motcua"));
}

#[test]
fn wrong_settings_are_all_told_and_exit_code_2() {
    let desk = Desk::new();
    let wrong = [("MOTCUA_LOCAL", "vi"), ("MOTCUA_TEXT_DAYS", "many"), ("MOTCUA_TIMEZONE", "Hanoi")];
    let said = desk.run_with(&wrong, &["unit", "list"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(wrong.iter().all(|(name, _)| said.err.contains(name)), "{}", said.err);
    let said = desk.run_with(&wrong, &["check"]);
    assert_eq!((said.code, said.out.lines().count()), (1, 3));
    assert!(said.out.lines().all(|l| l.starts_with("SETTING\t")));

    desk.write(".env", "MOTCUA_LOCALE=en\n");
    assert_eq!(desk.run(&["official", "list", "--unit", "XX"]).err, "There is no unit with the code \"XX\".\n");
    let english = desk.run_with(&[("MOTCUA_LOCALE", "vi")], &["official", "list", "--unit", "XX"]);
    assert_eq!(english.err, "Không có đơn vị mã \"XX\".\n", "the environment wins over .env");
}

#[test]
fn an_opening_names_the_one_before_and_is_never_of_the_future() {
    let desk = Desk::small();
    let opening = |pending: &str, at: &str| {
        let args = ["opening", "--unit", "GL", "--field", "HT", "--pending", pending, "--at", at];
        let said = desk.run(&args);
        (said.code, said.out + &said.err)
    };
    let entered = |n: u32, before: &str| {
        (0, format!("Đã ghi tồn đầu kỳ Hộ tịch: {n} hồ sơ, tính từ đầu ngày 01/11/2025.{before}\n"))
    };
    assert_eq!(opening("5", "2025-11-01"), entered(5, ""));
    assert_eq!(opening("6", "2025-11-01"), entered(6, " (trước đó: 5, 01/11/2025)"));
    let (code, said) = opening("9", "2199-02-28");
    assert_eq!(code, 1);
    assert!(said.starts_with("Chưa ghi: ngày 28/02/2199 chưa đến."), "{said}");
    assert!(said.contains("motcua opening --unit GL --field HT --pending 9 --late 0 --at 20"), "{said}");
    assert_eq!(opening("6", "2025-11-01"), entered(6, ""));
}
