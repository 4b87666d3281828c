//! The same five dossiers in lists of every make give the same plan; files that are no
//! lists, or mean harm, give a sentence.

mod hostile;
mod layouts;
mod rows;

use chrono::NaiveDate;

use super::*;
use crate::domain::field::{Field, FieldId};
use crate::domain::official::OfficialId;

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The fields that the samples name.
pub fn fields() -> Vec<Field> {
    [(1, "HT", "Hộ tịch"), (2, "ĐĐ", "Đất đai"), (3, "CT", "Chứng thực"), (4, "BTXH", "Bảo trợ xã hội")]
        .map(|(id, code, name)| Field {
            id: FieldId(id),
            code: code.into(),
            name: name.into(),
            aliases: vec![],
            rank: id,
        })
        .to_vec()
}

pub fn read_on(bytes: &[u8], today: &str) -> Result<List, Refused> {
    let officials = [(OfficialId(1), "Đinh Quốc Lan".to_string()), (OfficialId(2), "Đinh Thị Minh".to_string())];
    read(bytes, &Context { today: day(today), fields: &fields(), officials: &officials })
}

pub fn read_sample(bytes: &[u8]) -> List {
    read_on(bytes, "2026-11-20").expect("a list")
}

/// One dossier of the samples as every make prints it.
pub struct Sample {
    pub code: &'static str,
    pub field: &'static str,
    pub procedure: &'static str,
    pub received: &'static str,
    pub due: &'static str,
    pub ended: &'static str,
    pub status: (&'static str, i64),
    pub holder: &'static str,
}

pub const SAMPLES: [Sample; 5] = [
    Sample {
        code: "H12.34.56-261116-0001",
        field: "Hộ tịch",
        procedure: "Đăng ký khai sinh",
        received: "2026-11-16",
        due: "2026-11-19",
        ended: "2026-11-18",
        status: ("Đã trả kết quả", 10),
        holder: "Đinh Quốc Lan",
    },
    Sample {
        code: "H12.34.56-261117-0002",
        field: "Đất đai",
        procedure: "Cấp giấy chứng nhận quyền sử dụng đất",
        received: "2026-11-17",
        due: "2026-12-15",
        ended: "",
        status: ("Đang xử lý", 4),
        holder: "Đinh Thị Minh",
    },
    Sample {
        code: "H12.34.56-261117-0003",
        field: "Chứng thực",
        procedure: "Chứng thực bản sao từ bản chính",
        received: "2026-11-17",
        due: "2026-11-18",
        ended: "2026-11-20",
        status: ("Đã trả kết quả", 10),
        holder: "Đinh Quốc Lan",
    },
    Sample {
        code: "H12.34.56-261118-0004",
        field: "Bảo trợ xã hội",
        procedure: "Trợ cấp hưu trí xã hội",
        received: "2026-11-18",
        due: "2026-12-02",
        ended: "",
        status: ("Yêu cầu bổ sung giấy tờ", 5),
        holder: "",
    },
    Sample {
        code: "H12.34.56-261119-0005",
        field: "Hộ tịch",
        procedure: "Cấp bản sao trích lục hộ tịch",
        received: "2026-11-19",
        due: "2026-11-20",
        ended: "2026-11-19",
        status: ("Công dân yêu cầu rút", 7),
        holder: "Đinh Quốc Lan",
    },
];

/// What the samples come to, wherever they stand.
pub fn expected() -> Vec<Listed> {
    use super::status::Status::{Open, Resolved, Stopped, Withdrawn};
    let statuses = [Resolved, Open, Resolved, Stopped, Withdrawn];
    let holders = [Some(1), Some(2), Some(1), None, Some(1)];
    let optional = |d: &str| if d.is_empty() { None } else { Some(day(d)) };
    (SAMPLES.iter().zip(statuses).zip(holders))
        .map(|((s, status), holder)| Listed {
            place: Place::default(),
            code: s.code.to_string(),
            field: fields().iter().find(|f| f.name == s.field).map(|f| f.id),
            guessed_field: false,
            unknown_field: String::new(),
            received: optional(s.received),
            due: optional(s.due),
            promised: None,
            status: Some(status),
            ended: optional(s.ended),
            holder: holder.map(OfficialId),
        })
        .collect()
}

/// The rows of a list without their places, in order of their codes.
pub fn told(list: &List) -> Vec<Listed> {
    let mut rows: Vec<Listed> =
        list.rows.iter().map(|r| Listed { place: Place::default(), guessed_field: false, ..r.clone() }).collect();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows
}
