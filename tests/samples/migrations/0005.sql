-- Leave, times and what was told, of schema 5.
INSERT INTO leaves (official_id, unit_id, first_day, last_day, standin_id, entered_by, entered_at) VALUES (1, 1, 20780, 20782, 2, 2, 1795100000);
INSERT INTO snoozes (official_id, said_at, until, reason) VALUES (1, 1795160000, 1795167200, 'họp');
INSERT INTO nag_times VALUES (1, 'reminder', 945, 20770, 975);
INSERT INTO nags_told VALUES (0, 20777, 1, 's:1:reminder', 1795165700);
INSERT INTO nags_known VALUES (0, 2, 1, 'd:1');
INSERT INTO nag_looks VALUES (0, 'day', 1795165740);
INSERT INTO nag_rows VALUES (2, 0, 1795170000);
INSERT INTO holiday_years VALUES (2026, 2, 1764500000);
