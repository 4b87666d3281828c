## Zalo, and what a reply becomes on a channel that can do less.

present-choose-one = Trả lời 1 để chọn.
# $last (String)
present-choose = Trả lời số từ 1 đến { $last } để chọn.

# Documents (SPEC §10; the second sentence is exact up to the path).
file-on-telegram = Tệp đã gửi qua Telegram của anh/chị.
# $path (String)
zalo-file-kept = Chưa gửi được tệp qua Zalo. Tệp đã lưu trên máy chủ: { $path }

# What the bot cannot read, said at most once a day.
# $example (String)
not-text = Bot chỉ đọc được tin nhắn chữ; ảnh, tệp, giọng nói và nhãn dán chưa đọc được. Anh/chị nhập số liệu bằng chữ, ví dụ: { $example }. Danh sách hồ sơ xuất từ hệ thống: nhờ quản trị nhập trên máy chủ bằng motcua import.

# A database that takes nothing (SPEC §11, exact).
zalo-outage = Máy chủ tạm chưa ghi được. Tin của anh/chị chưa được lưu, vui lòng gửi lại sau ít phút.

# The token does not hold any more: to administrators, elsewhere.
# $name (String)
zalo-halted = Zalo không nhận mã token của bot “{ $name }” nữa nên bot không nhận và không gửi được tin Zalo. Xin đặt lại mã token (ZALO_BOT_TOKEN, hoặc tệp ghi ở motcua bot list) và khởi động lại bot.

# The start.
# $name (String)
zalo-ready = Bot Zalo { $name } đã sẵn sàng.
zalo-no-files = Zalo không gửi và nhận được tệp: tệp Excel, ảnh biểu đồ được gửi qua Telegram cho người đã liên kết Telegram, hoặc lưu vào thư mục xuat cạnh cơ sở dữ liệu.
zalo-bad-token = Mã token Zalo không được chấp nhận; xin kiểm tra ZALO_BOT_TOKEN.

# The month's messages.
# $name (String)
# $sent (String)
# $most (String)
# $percent (String)
budget-warning = Bot Zalo “{ $name }” đã gửi { $sent }/{ $most } tin của tháng này ({ $percent }%). Từ 95%, bot bớt nhắc lần hai rồi bớt bản tổng hợp nhắc việc; trả lời tin nhắn thì không bao giờ bỏ.

# /kenh
channel-usage = Anh/chị gửi: /kenh zalo, /kenh telegram hoặc /kenh tudong
# $channel (String)
channel-set = Thông báo sẽ được gửi qua { $channel }; trả lời vẫn ở nơi anh/chị hỏi.
channel-set-auto = Thông báo sẽ được gửi qua kênh anh/chị dùng gần nhất; trả lời vẫn ở nơi anh/chị hỏi.
# $channel (String)
channel-not-linked = Anh/chị chưa liên kết { $channel }. Nhờ đầu mối tạo mã bằng /moi, rồi gửi mã đó cho bot trên { $channel }.
# $channels (String)
# $chosen (String)
channel-now = Đã liên kết: { $channels }. Thông báo gửi qua: { $chosen }.
channel-auto = kênh dùng gần nhất
channel-none = chưa có
help-kenh = chọn kênh nhận thông báo, nhắc việc
args-kenh = zalo|telegram|tudong

# check
# $name (String)
telegram-can = Telegram @{ $name }: gửi được tin, nút bấm, tệp, ảnh; tin đã gửi sửa được.
# $name (String)
zalo-can = Zalo { $name }: gửi được tin chữ đến 2.000 ký tự, lựa chọn đánh số, ảnh (khi có MOTCUA_PUBLIC_URL).

## Several bots: each unit and its own.

# $unit (String)
# $bot (String)
code-other-bot = Mã này dành cho { $unit }; đơn vị dùng bot { $bot }. Anh/chị mở bot đó rồi gửi lại mã; mã vẫn còn dùng được.
# $bot (String)
invite-zalo-bot = Trên Zalo, người được mời mở bot: { $bot }
# $name (String)
# $people (String)
# $most (String)
bot-crowded = Bot Zalo “{ $name }” đã có { $people } người liên kết; Zalo chỉ cho mỗi bot { $most } người. Cần thêm người, anh/chị lập thêm bot cho đơn vị: motcua bot add zalo --unit MÃ --token-file TỆP

# /nhac
# $sent (String)
# $most (String)
# $percent (String)
nag-zalo-month = Tin Zalo tháng này: { $sent }/{ $most } ({ $percent }%)
nag-zalo-no-second = Đến hết tháng, bot không nhắc lần hai (nhac2) qua Zalo; trả lời tin nhắn thì không bao giờ bỏ.
nag-zalo-no-digests = Đến hết tháng, bot không nhắc lần hai (nhac2) và không gửi các bản tổng hợp (sang, daumoi, lanhdao, chieu) qua Zalo; nhắc lần đầu và trả lời tin nhắn thì không bỏ.
