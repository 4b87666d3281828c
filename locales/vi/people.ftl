## People, units, fields, holidays: what chat and command line answer (src/app).

# Enrolling (SPEC §3; the first two sentences are exact).
code-wrong = Mã không đúng hoặc đã hết hạn. Anh/chị xin mã mới ở đầu mối của đơn vị.
stranger = Bot chỉ phục vụ cán bộ, công chức đã đăng ký. Nếu có mã mời, anh/chị gửi: /start MÃ
code-or-figures = Nếu anh/chị muốn nhập số liệu, ví dụ: { $example }. Xem các lệnh: /trogiup
code-wrong-last = Mã không đúng hoặc đã hết hạn. Anh/chị xin mã mới ở đầu mối của đơn vị. Nếu sai một lần nữa, bot sẽ không trả lời /start trong một giờ.
codes-paused = Trong một giờ qua có { $count } lần gửi mã sai. Bot tạm ngừng nhận mã từ các tài khoản chưa liên kết cho đến khi bớt.
code-in-private = Anh/chị gửi mã trong chat riêng với bot, đừng gửi vào nhóm.
code-of-other = Mã này dành cho { $name }; tài khoản của anh/chị đã liên kết với { $own }. Anh/chị chuyển mã cho đúng người, mã vẫn còn dùng được.
enrol-no-unit = Chưa có đơn vị nào. Trên máy chủ, anh/chị chạy: motcua unit add MÃ "TÊN ĐƠN VỊ", rồi gửi lại mã này.
enrolled = Anh/chị { $name } đã liên kết với bot.
    Đơn vị: { $unit }
    Vai trò: { $role }
    Lĩnh vực: { $fields }
    Gửi /trogiup để xem các lệnh anh/chị dùng được.
first-admin-name = Quản trị
another = mới
fields-none = chưa có

# Inviting.
invite-usage = Anh/chị gửi: /moi VAI TRÒ HỌ TÊN [lĩnh vực], ví dụ: /moi can bo Trần Văn Tú HT,CT. Vai trò: can bo, dau moi, lanh dao, quan tri.
invite-no-field = Không có lĩnh vực "{ $word }". Anh/chị ghi mã lĩnh vực sau họ tên, ví dụ: /moi can bo Trần Văn Tú HT,CT
invite-lead-only = Đầu mối mời được cán bộ và đầu mối của đơn vị mình; lãnh đạo và quản trị do quản trị mời.
invite-made = Mã mời { $name } ({ $role }; lĩnh vực: { $fields }): { $code }
    Dùng một lần, đến { $until }. Người được mời gửi cho bot: /start { $code }
invite-another-chat = { $name } đã là { $role } của đơn vị; mã này liên kết thêm một tài khoản chat: { $code }
    Dùng một lần, đến { $until }. Người đó gửi cho bot từ tài khoản mới: /start { $code }
invite-link = Hoặc mở liên kết: { $link }
sent-privately = Bot đã trả lời anh/chị trong chat riêng.
bad-name = "{ $name }" không phải họ tên. Anh/chị ghi họ tên bằng chữ, ví dụ: Trần Văn Tú

# Removing and handing over.
remove-usage = Anh/chị gửi: /xoa HỌ TÊN, ví dụ: /xoa Trần Văn Tú
remove-self = Anh/chị không tự kết thúc vai trò của mình được; nhờ quản trị hoặc đầu mối khác.
remove-lead-only = Đầu mối chỉ kết thúc vai trò của cán bộ và đầu mối; lãnh đạo và quản trị do quản trị thực hiện.
remove-ask = Chấm dứt vai trò { $role } của { $name } tại { $unit } từ hôm nay ({ $day })? Số liệu đã nhập giữ nguyên.
removed = Đã kết thúc vai trò của { $name } tại { $unit } từ ngày { $day }. Số liệu đã nhập giữ nguyên.
stocks-ended = Số tồn đã kết thúc: { $list }
fields-without-holder = Lĩnh vực chưa có người phụ trách: { $fields }
nobody-named = Đơn vị không có ai tên "{ $typed }".
several-named = Có nhiều người tên "{ $typed }": { $names }. Anh/chị ghi đủ họ tên.
hand-over-usage = Anh/chị gửi: /bangiao NGƯỜI GIAO, NGƯỜI NHẬN, ví dụ: /bangiao Lan, Minh
hand-over-who = Chưa rõ hai người trong "{ $typed }". Người của đơn vị: { $names }. Ví dụ: /bangiao Lan, Minh
hand-over-receiver = { $name } là { $role }, không nhập số liệu nên không nhận bàn giao được.
hand-over-nothing = { $name } không giữ lĩnh vực hay số tồn nào để bàn giao.
hand-over-dossiers = { $n } hồ sơ đang giải quyết
hand-over-ask = Bàn giao { $what } của { $from } cho { $to } từ hôm nay ({ $day })? Số liệu đã nhập vẫn đứng tên người giao.
hand-over-changed = Từ lúc hỏi đến nay số liệu hoặc hồ sơ đã thay đổi; anh/chị xem lại:
handed-over = Bàn giao từ { $from } sang { $to }, kể từ ngày { $day }. Lĩnh vực: { $fields }. Số liệu đã nhập vẫn đứng tên người giao.
history-handover-of = bàn giao ({ $name })
stocks-moved = Số tồn chuyển theo: { $list }

