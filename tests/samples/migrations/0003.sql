-- An office of schema 3, the first with a catalogue: two people, two posts of which one was
-- edited and one taken back.
INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ'), (2, 'TH', 'UBND tỉnh');
UPDATE units SET parent_id = 2 WHERE id = 1;
INSERT INTO unit_fields SELECT 1, id FROM fields WHERE code = 'ĐĐ';
INSERT INTO officials (id, name, locale, current_unit_id) VALUES (1, 'Đinh Quốc Lan', NULL, 1), (2, 'Trần Thị Minh', 'en', 1);
INSERT INTO memberships (id, official_id, unit_id, role, since, until) VALUES
    (1, 1, 1, 'officer', 20700, NULL), (2, 2, 1, 'lead', 20700, NULL), (3, 2, 2, 'officer', 20600, 20650);
INSERT INTO member_fields SELECT 1, id, 20700, NULL FROM fields WHERE code IN ('HT', 'CT');
INSERT INTO bots (id, channel, platform_id, username) VALUES (1, 'telegram', '7000001', 'ktd_bot');
INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id, greeted) VALUES
    (1, 'telegram', '7001', '7001', 1, 1), (2, 'zalo', 'z9', 'z9', NULL, 0);
INSERT INTO groups VALUES ('telegram', '-100', 1, 2);
INSERT INTO invites (code_hash, unit_id, role, name, fields, created_by, created_at, expires_at, used_at) VALUES
    (x'0102', 1, 'officer', 'Lê Văn Tú', 'HT', 2, 1795000000, 1795086400, NULL), (x'0304', NULL, 'admin', 'Quản', '', NULL, 1, 2, 3);
INSERT INTO wrong_codes (channel, chat_id, at) VALUES ('zalo', 'z1', 1795000000);
INSERT INTO strangers VALUES ('telegram', '8000', 1795000000);
INSERT INTO deliveries VALUES (1, 'u17', 1795165500);
INSERT INTO contents VALUES (1, '7001', 11, 0), (1, '7001', 11, 1795165600);
INSERT INTO inbox (id, bot_id, kind, chat_id, private, user_id, message_id, sent_at, text, received_at, state) VALUES
    (1, 1, 'message', '7001', 1, '7001', 11, 1795165550, 'ht ol 9 tr 3 th 8', 1795165560, 'done'),
    (2, 1, 'message', '7001', 1, '7001', 13, 1795165800, 'ct ol 1', 1795165800, 'new');
INSERT INTO posts (id, kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at, form, undone_at) VALUES
    (1, 'post', 1, '7001', 11, 1, 1, 1795165550, 2, NULL), (2, 'post', 1, '7001', 12, 1, 1, 1795165670, 1, 1795165740);
INSERT INTO post_lines SELECT 1, column1, column2, 1, 1, 20777, (SELECT id FROM fields WHERE code = 'HT'), column3, 'set', column4
    FROM (VALUES (1, 0, 'received_online', 9), (1, 1, 'received_direct', 3), (2, 0, 'received_online', 10),
                 (2, 1, 'received_direct', 3), (2, 2, 'resolved_early', 8), (2, 3, 'awaiting_supplement', 2),
                 (2, 4, 'fees_noncash', 250000));
INSERT INTO post_lines SELECT 2, 1, 0, 1, 1, 20777, id, 'received_online', 'set', 7 FROM fields WHERE code = 'CT';
INSERT INTO counts SELECT 1, 20777, id, 1, 10, 3, 0, 8, 0, 0, 0 FROM fields WHERE code = 'HT';
INSERT INTO half_months SELECT 1, 48645, id, 10, 3, 0, 8, 0, 0, 0 FROM fields WHERE code = 'HT';
INSERT INTO stocks SELECT 1, id, 1, 'awaiting_supplement', 20777, 2, NULL FROM fields WHERE code = 'HT';
INSERT INTO indicator_counts SELECT 1, 20777, f.id, 1, i.id, 250000 FROM fields AS f, indicators AS i
    WHERE f.code = 'HT' AND i.key = 'fees_noncash';
INSERT INTO openings SELECT 1, id, 20772, 5, 1 FROM fields WHERE code = 'HT';
INSERT INTO closed_periods (unit_id, first_day, last_day, period, closed_by, closed_at, reopened_at) VALUES
    (1, 20741, 20771, 'thang 11/2026', 2, 1795000000, NULL), (1, 20711, 20740, 'thang 10/2026', 2, 1790000000, 1790000100);
INSERT INTO audit (at, actor_id, unit_id, kind, post_id, detail, seal) VALUES
    (1795165500, NULL, 1, 'unit', NULL, '{}', x'36fa0656cf4058f41744d11ec3a6efd5f894a1cde57e8571bcad54965adc3316'),
    (1795165560, 1, 1, 'post', 1, '[]', x'0ec06a2ab570888f854502842eb3b9a6ce6572e937513d64408b32419b47afcd'),
    (1795165620, 1, 1, 'edit', 1, '[]', x'791d359f228e891251b2e402176c2c373f8302327061fb566d8160d29d8d27d0'),
    (1795165680, 1, 1, 'post', 2, '[]', x'ebb0fa77364c93b2f8564abb3f20aa3ab800f415f4443e12105e66bc98a45a0b'),
    (1795165740, 1, 1, 'undo', 2, '[]', x'6a98e9c233016c75a2497ad97a107245ca13f0a929a4e57b6b521358545e520b');
INSERT INTO audit_days VALUES (1, 20777, 2), (1, 20777, 3), (1, 20777, 4), (1, 20777, 5);
INSERT INTO outbox (id, bot_id, chat_id, private, inbox_id, text, choices, state, created_at, sent_at) VALUES
    (1, 1, '7001', 1, 1, 'Đã lưu 20/11 · Hộ tịch', '[]', 'sent', 1795165560, 1795165561),
    (2, 1, '7001', 1, NULL, 'Hôm nay anh/chị chưa báo số liệu.', '', 'waiting', 1795165700, NULL);
INSERT INTO menus VALUES (1, '7001', 'ab');
INSERT INTO notices VALUES ('clock', 1795000000);
INSERT INTO runs (started_at, seen_at, ended_at) VALUES (1795000000, 1795165740, NULL);
