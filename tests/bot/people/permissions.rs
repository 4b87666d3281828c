//! Who may use which command: the table of SPEC §3, asked in the chat itself.

use motcua::domain::official::{Role, may};
use motcua::grammar::table::COMMANDS;

use crate::office::Office;

/// Command, then officer, lead, leader, admin.
const TABLE: [(&str, [bool; 4]); 41] = [
    ("nhap", [true, true, false, false]),
    ("sua", [true, true, false, false]),
    ("hoantac", [true, true, false, false]),
    ("mau", [true, true, false, false]),
    ("homnay", [true, true, true, true]),
    ("lichsu", [true, true, true, true]),
    ("tonghop", [true, true, true, true]),
    ("xuat", [true, true, true, true]),
    ("bieudo", [true, true, true, true]),
    ("sosanh", [true, true, true, true]),
    ("visao", [true, true, true, true]),
    ("thieu", [false, true, true, true]),
    ("hoan", [true, true, true, true]),
    ("nghi", [true, true, true, true]),
    ("nhac", [true, true, true, true]),
    ("tondau", [false, true, false, true]),
    ("hoso", [true, true, false, false]),
    ("xong", [true, true, false, false]),
    ("rut", [true, true, false, false]),
    ("bosung", [true, true, false, false]),
    ("tieptuc", [true, true, false, false]),
    ("giahan", [true, true, false, false]),
    ("lydo", [true, true, false, false]),
    ("sapden", [true, true, true, true]),
    ("quahan", [true, true, true, true]),
    ("doichieu", [false, true, true, true]),
    ("so", [true, true, true, true]),
    ("tailen", [true, true, false, false]),
    ("thuhoi", [true, true, true, true]),
    ("tracuu", [true, true, true, true]),
    ("moi", [false, true, false, true]),
    ("xoa", [false, true, false, true]),
    ("bangiao", [false, true, false, true]),
    ("nhom", [false, true, false, true]),
    ("linhvuc", [false, false, false, true]),
    ("ngaynghi", [false, false, false, true]),
    ("donvi", [true, true, true, true]),
    ("ngonngu", [true, true, true, true]),
    ("kenh", [true, true, true, true]),
    ("start", [true, true, true, true]),
    ("trogiup", [true, true, true, true]),
];

const PEOPLE: [(&str, Role); 4] =
    [("Lan", Role::Officer), ("Minh", Role::Lead), ("Hà", Role::Leader), ("Quản", Role::Admin)];

const OFFICE: &str = "
    INSERT INTO units (code, name) VALUES ('GL', 'UBND xã Gia Lộc');
    INSERT INTO officials (name, current_unit_id) VALUES ('Lan', 1), ('Minh', 1), ('Hà', 1), ('Quản', 1);
    INSERT INTO memberships (official_id, unit_id, role, since) VALUES
        (1, 1, 'officer', 20000), (2, 1, 'lead', 20000), (3, 1, 'leader', 20000), (4, 1, 'admin', 20000);";

#[test]
fn the_table_in_code_is_that_of_the_contract() {
    assert_eq!(COMMANDS.iter().map(|r| r.name).collect::<Vec<_>>(), TABLE.map(|(name, _)| name));
    for (row, (name, expected)) in COMMANDS.iter().zip(TABLE) {
        assert_eq!(Role::ALL.map(|role| may(role, row.action)), expected, "{name}");
    }
}

#[tokio::test]
async fn whoever_may_not_is_refused_and_whoever_may_is_not() {
    for (row, (name, expected)) in COMMANDS.iter().zip(TABLE) {
        for ((person, role), allowed) in PEOPLE.into_iter().zip(expected) {
            let mut office = Office::new("2026-11-20T16:05").await;
            office.set_up(OFFICE).await;
            office.say(person, row.example).await;
            let heard = office.hears_all();
            let refused = heard.starts_with("Lệnh này không dành cho vai trò");
            assert!(!heard.is_empty() && refused != allowed, "{person} ({role:?}) /{name}: {heard}");
        }
    }
}
