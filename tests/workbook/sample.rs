//! Writes sample workbooks to `target/workbook/`, for `tests/peers/run.sh` and for whoever
//! wants to look at them.

use chrono::NaiveDate;
use motcua::render::xlsx;
use motcua::report::workbook::{OverdueRow, State, Workbook, describe, file_name};
use motcua::words::Locale;

use crate::golden::main_case;
use crate::parent::{crowded, parent_of};

fn save(name: &str, facts: &Workbook, locale: Locale) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/workbook");
    std::fs::create_dir_all(folder).unwrap();
    let bytes = xlsx::write(&describe(facts, locale.words())).unwrap();
    std::fs::write(format!("{folder}/{name}"), bytes).unwrap();
}

#[test]
fn samples_are_written_for_looking_at() {
    let r3 = main_case("r3");
    let facts = r3.workbook();
    save(&file_name(&r3.summary.unit_code, &r3.label, "xlsx"), &facts, Locale::Vi);
    save("r3-english.xlsx", &facts, Locale::En);

    let day = |d| NaiveDate::from_ymd_opt(2025, 11, d).unwrap();
    let overdue = [
        OverdueRow {
            code: "000.17.22.H56-251103-0001".into(),
            field: "Bảo trợ xã hội".into(),
            received: day(3),
            due: day(10),
            ended: Some(day(13)),
            days_late: 3,
            holder: "Vũ Thu Khánh".into(),
            reason: Some("lỗi phần mềm".into()),
        },
        OverdueRow {
            code: "H56.14-251105-0123".into(),
            field: "Xử lý đơn, tiếp công dân, giải quyết khiếu nại, tố cáo".into(),
            received: day(5),
            due: day(12),
            ended: None,
            days_late: 12,
            holder: "Bùi Đức Linh".into(),
            reason: None,
        },
    ];
    let closed = Workbook { state: State::Closed { version: 1 }, overdue: Some(&overdue), ..facts };
    save("r3-closed.xlsx", &closed, Locale::Vi);

    let r1 = main_case("r1");
    save(&file_name(&r1.summary.unit_code, &r1.label, "xlsx"), &r1.workbook(), Locale::Vi);

    let crowded = crowded(main_case("r3"));
    let receiver = "Văn phòng Ủy ban nhân dân thành phố Hải Phòng (Phòng Kiểm soát thủ tục hành chính)";
    save("crowded.xlsx", &Workbook { parent: Some(receiver), ..crowded.workbook() }, Locale::Vi);

    let parent = parent_of(main_case("r3"), 37);
    save("parent.xlsx", &parent.workbook(), Locale::Vi);
}
