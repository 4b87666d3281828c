## Zalo, and what a reply becomes on a channel that can do less.

present-choose-one = Reply 1 to choose.
present-choose = Reply a number from 1 to { $last } to choose.

# Documents (SPEC §10; the second sentence is exact up to the path).
file-on-telegram = The file has been sent to your Telegram.
zalo-file-kept = The file could not be sent through Zalo. It is kept on the server: { $path }

# What the bot cannot read, said at most once a day.
not-text = The bot reads text only; it cannot read pictures, files, voice messages or stickers. Please type your figures, for example: { $example }. Lists of dossiers exported from a system: ask the administrator to import them on the server with motcua import.

# A database that takes nothing (SPEC §11, exact).
zalo-outage = The server cannot write at the moment. Your message has not been saved; please send it again in a few minutes.

# The token does not hold any more: to administrators, elsewhere.
zalo-halted = Zalo no longer accepts the token of the bot “{ $name }”, so it neither receives nor sends messages. Please set the token again (ZALO_BOT_TOKEN, or the file shown by motcua bot list) and restart the bot.

# The start.
zalo-ready = Zalo bot { $name } is ready.
zalo-no-files = Zalo can neither send nor receive files: workbooks and charts go through Telegram to whoever is linked there, else into the folder xuat beside the database.
zalo-bad-token = The Zalo token is not accepted; please check ZALO_BOT_TOKEN.

# The month's messages.
budget-warning = The Zalo bot “{ $name }” has sent { $sent } of { $most } messages this month ({ $percent }%). From 95% on it leaves out second reminders, then digests; answers are never left out.

# /kenh
channel-usage = Please send: /kenh zalo, /kenh telegram or /kenh tudong
channel-set = Notices will come through { $channel }; answers stay where you ask.
channel-set-auto = Notices will come through the channel you used last; answers stay where you ask.
channel-not-linked = You are not linked on { $channel } yet. Ask your lead for a code (/moi) and send it to the bot on { $channel }.
channel-now = Linked: { $channels }. Notices come through: { $chosen }.
channel-auto = the channel used last
channel-none = none
help-kenh = choose where notices and reminders come
args-kenh = zalo|telegram|tudong

# check
telegram-can = Telegram @{ $name }: sends texts, buttons, files, pictures; messages sent to it can be edited.
zalo-can = Zalo { $name }: sends texts of up to 2,000 characters, numbered choices, pictures (where MOTCUA_PUBLIC_URL is set).

## Several bots: each unit and its own.

code-other-bot = This code is for { $unit }, which uses the bot { $bot }. Please open that bot and send the code there; it is still good.
invite-zalo-bot = On Zalo the person opens the bot: { $bot }
bot-crowded = The Zalo bot “{ $name }” has { $people } people linked; Zalo allows { $most } a bot. For more people please add a bot for the unit: motcua bot add zalo --unit CODE --token-file FILE

# /nhac
nag-zalo-month = Zalo messages this month: { $sent }/{ $most } ({ $percent }%)
nag-zalo-no-second = Until the end of the month the bot sends no second reminder (nhac2) on Zalo; answers are never left out.
nag-zalo-no-digests = Until the end of the month the bot sends neither the second reminder (nhac2) nor digests (sang, daumoi, lanhdao, chieu) on Zalo; the first reminder and answers are never left out.
