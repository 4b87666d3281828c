-- A list that waits for its yes, of schema 6.
INSERT INTO imports (unit_id, official_id, rows, created_at) VALUES (1, 1, '[]', 1795165000);
