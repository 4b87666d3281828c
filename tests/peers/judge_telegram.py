"""Has other people's clients judge our Bot API server.

    cargo run --example fake_telegram 127.0.0.1:8081 &
    pip install aiogram python-telegram-bot
    python tests/peers/judge_telegram.py http://127.0.0.1:8081

Both clients check every answer against their own models; what they cannot read, the real
server would not have said. Prints one line a call; exits 1 at the first that fails.
"""

import asyncio
import struct
import sys

TOKEN = "7:fake-telegram-token"
CHAT = 11


async def aiogram_judges(url):
    from aiogram import Bot
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.exceptions import TelegramBadRequest, TelegramUnauthorizedError
    from aiogram.types import BotCommand, BotCommandScopeChat, BufferedInputFile
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters

    def bot_for(token):
        return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))

    bot = bot_for(TOKEN)
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Hoàn tác", callback_data="1.ab")]])
    me = await bot.get_me()
    assert (me.id, me.is_bot) == (7, True)
    sent = await bot.send_message(CHAT, "Đã lưu", reply_markup=keyboard, reply_parameters=ReplyParameters(message_id=1))
    assert sent.text == "Đã lưu" and sent.chat.type == "private"
    edited = await bot.edit_message_reply_markup(chat_id=CHAT, message_id=sent.message_id, reply_markup=None)
    assert edited.message_id == sent.message_id
    document = await bot.send_document(CHAT, BufferedInputFile(b"PK\x03\x04", "Tháng 11.xlsx"), caption="Tháng 11")
    assert document.document.file_name == "Tháng 11.xlsx"
    file = await bot.get_file(document.document.file_id)
    assert (await bot.download_file(file.file_path)).read() == b"PK\x03\x04"
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1080, 1350)
    photo = await bot.send_photo(CHAT, BufferedInputFile(head, "the.png"), caption="Tháng 11")
    assert (photo.photo[0].width, photo.photo[0].height, photo.caption) == (1080, 1350, "Tháng 11")
    commands = [BotCommand(command="tonghop", description="Số liệu tổng hợp")]
    assert await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=CHAT))
    menu = await bot.get_my_commands(scope=BotCommandScopeChat(chat_id=CHAT))
    assert [(c.command, c.description) for c in menu] == [(c.command, c.description) for c in commands]
    assert await bot.answer_callback_query("1", text="Đã bỏ")
    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert await bot.get_updates(timeout=0) == []
    no_picture = BufferedInputFile(b"PK\x03\x04", "the.png")
    for wrong in [bot.send_message(CHAT, ""), bot.send_message(CHAT, "x" * 4097), bot.send_photo(CHAT, no_picture)]:
        try:
            await wrong
            raise AssertionError("a wrong message was taken")
        except TelegramBadRequest:
            pass
    stranger = bot_for("8:another-token")
    try:
        await stranger.get_me()
        raise AssertionError("a wrong token was taken")
    except TelegramUnauthorizedError:
        pass
    await stranger.session.close()
    await bot.session.close()
    print("aiogram: understood every answer")


async def python_telegram_bot_judges(url):
    from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
    from telegram.error import InvalidToken

    async with Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Hoàn tác", callback_data="1.ab")]])
        sent = await bot.send_message(CHAT, "Đã lưu", reply_markup=keyboard)
        edited = await bot.edit_message_text("Đã sửa", chat_id=CHAT, message_id=sent.message_id)
        assert edited.chat.id == CHAT
        document = await bot.send_document(CHAT, b"PK\x03\x04", filename="a.xlsx", caption="Tháng 11")
        file = await bot.get_file(document.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"PK\x03\x04"
        assert await bot.set_my_commands([BotCommand("start", "Bắt đầu")])
        assert (await bot.get_my_commands())[0].command == "start"
        assert await bot.answer_callback_query("1")
        assert await bot.get_updates(timeout=0) == ()
    try:
        async with Bot("8:another-token", base_url=f"{url}/bot"):
            raise AssertionError("a wrong token was taken")
    except InvalidToken:
        pass
    print("python-telegram-bot: understood every answer")


async def main(url):
    await aiogram_judges(url)
    await python_telegram_bot_judges(url)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
