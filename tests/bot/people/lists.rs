//! What `list` prints, and what an import reads.

use super::Desk;
use serde_json::{Value, json};

#[test]
fn lists_are_rows_under_a_header_or_json() {
    let desk = Desk::small();
    assert_eq!(desk.done(&["unit", "list"]), "code\tname\tparent\tscheme\nGL\tUBND xã Gia Lộc\t\t15-14\n");
    let units: Value = serde_json::from_str(&desk.done(&["unit", "list", "--json"])).unwrap();
    assert_eq!(units, json!([{"code": "GL", "name": "UBND xã Gia Lộc", "parent": null, "scheme": "15-14"}]));

    desk.done(&["field", "enable", "--unit", "GL", "ĐĐ"]);
    desk.done(&["field", "add", "QHXD", "Quy hoạch xây dựng", "--aliases", "XDQH"]);
    let fields: Value = serde_json::from_str(&desk.done(&["field", "list", "--unit", "GL", "--json"])).unwrap();
    let used: Vec<&str> = fields
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["in_use"] == true)
        .map(|f| f["code"].as_str().unwrap())
        .collect();
    assert_eq!(used, ["CT", "HT", "ĐĐ"]);
    assert_eq!(fields.as_array().unwrap().last().unwrap()["aliases"], json!(["XDQH"]));
    desk.done(&["field", "disable", "--unit", "GL", "ĐĐ"]);
}

#[test]
fn days_off_are_added_worked_and_removed() {
    let desk = Desk::new();
    desk.done(&["holiday", "add", "2028-01-03", "Nghỉ bù"]);
    desk.done(&["holiday", "work", "2028-01-08"]);
    let list = || desk.done(&["holiday", "list", "2028"]);
    assert_eq!(list(), "day\tkind\tname\n2028-01-03\toff\tNghỉ bù\n2028-01-08\twork\t\n");
    desk.done(&["holiday", "remove", "2028-01-03"]);
    assert_eq!(list(), "day\tkind\tname\n2028-01-08\twork\t\n");
}

#[test]
fn units_are_imported_whatever_their_order() {
    let desk = Desk::new();
    let file = "\u{feff}code;name;parent;scheme\nA1;Xã A1;HA;calendar\nHA;Huyện A;TINH;\nTINH;Tỉnh;;\n";
    desk.write("units.csv", file);
    desk.done(&["unit", "import", "units.csv"]);
    let list = desk.done(&["unit", "list"]);
    assert_eq!(
        list.lines().skip(1).collect::<Vec<_>>(),
        ["A1\tXã A1\tHA\tcalendar", "HA\tHuyện A\tTINH\t15-14", "TINH\tTỉnh\t\t15-14"]
    );
    desk.done(&["unit", "import", "units.csv"]);
    desk.write("more.csv", "code,name,parent\nB1,Xã B1,HB\nA1,Xã A1,TINH\nHA,Huyện khác,TINH\nB2,Xã B2,HA\n");
    let faults = desk.refused(&["unit", "import", "more.csv"]);
    let lines: Vec<&str> = faults.lines().filter_map(|l| Some(l.split_once(':')?.0)).collect();
    assert_eq!(lines, ["4", "2", "3"], "{faults}");
    desk.write("circle.csv", "code,name,parent\nX,Xã X,Y\nY,Xã Y,X\n");
    desk.refused(&["unit", "import", "circle.csv"]);
    assert_eq!(desk.done(&["unit", "list"]), list, "all or nothing");
}

#[test]
fn people_are_imported_with_codes_for_those_without_a_chat() {
    let desk = Desk::small();
    let file = "unit,name,role,fields,telegram,since\n\
                GL,Lê Văn Tú,officer,\"HT,ĐĐ\",,2026-10-01\n\
                GL,Phạm Hà,lãnh đạo,,7009,\n\
                GL,Đinh Quốc Lan,officer,\"HT,CT\",7001,\n";
    desk.write("people.csv", file);
    let said = desk.done(&["official", "import", "people.csv", "--codes", "codes.csv"]);
    assert!(said.starts_with("Thêm mới 2, không thay đổi 1."), "{said}");
    let codes = std::fs::read_to_string(desk.path("codes.csv")).unwrap();
    let rows: Vec<Vec<&str>> = codes.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows[0], ["unit", "name", "code", "link"]);
    assert_eq!((rows.len(), rows[1][1], rows[1][2].len()), (2, "Lê Văn Tú", 8));

    desk.refused(&["official", "import", "people.csv", "--codes", "codes.csv"]);
    let again = desk.done(&["official", "import", "people.csv"]);
    assert!(again.starts_with("Thêm mới 0, không thay đổi 3."), "{again}");

    let list = desk.done(&["official", "list"]);
    desk.write(
        "bad.csv",
        "unit;name;role;fields\nGL;Người Mới;officer;HT,CT\nXX;A;officer;\nGL;B;boss;\nGL;C;officer;QH\nGL;Lê Văn Tú;lead;\n",
    );
    let faults = desk.refused(&["official", "import", "bad.csv"]);
    let lines: Vec<&str> = faults.lines().filter_map(|l| Some(l.split_once(':')?.0)).collect();
    assert_eq!(lines, ["3", "4", "5", "6"], "{faults}");
    desk.write("odd.csv", "unit,name,colour\nGL,A,red\n");
    assert_eq!(desk.refused(&["official", "import", "odd.csv"]).lines().count(), 2);
    assert_eq!(desk.done(&["official", "list"]), list, "all or nothing");
}
