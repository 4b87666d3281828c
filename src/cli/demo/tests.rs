use super::*;
use crate::clock::{OFFICE_ZONE, parse_time};
use crate::words::Locale;

async fn run(store: &Store, now: &str) -> (End, String) {
    let mut out = Vec::new();
    let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
    let end = demo(store, desk, parse_time(now, OFFICE_ZONE).unwrap(), &mut out).await.unwrap();
    (end, String::from_utf8(out).unwrap())
}

#[tokio::test]
async fn the_invented_office_is_read_without_a_fault_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}/x.db", folder.path().display())).await.unwrap();
    let (end, out) = run(&store, "2026-11-20T10:00").await;
    assert_eq!(end, End::Done);
    assert!(out.contains("motcua chat --as Lan"), "{out}");
    let one = async |sql: &str| -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_string()))
            .fetch_one(&mut *store.read().await.unwrap())
            .await
            .unwrap()
    };
    assert_eq!(one("SELECT count(*) FROM inbox WHERE state <> 'done'").await, 0);
    assert_eq!(one("SELECT count(*) FROM outbox WHERE state <> 'sent'").await, 0);
    let faults: Vec<String> =
        sqlx::query_scalar("SELECT text FROM outbox WHERE text LIKE '%Chưa lưu%' OR text LIKE '%nhỏ hơn 0%' LIMIT 3")
            .fetch_all(&mut *store.read().await.unwrap())
            .await
            .unwrap();
    assert_eq!(faults, Vec::<String>::new());
    let said = one("SELECT count(*) FROM inbox WHERE kind = 'message' AND text NOT LIKE '/hoantac'").await;
    let (posts, acts) = (one("SELECT count(*) FROM posts").await, one("SELECT count(*) FROM dossier_acts").await);
    assert_eq!(posts + acts, said, "every message is a post or changes the register");
    let open = one("SELECT count(*) FROM dossiers WHERE state = 'open'").await;
    assert!(open > 20 && one("SELECT count(*) FROM dossiers WHERE state = 'resolved'").await > open);
    // Every command answers something: some are overdue, not many.
    let today = "(SELECT max(received) + 1 FROM dossiers)";
    let late = one(&format!("SELECT count(*) FROM dossiers WHERE state = 'open' AND due < {today}")).await;
    assert!((1..=open / 2).contains(&late), "{late} of {open}");
    for kind in ["edit", "undo"] {
        let n: i64 = sqlx::query_scalar("SELECT count(*) FROM audit WHERE kind = ?")
            .bind(kind)
            .fetch_one(&mut *store.read().await.unwrap())
            .await
            .unwrap();
        assert!(n > 0, "{kind}");
    }
    assert_eq!(run(&store, "2026-11-20T10:00").await, (End::No, String::new()));
}
