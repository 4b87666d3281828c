"""The rival of posts.rs: aiogram 3 and aiosqlite, one durable commit a post.

    python aiogram_bot.py API_URL TOKEN DATABASE

Does what such bots do, no less: reads `ht ol 9 tr 3`, keeps the message, sets the figures
of the day, commits with synchronous=FULL, answers with what stands. No more either: no
replay, no audit, no edits, no undo.
"""

import asyncio
import sys

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

FIGURES = {"ol": "online", "tr": "direct", "bc": "postal", "th": "early", "dh": "on_time", "qh": "late"}

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    chat_id INTEGER NOT NULL, message_id INTEGER NOT NULL, sent_at INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE TABLE IF NOT EXISTS counts (
    chat_id INTEGER NOT NULL, day TEXT NOT NULL, field TEXT NOT NULL, figure TEXT NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (chat_id, day, field, figure)
) WITHOUT ROWID;
"""


def read(text, day):
    """`[day] FIELD word number …` → day, field, {figure: value}."""
    words = text.split()
    if "/" in words[0]:
        day, words = words[0], words[1:]
    figures = {FIGURES[w]: int(n) for w, n in zip(words[1::2], words[2::2])}
    return day, words[0].upper(), figures


async def main(url, token, database):
    db = await aiosqlite.connect(database, isolation_level=None)
    await db.execute("PRAGMA journal_mode = WAL")
    await db.execute("PRAGMA synchronous = FULL")
    await db.executescript(SCHEMA)
    one_at_a_time = asyncio.Lock()
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def post(message: Message):
        day, field, figures = read(message.text, message.date.date().isoformat())
        chat = message.chat.id
        async with one_at_a_time:
            await db.execute("BEGIN IMMEDIATE")
            await db.execute(
                "INSERT OR IGNORE INTO messages VALUES (?, ?, ?, ?)",
                (chat, message.message_id, int(message.date.timestamp()), message.text),
            )
            await db.executemany(
                "INSERT INTO counts VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                [(chat, day, field, figure, value) for figure, value in figures.items()],
            )
            rows = await db.execute_fetchall(
                "SELECT figure, value FROM counts WHERE chat_id = ? AND day = ? AND field = ?", (chat, day, field)
            )
            await db.execute("COMMIT")
        stands = ", ".join(f"{figure} {value}" for figure, value in rows)
        await message.answer(f"Đã lưu {day} · {field}: {stands}")

    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
