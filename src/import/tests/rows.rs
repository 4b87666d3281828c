//! Single rows that cannot be taken, each with its number and reason.

use super::*;
use crate::import::list::Day;

const HEAD: &str = "Mã hồ sơ;Lĩnh vực;Họ tên;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả;Trạng thái\n";

/// The reasons why rows are rejected, with their numbers.
fn check(rows: &str, expected: &[(usize, Why)]) {
    let list = read_sample(format!("{HEAD}{rows}").as_bytes());
    let rejected: Vec<(usize, Why)> = list.rejected.into_iter().map(|r| (r.place.row, r.why)).collect();
    assert_eq!(rejected, expected, "{rows}");
}

#[test]
fn what_is_wrong_with_a_row_is_told_by_its_number() {
    check("H12-261116-0001;HT;;16/11/2026;19/11/2026;;\n", &[]);
    check("chưa có mã;HT;;16/11/2026;;;\n", &[(2, Why::BadCode(String::new()))]);
    check("\n;HT;x;16/11/2026;;;\n", &[(3, Why::NoCode)]);
    check("H12-2613-01;HT;;;;;\n", &[(2, Why::BadCode("H12-2613-01".into()))]);
    check("H12-261116-0001;HT;;31/11/2026;;;\n", &[(2, Why::OddDay(Day::Received))]);
    check("H12-261116-0001;HT;;;5 ngày;;\n", &[(2, Why::OddDay(Day::Due))]);
    check("H12-261121-0001;HT;;;;;\n", &[(2, Why::FutureCode)]);
    check("H12-261116-0001;HT;;21/11/2026;;;\n", &[(2, Why::Future(Day::Received, day("2026-11-21")))]);
    check("H12-261116-0001;HT;;;;21/11/2026;9\n", &[(2, Why::Future(Day::Ended, day("2026-11-21")))]);
    check("H12-261116-0001;HT;;;13/11/2026;;\n", &[(2, Why::BeforeReceived(Day::Due))]);
    check("H12-261116-0001;HT;;;;13/11/2026;10\n", &[(2, Why::BeforeReceived(Day::Ended))]);
}

#[test]
fn what_is_unknown_is_counted_with_the_first_three() {
    let rows = "H12-261116-0001;HT;;;19/11/2026;;Chờ ký;Ông Văn\n\
                H12-261116-0002;HT;;;19/11/2026;;Lưu kho;\n\
                H12-261116-0003;HT;;;19/11/2026;;Chờ ký;Đinh Quốc Lan\n\
                H12-261116-0004;HT;;;19/11/2026;;Trình 0912 345 678;Ông Văn\n\
                H12-261116-0005;HT;;;19/11/2026;;77;\n\
                H12-261116-0006;HT;;;19/11/2026;;;\n\
                H12-261116-0007;HT;;;19/11/2026;;Đang xử lý;\n\
                H12-261116-0008;HT;;;19/11/2026;18/11/2026;Chờ ký;\n\
                H12-261116-0009;HT;;;không rõ;;Loại;\n";
    let head = HEAD.replace("Trạng thái", "Trạng thái;Cán bộ xử lý");
    let unknown = read_sample(format!("{head}{rows}").as_bytes()).unknown;
    assert_eq!((unknown.going_on.rows, unknown.going_on.more), (5, true));
    assert_eq!(unknown.going_on.examples, ["Chờ ký", "Lưu kho", "Trình •••• ••• •••"]);
    assert_eq!((unknown.ended.rows, unknown.ended.examples.as_slice()), (1, &["Chờ ký".to_string()][..]));
    assert_eq!((unknown.holders.rows, unknown.holders.examples.as_slice()), (2, &["Ông Văn".to_string()][..]));
}

#[test]
fn numbers_of_citizens_in_the_wrong_place_are_not_repeated() {
    for text in ["001085012345", "0912 345 678", "B1234567", "H-0912345678"] {
        check(&format!("{text};HT;;16/11/2026;;;\n"), &[(2, Why::BadCode(String::new()))]);
    }
}

#[test]
fn names_in_the_column_of_codes_are_not_repeated() {
    for text in ["Nguyễn Thuyt", "Ng. Van A - 12", "H12-2613-01 Nguyễn Thuyt", "a"] {
        check(&format!("{text};HT;;16/11/2026;;;\n"), &[(2, Why::BadCode(String::new()))]);
    }
    for text in ["H12-2613-01", "h12-2613-1"] {
        check(&format!("{text};HT;;16/11/2026;;;\n"), &[(2, Why::BadCode(text.into()))]);
    }
}

#[test]
fn a_code_that_stands_twice_is_taken_once_or_not_at_all() {
    let row = "H12-261116-0001;HT;;16/11/2026;19/11/2026;;4\n";
    check(&format!("{row}{row}"), &[]);
    let other = "H12-261116-0001;HT;;16/11/2026;20/11/2026;;4\n";
    let place = |row| Place { sheet: Default::default(), row };
    check(&format!("{row}{other}"), &[(2, Why::Twice(place(3))), (3, Why::Twice(place(2)))]);
}

#[test]
fn dossiers_that_were_not_received_are_counted_apart() {
    let list = read_sample(
        format!("{HEAD}H12-261116-0001;HT;;;;;1\nH12-261116-0002;HT;;;;;Không được tiếp nhận\n").as_bytes(),
    );
    assert_eq!((list.rows.len(), list.rejected.len(), list.not_received), (0, 0, 2));
}

#[test]
fn an_unknown_field_is_kept_by_its_name_and_a_procedure_is_not() {
    let list = read_sample(format!("{HEAD}H12-261116-0001;Hàng hải;;;;;\n").as_bytes());
    assert_eq!((list.rows[0].field, list.rows[0].unknown_field.as_str()), (None, "Hàng hải"));
    let text = "Mã hồ sơ;Thủ tục;Ngày hẹn trả\nH12-261116-0001;Đơn của ông Nguyễn Văn Ví Dụ;19/11/2026\n";
    assert_eq!(read_sample(text.as_bytes()).rows[0].unknown_field, "");
}

#[test]
fn names_of_citizens_do_not_get_into_what_is_read() {
    let row = "H12-261116-0001;HT;Nguyễn Văn Ví Dụ 0912345678;16/11/2026;19/11/2026;;4\n";
    let list = read_sample(format!("{HEAD}{row}").as_bytes());
    assert!(!format!("{list:?}").contains("Ví Dụ"));
}
