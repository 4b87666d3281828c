## The register of dossiers (SPEC §7): /hoso, /xong and their kin.

help-hoso = đăng ký hồ sơ kèm ngày hẹn trả; mỗi dòng một hồ sơ
args-hoso = MÃ LĨNH VỰC HẸN TRẢ [@cán bộ]
help-xong = hồ sơ đã có kết quả: sớm, đúng hay quá hạn bot tự tính
args-xong = MÃ… [ngày]
help-rut = công dân rút hồ sơ, hoặc trả lại hồ sơ
args-rut = MÃ… [ngày]
help-bosung = yêu cầu bổ sung giấy tờ, tạm dừng tính hạn
args-bosung = MÃ…
help-tieptuc = đã bổ sung đủ, tính hạn tiếp
args-tieptuc = MÃ…
help-giahan = xin lỗi và hẹn lại ngày trả
args-giahan = MÃ NGÀY LÝ DO
help-lydo = ghi lý do quá hạn
args-lydo = MÃ… LÝ DO
help-sapden = hồ sơ đến hạn trong mấy ngày làm việc tới
args-sapden = [số ngày]
help-quahan = hồ sơ quá hạn, lâu nhất đứng trước
args-quahan = [đơn vị]
help-tracuu = toàn bộ quá trình của một hồ sơ
args-tracuu = MÃ

## Exact (SPEC §7).
register-personal = Không ghi họ tên, số điện thoại, số định danh của công dân. Chỉ dùng mã hồ sơ.

## What was done.
register-several = { $n } hồ sơ
register-one-of = – { $head }: { $detail }
register-saved = Đã đăng ký { $what }
register-corrected = Đã sửa { $what }
register-resolved = Đã trả kết quả { $what }
register-withdrawn = Đã ghi rút/trả lại { $what }
register-stopped = Tạm dừng chờ bổ sung { $what }
register-resumed = Tiếp tục tính hạn { $what }
register-extended = Đã ghi xin lỗi, hẹn lại { $what }
register-explained = Đã ghi lý do { $what }
register-told = { $who }: { $what }
    { $lines }
dossier-choice = { $dossier } · hẹn { $due }
register-usage = Anh/chị gửi mã hồ sơ, lĩnh vực, ngày hẹn trả, ví dụ: /hoso H12.34.56-251121-0001 HT 5n (5 ngày làm việc) hoặc … HT 28/11

dossier-received-due = Tiếp nhận { $received } · Hẹn trả { $due }
dossier-no-holder = chưa có người giữ
dossier-nobody-holds = Chưa có người giữ vì anh/chị không phụ trách lĩnh vực này; thêm @tên để giao
dossier-holder = Người giữ: { $name }
dossier-due-day-off = Ngày hẹn trả là ngày nghỉ, anh/chị xem lại
# $days (String)
dossier-due-far = Hẹn trả sau ngày tiếp nhận { $days } ngày, anh/chị xem lại; sai thì gửi lại dòng đúng
# $from (String)
# $to (String)
dossier-redated = Ngày trả { $from } → { $to }
dossier-overdue-already = Đã quá hạn { $days } ngày
dossier-near = Đã hiểu “{ $typed }” là { $field }
dossier-field-changed = Lĩnh vực: { $from } → { $to }
dossier-due-changed = Hẹn trả: { $from } → { $to }
dossier-holder-changed = Người giữ: { $from } → { $to }
dossier-early = Trả trước hạn { $days } ngày (hẹn trả { $due })
dossier-on-time = Trả đúng hạn (hẹn trả { $due })
dossier-late = Trả quá hạn { $days } ngày (hẹn trả { $due })
dossier-promised = đã xin lỗi, hẹn lại ngày { $day }
dossier-promised-for = đã xin lỗi, hẹn lại ngày { $day } (lý do: { $reason })
dossier-withdrawn-on = Ngày { $day }
dossier-stopped-on = Từ ngày { $day }; lúc này hẹn trả { $due }. Khi đủ giấy tờ, gửi /tieptuc
dossier-due-stays = Hẹn trả vẫn là { $due }
dossier-due-now = Hẹn trả { $due } (trước là { $before })
dossier-extended-to = Hẹn lại { $to }; hạn tính thống kê vẫn là { $due }. Lý do: { $reason }
dossier-reason = lý do: { $reason }
dossier-reason-alone = Lý do: { $reason }
dossier-ask-reason = Anh/chị ghi lý do quá hạn, ví dụ: /lydo { $code } mất điện (hoặc lỗi phần mềm, chờ liên thông, thiếu người, công dân, khác: …)
dossier-days-late = quá hạn { $days } ngày
dossier-state-open = Đang giải quyết
dossier-state-stopped = Đang chờ bổ sung
dossier-state-resolved = Đã trả kết quả ngày { $day }
dossier-state-withdrawn = Đã rút/trả lại ngày { $day }

reason-power-cut = mất điện
reason-software = lỗi phần mềm
reason-other-agency = chờ liên thông
reason-understaffed = thiếu người
reason-citizen = công dân

