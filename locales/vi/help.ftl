## Help: one line a command, and what goes behind its name (src/grammar/table.rs).

help-nhap = nhập số liệu ngày; trong chat riêng có thể bỏ /nhap
args-nhap = [ngày] LĨNH VỰC CHỈ TIÊU…
help-sua = sửa số liệu đã nhập: gửi lại chỉ tiêu sai
args-sua = [ngày] LĨNH VỰC CHỈ TIÊU…
help-hoantac = bỏ tin gần nhất của mình (số liệu hoặc hồ sơ)
args-hoantac = { "" }
help-mau = các dòng mẫu để chép và điền số
args-mau = { "" }
help-homnay = số liệu trong ngày của đơn vị và ai chưa báo
args-homnay = [ngày]
help-lichsu = ai đã nhập, sửa những gì
args-lichsu = [ngày] [lĩnh vực]
help-tonghop = tổng hợp theo kỳ
args-tonghop = [kỳ] [lĩnh vực hoặc đơn vị]
help-xuat = tệp Excel Biểu II.06a theo kỳ
args-xuat = [kỳ] [đơn vị]
help-sosanh = so sánh hai kỳ
args-sosanh = KỲ, KỲ
help-visao = các tin tạo nên một con số
args-visao = CHỈ TIÊU [lĩnh vực] [kỳ]
help-thieu = ai chưa báo số liệu
args-thieu = [kỳ]
help-tondau = tồn đầu kỳ, trong đó quá hạn
args-tondau = LĨNH VỰC SỐ [qh SỐ] [ngày]
help-moi = tạo mã mời dùng một lần cho một người
args-moi = VAI TRÒ HỌ TÊN [lĩnh vực]
help-xoa = kết thúc vai trò của một người tại đơn vị
args-xoa = HỌ TÊN
help-bangiao = chuyển lĩnh vực, hồ sơ đang giải quyết và số tồn của người này sang người kia
args-bangiao = NGƯỜI GIAO, NGƯỜI NHẬN
help-nhom = gắn nhóm chat này với một đơn vị
args-nhom = MÃ ĐƠN VỊ
help-linhvuc = xem, bật, tắt lĩnh vực của đơn vị
args-linhvuc = [bat|tat LĨNH VỰC…]
help-ngaynghi = xem và sửa ngày nghỉ, ngày làm bù
args-ngaynghi = [năm] | [them|bo|lam NGÀY] | [dung NĂM]
help-donvi = xem hoặc đổi đơn vị đang làm việc
args-donvi = [mã đơn vị]
help-ngonngu = đổi ngôn ngữ trả lời
args-ngonngu = vi|en
help-start = liên kết tài khoản chat bằng mã mời
args-start = MÃ
help-trogiup = các lệnh anh/chị dùng được
args-trogiup = [lệnh]

help-head = Anh/chị là { $role } tại { $unit }. Các lệnh dùng được:
help-line = { $usage } – { $help }. Ví dụ: { $example }
help-foot = Gửi /trogiup và tên lệnh để xem kỹ hơn, ví dụ: /trogiup { $name }
help-one = { $usage }
    { $help }.
    Ví dụ: { $example }
help-aliases = Cũng là: { $names }
help-figures = Chỉ tiêu: { $list }
help-unknown = Không có lệnh { $typed }. Gửi /trogiup để xem các lệnh anh/chị dùng được.
help-not-yours = Lệnh /{ $name } không dành cho vai trò { $role }.
