## Replies to a post of counts (SPEC §4 "The echo": labels and order exact).

# $day (String)
# $field (String)
post-saved-one = Đã lưu { $day } · { $field }
# $day (String)
post-saved = Đã lưu { $day }
# $field (String)
# $day (String)
# $changes (String)
post-edited = Đã sửa: { $field } { $day } – { $changes }
post-edited-nothing = Đã đọc lại tin vừa sửa; số liệu không đổi.
# $what (String)
# $from (String)
# $to (String)
post-change = { $what } { $from } → { $to }
post-change-none = chưa có
post-change-zero = không phát sinh
whole-unit = Toàn đơn vị

# $n (String)
echo-received = Tiếp nhận { $n }
# $n (String)
echo-resolved = Đã giải quyết { $n }
# $n (String)
echo-left = Còn lại { $n }
echo-zero = Không phát sinh hồ sơ
# $received (String)
# $resolved (String)
echo-day = Cả ngày: mới tiếp nhận { $received }, đã giải quyết { $resolved }
# $month (String)
# $received (String)
# $resolved (String)
echo-month = Trong { $month }: mới tiếp nhận { $received }, đã giải quyết { $resolved }
# $fields (String)
echo-unposted = Chưa có: { $fields }
# $example (String)
echo-wrong = Sai? Gửi /hoantac, hoặc gửi lại chỉ tiêu sai, ví dụ: { $example }
echo-first = Xóa tin trong khung chat không xóa số liệu; muốn bỏ, anh/chị gửi /hoantac.

part-online = trực tuyến
part-direct = trực tiếp
part-postal = bưu chính
part-early = trước hạn
part-on-time = đúng hạn
part-late = quá hạn
part-withdrawn = rút

## Cautions: saved all the same.

# $field (String)
# $names (String)
caution-others = { $field }: { $names } cũng đã nhập ngày này; số của đơn vị là tổng các cán bộ.
# $field (String)
# $n (Number)
caution-others-count = { $field }: { $n } cán bộ khác cũng đã nhập ngày này; số của đơn vị là tổng các cán bộ.
# $field (String)
caution-not-yours = { $field } không thuộc lĩnh vực anh/chị phụ trách; số liệu vẫn được lưu.
# $typed (String)
# $field (String)
caution-near = Đã hiểu “{ $typed }” là { $field }.
# $field (String)
# $stated (String)
# $balance (String)
# $difference (String)
caution-stated = { $field }: anh/chị báo còn { $stated }, theo số liệu còn { $balance } (lệch { $difference }).
# $field (String)
# $balance (String)
stated-agrees = { $field }: còn { $balance }, khớp với số liệu.
# $field (String)
# $balance (String)
caution-negative = Kiểm tra lại: { $field } còn { $balance }, đã giải quyết nhiều hơn số tiếp nhận và số tồn.
# $field (String)
# $part (String)
# $value (String)
# $whole (String)
caution-part = Kiểm tra lại: { $field } có { $part } { $value }, lớn hơn { $whole }.
# $whole (String)
# $n (String)
caution-whole = { $whole } { $n }
# $field (String)
# $figure (String)
# $value (String)
# $usual (String)
caution-outlier = Kiểm tra lại: { $field } – { $figure } { $value }, thường ngày khoảng { $usual }.
# $day (String)
# $n (String)
caution-long-ago = Kiểm tra lại: ngày { $day } đã qua { $n } ngày.
# $day (String)
# $since (String)
caution-before-joining = Kiểm tra lại: ngày { $day } trước ngày tham gia đơn vị ({ $since }).
# $day (String)
# $field (String)
# $opening (String)
caution-before-opening = Kiểm tra lại: ngày { $day } trước ngày ghi tồn đầu kỳ { $field } ({ $opening }); số còn lại có thể bị tính hai lần.
# $day (String)
# $weekday (String)
caution-day-off = { $day } là { $weekday }.
# $day (String)
# $weekday (String)
# $friday (String)
# $line (String)
caution-day-off-line = { $day } là { $weekday }. Nếu là số liệu { $friday }, gửi /hoantac rồi: { $line }
day-off-holiday = ngày nghỉ

weekday-1 = thứ Hai
weekday-2 = thứ Ba
weekday-3 = thứ Tư
weekday-4 = thứ Năm
weekday-5 = thứ Sáu
weekday-6 = thứ Bảy
weekday-7 = Chủ nhật

## Lines that were not saved.

