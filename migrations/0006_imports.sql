-- Lists of dossiers that were sent in chat and wait a day for their sender's yes. Only what
-- the register takes: codes, days, fields, holders. No column of citizens ever gets here.
CREATE TABLE imports (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id     INTEGER NOT NULL REFERENCES units (id),
    official_id INTEGER NOT NULL REFERENCES officials (id),
    rows        TEXT NOT NULL, -- JSON, as app/import/kept.rs writes it
    created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_created ON imports (created_at);
