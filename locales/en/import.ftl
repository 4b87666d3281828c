## Lists of dossiers exported by provincial systems: motcua import, a file sent in chat.

list-file-empty = The file is empty.
list-too-big = The file is too large: { $mb } MB at most. Please filter by month and export it again.
list-unpacks-too-big = The file unpacks to more than { $mb } MB and was not read. Please export the list again and send the new file.
list-too-many-rows = The file has more than { $n } rows. Please filter by month and export it again.
list-too-many-columns = The file has more than { $n } columns and does not look like a list of dossiers. Please export the list again.
list-password = The file has a password and cannot be read. Please open it, save it without the password and send it again.
list-broken = The file is damaged or cut short. Please open it in Excel, save it as .xlsx and send it again.
list-no-sheet = This file is no spreadsheet. A list of dossiers as .xlsx, .xls, .ods or .csv is needed.
list-no-header = No header row was found. One row must have a column “Mã hồ sơ” and at least one such as “Lĩnh vực”, “Ngày tiếp nhận”, “Ngày hẹn trả”, “Trạng thái”.
list-no-rows = There is no dossier below the header row.
