//! Settings: one table, all faults at once, secrets never shown.

use std::collections::BTreeMap;

use motcua::settings::{Fault, Faults, Mode, Settings, TABLE, Wanted};
use motcua::words::Locale;
use secrecy::ExposeSecret;

fn read(values: &[(&str, &str)]) -> Result<Settings, Faults> {
    let values: BTreeMap<String, String> = values.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
    Settings::from_values(values, Vec::new())
}

#[test]
fn nothing_set_is_a_working_office() {
    let s = read(&[("PATH", "/bin"), ("TELOXIDE_TOKEN", "  ")]).unwrap();
    assert_eq!(s.database_url, "sqlite://motcua.db");
    assert!(s.telegram_token.is_none());
    assert_eq!((s.telegram_rate, s.zalo_monthly_budget, s.text_days), (30, 3000, 400));
    assert_eq!((s.locale, s.telegram_mode), (Locale::Vi, Mode::Polling));
    assert_eq!(s.timezone, chrono_tz::Asia::Ho_Chi_Minh);
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = read(&[
        ("MOTCUA_LOCAL", "vi"),
        ("MOTCUA_SOMETHING", "1"),
        ("MOTCUA_TELEGRAM_RATE", "fast"),
        ("MOTCUA_TIMEZONE", "Hanoi"),
        ("DATABASE_URL", "postgres://x"),
        ("MOTCUA_TELEGRAM_MODE", "webhook"),
        ("RUST_LOG", "motcua=loud"),
    ])
    .unwrap_err()
    .faults;
    let wrong = |name: &str, value: &str, wanted| Fault::Wrong { name: name.into(), value: value.into(), wanted };
    assert!(faults.contains(&Fault::Unknown { name: "MOTCUA_LOCAL".into(), near: Some("MOTCUA_LOCALE") }));
    assert!(faults.contains(&Fault::Unknown { name: "MOTCUA_SOMETHING".into(), near: None }));
    assert!(faults.contains(&wrong("MOTCUA_TELEGRAM_RATE", "fast", Wanted::Number)));
    assert!(faults.contains(&wrong("MOTCUA_TIMEZONE", "Hanoi", Wanted::Zone)));
    assert!(faults.contains(&wrong("DATABASE_URL", "postgres://x", Wanted::SqliteFile)));
    assert!(faults.contains(&wrong("RUST_LOG", "motcua=loud", Wanted::LogFilter)));
    let needs = |other| Fault::Needs { name: "MOTCUA_TELEGRAM_MODE", other };
    assert!(faults.contains(&needs("MOTCUA_WEBHOOK_SECRET")) && faults.contains(&needs("MOTCUA_LISTEN")));
    assert_eq!(faults.len(), 9);
}

#[test]
fn a_secret_may_stand_in_a_file_and_never_shows() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("token");
    std::fs::write(&path, "123:abc\n").unwrap();
    let path = path.to_str().unwrap();
    let s = read(&[("TELOXIDE_TOKEN_FILE", path)]).unwrap();
    assert_eq!(s.telegram_token.as_ref().map(|t| t.expose_secret()), Some("123:abc"));
    assert!(!format!("{s:?}").contains("123:abc"));

    let twice = read(&[("TELOXIDE_TOKEN", "123:abc"), ("TELOXIDE_TOKEN_FILE", path)]).unwrap_err();
    assert_eq!(twice.faults, [Fault::Twice { name: "TELOXIDE_TOKEN" }]);
    let gone = read(&[("ZALO_BOT_TOKEN_FILE", "/nowhere/token")]).unwrap_err();
    assert!(matches!(&gone.faults[..], [Fault::File { .. }]));
    let short = read(&[("MOTCUA_WEBHOOK_SECRET", "tooshort")]).unwrap_err();
    assert!(!short.sentences().concat().contains("tooshort"));
}

/// Names of settings in `.env.example`, commented out or not.
fn names_in_example() -> Vec<String> {
    let text = include_str!("../../.env.example");
    let lines = text.lines().filter_map(|l| l.trim_start_matches("# ").split_once('='));
    let is_name = |n: &str| !n.is_empty() && n.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    lines.map(|(n, _)| n.to_string()).filter(|n| is_name(n)).collect()
}

#[test]
fn the_example_file_lists_every_setting_with_its_default() {
    let names: Vec<&str> = TABLE.iter().map(|s| s.name).collect();
    assert_eq!(names_in_example(), names);
    let text = include_str!("../../.env.example");
    for s in &TABLE {
        assert!(text.contains(&format!("{}={}", s.name, s.default)), "{}", s.name);
    }
}

#[test]
fn the_readme_lists_every_setting_with_its_default() {
    let text = include_str!("../../README.md");
    let rows: Vec<(&str, &str)> = text
        .lines()
        .filter_map(|l| {
            let mut cells = l.strip_prefix("| `")?.split(" | ");
            Some((cells.next()?.trim_end_matches('`'), cells.next()?.trim_matches('`')))
        })
        .filter(|(name, _)| TABLE.iter().any(|s| s.name == *name))
        .collect();
    let expected: Vec<(&str, &str)> =
        TABLE.iter().map(|s| (s.name, if s.default.is_empty() { "–" } else { s.default })).collect();
    assert_eq!(rows, expected);
}
