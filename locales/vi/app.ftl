## Sentences that no single use case owns.

# $role (String)
not-allowed = Lệnh này không dành cho vai trò { $role }. Gửi /trogiup để xem các lệnh anh/chị dùng được.
no-role-here = Nhóm này của đơn vị khác; anh/chị không có vai trò tại đơn vị đó.
# $command (String)
did-you-mean = Anh/chị muốn dùng /{ $command }?
# $example (String)
not-understood = Chưa hiểu tin này. Nhập số liệu ví dụ: { $example }. Xem các lệnh: /trogiup
choice-agree = Đồng ý
choice-expired = Lựa chọn này đã hết hiệu lực.
choice-gone = Nút này không còn dùng được
# $fault (String)
parked = Tin của anh/chị chưa xử lý được do lỗi hệ thống (mã { $fault }). Tin vẫn được giữ; quản trị đã được báo.
# $fault (String)
# $id (String)
parked-for-admin = Một tin chưa xử lý được (mã { $fault }). Khi đã khắc phục, chạy: motcua retry { $id }
# $why (String)
backup-failed = Bản sao lưu hằng ngày chưa thực hiện được: { $why }. Xin kiểm tra máy chủ.
explain-usage = Anh/chị gửi: /visao CHỈ TIÊU [lĩnh vực] [kỳ], ví dụ: /visao tiep nhan ht thang 11
not-in-this-version = Lệnh này chưa có trong bản này.
