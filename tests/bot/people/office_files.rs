//! Copies, locks and `check`, on a real file.

use super::Desk;
use motcua::store::{Store, lock};

#[test]
fn a_copy_is_put_back_only_by_force() {
    let desk = Desk::small();
    desk.done(&["backup", "copy.db"]);
    desk.refused(&["backup", "copy.db"]);
    desk.done(&["unit", "add", "TN", "UBND xã Thống Nhất"]);
    desk.refused(&["restore", "copy.db"]);
    desk.refused(&["restore", "nothing.db", "--force"]);
    assert_eq!(desk.done(&["unit", "list"]).lines().count(), 3);
    desk.done(&["restore", "copy.db", "--force"]);
    assert_eq!(desk.done(&["unit", "list"]).lines().count(), 2);
    assert_eq!(desk.run(&["check"]).code, 0);

    let elsewhere = Desk::new();
    std::fs::copy(desk.path("copy.db"), elsewhere.path("copy.db")).unwrap();
    elsewhere.done(&["restore", "copy.db"]);
    assert_eq!(elsewhere.done(&["official", "list"]), desk.done(&["official", "list"]));
}

#[test]
fn a_broken_copy_leaves_the_office_as_it_is() {
    let desk = Desk::small();
    desk.done(&["backup", "copy.db"]);
    let mut bytes = std::fs::read(desk.path("copy.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xA5);
    std::fs::write(desk.path("copy.db"), bytes).unwrap();
    desk.refused(&["restore", "copy.db", "--force"]);
    assert_eq!(desk.done(&["official", "list"]).lines().count(), 3);
}

#[test]
fn run_and_restore_refuse_while_another_run_lives() {
    let desk = Desk::small();
    desk.done(&["backup", "copy.db"]);
    let database = desk.path("office.db");
    let first = lock::run(&database, "motcua run, tiến trình 4711").unwrap();
    let second = desk.run_with(&[("TELOXIDE_TOKEN", "1:a")], &["run"]);
    assert_eq!(second.code, 1);
    assert!(second.err.contains("tiến trình 4711"), "{}", second.err);
    assert!(desk.refused(&["restore", "copy.db", "--force"]).contains("tiến trình 4711"));
    // Every other command works beside it.
    desk.done(&["unit", "add", "TN", "UBND xã Thống Nhất"]);
    drop(first);

    let command = lock::share(&database).unwrap();
    desk.refused(&["restore", "copy.db", "--force"]);
    drop(command);
    let restoring = lock::exclude(&database).unwrap();
    assert_eq!(desk.run(&["unit", "list"]).code, 1);
    drop(restoring);
    desk.done(&["restore", "copy.db", "--force"]);
}

#[tokio::test]
async fn check_names_what_is_wrong() {
    let desk = Desk::small();
    let sound = desk.run(&["check"]);
    assert_eq!((sound.code, sound.out.as_str()), (0, ""));
    assert_eq!(desk.done(&["check", "--json"]), "[]\n");

    let store = Store::open(&desk.url()).await.unwrap();
    let mut tx = store.write().await.unwrap();
    for sql in [
        "UPDATE audit SET detail = '{}' WHERE id = 1",
        "INSERT INTO half_months VALUES (1, 48000, 6, 0, 0, 0, 3, 0, 0, 0)",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    store.close().await;
    let said = desk.run(&["check"]);
    assert_eq!(said.code, 1);
    let codes: Vec<&str> = said.out.lines().map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(codes, ["HISTORY", "SUMS", "BALANCE"], "{}", said.out);
}

#[test]
fn an_invitation_is_a_code_alone_on_its_line() {
    let desk = Desk::small();
    let code = desk.done(&["invite", "--unit", "GL", "--role", "officer", "--name", "Lê Văn Tú", "--fields", "HT"]);
    let code = code.lines().next().unwrap();
    assert_eq!(code.len(), 8);
    assert!(code.bytes().all(|b| b"BCFGHJKLMNPQRSTVXZ23456789".contains(&b)), "{code}");
    desk.refused(&["invite", "--unit", "XX", "--role", "officer", "--name", "Lê Văn Tú"]);
    assert_eq!(desk.run(&["invite", "--unit", "GL", "--role", "officer", "--name", "Tú", "--days", "0"]).code, 2);
}
