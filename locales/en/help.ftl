## Help: one line a command, and what goes behind its name (src/grammar/table.rs).

help-nhap = posts the day's figures; in a private chat /nhap may be left out
args-nhap = [day] FIELD FIGURE…
help-sua = corrects what was posted: send the wrong figure again
args-sua = [day] FIELD FIGURE…
help-hoantac = takes back your latest message (counts or dossiers)
args-hoantac = { "" }
help-mau = lines to copy and fill in
args-mau = { "" }
help-homnay = what the unit has for the day and who is missing
args-homnay = [day]
help-lichsu = who posted and corrected what
args-lichsu = [day] [field]
help-tonghop = summary of a period
args-tonghop = [period] [field or unit]
help-xuat = Excel workbook with form II.06a
args-xuat = [period] [unit]
help-sosanh = compares two periods
args-sosanh = PERIOD, PERIOD
help-visao = the posts that a figure is made of
args-visao = FIGURE [field] [period]
help-thieu = who has not posted
args-thieu = [period]
help-tondau = opening balance, and how many of it are late
args-tondau = FIELD NUMBER [qh NUMBER] [day]
help-moi = makes a one-time code for a person
args-moi = ROLE NAME [fields]
help-xoa = ends a person's role in the unit
args-xoa = NAME
help-bangiao = moves fields, open dossiers and stock figures from one person to another
args-bangiao = FROM, TO
help-nhom = binds this group chat to a unit
args-nhom = UNIT CODE
help-linhvuc = shows, enables, disables the unit's fields
args-linhvuc = [bat|tat FIELDS…]
help-ngaynghi = shows and changes days off and worked Saturdays
args-ngaynghi = [year] | [them|bo|lam DAY] | [dung YEAR]
help-donvi = shows or switches the unit you work in
args-donvi = [unit code]
help-ngonngu = switches the language of replies
args-ngonngu = vi|en
help-start = links your chat by an invitation code
args-start = CODE
help-trogiup = the commands you may use
args-trogiup = [command]

help-head = You are { $role } at { $unit }. The commands you may use:
help-line = { $usage } – { $help }. Example: { $example }
help-foot = Send /trogiup and the name of a command to read more, for example: /trogiup { $name }
help-one = { $usage }
    { $help }.
    Example: { $example }
help-aliases = Also: { $names }
help-figures = Figures: { $list }
help-unknown = There is no command { $typed }. Send /trogiup for the commands you may use.
help-not-yours = The command /{ $name } is not for the role { $role }.
