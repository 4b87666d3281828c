//! `motcua bot`: bots beside those of the settings.

use super::Desk;

const COLUMNS: &str = "id\tchannel\tunit\ttoken_file\tname\tpeople\tsent";

#[test]
fn a_bot_is_added_by_the_file_of_its_token_and_the_token_stays_there() {
    let desk = Desk::small();
    desk.write("gl.token", "123456:AbCdEf-secret\n");
    let said = desk.done(&["bot", "add", "telegram", "--unit", "GL", "--token-file", "gl.token"]);
    assert!(said.contains("Telegram số 1 cho UBND xã Gia Lộc"), "{said}");
    let list = desk.done(&["bot", "list"]);
    let path = std::fs::canonicalize(desk.path("gl.token")).unwrap();
    assert_eq!(list, format!("{COLUMNS}\n1\ttelegram\tGL\t{}\t\t\t\n", path.display()));
    let held = std::fs::read(desk.path("office.db")).unwrap();
    assert!(!held.windows(6).any(|w| w == b"AbCdEf"), "a token in the database");
    assert!(
        desk.refused(&["bot", "add", "zalo", "--unit", "GL", "--token-file", "./gl.token"]).contains("đã được thêm")
    );
    std::fs::remove_file(desk.path("gl.token")).unwrap();
    let checked = desk.run(&["check"]);
    assert!(checked.code == 1 && checked.out.starts_with("BOT\tBot số 1:"), "{checked:?}");
    desk.done(&["bot", "remove", "1"]);
    assert_eq!(desk.done(&["bot", "list", "--json"]), "[]\n");
    assert!(desk.refused(&["bot", "remove", "1"]).contains("số 1"));
}

#[test]
fn what_holds_no_token_is_refused_without_being_repeated() {
    let desk = Desk::small();
    desk.write("empty.token", " \n");
    desk.write("prose.token", "this is no token");
    for file in ["123456:AbCdEf-secret", "empty.token", "prose.token", "."] {
        let said = desk.refused(&["bot", "add", "zalo", "--unit", "GL", "--token-file", file]);
        assert!(said.contains("--token-file") && !said.contains("AbCdEf"), "{said}");
    }
    desk.write("gl.token", "123456:AbCdEf-secret");
    assert!(desk.refused(&["bot", "add", "zalo", "--unit", "XX", "--token-file", "gl.token"]).contains("XX"));
}
