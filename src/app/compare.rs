//! `/sosanh PERIOD PERIOD`: two periods of one unit side by side.

use super::summarise::{Question, summarise};
use crate::domain::summary::Summary;
use crate::store::{Connection, Result};

/// The summaries of two questions, of one unit and two periods.
///
/// # Errors
/// Of the database.
pub async fn compare(conn: &mut Connection, q: &Question<'_>, second: &Question<'_>) -> Result<(Summary, Summary)> {
    Ok((summarise(conn, q).await?, summarise(conn, second).await?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::summarise::Facts;
    use crate::domain::period::{Period, PeriodKind};
    use crate::report::compare::compare_text;
    use crate::store::sample::{Sample, field};
    use crate::words::Locale;

    #[tokio::test]
    async fn two_months_stand_side_by_side() {
        let sample = Sample::new().await;
        let ht = field(&sample.dir().await, "HT");
        let unit = sample.unit("X", None, "calendar").await;
        let lan = sample.officer(unit, "Trần Lan", "2026-11-18", &[ht]).await;
        sample.count(unit, "2026-10-05", ht, lan, [4, 0, 0, 3, 0, 0, 1]).await;
        sample.count(unit, "2026-11-05", ht, lan, [5, 1, 0, 2, 0, 1, 0]).await;
        let dir = sample.dir().await;
        let unit = dir.unit(unit).unwrap();
        let month = |month| Period::of(PeriodKind::Month { year: 2026, month }, unit.scheme).unwrap();
        let (october, november) = (month(10), month(11));
        let (now, facts) = ("2026-11-18T16:00:00".parse().unwrap(), Facts::default());
        let q = Question { dir: &dir, unit, period: &october, field: None, now, facts: &facts };
        let second = Question { period: &november, ..q };
        let (a, b) = compare(&mut sample.store.read().await.unwrap(), &q, &second).await.unwrap();
        let expected = "SO SÁNH Tháng 10/2026 VÀ Tháng 11/2026 (đến ngày 18/11/2026)
UBND X
(01/10/2026 – 31/10/2026) và (01/11/2026 – 30/11/2026)
Mới tiếp nhận: 4 → 6 (+50,0%)
– Trực tuyến: 4 → 5 (+25,0%)
– Trực tiếp: 0 → 1 (–)
– Bưu chính: 0 → 0 (–)
Đã giải quyết: 4 → 3 (-25,0%)
– Trước hạn: 3 → 2 (-33,3%)
– Đúng hạn: 0 → 0 (–)
– Quá hạn: 0 → 1 (–)
– Rút/trả lại: 1 → 0 (-100,0%)
Đang giải quyết: 0 → 3 (–)
– Quá hạn: 0 → 0 (–)
Tỷ lệ trực tuyến: 100,00% → 83,33% (-16,67 điểm)
Tỷ lệ trước và đúng hạn: 100,00% → 66,67% (-33,33 điểm)
Ngày đủ số liệu: 1/1 → 1/1
Mới tiếp nhận theo lĩnh vực
– Hộ tịch: 4 → 6 (+50,0%)";
        assert_eq!(compare_text(&a, &b, Locale::Vi.words()), expected);
    }
}
