use super::*;

fn check(head: &str, expected: Option<Column>) {
    assert_eq!(read_head(head).map(|(c, _)| c), expected, "{head}");
}

#[test]
fn heads_of_many_systems_are_understood() {
    check("Số hồ sơ", Some(Column::Code));
    check("MÃ SỐ HỒ SƠ", Some(Column::Code));
    check("Hồ sơ", Some(Column::Code));
    check("Tên thủ tục hành chính", Some(Column::Procedure));
    check("Tên TTHC", Some(Column::Procedure));
    check("Lĩnh vực, công việc", Some(Column::Field));
    check("Thời gian tiếp nhận", Some(Column::Received));
    check("Ngày nhận hồ sơ", Some(Column::Received));
    check("Hạn trả", Some(Column::Due));
    check("Thời gian hẹn trả kết quả", Some(Column::Due));
    check("Ngày hẹn lại", Some(Column::Promised));
    check("Ngày hoàn thành", Some(Column::Finished));
    check("Ngày trả kết quả", Some(Column::Returned));
    check("Trạng thái hồ sơ", Some(Column::Status));
    check("Người thụ lý", Some(Column::Holder));
    check("Cán bộ tiếp nhận", Some(Column::Taker));
}

#[test]
fn heads_of_citizens_are_nobodys() {
    for head in [
        "Họ tên",
        "Người nộp",
        "Tên chủ hồ sơ",
        "Số CCCD/CMND",
        "Số điện thoại",
        "Địa chỉ",
        "Ngày sinh",
        "Email",
        "Họ và tên người nộp hồ sơ",
        "Ngày cấp CCCD",
        "Mã thủ tục",
        "Số ngày quá hạn",
        "Thời hạn giải quyết (ngày)",
    ] {
        check(head, None);
    }
}

fn row(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|c| Cell::text(c)).collect()
}

#[test]
fn heads_may_be_spread_over_two_rows() {
    let first = row(&["STT", "Mã hồ sơ", "Ngày", "", "", "Tình trạng"]);
    let second = row(&["", "", "Tiếp nhận", "Hẹn trả", "Trả kết quả", ""]);
    let header = Header::read(&first, Some(&second)).unwrap();
    let places = |c: Column| header.places[c as usize];
    assert_eq!((header.rows, header.found()), (2, 5));
    assert_eq!((places(Column::Received), places(Column::Due), places(Column::Returned)), (Some(2), Some(3), Some(4)));
}

#[test]
fn a_row_of_data_below_is_not_taken_for_heads() {
    let first = row(&["Mã hồ sơ", "Ngày tiếp nhận", "Trạng thái"]);
    let second = row(&["H12.34.56-251121-0001", "21/11/2025", "Đang xử lý"]);
    assert_eq!(Header::read(&first, Some(&second)).unwrap().rows, 1);
    assert_eq!(Header::read(&row(&["DANH SÁCH HỒ SƠ"]), Some(&first)).map(|h| h.rows), None.or(Some(2)));
}
