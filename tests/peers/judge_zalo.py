"""Has another people's client judge our Zalo Bot Platform.

    cargo build --example fake_zalo
    pip install python-zalo-bot
    python tests/peers/judge_zalo.py target/debug/examples/fake_zalo

The client is the one that the vendor links; what it cannot read, the real server would not
have said. Prints a line for each habit of the server; exits 1 at the first call that fails.
"""

import asyncio
import datetime
import logging
import subprocess
import sys

TOKEN = "1459232241454765289:fake-zalo-token"
CHAT = "00000000000000000a01"
HABITS = [["hold-300"], ["hold-300", "http-408"], ["hold-300", "for-ever"]]


async def refused(call):
    """Whether a call brings nothing: an error of the client, or an answer without result."""
    from zalo_bot.error import ZaloError

    try:
        return await call is None
    except ZaloError:
        return True


async def judge(url, say):
    from zalo_bot import Bot

    async with Bot(TOKEN, base_url=url) as bot:
        me = await bot.get_me()
        assert me.id and me.account_type == "BASIC" and me.can_join_groups is False
        # An idle poll ends with 408.
        assert await refused(bot.get_update(timeout=1))
        say(f"say {CHAT} ht ol 9")
        update = await bot.get_update(timeout=1)
        message = update.message
        assert (message.chat.id, message.from_user.id, message.text) == (CHAT, CHAT, "ht ol 9"), message
        assert abs(message.date - datetime.datetime.now()) < datetime.timedelta(minutes=1), message.date
        sent = await bot.send_message(CHAT, "Đã lưu")
        assert sent.message_id
        photo = await bot.send_photo(CHAT, "Tháng 11", "https://xa.gov.vn/the.png")
        assert photo.message_id
        await bot.send_chat_action(CHAT, "typing")
        assert await bot._set_webhook_async("https://xa.gov.vn/zalo", "secret-of-eight")
        assert (await bot._get_webhook_info_async()).url == "https://xa.gov.vn/zalo"
        assert await refused(bot.get_update(timeout=1)), "polled in spite of a webhook"
        assert await bot._delete_webhook_async()
        assert await refused(bot._get_webhook_info_async())
        assert await refused(bot.send_message(CHAT, "x" * 2001)), "a text too long was taken"
    assert await refused(Bot("8:another-token", base_url=url).get_me()), "a wrong token was taken"


def main(program):
    logging.disable(logging.CRITICAL)
    for habits in HABITS:
        pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        with subprocess.Popen([program, "127.0.0.1:0", *habits], **pipes) as server:
            url = server.stdout.readline().strip()

            def say(line):
                server.stdin.write(line + "\n")
                server.stdin.flush()

            asyncio.run(judge(url, say))
            server.stdin.close()
        print(f"python-zalo-bot: understood every answer ({', '.join(habits)})")


if __name__ == "__main__":
    main(sys.argv[1])
