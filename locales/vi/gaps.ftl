## Gaps in reception, and a clock that differs.

gap-notice = Bot gián đoạn từ { $from } đến { $to }. Tin nào chưa có trả lời “Đã lưu”, anh/chị vui lòng gửi lại.
gap-for-admin = Bot gián đoạn từ { $from } đến { $to }. Cán bộ chưa có số liệu của những ngày đó sẽ được nhắc gửi lại trong lần trả lời tới.
# 14:05 ngày 20/11/2026
gap-time = { $time } ngày { $day }
clock-differs = Giờ trên tin nhắn lệch quá 10 phút so với giờ máy chủ (tin ghi { $stamp }, máy chủ { $now }). Tin vẫn được nhận; anh/chị chỉnh lại giờ máy chủ để số liệu vào đúng ngày.
