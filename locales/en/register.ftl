## The register of dossiers (SPEC §7): /hoso, /xong and their kin.

help-hoso = registers dossiers with their due days, one a line
args-hoso = CODE FIELD DUE [@holder]
help-xong = resolved: early, on time or late is worked out
args-xong = CODE… [day]
help-rut = withdrawn by the citizen, or returned
args-rut = CODE… [day]
help-bosung = papers are asked for, the clock stops
args-bosung = CODE…
help-tieptuc = the papers are there, the clock runs on
args-tieptuc = CODE…
help-giahan = apology and a new day
args-giahan = CODE DAY REASON
help-lydo = why a dossier is late
args-lydo = CODE… REASON
help-sapden = dossiers due within some working days
args-sapden = [days]
help-quahan = overdue dossiers, worst first
args-quahan = [unit]
help-tracuu = one dossier's whole story
args-tracuu = CODE

## Exact (SPEC §7).
register-personal = Write no name, phone number or identity number of a citizen. Use dossier codes only.

## What was done.
register-several = { $n } dossier(s)
register-one-of = – { $head }: { $detail }
register-saved = Registered: { $what }
register-corrected = Corrected: { $what }
register-resolved = Resolved: { $what }
register-withdrawn = Withdrawn: { $what }
register-stopped = Waiting for papers: { $what }
register-resumed = The clock runs on: { $what }
register-extended = Apology and new day noted: { $what }
register-explained = Reason noted: { $what }
register-told = { $who }: { $what }
    { $lines }
dossier-choice = { $dossier } · due { $due }
register-usage = Please send code, field and due day, for example: /hoso H12.34.56-251121-0001 HT 5n (5 working days) or … HT 28/11

dossier-received-due = Received { $received } · Due { $due }
dossier-no-holder = held by nobody yet
dossier-nobody-holds = Held by nobody yet, for the field is not yours; add @name to hand it on
dossier-holder = Holder: { $name }
dossier-due-day-off = The due day is a day off, please check
dossier-due-far = Due { $days } days after receipt, please check; if wrong, send the line again
dossier-redated = Result day { $from } → { $to }
dossier-overdue-already = Overdue by { $days } day(s) already
dossier-near = Read "{ $typed }" as { $field }
dossier-field-changed = Field: { $from } → { $to }
dossier-due-changed = Due: { $from } → { $to }
dossier-holder-changed = Holder: { $from } → { $to }
dossier-early = { $days } day(s) early (due { $due })
dossier-on-time = On time (due { $due })
dossier-late = { $days } day(s) late (due { $due })
dossier-promised = apologised, promised for { $day }
dossier-promised-for = apologised, promised for { $day } (reason: { $reason })
dossier-withdrawn-on = On { $day }
dossier-stopped-on = From { $day }; due { $due } as it stands. When the papers are there, send /tieptuc
dossier-due-stays = Still due { $due }
dossier-due-now = Due { $due } (before: { $before })
dossier-extended-to = Promised for { $to }; the due day that counts is still { $due }. Reason: { $reason }
dossier-reason = reason: { $reason }
dossier-reason-alone = Reason: { $reason }
dossier-ask-reason = Please give the reason, for example: /lydo { $code } mất điện (or lỗi phần mềm, chờ liên thông, thiếu người, công dân, khác: …)
dossier-days-late = { $days } day(s) overdue
dossier-state-open = In progress
dossier-state-stopped = Waiting for papers
dossier-state-resolved = Resolved on { $day }
dossier-state-withdrawn = Withdrawn on { $day }

reason-power-cut = power cut
reason-software = software fault
reason-other-agency = waiting for another agency
reason-understaffed = understaffed
reason-citizen = citizen

