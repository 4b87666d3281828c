## Sentences that no single use case owns.

# $role (String)
not-allowed = Lệnh này không dành cho vai trò { $role }. Gửi /trogiup để xem các lệnh anh/chị dùng được.
