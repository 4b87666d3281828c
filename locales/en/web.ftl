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
