-- The register of dossiers (SPEC §7). Codes, days, fields and holders only: no name, number
-- or address of a citizen has a column here. Days are counted since 1970-01-01.

CREATE TABLE dossiers (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id     INTEGER NOT NULL REFERENCES units (id),
    code        TEXT NOT NULL, -- whole, upper case, parts joined with '-'
    tail        TEXT NOT NULL, -- its last part, leading zeros kept
    field_id    INTEGER NOT NULL REFERENCES fields (id),
    holder_id   INTEGER REFERENCES officials (id),
    received    INTEGER NOT NULL,
    due         INTEGER NOT NULL, -- the day that counts; only a stop moves it
    promised    INTEGER, -- the new day of an apology; the due day still counts
    state       TEXT NOT NULL CHECK (state IN ('open', 'stopped', 'resolved', 'withdrawn', 'void')), -- void: its registration was taken back
    ended       INTEGER, -- day it was resolved or withdrawn
    reason      TEXT NOT NULL DEFAULT '', -- of lateness, a key of the list; '' where none is given
    reason_text TEXT NOT NULL DEFAULT '',
    UNIQUE (unit_id, code)
) STRICT;
-- What is due follows from these, whatever has been finished before.
CREATE INDEX dossiers_open_due ON dossiers (unit_id, due) WHERE state = 'open';
CREATE INDEX dossiers_holder ON dossiers (holder_id, due) WHERE state IN ('open', 'stopped');
CREATE INDEX dossiers_tail ON dossiers (unit_id, tail);
CREATE INDEX dossiers_ended ON dossiers (unit_id, ended) WHERE state IN ('resolved', 'withdrawn');
CREATE INDEX dossiers_ended_late ON dossiers (unit_id, ended) WHERE ended > due;
CREATE INDEX dossiers_received ON dossiers (unit_id, received);
CREATE INDEX dossiers_field ON dossiers (unit_id, field_id, received) WHERE state <> 'void';

-- Stops (bổ sung … tiếp tục): what the due day was before, so that the past stays as it was.
CREATE TABLE dossier_stops (
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id),
    unit_id    INTEGER NOT NULL REFERENCES units (id),
    from_day   INTEGER NOT NULL,
    to_day     INTEGER, -- the day it was resumed; NULL: still stopped
    due_before INTEGER NOT NULL,
    PRIMARY KEY (dossier_id, from_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_stops_to ON dossier_stops (unit_id, to_day);

-- One row a message (or import) that changed the register, and one more for each further unit
-- whose dossiers it changed; /hoantac takes them back together.
CREATE TABLE dossier_acts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL, -- 'register', 'resolve', 'withdraw', 'stop', 'resume', 'extend', 'reason', 'import', 'handover'
    unit_id    INTEGER NOT NULL REFERENCES units (id),
    sender_id  INTEGER REFERENCES officials (id), -- NULL: the command line
    bot_id     INTEGER NOT NULL DEFAULT 0,
    chat_id    TEXT NOT NULL DEFAULT '',
    message_id INTEGER, -- NULL: a choice, an import
    sent_at    INTEGER NOT NULL,
    after_post INTEGER NOT NULL DEFAULT 0, -- the newest post when this was said: which of both came last
    edits      INTEGER REFERENCES dossier_acts (id), -- the act of the message's first form, whose place this takes
    part_of    INTEGER REFERENCES dossier_acts (id), -- the act of the same message about its first unit
    undone_at  INTEGER
) STRICT;
CREATE INDEX dossier_acts_parts ON dossier_acts (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX dossier_acts_sender ON dossier_acts (sender_id, ifnull(edits, id)) WHERE undone_at IS NULL;
CREATE INDEX dossier_acts_message ON dossier_acts (bot_id, chat_id, message_id) WHERE message_id IS NOT NULL;

-- The story of each dossier, from → to.
CREATE TABLE dossier_changes (
    dossier_id INTEGER NOT NULL REFERENCES dossiers (id),
    act_id     INTEGER NOT NULL REFERENCES dossier_acts (id),
    at         INTEGER NOT NULL, -- seconds since 1970
    before     TEXT NOT NULL DEFAULT '', -- JSON of the row; '' where there was none
    after      TEXT NOT NULL,
    PRIMARY KEY (dossier_id, act_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_changes_act ON dossier_changes (act_id);
