//! Every line of `golden/grammar.tsv` through the whole bot: what stands in the database
//! afterwards, what the reply shows, what may not be found anywhere.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::Row;

use crate::office::{Office, at};

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT 1, id, 20000 FROM fields WHERE code IN ('HT', 'CT', 'BTXH', 'ĐĐ', 'NCN', 'KNTC', 'DS');
    INSERT INTO openings (unit_id, field_id, day, pending) SELECT 1, id, 20000, 3 FROM fields WHERE code = 'HT';
    INSERT INTO closed_periods (unit_id, first_day, last_day, period, closed_at)
        VALUES (1, 20741, 20771, 'thang 11/2026', 0);";

/// Days → field code → figure → value, zeros left out.
type Stands = BTreeMap<String, BTreeMap<String, BTreeMap<String, i64>>>;

async fn stands(office: &Office) -> Stands {
    let mut tx = office.store.read().await.unwrap();
    let rows = sqlx::query(
        "SELECT date(day * 86400, 'unixepoch'), f.code, '', 0, online, direct, postal, early, on_time, late, withdrawn
           FROM counts JOIN fields AS f ON f.id = field_id
         UNION ALL SELECT date(day * 86400, 'unixepoch'), ifnull(f.code, ''), i.key, value, 0, 0, 0, 0, 0, 0, 0
           FROM indicator_counts JOIN indicators AS i ON i.id = indicator_id LEFT JOIN fields AS f ON f.id = field_id
         UNION ALL SELECT date(day * 86400, 'unixepoch'), f.code, figure, value, 0, 0, 0, 0, 0, 0, 0
           FROM stocks JOIN fields AS f ON f.id = field_id",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let flows = [
        "received_online",
        "received_direct",
        "received_postal",
        "resolved_early",
        "resolved_on_time",
        "resolved_late",
        "withdrawn",
    ];
    let mut out = Stands::new();
    for r in rows {
        let figures = out.entry(r.get(0)).or_default().entry(r.get(1)).or_default();
        let key: String = r.get(2);
        if key.is_empty() {
            for (i, flow) in flows.iter().enumerate() {
                figures.insert(flow.to_string(), r.get(4 + i));
            }
        } else {
            figures.insert(key, r.get(3));
        }
        figures.retain(|_, v| *v != 0);
    }
    out
}

fn expected(day: &Value) -> Stands {
    serde_json::from_value(day.clone()).unwrap()
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            _ => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('u') => {
                    let hex: String = chars.by_ref().take(4).collect();
                    out.push(char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap());
                }
                other => out.extend(other),
            },
        }
    }
    out
}

async fn check(id: &str, time: &str, text: &str, expect: &Value) -> Result<(), String> {
    if expect["chat"] == "group" {
        return Ok(()); // the terminal has no groups; see telegram
    }
    let mut office = Office::new(time).await;
    office.set_up(OFFICE).await;
    office.clock.set(at(time) - chrono::TimeDelta::minutes(10));
    for given in expect["given"].as_array().into_iter().flatten() {
        office.say("Lan", given.as_str().unwrap()).await;
        office.hears("Lan");
    }
    office.clock.set(at(time));
    office.say("Lan", text).await;
    let reply = office.hears_all();
    let stands = stands(&office).await;
    let allowed: Vec<&Value> = match expect["any_of"].as_array() {
        Some(any) => any.iter().map(|a| &a["day"]).collect(),
        None => vec![&expect["day"]],
    };
    if !allowed.iter().any(|a| expected(a) == stands) {
        return Err(format!("{id}: stands {stands:?}, expected {allowed:?}\n{reply}"));
    }
    for word in expect["refused"].as_array().into_iter().flatten().filter_map(|r| r["word"].as_str()) {
        if !reply.contains(word) {
            return Err(format!("{id}: the reply does not show {word}:\n{reply}"));
        }
    }
    for has in expect["reply_has"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !has.split('|').any(|h| reply.contains(h)) {
            return Err(format!("{id}: the reply has not {has}:\n{reply}"));
        }
    }
    if expect["ask"].is_string() && !reply.contains("[2]") {
        return Err(format!("{id}: does not ask:\n{reply}"));
    }
    if let Some(compare) = expect["compare"].as_object() {
        for (_, c) in compare {
            let (stated, balance) = (c["stated"].to_string(), c["balance"].to_string());
            if stated != balance && !(reply.contains(&stated) && reply.contains(&balance)) {
                return Err(format!("{id}: does not compare {c}:\n{reply}"));
            }
        }
    }
    for never in expect["stores_not"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let bytes = std::fs::read(office.store.path()).unwrap();
        let mut wal = office.store.path().as_os_str().to_owned();
        wal.push("-wal");
        let wal = std::fs::read(wal).unwrap_or_default();
        let found = |hay: &[u8]| hay.windows(never.len()).any(|w| w == never.as_bytes());
        if found(&bytes) || found(&wal) || reply.contains(never) {
            return Err(format!("{id}: {never} is kept"));
        }
    }
    Ok(())
}

#[tokio::test]
async fn every_line_of_the_golden_grammar_comes_to_what_it_should() {
    let cases = include_str!("../golden/grammar.tsv");
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in cases.lines().filter(|l| !l.starts_with('#') && !l.starts_with("id\t")) {
        let [id, time, text, expect] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        count += 1;
        if let Err(e) = check(id, time, &unescape(text), &serde_json::from_str(expect).unwrap()).await {
            wrong.push(e);
        }
    }
    assert!(count > 100, "only {count} cases");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n\n"));
}
