//! The invented province. No name is that of a real office; given names are unique, so that
//! `motcua chat --as Lan` finds its person.

use crate::domain::official::Role;

/// Somebody with a role and, where they post, fields.
pub struct Person {
    pub name: &'static str,
    pub role: Role,
    pub fields: &'static [&'static str],
}

/// A unit with its people.
pub struct Commune {
    pub code: &'static str,
    pub name: &'static str,
    pub people: &'static [Person],
    /// Field, pending, late among them at the start.
    pub openings: &'static [(&'static str, i64, i64)],
    /// Field, dossiers a day in tenths.
    pub busy: &'static [(&'static str, i64)],
}

const fn person(name: &'static str, role: Role, fields: &'static [&'static str]) -> Person {
    Person { name, role, fields }
}

pub const PROVINCE: Commune = Commune {
    code: "TSM",
    name: "UBND tỉnh Sông Mây",
    people: &[person("Vũ Quốc Bình", Role::Leader, &[]), person("Phan Thanh Hải", Role::Admin, &[])],
    openings: &[],
    busy: &[],
};

pub const COMMUNES: [Commune; 3] = [
    Commune {
        code: "KM",
        name: "UBND xã Khe Mây",
        people: &[
            person("Nguyễn Thị Lan", Role::Officer, &["CT", "HT"]),
            person("Trần Văn Minh", Role::Officer, &["ĐĐ", "CS"]),
            person("Lê Thu Hà", Role::Officer, &["BTXH", "NCC"]),
            person("Phạm Đức Dũng", Role::Lead, &[]),
            person("Hoàng Thị Ngọc", Role::Leader, &[]),
        ],
        openings: &[("HT", 3, 0), ("ĐĐ", 14, 2), ("BTXH", 5, 0)],
        busy: &[("CT", 240), ("HT", 90), ("ĐĐ", 50), ("CS", 10), ("BTXH", 40), ("NCC", 15)],
    },
    Commune {
        code: "BT",
        name: "UBND phường Bến Trăng",
        people: &[
            person("Đỗ Thu Trang", Role::Officer, &["CT"]),
            person("Bùi Anh Tuấn", Role::Officer, &["HT", "NCC"]),
            person("Mai Hồng Nhung", Role::Officer, &["ĐĐ", "BTXH"]),
            person("Trịnh Văn Phú", Role::Lead, &[]),
        ],
        openings: &[("HT", 6, 0), ("ĐĐ", 22, 3), ("BTXH", 4, 0)],
        busy: &[("CT", 410), ("HT", 150), ("NCC", 10), ("ĐĐ", 85), ("BTXH", 60)],
    },
    Commune {
        code: "DS",
        name: "UBND xã Đồi Sim",
        people: &[
            person("Hà Văn Tình", Role::Officer, &["CT", "HT", "BTXH"]),
            person("Cao Thị Sen", Role::Officer, &["ĐĐ", "NCC"]),
            person("Đinh Văn Lộc", Role::Lead, &[]),
        ],
        openings: &[("ĐĐ", 7, 0), ("HT", 1, 0)],
        busy: &[("CT", 95), ("HT", 40), ("BTXH", 25), ("ĐĐ", 30), ("NCC", 10)],
    },
];
