//! `motcua bot`: bots beside those of the settings.

use motcua::store::{Store, bot_files, bots};

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

#[test]
fn a_bot_that_is_taken_out_retires_unless_it_is_that_of_the_settings_by_now() {
    check(&[], &[]);
    check(&[("TELOXIDE_TOKEN", "123456:other")], &[]);
    check(&[("TELOXIDE_TOKEN", "123456:AbCdEf-secret")], &[1]);

    fn check(settings: &[(&str, &str)], serving: &[i64]) {
        let desk = Desk::small();
        desk.write("gl.token", "123456:AbCdEf-secret");
        desk.done(&["bot", "add", "telegram", "--unit", "GL", "--token-file", "gl.token"]);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let store = Store::open(&desk.url()).await.unwrap();
            let mut w = store.write().await.unwrap();
            let bot = bots::known_as(&mut w, "telegram", "123456", "gl_bot").await.unwrap();
            bot_files::known(&mut w, Some(1), bot).await.unwrap();
            w.commit().await.unwrap();
            store.close().await;
        });
        let said = desk.run_with(settings, &["bot", "remove", "1"]);
        assert_eq!(said.code, 0, "{said:?}");
        runtime.block_on(async {
            let store = Store::open(&desk.url()).await.unwrap();
            let mut read = store.read().await.unwrap();
            assert_eq!(bots::serving(&mut read, Some("telegram")).await.unwrap(), serving, "{settings:?}");
        });
    }
}
