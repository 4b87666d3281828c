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
