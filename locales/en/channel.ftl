## What a channel says when nobody's reply can.

channel-outage = The server cannot save messages for the moment. Yours is still in the queue; there is no need to send it again.
channel-file-failed = This file could not be made. Please try again in a few minutes; if it fails again, tell the administrator the fault id { $fault }.
