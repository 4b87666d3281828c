//! Which columns a row of heads names. Heads are compared folded, so that marks, case and
//! line breaks in them do not count; columns may stand in any order, and whatever a head
//! says that is not in the table is none of ours: names, numbers and addresses of citizens.

use super::sheet::Cell;
use crate::grammar::fold::fold;

/// A column that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Code,
    Field,
    Procedure,
    Received,
    Due,
    /// The new day of an apology.
    Promised,
    /// The work was done.
    Finished,
    /// The result was handed out.
    Returned,
    Status,
    Holder,
    /// Who took it in: holder where nobody else is named.
    Taker,
}

/// How many kinds of columns there are.
pub const COLUMNS: usize = 11;

/// Heads by their folded words; of several that a head contains the longest counts. `None`:
/// looks like one of ours and is not.
const HEADS: [(&str, Option<Column>); 74] = [
    ("ma ho so", Some(Column::Code)),
    ("so ho so", Some(Column::Code)),
    ("ma so ho so", Some(Column::Code)),
    ("ma hs", Some(Column::Code)),
    ("so hs", Some(Column::Code)),
    ("so bien nhan", Some(Column::Code)),
    ("ma bien nhan", Some(Column::Code)),
    ("ma giay tiep nhan", Some(Column::Code)),
    ("so giay tiep nhan", Some(Column::Code)),
    ("linh vuc", Some(Column::Field)),
    ("nhom thu tuc", Some(Column::Field)),
    ("thu tuc", Some(Column::Procedure)),
    ("tthc", Some(Column::Procedure)),
    ("dich vu cong", Some(Column::Procedure)),
    ("ma thu tuc", None),
    ("ma tthc", None),
    ("ma dich vu cong", None),
    ("muc do dich vu cong", None),
    ("ngay tiep nhan", Some(Column::Received)),
    ("ngay nhan", Some(Column::Received)),
    ("ngay nhan ho so", Some(Column::Received)),
    ("tiep nhan luc", Some(Column::Received)),
    ("ngay hen tra", Some(Column::Due)),
    ("hen tra", Some(Column::Due)),
    ("ngay hen", Some(Column::Due)),
    ("ngay han", Some(Column::Due)),
    ("han tra", Some(Column::Due)),
    ("han giai quyet", Some(Column::Due)),
    ("han xu ly", Some(Column::Due)),
    ("ngay den han", Some(Column::Due)),
    ("ngay het han", Some(Column::Due)),
    ("thoi han giai quyet", None),
    ("thoi han xu ly", None),
    ("so ngay qua han", None),
    ("hen lai", Some(Column::Promised)),
    ("hen tra lai", Some(Column::Promised)),
    ("ngay hen lai", Some(Column::Promised)),
    ("ngay hen tra lai", Some(Column::Promised)),
    ("ngay gia han", Some(Column::Promised)),
    ("gia han den", Some(Column::Promised)),
    ("ngay ket thuc", Some(Column::Finished)),
    ("ngay hoan thanh", Some(Column::Finished)),
    ("ngay xu ly xong", Some(Column::Finished)),
    ("ngay giai quyet xong", Some(Column::Finished)),
    ("ngay giai quyet", Some(Column::Finished)),
    ("ngay co ket qua", Some(Column::Finished)),
    ("ngay tra", Some(Column::Returned)),
    ("ngay tra ket qua", Some(Column::Returned)),
    ("ngay nhan ket qua", Some(Column::Returned)),
    ("ngay tra kq", Some(Column::Returned)),
    ("ngay tra lai", None),
    ("trang thai", Some(Column::Status)),
    ("tinh trang", Some(Column::Status)),
    ("tinh trang hon nhan", None),
    ("trang thai thanh toan", None),
    ("trang thai nop phi", None),
    ("trang thai so hoa", None),
    ("can bo", Some(Column::Holder)),
    ("can bo xu ly", Some(Column::Holder)),
    ("can bo thu ly", Some(Column::Holder)),
    ("nguoi xu ly", Some(Column::Holder)),
    ("nguoi thu ly", Some(Column::Holder)),
    ("nguoi giai quyet", Some(Column::Holder)),
    ("chuyen vien", Some(Column::Holder)),
    ("cong chuc", Some(Column::Holder)),
    ("can bo tiep nhan", Some(Column::Taker)),
    ("nguoi tiep nhan", Some(Column::Taker)),
    ("can bo tra", None),
    ("nguoi tra", None),
    ("so dien thoai", None),
    ("so cccd", None),
    ("so cmnd", None),
    ("ngay sinh", None),
    ("ngay cap", None),
];
/// Heads that only count alone.
const ALONE: [(&str, Column); 4] = [
    ("ho so", Column::Code),
    ("tiep nhan", Column::Received),
    ("ket thuc", Column::Finished),
    ("tra ket qua", Column::Returned),
];
/// Longest head, in bytes; more is a title or a sentence.
const HEAD_MAX: usize = 80;
/// Longer than any head can be before it is folded, in bytes.
const LONG: usize = 10 * HEAD_MAX;

