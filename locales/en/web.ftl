## The HTTP side: pages of links, what is said of links in chat (src/channel/http/, src/app/web.rs).

web-language = en
web-gone-title = This link cannot be used
web-gone = This link is wrong, has expired, was used or was revoked. A file link holds for 24 hours; an upload link for one file, within 1 hour.
    Please send the command to the bot again for a new link.
web-busy-title = The server is busy
web-busy = Please try again in a few minutes; the link still holds.

# The start.
settings-needs-too = { $name } needs { $other } too.
web-cannot-listen = The HTTP port { $address } (MOTCUA_LISTEN) cannot be opened: { $error }
web-ready = The HTTP server listens on { $address }.

# The upload page.
upload-title = Send a list of dossiers in
upload-page = Unit: { $unit }. Sender: { $name }.
    Choose the list as exported by the system (.xlsx, .xls, .ods or .csv, at most { $mb } MB), then press the button below.
    The bot sends a preview to the chat for you to check; nothing is written into the register yet.
upload-label = The list
upload-button = Send
upload-done-title = File received
upload-done = Its preview has been sent to your chat with the bot. Please open the chat and check it; if it is right, choose “Take into the register”.
    You may close this page.
upload-refused-title = The file was not taken
upload-no-file = No file was chosen, or it is empty. Please choose the list and press the button below again.
upload-cut = The file did not arrive whole. Please check the network and send it again.

# /tailen, /thuhoi
help-tailen = a page for sending a list of dossiers in from a phone or computer
args-tailen = { "" }
upload-offer = Page for lists of dossiers of { $unit }, until { $until }, for one file:
    { $link }
    This link is for you alone, please do not pass it on. To end it: /thuhoi
upload-no-page = This server has no upload page. Please send the file to the bot on Telegram, or ask the administrator to import it on the server: motcua import FILE.xlsx --unit { $code }
help-thuhoi = end file links and upload links
args-thuhoi = { "" }
revoked = { $n } of your links ended; nobody can open them any more.
revoked-of-unit = { $n } links of { $unit } ended; nobody can open them any more.
revoke-none = There is no link that still holds.

# motcua bot
bot-no-file = The file given as --token-file cannot be read, or does not hold exactly one token.
bot-twice = This token file belongs to a bot already; see: motcua bot list
bot-added = { $channel } bot { $id } added for { $unit }. Restart motcua run and it begins to work.
bot-none = There is no bot { $id }; see: motcua bot list
bot-removed = Bot { $id } taken out. Restart motcua run and it stops working.
bot-file-gone = Bot { $id }: its token file cannot be read; this bot does not run. See: motcua bot list

# A document on a channel that carries none.
zalo-file-link = Fetch the file (the link holds for 24 hours, please do not pass it on): { $link }
