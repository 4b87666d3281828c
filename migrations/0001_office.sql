-- The office: who works where, what was said, what it comes to.
-- Days are INTEGER days since 1970-01-01; instants are INTEGER seconds since then (UTC).
-- Nothing that was said is ever deleted; what is derived from it (counts, half_months,
-- stocks, indicator_counts) is rewritten by replay in the same transaction.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Grows with each change of units, fields, people, holidays or indicators.
INSERT INTO meta (key, value) VALUES ('directory_version', 1);

-- ── units, fields, people ──────────────────────────────────────────────────────────

CREATE TABLE units (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    code      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name      TEXT NOT NULL,
    parent_id INTEGER REFERENCES units (id),
    scheme    TEXT NOT NULL DEFAULT '15-14' CHECK (scheme IN ('15-14', 'calendar')),
    practice  INTEGER NOT NULL DEFAULT 0 CHECK (practice IN (0, 1))
) STRICT;

CREATE TABLE fields (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    code    TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    aliases TEXT NOT NULL DEFAULT '', -- separated by commas
    rank    INTEGER NOT NULL
) STRICT;

-- Fields a unit uses beside those that its officials hold.
CREATE TABLE unit_fields (
    unit_id  INTEGER NOT NULL REFERENCES units (id),
    field_id INTEGER NOT NULL REFERENCES fields (id),
    PRIMARY KEY (unit_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE officials (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL,
    locale          TEXT CHECK (locale IN ('vi', 'en')),
    current_unit_id INTEGER REFERENCES units (id)
) STRICT;

CREATE TABLE memberships (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    official_id INTEGER NOT NULL REFERENCES officials (id),
    unit_id     INTEGER NOT NULL REFERENCES units (id),
    role        TEXT NOT NULL CHECK (role IN ('officer', 'lead', 'leader', 'admin')),
    since       INTEGER NOT NULL,
    until       INTEGER -- first day that no longer counts
) STRICT;
CREATE UNIQUE INDEX memberships_open ON memberships (official_id, unit_id) WHERE until IS NULL;
CREATE INDEX memberships_unit ON memberships (unit_id);

CREATE TABLE member_fields (
    membership_id INTEGER NOT NULL REFERENCES memberships (id),
    field_id      INTEGER NOT NULL REFERENCES fields (id),
    since         INTEGER NOT NULL,
    until         INTEGER,
    PRIMARY KEY (membership_id, field_id, since)
) STRICT, WITHOUT ROWID;

-- The accounts a person writes from. `bot_id` is NULL where the platform's ids do not
-- depend on the bot (Telegram).
CREATE TABLE links (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    official_id   INTEGER NOT NULL REFERENCES officials (id),
    channel       TEXT NOT NULL,
    platform_user TEXT NOT NULL,
    chat_id       TEXT NOT NULL,
    bot_id        INTEGER,
    greeted       INTEGER NOT NULL DEFAULT 0, -- the first echo has explained deleting
    unreachable_since INTEGER,
    UNIQUE (channel, platform_user)
) STRICT;
CREATE INDEX links_official ON links (official_id);

CREATE TABLE groups (
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES units (id),
    bound_by INTEGER NOT NULL REFERENCES officials (id),
    PRIMARY KEY (channel, chat_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
    code_hash   BLOB PRIMARY KEY NOT NULL, -- SHA-256 of the code
    unit_id     INTEGER REFERENCES units (id), -- NULL: the first administrator
    role        TEXT NOT NULL,
    name        TEXT NOT NULL,
    fields      TEXT NOT NULL DEFAULT '',
    official_id INTEGER REFERENCES officials (id), -- set: one more chat for this person
    created_by  INTEGER REFERENCES officials (id),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT, WITHOUT ROWID;

-- Wrong codes, to slow guessing down; kept a day.
CREATE TABLE wrong_codes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX wrong_codes_at ON wrong_codes (at);

-- Strangers are told once a day who the bot serves.
CREATE TABLE strangers (
    channel TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (channel, chat_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE holidays (
    day  INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE indicators (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    key     TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    words   TEXT NOT NULL, -- folded, separated by commas; the first is the one shown
    measure TEXT NOT NULL CHECK (measure IN ('count', 'money')),
    whole   TEXT, -- 'received', 'received_online', 'resolved' or the key of another indicator
    target  INTEGER, -- percent of the whole
    rank    INTEGER NOT NULL
) STRICT;

-- ── what was said ──────────────────────────────────────────────────────────────────

CREATE TABLE bots (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    channel     TEXT NOT NULL,
    platform_id TEXT NOT NULL, -- from getMe: a new token of the same bot is the same bot
    username    TEXT NOT NULL DEFAULT '',
    retired_at  INTEGER, -- another bot has taken its place
    UNIQUE (channel, platform_id)
) STRICT;

-- First key of "once": the delivery. Kept 7 days, since update ids may restart lower.
CREATE TABLE deliveries (
    bot_id      INTEGER NOT NULL,
    delivery    TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (bot_id, delivery)
) STRICT, WITHOUT ROWID;

-- Second key of "once": the content. Kept for ever.
CREATE TABLE contents (
    bot_id     INTEGER NOT NULL,
    chat_id    TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    edit_date  INTEGER NOT NULL, -- 0: the first form
    PRIMARY KEY (bot_id, chat_id, message_id, edit_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- order of arrival
    bot_id      INTEGER NOT NULL REFERENCES bots (id),
    kind        TEXT NOT NULL CHECK (kind IN ('message', 'edit', 'press', 'moved', 'blocked', 'unblocked', 'other')),
    chat_id     TEXT NOT NULL,
    private     INTEGER NOT NULL,
    thread_id   INTEGER,
    user_id     TEXT NOT NULL DEFAULT '',
    message_id  INTEGER NOT NULL DEFAULT 0,
    edit_date   INTEGER NOT NULL DEFAULT 0,
    sent_at     INTEGER NOT NULL,
    text        TEXT, -- citizens' numbers masked; NULL for strangers and when the text's time is over
    data        TEXT, -- the choice pressed, the chat moved to, the id to answer a press
    received_at INTEGER NOT NULL,
    state       TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'parked')),
    attempts    INTEGER NOT NULL DEFAULT 0, -- ended in a fault or a caught panic
    cut_short   INTEGER NOT NULL DEFAULT 0, -- the process ended during the try
    retry_at    INTEGER NOT NULL DEFAULT 0,
    fault       TEXT -- id of the last fault
) STRICT;
CREATE INDEX inbox_open ON inbox (id) WHERE state = 'new';
-- Chats that wait for a retry: their later messages wait behind it.
CREATE INDEX inbox_held ON inbox (bot_id, chat_id, id) WHERE state = 'new' AND retry_at > 0;
CREATE INDEX inbox_parked ON inbox (id) WHERE state = 'parked';
CREATE INDEX inbox_texts ON inbox (received_at) WHERE text IS NOT NULL;
CREATE INDEX inbox_message ON inbox (bot_id, chat_id, message_id);

-- A post: a message that holds counts, or a change of stock by hand-over. Its id is the
-- order in which replay takes it: arrival of the first form.
CREATE TABLE posts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL DEFAULT 'post' CHECK (kind IN ('post', 'handover')),
    bot_id     INTEGER NOT NULL DEFAULT 0,
    chat_id    TEXT NOT NULL DEFAULT '',
    message_id INTEGER, -- NULL: a choice or a hand-over
    unit_id    INTEGER NOT NULL REFERENCES units (id),
    sender_id  INTEGER NOT NULL REFERENCES officials (id),
    sent_at    INTEGER NOT NULL,
    form       INTEGER NOT NULL DEFAULT 1, -- the form in force
    undone_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX posts_message ON posts (bot_id, chat_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX posts_sender ON posts (sender_id, id) WHERE undone_at IS NULL AND kind = 'post';

-- The lines of a post as they were read, one row a figure, each form kept.
CREATE TABLE post_lines (
    post_id     INTEGER NOT NULL REFERENCES posts (id),
    form        INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    official_id INTEGER NOT NULL,
    unit_id     INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    field_id    INTEGER NOT NULL, -- 0: the whole unit
    subject     TEXT NOT NULL,    -- key of a figure or indicator; '' for zero and present
    op          TEXT NOT NULL CHECK (op IN ('set', 'add', 'zero', 'present', 'stated')),
    value       INTEGER NOT NULL,
    PRIMARY KEY (post_id, form, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_lines_day ON post_lines (unit_id, day, official_id, field_id);

-- ── what it comes to (derived) ─────────────────────────────────────────────────────

CREATE TABLE counts (
    unit_id     INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    field_id    INTEGER NOT NULL,
    official_id INTEGER NOT NULL,
    online      INTEGER NOT NULL,
    direct      INTEGER NOT NULL,
    postal      INTEGER NOT NULL,
    early       INTEGER NOT NULL,
    on_time     INTEGER NOT NULL,
    late        INTEGER NOT NULL,
    withdrawn   INTEGER NOT NULL,
    PRIMARY KEY (unit_id, day, field_id, official_id)
) STRICT, WITHOUT ROWID;

-- Sums of counts over half a calendar month (days 1–14, 15–end): months of both period
-- schemes are unions of halves. half = (year * 12 + month - 1) * 2 + (day >= 15).
CREATE TABLE half_months (
    unit_id   INTEGER NOT NULL,
    half      INTEGER NOT NULL,
    field_id  INTEGER NOT NULL,
    online    INTEGER NOT NULL,
    direct    INTEGER NOT NULL,
    postal    INTEGER NOT NULL,
    early     INTEGER NOT NULL,
    on_time   INTEGER NOT NULL,
    late      INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    PRIMARY KEY (unit_id, field_id, half) -- a field's halves together: balances add them up
) STRICT, WITHOUT ROWID;

-- Stock figures: the value that stands after the messages of that day.
CREATE TABLE stocks (
    unit_id     INTEGER NOT NULL,
    field_id    INTEGER NOT NULL,
    official_id INTEGER NOT NULL,
    figure      TEXT NOT NULL CHECK (figure IN ('awaiting_supplement', 'pending_late')),
    day         INTEGER NOT NULL,
    value       INTEGER NOT NULL,
    added       INTEGER, -- the day's messages only added this to the value before
    PRIMARY KEY (unit_id, field_id, official_id, figure, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator_counts (
    unit_id      INTEGER NOT NULL,
    day          INTEGER NOT NULL,
    field_id     INTEGER NOT NULL, -- 0: the whole unit
    official_id  INTEGER NOT NULL,
    indicator_id INTEGER NOT NULL,
    value        INTEGER NOT NULL,
    PRIMARY KEY (unit_id, day, field_id, official_id, indicator_id)
) STRICT, WITHOUT ROWID;

-- Opening balances: pending (and late among them) at the start of the day.
CREATE TABLE openings (
    unit_id  INTEGER NOT NULL REFERENCES units (id),
    field_id INTEGER NOT NULL REFERENCES fields (id),
    day      INTEGER NOT NULL,
    pending  INTEGER NOT NULL,
    late     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (unit_id, field_id)
) STRICT, WITHOUT ROWID;

-- Closed periods; a day is closed while any row that stands covers it.
CREATE TABLE closed_periods (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    unit_id     INTEGER NOT NULL REFERENCES units (id),
    first_day   INTEGER NOT NULL,
    last_day    INTEGER NOT NULL,
    period      TEXT NOT NULL, -- as the grammar reads it back, e.g. 'thang 11/2026'
    version     INTEGER NOT NULL DEFAULT 1,
    closed_by   INTEGER REFERENCES officials (id),
    closed_at   INTEGER NOT NULL,
    reopened_at INTEGER
) STRICT;
CREATE INDEX closed_periods_unit ON closed_periods (unit_id, last_day) WHERE reopened_at IS NULL;

-- Who did what, when, from → to; each row sealed with the one before it (SHA-256).
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    actor_id INTEGER, -- NULL: the command line
    unit_id  INTEGER,
    kind     TEXT NOT NULL,
    post_id  INTEGER,
    detail   TEXT NOT NULL, -- JSON
    seal     BLOB NOT NULL
) STRICT;
CREATE INDEX audit_post ON audit (post_id) WHERE post_id IS NOT NULL;

-- Which acts touched a unit's day, for the history of that day.
CREATE TABLE audit_days (
    unit_id  INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    audit_id INTEGER NOT NULL,
    PRIMARY KEY (unit_id, day, audit_id)
) STRICT, WITHOUT ROWID;

-- ── what is to be said ─────────────────────────────────────────────────────────────

CREATE TABLE outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    bot_id       INTEGER NOT NULL REFERENCES bots (id),
    chat_id      TEXT NOT NULL,
    thread_id    INTEGER,
    private      INTEGER NOT NULL,
    inbox_id     INTEGER, -- the message this answers
    text         TEXT NOT NULL,
    choices      TEXT NOT NULL DEFAULT '', -- JSON [{"id","label","action","official","used"}]; '' for none
    file         TEXT NOT NULL DEFAULT '', -- JSON recipe, rendered at delivery; '' for none
    part         INTEGER NOT NULL DEFAULT 0, -- parts already sent of a text that had to be split
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'sent', 'dropped')),
    ambiguous    INTEGER NOT NULL DEFAULT 0, -- may have been sent before: the platform's answer was lost
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_at      INTEGER NOT NULL DEFAULT 0,
    platform_message_id INTEGER,
    error        TEXT,
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER
) STRICT;
-- Answers leave before what nobody has asked for.
CREATE INDEX outbox_open ON outbox (bot_id, (inbox_id IS NULL), id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_open_chat ON outbox (bot_id, chat_id, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_chat ON outbox (bot_id, chat_id, id);

-- Which command menu a chat shows, by the seal of its list; '' and 'en': whoever is not
-- linked, in the default language and in English.
CREATE TABLE menus (
    bot_id  INTEGER NOT NULL REFERENCES bots (id),
    chat_id TEXT NOT NULL,
    seal    TEXT NOT NULL,
    PRIMARY KEY (bot_id, chat_id)
) STRICT, WITHOUT ROWID;

-- Facts told at most once a day or outage, by name.
CREATE TABLE notices (
    name TEXT PRIMARY KEY NOT NULL,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a run of the program, to know of gaps and unclean ends.
CREATE TABLE runs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL, -- last time the run received something or was alive
    ended_at   INTEGER -- NULL: running, or ended without saying so
) STRICT;
