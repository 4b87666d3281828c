//! 10,000 rows of a provincial system's list: read, compared with the register, taken in,
//! and once more unchanged. The bar: under 2 s and under 100 MB resident, release build.
//! `cargo bench --bench import`; numbers are printed, nothing is asserted about time.

use std::time::Instant;

use chrono::{Days, NaiveDate};
use motcua::app::import::{apply, plan, read};
use motcua::clock::{OFFICE_ZONE, parse_time};
use motcua::domain::unit::UnitId;
use motcua::store::{Store, directory};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

const ROWS: u32 = 10_000;

fn list() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let heads = [
        "STT",
        "Mã hồ sơ",
        "Họ tên người nộp",
        "Số CCCD",
        "Số điện thoại",
        "Địa chỉ",
        "Lĩnh vực",
        "Tên thủ tục",
        "Ngày tiếp nhận",
        "Ngày hẹn trả",
        "Ngày trả kết quả",
        "Trạng thái",
        "Cán bộ xử lý",
    ];
    sheet.write_row(3, 0, heads)?;
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
    for n in 0..ROWS {
        let (row, received) = (n + 4, first + Days::new(u64::from(n / 40)));
        let (due, ended) = (received + Days::new(7), received + Days::new(u64::from(n % 12)));
        sheet.write(row, 0, n + 1)?;
        sheet.write(row, 1, format!("H12.34.56-{}-{:04}", received.format("%y%m%d"), n % 40 + 1))?;
        sheet.write(row, 2, format!("Nguyễn Văn Ví Dụ {n}"))?.write(row, 3, format!("{:012}", n))?;
        sheet.write(row, 4, format!("09{n:08}"))?.write(row, 5, format!("Thôn {n}, xã Khúc Thừa Dụ"))?;
        let (field, procedure) = [
            ("Hộ tịch", "Đăng ký khai sinh"),
            ("Chứng thực", "Chứng thực bản sao từ bản chính"),
            ("Đất đai", "Cấp giấy chứng nhận quyền sử dụng đất"),
        ][n as usize % 3];
        sheet.write(row, 6, field)?.write(row, 7, procedure)?;
        sheet.write_with_format(row, 8, &received, &date)?.write_with_format(row, 9, &due, &date)?;
        let status = match n % 10 {
            0 => "Đang xử lý",
            1 => "Yêu cầu bổ sung giấy tờ",
            _ => "Đã trả kết quả",
        };
        if n % 10 > 1 {
            sheet.write_with_format(row, 10, &ended, &date)?;
        }
        sheet.write(row, 11, status)?.write(row, 12, "Đinh Quốc Lan")?;
    }
    book.save_to_buffer()
}

/// Largest resident memory so far, in MB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In a process of its own: what writes the list must not count as memory of reading it.
    let file = std::env::temp_dir().join(format!("motcua-import-{}.xlsx", std::process::id()));
    match std::env::args().nth(1).as_deref() {
        Some(path) if path.ends_with(".xlsx") => return import(&std::fs::read(path)?).await,
        _ => std::fs::write(&file, list()?)?,
    }
    let done = std::process::Command::new(std::env::current_exe()?).arg(&file).status()?;
    std::fs::remove_file(&file)?;
    if done.success() { Ok(()) } else { Err("the import failed".into()) }
}

async fn import(bytes: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&format!("sqlite://{}", folder.path().join("x.db").display())).await?;
    let mut tx = store.write().await?;
    sqlx::raw_sql(
        "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
         INSERT INTO officials (id, name) VALUES (1, 'Đinh Quốc Lan');
         INSERT INTO memberships (official_id, unit_id, role, since) VALUES (1, 1, 'officer', 20000)",
    )
    .execute(&mut *tx)
    .await?;
    let dir = directory::load(&mut tx).await?;
    tx.commit().await?;
    let now = parse_time("2026-11-20T16:00", OFFICE_ZONE).ok_or("no time")?;
    let (unit, today) = (UnitId(1), now.date_naive());
    println!("{ROWS} rows, {} KB; {} MB resident before", bytes.len() / 1024, peak());
    for pass in ["new", "again"] {
        let start = Instant::now();
        let list = read(bytes, &dir, unit, today).map_err(|r| format!("{r:?}"))?;
        let at_read = start.elapsed();
        let mut tx = store.write().await?;
        let plan = plan(&mut tx, &dir, (unit, today), &list).await?;
        let at_plan = start.elapsed();
        apply(&mut tx, (unit, now), None, &plan).await?;
        tx.commit().await?;
        println!(
            "{pass}: new {}, changed {}, unchanged {}, rejected {}; read {:.0?}, compared {:.0?}, all {:.0?}; peak {} MB",
            plan.brought(),
            plan.changed(),
            plan.unchanged,
            plan.rejected.len(),
            at_read,
            at_plan - at_read,
            start.elapsed(),
            peak()
        );
    }
    Ok(())
}
