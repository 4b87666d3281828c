-- Several bots on one channel: whose own a bot is, and which bot a chat belongs to.

ALTER TABLE bot_files ADD COLUMN bot_id INTEGER REFERENCES bots (id); -- NULL: its platform has not said yet who it is
ALTER TABLE groups ADD COLUMN bot_id INTEGER REFERENCES bots (id); -- NULL: that of the settings

-- Chats of before belong to the one bot that there was.
UPDATE links SET bot_id = (SELECT min(id) FROM bots WHERE channel = links.channel AND retired_at IS NULL)
WHERE bot_id IS NULL AND channel IN ('telegram', 'zalo')
  AND (SELECT count(*) FROM bots WHERE channel = links.channel AND retired_at IS NULL) = 1;
UPDATE groups SET bot_id = (SELECT min(id) FROM bots WHERE channel = groups.channel AND retired_at IS NULL)
WHERE (SELECT count(*) FROM bots WHERE channel = groups.channel AND retired_at IS NULL) = 1;
