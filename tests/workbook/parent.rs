//! A parent made of many offices like a golden one.

use motcua::domain::count::Flows;
use motcua::domain::summary::{Below, IncompleteUnit, MissingDay, Row};
use motcua::report::workbook::Missing;

use crate::golden::Case;

/// The case with long names, large numbers, many fields and several faults: what a sheet
/// must still show uncut.
pub fn crowded(mut case: Case) -> Case {
    let whole = case.summary.total.clone();
    case.summary.rows = (1..=19)
        .map(|i| Row {
            code: format!("F{i}"),
            name: format!("Xử lý đơn, tiếp công dân, giải quyết khiếu nại, tố cáo, phần {i}"),
            flows: std::iter::repeat_n(whole.flows, 500 * i).sum(),
            carried: 12_345 * i as i64,
            ..whole.clone()
        })
        .collect();
    case.summary.rows[2].pending_late = 99_999_999;
    case.summary.rows[3].flows.early += 88_888_888;
    case.summary.total = Row {
        flows: case.summary.rows.iter().map(|r| r.flows).sum(),
        carried: case.summary.rows.iter().map(|r| r.carried).sum(),
        awaiting: 19 * whole.awaiting,
        pending_late: case.summary.rows.iter().map(|r| r.pending_late).sum(),
        ..whole
    };
    case.summary.unit_name = "Trung tâm Phục vụ hành chính công phường Lê Thanh Nghị & đặc khu Bạch Long Vĩ".into();
    let names = ["Nguyễn Thị Thanh Huyền", "Trần Đỗ Hoàng Long", "Phạm Nguyễn Quỳnh Trang"].map(String::from);
    let days: Vec<_> = case.days.iter().filter(|d| d.flows.is_some()).map(|d| d.day).collect();
    case.summary.complete.missing =
        days.iter().map(|day| MissingDay { day: *day, officials: names.to_vec() }).collect();
    for day in case.days.iter_mut().filter(|d| d.flows.is_some()) {
        day.missing = Missing::People(names.to_vec());
    }
    case.judge();
    case
}

/// A parent over `n` communes like the case's, some with days missing.
pub fn parent_of(mut case: Case, n: usize) -> Case {
    let one = case.summary.total.clone();
    let unit = |i: usize| Row {
        code: format!("X{i}"),
        name: format!("UBND xã Số {i}"),
        carried: one.carried,
        flows: one.flows,
        pending_late: one.pending_late,
        awaiting: one.awaiting,
    };
    let times = |f: Flows| std::iter::repeat_n(f, n).sum::<Flows>();
    for row in case.summary.rows.iter_mut().chain(std::iter::once(&mut case.summary.total)) {
        row.flows = times(row.flows);
        row.carried *= n as i64;
        row.awaiting *= n as i64;
    }
    for day in &mut case.days {
        day.flows = day.flows.map(times);
        day.awaiting = day.awaiting.map(|v| v * n as i64);
        day.missing = match day.missing {
            Missing::Nobody => Missing::Nobody,
            _ => Missing::Units(n / 4),
        };
        day.indicators.iter_mut().for_each(|(_, v)| *v *= n as i64);
    }
    case.summary.indicators.iter_mut().for_each(|t| t.value *= n as i64);
    let lacks = |i: &usize| i % 4 == 3;
    let incomplete = (0..n).filter(lacks).map(|i| IncompleteUnit {
        code: format!("X{i}"),
        name: format!("UBND xã Số {i}"),
        missing_days: i % 3 + 1,
    });
    let incomplete: Vec<IncompleteUnit> = incomplete.collect();
    case.summary.below = Some(Below {
        units: n,
        complete_units: n - incomplete.len(),
        incomplete,
        by_unit: (0..n).map(unit).collect(),
        ..Below::default()
    });
    case.summary.unit_name = "UBND thành phố Hải Phòng".into();
    case.summary.unit_code = "HP".into();
    case.judge();
    case
}
