## The command line and the terminal chat.

cli-fault = Fault: { $what }
cli-wrong-time = “{ $text }” is not understood as a time; write e.g. 2026-11-20T16:15
run-no-token = There is no token for Telegram (TELOXIDE_TOKEN) or Zalo (ZALO_BOT_TOKEN); going on as a chat in this terminal.
practice-unit = Practice office
chat-practice = The database is empty: made the practice office THU with Lan (officer: HT, CT), Minh (lead), Hà (leader), Quản (administrator). Lines without a name are spoken by Lan, e.g. ht ol 9 tr 3, or Minh> /thieu
chat-nothing-to-edit = There is no such message to edit.
chat-several = Several people are called so: { $names }. Write the full name.
chat-who-speaks = It is not clear who speaks: add --as NAME, or begin the line with “Name> ”. Officials: { $names }
chat-clock-run = The clock cannot be moved while the bot runs on this database ({ $who }).
chat-clock-back = The clock does not go back.
run-second = The database is in use by: { $who }
run-ready = Bot @{ $name } is ready.
run-bad-token = The Telegram token is not accepted; please check TELOXIDE_TOKEN.
run-who = motcua run, process { $pid }, since { $since }
retry-queued = Message { $id } will be handled again.
retry-none = There is no parked message { $id }.
bot-bad-token = The token of bot { $id } is not accepted; please look at its file: motcua bot list
bot-same-token = Bot { $id } has the token of another bot, so it does not run by itself; better take it out: motcua bot remove { $id }
fault-bot = Bot { $id }: { $what }
