-- Gaps in reception: times during which messages may have been lost, and who has been told.

-- Last time a platform handed over what there was. One row a bot.
CREATE TABLE receptions (
    bot_id   INTEGER PRIMARY KEY NOT NULL REFERENCES bots (id),
    heard_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE gaps (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id     INTEGER NOT NULL REFERENCES bots (id),
    from_at    INTEGER NOT NULL,
    lost_until INTEGER NOT NULL, -- what was sent later than this has been handed over after all
    to_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX gaps_bot ON gaps (bot_id, to_at);

-- Officials who need not be told (any more) of a gap.
CREATE TABLE gap_told (
    gap_id      INTEGER NOT NULL REFERENCES gaps (id),
    official_id INTEGER NOT NULL REFERENCES officials (id),
    PRIMARY KEY (gap_id, official_id)
) STRICT, WITHOUT ROWID;
