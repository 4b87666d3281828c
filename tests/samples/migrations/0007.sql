-- A gap in reception, of schema 7.
INSERT INTO receptions VALUES (1, 1795165740);
INSERT INTO gaps (id, bot_id, from_at, lost_until, to_at) VALUES (1, 1, 1795100000, 1795103600, 1795103600);
INSERT INTO gap_told VALUES (1, 1);
