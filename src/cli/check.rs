//! `motcua check`: examines the database, its history and the tokens; a line
//! `CODE<TAB>text` a fault, exit code 1 if there is any.

mod database;

use clap::Args;
use secrecy::SecretString;
use serde_json::json;

use super::End;
use super::bots::{self, Wanted};
use super::setup::{Console, say, tell};
use crate::channel::SendError;
use crate::channel::telegram::{self, api::Api};
use crate::channel::zalo;
use crate::settings::{Faults, Settings};
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
    let wanted = bots::wanted(&console.settings, &mut *console.store.read().await?).await?;
    let mut wrong = tokens(&console.settings, &wanted, console.words).await;
    let mut snapshot = console.store.read().await?;
    wrong.extend(database::faults(&mut snapshot, console).await?);
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

/// Asks each platform who the bot is; says what each bot can send.
async fn tokens(settings: &Settings, wanted: &[Wanted], words: &Words) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for bot in wanted {
        let Some(token) = bot.token.clone() else {
            wrong.push(Wrong { code: "BOT", text: bot.bad_token(words) });
            continue;
        };
        let is_zalo = bot.channel == zalo::NAME;
        let answer = if is_zalo { ask_zalo(settings, token).await } else { ask_telegram(settings, token).await };
        match (answer, bot.added) {
            (Ok(name), _) if is_zalo => tell(&words.zalo_can(name)),
            (Ok(name), _) => tell(&words.telegram_can(name)),
            (Err(e), added) => {
                let (platform, code) = if is_zalo { ("Zalo", "ZALO") } else { ("Telegram", "TELEGRAM") };
                let text = unanswered(&e, platform, words);
                wrong.push(match added {
                    Some((id, _)) => Wrong { code: "BOT", text: words.fault_bot(id.to_string(), text) },
                    None => Wrong { code, text },
                });
            }
        }
    }
    if settings.public_url.is_none() && wanted.iter().any(|bot| bot.channel == zalo::NAME) {
        tell(&words.zalo_no_files());
    }
    wrong
}

/// Whether the token is at fault, or the way to the platform.
fn unanswered(error: &SendError, platform: &str, words: &Words) -> String {
    match error {
        SendError::Unauthorised => words.fault_token(platform),
        SendError::Down(what) | SendError::Ambiguous(what) => words.fault_network(platform, what),
        other => words.fault_answer(platform, other.to_string()),
    }
}

async fn ask_zalo(settings: &Settings, token: SecretString) -> Result<String, SendError> {
    let api = zalo::api::Api::new(token, &settings.zalo_api_url).map_err(SendError::Down)?;
    Ok(api.me().await?.name().to_string())
}

/// The user name of the Telegram bot of a token, if the platform answers.
pub async fn bot_username(settings: &Settings, token: SecretString) -> Option<String> {
    ask_telegram(settings, token).await.ok()
}

async fn ask_telegram(settings: &Settings, token: SecretString) -> Result<String, SendError> {
    let proxy = settings.telegram_proxy.as_ref().map(secrecy::ExposeSecret::expose_secret);
    let api = Api::new(token, settings.telegram_api_url.as_deref(), proxy).map_err(SendError::Down)?;
    telegram::username(&api).await
}
