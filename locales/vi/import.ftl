## Lists of dossiers exported by provincial systems: motcua import, a file sent in chat.

list-file-empty = Tệp trống, không có dòng nào.
# $mb (String)
list-too-big = Tệp quá lớn: tối đa { $mb } MB. Anh/chị lọc theo tháng rồi xuất lại.
# $mb (String)
list-unpacks-too-big = Tệp giải nén ra quá { $mb } MB nên không đọc. Anh/chị xuất lại danh sách từ hệ thống rồi gửi tệp mới.
# $n (String)
list-too-many-rows = Tệp có quá { $n } dòng. Anh/chị lọc theo tháng rồi xuất lại.
# $n (String)
list-too-many-columns = Tệp có quá { $n } cột nên không giống danh sách hồ sơ. Anh/chị xuất lại danh sách từ hệ thống.
list-password = Tệp có mật khẩu nên không đọc được. Anh/chị mở tệp, bỏ mật khẩu (Lưu thành tệp mới) rồi gửi lại.
list-broken = Tệp bị hỏng hoặc tải chưa hết. Anh/chị mở thử bằng Excel, lưu lại thành .xlsx rồi gửi lại.
list-no-sheet = Tệp này không phải bảng tính. Cần danh sách hồ sơ dạng .xlsx, .xls, .ods hoặc .csv.
list-no-header = Không thấy dòng tiêu đề. Cần một dòng có cột “Mã hồ sơ” và ít nhất một cột như “Lĩnh vực”, “Ngày tiếp nhận”, “Ngày hẹn trả”, “Trạng thái”.
list-no-rows = Dưới dòng tiêu đề không có hồ sơ nào.

# $new (String)
# $changed (String)
# $same (String)
# $rejected (String)
list-counts = mới { $new }, đổi { $changed }, không đổi { $same }, loại { $rejected }
# $n (String)
list-not-received = bỏ qua { $n } hồ sơ chưa hoặc không được tiếp nhận
# $place (String)
# $told (String)
list-row = { $place }: { $told }
# $row (String)
list-place = dòng { $row }
# $sheet (String)
# $row (String)
list-place-on-sheet = tờ “{ $sheet }”, dòng { $row }
# $code (String)
# $day (String)
list-ended-here = { $code } còn mở trong tệp, nhưng cán bộ đã báo xong ngày { $day }; giữ theo sổ
list-no-code = thiếu mã hồ sơ
# $text (String)
list-bad-code = “{ $text }” không phải mã hồ sơ (ví dụ H12.34.56-251121-0001)
list-future-code = ngày trong mã chưa tới
# $which (String)
list-odd-day = không đọc được { $which }; ghi dạng 20/11/2026
# $which (String)
# $day (String)
list-future = { $which } { $day } chưa tới
# $which (String)
list-before-received = { $which } trước ngày tiếp nhận
list-no-field = chưa rõ lĩnh vực; thêm cột “Lĩnh vực” vào tệp
# $name (String)
list-unknown-field = không có lĩnh vực “{ $name }”; xem các lĩnh vực: motcua field list, hoặc /linhvuc
list-no-due = thiếu ngày hẹn trả
list-no-end = đã xong nhưng thiếu ngày trả
# $place (String)
list-twice = mã này còn ở { $place } với nội dung khác; giữ lại một dòng
list-day-received = ngày tiếp nhận
list-day-due = ngày hẹn trả
list-day-promised = ngày hẹn lại
list-day-ended = ngày trả
