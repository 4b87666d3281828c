use super::*;
use crate::store::{Store, bots, prune, runs};

async fn office() -> (tempfile::TempDir, Store, i64) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}/x.db", dir.path().display())).await.unwrap();
    let mut w = store.write().await.unwrap();
    let bot = bots::known_as(&mut w, "telegram", "7", "motcua_bot").await.unwrap();
    w.commit().await.unwrap();
    (dir, store, bot)
}

fn message(delivery: &str, chat: &str, id: i64) -> Incoming {
    Incoming {
        delivery: delivery.to_string(),
        kind: Kind::Message,
        chat_id: chat.to_string(),
        private: true,
        thread_id: None,
        user_id: chat.to_string(),
        message_id: id,
        edit_date: 0,
        sent_at: 1_000,
        text: Some(format!("ht ol {id}")),
        data: None,
    }
}

fn ids(rows: &[Row]) -> Vec<i64> {
    rows.iter().map(|r| r.message_id).collect()
}

#[tokio::test]
async fn a_second_arrival_of_either_key_changes_nothing() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    let batch = [message("1", "a", 10), message("1", "a", 11), message("2", "a", 10), message("3", "b", 10)];
    assert_eq!(put(&mut w, bot, &batch, 5).await.unwrap(), 2);
    assert_eq!(put(&mut w, bot, &batch, 6).await.unwrap(), 0);
    let edit = Incoming { kind: Kind::Edit, edit_date: 2_000, ..message("4", "a", 10) };
    assert_eq!(put(&mut w, bot, &[edit.clone(), Incoming { delivery: "5".into(), ..edit }], 7).await.unwrap(), 1);
    let rows = open_rows(&mut w, &[bot], 0, 100, 10).await.unwrap();
    assert_eq!(ids(&rows), [10, 10, 10]);
    assert_eq!(rows[1].chat_id, "b");
    assert_eq!(rows[2].kind, Kind::Edit);
    assert_eq!(rows[0].channel, "telegram");
    assert_eq!(rows[0].text.as_deref(), Some("ht ol 10"));
}

#[tokio::test]
async fn presses_of_one_message_are_each_their_own() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    let press = |d: &str| Incoming { kind: Kind::Press, data: Some("x".into()), ..message(d, "a", 10) };
    assert_eq!(put(&mut w, bot, &[press("c1"), press("c2"), press("c1")], 5).await.unwrap(), 2);
}

#[tokio::test]
async fn what_is_of_no_use_is_stored_and_skipped() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    let poll = Incoming { kind: Kind::Other, text: None, ..message("1", "0", 0) };
    assert_eq!(put(&mut w, bot, &[poll], 5).await.unwrap(), 1);
    assert!(open_rows(&mut w, &[bot], 0, 9, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_update_id_may_come_again_after_a_week() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    put(&mut w, bot, &[message("1", "a", 10)], 0).await.unwrap();
    assert_eq!(put(&mut w, bot, &[message("1", "a", 11)], DELIVERY_KEPT).await.unwrap(), 0);
    assert_eq!(put(&mut w, bot, &[message("1", "a", 11)], DELIVERY_KEPT + 1).await.unwrap(), 1);
}

#[tokio::test]
async fn a_retry_holds_back_its_own_chat_only_and_the_third_fault_parks() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    let batch = [message("1", "a", 10), message("2", "b", 20), message("3", "a", 11)];
    put(&mut w, bot, &batch, 0).await.unwrap();
    let first = open_rows(&mut w, &[bot], 0, 1, 0).await.unwrap().remove(0);
    assert_eq!(failed(&mut w, first.id, "f1", 100).await.unwrap(), AfterFault::Retried);
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 99).await.unwrap()), [20]);
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 100).await.unwrap()), [10, 20, 11]);
    failed(&mut w, first.id, "f2", 100).await.unwrap();
    assert_eq!(failed(&mut w, first.id, "f3", 100).await.unwrap(), AfterFault::Parked);
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 100).await.unwrap()), [20, 11]);
    let parked = parked(&mut w).await.unwrap();
    assert_eq!((parked.len(), parked[0].fault.as_deref()), (1, Some("f3")));
    assert!(retry(&mut w, first.id).await.unwrap());
    assert!(!retry(&mut w, first.id).await.unwrap());
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 0).await.unwrap()), [10, 20, 11]);
    let all: Vec<i64> = open_rows(&mut w, &[bot], 0, 9, 0).await.unwrap().iter().map(|r| r.id).collect();
    done(&mut w, &all).await.unwrap();
    assert_eq!(backlog(&mut w).await.unwrap(), (0, None));
}

#[tokio::test]
async fn a_deadly_message_comes_last_after_five_tries_and_is_parked_after_six() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    put(&mut w, bot, &[message("1", "a", 10), message("2", "b", 20)], 0).await.unwrap();
    let deadly = open_rows(&mut w, &[bot], 0, 1, 0).await.unwrap()[0].id;
    for n in 1..=CUT_SHORT {
        assert!(last_resort(&mut w, &[bot]).await.unwrap().is_empty());
        assert_eq!(begin_try(&mut w, deadly).await.unwrap(), n);
    }
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 0).await.unwrap()), [20]);
    assert_eq!(ids(&last_resort(&mut w, &[bot]).await.unwrap()), [10]);
    assert!(park_deadly(&mut w, &[bot], "f").await.unwrap().is_empty());
    begin_try(&mut w, deadly).await.unwrap();
    assert_eq!(ids(&park_deadly(&mut w, &[bot], "f").await.unwrap()), [10]);
}

#[tokio::test]
async fn runs_tell_an_unclean_end() {
    let (_dir, store, _) = office().await;
    let mut w = store.write().await.unwrap();
    let first = runs::begin(&mut w, 100).await.unwrap();
    assert_eq!((first.clean, first.last_seen), (true, None));
    runs::seen(&mut w, first.id, 150).await.unwrap();
    let second = runs::begin(&mut w, 200).await.unwrap();
    assert_eq!((second.clean, second.last_seen), (false, Some(150)));
    runs::end(&mut w, second.id, 250).await.unwrap();
    let third = runs::begin(&mut w, 300).await.unwrap();
    assert_eq!((third.clean, third.last_seen), (true, Some(250)));
}

#[tokio::test]
async fn what_is_over_is_forgotten_and_the_content_key_is_not() {
    let (_dir, store, bot) = office().await;
    let mut w = store.write().await.unwrap();
    put(&mut w, bot, &[message("1", "a", 10), message("2", "a", 11)], 0).await.unwrap();
    let first = open_rows(&mut w, &[bot], 0, 1, 0).await.unwrap()[0].id;
    done(&mut w, &[first]).await.unwrap();
    w.commit().await.unwrap();
    // Two deliveries and one handled row; what is not handled yet stays with its text.
    assert_eq!(prune::prune(&store, prune::ROWS_KEPT + 1, 400).await.unwrap(), 3);
    let mut w = store.write().await.unwrap();
    assert_eq!(ids(&open_rows(&mut w, &[bot], 0, 9, 0).await.unwrap()), [11]);
    assert_eq!(put(&mut w, bot, &[message("9", "a", 10)], prune::ROWS_KEPT + 2).await.unwrap(), 0);
}
