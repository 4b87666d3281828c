//! Lists of provincial systems into the register, from the command line and over Telegram.

mod book;
mod telegram;

use motcua::clock::{OFFICE_ZONE, parse_time};
use motcua::store::Store;

use crate::conversations::hear;
use crate::people::{Desk, repository};

/// An office: unit KTD with Đinh Quốc Lan and Đinh Thị Minh.
struct Office(Desk);

impl Office {
    fn new() -> Office {
        let desk = Desk::new();
        desk.done(&["unit", "add", "KTD", "UBND xã Khúc Thừa Dụ"]);
        for name in ["Đinh Quốc Lan", "Đinh Thị Minh"] {
            desk.done(&[
                "official",
                "add",
                "--unit",
                "KTD",
                "--name",
                name,
                "--role",
                "officer",
                "--since",
                "2026-01-01",
            ]);
        }
        Office(desk)
    }

    /// How the command ended, and what it said on either stream.
    fn import(&self, file: &str, more: &[&str]) -> (i32, String) {
        let args = [&["import", file, "--unit", "KTD", "--at", "2026-11-20T16:00"], more].concat();
        let said = self.0.run(&args);
        (said.code, said.out + &said.err)
    }

    async fn store(&self) -> Store {
        Store::open(&self.0.url()).await.unwrap()
    }

    /// The register: code, field, holder, due, state, end, in order of codes.
    async fn register(&self) -> Vec<String> {
        let store = self.store().await;
        let mut r = store.read().await.unwrap();
        sqlx::query_scalar(
            "SELECT d.code || ' ' || f.code || ' ' || ifnull(o.name, '-') || ' ' || date(d.due * 86400, 'unixepoch')
                    || ' ' || d.state || ' ' || ifnull(date(d.ended * 86400, 'unixepoch'), '-')
             FROM dossiers AS d JOIN fields AS f ON f.id = d.field_id LEFT JOIN officials AS o ON o.id = d.holder_id
             ORDER BY d.code",
        )
        .fetch_all(&mut *r)
        .await
        .unwrap()
    }
}

fn sample(name: &str) -> String {
    repository().join("tests/samples/registers").join(name).display().to_string()
}

#[tokio::test]
async fn a_list_fills_the_register_and_again_changes_nothing() {
    let office = Office::new();
    let list = sample("list.xls");
    assert_eq!(office.import(&list, &["--dry-run"]), (0, "mới 5, đổi 0, không đổi 0, loại 0\n".to_string()));
    assert!(office.register().await.is_empty());
    assert_eq!(office.import(&list, &[]), (0, "mới 5, đổi 0, không đổi 0, loại 0\n".to_string()));
    let expected = [
        "H12.34.56-261116-0001 HT Đinh Quốc Lan 2026-11-19 resolved 2026-11-18",
        "H12.34.56-261117-0002 ĐĐ Đinh Thị Minh 2026-12-15 open -",
        "H12.34.56-261117-0003 CT Đinh Quốc Lan 2026-11-18 resolved 2026-11-20",
        "H12.34.56-261118-0004 BTXH - 2026-12-02 stopped -",
        "H12.34.56-261119-0005 HT Đinh Quốc Lan 2026-11-20 withdrawn 2026-11-19",
    ];
    assert_eq!(office.register().await, expected);
    for same in ["list.xls", "list.ods"] {
        assert_eq!(office.import(&sample(same), &[]), (0, "mới 0, đổi 0, không đổi 5, loại 0\n".to_string()));
    }
    let store = office.store().await;
    let mut r = store.read().await.unwrap();
    let acts: i64 = sqlx::query_scalar("SELECT count(*) FROM dossier_acts").fetch_one(&mut *r).await.unwrap();
    assert_eq!(acts, 1);
}

#[tokio::test]
async fn a_later_list_changes_what_it_says_and_keeps_the_story() {
    let office = Office::new();
    office.0.write(
        "a.csv",
        "Mã hồ sơ,Lĩnh vực,Hạn trả,Ngày trả\nH12-261116-0001,HT,19/11/2026,\nH12-261116-0002,HT,19/11/2026,\n",
    );
    office.0.write("b.csv", "Mã hồ sơ,Hạn trả,Ngày trả\nH12-261116-0001,24/11/2026,\nH12-261116-0002,19/11/2026,18/11/2026\nH12-261116-0003,20/11/2026,\n");
    assert_eq!(office.import("a.csv", &[]).0, 0);
    let told = "mới 0, đổi 2, không đổi 0, loại 1\n\
                dòng 4: H12-261116-0003: chưa rõ lĩnh vực; thêm cột “Lĩnh vực” vào tệp\n";
    assert_eq!(office.import("b.csv", &[]), (1, told.to_string()));
    assert_eq!(
        office.register().await,
        ["H12-261116-0001 HT - 2026-11-24 open -", "H12-261116-0002 HT - 2026-11-19 resolved 2026-11-18"]
    );
    let store = office.store().await;
    let mut r = store.read().await.unwrap();
    let story: Vec<String> = sqlx::query_scalar(
        "SELECT date(c.before ->> 'due' * 86400, 'unixepoch') || ' → ' || date(c.after ->> 'due' * 86400, 'unixepoch')
         FROM dossier_changes AS c JOIN dossiers AS d ON d.id = c.dossier_id
         WHERE d.code = 'H12-261116-0001' AND c.before <> ''",
    )
    .fetch_all(&mut *r)
    .await
    .unwrap();
    assert_eq!(story, ["2026-11-19 → 2026-11-24"]);
}

