## The command line with which an office is set up (src/cli).

unit-added = Added unit { $code } · { $name }
unit-unchanged = The unit { $code } is there already, unchanged.
unit-circle = The unit { $code } cannot stand under a unit of its own.
official-added = Added { $name } to unit { $unit }
official-unchanged = { $name } is in unit { $unit } already, unchanged.
field-added = Added field { $code } · { $name }
field-unchanged = The field { $code } is there already, unchanged.

import-no-file = The file { $path } cannot be read.
import-not-utf8 = The file { $path } is not UTF-8; please save it as "CSV UTF-8".
import-bad-csv = The CSV file is not right: { $what }
import-no-column = The column { $column } is missing.
import-unknown-column = There is no column called "{ $column }".
import-too-many-cells = { $line }: more cells than the header has; a cell with a comma has to stand in quotes.
import-bad-scheme = the scheme "{ $value }" is not right; it has to be 15-14 or calendar.
import-bad-cell = the column { $column } has "{ $value }", which is not right; for example: { $example }
import-done = New: { $new }, unchanged: { $unchanged }.
import-codes = Wrote { $count } codes (good for 14 days) to { $path }.
file-exists = The file { $path } exists; please choose another name.
file-not-written = { $path } could not be written: { $what }

invite-no-link = The bot's name is not known yet, so there is no link; the bot has to run (motcua run) at least once.
first-admin-code = No administrator is linked. Code of the first one, single use within 24 hours: send the bot /start { $code }
first-admin-needs-unit = There is no unit yet: motcua unit add CODE "NAME OF THE UNIT"

backup-done = Copied and verified: { $path }
backup-unsound = The file { $path } is not a copy that can be used: { $what }
restore-done = Put { $from } back as { $to }.
restore-exists = There is a database { $path }; add --force to overwrite it.
restore-running = The bot runs on this database ({ $who }); please stop it first.
restore-busy = Another command uses the database; please wait until it has ended.
database-restoring = The database is being restored from a copy; please wait until that has ended.

fault-sound = No faults found.
fault-database = Database: { $what }
fault-sums = The sums of unit { $unit }, field { $field } do not fit the daily counts.
fault-balance = Unit { $unit }, field { $field }: the balance is below zero ({ $balance }).
fault-parked = Message { $id } could not be handled.

usage-unknown = There is no argument { $argument }. See: motcua --help
usage-no-command = There is no command "{ $command }". See: motcua --help
usage-which = A subcommand is missing; add --help to see them.
usage-missing = Missing: { $arguments }
usage-no-value = { $argument } needs a value.
usage-bad-value = The value "{ $value }" of { $argument } is not right; wanted: { $hint }
usage-other = The command is not right: { $what }

fault-token = { $platform } does not take the token.
fault-network = { $platform } cannot be reached; check the network of this server. ({ $what })
fault-answer = { $platform } answers with a fault. ({ $what })

usage-number = a whole number
database-read-only = The database { $path } cannot be written: the file or its folder is read-only. Check the permissions and try again. ({ $what })
database-full = The database { $path } cannot be written: the disk is full. Make room and try again. ({ $what })
database-locked = The database { $path } is held by another program; wait for it and try again. ({ $what })
database-foreign = The file { $path } is no database of motcua; check DATABASE_URL. ({ $what })
database-newer = The database { $path } has been used by a newer motcua; run that one or a later one. ({ $what })
database-cannot-open = The database { $path } cannot be opened; see whether its folder is there and may be used. ({ $what })
database-damaged = The database { $path } or the disk is damaged; put the latest copy back with motcua restore. ({ $what })

fault-act = Row { $row } of the history ({ $place }) was changed, or a row before it changed or removed.
fault-acts-gone = The history was cut: { $written } rows were written, { $left } are left.
fault-lines = { $place }: what was read of message { $message } differs from the history.
fault-message-gone = { $place }: message { $message } is in the history but no longer there.
fault-standing = { $place }: message { $message } stands (or does not) unlike the history says.
fault-counts = { $place }: { $what } is { $held }, but what was received (message { $messages }) comes to { $said }.
fault-counts-mark = { $place }: what is stored differs from what was received (message { $messages }).
fault-more = … and { $n } more.
