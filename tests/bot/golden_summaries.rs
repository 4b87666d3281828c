//! The golden offices, message by message: every answer of `tests/golden/*/expected.json`
//! must come out of what was typed.

use motcua::app::summarise::{Facts, Question, summarise};
use motcua::clock::OFFICE_ZONE;
use motcua::domain::period::Period;
use motcua::grammar::period::read_period;
use motcua::report::names::Names;
use motcua::report::summary_json::summary_json;
use motcua::report::summary_text::summary_text;
use motcua::store::{days, directory};
use motcua::words::Locale;
use serde_json::Value;

use crate::office::{Office, at};

struct Sent {
    at: String,
    official: String,
    kind: String,
    message_id: String,
    text: String,
}

fn file(set: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/golden/{set}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn messages(set: &str) -> Vec<Sent> {
    let unescape =
        |s: &str| s.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\t", "\t").replace('\u{1}', "\\");
    let sent = |line: &str| {
        let c: Vec<&str> = line.split('\t').collect();
        let [_, at, official, kind, message_id, text, _] = c[..] else { panic!("{line}") };
        let [at, official, kind, message_id] = [at, official, kind, message_id].map(str::to_string);
        Sent { at, official, kind, message_id, text: unescape(text) }
    };
    file(set, "messages.tsv").lines().skip(1).map(sent).collect()
}

fn text(v: &Value) -> String {
    v.as_str().unwrap().to_string()
}

fn day(v: &Value) -> i64 {
    days::to_db(v.as_str().unwrap().parse().unwrap())
}

async fn set_up(office: &Office, setup: &Value) {
    let mut w = office.store.write().await.unwrap();
    for u in setup["units"].as_array().unwrap() {
        let sql = "INSERT INTO units (code, name, scheme) VALUES (?, ?, ?)";
        let query = sqlx::query(sql).bind(text(&u["code"])).bind(text(&u["name"])).bind(text(&u["scheme"]));
        query.execute(&mut *w).await.unwrap();
    }
    for o in setup["officials"].as_array().unwrap() {
        let sql = "INSERT INTO officials (name, current_unit_id) SELECT ?, id FROM units WHERE code = ?";
        let query = sqlx::query(sql).bind(text(&o["name"])).bind(text(&o["unit"]));
        let id = query.execute(&mut *w).await.unwrap().last_insert_rowid();
        let sql =
            "INSERT INTO memberships (official_id, unit_id, role, since) SELECT ?, id, ?, ? FROM units WHERE code = ?";
        let query = sqlx::query(sql).bind(id).bind(text(&o["role"])).bind(day(&o["since"])).bind(text(&o["unit"]));
        let membership = query.execute(&mut *w).await.unwrap().last_insert_rowid();
        for f in o["fields"].as_array().unwrap() {
            let sql =
                "INSERT INTO member_fields (membership_id, field_id, since) SELECT ?, id, ? FROM fields WHERE code = ?";
            let query = sqlx::query(sql).bind(membership).bind(day(&o["since"])).bind(text(f));
            query.execute(&mut *w).await.unwrap();
        }
    }
    for d in setup["holidays"].as_array().unwrap() {
        let sql = "INSERT OR REPLACE INTO holidays (day, kind) VALUES (?, 'off')";
        sqlx::query(sql).bind(day(d)).execute(&mut *w).await.unwrap();
    }
    for o in setup["openings"].as_array().unwrap() {
        let sql = "INSERT INTO openings (unit_id, field_id, day, pending, late)
                   SELECT u.id, f.id, ?, ?, ? FROM units AS u, fields AS f WHERE u.code = ? AND f.code = ?";
        let query = sqlx::query(sql).bind(day(&o["day"])).bind(o["pending"].as_i64()).bind(o["late"].as_i64());
        query.bind(text(&o["unit"])).bind(text(&o["field"])).execute(&mut *w).await.unwrap();
    }
    directory::touch(&mut w).await.unwrap();
    w.commit().await.unwrap();
}

async fn check(office: &Office, expected: &Value) {
    let mut r = office.store.read().await.unwrap();
    let dir = directory::load(&mut r).await.unwrap();
    let unit = dir.unit_by_code(expected["unit"].as_str().unwrap()).unwrap();
    let now = at(expected["as_of"].as_str().unwrap()).with_timezone(&OFFICE_ZONE).naive_local();
    let (asked, name) = (expected["period"].as_str().unwrap(), &expected["period"]);
    let (period, rest) = read_period(asked, unit.scheme, now.date()).unwrap();
    assert_eq!(rest, "", "{name}");
    let period = period.unwrap_or_else(|| Period::month_containing(now.date(), unit.scheme));
    let facts = Facts::default();
    let q = Question { dir: &dir, unit, period: &period, field: None, now, facts: &facts };
    let summary = summarise(&mut r, &q).await.unwrap();

    let words = Locale::Vi.words();
    let found: Value = serde_json::from_str(&summary_json(&summary, words).unwrap()).unwrap();
    for (key, value) in expected["summary"].as_object().unwrap() {
        assert_eq!(&found[key], value, "{name}: {key}");
    }
    let found = summary_text(&summary, Names::All, words);
    let lines: Vec<&str> = expected["tonghop"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    assert_eq!(found.lines().take(lines.len()).collect::<Vec<_>>(), lines, "{name}");
}

async fn play(set: &str) {
    let setup: Value = serde_json::from_str(&file(set, "setup.json")).unwrap();
    let expected: Value = serde_json::from_str(&file(set, "expected.json")).unwrap();
    let mut checks: Vec<&Value> = expected["checks"].as_array().unwrap().iter().collect();
    checks.sort_by_key(|c| at(c["as_of"].as_str().unwrap()));
    let mut checks = checks.into_iter().peekable();

    let messages = messages(set);
    let mut office = Office::new(&messages[0].at).await;
    set_up(&office, &setup).await;
    let people = setup["officials"].as_array().unwrap();
    // What each official has sent, in order, so that an edit finds its message.
    let mut sent: Vec<(String, String)> = Vec::new();
    for m in &messages {
        while let Some(c) = checks.next_if(|c| at(c["as_of"].as_str().unwrap()) < at(&m.at)) {
            check(&office, c).await;
        }
        let name = people.iter().find(|o| o["key"] == m.official.as_str()).unwrap()["name"].as_str().unwrap();
        office.move_to(&m.at);
        match m.kind.as_str() {
            "edit" => {
                let later = sent.iter().rev().filter(|(who, _)| *who == m.official);
                let back = later.take_while(|(_, id)| *id != m.message_id).count() + 1;
                office.edit_earlier(name, back as i64, &m.text).await;
            }
            "duplicate" => continue, // the terminal hands nothing over twice
            _ => {
                office.say(name, &m.text).await;
                sent.push((m.official.clone(), m.message_id.clone()));
            }
        }
        office.hears_all();
    }
    for c in checks {
        check(&office, c).await;
    }
}

#[tokio::test]
async fn the_quarter_of_a_15_14_office() {
    play("r1").await;
}

#[tokio::test]
async fn the_month_of_a_calendar_office() {
    play("r3").await;
}
