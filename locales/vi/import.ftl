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
# $n (String)
list-too-much-text = Tệp có ô dài quá { $n } chữ hoặc quá nhiều chữ nên không giống danh sách hồ sơ. Anh/chị xuất lại danh sách từ hệ thống.
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
# $n (String)
# $examples (String)
list-unknown-status = { $n } dòng có trạng thái lạ ({ $examples }): coi là đang giải quyết, hồ sơ có sẵn giữ trạng thái trong sổ
# $n (String)
# $examples (String)
list-unknown-status-ended = { $n } dòng có trạng thái lạ ({ $examples }) nhưng có ngày trả: coi là đã trả kết quả
# $n (String)
# $examples (String)
list-unknown-holder = { $n } dòng có cán bộ không thuộc đơn vị ({ $examples }): chưa giao cho ai, hồ sơ có sẵn giữ người cũ
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
list-no-such-code = ô mã hồ sơ không ghi mã hồ sơ (ví dụ H12.34.56-251121-0001)
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

# $unit (String)
list-preview-head = Danh sách hồ sơ cho { $unit }, xem trước:
list-preview-ask = Chưa ghi gì vào sổ. Đúng thì chọn dưới đây, hoặc gửi: nhập vào sổ. Danh sách được giữ 24 giờ.
list-preview-nothing = Không có gì để nhập thêm vào sổ.
list-choice-take = Nhập vào sổ
# $new (String)
# $changed (String)
# $same (String)
list-taken = Đã nhập vào sổ: mới { $new }, đổi { $changed }, không đổi { $same }
list-undo-how = Nhập nhầm danh sách thì gửi: /hoantac
# $n (String)
list-more-rows = … và { $n } dòng nữa
# $time (String)
# $n (String)
list-undone = Đã bỏ lần nhập danh sách lúc { $time }: { $n } hồ sơ trở lại như trước.
list-only-here = Chỗ này không nhận tệp được; nhờ quản trị nhập bằng lệnh: motcua import TỆP --unit MÃ
list-file-gone = Không tải được tệp này nữa. Anh/chị gửi lại tệp.

## /doichieu

# $unit (String)
reconcile-head = Đối chiếu sổ hồ sơ với số liệu đã báo của { $unit }
# $period (String)
# $days (String)
reconcile-days = { $period } ({ $days })
reconcile-received = Tiếp nhận
reconcile-resolved = Đã giải quyết
# $subject (String)
# $register (String)
# $posted (String)
# $verdict (String)
reconcile-total = { $subject }: hệ thống { $register }, đã báo { $posted }: { $verdict }
reconcile-fits = khớp
reconcile-days-differ = tổng khớp nhưng lệch ngày
# $all (String)
reconcile-differs = lệch { $all }
# $n (String)
# $field (String)
reconcile-at = { $n } ở { $field }
# $day (String)
# $field (String)
# $subject (String)
# $register (String)
# $posted (String)
reconcile-line = { $day } { $field }, { $subject }: hệ thống { $register }, đã báo { $posted }
# $n (String)
reconcile-more = … và { $n } chỗ lệch nữa
# $fields (String)
reconcile-not-kept = Sổ chưa có hồ sơ nào thuộc { $fields }: không đối chiếu.
# $unit (String)
reconcile-no-register = { $unit } chưa có hồ sơ nào trong sổ. Gửi danh sách xuất từ hệ thống của tỉnh, hoặc vào sổ bằng /hoso.
reconcile-usage = Ghi kỳ sau lệnh, ví dụ: /doichieu thang 11/2026
# $n (String)
# $months (String)
# $command (String)
reconcile-more-months = … và { $n } tháng lệch nữa ({ $months }). Đầu mối xem từng tháng: { $command }
# $months (String)
reconcile-months-fit = Khớp: { $months }
# $command (String)
reconcile-more-how = Đầu mối xem từng tháng: { $command }
args-doichieu = [kỳ]
help-doichieu = so sổ hồ sơ với số liệu đã báo

## /so

args-so = [kỳ]
help-so = sổ theo dõi hồ sơ, tệp Excel
# $unit (String)
# $period (String)
# $days (String)
# $end (String)
book-sent = Sổ theo dõi hồ sơ của { $unit }, { $period } ({ $days }), đến ngày { $end }.
book-sheet = Sổ theo dõi
book-heading = SỔ THEO DÕI HỒ SƠ
# $unit (String)
# $period (String)
# $end (String)
# $n (String)
book-line = { $unit }. { $period }, đến ngày { $end }. { $n } hồ sơ đã nhận trong kỳ hoặc chuyển từ kỳ trước.
book-promised = Hẹn lại
book-result = Kết quả
book-early = Trước hạn
book-on-time = Đúng hạn
# $days (String)
book-late = Quá hạn { $days } ngày
book-withdrawn = Rút, trả lại
book-stopped = Chờ bổ sung
book-pending = Đang giải quyết
# $days (String)
book-pending-late = Đang giải quyết, quá hạn { $days } ngày
