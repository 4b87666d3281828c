## Periods as printed (SPEC §14), and what is no period.

period-day = Ngày { $day }
period-week = Tuần { $from } – { $to }
period-month = Tháng { $month }/{ $year }
period-quarter = Quý { $quarter }/{ $year }
period-first-half = 6 tháng đầu năm { $year }
period-last-half = 6 tháng cuối năm { $year }
period-nine-months = 9 tháng năm { $year }
period-year = Năm { $year }
period-range = Từ { $from } đến { $to }

period-no-such = Không có kỳ “{ $text }”. Anh/chị gõ, ví dụ: thang 11/2026, quy 4/2026, 6thang 2026, nam 2026, hoặc 01/01/2026-31/03/2026.
period-end-before-start = Kỳ kết thúc ({ $to }) trước khi bắt đầu ({ $from }). Anh/chị gõ: { $corrected }
period-not-begun = { $period } chưa bắt đầu (từ ngày { $from }).