#[tokio::test]
async fn the_register_is_compared_with_the_counts_of_every_month_of_the_list() {
    let office = Office::new();
    office.0.done(&["field", "enable", "--unit", "KTD", "HT,CT"]);
    let store = office.store().await;
    for (at, said) in [
        ("2026-07-20T15:00", "Lan> ht tr 1\n"),
        ("2026-10-20T15:00", "Lan> ct tr 2\n"),
        ("2026-11-16T15:00", "Lan> ht tr 1\n"),
    ] {
        assert!(hear(&store, parse_time(at, OFFICE_ZONE), said).await.contains("Đã lưu"));
    }
    store.close().await;
    let months = "mới 12, đổi 0, không đổi 0, loại 0
Tháng 9/2026 (15/08/2026 – 14/09/2026)
Tiếp nhận: hệ thống 3, đã báo 0: lệch 3 ở Hộ tịch
Đã giải quyết: hệ thống 0, đã báo 0: khớp
Tháng 10/2026 (15/09/2026 – 14/10/2026)
Tiếp nhận: hệ thống 2, đã báo 0: lệch 2 ở Hộ tịch
Đã giải quyết: hệ thống 0, đã báo 0: khớp
Tháng 8/2026 (15/07/2026 – 14/08/2026)
Tiếp nhận: hệ thống 2, đã báo 1: lệch 1 ở Hộ tịch
Đã giải quyết: hệ thống 0, đã báo 0: khớp
Khớp: Tháng 12/2026, Tháng 11/2026
20/08 Hộ tịch, tiếp nhận: hệ thống 3, đã báo 0
H12.34.56-260820-0005, H12.34.56-260820-0006, H12.34.56-260820-0007
21/09 Hộ tịch, tiếp nhận: hệ thống 2, đã báo 0
H12.34.56-260921-0008, H12.34.56-260921-0009
20/07 Hộ tịch, tiếp nhận: hệ thống 2, đã báo 1
H12.34.56-260720-0003, H12.34.56-260720-0004
";
    for dry_run in [&["--dry-run"][..], &[]] {
        assert_eq!(office.import(&sample("months.csv"), dry_run), (0, months.to_string()));
    }
    // Eleven more days of one month.
    let rows: String = (2..13).map(|d| format!("H12.34.56-2611{d:02}-0001,HT,{d:02}/11/2026,31/12/2026\n")).collect();
    office.0.write("november.csv", &format!("Mã hồ sơ,Lĩnh vực,Ngày tiếp nhận,Ngày hẹn trả\n{rows}"));
    let (_, november) = office.import("november.csv", &[]);
    let told: Vec<&str> = november.lines().collect();
    assert_eq!(told[2], "Tiếp nhận: hệ thống 13, đã báo 2: lệch 11 ở Hộ tịch");
    let cut = ["… và 1 chỗ lệch nữa", "Đầu mối xem từng tháng: /doichieu thang 11/2026"];
    assert_eq!(told[told.len() - 2..], cut, "{november}");
}

#[test]
fn a_file_that_is_no_list_ends_with_one_sentence() {
    let office = Office::new();
    office.0.write("thu.pdf", "%PDF-1.7\0");
    let (code, said) = office.import("thu.pdf", &[]);
    assert_eq!((code, said.lines().count()), (1, 1), "{said}");
    assert!(said.contains(".xlsx"), "{said}");
    assert_eq!(office.import("khong-co.xlsx", &[]).0, 1);
    assert_eq!(office.0.run(&["import", "thu.pdf", "--unit", "XXX"]).code, 1);
    assert_eq!(office.0.run(&["import", "thu.pdf"]).code, 2);
}

#[test]
fn names_of_citizens_never_reach_the_disk() {
    let office = Office::new();
    office.import(&sample("list.xls"), &[]);
    for file in std::fs::read_dir(office.0.path(".")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let found = bytes.windows("Ví Dụ".len()).any(|w| w == "Ví Dụ".as_bytes());
        assert!(!found);
    }
}
