-- A message that holds a code or the address of an upload page: its text is kept only until
-- it has left. Codes and addresses themselves are stored as SHA-256 (SPEC §3, §12).
ALTER TABLE outbox ADD COLUMN secret INTEGER NOT NULL DEFAULT 0 CHECK (secret IN (0, 1));

-- What earlier versions have kept.
UPDATE outbox SET text = ''
WHERE state IN ('sent', 'dropped') AND (text LIKE '%/start %' OR text LIKE '%/tai-len/%');
