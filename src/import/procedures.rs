//! Which field a procedure belongs to, by words of its name: many systems print only the
//! procedure. Names of procedures are national; these words are enough to tell the fields
//! of a commune's desk apart.

use crate::grammar::fold::fold;

/// Words of names of procedures, folded, and the code of the field. The first that stands
/// in a name counts, so what is narrower stands before what is wider.
const WORDS: [(&str, &str); 78] = [
    // "Bản sao từ sổ gốc", "chứng thực di chúc", "… liên quan đến đất" are certifications.
    ("chung thuc", "CT"),
    ("cap ban sao tu so goc", "CT"),
    ("con nuoi", "NCN"),
    ("khuyet tat", "BTXH"),
    ("bao tro xa hoi", "BTXH"),
    ("tro giup xa hoi", "BTXH"),
    ("tro cap xa hoi", "BTXH"),
    ("huu tri xa hoi", "BTXH"),
    ("mai tang cho doi tuong bao tro", "BTXH"),
    ("ho ngheo", "BTXH"),
    ("ho can ngheo", "BTXH"),
    ("co hoan canh dac biet", "DS"),
    ("nguoi co cong", "NCC"),
    ("liet si", "NCC"),
    ("thuong binh", "NCC"),
    ("benh binh", "NCC"),
    ("khang chien", "NCC"),
    ("ba me viet nam anh hung", "NCC"),
    ("chat doc hoa hoc", "NCC"),
    ("tham gia cach mang", "NCC"),
    ("tu day", "NCC"),
    ("khai sinh", "HT"),
    ("khai tu", "HT"),
    ("ket hon", "HT"),
    ("hon nhan", "HT"),
    ("ho tich", "HT"),
    ("giam ho", "HT"),
    ("nhan cha", "HT"),
    ("nhan me", "HT"),
    ("xac dinh lai dan toc", "HT"),
    ("cai chinh", "HT"),
    ("quyen su dung dat", "ĐĐ"),
    ("su dung dat", "ĐĐ"),
    ("dat dai", "ĐĐ"),
    ("thua dat", "ĐĐ"),
    ("giao dat", "ĐĐ"),
    ("thue dat", "ĐĐ"),
    ("tai san gan lien voi dat", "ĐĐ"),
    ("tranh chap dat", "ĐĐ"),
    ("dich dat", "ĐĐ"),
    ("khieu nai", "KNTC"),
    ("to cao", "KNTC"),
    ("tiep cong dan", "KNTC"),
    ("xu ly don", "KNTC"),
    ("tham nhung", "PCTN"),
    ("ke khai tai san", "PCTN"),
    ("giai trinh", "PCTN"),
    ("boi thuong nha nuoc", "BTNN"),
    ("trach nhiem boi thuong", "BTNN"),
    ("ton giao", "TG"),
    ("tin nguong", "TG"),
    ("thi dua", "TĐKT"),
    ("khen thuong", "TĐKT"),
    ("giay khen", "TĐKT"),
    ("gia dinh van hoa", "VH"),
    ("thu vien", "VH"),
    ("the thao", "VH"),
    ("le hoi", "VH"),
    ("van hoa", "VH"),
    ("pho bien giao duc phap luat", "PBGDPL"),
    ("tuyen truyen vien phap luat", "PBGDPL"),
    ("hoa giai", "PBGDPL"),
    ("tiep can phap luat", "PBGDPL"),
    ("mam non", "GD"),
    ("mau giao", "GD"),
    ("nha tre", "GD"),
    ("tieu hoc", "GD"),
    ("hoc sinh", "GD"),
    ("giao duc", "GD"),
    ("ma tuy", "TNXH"),
    ("cai nghien", "TNXH"),
    ("mai dam", "TNXH"),
    ("te nan", "TNXH"),
    ("thien tai", "PCTT"),
    ("dan so", "DS"),
    ("tre em", "DS"),
    ("chinh quyen dia phuong", "CQĐP"),
    ("thanh lap thon", "CQĐP"),
];

/// The code of the field that a procedure's name speaks of.
pub fn field_of(name: &str) -> Option<&'static str> {
    let words: Vec<String> = fold(name).split(|c: char| !c.is_alphanumeric()).map(str::to_string).collect();
    let name = format!(" {} ", words.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" "));
    WORDS.iter().find(|(words, _)| name.contains(&format!(" {words} "))).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(field_of(name), expected, "{name}");
    }

    #[test]
    fn names_of_procedures_tell_their_field() {
        check("Thủ tục đăng ký khai sinh", Some("HT"));
        check("Cấp Giấy xác nhận tình trạng hôn nhân", Some("HT"));
        check("Đăng ký việc nhận cha, mẹ, con", Some("HT"));
        check("Chứng thực bản sao từ bản chính giấy tờ, văn bản", Some("CT"));
        check("Chứng thực hợp đồng, giao dịch liên quan đến quyền sử dụng đất", Some("CT"));
        check("Đăng ký việc nuôi con nuôi trong nước", Some("NCN"));
        check("Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu", Some("ĐĐ"));
        check("Xác định mức độ khuyết tật", Some("BTXH"));
        check("Thăm viếng mộ liệt sĩ", Some("NCC"));
        check("Cấp phép thành lập nhóm trẻ, lớp mẫu giáo độc lập", Some("GD"));
        check("Thông báo tổ chức lễ hội cấp xã", Some("VH"));
        check("Đăng ký hoạt động thủy sản", None);
    }
}