# Units, groups, language.
no-such-unit = Không có đơn vị mã "{ $code }".
no-role-in-unit = Anh/chị chưa có vai trò tại { $unit }.
unit-switched = Từ giờ các lệnh của anh/chị tính cho { $unit } (vai trò { $role }).
units-head = Đơn vị đang làm việc: { $unit }. Đổi bằng /donvi và mã:
units-more = … và { $count } đơn vị; gửi /donvi và mã của đơn vị
group-only = Lệnh /nhom gửi trong nhóm chat, ví dụ: /nhom KTD
group-unbound = Nhóm chưa gắn với đơn vị nào. Đầu mối gửi /nhom và mã đơn vị, ví dụ: /nhom KTD
group-is = Nhóm này gắn với { $unit }.
group-no-leave = Chỉ đầu mối của { $unit } hoặc quản trị mới gắn được nhóm với đơn vị này.
group-bound = Từ giờ các lệnh trong nhóm này tính cho { $unit }.
language-usage = Anh/chị gửi /ngonngu vi (tiếng Việt) hoặc /ngonngu en (tiếng Anh).
language-set = Bot sẽ trả lời anh/chị bằng tiếng Việt.

# Fields.
no-such-field = Không có lĩnh vực "{ $typed }".
fields-usage = Anh/chị gửi: /linhvuc bat HT,CT hoặc /linhvuc tat HT
fields-list = Lĩnh vực của { $unit }:
    Đang dùng: { $used }
    Chưa bật: { $others }
fields-enabled = Đã bật: { $fields }
fields-disabled = Đã tắt: { $fields }
fields-still-held = Vẫn còn dùng vì có người phụ trách: { $fields }
field-no-name = Lĩnh vực { $code } cần có tên.
field-bad-code = "{ $code }" không làm mã lĩnh vực được: cần 2 đến 10 chữ cái, không có chữ số.
field-taken = "{ $word }" đã có nghĩa khác trong tin nhập (chỉ tiêu, ngày, lệnh hoặc lĩnh vực khác); anh/chị chọn mã khác.
field-differs = Đã có lĩnh vực { $code } ({ $name }) với thông tin khác.

# Days off.
holidays-usage = Anh/chị gửi: /ngaynghi 2027, /ngaynghi them 30/11, /ngaynghi bo 30/11 hoặc /ngaynghi lam 22/8
holidays-list = Ngày nghỉ năm { $year }: { $off }
    Ngày nghỉ hằng tuần đi làm bù: { $work }
holidays-none = không có
holiday-added = { $day }: ngày nghỉ.
holiday-worked = { $day }: ngày làm việc.
holiday-removed = { $day }: đã bỏ khỏi danh sách.
holiday-not-there = { $day }: không có trong danh sách.

# Entering units and people.
unit-bad-code = "{ $code }" không làm mã đơn vị được: cần 1 đến 20 chữ cái không dấu, chữ số, "-", "_" hoặc ".".
unit-no-name = Đơn vị { $code } cần có tên.
unit-bad-name = Tên của đơn vị { $code } chưa dùng được: cần viết trên một dòng, tối đa 200 chữ.
unit-differs = Đã có đơn vị { $code } ({ $name }) với thông tin khác.
account-of-other = Tài khoản { $channel } { $id } đã liên kết với { $name }.
accounts-of-two = Hai tài khoản của { $name } đang liên kết với hai người khác nhau.
official-differs = Đơn vị { $unit } đã có { $name } với thông tin khác.
