use super::*;
use crate::store::{Store, Writing, bots};

const LAN: OfficialId = OfficialId(1);

async fn office() -> (tempfile::TempDir, Store, Writing, i64) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}/x.db", dir.path().display())).await.unwrap();
    let mut w = store.write().await.unwrap();
    let bot = bots::known_as(&mut w, "telegram", "7", "motcua_bot").await.unwrap();
    (dir, store, w, bot)
}

fn reply<'a>(bot_id: i64, chat_id: &'a str, text: &'a str, choices: &'a [NewChoice]) -> NewReply<'a> {
    NewReply { choices, ..NewReply::notice(bot_id, chat_id, text) }
}

fn undo() -> Vec<NewChoice> {
    vec![NewChoice { label: "Hoàn tác".into(), action: r#"{"undo":{"post":1}}"#.into(), official: LAN }]
}

fn texts(out: &[Out]) -> Vec<&str> {
    out.iter().map(|o| o.text.as_str()).collect()
}

#[tokio::test]
async fn a_chat_has_one_message_in_flight_and_keeps_its_order() {
    let (_dir, _store, mut w, bot) = office().await;
    let all = [reply(bot, "a", "a1", &[]), reply(bot, "a", "a2", &[]), reply(bot, "b", "b1", &[])];
    let ids = add_all(&mut w, &all, 0).await.unwrap();
    assert_eq!(texts(&claim(&mut w, bot, 9, &["b"], 0).await.unwrap()), ["a1"]);
    assert_eq!(texts(&claim(&mut w, bot, 9, &[], 0).await.unwrap()), ["b1"]);
    settle(&mut w, &[(ids[0], Outcome::Retry { next_at: 10, ambiguous: false })], 1).await.unwrap();
    assert!(claim(&mut w, bot, 9, &[], 9).await.unwrap().is_empty());
    let again = claim(&mut w, bot, 9, &[], 10).await.unwrap();
    assert_eq!((texts(&again), again[0].attempts, again[0].ambiguous), (vec!["a1"], 2, false));
    let sent = Outcome::Sent { message_id: Some(5) };
    settle(&mut w, &[(ids[0], sent.clone()), (ids[2], sent)], 11).await.unwrap();
    assert_eq!(texts(&claim(&mut w, bot, 9, &[], 11).await.unwrap()), ["a2"]);
    settle(&mut w, &[(ids[1], Outcome::Dropped { error: "blocked".into() })], 11).await.unwrap();
    assert_eq!(backlog(&mut w).await.unwrap(), (0, None));
}

#[tokio::test]
async fn an_answer_leaves_before_what_nobody_asked_for() {
    let (_dir, _store, mut w, bot) = office().await;
    let answer = NewReply { inbox_id: Some(7), ..reply(bot, "b", "answer", &[]) };
    add_all(&mut w, &[reply(bot, "a", "nag a", &[]), reply(bot, "b", "nag b", &[]), answer], 0).await.unwrap();
    assert_eq!(texts(&claim(&mut w, bot, 1, &[], 0).await.unwrap()), ["answer"]);
    assert_eq!(texts(&claim(&mut w, bot, 9, &[], 0).await.unwrap()), ["nag a"]); // one in flight a chat
}

#[tokio::test]
async fn a_crash_while_sending_leaves_the_message_ambiguous_behind_its_sent_parts() {
    let (_dir, _store, mut w, bot) = office().await;
    let id = add(&mut w, &reply(bot, "a", "long", &[]), 0).await.unwrap();
    claim(&mut w, bot, 9, &[], 0).await.unwrap();
    settle(&mut w, &[(id, Outcome::Part { parts: 1 })], 0).await.unwrap();
    claim(&mut w, bot, 9, &[], 0).await.unwrap();
    assert_eq!(recover(&mut w, bot).await.unwrap(), 1);
    let out = claim(&mut w, bot, 9, &[], 0).await.unwrap().remove(0);
    assert_eq!((out.part, out.ambiguous), (1, true));
}

#[tokio::test]
async fn a_choice_is_taken_once_by_its_owner_within_a_day() {
    let (_dir, _store, mut w, bot) = office().await;
    let choices = undo();
    add(&mut w, &reply(bot, "a", "Đã lưu", &choices), 0).await.unwrap();
    let out = claim(&mut w, bot, 9, &[], 0).await.unwrap().remove(0);
    let id = out.choices[0].id.clone();
    assert!(id.len() <= 64 && id.is_ascii(), "{id}");
    assert_eq!(take_choice(&mut w, &id, OfficialId(2), 5).await.unwrap(), Taken::NotYours);
    assert_eq!(take_choice(&mut w, &id, LAN, CHOICE_LIVES + 1).await.unwrap(), Taken::Stale);
    assert!(
        matches!(take_choice(&mut w, &id, LAN, 5).await.unwrap(), Taken::Action { action, .. } if action == choices[0].action)
    );
    assert_eq!(take_choice(&mut w, &id, LAN, 6).await.unwrap(), Taken::Stale);
    for forged in ["", ".", "1.", "zz.1", "1.00", "ffffffffffffffffff.1"] {
        assert_eq!(take_choice(&mut w, forged, LAN, 5).await.unwrap(), Taken::Stale, "{forged}");
    }
}

#[tokio::test]
async fn a_number_answers_only_the_newest_message_shown() {
    let (_dir, _store, mut w, bot) = office().await;
    let choices = undo();
    let offer = add(&mut w, &reply(bot, "a", "Đã lưu", &choices), 0).await.unwrap();
    assert_eq!(newest_choice(&mut w, (bot, "a"), 1, (0, 0)).await.unwrap(), None); // not shown yet
    let id = claim(&mut w, bot, 9, &[], 0).await.unwrap().remove(0).choices.remove(0).id;
    settle(&mut w, &[(offer, Outcome::Sent { message_id: Some(1) })], 10).await.unwrap();
    let nag = add(&mut w, &reply(bot, "a", "Nhắc", &[]), 11).await.unwrap(); // waits: nobody has seen it
    assert_eq!(newest_choice(&mut w, (bot, "a"), 1, (10 + NUMBER_LIVES, 10 + NUMBER_LIVES)).await.unwrap(), Some(id));
    assert_eq!(newest_choice(&mut w, (bot, "a"), 1, (11 + NUMBER_LIVES, 11 + NUMBER_LIVES)).await.unwrap(), None);
    assert_eq!(newest_choice(&mut w, (bot, "a"), 2, (20, 20)).await.unwrap(), None);
    assert_eq!(newest_choice(&mut w, (bot, "a"), 0, (20, 20)).await.unwrap(), None);
    claim(&mut w, bot, 9, &[], 20).await.unwrap();
    settle(&mut w, &[(nag, Outcome::Sent { message_id: Some(2) })], 20).await.unwrap();
    assert_eq!(newest_choice(&mut w, (bot, "a"), 1, (21, 21)).await.unwrap(), None);
}

#[tokio::test]
async fn waiting_replies_follow_a_chat_that_moves_and_end_with_their_bot() {
    let (_dir, _store, mut w, bot) = office().await;
    add(&mut w, &reply(bot, "-1", "x", &[]), 0).await.unwrap();
    bots::chat_moved(&mut w, "telegram", "-1", "-100").await.unwrap();
    assert_eq!(claim(&mut w, bot, 9, &[], 0).await.unwrap()[0].chat_id, "-100");
    let other = bots::known_as(&mut w, "telegram", "8", "other_bot").await.unwrap();
    assert_eq!(bots::retire_others(&mut w, "telegram", &[other], 5).await.unwrap(), 1);
    assert_eq!(backlog(&mut w).await.unwrap(), (0, None));
    assert_eq!(bots::serving(&mut w, Some("telegram")).await.unwrap(), [other]);
}

#[tokio::test]
async fn settling_finds_its_rows_by_id() {
    let (_dir, _store, mut w, _) = office().await;
    let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(
        "EXPLAIN QUERY PLAN UPDATE outbox SET state = 'sent' FROM json_each('[[1,2]]') j WHERE outbox.id = j.value ->> 0",
    )
    .fetch_all(&mut *w)
    .await
    .unwrap();
    assert!(plan.iter().any(|p| p.3.contains("SEARCH outbox USING INTEGER PRIMARY KEY")), "{plan:?}");
}

#[tokio::test]
async fn a_text_that_opens_something_is_forgotten_once_it_has_left() {
    let (_dir, _store, mut w, bot) = office().await;
    let secret = |text| NewReply { secret: true, ..reply(bot, text, text, &[]) };
    let all = [secret("code 1"), secret("code 2"), reply(bot, "c", "plain", &[])];
    let ids = add_all(&mut w, &all, 0).await.unwrap();
    claim(&mut w, bot, 9, &[], 0).await.unwrap();
    let again = Outcome::Retry { next_at: 5, ambiguous: true };
    settle(&mut w, &[(ids[0], again), (ids[2], Outcome::Sent { message_id: None })], 1).await.unwrap();
    settle(&mut w, &[(ids[1], Outcome::Dropped { error: "blocked".into() })], 1).await.unwrap();
    assert_eq!(texts(&claim(&mut w, bot, 9, &[], 5).await.unwrap()), ["code 1"]);
    settle(&mut w, &[(ids[0], Outcome::Sent { message_id: None })], 6).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("SELECT text FROM outbox ORDER BY id").fetch_all(&mut *w).await.unwrap();
    assert_eq!(kept, ["", "", "plain"]);
}
