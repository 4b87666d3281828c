//! Settings: the only reader of the environment and of `.env` (SPEC §2).
//!
//! What is set in the environment wins over `.env`; an empty value of a known setting
//! counts as not set.
//! [`TABLE`] names every setting once; `.env.example` and the README are checked against it.
//! A wrong or unknown value stops the start, and all faults are told at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;
use secrecy::SecretString;

use crate::words::{Locale, Words};

/// One row of the table of settings.
pub struct Setting {
    pub name: &'static str,
    /// As printed in the README; empty where there is none.
    pub default: &'static str,
    /// Never printed; may be given as `NAME_FILE`, the path of a file that holds it.
    pub secret: bool,
}

/// Every setting there is.
pub const TABLE: [Setting; 18] = [
    row("DATABASE_URL", "sqlite://motcua.db"),
    secret("TELOXIDE_TOKEN"),
    row("TELOXIDE_API_URL", "https://api.telegram.org"),
    secret("TELOXIDE_PROXY"),
    secret("ZALO_BOT_TOKEN"),
    row("ZALO_API_URL", "https://bot-api.zaloplatforms.com"),
    row("MOTCUA_LISTEN", ""),
    row("MOTCUA_PUBLIC_URL", ""),
    row("MOTCUA_TELEGRAM_MODE", "polling"),
    row("MOTCUA_ZALO_MODE", "polling"),
    secret("MOTCUA_WEBHOOK_SECRET"),
    row("MOTCUA_TELEGRAM_RATE", "30"),
    row("MOTCUA_ZALO_MONTHLY_BUDGET", "3000"),
    row("MOTCUA_TEXT_DAYS", "400"),
    row("MOTCUA_BACKUP_DIR", "backup"),
    row("MOTCUA_TIMEZONE", "Asia/Ho_Chi_Minh"),
    row("MOTCUA_LOCALE", "vi"),
    row("RUST_LOG", "info"),
];

const fn row(name: &'static str, default: &'static str) -> Setting {
    Setting { name, default, secret: false }
}

const fn secret(name: &'static str) -> Setting {
    Setting { name, default: "", secret: true }
}

/// How updates of a platform come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Polling,
    Webhook,
}

/// The settings of one start, all checked.
#[derive(Clone, Debug)]
pub struct Settings {
    pub database_url: String,
    pub telegram_token: Option<SecretString>,
    /// `None`: Telegram's own server.
    pub telegram_api_url: Option<String>,
    /// May hold a password.
    pub telegram_proxy: Option<SecretString>,
    pub zalo_token: Option<SecretString>,
    pub zalo_api_url: String,
    pub listen: Option<SocketAddr>,
    pub public_url: Option<String>,
    pub telegram_mode: Mode,
    pub zalo_mode: Mode,
    pub webhook_secret: Option<SecretString>,
    /// Messages a second over all chats; 0 = no limit.
    pub telegram_rate: u32,
    /// Messages a month.
    pub zalo_monthly_budget: u32,
    /// Days for which texts of messages are kept.
    pub text_days: u32,
    /// `None`: `backup` beside the database.
    pub backup_dir: Option<PathBuf>,
    pub timezone: Tz,
    pub locale: Locale,
    /// Filter of the log, such as `info,motcua=debug`.
    pub log: String,
}

/// What is wrong with one setting. Values of secrets are never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No setting has this name; perhaps the nearest was meant.
    Unknown { name: String, near: Option<&'static str> },
    /// The value cannot be read.
    Wrong { name: String, value: String, wanted: Wanted },
    /// `NAME_FILE` points to what cannot be read.
    File { name: String, path: String },
    /// Both `NAME` and `NAME_FILE`.
    Twice { name: &'static str },
    /// One setting needs another.
    Needs { name: &'static str, other: &'static str },
    /// One setting says nothing without another.
    NeedsToo { name: &'static str, other: &'static str },
    /// A line of `.env` that is not `NAME=value`, counted from 1 where it is known. Never its
    /// text: a token may stand there.
    DotEnv { line: Option<usize> },
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    SqliteFile,
    Url,
    Https,
    Address,
    Mode,
    Number,
    Zone,
    Locale,
    LongSecret,
    LogFilter,
    Unicode,
}

/// All faults of a start, and the language to tell them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    pub locale: Locale,
    pub faults: Vec<Fault>,
}