## Lines that were not taken.
dossier-no-code = Thiếu mã hồ sơ. Ghi cả mã (H12.34.56-251121-0001) hoặc phần cuối của mã (0001).
dossier-not-a-code = “{ $word }” không phải mã hồ sơ. Mã có dạng H12.34.56-251121-0001.
dossier-not-a-tail = “{ $word }” không phải mã hồ sơ; phần cuối của mã có 3 đến 6 chữ số. Nhập số lượng thì ghi lĩnh vực trước, ví dụ: ht xong 10 dh 2
dossier-no-such-day = Ngày trong mã { $code } không có thật.
dossier-future-code = Ngày trong mã { $code } chưa đến.
dossier-whole-code = Khi đăng ký cần ghi cả mã hồ sơ, chưa đủ nếu chỉ có { $tail }.
dossier-missing-field = Thiếu lĩnh vực sau mã hồ sơ.
dossier-missing-due = Thiếu ngày hẹn trả: ghi ngày (28/11, mai, thứ 6) hoặc số ngày làm việc (5n).
dossier-not-a-due = Chưa rõ ngày hẹn “{ $word }”. Ghi ngày (28/11, mai, thứ 6) hoặc số ngày làm việc (5n).
dossier-due-before = Ngày hẹn trả { $day } trước ngày tiếp nhận.
dossier-due-too-far = Ngày hẹn trả { $day } cách ngày tiếp nhận hơn hai năm; anh/chị xem lại năm.
dossier-future-day = Ngày { $day } chưa đến.
dossier-unknown = Chưa rõ “{ $word }”.
dossier-missing-reason = Thiếu lý do: mất điện, lỗi phần mềm, chờ liên thông, thiếu người, công dân, hoặc khác: …
dossier-twice = Mã { $code } có hai lần trong tin này.
dossier-there-already = { $code }: { $state }.
dossier-unchanged = { $code } đã có trong sổ, hẹn trả { $due }; không thay đổi.
dossier-of-other = { $code } do { $name } giữ. Anh/chị nhờ người đó hoặc đầu mối.
dossier-due-moved = { $code } đã có lần chờ bổ sung; hẹn trả { $due } do bot tính, không sửa bằng /hoso được. Cần hẹn lại thì dùng /giahan.
dossier-overdue-fixed = { $code } đã quá hạn (hẹn trả { $due }). Hẹn lại thì dùng /giahan; nếu ghi nhầm ngày, nhờ đầu mối sửa.
dossier-holder-may-not = { $name } là { $role }, không giữ hồ sơ.
dossier-several = Có { $n } hồ sơ có mã kết thúc bằng { $tail }. Anh/chị chọn:
dossier-stopped-already = { $code } đang chờ bổ sung rồi.
dossier-not-stopped = { $code } không ở trạng thái chờ bổ sung.
dossier-before-receipt = { $code } tiếp nhận ngày { $day }; ngày ghi phải từ ngày đó trở đi.
dossier-before-last = { $code } có thay đổi ngày { $day }; ngày ghi phải từ ngày đó trở đi.
dossier-no-later = { $code }: ngày hẹn lại phải sau ngày hẹn trả { $due } và chưa qua.
dossier-not-late = { $code } trả không quá hạn, không cần lý do.
dossier-not-registered = Không có hồ sơ { $code } trong sổ. Đăng ký: /hoso MÃ LĨNH VỰC HẸN TRẢ
dossier-none-ends-so = Không có hồ sơ nào đang giải quyết có mã kết thúc bằng { $tail }.

## Lists.
due-soon-usage = Anh/chị ghi số ngày làm việc, nhiều nhất { $most }, ví dụ: /sapden 3
due-soon-none = Không có hồ sơ nào đến hạn từ nay đến { $day }.
due-soon-head = Đến hạn từ nay đến { $day }: { $n } hồ sơ
due-today = hôm nay
overdue-none = Không có hồ sơ quá hạn.
overdue-head = Quá hạn: { $n } hồ sơ
overdue-line = – quá { $days } ngày: { $what } · hẹn { $due }
dossiers-more = … và { $n } hồ sơ nữa

## Hand-over.
dossiers-moved = Hồ sơ đang giải quyết chuyển theo: { $n }
dossiers-without-holder = Hồ sơ đang giải quyết chưa có người giữ: { $n }. Xem: /quahan, /sapden; giao lại: /hoso MÃ LĨNH VỰC HẸN TRẢ @TÊN

## A dossier's story.
story-released = không còn người giữ
dossier-story = Quá trình:
dossier-by-machine = máy chủ
story-line = – { $when } { $who }: { $what }
story-undone = { $line } (đã hoàn tác)
story-registered = đăng ký, hẹn trả { $due }
story-corrected = sửa, hẹn trả { $due }
story-resolved = trả kết quả ngày { $day }
story-withdrawn = rút/trả lại ngày { $day }
story-stopped = chờ bổ sung
story-resumed = tiếp tục, hẹn trả { $due }
story-extended = xin lỗi, hẹn lại { $day }, lý do: { $reason }
story-imported = nhập từ danh sách: { $state }
story-handed-over = bàn giao cho { $name }

## Undo and edit.
register-undone = Đã hoàn tác: { $what } (tin lúc { $time })
register-told-undone = { $who } đã hoàn tác: { $what }
undone-of-one = { $what } hồ sơ { $dossier }
undone-of-several = { $what } { $n } hồ sơ
undone-registering = đăng ký
undone-correcting = sửa
undone-resolving = trả kết quả
undone-withdrawing = rút/trả lại
undone-stopping = tạm dừng chờ bổ sung
undone-resuming = tiếp tục tính hạn
undone-extending = xin lỗi, hẹn lại
undone-explaining = ghi lý do
undone-importing = nhập từ danh sách
undone-handing-over = bàn giao
dossier-stands-again = Nay: { $state }, hẹn trả { $due }
dossier-undone-new = – { $code }: bỏ đăng ký
dossier-undone = – { $code }: { $state }, hẹn trả { $due }
register-changed-since = { $codes } đã được cập nhật sau tin này, nên tin này giữ nguyên. Cần bỏ cập nhật sau trước.
register-edited = Đã đọc lại tin vừa sửa.
register-edit-kept = Tin vừa sửa chưa ghi được; nội dung cũ giữ nguyên.
register-edit-undone = Tin này đã hoàn tác; sửa tin không khôi phục. Anh/chị gửi tin mới.
