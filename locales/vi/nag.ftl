## Nagging, leave, snoozes (SPEC §8). Short: most are read on a phone, standing.

# Parts of several units in one message.
nag-unit = { $unit }
nag-unit-other = { $unit } (gửi /donvi { $code } trước khi nhập)

# 07:45.
nag-digest-title = Hồ sơ cần xử lý – { $weekday } { $day }
nag-digest-standin = Thay { $name } (nghỉ đến { $day }):
nag-digest-no-standin = Của { $name } (nghỉ đến { $day }, chưa có người thay):
nag-digest-new = Của { $name } (mới nhận việc, chưa được nhắc riêng):
nag-digest-today = Đến hạn hôm nay ({ $n }):
nag-digest-soon = Đến hạn trong 2 ngày làm việc tới ({ $n }):
nag-digest-overdue = Quá hạn ({ $n }):
nag-code = – { $code }
nag-code-due = – { $code }: { $weekday } { $day }
nag-code-late = – { $code }: quá { $days } ngày
nag-code-late-no-reason = – { $code }: quá { $days } ngày, chưa ghi lý do
nag-code-late-holder = – { $code }: quá { $days } ngày, { $name }
nag-more = … và { $n } hồ sơ nữa: /sapden, /quahan
nag-digest-foot = Xong thì gửi: /xong { $tail } · Xin lùi nhắc: /hoan 2h

# 16:15, 16:50.
nag-remind = Hôm nay { $day } anh/chị chưa báo số liệu. Không phát sinh thì gửi: /nhap khong
    Có thì chép các dòng sau, điền số rồi gửi:
nag-remind-last = Nhắc lần cuối: hôm nay { $day } anh/chị chưa báo số liệu. Không phát sinh thì gửi: /nhap khong
    Có thì chép các dòng sau, điền số rồi gửi:

# 17:10.
nag-evening = Hôm nay { $day }: { $posted }/{ $expected } cán bộ đã báo
nag-evening-all = Hôm nay { $day }: đủ { $expected }/{ $count } cán bộ đã báo
nag-missing = Chưa báo: { $who }
nag-away = Nghỉ: { $who }
nag-snoozed = { $name } (đã hoãn đến { $until }: { $reason })
nag-snoozed-no-reason = { $name } (đã hoãn đến { $until })
nag-unreachable = Bot không nhắn được cho: { $who }. Nhờ anh/chị nhắc trực tiếp.
nag-group = Hôm nay: { $posted }/{ $expected } cán bộ đã báo

# 08:00.
nag-missing-day = Thiếu số liệu ngày { $day }: { $who }
nag-unexplained = Quá hạn chưa ghi lý do ({ $n }):
nag-unexplained-foot = Ghi lý do: /lydo { $tail } lý do
nag-unreachable-holds = Bot không nhắn được cho { $name }: { $today } hồ sơ đến hạn hôm nay, { $overdue } quá hạn. Nhờ anh/chị báo trực tiếp.
nag-ending = { $periods }: ngày làm việc cuối là { $weekday } { $day }
nag-ending-missing = Còn thiếu số liệu: { $days }
nag-ending-units = Còn thiếu số liệu: { $n } đơn vị ({ $units })
nag-ending-complete = Đủ số liệu đến nay.
nag-ending-failing = Kiểm tra chưa đạt: { $check } ({ $place }). { $remedy }
nag-more-checks = … và { $n } phép kiểm tra nữa, xem tờ “Kiểm tra” của /xuat

# 08:05.
nag-leader-overdue = Quá hạn từ 3 ngày làm việc: { $all } hồ sơ, mới thêm { $new }:
nag-leader-missing = Thiếu số liệu 2 ngày liền ({ $first }, { $second }): { $who }
nag-parent-missing = Thiếu số liệu 2 ngày liền: { $n } đơn vị ({ $units })
nag-parent-complete = Không đơn vị nào thiếu số liệu 2 ngày liền.
nag-parent-overdue = Quá hạn từ 3 ngày làm việc: { $n } hồ sơ

# Ends of periods.
nag-period-longer = { $label }: tiếp nhận { $received }, đã giải quyết { $resolved }, trước và đúng hạn { $rate }
nag-period-file = { $label } · { $unit }

# Once a year.
nag-holidays = Anh/chị xem lại ngày nghỉ, ngày làm bù năm { $year }; lịch sai thì hạn hồ sơ và giờ nhắc sai theo.
    { $list }
    Đúng thì gửi: /ngaynghi dung { $same }
    Sửa thì gửi: /ngaynghi them 30/11 hoặc /ngaynghi lam 22/8
holidays-confirmed = Đã ghi nhận: lịch nghỉ năm { $year } đúng.

