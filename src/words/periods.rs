//! How a period is printed (SPEC §14 "Periods").

use super::Words;
use super::numbers::{date, day_month};
use crate::domain::period::{Period, PeriodFault, PeriodKind};

impl Words {
    /// `Tháng 11/2025`, `Quý I/2023`, `6 tháng đầu năm 2023`, `Từ 01/01/2023 đến 10/08/2023`.
    pub fn period(&self, period: &Period) -> String {
        match period.kind {
            PeriodKind::Day(day) => self.period_day(date(day)),
            PeriodKind::Week(_) => self.period_week(day_month(period.from), date(period.to)),
            PeriodKind::Month { year, month } => self.period_month(month.to_string(), year.to_string()),
            PeriodKind::Quarter { year, quarter } => self.period_quarter(roman(quarter), year.to_string()),
            PeriodKind::Half { year, last: false } => self.period_first_half(year.to_string()),
            PeriodKind::Half { year, last: true } => self.period_last_half(year.to_string()),
            PeriodKind::NineMonths { year } => self.period_nine_months(year.to_string()),
            PeriodKind::Year { year } => self.period_year(year.to_string()),
            PeriodKind::Range { from, to } => self.period_range(date(from), date(to)),
        }
    }

    /// `01/11/2025 – 30/11/2025`.
    pub fn period_days(&self, period: &Period) -> String {
        format!("{} – {}", date(period.from), date(period.to))
    }

    /// Why what was typed is no period, with words that are.
    pub fn period_fault(&self, fault: &PeriodFault) -> String {
        match fault {
            PeriodFault::NoSuch { text } => self.period_no_such(text.as_str()),
            PeriodFault::EndBeforeStart { from, to } => {
                self.period_end_before_start(date(*to), date(*from), format!("{}-{}", date(*to), date(*from)))
            }
            PeriodFault::NotBegun { period } => self.period_not_begun(self.period(period), date(period.from)),
        }
    }
}

fn roman(quarter: u32) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::period::Scheme;
    use crate::words::Locale;

    fn check(kind: PeriodKind, label: &str) {
        let period = Period::of(kind, Scheme::FifteenFourteen).unwrap();
        assert_eq!(Locale::Vi.words().period(&period), label);
    }

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    #[test]
    fn labels_are_those_of_the_contract() {
        check(PeriodKind::Month { year: 2025, month: 11 }, "Tháng 11/2025");
        check(PeriodKind::Month { year: 2027, month: 1 }, "Tháng 1/2027");
        check(PeriodKind::Quarter { year: 2023, quarter: 1 }, "Quý I/2023");
        check(PeriodKind::Quarter { year: 2023, quarter: 4 }, "Quý IV/2023");
        check(PeriodKind::Half { year: 2023, last: false }, "6 tháng đầu năm 2023");
        check(PeriodKind::Half { year: 2023, last: true }, "6 tháng cuối năm 2023");
        check(PeriodKind::NineMonths { year: 2023 }, "9 tháng năm 2023");
        check(PeriodKind::Year { year: 2023 }, "Năm 2023");
        let (from, to) = (day("2023-01-01"), day("2023-08-10"));
        check(PeriodKind::Range { from, to }, "Từ 01/01/2023 đến 10/08/2023");
        check(PeriodKind::Day(day("2026-11-20")), "Ngày 20/11/2026");
        check(PeriodKind::Week(day("2026-11-20")), "Tuần 16/11 – 22/11/2026");
    }

    #[test]
    fn a_fault_names_what_was_typed_and_a_line_that_works() {
        let (from, to) = (day("2026-11-20"), day("2026-11-19"));
        let text = Locale::Vi.words().period_fault(&PeriodFault::EndBeforeStart { from, to });
        assert!(text.contains("19/11/2026-20/11/2026"), "{text}");
        let text = Locale::Vi.words().period_fault(&PeriodFault::NoSuch { text: "thang 13".to_string() });
        assert!(text.contains("thang 13"), "{text}");
    }
}
