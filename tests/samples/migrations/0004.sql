-- Dossiers of schema 4: one that was stopped and goes on, one with an apology, resolved late.
INSERT INTO dossiers (id, unit_id, code, tail, field_id, holder_id, received, due, promised, state, ended, reason, reason_text)
    SELECT column1, 1, column2, column3, (SELECT id FROM fields WHERE code = 'HT'), 1, 20773, column4, column5, column6, column7, column8, column9
    FROM (VALUES (1, 'H12.34.56-261116-0001', '0001', 20779, NULL, 'open', NULL, '', ''),
                 (2, 'H12.34.56-261116-0002', '0002', 20775, 20778, 'resolved', 20777, 'power_cut', 'từ 8 giờ'));
INSERT INTO dossier_stops VALUES (1, 1, 20774, 20775, 20778);
INSERT INTO dossier_acts (id, kind, unit_id, sender_id, bot_id, chat_id, message_id, sent_at, after_post) VALUES
    (1, 'register', 1, 1, 1, '7001', 20, 1795100000, 0), (2, 'extend', 1, 1, 1, '7001', 21, 1795150000, 0);
INSERT INTO dossier_changes VALUES
    (1, 1, 1795100000, '', '{"field":6,"holder":1,"received":20773,"due":20778,"promised":null,"state":"open","ended":null,"reason":null,"text":"","stops":[]}'),
    (2, 2, 1795150000, '', '{"field":6,"holder":1,"received":20773,"due":20775,"promised":20778,"state":"open","ended":null,"reason":"power_cut","text":"từ 8 giờ","stops":[]}');
