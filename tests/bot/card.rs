//! The card of a period: what stands on it is what the golden office printed, and it is a
//! picture of the right size.

use motcua::app::export::{card, render};
use motcua::app::reply::{FileKind, FileRecipe, Reader};
use motcua::cli::End;
use motcua::cli::asked::Asked;
use motcua::cli::report::report;
use motcua::grammar::period::spell;
use motcua::report::card::Card;
use motcua::words::numbers::number;
use serde_json::Value;

use crate::fake_telegram::{FakeTelegram, Reply};
use crate::golden::Golden;
use crate::office::{Office, at};
use crate::wire::Wire;

async fn recipe(office: &Office, check: &Value) -> FileRecipe {
    let text = |key: &str| check[key].as_str().unwrap();
    let asked = Asked { unit: text("unit"), period: text("period"), at: at(text("as_of")) };
    let Ok(summary) = asked.summary(&office.store, office.desk()).await.unwrap() else { panic!("{check}") };
    FileRecipe {
        kind: FileKind::Card,
        unit: summary.unit.0,
        period: spell(&summary.period),
        at: asked.at.timestamp(),
        locale: "vi".to_string(),
        reader: Reader::All,
    }
}

/// The card against the figures that the office printed.
fn compare(card: &Card, expected: &Value, label: &str) {
    let total = &expected["total"];
    let n = |key: &str| total[key].as_i64().unwrap();
    let printed = |key: &str| number(n(key));
    let new = n("received_online") + n("received_direct") + n("received_postal");
    let figures: Vec<Vec<&str>> = card
        .figures
        .iter()
        .map(|f| [&f.value].into_iter().chain(f.parts.iter().map(|p| &p.value)).map(String::as_str).collect())
        .collect();
    let wanted = [
        [printed("received_total"), number(new), printed("carried")],
        [printed("resolved_total"), printed("resolved_late"), printed("withdrawn")],
        [printed("pending_total"), printed("pending_late"), printed("pending_in_time")],
    ];
    assert_eq!(figures, wanted, "{label}");
    assert_eq!(card.on_time.rate, total["on_time_rate"].as_str().unwrap(), "{label}");
    let in_time = n("resolved_early") + n("resolved_on_time") + n("withdrawn");
    assert_eq!(card.on_time.of, format!("({}/{})", number(in_time), printed("resolved_total")), "{label}");

    let groups = card.by_day.as_ref().map(|b| b.groups.as_slice()).unwrap_or_default();
    let came: i64 = groups.iter().map(|g| g.received).sum();
    let went: i64 = groups.iter().map(|g| g.resolved).sum();
    assert_eq!((came, went), (new, n("resolved_total")), "{label}");

    let mut rows: Vec<(&str, i64)> = expected["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["name"].as_str().unwrap(), r["received_total"].as_i64().unwrap()))
        .collect();
    rows.retain(|(_, n)| *n > 0);
    rows.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let fields = card.fields.as_ref().unwrap();
    for (bar, (name, received)) in fields.bars.iter().zip(rows.iter().take(6)) {
        assert_eq!((bar.name.as_str(), &bar.shown), (*name, &number(*received)), "{label}");
    }
    assert_eq!(fields.bars.iter().map(|b| b.value).sum::<i64>(), n("received_total"), "{label}");
}

/// Head and sentences are the lines of the summary that the office printed.
fn compare_lines(card: &Card, check: &Value, label: &str) {
    let lines: Vec<&str> = check["tonghop"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
    assert_eq!([card.title.as_str(), &card.unit, &card.period], lines[..3], "{label}");
    let complete = lines.iter().find(|l| l.starts_with("Đủ số liệu")).unwrap();
    let days = |line: &str| line.split(';').next().unwrap().to_string();
    assert_eq!(days(&card.complete), days(complete), "{label}");
    let lacks = complete.contains("thiếu");
    assert_eq!(card.state.as_deref(), lacks.then_some("Số liệu tạm tính"), "{label}");
    let as_of = check["as_of"].as_str().unwrap();
    assert_eq!(card.drawn, format!("Lập ngày {}/{}/{}", &as_of[8..10], &as_of[5..7], &as_of[..4]), "{label}");
}

async fn play(set: &str) -> usize {
    let mut golden = Golden::read(set);
    let mut office = Office::new("2022-12-01T08:00").await;
    golden.set_up(&office).await;
    for check in golden.checks.clone() {
        golden.play_until(&mut office, check["as_of"].as_str().unwrap()).await;
        let label = format!("{set} {} {}", check["as_of"], check["period"]);
        let recipe = recipe(&office, &check).await;
        let card = card(&office.store, office.desk(), &recipe).await.unwrap();
        compare(&card, &check["summary"], &label);
        compare_lines(&card, &check, &label);
        let name = format!("{set}_{}_{}", recipe.period, &check["as_of"].as_str().unwrap()[..10]);
        keep(&name, &render(&office.store, office.desk(), &recipe).await.unwrap());
    }
    golden.checks.len()
}

/// Pictures of the golden offices, for whoever wants to look at them.
fn keep(name: &str, picture: &motcua::app::reply::Rendered) {
    assert_eq!(size(&picture.bytes), (1080, 1350));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/peers/cards");
    std::fs::create_dir_all(folder).unwrap();
    let name = name.replace([' ', '/'], "-");
    std::fs::write(format!("{folder}/{name}.png"), &picture.bytes).unwrap();
}

/// Width and height as the head of a PNG has them.
fn size(bytes: &[u8]) -> (u32, u32) {
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && &bytes[12..16] == b"IHDR");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn the_golden_months_card_shows_what_the_office_printed() {
    assert_eq!(play("r3").await, 6);
}

#[tokio::test]
async fn the_golden_quarters_card_shows_what_the_office_printed() {
    assert_eq!(play("r1").await, 10);
}

#[tokio::test]
async fn the_command_line_writes_the_same_picture_whenever_it_is_asked_that_day() {
    let mut golden = Golden::read("r3");
    let mut office = Office::new("2022-12-01T08:00").await;
    golden.set_up(&office).await;
    golden.play_until(&mut office, "2025-11-16T10:00").await;
    let folder = tempfile::tempdir().unwrap();
    let written = async |name: &str, time: &str| {
        let (file, asked) = (folder.path().join(name), Asked { unit: "ktd", period: "", at: at(time) });
        let end = report(&office.store, office.desk(), &asked, (&file, None)).await.unwrap();
        (end, std::fs::read(file).unwrap_or_default())
    };
    let (end, picture) = written("the.PNG", "2025-11-16T10:00").await;
    assert_eq!((end, size(&picture)), (End::Done, (1080, 1350)));
    assert!(written("the.png", "2025-11-16T23:00").await.1 == picture);
    assert!(written("the.png", "2025-11-17T10:00").await.1 != picture);
    assert_eq!(written("the.jpg", "2025-11-16T10:00").await, (End::Usage, Vec::new()));
}

#[tokio::test]
async fn on_telegram_it_is_shown_with_a_short_text_in_a_group_too() {
    let fake = FakeTelegram::start();
    let wire = Wire::new(&fake).await;
    wire.set_up(
        "INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
         INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Minh');
         INSERT INTO memberships (id, official_id, unit_id, role, since)
             VALUES (1, 1, 1, 'officer', 20000), (2, 2, 1, 'lead', 20000);",
    )
    .await;
    wire.link(1, 11).await;
    wire.link(2, 12).await;
    fake.say(11, "/bieudo");
    check_shown(&fake.reply(11).await);
    fake.say_in_group(-100, 12, "/nhom X", None);
    fake.reply(-100).await;
    let question = fake.say_in_group(-100, 11, "/bieudo hom nay", None);
    let shown = fake.reply(-100).await;
    check_shown(&shown);
    assert_eq!(shown.reply_to, Some(question));
    assert_eq!((fake.calls("sendPhoto").len(), fake.calls("sendDocument").len()), (2, 0));
    wire.stop().await;
}

fn check_shown(reply: &Reply) {
    assert!(reply.text.starts_with("Biểu đồ của UBND xã X, ") && !reply.text.contains('\n'), "{}", reply.text);
    let (name, bytes) = reply.file.as_ref().unwrap();
    assert!(name.starts_with("motcua_X_") && name.ends_with(".png"), "{name}");
    assert_eq!(size(bytes), (1080, 1350));
}
