"""Uses the upload page as an old phone would: headless Chromium, 360 pixels, no scripts.

    cargo build --bins --example fake_telegram
    pip install playwright
    python tests/peers/upload_page.py

Asks for the link in chat, opens it, sends a picture (refused), then a list; the preview
comes to the chat and the link is used up. Pages are left as pictures in target/peers/.
"""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES = ROOT / "target" / "peers"
WIDTH = 360
LAN = "11"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Bot:
    """The program on a fresh database, and a fake Telegram it talks to."""

    def __init__(self, folder):
        self.fake = subprocess.Popen([ROOT / "target/debug/examples/fake_telegram"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        telegram = self.fake.stdout.readline().strip()
        self.url = f"http://127.0.0.1:{free_port()}"
        settings = {"DATABASE_URL": "sqlite://office.db", "TELOXIDE_TOKEN": "7:fake-telegram-token",
                    "TELOXIDE_API_URL": telegram, "MOTCUA_LISTEN": self.url.removeprefix("http://"),
                    "MOTCUA_PUBLIC_URL": "https://motcua.example.vn", "PATH": os.environ["PATH"]}
        motcua = [ROOT / "target/debug/motcua"]
        for args in (["unit", "add", "KTD", "UBND xã Khúc Thừa Dụ"],
                     ["field", "enable", "--unit", "KTD", "HT,CT,ĐĐ,BTXH"],
                     ["official", "add", "--unit", "KTD", "--name", "Đinh Quốc Lan", "--role", "officer",
                      "--fields", "HT,CT", "--telegram", LAN]):
            subprocess.run(motcua + args, cwd=folder, env=settings, check=True, stdout=subprocess.DEVNULL)
        self.run = subprocess.Popen(motcua + ["run"], cwd=folder, env=settings, stdout=subprocess.DEVNULL,
                                    stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                urllib.request.urlopen(self.url + "/healthz").read()
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the program does not serve")

    def say(self, text):
        self.fake.stdin.write(f"say {LAN} {text}\n")
        self.fake.stdin.flush()

    def reply(self):
        return json.loads(self.fake.stdout.readline())["text"]

    def close(self):
        self.run.terminate()
        code = self.run.wait(15)
        self.fake.stdin.close()
        self.fake.wait(15)
        assert code == 0, f"the program ended with {code}"


def look(page, name):
    """Keeps a picture; everything must fit the screen."""
    page.screenshot(path=PICTURES / f"upload-{name}.png", full_page=True)
    for part in ("h1", "p", "button", "input"):
        for box in (e.bounding_box() for e in page.locator(part).all()):
            assert box["x"] >= 0 and box["x"] + box["width"] <= WIDTH, f"{name}: {part} leaves the screen: {box}"


def send(page, file):
    page.set_input_files("input[type=file]", file)
    page.click("button")


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    folder = tempfile.mkdtemp()
    bot = Bot(folder)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        phone = browser.new_context(viewport={"width": WIDTH, "height": 640}, device_scale_factor=2,
                                    is_mobile=True, has_touch=True, java_script_enabled=False, locale="vi-VN")
        page = phone.new_page()
        foreign = []
        page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith(bot.url) else None)

        bot.say("/tailen")
        offer = bot.reply()
        link = next(l for l in offer.splitlines() if l.startswith("https://motcua.example.vn/tai-len/"))
        link = link.replace("https://motcua.example.vn", bot.url)
        page.goto(link)
        look(page, "form")
        button = page.locator("button").bounding_box()
        assert button["height"] >= 48 and button["width"] >= WIDTH * 0.8, f"a small button: {button}"
        assert "Đinh Quốc Lan" in page.inner_text("main")

        picture = pathlib.Path(folder) / "anh.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
        send(page, picture)
        page.wait_for_selector("text=Chưa nhận được tệp")
        assert "không phải bảng tính" in page.inner_text("main")
        look(page, "wrong-kind")

        large = pathlib.Path(folder) / "lon.csv"
        large.write_bytes(b"x" * (11 << 20))
        send(page, large)
        page.wait_for_selector("text=Tệp quá lớn")
        look(page, "too-large")

        send(page, ROOT / "tests/samples/registers/list.xls")
        page.wait_for_selector("text=Đã nhận tệp")
        look(page, "done")
        preview = bot.reply()
        assert "xem trước" in preview and "mới 5" in preview, preview

        page.goto(link)
        page.wait_for_selector("text=Liên kết không dùng được")
        look(page, "gone")
        bot.say("1")
        taken = bot.reply()
        assert taken.startswith("Đã nhập vào sổ: mới 5"), taken
        assert not foreign, f"the page loads from elsewhere: {foreign}"
        browser.close()
    bot.close()
    shutil.rmtree(folder)
    print("upload page: used by Chromium at 360 pixels without scripts; pictures in target/peers/upload-*.png")


main()
