use super::*;
use crate::app::summarise::Facts;
use crate::clock::OFFICE_ZONE;
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::period::{Period, PeriodKind};
use crate::report::names::Names;
use crate::store::sample::{Sample, field};
use crate::words::Locale;

async fn ask(sample: &Sample, unit: UnitId, asked: Asked, field: Option<FieldId>) -> Explanation {
    let dir = sample.dir().await;
    let unit = dir.unit(unit).unwrap();
    let period = Period::of(PeriodKind::Month { year: 2026, month: 11 }, unit.scheme).unwrap();
    let (now, facts) = ("2026-12-02T16:00:00".parse().unwrap(), Facts::default());
    let q = Question { dir: &dir, unit, period: &period, field, now, facts: &facts };
    explain(&mut sample.store.read().await.unwrap(), &q, asked, OFFICE_ZONE, Locale::Vi.words()).await.unwrap()
}

/// Province P, commune A with Lan and Minh in November 2026.
async fn province() -> (Sample, [UnitId; 2], [FieldId; 2], [OfficialId; 2]) {
    let sample = Sample::new().await;
    let dir = sample.dir().await;
    let (ht, ct) = (field(&dir, "HT"), field(&dir, "CT"));
    let p = sample.unit("P", None, "calendar").await;
    let a = sample.unit("A", Some(p), "calendar").await;
    let lan = sample.officer(a, "Trần Lan", "2026-01-01", &[ht]).await;
    let minh = sample.officer(a, "Đỗ Minh", "2026-01-01", &[ht, ct]).await;
    sample.opening(a, ht, "2026-11-01", 5, 3).await;
    sample.count(a, "2026-11-02", ht, lan, [4, 1, 0, 2, 0, 0, 1]).await;
    sample.count(a, "2026-11-02", ht, minh, [1, 0, 0, 0, 0, 0, 0]).await;
    sample.count(a, "2026-11-03", ct, minh, [7, 0, 0, 7, 0, 0, 0]).await;
    sample.stock(a, ct, minh, true, "2026-10-03", 2).await;
    sample.stock(a, ct, minh, false, "2026-11-03", 1).await;
    sample.indicator(a, "2026-11-02", ht.0, lan, "digitised", 4).await;
    sample.indicator(a, "2026-11-02", 0, minh, "digitised", 1).await;
    (sample, [p, a], [ht, ct], [lan, minh])
}

#[tokio::test]
async fn the_entries_of_every_figure_add_up_to_it() {
    let (sample, units, fields, _) = province().await;
    let digitised = sample.dir().await.indicator_by_key("digitised").unwrap().id;
    let figures = FIGURES.iter().map(|r| Asked::Figure(r.figure));
    let controls = [Control::Received, Control::Resolved, Control::Pending].map(Asked::Control);
    for asked in figures.chain(controls).chain([Asked::Indicator(digitised)]) {
        for unit in units {
            for field in [None, Some(fields[0]), Some(fields[1])] {
                let e = ask(&sample, unit, asked, field).await;
                let listed: i64 = e.entries.iter().map(|l| l.value).sum();
                let opened: i64 = e.openings.iter().map(|(_, n)| n).sum();
                assert_eq!(e.value, e.carried.unwrap_or(0) + listed + opened, "{asked:?} {field:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_entries_are_told_with_day_person_and_time() {
    let (sample, [p, a], [ht, _], [lan, _]) = province().await;
    let sql = "INSERT INTO posts (unit_id, sender_id, sent_at) VALUES (?, ?, unixepoch('2026-11-02T09:30:00Z'))";
    let post = sample.run(sql, &[a.0, lan.0]).await;
    let sql = "INSERT INTO post_lines (post_id, form, seq, official_id, unit_id, day, field_id, subject, op, value)
               VALUES (?, 1, 0, ?, ?, unixepoch('2026-11-02') / 86400, ?, 'received_online', 'set', 4)";
    sample.run(sql, &[post, lan.0, a.0, ht.0]).await;

    let received = Asked::Control(Control::Received);
    let e = ask(&sample, a, received, Some(ht)).await;
    let expected = "Tiếp nhận: 11
Hộ tịch · UBND A · Tháng 11/2026
– Kỳ trước chuyển sang: 5
– 02/11 · Trần Lan: 5 (gửi 16:30 02/11/2026)
– 02/11 · Đỗ Minh: 1";
    assert_eq!(e.text(Names::All, Locale::Vi.words()), expected);
    let group = e.text(Names::None, Locale::Vi.words());
    assert!(group.ends_with("– 02/11: 6"), "{group}");
    let e = ask(&sample, a, Asked::Figure(Figure::PendingLate), None).await;
    let expected = "Tồn quá hạn: 4
UBND A · Tháng 11/2026
– Tồn đầu kỳ ngày 01/11/2026: 3
– Chứng thực · Đỗ Minh: 1 (báo cho ngày 03/11/2026)";
    assert_eq!(e.text(Names::All, Locale::Vi.words()), expected);
    let e = ask(&sample, p, received, None).await;
    assert_eq!(e.text(Names::None, Locale::Vi.words()), "Tiếp nhận: 18\nUBND P · Tháng 11/2026\n– UBND A: 18");
    let e = ask(&sample, a, Asked::Figure(Figure::ReceivedPostal), None).await;
    let expected = "Bưu chính: 0\nUBND A · Tháng 11/2026\nChưa có số liệu nào.";
    assert_eq!(e.text(Names::All, Locale::Vi.words()), expected);
}
