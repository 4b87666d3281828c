## Lists of dossiers exported by provincial systems: motcua import, a file sent in chat.

list-file-empty = The file is empty.
list-too-big = The file is too large: { $mb } MB at most. Please filter by month and export it again.
list-unpacks-too-big = The file unpacks to more than { $mb } MB and was not read. Please export the list again and send the new file.
list-too-many-rows = The file has more than { $n } rows. Please filter by month and export it again.
list-too-many-columns = The file has more than { $n } columns and does not look like a list of dossiers. Please export the list again.
list-too-much-text = The file has a cell of more than { $n } letters or too much text in all, and does not look like a list of dossiers. Please export the list again.
list-password = The file has a password and cannot be read. Please open it, save it without the password and send it again.
list-broken = The file is damaged or cut short. Please open it in Excel, save it as .xlsx and send it again.
list-no-sheet = This file is no spreadsheet. A list of dossiers as .xlsx, .xls, .ods or .csv is needed.
list-no-header = No header row was found. One row must have a column “Mã hồ sơ” and at least one such as “Lĩnh vực”, “Ngày tiếp nhận”, “Ngày hẹn trả”, “Trạng thái”.
list-no-rows = There is no dossier below the header row.

list-counts = new { $new }, changed { $changed }, unchanged { $same }, rejected { $rejected }
list-not-received = passed over: { $n } dossiers that were not received
list-unknown-status = { $n } rows with an unknown status ({ $examples }): taken for pending, dossiers of the register keep theirs
list-unknown-status-ended = { $n } rows with an unknown status ({ $examples }) and a day of result: taken for resolved
list-unknown-holder = { $n } rows whose official is not of the unit ({ $examples }): held by nobody, dossiers of the register keep theirs
list-row = { $place }: { $told }
list-place = row { $row }
list-place-on-sheet = sheet “{ $sheet }”, row { $row }
list-ended-here = { $code } is still open in the file, but an official reported it finished on { $day }; the register stands
list-no-code = no dossier code
list-bad-code = “{ $text }” is no dossier code (such as H12.34.56-251121-0001)
list-no-such-code = the code cell holds no dossier code (such as H12.34.56-251121-0001)
list-future-code = the day in the code has not come yet
list-odd-day = the { $which } cannot be read; write it like 20/11/2026
list-future = the { $which } { $day } has not come yet
list-before-received = the { $which } is before the day of receipt
list-no-field = the field is unknown; add a column “Lĩnh vực” to the file
list-unknown-field = there is no field “{ $name }”; see the fields: motcua field list, or /linhvuc
list-no-due = no due date
list-no-end = finished, but the day is missing
list-twice = this code also stands in { $place } with other values; keep one of the rows
list-day-received = day of receipt
list-day-due = due date
list-day-promised = new due date
list-day-ended = day of return

list-preview-head = List of dossiers for { $unit }, a preview:
list-preview-ask = Nothing is in the register yet. If it is right choose below, or send: take into the register. The list is kept for 24 hours.
list-preview-nothing = There is nothing to add to the register.
list-choice-take = Take into the register
list-taken = Taken into the register: new { $new }, changed { $changed }, unchanged { $same }
list-undo-how = If it was the wrong list, send: /hoantac
list-more-rows = … and { $n } rows more
list-undone = The import of { $time } was taken back: { $n } dossiers are as they were before.
list-only-here = No file can be taken here; an administrator can import it with: motcua import FILE --unit CODE
list-file-gone = This file cannot be fetched any more. Please send it again.

## /doichieu

reconcile-head = The register against the posted figures of { $unit }
reconcile-days = { $period } ({ $days })
reconcile-received = Received
reconcile-resolved = Resolved
reconcile-total = { $subject }: system { $register }, posted { $posted }: { $verdict }
reconcile-fits = equal
reconcile-days-differ = equal in sum, not by day
reconcile-differs = differ by { $all }
reconcile-at = { $n } in { $field }
reconcile-line = { $day } { $field }, { $subject }: system { $register }, posted { $posted }
reconcile-more = … and { $n } differences more
reconcile-not-kept = The register holds no dossier of { $fields }: not compared.
reconcile-no-register = { $unit } has no dossier in its register. Send a list exported from the provincial system, or register with /hoso.
reconcile-usage = Put the period behind the command: /doichieu thang 11/2026
reconcile-more-months = … and { $n } months more that differ ({ $months }). The lead sees month by month: { $command }
reconcile-months-fit = Equal: { $months }
reconcile-more-how = The lead sees month by month: { $command }
args-doichieu = [period]
help-doichieu = compare the register with the posted figures

## /so

args-so = [period]
help-so = the register of dossiers, an Excel file
book-sent = The register of { $unit }, { $period } ({ $days }), up to { $end }.
book-sheet = Register
book-heading = REGISTER OF DOSSIERS
book-line = { $unit }. { $period }, up to { $end }. { $n } dossiers received in the period or carried over.
book-promised = New date
book-result = Result
book-early = Early
book-on-time = On time
book-late = { $days } days late
book-withdrawn = Withdrawn, returned
book-stopped = Awaiting supplement
book-pending = Being resolved
book-pending-late = Being resolved, { $days } days overdue
