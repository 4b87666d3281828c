-- What was read of a message, sealed with its act: replay stands on these lines, so a later
-- change of one has to show. NULL: the act read nothing, or is older than this seal.
ALTER TABLE audit ADD COLUMN form INTEGER; -- the form of the post that was read
ALTER TABLE audit ADD COLUMN lines BLOB; -- SHA-256 over the post and that form's lines

-- The reason of an apology's new day is not the reason of lateness. Until now one place held
-- both: which it was stands in the story, so it is kept as both.
ALTER TABLE dossiers ADD COLUMN promised_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE dossiers ADD COLUMN promised_text TEXT NOT NULL DEFAULT '';
UPDATE dossiers SET promised_reason = reason, promised_text = reason_text WHERE promised IS NOT NULL;
