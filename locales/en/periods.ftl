## Periods as printed (SPEC §14), and what is no period.

period-day = Day { $day }
period-week = Week { $from } – { $to }
period-month = Month { $month }/{ $year }
period-quarter = Quarter { $quarter }/{ $year }
period-first-half = First half of { $year }
period-last-half = Second half of { $year }
period-nine-months = First nine months of { $year }
period-year = Year { $year }
period-range = From { $from } to { $to }

period-no-such = There is no period “{ $text }”. Type, for example: thang 11/2026, quy 4/2026, 6thang 2026, nam 2026, or 01/01/2026-31/03/2026.
period-end-before-start = The period ends ({ $to }) before it begins ({ $from }). Type: { $corrected }
period-not-begun = { $period } has not begun yet (it begins on { $from }).
