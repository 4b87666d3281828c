#!/bin/sh
# Checks that need other programs: LibreOffice works our workbooks out again and prints
# them; aiogram and python-telegram-bot judge our fake Bot API server.
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

# Other people's clients judge the server that our tests talk to.
venv=target/peers/venv
[ -x $venv/bin/python ] || { python3 -m venv $venv && $venv/bin/pip install -q aiogram python-telegram-bot; }
cargo build --quiet --example fake_telegram
target/debug/examples/fake_telegram 127.0.0.1:18081 &
fake=$!
trap 'kill $fake' EXIT
$venv/bin/python tests/peers/judge_telegram.py http://127.0.0.1:18081

# LibreOffice works our workbooks out again.
cargo test --quiet --test workbook samples_are_written
python3 tests/peers/workbook.py target/workbook/*.xlsx
