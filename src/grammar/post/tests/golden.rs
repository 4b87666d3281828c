//! `tests/golden`: every case of grammar.tsv as far as reading decides, and every message
//! of the two offices.

use super::*;

const GRAMMAR: &str = include_str!("../../../../tests/golden/grammar.tsv");
const R1: &str = include_str!("../../../../tests/golden/r1/messages.tsv");
const R3: &str = include_str!("../../../../tests/golden/r3/messages.tsv");

pub(super) fn unescape(text: &str) -> String {
    serde_json::from_str(&format!("\"{}\"", text.replace('"', "\\\""))).expect("escapes")
}

/// Day of a time stamp in the office's zone.
pub(super) fn office_day(at: &str) -> NaiveDate {
    let zone = FixedOffset::east_opt(7 * 3600).expect("+07");
    DateTime::parse_from_rfc3339(at).expect("a time").with_timezone(&zone).date_naive()
}

/// What stands for the sender: (day, field code or "" for the unit) → what was said.
type Book = BTreeMap<(NaiveDate, String), Vec<Said>>;

/// What the app makes of a reading, without balance and permissions.
fn enter(book: &mut Book, reading: &Reading) {
    for good in reading.lines.iter().filter_map(|l| if let Judged::Good(g) = l { Some(g) } else { None }) {
        if good.day <= day("2026-11-14") {
            continue; // month 11/2026 is closed
        }
        let fields: Vec<String> = match good.scope {
            Scope::Field(id) => vec![code(id).to_string()],
            Scope::Unit => vec![String::new()],
            Scope::All => IN_USE.map(String::from).to_vec(),
            Scope::Rest => {
                let open = |f: &&&str| !book.contains_key(&(good.day, f.to_string()));
                IN_USE.iter().filter(open).map(|f| f.to_string()).collect()
            }
        };
        for field in fields {
            let entries: Vec<Said> = match &good.what {
                What::Zero => vec![Said::Zero],
                What::Entries { entries, .. } => entries.iter().map(|e| Said::Entry(*e)).collect(),
            };
            if !entries.is_empty() {
                book.entry((good.day, field)).or_default().extend(entries);
            }
        }
    }
}

fn days(book: &Book) -> Value {
    let mut days = json!({});
    for ((day, field), said) in book {
        let count = replay(said);
        let mut figures = serde_json::Map::new();
        for figure in count.named.iter().filter(|f| count.flows.get(**f) != 0) {
            figures.insert(figure.key().into(), json!(count.flows.get(*figure)));
        }
        for (key, stock) in [("awaiting_supplement", count.awaiting), ("pending_late", count.pending_late)] {
            if let Some(crate::domain::count::Stock::Set(n)) = stock {
                figures.insert(key.into(), json!(n));
            }
        }
        for (id, n) in count.indicators.iter().filter(|(_, n)| **n != 0) {
            figures.insert(subject_key(Subject::Indicator(*id)).into(), json!(n));
        }
        days[day.to_string()][field] = Value::Object(figures);
    }
    days
}

fn refused(reading: &Reading) -> Vec<Value> {
    let mut refused = Vec::new();
    for line in &reading.lines {
        match line {
            Judged::Bad(b) if b.reason == Reason::PersonalNumber => {
                refused.push(json!({"line": b.line, "reason": "personal_number"}));
            }
            Judged::Bad(b) => {
                refused.push(json!({"line": b.line, "reason": reason_name(b.reason), "word": b.word}));
            }
            Judged::Good(g) if g.day <= day("2026-11-14") => {
                refused.push(json!({"line": g.line, "reason": "closed_period", "word": "14/11"}));
            }
            _ => {}
        }
    }
    refused
}

