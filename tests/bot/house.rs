//! Rules of the house that a machine can check.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use motcua::domain::official::{Role, may};
use motcua::grammar::table::{COMMANDS, CommandRow};
use motcua::words::Locale;

use crate::people::repository;

/// The rooms, each with what stands left of it: a room may use its own and those before.
/// Rooms of one step do not meet, but for those named in `MEET`.
const ROOMS: [&[&str]; 9] = [
    &["domain", "clock"],
    &["words"],
    &["grammar", "settings", "telemetry"],
    &["report"],
    &["import", "render", "store"],
    &["app"],
    &["jobs", "channel"],
    &["cli"],
    &["main"],
];

/// Files under a folder with an ending, in order.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&repository().join(folder), ending, &mut found);
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(repository()).unwrap().display().to_string().replace('\\', "/")
}

fn step(room: &str) -> Option<usize> {
    ROOMS.iter().position(|rooms| rooms.contains(&room))
}

/// Rooms that a file names behind `crate::`, outside comments and its own tests.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = code.lines().filter(|l| !l.trim_start().starts_with("//"));
    let mut used = BTreeSet::new();
    for line in lines {
        for part in line.split("crate::").skip(1) {
            used.insert(part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    used
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for path in files("src", ".rs") {
        let name = shown(&path);
        let room = name.trim_start_matches("src/").split(['/', '.']).next().unwrap();
        let Some(own) = step(room) else { continue };
        for used in rooms_used(&read(&path)) {
            if used.is_empty() {
                wrong.push(format!("{name}: `use crate::{{…}}` hides which rooms it names"));
            }
            let Some(other) = step(&used) else { continue };
            if other > own || (other == own && used != room) {
                wrong.push(format!("{name} uses {used}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let all = files("src", ".rs").into_iter().chain(files("tests", ".rs"));
    let long: Vec<String> = all
        .map(|p| (shown(&p), read(&p).lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .map(|(name, lines)| format!("{name}: {lines}"))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

/// Words that only one room may write.
const DOORS: [(&str, &str); 6] = [
    ("Utc::now(", "src/clock.rs"),
    ("Local::now(", "src/clock.rs"),
    ("env::var", "src/settings.rs"),
    ("sqlx::query", "src/store/"),
    ("QueryBuilder", "src/store/"),
    ("teloxide::", "src/channel/telegram/"),
];

#[test]
fn time_environment_database_and_platform_have_one_door_each() {
    let mut wrong = Vec::new();
    for path in files("src", ".rs").into_iter().filter(|p| !p.ends_with("tests.rs")) {
        let (name, text) = (shown(&path), read(&path));
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(&text);
        let doors = DOORS.iter().filter(|(word, door)| code.contains(word) && !name.starts_with(door));
        wrong.extend(doors.map(|(word, _)| format!("{name}: {word}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Keys of the sentences of a language with the blanks of each.
fn sentences(language: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for path in files(&format!("locales/{language}"), ".ftl") {
        for line in read(&path).lines().filter(|l| !l.starts_with('#')) {
            if let Some((key, _)) = line.split_once(" =").filter(|(k, _)| !k.starts_with([' ', '*', '[', '}'])) {
                found.push((key.to_string(), BTreeSet::new()));
            }
            let blanks = line.split("{ $").skip(1).filter_map(|b| b.split([' ', '}']).next());
            if let Some((_, held)) = found.last_mut() {
                held.extend(blanks.map(str::to_string));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn both_languages_have_the_same_sentences_with_the_same_blanks() {
    let (vi, en) = (sentences("vi"), sentences("en"));
    let missing: Vec<_> = vi.iter().filter(|s| !en.contains(s)).chain(en.iter().filter(|s| !vi.contains(s))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_sentence_is_said_somewhere() {
    let code: String = files("src", ".rs").iter().map(|p| read(p)).collect();
    let unused: Vec<String> = sentences("vi")
        .into_iter()
        .map(|(key, _)| key.replace('-', "_"))
        .filter(|f| f != "language_name" && !code.contains(&format!("{f}(")) && !code.contains(&format!("Words::{f}")))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn officials_are_never_addressed_as_friends() {
    for path in files("locales/vi", ".ftl") {
        let text = read(&path).to_lowercase();
        let said = text.lines().filter(|l| !l.starts_with('#'));
        let found: Vec<&str> = said.filter(|l| l.split(|c: char| !c.is_alphabetic()).any(|w| w == "bạn")).collect();
        assert!(found.is_empty(), "{}: {found:?}", shown(&path));
    }
}

/// A row of the README's table of commands.
fn readme_row(row: &CommandRow) -> String {
    let words = Locale::Vi.words();
    let roles: Vec<String> = Role::ALL.into_iter().filter(|r| may(*r, row.action)).map(|r| words.role(r)).collect();
    let who = if roles.len() == Role::ALL.len() { "mọi người".to_string() } else { roles.join(", ") };
    let usage = row.usage(words).replace('|', "\\|");
    format!("| `{usage}` | {} | {who} | `{}` |", (row.help)(words), row.example)
}

#[test]
fn the_readme_lists_every_command_as_it_is() {
    let readme = read(&repository().join("README.md"));
    let listed: Vec<&str> = readme.lines().filter(|l| l.starts_with("| `/")).collect();
    let expected: Vec<String> = COMMANDS.iter().map(readme_row).collect();
    assert!(listed == expected, "the table has to be:\n{}", expected.join("\n"));
}

#[test]
fn every_command_has_a_line_of_help_and_is_used_in_a_test() {
    let tests: String = files("tests", ".chat").iter().chain(&files("tests", ".rs")).map(|p| read(p)).collect();
    for row in COMMANDS {
        for locale in [Locale::Vi, Locale::En] {
            let help = (row.help)(locale.words());
            assert!(!help.trim().is_empty() && !help.contains('\n'), "/{}: {help:?}", row.name);
        }
        assert!(tests.contains(&format!("/{}", row.name)), "/{} is in no test", row.name);
    }
}

#[test]
fn the_readmes_chat_is_what_the_bot_says() {
    let readme = read(&repository().join("README.md"));
    let chat = readme.split("```text\n").nth(1).and_then(|c| c.split("```").next()).unwrap();
    let said = read(&repository().join("tests/conversations/posting/echo.chat"));
    let lines: Vec<&str> = chat.lines().filter(|l| l.starts_with("bot:") || l.starts_with("      ")).collect();
    assert_eq!(lines.len(), 4);
    for line in lines {
        assert!(said.contains(line.trim_start_matches("bot:").trim()), "{line}");
    }
}