/// What a head names, and whether it says just that.
///
/// ```
/// use motcua::import::header::{Column, read_head};
/// assert_eq!(read_head("Mã hồ sơ"), Some((Column::Code, true)));
/// assert_eq!(read_head("NGÀY HẸN TRẢ\nKẾT QUẢ"), Some((Column::Due, false)));
/// assert_eq!(read_head("Họ tên người nộp hồ sơ"), None);
/// ```
pub fn read_head(text: &str) -> Option<(Column, bool)> {
    if text.len() > LONG {
        return None;
    }
    let head = fold(text);
    if head.is_empty() || head.len() > HEAD_MAX {
        return None;
    }
    let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let head = words.join(" ").replace("thoi gian ", "ngay ").replace("thoi diem ", "ngay ");
    let head = head.replace("thoi gian han", "han").replace("ngay gio ", "ngay ");
    if let Some((_, column)) = ALONE.iter().find(|(words, _)| *words == head) {
        return Some((*column, true));
    }
    let padded = format!(" {head} ");
    let named = HEADS.iter().filter(|(words, _)| padded.contains(&format!(" {words} ")));
    let (words, column) = named.max_by_key(|(words, _)| words.len())?;
    Some(((*column)?, head == *words))
}

/// Where each column of a header stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    places: [Option<usize>; COLUMNS],
    /// Rows that the header takes.
    pub rows: usize,
}

impl Header {
    /// The header that begins with a row, or is spread over it and the next one.
    pub fn read(first: &[Cell], second: Option<&[Cell]>) -> Option<Header> {
        let alone = Header::of(&texts(first), 1);
        let spread = second.map(|second| Header::of(&spread(first, second), 2));
        let best = match spread {
            // A second row of heads has to add something, else it is data.
            Some(spread) if spread.found() > alone.found() => spread,
            _ => alone,
        };
        best.is_one().then_some(best)
    }

    fn of(heads: &[String], rows: usize) -> Header {
        let mut header = Header { places: [None; COLUMNS], rows };
        for exact in [true, false] {
            for (place, head) in heads.iter().enumerate() {
                let Some((column, is_exact)) = read_head(head) else { continue };
                let slot = &mut header.places[column as usize];
                if is_exact == exact && slot.is_none() {
                    *slot = Some(place);
                }
            }
        }
        header
    }

    /// How many columns it names.
    pub fn found(&self) -> usize {
        self.places.iter().flatten().count()
    }

    /// The code and one thing more: less is a title.
    fn is_one(&self) -> bool {
        self.places[Column::Code as usize].is_some() && self.found() >= 2
    }

    /// Takes the cell of a column out of a row.
    pub fn take(&self, row: &mut [Cell], column: Column) -> Cell {
        let place = self.places[column as usize];
        place.and_then(|p| row.get_mut(p)).map(std::mem::take).unwrap_or_default()
    }
}

fn texts(row: &[Cell]) -> Vec<String> {
    row.iter().map(|c| if let Cell::Text(t) = c { t.chars().take(LONG + 1).collect() } else { String::new() }).collect()
}

/// Heads over two rows, the upper one merged over several columns: `Ngày` over `tiếp nhận`
/// and `hẹn trả`. Merged cells hold their text in the first column only.
fn spread(first: &[Cell], second: &[Cell]) -> Vec<String> {
    let (upper, lower) = (texts(first), texts(second));
    let mut over = "";
    (0..upper.len().max(lower.len()))
        .map(|i| {
            let (up, down) = (upper.get(i).map_or("", String::as_str), lower.get(i).map_or("", String::as_str));
            if !up.is_empty() {
                over = up;
            }
            match (up, down) {
                (up, "") => up.to_string(),
                // What says enough by itself is not changed by what stands above it.
                (_, down) if read_head(down).is_some_and(|(_, exact)| exact) && down.contains(' ') => down.to_string(),
                (_, down) => format!("{over} {down}"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
