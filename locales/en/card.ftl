## /bieudo: the card of a period (SPEC §9), and what is said with it.

help-bieudo = a picture of a period, to be read on a phone
args-bieudo = [period] [unit]
card-sent = Chart of { $unit }, { $period } ({ $days }).
card-sent-to-date = Chart of { $unit }, { $period } ({ $days }), figures up to { $day }.

card-new = New
card-carried = Carried in
card-late = Overdue
card-withdrawn = Withdrawn
card-in-time = In time
card-by-day = By day
card-by-week = By week
card-by-month = By month
card-by-year = By year
card-month = M{ $month }
card-missing = Figures missing
card-fields = Received by field
card-other = Others ({ $n } fields)
card-none = No figures in this period yet.
card-nothing-came = No dossiers came or went in this period.
card-provisional = Provisional figures
card-drawn = Drawn on { $day }
