## Settings: what is wrong with the environment or .env (src/settings.rs).

settings-head = Cài đặt chưa đúng nên chưa khởi động được:
settings-unknown = { $name }: không có cài đặt nào tên như vậy.
settings-unknown-near = { $name }: không có cài đặt nào tên như vậy; có phải là { $near } không?
settings-wrong = { $name }: giá trị "{ $value }" chưa đúng; cần { $wanted }.
settings-wrong-secret = { $name }: giá trị chưa đúng; cần { $wanted }.
settings-file = { $name }: không đọc được tệp { $path }, hoặc tệp trống.
settings-twice = { $name }: chỉ đặt một trong hai, { $name } hoặc { $name }_FILE.
settings-needs = { $name }=webhook cần thêm { $other }.
settings-file-hidden = { $name }: không đọc được tệp ghi ở đây, hoặc tệp trống.
settings-dotenv = .env: có chỗ không đọc được; mỗi dòng là TÊN=giá trị, giá trị có dấu cách thì đặt trong nháy kép.
settings-dotenv-line = .env: không đọc được dòng { $line }; mỗi dòng là TÊN=giá trị, giá trị có dấu cách thì đặt trong nháy kép.

wanted-sqlite-file = đường dẫn tệp SQLite, ví dụ sqlite://motcua.db
wanted-url = địa chỉ bắt đầu bằng http:// hoặc https://
wanted-https = địa chỉ bắt đầu bằng https://
wanted-address = địa chỉ và cổng, ví dụ 127.0.0.1:8080
wanted-mode = polling hoặc webhook
wanted-number = số nguyên không âm
wanted-zone = tên múi giờ, ví dụ Asia/Ho_Chi_Minh
wanted-locale = vi hoặc en
wanted-long-secret = ít nhất 32 ký tự
wanted-log-filter = mức ghi nhật ký, ví dụ info hoặc debug
wanted-unicode = văn bản UTF-8
