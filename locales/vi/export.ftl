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
# $own (String)
# $unit (String)
scope-not-yours = Anh/chị chỉ xem được số liệu của { $own }, không xem được của { $unit }.

## motcua summary, motcua report

# $n (String)
cli-inbox-left = còn { $n } tin chưa xử lý
# $code (String)
cli-no-unit = Không có đơn vị mã “{ $code }”. Xem các đơn vị: motcua unit list
# $file (String)
report-unknown-kind = Không xuất được tệp “{ $file }”: tên tệp phải kết thúc bằng .xlsx, .png, .csv hoặc .json.
# $file (String)
# $fault (String)
report-not-written = Không ghi được tệp { $file }: { $fault }
