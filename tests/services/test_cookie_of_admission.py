"""The cookie changes when somebody is let in; a line that drops locks nobody out (L10)."""

import asyncio
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.services import sessions
from server.services.sessions import Kind
from server.store.database import Database
from tests.conftest import NOON
from tests.factories import store_cast

KEY = b"k" * 32
STEPS = ("asks", "asks, and the answer is lost", "clicks", "the other one clicks", "let in anew")


class Browser:
    """One browser's only cookie, whose session was let in, and somebody who knows the first one."""

    def __init__(self, database: Database, session: int, cookie: str) -> None:
        self.database, self.session = database, session
        self.cookie = self.stolen = cookie

    async def opens(self, cookie: str) -> bool:
        """As http/guards.session does: find, and take the new cookie once it has come back."""
        async with self.database.read() as db:
            live = await sessions.find(db, Kind.GUEST, cookie, now=NOON)
        if live is not None and live.arrived:
            async with self.database.begin() as db:
                await sessions.arrive(db, live.id, cookie)
        return live is not None

    async def ask(self, *, lost: bool) -> bool:
        """Whether it must ask once more."""
        assert await self.opens(self.cookie)
        async with self.database.begin() as db:
            new = await sessions.cookie_of_admission(db, KEY, self.session, self.cookie)
        if new is not None and not lost:
            self.cookie = new
        return new is not None


async def begin(folder: Path, template: Path) -> Browser:
    shutil.copy(template, folder / "enerum.db")
    database = Database(f"sqlite+aiosqlite:///{folder / 'enerum.db'}")
    async with database.begin() as db:
        cast = await store_cast(db, NOON)
        opened = await sessions.open_for(db, now=NOON, seat=cast.sofies_seat)
    return Browser(database, opened.id, opened.cookie)


async def goes_through(her: Browser, steps: list[str]) -> None:
    for step in steps:
        match step:
            case "asks" | "asks, and the answer is lost":
                await her.ask(lost=step != "asks")
            case "clicks":
                assert await her.opens(her.cookie)
            case "the other one clicks":
                await her.opens(her.stolen)
            case "let in anew":
                async with her.database.begin() as db:
                    await sessions.forget_admission(db, her.session)
    tries = 0
    while await her.ask(lost=False):
        tries += 1
        assert tries <= 2
    assert await her.opens(her.cookie)
    assert her.cookie != her.stolen
    assert not await her.opens(her.stolen)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), max_size=12))
def test_whatever_happens_in_whatever_order_the_browser_goes_on_and_the_thief_does_not(
    upgraded: Path, steps: list[str]
) -> None:
    """L10: the old cookie holds until the new one is first used, and not a moment longer."""

    async def live() -> None:
        with tempfile.TemporaryDirectory() as folder:
            her = await begin(Path(folder), upgraded)
            try:
                await goes_through(her, steps)
            finally:
                await her.database.close()

    asyncio.run(live())


@pytest.fixture
async def her(tmp_path, upgraded):
    made = await begin(tmp_path, upgraded)
    yield made
    await made.database.close()


async def test_the_old_one_holds_until_the_new_one_was_used(her):
    assert await her.ask(lost=True)
    assert await her.opens(her.stolen)
    await her.ask(lost=False)
    assert await her.opens(her.stolen)
    assert await her.opens(her.cookie)
    assert not await her.opens(her.stolen)


async def test_two_tabs_that_ask_at_once_get_the_same_one(her):
    """Whichever answer the browser keeps last, it is the right one."""
    async with her.database.begin() as db:
        one = await sessions.cookie_of_admission(db, KEY, her.session, her.cookie)
    async with her.database.begin() as db:
        other = await sessions.cookie_of_admission(db, KEY, her.session, her.cookie)
    assert one == other != her.cookie


async def test_the_database_alone_does_not_make_the_new_one(her):
    """L3: nothing in it opens a door."""
    async with her.database.begin() as db:
        right = await sessions.cookie_of_admission(db, KEY, her.session, her.cookie)
    async with her.database.begin() as db:
        wrong = await sessions.cookie_of_admission(db, b"x" * 32, her.session, her.cookie)
    assert right != wrong


async def test_a_link_opened_anew_ends_both(her):
    """Another way to a new cookie: what was on its way is dead with the old one."""
    async with her.database.begin() as db:
        new = await sessions.cookie_of_admission(db, KEY, her.session, her.cookie)
        opened = await sessions.move_to_new_cookie(db, her.session, now=NOON)
    assert new is not None
    assert [await her.opens(cookie) for cookie in (her.cookie, new, opened.cookie)] == [
        False, False, True,
    ]  # fmt: skip
