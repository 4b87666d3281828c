#!/bin/sh
# Checks that need other programs: LibreOffice works our workbooks out again and prints
# them; aiogram, python-telegram-bot and python-zalo-bot judge our fake platforms; Chromium
# uses the upload page.
#
#     tests/peers/run.sh            installs what is missing (Debian or Ubuntu), then checks
#
# Pages come out as pictures in target/peers/, for looking at.
set -eu
cd "$(dirname "$0")/../.."

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

if ! command -v soffice >/dev/null || ! command -v pdftoppm >/dev/null || ! fc-list | grep -q LiberationSerif; then
    as_root apt-get update -q
    # fonts-liberation 1 lacks most Vietnamese letters; 2 has them all.
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -qy --no-install-recommends \
        libreoffice-calc poppler-utils fonts-liberation2 fontconfig python3 python3-venv
fi

command -v chromium >/dev/null || {
    as_root apt-get update -q
    DEBIAN_FRONTEND=noninteractive as_root apt-get install -qy --no-install-recommends chromium
}

# Other people's clients judge the server that our tests talk to.
venv=target/peers/venv
mkdir -p target/peers && rm -f target/peers/fake.url
[ -x $venv/bin/python ] || python3 -m venv $venv
$venv/bin/pip install -q aiogram python-telegram-bot python-zalo-bot playwright
cargo build --quiet --bins --example fake_telegram --example fake_zalo
# The server ends with its standard input, which lasts as long as this script.
tail -f /dev/null --pid=$$ | target/debug/examples/fake_telegram >target/peers/fake.url &
until url=$(head -n 1 target/peers/fake.url 2>/dev/null) && [ -n "$url" ]; do sleep 0.1; done
$venv/bin/python tests/peers/judge_telegram.py "$url"
$venv/bin/python tests/peers/judge_zalo.py target/debug/examples/fake_zalo

# An old phone uses the upload page.
$venv/bin/python tests/peers/upload_page.py

# LibreOffice works our workbooks out again; cards are pictures already.
cargo test --quiet --test workbook samples
cp target/peers/cards/month.png target/peers/card.png
python3 tests/peers/workbook.py target/workbook/*.xlsx
