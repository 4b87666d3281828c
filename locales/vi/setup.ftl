## The command line with which an office is set up (src/cli).

unit-added = Đã thêm đơn vị { $code } · { $name }
unit-unchanged = Đơn vị { $code } đã có, không thay đổi.
unit-circle = Đơn vị { $code } không thể thuộc cấp dưới của chính nó.
official-added = Đã thêm { $name } vào đơn vị { $unit }
official-unchanged = { $name } đã có ở đơn vị { $unit }, không thay đổi.
field-added = Đã thêm lĩnh vực { $code } · { $name }
field-unchanged = Lĩnh vực { $code } đã có, không thay đổi.

import-no-file = Không đọc được tệp { $path }.
import-not-utf8 = Tệp { $path } không phải UTF-8; anh/chị lưu lại dạng "CSV UTF-8".
import-bad-csv = Tệp CSV chưa đúng: { $what }
import-no-column = Thiếu cột { $column }.
import-unknown-column = Không có cột nào tên "{ $column }".
import-too-many-cells = { $line }: nhiều ô hơn tiêu đề; ô có dấu phẩy cần đặt trong ngoặc kép.
import-bad-scheme = kỳ báo cáo "{ $value }" chưa đúng; cần 15-14 hoặc calendar.
import-bad-cell = cột { $column } có "{ $value }" chưa đúng; ví dụ: { $example }
import-done = Thêm mới { $new }, không thay đổi { $unchanged }.
import-codes = Đã ghi { $count } mã mời (dùng được 14 ngày) vào { $path }.
file-exists = Đã có tệp { $path }; anh/chị chọn tên khác.
file-not-written = Không ghi được { $path }: { $what }

invite-no-link = Chưa biết tên bot nên chưa có liên kết; bot cần chạy (motcua run) ít nhất một lần.
first-admin-code = Chưa có quản trị nào liên kết. Mã quản trị đầu tiên, dùng một lần trong 24 giờ: gửi cho bot /start { $code }
first-admin-needs-unit = Chưa có đơn vị nào: motcua unit add MÃ "TÊN ĐƠN VỊ"

backup-done = Đã sao lưu và kiểm tra: { $path }
backup-unsound = Tệp { $path } không phải bản sao lưu dùng được: { $what }
restore-done = Đã đưa { $from } trở lại thành { $to }.
restore-exists = Đã có cơ sở dữ liệu { $path }; thêm --force để ghi đè.
restore-running = Bot đang chạy trên cơ sở dữ liệu này ({ $who }); anh/chị dừng bot rồi làm lại.
restore-busy = Có lệnh khác đang dùng cơ sở dữ liệu; anh/chị đợi lệnh đó xong rồi làm lại.
database-restoring = Cơ sở dữ liệu đang được khôi phục từ bản sao lưu; anh/chị đợi xong rồi làm lại.

fault-sound = Không thấy lỗi nào.
fault-database = Cơ sở dữ liệu: { $what }
fault-sums = Số cộng dồn của đơn vị { $unit }, lĩnh vực { $field } không khớp số liệu ngày.
fault-balance = Đơn vị { $unit }, lĩnh vực { $field }: số còn lại âm ({ $balance }).
fault-parked = Tin số { $id } chưa xử lý được.

usage-unknown = Không có tham số { $argument }. Xem: motcua --help
usage-no-command = Không có lệnh "{ $command }". Xem: motcua --help
usage-which = Còn thiếu lệnh con; thêm --help để xem các lệnh.
usage-missing = Còn thiếu: { $arguments }
usage-no-value = { $argument } cần một giá trị.
usage-bad-value = Giá trị "{ $value }" của { $argument } chưa đúng; cần: { $hint }
usage-other = Lệnh chưa đúng: { $what }

# $platform (String)
fault-token = { $platform } không nhận mã token.
# $platform (String)
# $what (String)
fault-network = Chưa kết nối được tới { $platform }; anh/chị kiểm tra mạng của máy chủ. ({ $what })
# $platform (String)
# $what (String)
fault-answer = { $platform } trả lời lỗi. ({ $what })

usage-number = một số nguyên
# $path (String)
# $what (String)
database-read-only = Không ghi được vào cơ sở dữ liệu { $path }: tệp hoặc thư mục chỉ cho đọc. Anh/chị kiểm tra quyền ghi rồi làm lại. ({ $what })
# $path (String)
# $what (String)
database-full = Không ghi được vào cơ sở dữ liệu { $path }: ổ đĩa đã đầy. Anh/chị dọn bớt chỗ rồi làm lại. ({ $what })
# $path (String)
# $what (String)
database-locked = Cơ sở dữ liệu { $path } đang bị chương trình khác giữ; anh/chị đợi chương trình đó xong rồi làm lại. ({ $what })
# $path (String)
# $what (String)
database-foreign = Tệp { $path } không phải cơ sở dữ liệu của motcua; anh/chị xem lại DATABASE_URL. ({ $what })
# $path (String)
# $what (String)
database-newer = Cơ sở dữ liệu { $path } đã được một bản motcua mới hơn dùng; anh/chị chạy bản đó hoặc bản mới hơn nữa. ({ $what })
# $path (String)
# $what (String)
database-cannot-open = Không mở được cơ sở dữ liệu { $path }; anh/chị xem thư mục có chưa và có quyền mở không. ({ $what })
# $path (String)
# $what (String)
database-damaged = Cơ sở dữ liệu { $path } hoặc ổ đĩa bị hỏng; anh/chị đưa bản sao lưu gần nhất trở lại bằng motcua restore. ({ $what })

# Faults of what was said, by unit, day and message. $message is the number of its row
fault-act = Nhật ký dòng { $row } ({ $place }) đã bị sửa, hoặc dòng trước nó đã bị sửa hay xóa.
fault-acts-gone = Nhật ký bị xóa bớt: đã ghi { $written } dòng, còn { $left } dòng.
fault-lines = { $place }: nội dung đã đọc của bản ghi số { $message } khác với nhật ký.
fault-message-gone = { $place }: bản ghi số { $message } có trong nhật ký nhưng không còn.
fault-standing = { $place }: bản ghi số { $message } đang có (hoặc hết) hiệu lực trái với nhật ký.
fault-counts = { $place }: { $what } là { $held }, trong khi tin đã nhận (bản ghi số { $messages }) cho { $said }.
fault-counts-mark = { $place }: số liệu lưu không khớp tin đã nhận (bản ghi số { $messages }).
fault-more = … và { $n } chỗ nữa.
