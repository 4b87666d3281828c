## Nagging, leave, snoozes (SPEC §8). Short: most are read on a phone, standing.

# Parts of several units in one message.
nag-unit = { $unit }
nag-unit-other = { $unit } (send /donvi { $code } before you enter figures)

# 07:45.
nag-digest-title = Dossiers to see to – { $weekday } { $day }
nag-digest-standin = In place of { $name } (on leave until { $day }):
nag-digest-no-standin = Held by { $name } (on leave until { $day }, nobody stands in):
nag-digest-new = Held by { $name } (new here, not told yet):
nag-digest-today = Due today ({ $n }):
nag-digest-soon = Due within 2 working days ({ $n }):
nag-digest-overdue = Overdue ({ $n }):
nag-code = – { $code }
nag-code-due = – { $code }: { $weekday } { $day }
nag-code-late = – { $code }: { $days } days over
nag-code-late-no-reason = – { $code }: { $days } days over, no reason given
nag-code-late-holder = – { $code }: { $days } days over, { $name }
nag-more = … and { $n } more: /sapden, /quahan
nag-digest-foot = When done send: /xong { $tail } · To be told later: /hoan 2h

# 16:15, 16:50.
nag-remind = Today { $day } you have not reported yet. If there was nothing, send: /nhap khong
    Else copy these lines, fill in the numbers and send them:
nag-remind-last = Last reminder: today { $day } you have not reported yet. If there was nothing, send: /nhap khong
    Else copy these lines, fill in the numbers and send them:

# 17:10.
nag-evening = Today { $day }: { $posted }/{ $expected } officials have reported
nag-evening-all = Today { $day }: all { $expected }/{ $count } officials have reported
nag-missing = Not yet: { $who }
nag-away = On leave: { $who }
nag-snoozed = { $name } (put off until { $until }: { $reason })
nag-snoozed-no-reason = { $name } (put off until { $until })
nag-unreachable = The bot cannot reach: { $who }. Please tell them yourself.
nag-group = Today: { $posted }/{ $expected } officials have reported

# 08:00.
nag-missing-day = Missing for { $day }: { $who }
nag-unexplained = Overdue without a reason ({ $n }):
nag-unexplained-foot = To give the reason: /lydo { $tail } reason
nag-unreachable-holds = The bot cannot reach { $name }: { $today } dossiers due today, { $overdue } overdue. Please tell them yourself.
nag-ending = { $periods }: the last working day is { $weekday } { $day }
nag-ending-missing = Still missing: { $days }
nag-ending-units = Still missing: { $n } units ({ $units })
nag-ending-complete = Complete so far.
nag-ending-failing = Check not passed: { $check } ({ $place }). { $remedy }
nag-more-checks = … and { $n } more checks, see sheet “Kiểm tra” of /xuat

# 08:05.
nag-leader-overdue = Overdue for 3 working days or more: { $all } dossiers, { $new } of them new:
nag-leader-missing = Missing two days in a row ({ $first }, { $second }): { $who }
nag-parent-missing = Missing two days in a row: { $n } units ({ $units })
nag-parent-complete = No unit is missing two days in a row.
nag-parent-overdue = Overdue for 3 working days or more: { $n } dossiers

# Ends of periods.
nag-period-longer = { $label }: received { $received }, resolved { $resolved }, early and on time { $rate }
nag-period-file = { $label } · { $unit }

# Once a year.
nag-holidays = Please look at the days off and worked days of { $year }; due days and reminders follow them.
    { $list }
    If they are right send: /ngaynghi dung { $same }
    To change them: /ngaynghi them 30/11 or /ngaynghi lam 22/8
holidays-confirmed = Noted: the days off of { $year } are right.

