//! `motcua official add|list|remove|import`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::rows::{self, Row};
use super::setup::{Console, day, role, say, telegram_id, tell};
use super::table::Table;
use super::{End, unit::change_line};
use crate::app::Refusal;
use crate::app::change::Change;
use crate::app::fields::chosen;
use crate::app::invite::{IMPORT_CODE, Invitation, issue};
use crate::app::people::{self, OfficialRow, add_official};
use crate::app::register::holders;
use crate::app::remove::member;
use crate::app::stocks;
use crate::app::units::Added;
use crate::domain::official::{OfficialId, Role};
use crate::store::units;
use crate::words::numbers::{count, number};

#[derive(Subcommand)]
pub enum OfficialCommand {
    /// Thêm một người vào đơn vị
    Add(AddArgs),
    /// Xem những người của các đơn vị
    List {
        /// Chỉ một đơn vị
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Kết thúc vai trò của một người; số liệu đã nhập giữ nguyên
    Remove {
        /// Mã đơn vị
        #[arg(long, value_name = "CODE")]
        unit: String,
        #[arg(long)]
        name: String,
        /// Ngày đầu tiên không còn vai trò (mặc định hôm nay), ví dụ 2026-11-20
        #[arg(long, value_name = "DAY", value_parser = day)]
        at: Option<NaiveDate>,
    },
    /// Nhập từ tệp CSV có các cột unit, name, role, fields, telegram, zalo, since
    Import {
        file: PathBuf,
        /// Ghi mã mời (14 ngày) của những người chưa có tài khoản chat ra tệp này
        #[arg(long, value_name = "OUT.csv")]
        codes: Option<PathBuf>,
    },
}

#[derive(Args)]
pub struct AddArgs {
    /// Mã đơn vị
    #[arg(long, value_name = "CODE")]
    unit: String,
    /// Họ tên
    #[arg(long)]
    name: String,
    /// officer (cán bộ), lead (đầu mối), leader (lãnh đạo), admin (quản trị)
    #[arg(long, value_parser = role)]
    role: Role,
    /// Lĩnh vực phụ trách, ví dụ HT,CT
    #[arg(long)]
    fields: Option<String>,
    /// Số định danh tài khoản Telegram
    #[arg(long, value_name = "ID", value_parser = telegram_id)]
    telegram: Option<String>,
    /// Số định danh tài khoản Zalo
    #[arg(long, value_name = "ID")]
    zalo: Option<String>,
    /// Ngày bắt đầu (mặc định hôm nay), ví dụ 2026-11-20
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<NaiveDate>,
}

/// Runs the subcommand.
///
/// # Errors
/// Of the database and of writing the file of codes.
pub async fn run(console: &Console, command: OfficialCommand) -> anyhow::Result<End> {
    match command {
        OfficialCommand::Add(args) => console.change_and_say(async |change| add(change, args).await).await,
        OfficialCommand::List { unit, json } => list(console, unit.as_deref(), json).await,
        OfficialCommand::Remove { unit, name, at } => {
            console.change_and_say(async |change| remove(change, (&unit, &name), at).await).await
        }
        OfficialCommand::Import { file, codes } => import(console, &file, codes.as_deref()).await,
    }
}

async fn add(change: &mut Change<'_>, args: AddArgs) -> Result<String, Refusal> {
    let unit = change.unit(&args.unit)?.id;
    let fields = args.fields.map(|f| chosen(change, &f)).transpose()?;
    let AddArgs { name, role, telegram, zalo, since, .. } = args;
    let row = OfficialRow { unit, name, role, fields, telegram, zalo, since };
    Ok(match add_official(change, &row).await? {
        (_, Added::New) => change.words.official_added(row.name.trim(), args.unit.trim()),
        (_, Added::Unchanged) => change.words.official_unchanged(row.name.trim(), args.unit.trim()),
    })
}

async fn remove(change: &mut Change<'_>, (unit, name): (&str, &str), at: Option<NaiveDate>) -> Result<String, Refusal> {
    let unit = change.unit(unit)?.clone();
    let member = member(change, unit.id, name).await?;
    let day = at.unwrap_or(change.today);
    let ended = people::remove(change, unit.id, &member, day).await?;
    let mut text = change.words.removed(&member.name, &unit.name, crate::words::numbers::date(day));
    if !ended.is_empty() {
        text = format!("{text}\n{}", change.words.stocks_ended(stocks::in_words(change, &ended)));
    }
    // Until a later day they are still in that person's hands.
    if day <= change.today {
        let dossiers = holders::hand_on(change, unit.id, (member.official, None)).await?;
        if dossiers > 0 {
            text = format!("{text}\n{}", change.words.dossiers_without_holder(number(dossiers as i64)));
        }
    }
    Ok(text)
}

async fn list(console: &Console, only: Option<&str>, json: bool) -> anyhow::Result<End> {
    let dir = console.directory().await?;
    if let Some(code) = only.filter(|c| dir.unit_by_code(c).is_none()) {
        tell(&console.words.no_such_unit(code));
        return Ok(End::No);
    }
    let mut table = Table::new(&["unit", "name", "role", "fields", "since", "until", "telegram", "zalo"]);
    let mut all: Vec<_> = dir.units.values().collect();
    all.sort_by_key(|u| &u.code);
    for unit in all.into_iter().filter(|u| only.is_none_or(|c| u.code.eq_ignore_ascii_case(c))) {
        for m in dir.members_of(unit.id).iter().filter(|m| m.span.until.is_none_or(|u| u > console.today)) {
            let name = dir.official(m.official).map(|o| o.name.clone());
            // Fields of a member who begins later are shown too.
            let at = console.today.max(m.span.since);
            let fields: Vec<&str> = m.fields_on(at).filter_map(|f| dir.field(f)).map(|f| f.code.as_str()).collect();
            let ids = |channel: &str| {
                let links = dir.links_of(m.official).into_iter().filter(|l| l.channel == channel);
                links.map(|l| l.platform_user.clone()).collect::<Vec<_>>()
            };
            table.row([
                json!(unit.code),
                json!(name),
                json!(m.role.key()),
                json!(fields),
                json!(m.span.since.to_string()),
                json!(m.span.until.map(|u| u.to_string())),
                json!(ids("telegram")),
                json!(ids("zalo")),
            ]);
        }
    }
    table.print(json);
    Ok(End::Done)
}

const COLUMNS: (&[&str], &[&str]) = (&["unit", "name", "role"], &["fields", "telegram", "zalo", "since"]);

async fn import(console: &Console, file: &Path, codes: Option<&Path>) -> anyhow::Result<End> {
    let words = console.words;
    let rows = match rows::read(file, COLUMNS, words) {
        Ok(rows) => rows,
        Err(faults) => {
            faults.iter().for_each(|f| tell(f));
            return Ok(End::No);
        }
    };
    if let Some(codes) = codes.filter(|c| c.exists()) {
        tell(&words.file_exists(codes.display().to_string()));
        return Ok(End::No);
    }
    let done = console
        .change(async |change| {
            let (added, people) = import_rows(change, &rows).await?;
            let made = if codes.is_some() { invite_unlinked(change, &rows, &people).await? } else { Vec::new() };
            // The file is written before the commit: no code is good that nobody holds.
            if let Some(path) = codes {
                let written = write_codes(path, &made).map_err(|e| e.to_string());
                written.map_err(|e| Refusal::Told(change.words.file_not_written(path.display().to_string(), e)))?;
            }
            Ok((added, made.len()))
        })
        .await?;
    let Some(((new, unchanged), made)) = done else { return Ok(End::No) };
    say(&words.import_done(count(new), count(unchanged)));
    if let Some(path) = codes {
        say(&words.import_codes(count(made), path.display().to_string()));
    }
    Ok(End::Done)
}

/// Adds all rows or none; returns how many were new and unchanged, and the person a row.
async fn import_rows(change: &mut Change<'_>, rows: &[Row]) -> Result<((usize, usize), Vec<OfficialId>), Refusal> {
    let (mut faults, mut people) = (Vec::new(), Vec::new());
    let mut counts = (0, 0);
    for row in rows {
        let added = match official_row(change, row).await {
            Ok(official) => add_official(change, &official).await,
            Err(refusal) => Err(refusal),
        };
        match added {
            Ok((person, added)) => {
                people.push(person);
                if added == Added::New { counts.0 += 1 } else { counts.1 += 1 }
            }
            Err(Refusal::Told(fault)) => faults.push(change_line(row.line, &fault)),
            Err(fault) => return Err(fault),
        }
    }
    if faults.is_empty() { Ok((counts, people)) } else { Err(Refusal::Told(faults.join("\n"))) }
}

async fn official_row(change: &mut Change<'_>, row: &Row) -> Result<OfficialRow, Refusal> {
    let words = change.words;
    let code = row.get("unit").unwrap_or_default();
    let bad = |column: &str, example: String| {
        Refusal::Told(words.import_bad_cell(column, row.get(column).unwrap_or_default(), example))
    };
    let unit = units::by_code(change.conn, code).await?.ok_or_else(|| Refusal::Told(words.no_such_unit(code)))?;
    Ok(OfficialRow {
        unit: unit.id,
        name: row.get("name").unwrap_or_default().to_string(),
        role: role(row.get("role").unwrap_or_default()).map_err(|e| bad("role", e))?,
        fields: row.get("fields").map(|f| chosen(change, f)).transpose()?,
        telegram: row.get("telegram").map(telegram_id).transpose().map_err(|e| bad("telegram", e))?,
        zalo: row.get("zalo").map(str::to_string),
        since: row.get("since").map(day).transpose().map_err(|e| bad("since", e))?,
    })
}

/// A code for each person of the file without a chat: `[unit, name, code, link]`.
async fn invite_unlinked(
    change: &mut Change<'_>,
    rows: &[Row],
    people: &[OfficialId],
) -> Result<Vec<[String; 4]>, Refusal> {
    let mut made = Vec::new();
    let mut seen = Vec::new();
    for (row, person) in rows.iter().zip(people) {
        let linked = crate::store::officials::has_chat(change.conn, *person).await?;
        if linked || seen.contains(person) {
            continue;
        }
        seen.push(*person);
        let text = |column: &str| row.get(column).unwrap_or_default().to_string();
        let Some(unit) = units::by_code(change.conn, &text("unit")).await? else { continue };
        let role = role(&text("role")).unwrap_or(Role::Officer);
        let invitation = Invitation { unit: unit.id, role, name: text("name"), fields: Vec::new(), valid: IMPORT_CODE };
        let issued = issue(change, &invitation).await?;
        let link = crate::app::invite::deep_link(change, Some(unit.id), &issued.code).await?.unwrap_or_default();
        made.push([text("unit"), text("name"), issued.code, link]);
    }
    Ok(made)
}

fn write_codes(path: &Path, made: &[[String; 4]]) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["unit", "name", "code", "link"])?;
    for row in made {
        // A cell that begins like a formula must not become one.
        writer.write_record(
            row.iter().map(|c| if c.starts_with(['=', '+', '-', '@', '\t']) { format!("'{c}") } else { c.clone() }),
        )?;
    }
    writer.flush()?;
    Ok(())
}
