## What a channel says when nobody's reply can.

channel-outage = Máy chủ tạm chưa ghi được. Tin của anh/chị vẫn trong hàng chờ, không cần gửi lại.
channel-file-failed = Chưa lập được tệp này. Anh/chị thử lại sau ít phút; nếu vẫn không được, xin báo quản trị mã lỗi { $fault }.
