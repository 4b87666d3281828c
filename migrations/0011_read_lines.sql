-- What was read of a message, sealed with its act: replay stands on these lines, so a later
-- change of one has to show. NULL: the act read nothing, or is older than this seal.
ALTER TABLE audit ADD COLUMN form INTEGER; -- the form of the post that was read
ALTER TABLE audit ADD COLUMN lines BLOB; -- SHA-256 over the post and that form's lines