# /nhac
help-nhac = xem và đổi giờ bot nhắc của đơn vị
args-nhac = [TÊN GIỜ GIỜ MỚI|tat|bat]
nag-times-title = Giờ nhắc của { $unit } (ngày làm việc):
nag-time-row = – { $key } { $time }: { $what }
nag-time-tomorrow = { $time } (từ ngày mai)
nag-time-off = tắt
nag-what-sang = hồ sơ đến hạn, quá hạn gửi người đang giữ
nag-what-daumoi = đầu mối: ai thiếu hôm trước, hồ sơ quá hạn chưa có lý do
nag-what-lanhdao = lãnh đạo: việc kéo dài nhiều ngày
nag-what-nhac1 = nhắc người chưa báo số liệu
nag-what-nhac2 = nhắc lần cuối
nag-what-chieu = đầu mối: ai chưa báo, số liệu trong ngày
nag-times-foot = Đổi giờ: /nhac nhac1 15:45. Tắt, bật lại: /nhac nhac2 tat, /nhac nhac2 bat
nag-times-foot-leader = Đổi giờ báo lãnh đạo: /nhac lanhdao 07:30. Tắt, bật lại: /nhac lanhdao tat, /nhac lanhdao bat
nag-time-set = Đã đổi: { $key } { $time } ({ $what }), từ { $from }.
nag-from-today = hôm nay
nag-from-tomorrow = ngày mai
nag-times-not-yours = Giờ nhắc do đầu mối hoặc quản trị đổi. Anh/chị muốn lùi nhắc của riêng mình thì gửi: /hoan 2h
nag-times-of-leader = Giờ báo lãnh đạo do lãnh đạo hoặc quản trị đổi.
nag-times-usage = Anh/chị gửi: /nhac TÊN GIỜ, ví dụ: /nhac nhac1 15:45 hoặc /nhac nhac2 tat. Tên: { $keys }.
nag-times-bad-time = “{ $typed }” không phải giờ nhắc được. Bot chỉ nhắc từ 07:00 đến 17:59, ví dụ: /nhac { $key } 15:45
nag-times-order = nhac2 phải sau nhac1 ({ $first }). Ví dụ: /nhac nhac2 { $second }

# /hoan
help-hoan = lùi các lời nhắc của mình đến lúc khác
args-hoan = 2h|chieu|mai [lý do]
snooze-done = Đã hoãn nhắc đến { $until }. Việc vẫn còn nguyên; đầu mối vẫn thấy.
snooze-done-reason = Đã hoãn nhắc đến { $until }: { $reason }. Việc vẫn còn nguyên; đầu mối vẫn thấy.
snooze-usage = Anh/chị gửi: /hoan 2h, /hoan chieu hoặc /hoan mai, kèm lý do nếu muốn, ví dụ: /hoan 2h đang họp
snooze-again = Hôm nay anh/chị đã hoãn một lần. Lần nữa thì ghi lý do, ví dụ: /hoan { $typed } đang họp
snooze-too-late = Đã cuối buổi chiều. Anh/chị gửi: /hoan mai hoặc /hoan 30p
snooze-too-long = Hoãn được nhiều nhất 8 giờ; lâu hơn thì gửi: /hoan mai

# /nghi
help-nghi = ghi ngày nghỉ phép, người thay; bo: rút lại
args-nghi = NGÀY[-NGÀY] [@NGƯỜI THAY] | bo NGÀY
leave-done = Đã ghi: { $name } nghỉ { $days } ({ $n } ngày làm việc). Những ngày này không nhắc, không tính thiếu số liệu.
leave-standin = Hồ sơ của { $name } báo cho: { $standin }
leave-no-standin = Chưa có người thay: hồ sơ đến hạn báo cho người cùng lĩnh vực, không có thì đầu mối. Thêm người thay: { $line }
leave-told-standin = { $name } nghỉ { $days }; anh/chị thay: mỗi sáng bot báo anh/chị hồ sơ của { $name2 }.
leave-told-official = { $by } đã ghi anh/chị nghỉ { $days }. Không đúng thì gửi: /nghi bo { $typed }
leave-taken-back = Đã rút ngày nghỉ { $days } của { $name }.
leave-nothing-back = { $name } không có ngày nghỉ nào trong { $days }.
leave-list = Ngày nghỉ đã ghi của { $name }:
leave-row = – { $days }
leave-row-standin = – { $days }, thay: { $standin }
leave-none = { $name } chưa ghi ngày nghỉ nào từ hôm nay.
leave-usage = Anh/chị gửi: /nghi 23/11-25/11 hoặc /nghi 23/11 @Minh (người thay); rút lại: /nghi bo 23/11
leave-bad-days = “{ $typed }” không đọc được là ngày. Ví dụ: /nghi 23/11-25/11
leave-backwards = Ngày cuối ({ $last }) trước ngày đầu ({ $first }). Anh/chị gửi lại: /nghi { $line }
leave-too-long = Một lần ghi nhiều nhất 366 ngày; { $days } dài hơn.
leave-closed = Ngày { $day } thuộc kỳ đã chốt ({ $period }); lãnh đạo hoặc quản trị mở lại bằng /mochot.
leave-not-yours = Chỉ đầu mối ghi nghỉ thay cho đồng nghiệp. Ngày nghỉ của anh/chị: /nghi { $typed }
leave-self = Người thay phải là đồng nghiệp khác.
leave-already = { $name } đã ghi nghỉ { $days } như vậy rồi, không có gì thay đổi.
leave-lead-only = Đầu mối chỉ ghi nghỉ cho cán bộ và đầu mối của đơn vị; { $name } tự ghi ngày nghỉ của mình.
leave-told-lead = { $name } nghỉ { $days } ({ $n } ngày làm việc), chưa có người thay.
leave-told-lead-standin = { $name } nghỉ { $days } ({ $n } ngày làm việc), người thay: { $standin }
days-too-many = Một lần ghi nhiều nhất { $n } ngày. Anh/chị chia thành nhiều tin ngắn hơn.

# motcua tick
tick-held = Không chạy được: cơ sở dữ liệu đang được dùng bởi: { $who }
tick-who = motcua tick, tiến trình { $pid }, từ { $since }
tick-none = Chưa đến giờ nhắc nào.
tick-no-token = Chưa có TELOXIDE_TOKEN hay ZALO_BOT_TOKEN nên không gửi được. Xem trước: motcua tick --dry-run
tick-unreachable = { $platform } không trả lời nên chưa gửi được qua đó ({ $what }); lần chạy sau sẽ gửi tiếp.
tick-left = Còn { $n } tin trong hàng chờ; lần chạy sau sẽ gửi tiếp.