## Lines that were not taken.
dossier-no-code = The dossier's code is missing. Write all of it (H12.34.56-251121-0001) or its last part (0001).
dossier-not-a-code = "{ $word }" is no dossier code. A code looks like H12.34.56-251121-0001.
dossier-not-a-tail = "{ $word }" is no dossier code; the last part of one has 3 to 6 digits. For counts write the field first, for example: ht xong 10 dh 2
dossier-no-such-day = The day in the code { $code } does not exist.
dossier-future-code = The day in the code { $code } has not come yet.
dossier-whole-code = To register a dossier please write its whole code; { $tail } alone is not enough.
dossier-missing-field = The field behind the code is missing.
dossier-missing-due = The due day is missing: a day (28/11, mai, thu 6) or a number of working days (5n).
dossier-not-a-due = "{ $word }" is no due day. Write a day (28/11, mai, thu 6) or a number of working days (5n).
dossier-due-before = The due day { $day } lies before the receipt.
dossier-due-too-far = The due day { $day } lies more than two years behind the receipt; please check the year.
dossier-future-day = { $day } has not come yet.
dossier-unknown = "{ $word }" was not understood.
dossier-missing-reason = The reason is missing: mất điện, lỗi phần mềm, chờ liên thông, thiếu người, công dân, or khác: …
dossier-twice = The code { $code } stands twice in this message.
dossier-there-already = { $code }: { $state }.
dossier-unchanged = { $code } is registered, due { $due }; nothing has changed.
dossier-of-other = { $code } is held by { $name }. Please ask that person or the lead.
dossier-due-moved = { $code } has waited for papers; its due day { $due } is worked out and cannot be corrected by /hoso. For a new day use /giahan.
dossier-overdue-fixed = { $code } is overdue (due { $due }). For a new day use /giahan; if the day was a slip, ask the lead.
dossier-holder-may-not = { $name } is { $role } and holds no dossiers.
dossier-several = { $n } dossiers end in { $tail }. Please choose:
dossier-stopped-already = { $code } is waiting for papers already.
dossier-not-stopped = { $code } is not waiting for papers.
dossier-before-receipt = { $code } was received on { $day }; the day has to be that day or later.
dossier-before-last = { $code } was changed on { $day }; the day has to be that day or later.
dossier-no-later = { $code }: the new day has to lie behind the due day { $due } and must not be past.
dossier-not-late = { $code } was not late; no reason is needed.
dossier-not-registered = There is no dossier { $code } in the register. To register one: /hoso CODE FIELD DUE
dossier-none-ends-so = No pending dossier has a code that ends in { $tail }.

## Lists.
due-soon-usage = Please write a number of working days, { $most } at most, for example: /sapden 3
due-soon-none = No dossier is due from now to { $day }.
due-soon-head = Due from now to { $day }: { $n } dossiers
due-today = today
overdue-none = No dossier is overdue.
overdue-head = Overdue: { $n } dossiers
overdue-line = – { $days } day(s): { $what } · due { $due }
dossiers-more = … and { $n } more

## Hand-over.
dossiers-moved = Open dossiers that go along: { $n }
dossiers-without-holder = Open dossiers that nobody holds now: { $n }. See /quahan, /sapden; to hand one on: /hoso CODE FIELD DUE @NAME

## A dossier's story.
story-released = held by nobody any more
dossier-story = Story:
dossier-by-machine = server
story-line = – { $when } { $who }: { $what }
story-undone = { $line } (taken back)
story-registered = registered, due { $due }
story-corrected = corrected, due { $due }
story-resolved = resolved on { $day }
story-withdrawn = withdrawn on { $day }
story-stopped = waiting for papers
story-resumed = runs on, due { $due }
story-extended = apology, promised for { $day }, reason: { $reason }
story-imported = from a list: { $state }
story-handed-over = handed over to { $name }

## Undo and edit.
register-undone = Undone: { $what } (message of { $time })
register-told-undone = { $who } undid: { $what }
undone-of-one = { $what } { $dossier }
undone-of-several = { $what } { $n } dossiers
undone-registering = registration of
undone-correcting = correction of
undone-resolving = result of
undone-withdrawing = withdrawal of
undone-stopping = stop of
undone-resuming = resumption of
undone-extending = apology and new day of
undone-explaining = reason of
undone-importing = import of
undone-handing-over = hand-over of
dossier-stands-again = Now: { $state }, due { $due }
dossier-undone-new = – { $code }: no longer registered
dossier-undone = – { $code }: { $state }, due { $due }
register-changed-since = { $codes } has been changed since, so this message stays. The later change has to be taken back first.
register-edited = The edited message was read again.
register-edit-kept = The edited message was not taken; what it said before stays.
register-edit-undone = This message was taken back; an edit does not bring it back. Please send a new one.
