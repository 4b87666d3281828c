//! The national status of a dossier (DOMAIN §3.3), by its number or its words.

use super::sheet::Cell;
use crate::grammar::fold::fold;

/// What a status says of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 1, 3: not received, none of ours.
    NotReceived,
    /// 2, 4.
    Open,
    /// 5, 6, 8: its clock stands still.
    Stopped,
    /// 7.
    Withdrawn,
    /// 9, 10.
    Resolved,
}

impl Status {
    /// The status of a national number.
    pub fn by_number(number: i64) -> Option<Status> {
        Some(match number {
            1 | 3 => Status::NotReceived,
            2 | 4 => Status::Open,
            5 | 6 | 8 => Status::Stopped,
            7 => Status::Withdrawn,
            9 | 10 => Status::Resolved,
            _ => return None,
        })
    }

    /// A number that stands for it.
    pub fn number(self) -> i64 {
        match self {
            Status::NotReceived => 1,
            Status::Open => 4,
            Status::Stopped => 5,
            Status::Withdrawn => 7,
            Status::Resolved => 10,
        }
    }
}

/// Words as they stand in a status, folded; the first that is there counts.
const WORDS: [(&str, Status); 35] = [
    ("moi dang ky", Status::NotReceived),
    ("cho tiep nhan", Status::NotReceived),
    ("chua tiep nhan", Status::NotReceived),
    ("khong duoc tiep nhan", Status::NotReceived),
    ("khong tiep nhan", Status::NotReceived),
    ("tu choi", Status::NotReceived),
    ("yeu cau rut", Status::Withdrawn),
    ("rut ho so", Status::Withdrawn),
    ("da rut", Status::Withdrawn),
    ("xin rut", Status::Withdrawn),
    ("tra lai", Status::Withdrawn),
    ("da bo sung", Status::Open),
    ("bo sung", Status::Stopped),
    ("nghia vu tai chinh", Status::Stopped),
    ("nvtc", Status::Stopped),
    ("tam dung", Status::Stopped),
    ("dung xu ly", Status::Stopped),
    ("da xu ly", Status::Resolved),
    ("xu ly xong", Status::Resolved),
    ("da tra", Status::Resolved),
    ("cho tra", Status::Resolved),
    ("da giai quyet", Status::Resolved),
    ("giai quyet xong", Status::Resolved),
    ("hoan thanh", Status::Resolved),
    ("da ket thuc", Status::Resolved),
    ("co ket qua", Status::Resolved),
    ("da xong", Status::Resolved),
    ("dang xu ly", Status::Open),
    ("dang giai quyet", Status::Open),
    ("chua giai quyet", Status::Open),
    ("cho xu ly", Status::Open),
    ("cho giai quyet", Status::Open),
    ("dang", Status::Open),
    ("duoc tiep nhan", Status::Open),
    ("da tiep nhan", Status::Open),
];

/// Reads a status; `None` where the cell says nothing of it.
pub fn read(cell: &Cell) -> Option<Status> {
    match cell {
        Cell::Number(n) if n.fract() == 0.0 => Status::by_number(*n as i64),
        Cell::Text(text) => {
            let text = fold(text);
            if let Ok(number) = text.parse() {
                return Status::by_number(number);
            }
            WORDS.iter().find(|(words, _)| text.contains(words)).map(|(_, status)| *status)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Status>) {
        assert_eq!(read(&Cell::text(text)), expected, "{text}");
    }

    #[test]
    fn the_ten_national_statuses_are_read_by_number_and_by_words() {
        for (number, words, expected) in [
            (1, "Mới đăng ký", Status::NotReceived),
            (2, "Được tiếp nhận", Status::Open),
            (3, "Không được tiếp nhận", Status::NotReceived),
            (4, "Đang xử lý", Status::Open),
            (5, "Yêu cầu bổ sung giấy tờ", Status::Stopped),
            (6, "Yêu cầu thực hiện NVTC", Status::Stopped),
            (7, "Công dân yêu cầu rút", Status::Withdrawn),
            (8, "Dừng xử lý", Status::Stopped),
            (9, "Đã xử lý xong", Status::Resolved),
            (10, "Đã trả kết quả", Status::Resolved),
        ] {
            check(words, Some(expected));
            check(&number.to_string(), Some(expected));
            assert_eq!(read(&Cell::Number(f64::from(number))), Some(expected));
        }
    }

    #[test]
    fn other_words_of_systems_are_read_too() {
        check("Chờ trả kết quả", Some(Status::Resolved));
        check("Trả lại hồ sơ", Some(Status::Withdrawn));
        check("Đã bổ sung, đang xử lý", Some(Status::Open));
        check("Quá hạn", None);
        check("11", None);
        check("", None);
    }
}
