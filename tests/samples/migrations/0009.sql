-- A link and a bot's file, of schema 9.
INSERT INTO web_links (secret_hash, kind, unit_id, official_id, recipe, created_at, expires_at) VALUES (x'0506', 'file', 1, 1, '{}', 1795165000, 1795251400);
INSERT INTO bot_files (channel, unit_id, token_file, added_at) VALUES ('zalo', 1, '/etc/motcua/zalo', 1795000000);
