"""Puts the parts together. Nothing else in the project creates an application."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Callable
from functools import cache
from pathlib import Path

import jinja2
from aiohttp import web
from sqlalchemy.exc import DatabaseError

from server import keys, starting
from server.clock import Clock
from server.greeting import GREETING
from server.http import background, guards, middlewares, origin, render, static
from server.http.changed import ROOMS
from server.http.pacing import PACES
from server.http.pages.signing_in import DESK
from server.http.pages.trying import TRIALS
from server.http.pages.unlocking import COLLEAGUES
from server.http.urls import urls
from server.media.pool import Pool
from server.media.trial import Trials
from server.services import demo, signing_in
from server.services.pacing import Paces
from server.services.signing_in import Desk
from server.services.unlocking import Colleagues
from server.settings import Settings
from server.starting import CannotStart
from server.store.database import Database, NewerTables, is_in_use
from server.texts import Texts
from server.ws.note_items import NoteItems
from server.ws.rooms import Rooms

TEXTS = Path(__file__).parents[1] / "web" / "text"
KEY_BYTES = 32
# What is said of a folder, or a file in it, that is not ours to write.
_FOLDER = (
    "The data folder cannot be used",
    "ENERUM_DATA_DIR names it, and it has to belong to the user Enerum runs as.",
)


def build_app(
    settings: Settings, clock: Clock | None = None, *, media: bool = True
) -> web.Application:
    """Make the application; `media=False` leaves out the worker, where no call is to be made.

    Raises `CannotStart` where the data folder or its key cannot be used."""
    app = web.Application(
        middlewares=[
            middlewares.explain,
            origin.own_host_only,
            origin.own_pages_only,
            middlewares.whole_forms_only,
        ],
        client_max_size=128 * 1024,
    )
    files, texts, templates = shipped()
    app[keys.SETTINGS] = settings
    app[keys.CLOCK] = clock or Clock()
    app[keys.TEXTS] = texts
    app[keys.TEMPLATES] = templates
    app[keys.LINK_KEY] = link_key(settings)
    app[guards.SEEN] = {}
    app[GREETING] = []
    app[DESK] = Desk()
    app[PACES] = Paces()
    app[COLLEAGUES] = Colleagues()
    app.on_response_prepare.append(middlewares.set_headers)
    app.on_shutdown.append(_hang_up)
    app.cleanup_ctx.append(_database)
    app.cleanup_ctx.append(_greeting)
    app.cleanup_ctx.append(_rooms(media=media))
    app.cleanup_ctx.append(background.lifetime)
    app.add_routes(urls(files))
    return app


@cache
def shipped() -> tuple[static.Files, Texts, jinja2.Environment]:
    """What comes with the program and does not change while it runs: read once, however many
    applications a process makes."""
    files = static.Files()
    return files, Texts(TEXTS), render.environment(files)


def link_key(settings: Settings) -> bytes:
    """Read the key behind every link, made at the first start and kept outside the database.

    Whoever has it and the database can make links: it belongs in a backup of its own. Where it is
    lost, another one is made only if the operator says so, by an empty file: all links die with it.
    """
    path = settings.data_dir / "keys" / "link.key"
    with starting.told(*_FOLDER, OSError):
        key = path.read_bytes() if path.exists() else b""
        if not key:
            if not path.exists() and is_in_use(settings.database_file):
                raise CannotStart(
                    f"{path} is missing, and without it no link that was sent opens. Put it back "
                    f"from its backup. If it is lost for good: make an empty file of that name and "
                    "start again; every link then has to be sent anew."
                )
            key = secrets.token_bytes(KEY_BYTES)
            _keep(path, key)
    if len(key) != KEY_BYTES:
        raise CannotStart(f"{path} is no key of ours. Put it back from its backup.")
    return key


def _keep(path: Path, key: bytes) -> None:
    """Write a key so that after a power cut it is whole, or not there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    new.rename(path)


async def _hang_up(app: web.Application) -> None:
    """Close every line before the server waits for its open requests: they would not end."""
    app[ROOMS].hang_up()


def private_files(database: Path) -> None:
    """Keep the database to the user we run as: it holds names and words of people (D1).

    SQLite gives the files beside it the same rights when it makes them.
    """
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    database.touch(mode=0o600)
    for file in database.parent.glob(f"{database.name}*"):
        file.chmod(0o600)


def _rooms(*, media: bool) -> Callable[[web.Application], AsyncIterator[None]]:
    async def lifetime(app: web.Application) -> AsyncIterator[None]:
        """The live rooms, their heartbeat, and the media worker behind them."""
        settings = app[keys.SETTINGS]
        notes = NoteItems(app[keys.CLOCK])
        rooms = Rooms(app[keys.DATABASE], app[keys.CLOCK], settings.zone, notes)
        app[ROOMS] = rooms
        if media:
            rooms.gateway = Pool(
                addresses=settings.media_addresses,
                port=settings.media_port,
                on_event=rooms.on_media,
                workers=settings.media_workers,
            )
            with starting.told(
                "Sound and picture cannot be served",
                "Is Enerum running already? Other ports: ENERUM_MEDIA_PORT.",
                OSError,
            ):
                await rooms.gateway.start()
            app[TRIALS] = Trials(rooms.gateway)
        beat = asyncio.create_task(rooms.run())
        yield
        beat.cancel()
        await asyncio.gather(beat, return_exceptions=True)
        if media:
            await app[TRIALS].close_all()
        await rooms.close()

    return lifetime


async def _database(app: web.Application) -> AsyncIterator[None]:
    settings = app[keys.SETTINGS]
    with starting.told(*_FOLDER, OSError):
        private_files(settings.database_file)
    database = app[keys.DATABASE] = Database(settings.database)
    try:
        with starting.told(
            f"The database {settings.database_file} cannot be used",
            'It is as it was. What to look at: docs/deploy.md, "When it does not start".',
            DatabaseError,
            NewerTables,
        ):
            await database.upgrade()
        yield
    finally:
        await database.close()


async def _greeting(app: web.Application) -> AsyncIterator[None]:
    """Find out what the operator is to be told: who gets in how. It is printed, never logged."""
    settings, now = app[keys.SETTINGS], app[keys.CLOCK].now()
    if settings.demo:
        password = demo.new_password()
        hashed = await app[DESK].passwords.hash(password)
        async with app[keys.DATABASE].begin() as db:
            lines = await demo.fill(db, app[keys.LINK_KEY], settings.origin, hashed, now=now)
        app[GREETING] += [(who, what.format(password=password)) for who, what in lines]
    else:
        async with app[keys.DATABASE].begin() as db:
            path = await signing_in.first_link(db, now)
        if path is not None:
            app[GREETING].append(("The first caseworker opens an account", settings.origin + path))
    yield
