//! Messages that wait together come to the same as messages that come one by one: the same
//! numbers, the same replies to each, whatever shares a statement with whatever.

use std::collections::BTreeMap;

use motcua::domain::official::OfficialId;
use motcua::store::{Connection, audit, check, directory};
use proptest::prelude::*;
use sqlx::Row;

use crate::office::{Office, at};

const OFFICE: &str = "
    INSERT INTO units (id, code, name, scheme) VALUES (1, 'X', 'UBND xã X', '15-14'), (2, 'Y', 'UBND xã Y', 'calendar');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Văn Minh'), (3, 'Vũ Văn Tú'), (4, 'Đỗ Thu Hà');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES
        (1, 1, 1, 'officer', 20000), (2, 2, 1, 'lead', 20000), (3, 3, 2, 'officer', 20000), (4, 4, 2, 'lead', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT m.id, f.id, 20000 FROM fields AS f, memberships AS m WHERE f.code IN ('HT', 'CT');
    INSERT INTO openings (unit_id, field_id, day, pending) SELECT 1, id, 20757, 7 FROM fields WHERE code = 'HT';
    INSERT INTO closed_periods (unit_id, first_day, last_day, period, closed_at) VALUES (2, 20700, 20757, 'thang 10/2026', 0);";

/// What may be said: good, doubtful and bad lines, for oneself and for a colleague.
const TEXTS: [&str; 18] = [
    "ht ol 9 tr 3 th 8 dh 2",
    "ht ol+4 bs+1",
    "ct tr 40 th 38 rut 1; ht bs 3 tqh 1",
    "18/11 ct ol 2 phi 250.000",
    "31/10 ht tr 2",
    "ht khong",
    "khac khong",
    "ct con 5",
    "ht ol 1o",
    "nhan 12",
    "/nhap @Lan ht ol 2",
    "/nhap @Tú ct th+3",
    "/hoantac",
    "/nhap khong",
    "khong; ht ol 3",
    "ht ol+60000",
    "16/11 ht bs 2; 17/11 ht bs+1",
    "/nhap ct ol 5 @Tú",
];

type Said = Vec<(i64, usize)>;

async fn office() -> Office {
    let office = Office::new("2026-11-20T16:00").await;
    office.set_up(OFFICE).await;
    office
}

/// Each person's answers in their order and, apart, the notices of what others did in their
/// name: where both wait, answers leave first. And what the tables of figures hold.
async fn after(
    office: &Office,
    heard: Vec<motcua::channel::terminal::Heard>,
) -> (BTreeMap<(i64, bool), Vec<String>>, Vec<String>) {
    let mut replies: BTreeMap<(i64, bool), Vec<String>> = BTreeMap::new();
    for h in heard {
        let labels: Vec<&str> = h.out.choices.iter().map(|c| c.label.as_str()).collect();
        let is_notice = h.out.text.contains(" đã nhập thay: ") || h.out.text.contains(" tin nhập thay: ");
        replies.entry((h.to.0, is_notice)).or_default().push(format!("{} {labels:?}", h.out.text));
    }
    let mut rows = Vec::new();
    let mut r = office.store.read().await.unwrap();
    for sql in [
        "SELECT json_array(unit_id, day, field_id, official_id, online, direct, postal, early, on_time, late, withdrawn) FROM counts ORDER BY 1",
        "SELECT json_array(unit_id, half, field_id, online, direct, postal, early, on_time, late, withdrawn) FROM half_months ORDER BY 1",
        "SELECT json_array(unit_id, field_id, official_id, figure, day, value, added) FROM stocks ORDER BY 1",
        "SELECT json_array(unit_id, day, field_id, official_id, indicator_id, value) FROM indicator_counts ORDER BY 1",
        "SELECT json_array(unit_id, actor_id, kind, detail) FROM audit ORDER BY 1",
    ] {
        let found = sqlx::query(sql).fetch_all(&mut *r).await.unwrap();
        rows.extend(found.iter().map(|row| row.get::<String, _>(0)));
    }
    assert_eq!(audit::first_broken(&mut r).await.unwrap(), None);
    nothing_is_wrong(&mut r).await;
    (replies, rows)
}

/// What `motcua check` finds in messages and counts.
async fn nothing_is_wrong(conn: &mut Connection) {
    let (written, left) = audit::written_and_left(conn).await.unwrap();
    assert_eq!(written, left);
    assert_eq!(check::messages::wrong(conn).await.unwrap(), []);
    let dir = directory::load(conn).await.unwrap();
    for unit in dir.units.keys() {
        assert_eq!(check::replayed::differs(conn, &dir, *unit).await.unwrap(), []);
    }
}

async fn one_by_one(said: &Said) -> (BTreeMap<(i64, bool), Vec<String>>, Vec<String>) {
    let office = office().await;
    let mut heard = Vec::new();
    for (who, text) in said {
        heard.extend(office.terminal.say(OfficialId(*who), TEXTS[*text]).await.unwrap());
    }
    after(&office, heard).await
}

async fn together(said: &Said) -> (BTreeMap<(i64, bool), Vec<String>>, Vec<String>) {
    let office = office().await;
    let now = at("2026-11-20T16:00");
    let all: Vec<_> = said.iter().map(|(who, text)| (OfficialId(*who), now, TEXTS[*text])).collect();
    let heard = office.terminal.say_all(&all).await.unwrap();
    after(&office, heard).await
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn posts_that_wait_together_come_to_what_they_come_to_one_by_one(
        said in prop::collection::vec((1_i64..=4, 0..TEXTS.len()), 2..24)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (alone, waited) = runtime.block_on(async { (one_by_one(&said).await, together(&said).await) });
        prop_assert_eq!(alone, waited);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_never_overtakes_the_posts_of_its_chat() {
    let office = office().await;
    let now = at("2026-11-20T16:00");
    let said = [(OfficialId(1), now, "ht ol 1"), (OfficialId(2), now, "ht ol 2"), (OfficialId(2), now, "/homnay")];
    let heard = office.terminal.say_all(&said).await.unwrap();
    let to_minh: Vec<&str> = heard.iter().filter(|h| h.to.0 == 2).map(|h| h.out.text.as_str()).collect();
    assert!(to_minh[0].starts_with("Đã lưu"), "{to_minh:?}");
    assert!(to_minh[1].contains("mới tiếp nhận 3"), "{to_minh:?}");
}
