"""A database on a temp file, a clock that stands still, browsers of the cast, and the cast itself.

The cast, always the same: Mette the caseworker, Sofie 13 the young person, Aya her bisidder, the
Holm home (Lene og Karl); Jens another caseworker, Mikkel another young person, the Dahl home,
who must never see anything of Sofie's.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import hypothesis
import pytest
from aiohttp import web, web_app
from aiohttp.test_utils import TestClient, TestServer

from server import keys
from server.app import build_app
from server.clock import Clock
from server.http import background, mailing, turns
from server.http.pages.signing_in import DESK
from server.services.passwords import Passwords
from server.services.sessions import Kind
from server.settings import Settings
from server.store.database import Database
from tests.factories import QUICKLY, Cast, hashed, store_cast

# How long an example takes says something about the machine, never about the code.
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("here")

pytest_plugins = ["tests.lanes"]

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday; 13.00 in Copenhagen

Browser = TestClient[web.Request, web.Application]


class StoppedClock(Clock):
    """Stands still until it is told to move."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and nothing in them, made once by the real migrations."""
    path = tmp_path_factory.mktemp("template") / "enerum.db"

    async def make() -> None:
        database = Database(f"sqlite+aiosqlite:///{path}")
        await database.upgrade()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def settings(tmp_path: Path, upgraded: Path) -> Settings:
    shutil.copy(upgraded, tmp_path / "enerum.db")
    return Settings(data_dir=tmp_path)


@pytest.fixture
async def server(
    settings: Settings, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[TestServer]:
    """The whole application without its media worker, which has tests of its own. What it does by
    itself has had its first turn: what a test brings and moves next is the test's alone."""
    rests = asyncio.Semaphore(0)

    async def rest(over: asyncio.Event, seconds: float) -> None:
        rests.release()
        await turns.rest(over, seconds)

    for module in (background, mailing):
        monkeypatch.setattr(module, "rest", rest)
    app = build_app(settings, clock, media=False)
    app[DESK].passwords = Passwords(QUICKLY, hashed())
    server = TestServer(app)
    await server.start_server()
    for _ in range(2):
        await rests.acquire()
    yield server
    await server.close()
    # aiohttp keeps the last thousand applications in it, and the collector walks through them all.
    web_app._cached_build_middleware.cache_clear()


@pytest.fixture
def app(server: TestServer) -> web.Application:
    assert server.app is not None
    return server.app


@pytest.fixture
def database(app: web.Application) -> Database:
    return app[keys.DATABASE]


@pytest.fixture(scope="session")
def peopled(tmp_path_factory: pytest.TempPathFactory, upgraded: Path) -> tuple[str, Cast]:
    """What brings the cast, as it stands at NOON, into a database with nobody; and who is who."""
    path = tmp_path_factory.mktemp("peopled") / "enerum.db"
    shutil.copy(upgraded, path)

    async def make() -> Cast:
        database = Database(f"sqlite+aiosqlite:///{path}")
        async with database.begin() as db:
            cast = await store_cast(db, NOON)
        await database.close()
        return cast

    cast = asyncio.run(make())
    with closing(sqlite3.connect(path)) as there, closing(sqlite3.connect(upgraded)) as nobody:
        before = set(nobody.iterdump())
        rows = [line for line in there.iterdump() if line not in before]
    return "PRAGMA synchronous=OFF; BEGIN; " + "".join(rows) + "COMMIT;", cast


@pytest.fixture
async def cast(database: Database, clock: StoppedClock, peopled: tuple[str, Cast]) -> Cast:
    """Mette, Sofie, Aya and the Holms with a meeting in an hour; Jens, Mikkel and the Dahls."""
    rows, cast = peopled
    here = database.engine.url.database
    if here is None or clock.now() != NOON:
        async with database.begin() as db:
            return await store_cast(db, clock.now())
    with closing(sqlite3.connect(here)) as db:  # a tenth of the work of making each anew
        db.executescript(rows)
    return cast


@pytest.fixture
async def browser(server: TestServer) -> AsyncIterator[Callable[[], Browser]]:
    """Make a new browser with no cookies, whose requests come from our own pages."""
    opened: list[Browser] = []

    def make() -> Browser:
        client = TestClient(
            server, headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "da"}
        )
        opened.append(client)
        return client

    yield make
    for client in opened:
        await client.close()


@pytest.fixture
def as_kind(
    app: web.Application, browser: Callable[[], Browser], clock: StoppedClock
) -> Callable[..., Awaitable[Browser]]:
    """Make a browser with a living session of one kind, such as `as_kind(account=3)`."""
    from server.services import sessions

    async def make(**owner: int) -> Browser:
        kinds = {"account": Kind.STAFF, "seat": Kind.GUEST, "placement": Kind.HOME}
        kind = kinds[next(iter(owner))]
        async with app[keys.DATABASE].begin() as db:
            opened = await sessions.open_for(
                db, now=clock.now(), vouched="placement" in owner, **owner
            )
        client = browser()
        name = f"__Host-{kind}" if app[keys.SETTINGS].secure else kind.value
        client.session.cookie_jar.update_cookies({name: opened.cookie}, client.make_url("/"))
        return client

    return make


@pytest.fixture
async def mette(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(account=cast.mette)


@pytest.fixture
async def jens(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(account=cast.jens)


@pytest.fixture
async def sofie(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(seat=cast.sofies_seat)


@pytest.fixture
async def aya(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(seat=cast.ayas_seat)


@pytest.fixture
async def holms(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(placement=cast.holms)


@pytest.fixture
async def dahls(as_kind: Callable[..., Awaitable[Browser]], cast: Cast) -> Browser:
    return await as_kind(placement=cast.dahls)


@pytest.fixture
async def stranger(browser: Callable[[], Browser]) -> Browser:
    return browser()


@pytest.fixture
def after_the_meeting(cast: Cast, clock: StoppedClock) -> Cast:
    """Two hours on, when the meeting has been held. Ask for it before any browser."""
    clock.move(hours=2)
    return cast
