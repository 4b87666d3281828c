-- Nagging (SPEC §8): leave, snoozes, times, and what was told to whom.
-- `stage` 0: phones; 1: the terminal, whose clock may be moved far ahead of the others'.

-- Days of leave, both ends inclusive. A leave concerns the person, in all their units; the
-- stand-in sees the dossiers held in `unit_id`.
CREATE TABLE leaves (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    official_id INTEGER NOT NULL REFERENCES officials (id),
    unit_id     INTEGER NOT NULL REFERENCES units (id), -- where it was said
    first_day   INTEGER NOT NULL,
    last_day    INTEGER NOT NULL,
    standin_id  INTEGER REFERENCES officials (id),
    entered_by  INTEGER NOT NULL REFERENCES officials (id),
    entered_at  INTEGER NOT NULL,
    ended_at    INTEGER, -- taken back, or replaced by what was left of it
    CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX leaves_official ON leaves (official_id, last_day) WHERE ended_at IS NULL;
CREATE INDEX leaves_days ON leaves (last_day) WHERE ended_at IS NULL;

-- Of a person the newest row counts.
CREATE TABLE snoozes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    official_id INTEGER NOT NULL REFERENCES officials (id),
    said_at     INTEGER NOT NULL,
    until       INTEGER NOT NULL,
    reason      TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX snoozes_until ON snoozes (until);
CREATE INDEX snoozes_official ON snoozes (official_id, said_at);

-- Where a unit's times differ from the usual ones. `former` holds before `since`: a time
-- that has passed already is not told a second time that day.
CREATE TABLE nag_times (
    unit_id INTEGER NOT NULL REFERENCES units (id),
    slot    TEXT NOT NULL,
    minute  INTEGER, -- of the day; NULL: off
    since   INTEGER NOT NULL, -- day
    former  INTEGER,
    PRIMARY KEY (unit_id, slot)
) STRICT, WITHOUT ROWID;

-- What was told on a day: slots by unit ('s:KTD-id:slot'), single facts ('d:dossier').
CREATE TABLE nags_told (
    stage       INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    official_id INTEGER NOT NULL, -- 0: the unit's group
    what        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (stage, day, official_id, what)
) STRICT, WITHOUT ROWID;

-- What a leader knows already and still holds: only what is new is told.
CREATE TABLE nags_known (
    stage       INTEGER NOT NULL,
    official_id INTEGER NOT NULL,
    unit_id     INTEGER NOT NULL,
    fact        TEXT NOT NULL,
    PRIMARY KEY (stage, official_id, unit_id, fact)
) STRICT, WITHOUT ROWID;

-- How far each pass has looked: 'day' in seconds, 'period 15-14' and 'period calendar' the
-- last day of the last period that was sent.
CREATE TABLE nag_looks (
    stage INTEGER NOT NULL,
    name  TEXT NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (stage, name)
) STRICT, WITHOUT ROWID;

-- Until when a message in the outbox is of use: one that could not leave by then never
-- leaves, so that a network that comes back at night brings no burst of old reminders.
CREATE TABLE nag_rows (
    outbox_id INTEGER PRIMARY KEY NOT NULL,
    stage     INTEGER NOT NULL,
    until     INTEGER NOT NULL
) STRICT;
CREATE INDEX nag_rows_until ON nag_rows (stage, until);

-- Years whose days off an administrator has confirmed.
CREATE TABLE holiday_years (
    year         INTEGER PRIMARY KEY NOT NULL,
    confirmed_by INTEGER REFERENCES officials (id),
    confirmed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
