## The HTTP side: pages of links, what is said of links in chat (src/channel/http/, src/app/web.rs).

web-language = vi
web-gone-title = Liên kết không dùng được
web-gone = Liên kết này không đúng, đã hết hạn, đã dùng hoặc đã thu hồi. Liên kết tệp dùng trong 24 giờ; liên kết tải lên dùng một lần, trong 1 giờ.
    Anh/chị gửi lại lệnh cho bot để nhận liên kết mới.
web-busy-title = Máy chủ đang bận
web-busy = Anh/chị vui lòng thử lại sau ít phút; liên kết vẫn dùng được.

# The start.
# $name (String)
# $other (String)
settings-needs-too = { $name } cần thêm { $other }.
# $address (String)
# $error (String)
web-cannot-listen = Không mở được cổng HTTP { $address } (MOTCUA_LISTEN): { $error }
# $address (String)
web-ready = Máy chủ HTTP nghe ở { $address }.

# The upload page.
upload-title = Tải danh sách hồ sơ lên
# $unit (String)
# $name (String)
# $mb (String)
upload-page = Đơn vị: { $unit }. Người gửi: { $name }.
    Chọn tệp danh sách xuất từ hệ thống (.xlsx, .xls, .ods hoặc .csv, tối đa { $mb } MB) rồi bấm nút bên dưới.
    Bot sẽ gửi bản xem trước vào chat để anh/chị kiểm tra; chưa ghi gì vào sổ.
upload-label = Tệp danh sách
upload-button = Tải lên
upload-done-title = Đã nhận tệp
upload-done = Bản xem trước đã được gửi vào chat với bot. Anh/chị mở chat để kiểm tra; đúng thì chọn “Nhập vào sổ”.
    Có thể đóng trang này.
upload-refused-title = Chưa nhận được tệp
upload-no-file = Anh/chị chưa chọn tệp, hoặc tệp trống. Anh/chị chọn tệp danh sách rồi bấm lại nút bên dưới.
upload-cut = Tệp tải lên chưa hết. Anh/chị kiểm tra mạng rồi tải lại.

# /tailen, /thuhoi
help-tailen = trang tải danh sách hồ sơ lên từ điện thoại, máy tính
args-tailen = { "" }
# $unit (String)
# $until (String)
# $link (String)
upload-offer = Trang tải danh sách hồ sơ của { $unit }, dùng đến { $until }, cho một tệp:
    { $link }
    Liên kết này chỉ dành cho anh/chị, xin không chuyển tiếp. Bỏ liên kết: /thuhoi
# $code (String)
upload-no-page = Máy chủ chưa mở trang tải tệp. Anh/chị gửi tệp cho bot trên Telegram, hoặc nhờ quản trị nhập trên máy chủ: motcua import TỆP.xlsx --unit { $code }
help-thuhoi = bỏ hiệu lực các liên kết tệp, liên kết tải lên
args-thuhoi = { "" }
# $n (String)
revoked = Đã bỏ { $n } liên kết của anh/chị; không ai mở được nữa.
# $n (String)
# $unit (String)
revoked-of-unit = Đã bỏ { $n } liên kết của { $unit }; không ai mở được nữa.
revoke-none = Không có liên kết nào còn hiệu lực.

# motcua bot
bot-no-file = Không đọc được tệp ghi ở --token-file, hoặc trong tệp không có đúng một mã token.
bot-twice = Tệp token này đã được thêm cho một bot rồi; xem: motcua bot list
# $id (String)
# $channel (String)
# $unit (String)
bot-added = Đã thêm bot { $channel } số { $id } cho { $unit }. Khởi động lại motcua run để bot bắt đầu làm việc.
# $id (String)
bot-none = Không có bot nào mang số { $id }; xem: motcua bot list
# $id (String)
bot-removed = Đã bớt bot số { $id }. Khởi động lại motcua run để bot ngừng làm việc.
# $id (String)
bot-file-gone = Bot số { $id }: không đọc được tệp token; bot này không chạy. Xem: motcua bot list

# A document on a channel that carries none.
# $link (String)
zalo-file-link = Tải tệp (liên kết dùng trong 24 giờ, xin không chuyển tiếp): { $link }
