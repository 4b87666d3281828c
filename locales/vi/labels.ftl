## Labels: names of figures as printed (SPEC §4), of roles and days.

language-name = Tiếng Việt

figure-received-online = Trực tuyến
figure-received-direct = Trực tiếp
figure-received-postal = Bưu chính
figure-resolved-early = Trước hạn
figure-resolved-on-time = Đúng hạn
figure-resolved-late = Quá hạn
figure-withdrawn = Rút/trả lại
figure-awaiting-supplement = Chờ bổ sung
figure-pending-late = Tồn quá hạn
figure-received = Tiếp nhận
figure-resolved = Đã giải quyết
figure-pending = Còn lại

role-officer = cán bộ
role-lead = đầu mối
role-leader = lãnh đạo
role-admin = quản trị
