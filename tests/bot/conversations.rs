//! Plays every `.chat` file through the program itself: what officials type and what the
//! bot answers, word for word. `UPDATE=1 cargo test conversations` rewrites the answers.
//!
//! Lines `$ …` at the top are command lines of `motcua` that set the office up; without any
//! the practice office is made. A first line `@TIME` starts the clock.

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use motcua::app::desk::Desk;
use motcua::cli::End;
use motcua::cli::chat::{Options, chat};
use motcua::clock::{OFFICE_ZONE, parse_time};
use motcua::store::Store;
use motcua::words::Locale;
use rstest::rstest;

const MOTCUA: &str = env!("CARGO_BIN_EXE_motcua");

pub fn motcua(folder: &Path) -> Command {
    let mut command = Command::new(MOTCUA);
    command.env_clear().current_dir(folder).env("DATABASE_URL", "sqlite://office.db");
    command
}

/// What a file types: everything but replies and notices.
pub fn typed(script: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut in_reply = false;
    for line in script.lines() {
        match line {
            "" => in_reply = false,
            _ if line.starts_with("→ ") => in_reply = true,
            _ if in_reply || line.starts_with("# ") => {}
            _ => lines.push(line),
        }
    }
    lines
}

/// Splits a command line as a shell would: words, `"…"` kept together.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part.to_string());
        } else {
            words.extend(part.split_whitespace().map(str::to_string));
        }
    }
    words
}

/// What a file types, with the lines that continue joined.
pub fn said<'a>(lines: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut said: Vec<Vec<&str>> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        match said.last_mut().filter(|_| goes_on) {
            Some(begun) => begun.push(line),
            None => said.push(vec![line]),
        }
        goes_on = line.ends_with('\\');
    }
    said
}

/// Says one thing after the other, so that each answer stands behind its question.
async fn play(folder: &Path, script: &str) -> String {
    let mut out = String::new();
    let lines = typed(script);
    let (commands, lines): (Vec<&str>, Vec<&str>) = lines.iter().partition(|l| l.starts_with("$ "));
    for command in commands {
        let done = motcua(folder).args(words(&command[2..])).output().unwrap();
        assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stderr));
        out.push_str(&format!("{command}\n"));
    }
    let store = Store::open(&format!("sqlite://{}", folder.join("office.db").display())).await.unwrap();
    let mut at = None;
    for lines in said(&lines) {
        let text: String = lines.iter().map(|l| format!("{l}\n")).collect();
        let has_begun = !out.is_empty();
        out.push_str(&text);
        if let Some(time) = text.strip_prefix('@') {
            at = Some(parse_time(time.trim(), OFFICE_ZONE).expect("a time"));
            // Shows what falls due on the way; without an office nothing can.
            if has_begun {
                out.push_str(&hear(&store, at, "").await);
            }
            continue;
        }
        out.push_str(&hear(&store, at, &text).await);
    }
    store.close().await;
    out
}

/// What `motcua chat --at` prints for some lines of input.
pub async fn hear(store: &Store, at: Option<DateTime<Utc>>, text: &str) -> String {
    let mut answered = Vec::new();
    let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
    let options = Options { speaker: None, at, greet: false };
    assert_eq!(chat(store.clone(), desk, options, text.as_bytes(), &mut answered).await.unwrap(), End::Done);
    String::from_utf8(answered).unwrap()
}

#[rstest]
#[tokio::test]
async fn conversation(#[files("tests/conversations/**/*.chat")] path: PathBuf) {
    let script = std::fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let played = play(folder.path(), &script).await;
    #[allow(clippy::disallowed_methods, reason = "a switch for whoever writes conversations")]
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &played).unwrap();
        return;
    }
    assert!(played == script, "{} differs; now:\n{played}", path.display());
}
