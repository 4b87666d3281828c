//! `motcua field list|enable|disable|add`.

use clap::Subcommand;
use serde_json::json;

use super::End;
use super::setup::{Console, tell};
use super::table::Table;
use crate::app::fields::{add_field, chosen, disable, enable};
use crate::app::units::Added;

#[derive(Subcommand)]
pub enum FieldCommand {
    /// Xem danh mục lĩnh vực; với --unit thì thêm cột đang dùng
    List {
        #[arg(long, value_name = "CODE")]
        unit: Option<String>,
        #[arg(long)]
        json: bool,
    },
    /// Bật lĩnh vực cho một đơn vị, ví dụ: field enable --unit KTD HT,CT
    Enable {
        #[arg(long, value_name = "CODE")]
        unit: String,
        #[arg(required = true)]
        fields: Vec<String>,
    },
    /// Tắt lĩnh vực của một đơn vị
    Disable {
        #[arg(long, value_name = "CODE")]
        unit: String,
        #[arg(required = true)]
        fields: Vec<String>,
    },
    /// Thêm một lĩnh vực vào danh mục
    Add {
        /// Mã, ví dụ QHXD; không trùng từ chỉ tiêu
        code: String,
        name: String,
        /// Các cách gọi khác, ví dụ A,B
        #[arg(long, value_delimiter = ',')]
        aliases: Vec<String>,
    },
}

/// Runs the subcommand.
///
/// # Errors
/// Of the database.
pub async fn run(console: &Console, command: FieldCommand) -> anyhow::Result<End> {
    match command {
        FieldCommand::List { unit, json } => list(console, unit.as_deref(), json).await,
        FieldCommand::Enable { unit, fields } => {
            console
                .change_and_say(async |change| {
                    let unit = change.unit(&unit)?.id;
                    let fields = chosen(change, &fields.join(","))?;
                    enable(change, unit, &fields).await?;
                    Ok(change.words.fields_enabled(change.field_names(&fields)))
                })
                .await
        }
        FieldCommand::Disable { unit, fields } => {
            console
                .change_and_say(async |change| {
                    let unit = change.unit(&unit)?.id;
                    let fields = chosen(change, &fields.join(","))?;
                    let held = disable(change, unit, &fields).await?;
                    let mut text = change.words.fields_disabled(change.field_names(&fields));
                    if !held.is_empty() {
                        text = format!("{text}\n{}", change.words.fields_still_held(change.field_names(&held)));
                    }
                    Ok(text)
                })
                .await
        }
        FieldCommand::Add { code, name, aliases } => {
            console
                .change_and_say(async |change| {
                    Ok(match add_field(change, &code, &name, &aliases).await? {
                        Added::New => change.words.field_added(code.trim(), name.trim()),
                        Added::Unchanged => change.words.field_unchanged(code.trim()),
                    })
                })
                .await
        }
    }
}

async fn list(console: &Console, unit: Option<&str>, json: bool) -> anyhow::Result<End> {
    let dir = console.directory().await?;
    let Some(code) = unit else {
        let mut table = Table::new(&["code", "name", "aliases"]);
        dir.fields.iter().for_each(|f| table.row([json!(f.code), json!(f.name), json!(f.aliases)]));
        table.print(json);
        return Ok(End::Done);
    };
    let Some(unit) = dir.unit_by_code(code) else {
        tell(&console.words.no_such_unit(code));
        return Ok(End::No);
    };
    let used = dir.fields_in_use(unit.id, console.today);
    let mut table = Table::new(&["code", "name", "aliases", "in_use"]);
    for f in &dir.fields {
        table.row([json!(f.code), json!(f.name), json!(f.aliases), json!(used.contains(&f.id))]);
    }
    table.print(json);
    Ok(End::Done)
}
