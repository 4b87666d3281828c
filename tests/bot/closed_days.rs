//! Closed days (SPEC §14): a new message's line for one is refused by itself, an edit or an
//! undo that touches one is refused whole.

use super::office::Office;

const OFFICE: &str = "
    INSERT INTO units (id, code, name, scheme) VALUES (1, 'X', 'UBND xã X', 'calendar');
    INSERT INTO officials (id, name) VALUES (1, 'Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT 1, id, 20000 FROM fields WHERE code IN ('HT', 'CT');";
const CLOSE_OCTOBER: &str = "INSERT INTO closed_periods (unit_id, first_day, last_day, period, closed_at)
    VALUES (1, 20727, 20757, 'thang 10/2026', 0);";
const REFUSED: &str =
    "Không sửa được: ngày 30/10 thuộc kỳ đã chốt (Tháng 10/2026); lãnh đạo hoặc quản trị mở lại bằng /mochot.";

async fn counts(office: &Office) -> Vec<(i64, i64)> {
    let mut r = office.store.read().await.unwrap();
    sqlx::query_as("SELECT day, online FROM counts ORDER BY day, field_id").fetch_all(&mut *r).await.unwrap()
}

#[tokio::test]
async fn an_edit_is_refused_whole_where_its_old_or_its_new_form_speaks_of_a_closed_day() {
    let mut office = Office::new("2026-11-02T16:00").await;
    office.set_up(OFFICE).await;
    office.say("Lan", "ht ol 2").await;
    office.say("Lan", "30/10 ht ol 5").await;
    office.hears_all();
    office.set_up(CLOSE_OCTOBER).await;
    let before = counts(&office).await;

    office.edit_back("Lan", 2, "ht ol 3\n30/10 ct ol 1").await;
    assert_eq!(office.hears("Lan"), REFUSED);
    office.edit_back("Lan", 1, "ht ol 6").await;
    assert_eq!(office.hears("Lan"), REFUSED);
    office.say("Lan", "/hoantac").await;
    assert_eq!(office.hears("Lan"), REFUSED);
    assert_eq!(counts(&office).await, before);

    office.say("Lan", "ht ol 4\n30/10 ct ol 1").await;
    assert!(office.hears("Lan").contains("Dòng 2: Ngày 30/10 thuộc kỳ đã chốt"));
    assert_ne!(counts(&office).await, before);
}
