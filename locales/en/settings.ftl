## Settings: what is wrong with the environment or .env (src/settings.rs).

settings-head = The settings are not right, so nothing was started:
settings-unknown = { $name }: there is no setting of this name.
settings-unknown-near = { $name }: there is no setting of this name; did you mean { $near }?
settings-wrong = { $name }: the value "{ $value }" is not right; it has to be { $wanted }.
settings-wrong-secret = { $name }: the value is not right; it has to be { $wanted }.
settings-file = { $name }: the file { $path } cannot be read, or is empty.
settings-twice = { $name }: set only one of { $name } and { $name }_FILE.
settings-needs = { $name }=webhook also needs { $other }.
settings-file-hidden = { $name }: the file given here cannot be read, or is empty.
settings-dotenv = .env: something cannot be read; each line is NAME=value, a value with spaces stands in double quotes.
settings-dotenv-line = .env: line { $line } cannot be read; each line is NAME=value, a value with spaces stands in double quotes.

wanted-sqlite-file = the path of an SQLite file, such as sqlite://motcua.db
wanted-url = an address that begins with http:// or https://
wanted-https = an address that begins with https://
wanted-address = an address and port, such as 127.0.0.1:8080
wanted-mode = polling or webhook
wanted-number = a whole number, not negative
wanted-zone = the name of a time zone, such as Asia/Ho_Chi_Minh
wanted-locale = vi or en
wanted-long-secret = at least 32 characters
wanted-log-filter = a log level, such as info or debug
wanted-unicode = UTF-8 text