post-not-saved = Chưa lưu:
# $line (Number)
# $why (String)
bad-line = Dòng { $line }: { $why }
# $fixes (String)
bad-fix = Gửi lại: { $fixes }
bad-or = {" "}hoặc{" "}
# $word (String)
bad-not-whole = “{ $word }” không phải số nguyên.
# $word (String)
bad-negative = “{ $word }” là số âm; chỉ nhập số từ 0 trở lên.
# $word (String)
# $max (String)
bad-too-large = “{ $word }” quá lớn; một ngày tối đa { $max }.
# $word (String)
bad-missing-word = Số “{ $word }” chưa có chỉ tiêu đi kèm.
# $word (String)
bad-missing-number = “{ $word }” chưa có số đi kèm.
# $word (String)
bad-ambiguous = “{ $word }” có thể là trực tuyến hoặc trực tiếp; dùng ol (trực tuyến) hoặc tr (trực tiếp).
# $word (String)
bad-unknown-word = Không hiểu “{ $word }”.
# $word (String)
bad-twice = “{ $word }” có hai số khác nhau trong một dòng.
# $word (String)
bad-future = Ngày { $word } chưa đến.
# $word (String)
bad-date = Ngày “{ $word }” không có trong lịch.
# $word (String)
bad-unknown-field = Không có lĩnh vực “{ $word }”.
# $word (String)
bad-not-enabled = “{ $word }”: lĩnh vực chưa bật tại đơn vị; liên hệ quản trị.
# $word (String)
# $stated (String)
# $parts (String)
# $difference (String)
bad-control = “{ $word }” { $stated } nhưng các phần cộng lại { $parts } (lệch { $difference }).
# $word (String)
# $control (String)
bad-control-alone = Chỉ có “{ $word }” ({ $control }) thì chưa rõ gồm những phần nào.
# $word (String)
bad-controls-alone = Chỉ có “{ $word }” thì chưa rõ mỗi số gồm những phần nào.
# $word (String)
bad-control-unclear = “{ $word }”: phần còn lại chưa rõ thuộc chỉ tiêu nào.
# $word (String)
bad-zero-with-figures = “{ $word }”: một dòng không thể vừa không phát sinh vừa có số.
bad-two-days = Một dòng chỉ ghi một ngày.
# $word (String)
bad-day-alone = Ngày “{ $word }” đứng một mình; ghi ngày ở đầu tin hoặc đầu dòng có số liệu.
# $word (String)
bad-field-alone = “{ $word }” chưa có số liệu đi kèm.
bad-missing-field = Chưa ghi lĩnh vực.
bad-personal = Không ghi họ tên, số điện thoại, số định danh của công dân. Chỉ dùng mã hồ sơ.
bad-too-many-lines = Một tin có nhiều nhất { $max } dòng số liệu. Anh/chị chia thành nhiều tin ngắn hơn.
# $day (String)
# $period (String)
bad-closed = Ngày { $day } thuộc kỳ đã chốt ({ $period }); lãnh đạo hoặc quản trị mở lại bằng /mochot.
# $word (String)
ask-readings = “{ $word }” có hai cách hiểu. Anh/chị chọn:

## Questions before saving, and other answers.

