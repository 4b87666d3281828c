//! File links: who holds one fetches the file for a day, nobody else learns anything.

use std::sync::atomic::Ordering;

use motcua::domain::official::OfficialId;
use motcua::domain::unit::UnitId;
use motcua::store::web_links::{self, Whose};
use reqwest::{Client, Response};

use super::{Web, get, status};
use crate::office::at;

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |v| v.to_str().unwrap())
}

async fn scene(web: &Web) {
    let mut w = web.store.write().await.unwrap();
    let sql = "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
               INSERT INTO officials (id, name) VALUES (1, 'Lan'), (2, 'Minh'), (9, 'Quản');";
    sqlx::raw_sql(sql).execute(&mut *w).await.unwrap();
    w.commit().await.unwrap();
}

#[tokio::test]
async fn a_file_comes_with_its_name_and_kind_and_is_kept_by_nobody() {
    let web = Web::new().await;
    scene(&web).await;
    let url = web.link_to("Biểu II.06a.xlsx", Some(1)).await;
    let file = reqwest::get(&url).await.unwrap();
    assert_eq!(file.status(), 200);
    assert_eq!(header(&file, "content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_eq!(
        header(&file, "content-disposition"),
        "attachment; filename=\"bieu ii.06a.xlsx\"; filename*=UTF-8''Bi%E1%BB%83u%20II.06a.xlsx"
    );
    assert_eq!(header(&file, "referrer-policy"), "no-referrer");
    assert_eq!(header(&file, "cache-control"), "private, no-store");
    assert_eq!(header(&file, "x-content-type-options"), "nosniff");
    assert!(header(&file, "content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(file.text().await.unwrap(), "Biểu II.06a.xlsx");
}

#[tokio::test]
async fn many_gets_and_heads_make_the_file_once_and_change_nothing() {
    let web = Web::new().await;
    scene(&web).await;
    let url = web.link_to("the.png", Some(1)).await;
    let rows = async || {
        let mut r = web.store.read().await.unwrap();
        let all = "SELECT id, hex(secret_hash), recipe, expires_at, over_at FROM web_links";
        sqlx::query_as::<_, (i64, String, String, i64, Option<i64>)>(all).fetch_all(&mut *r).await.unwrap()
    };
    let before = rows().await;
    let client = Client::new();
    let head = client.head(&url).send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "content-length")), (200, "7"));
    for _ in 0..3 {
        // Zalo wants to see from the address that it is a picture.
        let picture = client.get(format!("{url}.png")).send().await.unwrap();
        assert_eq!((picture.status().as_u16(), header(&picture, "content-type")), (200, "image/png"));
        assert_eq!(picture.bytes().await.unwrap(), "the.png");
    }
    assert_eq!(web.made.load(Ordering::Relaxed), 1);
    assert_eq!(rows().await, before);
}

#[tokio::test]
async fn a_link_holds_for_24_hours() {
    let web = Web::new().await;
    scene(&web).await;
    let url = web.link_to("a.xlsx", Some(1)).await;
    web.clock.set(at("2026-11-21T08:59"));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 200);
    web.clock.set(at("2026-11-21T09:00"));
    assert_eq!(reqwest::get(&url).await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_person_revokes_their_own_links_and_an_administrator_all_of_the_unit() {
    let web = Web::new().await;
    scene(&web).await;
    let (lans, minhs) = (web.link_to("lan.xlsx", Some(1)).await, web.link_to("minh.xlsx", Some(2)).await);
    let revoke = async |whose: Whose| {
        let mut w = web.store.write().await.unwrap();
        let n = web_links::revoke(&mut w, whose, at("2026-11-20T09:00")).await.unwrap();
        w.commit().await.unwrap();
        n
    };
    // Fetched before: what is held in memory must not outlive the link.
    assert_eq!(reqwest::get(&lans).await.unwrap().status(), 200);
    assert_eq!(revoke(Whose::Person(OfficialId(1))).await, 1);
    assert_eq!(reqwest::get(&lans).await.unwrap().status(), 404);
    assert_eq!(reqwest::get(&minhs).await.unwrap().status(), 200);
    assert_eq!(revoke(Whose::Unit(UnitId(1), OfficialId(9))).await, 1);
    assert_eq!(reqwest::get(&minhs).await.unwrap().status(), 404);
    assert_eq!(revoke(Whose::Unit(UnitId(1), OfficialId(9))).await, 0);
}

#[tokio::test]
async fn whatever_does_not_hold_is_one_and_the_same_answer() {
    let web = Web::new().await;
    scene(&web).await;
    let url = web.link_to("a.xlsx", Some(1)).await;
    let secret = url.rsplit('/').next().unwrap();
    assert!(secret.len() * 4 >= 128, "bits of {secret}");
    let body = |answer: &str| answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_string();
    let nothing = web.raw(&get("/tep/0123456789012345678901234567890123456789")).await;
    assert_eq!(status(&nothing), 404);
    for path in [
        "/".to_string(),
        "/tep".to_string(),
        "/tep/".to_string(),
        "/tep/x".to_string(),
        format!("/tep/{}", &secret[..39]),
        format!("/tep/{}", secret.to_uppercase()),
        format!("/tep/{secret}/"),
        format!("/tep//{secret}"),
        format!("//tep/{secret}"),
        format!("/tep/../tep/{secret}"),
        format!("/tep/%2e%2e%2ftep%2f{secret}"),
        format!("/tep/{secret}%00"),
        "/tep/../../../../etc/passwd".to_string(),
        "/tep/..%2f..%2foffice.db".to_string(),
        "/webhook/telegram/7".to_string(),
        "/%ff%fe".to_string(),
        format!("/{}", "a".repeat(8_000)),
    ] {
        let answer = web.raw(&get(&path)).await;
        assert_eq!(status(&answer), 404, "{path}");
        assert_eq!(body(&answer), body(&nothing), "{path}");
    }
    // What was in the database is never in an answer, and the right address still holds.
    assert!(!nothing.contains("a.xlsx"));
    assert_eq!(status(&web.raw(&get(&format!("/tep/{secret}"))).await), 200);
}

#[tokio::test]
async fn links_are_forgotten_a_day_after_their_end() {
    let web = Web::new().await;
    scene(&web).await;
    web.link_to("a.xlsx", Some(1)).await;
    let left = async |time: &str| {
        motcua::store::prune::prune(&web.store, at(time).timestamp(), 400).await.unwrap();
        let mut r = web.store.read().await.unwrap();
        sqlx::query_scalar::<_, i64>("SELECT count(*) FROM web_links").fetch_one(&mut *r).await.unwrap()
    };
    assert_eq!(left("2026-11-22T08:59").await, 1);
    assert_eq!(left("2026-11-22T09:01").await, 0);
}

#[tokio::test]
async fn the_database_holds_no_secret() {
    let web = Web::new().await;
    scene(&web).await;
    let url = web.link_to("a.xlsx", Some(1)).await;
    let secret = url.rsplit('/').next().unwrap().to_string();
    let mut r = web.store.read().await.unwrap();
    let rows: Vec<(Vec<u8>, String)> =
        sqlx::query_as("SELECT secret_hash, recipe FROM web_links").fetch_all(&mut *r).await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].0.len(), 32);
    assert!(!rows[0].1.contains(&secret));
    assert!(std::fs::read(web.store.path()).unwrap().windows(40).all(|w| w != secret.as_bytes()));
}
