## /bieudo: the card of a period (SPEC §9), and what is said with it.

help-bieudo = ảnh biểu đồ theo kỳ, xem ngay trên điện thoại
args-bieudo = [kỳ] [đơn vị]
card-sent = Biểu đồ của { $unit }, { $period } ({ $days }).
card-sent-to-date = Biểu đồ của { $unit }, { $period } ({ $days }), số liệu đến ngày { $day }.

card-new = Mới
card-carried = Kỳ trước
card-late = Quá hạn
card-withdrawn = Rút/trả lại
card-in-time = Trong hạn
card-by-day = Theo ngày
card-by-week = Theo tuần
card-by-month = Theo tháng
card-by-year = Theo năm
card-month = T{ $month }
card-missing = Thiếu số liệu
card-fields = Tiếp nhận theo lĩnh vực
card-other = Khác ({ $n } lĩnh vực)
card-none = Chưa có số liệu trong kỳ này.
card-nothing-came = Không phát sinh hồ sơ trong kỳ này.
card-provisional = Số liệu tạm tính
card-drawn = Lập ngày { $day }
