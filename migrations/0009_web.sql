-- Links that phones open, and bots beside those of the settings.

-- The secret of a link is kept nowhere: only its SHA-256.
CREATE TABLE web_links (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    secret_hash BLOB NOT NULL UNIQUE,
    kind        TEXT NOT NULL CHECK (kind IN ('file', 'upload')),
    unit_id     INTEGER REFERENCES units (id),
    official_id INTEGER REFERENCES officials (id),
    recipe      TEXT NOT NULL DEFAULT '', -- of a file: JSON, rendered when it is fetched
    bot_id      INTEGER REFERENCES bots (id), -- of an upload: where its preview is shown
    chat_id     TEXT NOT NULL DEFAULT '',
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    over_at     INTEGER -- revoked, or the one file has come
) STRICT;
CREATE INDEX web_links_open ON web_links (expires_at);

-- Bots that `run` serves beside those of the settings. The token stays in its file.
CREATE TABLE bot_files (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    channel    TEXT NOT NULL CHECK (channel IN ('telegram', 'zalo')),
    unit_id    INTEGER NOT NULL REFERENCES units (id),
    token_file TEXT NOT NULL UNIQUE, -- absolute path
    added_at   INTEGER NOT NULL
) STRICT;
