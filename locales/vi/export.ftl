## /xuat, and the unit that a question names.

export-sent = Tệp Excel của { $unit }, { $period } ({ $days }).
export-sent-to-date = Tệp Excel của { $unit }, { $period } ({ $days }), số liệu đến ngày { $day }.
export-log-unchanged = không đổi số nào

# $text (String)
# $unit (String)
scope-no-such-unit = Chưa rõ “{ $text }”. Kỳ đứng trước, mã đơn vị đứng sau, ví dụ: thang 11/2026 { $unit }
# $text (String)
# $codes (String)
scope-no-such-unit-but = Không có đơn vị mã “{ $text }”. Các đơn vị cấp dưới của anh/chị: { $codes }
# $unit (String)
# $own (String)
scope-not-yours = Anh/chị chỉ xem được số liệu của { $own }, không xem được của { $unit }.