#[test]
fn every_case_of_the_grammar_comes_out_right() {
    let vocabulary = vocabulary(&IN_USE);
    let cases = GRAMMAR.lines().filter(|l| !l.starts_with('#') && !l.starts_with("id\t"));
    let mut run = 0;
    for case in cases {
        let cells: Vec<&str> = case.split('\t').collect();
        let (id, today, text) = (cells[0], office_day(cells[1]), unescape(cells[2]));
        let expect: Value = serde_json::from_str(cells[3]).expect("json");
        let private = expect["chat"] != "group";
        let mut book = Book::new();
        for given in expect["given"].as_array().into_iter().flatten() {
            let given = read(given.as_str().expect("text"), today, private, &vocabulary);
            enter(&mut book, &given.expect("a given entry"));
        }
        let reading = read(&text, today, private, &vocabulary);
        assert_eq!(reading.is_none(), expect["ignored"] == true, "{id} ignored");
        let reading = reading.unwrap_or_default();
        enter(&mut book, &reading);
        let found = days(&book);
        match expect["any_of"].as_array() {
            Some(any) => assert!(any.iter().any(|e| e["day"] == found), "{id}: {found}"),
            None => assert_eq!(found, expect["day"], "{id}: {reading:#?}"),
        }
        if let Some(expected) = expect["refused"].as_array() {
            assert_eq!(&refused(&reading), expected, "{id}");
        }
        assert_eq!(reading.lines.iter().any(|l| matches!(l, Judged::Ask(_))), expect["ask"] == "two_readings", "{id}");
        check_fixes(id, &reading, &expect["reply_has"]);
        run += 1;
    }
    assert!(run > 100, "{run} cases");
}

/// Where the reply must hold a corrected line (`ht ol 3|…`), it is offered.
fn check_fixes(id: &str, reading: &Reading, reply_has: &Value) {
    let fixes: Vec<&String> =
        reading.lines.iter().flat_map(|l| if let Judged::Bad(b) = l { b.fixes.iter() } else { [].iter() }).collect();
    for wanted in reply_has.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Some((line, _)) = wanted.split_once('|') {
            assert!(fixes.iter().any(|f| *f == line), "{id}: {line} not among {fixes:?}");
        }
    }
}

/// Lines that are bad on purpose, and the word to be named.
const BAD_ON_PURPOSE: [(&str, &str); 6] =
    [(" ol 1o", "1o"), (" th 3,5", "3,5"), (" tt ", "tt"), (" xyz 3", "xyz"), (" -2", "-2"), ("dd tt 3", "tt")];

fn check_office(messages: &str, in_use: &[&str]) {
    let vocabulary = vocabulary(in_use);
    let mut run = 0;
    for row in messages.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (today, kind) = (office_day(cells[1]), cells[3]);
        let texts: BTreeSet<&str> = cells[5..].iter().copied().filter(|t| *t != "-" && kind != "command").collect();
        for text in texts.into_iter().map(unescape) {
            let reading = read(&text, today, true, &vocabulary).expect("an entry");
            let bad: Vec<&Bad> =
                reading.lines.iter().filter_map(|l| if let Judged::Bad(b) = l { Some(b) } else { None }).collect();
            let expected: Vec<&str> = text
                .split(['\n', ';'])
                .filter_map(|l| BAD_ON_PURPOSE.iter().find(|(part, _)| l.contains(part)).map(|(_, word)| *word))
                .collect();
            let words: Vec<&str> = bad.iter().map(|b| b.word.as_str()).collect();
            assert_eq!(words, expected, "{text:?}: {reading:#?}");
            // `3,5`, `-2` and `xyz 3` have no corrected line that keeps every typed number.
            let mended = |b: &&&Bad| matches!(b.reason, Reason::AmbiguousWord) || b.word == "1o";
            assert!(bad.iter().filter(mended).all(|b| !b.fixes.is_empty()), "a corrected line for {text:?}");
            assert!(!reading.lines.iter().any(|l| matches!(l, Judged::Ask(_))), "{text:?}");
            let lines = text.trim_start_matches("/nhap").split(['\n', ';']).filter(|l| l.trim().len() > 12).count();
            assert!(reading.lines.len() >= lines.min(1), "{text:?}");
            run += 1;
        }
    }
    assert!(run > 150, "{run} messages");
}

#[test]
fn every_message_of_the_first_office_reads() {
    check_office(R1, &["TĐKT", "CS", "CT", "HT", "BTXH", "NCC", "ĐĐ"]);
}

#[test]
fn every_message_of_the_third_office_reads() {
    check_office(R3, &["TĐKT", "CS", "CT", "HT", "BTXH", "NCC", "ĐĐ"]);
}