# $name (String)
# $fields (String)
# $day (String)
ask-colleague = { $name } đã nhập { $fields } ngày { $day }. Anh/chị có sửa thay không?
# $day (String)
# $fields (String)
ask-zero = Ngày { $day } đã có số liệu { $fields }. Ghi “không phát sinh” cho tất cả lĩnh vực?
# $line (String)
choice-save = Lưu: { $line }
# $day (String)
# $n (String)
ask-long-ago = Ngày { $day } đã qua { $n } ngày. Anh/chị vẫn lưu cho ngày này?
# $name (String)
# $role (String)
colleague-posts-not = { $name } là { $role }, không nhập số liệu.
only-lead-posts-for-others = Chỉ cán bộ đầu mối nhập thay được cho đồng nghiệp. Số liệu của mình, anh/chị gửi không kèm @tên.
choice-yes = Đồng ý lưu
choice-undo = Hoàn tác
# $who (String)
# $text (String)
told-colleague = { $who } đã nhập thay: { $text }
no-such-person = Không tìm thấy cán bộ “{ $word }” trong đơn vị.
# $word (String)
# $names (String)
several-people = “{ $word }” có nhiều người: { $names }. Anh/chị ghi đủ họ tên.
no-fields-lead = Anh/chị chưa phụ trách lĩnh vực nào. Anh/chị ghi rõ lĩnh vực, ví dụ: ht khong, hoặc nhập thay: /nhap @Lan khong
# $name (String)
no-fields-of = { $name } chưa phụ trách lĩnh vực nào trong ngày này. Anh/chị ghi rõ lĩnh vực, ví dụ: ht khong
no-fields-held = Anh/chị chưa được giao lĩnh vực nào; liên hệ đầu mối của đơn vị.
# $example (String)
post-empty = Anh/chị gửi số liệu theo mẫu: { $example }. Gửi /mau để lấy các dòng của mình.
edit-unreadable = Chưa đọc được tin sửa; số liệu cũ giữ nguyên.
edit-zero-kept = Chưa sửa; số liệu cũ giữ nguyên.
edit-undone = Tin này đã hoàn tác; sửa tin không khôi phục số liệu. Anh/chị gửi tin mới.
# $day (String)
# $period (String)
edit-closed = Không sửa được: ngày { $day } thuộc kỳ đã chốt ({ $period }); lãnh đạo hoặc quản trị mở lại bằng /mochot.
edit-too-old = Tin này đã quá thời hạn lưu nội dung nên không sửa được. Anh/chị gửi lại chỉ tiêu cần sửa.
undo-nothing = Không còn tin nào để hoàn tác.
# $time (String)
# $changes (String)
undo-done = Đã hoàn tác tin lúc { $time }: { $changes }
undo-already = Tin này đã được hoàn tác trước đó.
undo-no-change = không đổi số liệu
history-empty = Ngày { $day }: chưa có ghi nhận nào.
# $day (String)
history-title = Lịch sử ngày { $day }
# $time (String)
# $who (String)
# $what (String)
# $changes (String)
history-line = { $time } { $who } – { $what }: { $changes }
history-someone = một cán bộ
history-post = nhập
history-late = nhập muộn
history-edit = sửa
history-undo = hoàn tác
history-handover = bàn giao
# $name (String)
history-for = nhập thay { $name }
# $n (Number)
history-more = … và { $n } lần khác
opening-set = Đã ghi tồn đầu kỳ { $field }: { $pending } hồ sơ{ $late }, tính từ đầu ngày { $day }.
# $late (String)
opening-late = , trong đó { $late } quá hạn
# $from (String)
opening-before = (trước đó: { $from })
opening-usage = Anh/chị gửi: /tondau LĨNH VỰC SỐ [qh SỐ] [NGÀY], ví dụ: /tondau ht 5 qh 1 01/11/2026
# $field (String)
# $day (String)
# $first (String)
# $line (String)
opening-counts-before = Chưa ghi: tồn đầu kỳ là số còn lại ở đầu ngày, nhưng { $field } đã có số liệu trước ngày { $day }, sớm nhất là ngày { $first }. Anh/chị ghi số tồn ở đầu ngày { $first }: { $line }
opening-late-over = Số quá hạn không được lớn hơn số tồn.
# $day (String)
# $line (String)
opening-future = Chưa ghi: ngày { $day } chưa đến. Anh/chị ghi số tồn ở đầu một ngày đã đến, ví dụ: { $line }
# $who (String)
# $text (String)
told-colleague-undo = { $who } đã hoàn tác tin nhập thay: { $text }
history-command-line = dòng lệnh
history-opening = tồn đầu kỳ
# $name (String)
post-on-behalf-of = nhập thay { $name }
template-name = TÊN
# $unit (String)
no-role-there = Anh/chị không còn vai trò tại { $unit }, nên không sửa, không hoàn tác được tin cũ của đơn vị này.
# $changes (String)
# $name (String)
post-change-of = { $changes } ({ $name })
# $name (String)
history-edit-for = sửa thay { $name }
# $name (String)
history-undo-for = hoàn tác phần nhập thay { $name }
# $name (String)
# $day (String)
not-a-member = { $name } không thuộc đơn vị ngày { $day }; chỉ ghi được cho những ngày còn ở đơn vị.
# $changes (String)
echo-carried = Số liệu ngày sau đổi theo: { $changes }
# $line (String)
# $stands (String)
# $max (String)
bad-over-limit = “{ $line }”: đang có { $stands }, cộng thêm thì vượt mức tối đa { $max } một ngày.
# $day (String)
# $changes (String)
# $max (String)
edit-over-limit = { $day } – { $changes }: vượt mức tối đa { $max } một ngày.
