-- What every office begins with: the catalogue of fields (DOMAIN §5), in the order in
-- which reports print them, and the indicators (SPEC §4). Admins edit both.

INSERT INTO fields (code, name, aliases, rank) VALUES
    ('CQĐP', 'Chính quyền địa phương', 'CQDP', 1),
    ('TĐKT', 'Thi đua khen thưởng', 'TDKT', 2),
    ('PBGDPL', 'Phổ biến giáo dục pháp luật', '', 3),
    ('CS', 'Chính sách', '', 4),
    ('CT', 'Chứng thực', '', 5),
    ('HT', 'Hộ tịch', '', 6),
    ('TNXH', 'Phòng, chống tệ nạn xã hội', '', 7),
    ('GD', 'Giáo dục đào tạo', 'GDMN,GDTH', 8),
    ('BTXH', 'Bảo trợ xã hội', '', 9),
    ('NCC', 'Người có công', '', 10),
    ('ĐĐ', 'Đất đai', 'DD', 11),
    ('VH', 'Văn hóa, thể thao, thư viện', 'VHTT', 12),
    ('TG', 'Tôn giáo', '', 13),
    ('NCN', 'Nuôi con nuôi', '', 14),
    ('KNTC', 'Xử lý đơn, tiếp công dân, giải quyết khiếu nại, tố cáo', 'TCD', 15),
    ('BTNN', 'Bồi thường Nhà nước', '', 16),
    ('PCTN', 'Phòng, chống tham nhũng', '', 17),
    ('DS', 'Dân số, trẻ em', 'TE', 18),
    ('PCTT', 'Phòng, chống thiên tai', '', 19);

INSERT INTO indicators (key, name, words, measure, whole, target, rank) VALUES
    ('e_copies', 'Chứng thực bản sao điện tử', 'bsdt,ban sao dien tu', 'count', 'received_online', NULL, 1),
    ('interlinked', 'Liên thông', 'lt,lien thong', 'count', 'received_online', NULL, 2),
    ('digitised', 'Số hóa thành phần hồ sơ', 'sh,so hoa', 'count', 'received', NULL, 3),
    ('results_digitised', 'Số hóa kết quả giải quyết', 'shkq,so hoa ket qua', 'count', 'resolved', NULL, 4),
    ('paid_online', 'Thanh toán trực tuyến', 'ttol,thanh toan', 'count', 'payable', 60, 5),
    ('payable', 'Hồ sơ phải nộp phí, lệ phí', 'phainop', 'count', NULL, NULL, 6),
    ('fees_noncash', 'Phí, lệ phí không dùng tiền mặt', 'phi,le phi', 'money', NULL, NULL, 7),
    ('results_by_post', 'Trả kết quả qua bưu chính', 'trabc,tra buu chinh', 'count', 'resolved', NULL, 8),
    ('petitions', 'Phản ánh, kiến nghị', 'pakn', 'count', NULL, NULL, 9),
    ('petitions_answered', 'Phản ánh, kiến nghị đã xử lý', 'paknxl', 'count', 'petitions', NULL, 10);
