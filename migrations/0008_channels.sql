-- Several channels: where a person wants notices, and what each bot has sent this month.

ALTER TABLE officials ADD COLUMN channel TEXT CHECK (channel IN ('telegram', 'zalo')); -- NULL: the one used last

-- Messages that a bot with a monthly number has sent. Delivered rows of the outbox are
-- forgotten after 30 days, so they cannot be counted later.
CREATE TABLE sent_months (
    bot_id INTEGER NOT NULL REFERENCES bots (id),
    month  INTEGER NOT NULL, -- year * 12 + month - 1, in the office's zone
    sent   INTEGER NOT NULL DEFAULT 0,
    warned INTEGER NOT NULL DEFAULT 0, -- percent that administrators have been told of
    PRIMARY KEY (bot_id, month)
) STRICT, WITHOUT ROWID;
