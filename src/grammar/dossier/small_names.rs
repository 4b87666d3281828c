//! Names of citizens in small letters: `ông nguyễn văn nam`, `ba tran thi hoa`. Where no
//! capital shows a name, a usual family name with at least one word behind it does.
//!
//! Many family names are words of every day too (`cao tuổi`, `hồ sơ`, and without marks `do`,
//! `dang`). Those count as names unless an ordinary word follows; the most usual of them only
//! where a middle name follows.

use super::citizen::Word;

/// Words taken for a name: where it ends cannot be seen.
const WORDS: usize = 4;

/// When a family name is one.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// No ordinary word behind it.
    Name,
    /// A middle name behind it.
    Middle,
}
use Needs::{Middle, Name};

/// The 25 commonest family names, which nine Vietnamese in ten bear: the first fourteen (16
/// spellings) after Lê Trung Hoa, "Họ và tên người Việt Nam", NXB Khoa học xã hội 2005, the
/// others by their order in "100 họ phổ biến" of hoten.org. Beside each when it is a name with
/// marks and without, and the words (folded) behind which it is none.
const FAMILIES: [(&str, Needs, Needs, &str); 25] = [
    ("nguyễn", Name, Name, "don nhan ven gia"),
    ("trần", Name, Name, "tinh nha"),
    ("lê", Name, Name, "phi ra thuoc tan la the tet hoi"),
    ("phạm", Name, Name, "vi luat toi quy phap nhan phai loi"),
    ("hoàng", Name, Name, "hon"),
    ("huỳnh", Name, Name, "huych"),
    ("phan", Name, Name, "anh mem nan lon bo cong cap dat hoi ung loai tich con do doi dau khoi nay viec"),
    ("vũ", Name, Name, "viec an mua nay trang khi truong kien cong"),
    ("võ", Name, Name, "chong con hieu ly sinh cung bo thuat be anh ong mat moi sap"),
    ("đặng", Name, Middle, ""),
    ("bùi", Name, Name, "ngui tre"),
    ("đỗ", Name, Middle, "xe dai dat tot vao truong lop ky thu"),
    ("hồ", Name, Middle, "so nuoc chua boi tieu dan"),
    ("ngô", Name, Name, "nghe khoai nhan doc"),
    ("dương", Name, Name, "tinh lich day sa bo di xa truyen hoi pho lam ngap tac"),
    ("lý", Name, Middle, "do lich luan le giai"),
    ("trương", Name, Name, "phong hop hoc thon ban khoa nhom to cong muc doan xom dai"),
    ("đinh", Name, Name, "cu ky danh kem chinh nop ninh oc huong gia ban muc luong"),
    ("trịnh", Name, Name, "bay ky do lanh duyet ho len trong tu dien bao"),
    ("mai", Middle, Middle, ""),
    ("hà", Name, Name, "noi nam giang tinh dong tang canh tien"),
    ("đoàn", Name, Name, "the vien cong thanh kiem kham truong lien di tu nien"),
    ("lương", Name, Name, "huu thang thuc y tam ban tien co vi thap"),
    ("cao", Middle, Middle, ""),
    ("đào", Name, Name, "tao dat ao gieng ngu mo huy"),
];

/// Middle names, folded, and the words behind which they are none (`do văn bản`).
const MIDDLES: [(&str, &str); 16] = [
    ("van", "ban dong de phong con chua"),
    ("thi", "hanh cong truong xa tran diem sat nghiem lai tot dau"),
    ("duc", "tinh"),
    ("huu", "tri quan"),
    ("dinh", "chinh ky cu gia danh kem chi"),
    ("quoc", "gia tich phong hoi lo"),
    ("ngoc", "trai"),
    ("xuan", "nay sap ve"),
    ("quang", "cao"),
    ("trong", "khi ngay thoi luc tuan thang nam kho nha gio"),
    ("manh", "dat vai"),
    ("thuy", "loi dien san"),
    ("hong", "hoc may xe"),
    ("kim", "loai tiem"),
    ("ba", "ngay thang nguoi nam lan gio me"),
    ("nhu", "cau the vay tren"),
];

/// How many words are a name in small letters; 0 for none. `words` stand in a row behind a
/// title; `plain`: the whole text has no marks; `is_mans`: no woman bears the title.
pub(super) fn name_at(words: &[Word<'_>], plain: bool, is_mans: bool) -> usize {
    let [family, next, ..] = words else { return 0 };
    let third = words.get(2).map_or("", |w| w.folded.as_str());
    // In a text with marks, words without any may be a name whose marks were left out.
    let unmarked = |w: &Word<'_>| w.lower.is_ascii();
    let found = FAMILIES.iter().find_map(|(name, marked, bare, ordinary)| {
        let with_marks = (!plain && family.lower == *name).then_some(*marked);
        let without = || {
            (unmarked(family) && unmarked(next) && family.folded == crate::grammar::fold::fold(name)).then_some(*bare)
        };
        let needs = with_marks.or_else(without)?;
        Some((needs, *ordinary))
    });
    let has = |list: &str, word: &str| list.split(' ').any(|w| w == word);
    let is_middle = MIDDLES
        .iter()
        .any(|(middle, ordinary)| next.folded == *middle && !has(ordinary, third) && !(is_mans && *middle == "thi"));
    match found {
        Some((Needs::Name, ordinary)) if !has(ordinary, &next.folded) => words.len().min(WORDS),
        Some((Needs::Middle, ordinary)) if is_middle && !has(ordinary, &next.folded) => words.len().min(WORDS),
        _ => 0,
    }
}

#[cfg(test)]
mod tests;
