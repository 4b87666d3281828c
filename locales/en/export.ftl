## /xuat, and the unit that a question names.

export-sent = Workbook of { $unit }, { $period } ({ $days }).
export-sent-to-date = Workbook of { $unit }, { $period } ({ $days }), figures up to { $day }.
export-log-unchanged = changed no figure

scope-no-such-unit = “{ $text }” is not clear. The period comes first, then the code of the unit, for example: thang 11/2026 { $unit }
scope-no-such-unit-but = There is no unit with the code “{ $text }”. Units below yours: { $codes }
scope-not-yours = You may see the figures of { $own } only, not those of { $unit }.

## motcua summary, motcua report

cli-inbox-left = { $n } messages are still to be handled
cli-no-unit = There is no unit with the code “{ $code }”. See the units: motcua unit list
report-unknown-kind = “{ $file }” cannot be made: the name must end in .xlsx, .png, .csv or .json.
report-not-written = { $file } cannot be written: { $fault }
