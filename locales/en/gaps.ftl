## Gaps in reception, and a clock that differs.

gap-notice = The bot was cut off from { $from } to { $to }. Please send again whatever has not been answered with “Saved”.
gap-for-admin = The bot was cut off from { $from } to { $to }. Officials without figures for those days will be asked, with their next reply, to send again.
gap-time = { $time } on { $day }
clock-differs = Time stamps of messages differ from the server's clock by more than 10 minutes (message { $stamp }, server { $now }). Messages are still taken; please put the server's clock right so that figures go to the right day.