impl Settings {
    /// Reads `.env` of the current folder (or of one above it) and the environment.
    ///
    /// # Errors
    /// All faults at once.
    pub fn load() -> Result<Settings, Faults> {
        let mut values = BTreeMap::new();
        let mut faults = Vec::new();
        match dotenvy::dotenv_iter() {
            Ok(lines) => {
                for line in lines {
                    match line {
                        Ok((name, value)) => _ = values.insert(name, value),
                        Err(e) => faults.push(Fault::DotEnv { line: line_of(&e) }),
                    }
                }
            }
            Err(e) if e.not_found() => {}
            Err(_) => faults.push(Fault::DotEnv { line: None }),
        }
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().map(str::to_string) else { continue };
            match value.into_string() {
                Ok(value) => _ = values.insert(name, value),
                Err(_) if is_ours(&name) => faults.push(wrong(&name, "", Wanted::Unicode)),
                Err(_) => {}
            }
        }
        Settings::from_values(values, faults)
    }

    /// Reads settings out of names and values; `faults` are those already known.
    ///
    /// # Errors
    /// All faults at once.
    pub fn from_values(values: BTreeMap<String, String>, faults: Vec<Fault>) -> Result<Settings, Faults> {
        let mut r = Reader { values, faults };
        // Before empty values go: a name that is none is a slip, whatever it is set to.
        r.refuse_unknown();
        r.values.retain(|_, v| !v.trim().is_empty());
        let locale = r.get("MOTCUA_LOCALE", Wanted::Locale, Locale::from_key).unwrap_or_default();
        let settings = Settings {
            database_url: r
                .get("DATABASE_URL", Wanted::SqliteFile, sqlite_file)
                .unwrap_or_else(|| TABLE[0].default.into()),
            telegram_token: r.secret("TELOXIDE_TOKEN"),
            telegram_api_url: r.get("TELOXIDE_API_URL", Wanted::Url, http_url),
            telegram_proxy: r.secret("TELOXIDE_PROXY"),
            zalo_token: r.secret("ZALO_BOT_TOKEN"),
            zalo_api_url: r.get("ZALO_API_URL", Wanted::Url, http_url).unwrap_or_else(|| TABLE[5].default.into()),
            listen: r.get("MOTCUA_LISTEN", Wanted::Address, |v| v.parse().ok()),
            public_url: r.get("MOTCUA_PUBLIC_URL", Wanted::Https, |v| http_url(v).filter(|u| u.starts_with("https:"))),
            telegram_mode: r.get("MOTCUA_TELEGRAM_MODE", Wanted::Mode, mode).unwrap_or(Mode::Polling),
            zalo_mode: r.get("MOTCUA_ZALO_MODE", Wanted::Mode, mode).unwrap_or(Mode::Polling),
            webhook_secret: r.long_secret("MOTCUA_WEBHOOK_SECRET"),
            telegram_rate: r.get("MOTCUA_TELEGRAM_RATE", Wanted::Number, |v| v.parse().ok()).unwrap_or(30),
            zalo_monthly_budget: r
                .get("MOTCUA_ZALO_MONTHLY_BUDGET", Wanted::Number, |v| v.parse().ok())
                .unwrap_or(3000),
            text_days: r.get("MOTCUA_TEXT_DAYS", Wanted::Number, |v| v.parse().ok()).unwrap_or(400),
            backup_dir: r.values.get("MOTCUA_BACKUP_DIR").map(|v| PathBuf::from(v.trim())),
            timezone: r.get("MOTCUA_TIMEZONE", Wanted::Zone, |v| v.parse().ok()).unwrap_or(crate::clock::OFFICE_ZONE),
            locale,
            log: r.get("RUST_LOG", Wanted::LogFilter, log_filter).unwrap_or_else(|| TABLE[17].default.into()),
        };
        // Phones would be given links to a server that does not run.
        if settings.public_url.is_some() && !r.is_given("MOTCUA_LISTEN") {
            r.faults.push(Fault::NeedsToo { name: "MOTCUA_PUBLIC_URL", other: "MOTCUA_LISTEN" });
        }
        if settings.telegram_mode == Mode::Webhook || settings.zalo_mode == Mode::Webhook {
            let mode =
                if settings.telegram_mode == Mode::Webhook { "MOTCUA_TELEGRAM_MODE" } else { "MOTCUA_ZALO_MODE" };
            for other in ["MOTCUA_WEBHOOK_SECRET", "MOTCUA_LISTEN", "MOTCUA_PUBLIC_URL"] {
                if !r.is_given(other) {
                    r.faults.push(Fault::Needs { name: mode, other });
                }
            }
        }
        if r.faults.is_empty() { Ok(settings) } else { Err(Faults { locale, faults: r.faults }) }
    }
}

