"""What the application carries, by type."""

from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from server.clock import Clock
from server.settings import Settings
from server.texts import Texts

DATABASE: web.AppKey[async_sessionmaker[AsyncSession]] = web.AppKey("DATABASE", async_sessionmaker)
CLOCK = web.AppKey("CLOCK", Clock)
SETTINGS = web.AppKey("SETTINGS", Settings)
TEXTS = web.AppKey("TEXTS", Texts)
LINK_KEY = web.AppKey("LINK_KEY", bytes)
TEMPLATES: web.AppKey[Any] = web.AppKey("TEMPLATES", object)
