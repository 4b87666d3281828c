## The command line and the terminal chat.

# $what (String)
cli-fault = Lỗi: { $what }
# $text (String)
cli-wrong-time = Không hiểu giờ “{ $text }”; ghi ví dụ 2026-11-20T16:15
run-no-token = Chưa có mã token Telegram (TELOXIDE_TOKEN) hay Zalo (ZALO_BOT_TOKEN); chuyển sang trò chuyện trên màn hình này.
practice-unit = Đơn vị thực hành
chat-practice = Cơ sở dữ liệu trống: đã lập đơn vị thực hành THU với Lan (cán bộ: HT, CT), Minh (đầu mối), Hà (lãnh đạo), Quản (quản trị). Dòng không ghi tên là Lan nói; ví dụ: ht ol 9 tr 3, hoặc Minh> /thieu
chat-nothing-to-edit = Không có tin nào như vậy để sửa.
# $names (String)
chat-several = Tên này có nhiều người: { $names }. Ghi đủ họ tên.
# $names (String)
chat-who-speaks = Chưa rõ ai nói: thêm --as TÊN, hoặc ghi “Tên> ” ở đầu dòng. Cán bộ: { $names }
# $who (String)
chat-clock-run = Không chỉnh được giờ khi bot đang chạy trên cơ sở dữ liệu này ({ $who }).
chat-clock-back = Giờ không lùi lại được.
# $who (String)
run-second = Cơ sở dữ liệu đang được dùng bởi: { $who }
# $name (String)
run-ready = Bot @{ $name } đã sẵn sàng.
run-bad-token = Mã token Telegram không được chấp nhận; xin kiểm tra TELOXIDE_TOKEN.
# $pid (String)
# $since (String)
run-who = motcua run, tiến trình { $pid }, từ { $since }
# $id (String)
retry-queued = Tin { $id } sẽ được xử lý lại.
# $id (String)
retry-none = Không có tin tạm giữ nào mang số { $id }.
# $id (String)
bot-bad-token = Mã token của bot số { $id } không được chấp nhận; xin kiểm tra tệp của bot đó: motcua bot list
# $id (String)
bot-same-token = Bot số { $id } có cùng mã token với một bot khác nên không chạy riêng; nên bớt đi: motcua bot remove { $id }
# $id (String)
# $what (String)
fault-bot = Bot số { $id }: { $what }
