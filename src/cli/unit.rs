//! `motcua unit add|list|import`.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::json;

use super::End;
use super::rows::{self, Row};
use super::setup::{Console, say, tell};
use super::table::Table;
use crate::app::Refusal;
use crate::app::change::Change;
use crate::app::units::{Added, UnitRow, add_unit};
use crate::domain::period::Scheme;
use crate::domain::unit::Unit;
use crate::store::units;
use crate::words::numbers::count;

#[derive(Subcommand)]
pub enum UnitCommand {
    /// Thêm một đơn vị
    Add {
        /// Mã đơn vị, ví dụ KTD
        code: String,
        /// Tên đầy đủ, ví dụ "UBND xã Khúc Thừa Dụ"
        name: String,
        /// Mã đơn vị cấp trên
        #[arg(long, value_name = "CODE")]
        parent: Option<String>,
        /// Kỳ báo cáo: 15-14 (mặc định) hoặc calendar
        #[arg(long, value_parser = scheme)]
        scheme: Option<Scheme>,
    },
    /// Xem các đơn vị
    List {
        #[arg(long)]
        json: bool,
    },
    /// Nhập từ tệp CSV có các cột code, name, parent, scheme
    Import { file: PathBuf },
}

fn scheme(text: &str) -> Result<Scheme, String> {
    Scheme::from_key(text).ok_or_else(|| "15-14, calendar".to_string())
}

/// Runs the subcommand.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, command: UnitCommand) -> anyhow::Result<End> {
    match command {
        UnitCommand::Add { code, name, parent, scheme } => {
            let row = UnitRow { code, name, parent, scheme };
            console
                .change_and_say(async |change| {
                    let (_, added) = add_unit(change, &row).await?;
                    let name = row.name.split_whitespace().collect::<Vec<_>>().join(" ");
                    Ok(match added {
                        Added::New => change.words.unit_added(row.code.trim(), name),
                        Added::Unchanged => change.words.unit_unchanged(row.code.trim()),
                    })
                })
                .await
        }
        UnitCommand::List { json } => list(console, json).await,
        UnitCommand::Import { file } => import(console, &file).await,
    }
}

async fn list(console: &Console, json: bool) -> anyhow::Result<End> {
    let dir = console.directory().await?;
    let mut all: Vec<&Unit> = dir.units.values().collect();
    all.sort_by_key(|u| &u.code);
    let mut table = Table::new(&["code", "name", "parent", "scheme"]);
    for unit in all {
        let parent = unit.parent.and_then(|p| dir.unit(p)).map(|p| p.code.clone());
        table.row([json!(unit.code), json!(unit.name), json!(parent), json!(unit.scheme.key())]);
    }
    table.print(json);
    Ok(End::Done)
}

async fn import(console: &Console, file: &std::path::Path) -> anyhow::Result<End> {
    let words = console.words;
    let rows = match rows::read(file, (&["code", "name"], &["parent", "scheme"]), words) {
        Ok(rows) => rows,
        Err(faults) => {
            faults.iter().for_each(|f| tell(f));
            return Ok(End::No);
        }
    };
    let done = console.change(async |change| import_rows(change, &rows).await).await?;
    let Some((new, unchanged)) = done else { return Ok(End::No) };
    say(&words.import_done(count(new), count(unchanged)));
    Ok(End::Done)
}

/// Adds all rows or none. A parent may stand below its children in the file: units are
/// entered first, then put under their parents.
async fn import_rows(change: &mut Change<'_>, rows: &[Row]) -> Result<(usize, usize), Refusal> {
    let mut faults = Vec::new();
    let mut counts = (0, 0);
    let mut under = Vec::new();
    for row in rows {
        let at = |fault: String| change_line(row.line, &fault);
        let scheme = row.get("scheme").map(scheme).transpose();
        let Ok(scheme) = scheme else {
            faults.push(at(change.words.import_bad_scheme(row.get("scheme").unwrap_or_default())));
            continue;
        };
        let text = |column: &str| row.get(column).unwrap_or_default().to_string();
        let (parent, held) = (row.get("parent"), units::by_code(change.conn, &text("code")).await?);
        let is_new = held.is_none();
        // The parent of a unit that is there is compared; a new one may come later in the file.
        let unit = UnitRow { code: text("code"), name: text("name"), parent: None, scheme };
        match add_unit(change, &unit).await {
            Ok((id, added)) => {
                if added == Added::New {
                    counts.0 += 1
                } else {
                    counts.1 += 1
                }
                under.extend(parent.map(|p| (row.line, id, p, is_new)));
            }
            Err(Refusal::Told(fault)) => faults.push(at(fault)),
            Err(fault) => return Err(fault),
        }
    }
    for (line, id, parent, is_new) in under {
        let Some(above) = units::by_code(change.conn, parent).await? else {
            faults.push(change_line(line, &change.words.no_such_unit(parent)));
            continue;
        };
        let code = rows.iter().find(|r| r.line == line).and_then(|r| r.get("code")).unwrap_or_default();
        let held = units::by_code(change.conn, code).await?;
        if is_new && above.id != id && !units::is_under(change.conn, above.id, id).await? {
            units::set_parent(change.conn, id, above.id).await?;
        } else if is_new {
            faults.push(change_line(line, &change.words.unit_circle(code)));
        } else if let Some(held) = held.filter(|h| h.parent != Some(above.id)) {
            faults.push(change_line(line, &change.words.unit_differs(held.code, held.name)));
        }
    }
    if faults.is_empty() { Ok(counts) } else { Err(Refusal::Told(faults.join("\n"))) }
}

/// `dòng 3: …` in the manner of every import.
pub fn change_line(line: u64, fault: &str) -> String {
    format!("{line}: {fault}")
}
