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
