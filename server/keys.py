"""What the application carries, by type."""

import jinja2
from aiohttp import web

from server.clock import Clock
from server.settings import Settings
from server.store.database import Database
from server.texts import Texts

DATABASE = web.AppKey("DATABASE", Database)
CLOCK = web.AppKey("CLOCK", Clock)
SETTINGS = web.AppKey("SETTINGS", Settings)
TEXTS = web.AppKey("TEXTS", Texts)
LINK_KEY = web.AppKey("LINK_KEY", bytes)
TEMPLATES = web.AppKey("TEMPLATES", jinja2.Environment)