# /nhac
help-nhac = the unit's reminder times, and how to change them
args-nhac = [NAME NEW TIME|tat|bat]
nag-times-title = Reminder times of { $unit } (working days):
nag-time-row = – { $key } { $time }: { $what }
nag-time-tomorrow = { $time } (from tomorrow on)
nag-time-off = off
nag-what-sang = dossiers due and overdue, to who holds them
nag-what-daumoi = lead: who is missing from the day before, overdue without a reason
nag-what-lanhdao = leader: what has gone on for days
nag-what-nhac1 = reminder to who has not reported
nag-what-nhac2 = last reminder
nag-what-chieu = lead: who has not reported, totals so far
nag-times-foot = To change: /nhac nhac1 15:45. Off and on again: /nhac nhac2 tat, /nhac nhac2 bat
nag-times-foot-leader = To change the leader's time: /nhac lanhdao 07:30. Off and on again: /nhac lanhdao tat, /nhac lanhdao bat
nag-time-set = Changed: { $key } { $time } ({ $what }), from { $from } on.
nag-from-today = today
nag-from-tomorrow = tomorrow
nag-times-not-yours = Reminder times are changed by the lead or an administrator. To put off your own send: /hoan 2h
nag-times-of-leader = The leader's own time is changed by the leader or an administrator.
nag-times-usage = Send: /nhac NAME TIME, for example: /nhac nhac1 15:45 or /nhac nhac2 tat. Names: { $keys }.
nag-times-bad-time = “{ $typed }” is no time for reminders. They are sent from 07:00 to 17:59, for example: /nhac { $key } 15:45
nag-times-order = nhac2 has to come after nhac1 ({ $first }). For example: /nhac nhac2 { $second }

# /hoan
help-hoan = put off your own reminders
args-hoan = 2h|chieu|mai [reason]
snooze-done = Put off until { $until }. Nothing is lost; the lead still sees it.
snooze-done-reason = Put off until { $until }: { $reason }. Nothing is lost; the lead still sees it.
snooze-usage = Send: /hoan 2h, /hoan chieu or /hoan mai, with a reason if you like, for example: /hoan 2h in a meeting
snooze-again = You have put off once today. A second time needs a reason, for example: /hoan { $typed } in a meeting
snooze-too-late = The afternoon is nearly over. Send: /hoan mai or /hoan 30p
snooze-too-long = At most 8 hours; for longer send: /hoan mai

# /nghi
help-nghi = days of leave and who stands in; bo: take back
args-nghi = DAY[-DAY] [@STAND-IN] | bo DAY
leave-done = Noted: { $name } is on leave { $days } ({ $n } working days): no reminders, not counted as missing.
leave-standin = Dossiers of { $name } are shown to: { $standin }
leave-no-standin = Nobody stands in: dossiers that fall due are shown to colleagues of the field, else to the lead. To name somebody: { $line }
leave-told-standin = { $name } is on leave { $days }; you stand in: each morning the bot shows you the dossiers of { $name2 }.
leave-told-official = { $by } has entered leave for you: { $days }. If that is wrong send: /nghi bo { $typed }
leave-taken-back = Leave { $days } of { $name } is taken back.
leave-nothing-back = { $name } has no leave in { $days }.
leave-list = Leave of { $name }:
leave-row = – { $days }
leave-row-standin = – { $days }, stand-in: { $standin }
leave-none = { $name } has no leave from today on.
leave-usage = Send: /nghi 23/11-25/11 or /nghi 23/11 @Minh (stand-in); to take back: /nghi bo 23/11
leave-bad-days = “{ $typed }” cannot be read as days. For example: /nghi 23/11-25/11
leave-backwards = The last day ({ $last }) is before the first ({ $first }). Please send: /nghi { $line }
leave-too-long = At most 366 days at once; { $days } is longer.
leave-closed = { $day } lies in a closed period ({ $period }); a leader or administrator reopens it with /mochot.
leave-not-yours = Only leads enter leave for colleagues. Your own: /nghi { $typed }
leave-self = The stand-in has to be another colleague.
leave-already = { $name } is on leave { $days } already; nothing has changed.
leave-lead-only = A lead enters leave only for officers and leads of the unit; { $name } enters their own.
leave-told-lead = { $name } is on leave { $days } ({ $n } working days); nobody stands in.
leave-told-lead-standin = { $name } is on leave { $days } ({ $n } working days); stand-in: { $standin }
days-too-many = At most { $n } days at once. Please send several shorter messages.

# motcua tick
tick-held = Cannot run: the database is in use by: { $who }
tick-who = motcua tick, process { $pid }, since { $since }
tick-none = Nothing is due.
tick-no-token = Without TELOXIDE_TOKEN or ZALO_BOT_TOKEN nothing can be sent. To see what would be: motcua tick --dry-run
tick-unreachable = { $platform } does not answer, so nothing was sent through it ({ $what }); the next run goes on.
tick-left = { $n } messages are still waiting; the next run sends them.