struct Reader {
    values: BTreeMap<String, String>,
    faults: Vec<Fault>,
}

impl Reader {
    fn refuse_unknown(&mut self) {
        for name in self.values.keys().filter(|n| is_ours(n)) {
            let known =
                TABLE.iter().any(|s| s.name == name || (s.secret && name.strip_suffix("_FILE") == Some(s.name)));
            // TELOXIDE_ and ZALO_ are other people's names too: only ours are judged.
            if !known && name.starts_with("MOTCUA_") {
                let near = TABLE.iter().map(|s| s.name).min_by_key(|n| strsim::levenshtein(n, name));
                let near = near.filter(|n| strsim::levenshtein(n, name) <= 3);
                self.faults.push(Fault::Unknown { name: name.clone(), near });
            }
        }
    }

    fn is_given(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.values.contains_key(&format!("{name}_FILE"))
    }

    fn get<T>(&mut self, name: &str, wanted: Wanted, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.values.get(name)?.trim();
        let got = read(value);
        if got.is_none() {
            self.faults.push(wrong(name, value, wanted));
        }
        got
    }

    fn secret(&mut self, name: &'static str) -> Option<SecretString> {
        let file_name = format!("{name}_FILE");
        match (self.values.get(name), self.values.get(&file_name)) {
            (Some(_), Some(_)) => {
                self.faults.push(Fault::Twice { name });
                None
            }
            (Some(value), None) => Some(value.trim().to_string().into()),
            (None, Some(path)) => match std::fs::read_to_string(path.trim()) {
                Ok(text) if !text.trim().is_empty() => Some(text.trim().to_string().into()),
                _ => {
                    self.faults.push(Fault::File { name: file_name, path: shown_path(path.trim()) });
                    None
                }
            },
            (None, None) => None,
        }
    }

    fn long_secret(&mut self, name: &'static str) -> Option<SecretString> {
        use secrecy::ExposeSecret;
        let secret = self.secret(name)?;
        if secret.expose_secret().chars().count() < 32 {
            self.faults.push(wrong(name, "", Wanted::LongSecret));
        }
        Some(secret)
    }
}

fn is_ours(name: &str) -> bool {
    name.starts_with("MOTCUA_") || TABLE.iter().any(|s| s.name == name)
}

fn wrong(name: &str, value: &str, wanted: Wanted) -> Fault {
    Fault::Wrong { name: name.to_string(), value: shown(value), wanted }
}

/// Which line of `.env` could not be read, if only one can be meant.
fn line_of(error: &dotenvy::Error) -> Option<usize> {
    let dotenvy::Error::LineParse(text, _) = error else { return None };
    let folder = std::env::current_dir().ok()?;
    let file = folder.ancestors().map(|f| f.join(".env")).find(|f| f.is_file())?;
    line_with(&std::fs::read_to_string(file).ok()?, text)
}

fn line_with(file: &str, text: &str) -> Option<usize> {
    let text = text.lines().next().filter(|t| !t.trim().is_empty())?;
    let mut lines = file.lines().enumerate().filter(|(_, l)| l.contains(text)).map(|(i, _)| i + 1);
    lines.next().filter(|_| lines.next().is_none())
}

