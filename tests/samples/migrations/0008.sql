-- Messages of a month, of schema 8.
UPDATE officials SET channel = 'zalo' WHERE id = 2;
INSERT INTO sent_months VALUES (1, 24322, 2400, 80);
