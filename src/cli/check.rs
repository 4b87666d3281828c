//! `motcua check`: examines the database, its history and the tokens; a line
//! `CODE<TAB>text` a fault, exit code 1 if there is any.

mod database;

use clap::Args;
use serde_json::json;

use super::End;
use super::setup::{Console, say, tell};
use crate::channel::telegram::{self, api::Api};
use crate::channel::zalo;
use crate::settings::{Faults, Mode, Settings};
use crate::words::Words;

#[derive(Args)]
pub struct CheckArgs {
    #[arg(long)]
    pub json: bool,
}

/// One thing that is wrong.
struct Wrong {
    code: &'static str,
    text: String,
}

/// Examines everything.
///
/// # Errors
/// When the database cannot be read at all.
pub async fn run(console: &Console, args: CheckArgs) -> anyhow::Result<End> {
    let mut wrong = settings(&console.settings, console.words);
    wrong.extend(tokens(&console.settings, console.words).await);
    let mut snapshot = console.store.read().await?;
    wrong.extend(database::faults(&mut snapshot, console).await?);
    let bots = super::bot::added(&mut snapshot).await?;
    let gone = bots.into_iter().filter(|b| b.token.is_none());
    wrong.extend(gone.map(|b| Wrong { code: "BOT", text: console.words.bot_file_gone(b.id.to_string()) }));
    Ok(print(&wrong, args.json, console.words))
}

/// What `check` says where the settings themselves are wrong.
pub fn settings_only(faults: &Faults, json: bool) -> End {
    let wrong: Vec<Wrong> = faults.sentences().into_iter().map(|text| Wrong { code: "SETTING", text }).collect();
    print(&wrong, json, faults.locale.words())
}

fn print(wrong: &[Wrong], json: bool, words: &Words) -> End {
    if json {
        let list: Vec<_> = wrong.iter().map(|w| json!({"code": w.code, "text": w.text})).collect();
        say(&json!(list).to_string());
    } else {
        wrong.iter().for_each(|w| say(&format!("{}\t{}", w.code, w.text.replace(['\n', '\t'], " "))));
    }
    if wrong.is_empty() {
        tell(&words.fault_sound());
        return End::Done;
    }
    End::No
}

/// Settings that are well formed but have no effect in this version.
fn settings(settings: &Settings, words: &Words) -> Vec<Wrong> {
    unused(settings).into_iter().map(|name| Wrong { code: "SETTING", text: words.setting_unused(name) }).collect()
}

/// Settings given for what this version does not do yet.
pub fn unused(settings: &Settings) -> Vec<&'static str> {
    let given = [("MOTCUA_ZALO_MODE", settings.zalo_mode == Mode::Webhook)];
    given.into_iter().filter(|(_, is_given)| *is_given).map(|(name, _)| name).collect()
}

/// Asks each platform who we are; says what each channel can send.
async fn tokens(settings: &Settings, words: &Words) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    match ask_telegram(settings).await {
        None => {}
        Some(Ok(name)) => tell(&words.telegram_can(name)),
        Some(Err(e)) => wrong.push(Wrong { code: "TELEGRAM", text: words.fault_telegram(e) }),
    }
    match ask_zalo(settings).await {
        None => {}
        Some(Ok(name)) => tell(&format!("{}\n{}", words.zalo_can(name), words.zalo_no_files())),
        Some(Err(e)) => wrong.push(Wrong { code: "ZALO", text: words.fault_zalo(e) }),
    }
    wrong
}

async fn ask_zalo(settings: &Settings) -> Option<Result<String, String>> {
    let token = settings.zalo_token.clone()?;
    Some(match zalo::api::Api::new(token, &settings.zalo_api_url) {
        Ok(api) => api.me().await.map(|me| me.name().to_string()).map_err(|e| e.to_string()),
        Err(e) => Err(e),
    })
}

/// The user name of the Telegram bot, if there is a token and the platform answers.
pub async fn bot_username(settings: &Settings) -> Option<String> {
    ask_telegram(settings).await?.ok()
}

async fn ask_telegram(settings: &Settings) -> Option<Result<String, String>> {
    let token = settings.telegram_token.clone()?;
    let proxy = settings.telegram_proxy.as_ref().map(secrecy::ExposeSecret::expose_secret);
    Some(match Api::new(token, settings.telegram_api_url.as_deref(), proxy) {
        Ok(api) => telegram::username(&api).await.map_err(|e| e.to_string()),
        Err(e) => Err(e),
    })
}