/// A value as it may be shown: of an address nothing before the `@`, where a password may
/// stand; nothing at all of what may be a token.
fn shown(value: &str) -> String {
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_-:".contains(c);
    if value.chars().any(char::is_control) || value.split(|c| !is_key(c)).any(|w| w.len() >= 30) {
        return String::new();
    }
    match value.rsplit_once('@') {
        Some((_, behind)) => format!("…@{behind}"),
        None => value.to_string(),
    }
}

/// What was given as the path of a file, if it is one and no secret put in its place.
fn shown_path(path: &str) -> String {
    let starts = ["/", "./", "../", "~/"].iter().any(|s| path.starts_with(s)) || path.get(1..3) == Some(":\\");
    let is_path = starts && path.split(['/', '\\']).all(|part| part.len() <= 30) && !path.contains('@');
    let is_missing = matches!(std::path::Path::new(path).try_exists(), Ok(false));
    if is_path && is_missing { path.to_string() } else { String::new() }
}

fn sqlite_file(value: &str) -> Option<String> {
    let rest = value.strip_prefix("sqlite:")?;
    let path = rest.trim_start_matches("//").split('?').next().unwrap_or_default();
    (!path.is_empty() && !path.contains(":memory:")).then(|| value.to_string())
}

fn http_url(value: &str) -> Option<String> {
    let url = reqwest::Url::parse(value).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| value.trim_end_matches('/').to_string())
}

fn mode(value: &str) -> Option<Mode> {
    match value {
        "polling" => Some(Mode::Polling),
        "webhook" => Some(Mode::Webhook),
        _ => None,
    }
}

fn log_filter(value: &str) -> Option<String> {
    tracing_subscriber::EnvFilter::try_new(value).ok().map(|_| value.to_string())
}

impl Faults {
    /// One sentence a fault, in the language of the settings.
    pub fn sentences(&self) -> Vec<String> {
        let words = self.locale.words();
        self.faults.iter().map(|f| f.sentence(words)).collect()
    }
}

impl Fault {
    /// The fault in words: which setting, what is wrong, what it should be.
    pub fn sentence(&self, words: &Words) -> String {
        match self {
            Fault::Unknown { name, near: None } => words.settings_unknown(name),
            Fault::Unknown { name, near: Some(near) } => words.settings_unknown_near(name, *near),
            Fault::Wrong { name, value, wanted } if value.is_empty() => {
                words.settings_wrong_secret(name, wanted.phrase(words))
            }
            Fault::Wrong { name, value, wanted } => words.settings_wrong(name, value, wanted.phrase(words)),
            Fault::File { name, path } if path.is_empty() => words.settings_file_hidden(name),
            Fault::File { name, path } => words.settings_file(name, path),
            Fault::Twice { name } => words.settings_twice(*name),
            Fault::Needs { name, other } => words.settings_needs(*name, *other),
            Fault::NeedsToo { name, other } => words.settings_needs_too(*name, *other),
            Fault::DotEnv { line: None } => words.settings_dotenv(),
            Fault::DotEnv { line: Some(line) } => words.settings_dotenv_line(line.to_string()),
        }
    }
}

impl Wanted {
    fn phrase(self, words: &Words) -> String {
        match self {
            Wanted::SqliteFile => words.wanted_sqlite_file(),
            Wanted::Url => words.wanted_url(),
            Wanted::Https => words.wanted_https(),
            Wanted::Address => words.wanted_address(),
            Wanted::Mode => words.wanted_mode(),
            Wanted::Number => words.wanted_number(),
            Wanted::Zone => words.wanted_zone(),
            Wanted::Locale => words.wanted_locale(),
            Wanted::LongSecret => words.wanted_long_secret(),
            Wanted::LogFilter => words.wanted_log_filter(),
            Wanted::Unicode => words.wanted_unicode(),
        }
    }
}

#[cfg(test)]
mod tests;
