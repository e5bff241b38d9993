"""What the application carries, by type."""

from collections.abc import Awaitable, Callable

import jinja2
from aiohttp import web

from server.clock import Clock
from server.domain.roles import Guest
from server.settings import Settings
from server.store.database import Database
from server.texts import Texts

DATABASE = web.AppKey("DATABASE", Database)
CLOCK = web.AppKey("CLOCK", Clock)
SETTINGS = web.AppKey("SETTINGS", Settings)
TEXTS = web.AppKey("TEXTS", Texts)
LINK_KEY = web.AppKey("LINK_KEY", bytes)
TEMPLATES = web.AppKey("TEMPLATES", jinja2.Environment)

# Set where calls are made: tells a meeting's room that something in it has changed, and says
# whether this guest's own admitted device is in the call with the host just now.
CHANGED: web.AppKey[Callable[[int], Awaitable[None]]] = web.AppKey("CHANGED")
IN_CALL: web.AppKey[Callable[[Guest], Awaitable[bool]]] = web.AppKey("IN_CALL")
