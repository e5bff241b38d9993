"""A house for a stateful test: the whole application in a loop of its own, and in it for each
example a young person with a home, and beside them somebody in the very same case of whom nothing
is ever written. What the two homes read is compared byte for byte."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from server import keys
from server.app import build_app
from server.domain.roles import AccountId, Caseworker, Role, SessionId
from server.services import sessions, young_people
from server.settings import Settings
from server.store.database import Database
from tests import factories, notes
from tests.conftest import StoppedClock
from tests.factories import Cast
from tests.notes import Note

Page = tuple[int, tuple[tuple[bytes, bytes], ...], bytes]
Given = TypeVar("Given")
BEGINS_IN = timedelta(minutes=20)
NOT_YET_ASLEEP = timedelta(minutes=50)


@dataclass
class Case:
    """A young person, where they live now, and where they lived before."""

    young: int
    home: int
    left: list[int]
    cookie: str = ""  # of a browser at the home's, and since when
    since: datetime | None = None


class House:
    """Ask it outside of any loop: it runs what it is given in its own."""

    def __init__(self, settings: Settings, clock: StoppedClock) -> None:
        self.clock = clock
        self.runner = asyncio.Runner()
        self.app = build_app(settings, clock, media=False)
        self.run(self._open())

    def run(self, deed: Coroutine[Any, Any, Given]) -> Given:
        return self.runner.run(deed)

    def close(self) -> None:
        self.run(self._close())
        self.runner.close()

    async def _open(self) -> None:
        self.server = TestServer(self.app)
        await self.server.start_server()
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "da"}
        jar = aiohttp.DummyCookieJar()
        self.client: TestClient[web.Request, web.Application] = TestClient(
            self.server, headers=headers, cookie_jar=jar
        )
        self.database: Database = self.app[keys.DATABASE]
        async with self.database.begin() as db:
            self.cast: Cast = await factories.store_cast(db, self.clock.now())

    async def _close(self) -> None:
        await self.client.close()
        await self.server.close()

    async def new_case(self, now: datetime) -> tuple[Case, Note]:
        """Somebody who lives with L and K, with a meeting soon that the home was told of."""
        cast = self.cast
        async with self.database.begin() as db:
            young, home = await factories.store_young_person(db, now, cast.mette, "S", 13, "L og K")
            meeting, seats = await factories.store_meeting(
                db, now, cast.mette, young, home, starts_in=BEGINS_IN
            )
            seat = seats[Role.YOUNG_PERSON]
            own = replace(cast, sofie=young, holms=home, meeting=meeting, sofies_seat=seat)
            return Case(young, home, []), await notes.begin(db, own, now, self.database)

    async def move(self, case: Case, now: datetime) -> None:
        """They live somewhere else now."""
        mette = Caseworker(AccountId(self.cast.mette), SessionId(0), "Mette")
        async with self.database.begin() as db:
            await young_people.move_home(db, mette, case.young, f"Nye {len(case.left)}", now=now)
        case.left.append(case.home)
        async with self.database.read() as db:
            from server.store import young_people as store

            case.home, case.since = (await store.placement(db, case.young)).id, None

    async def session(self, home: int, now: datetime) -> str:
        """The cookie of a browser of a home's."""
        async with self.database.begin() as db:
            return (await sessions.open_for(db, now=now, placement=home, vouched=True)).cookie

    async def browser(self, case: Case, now: datetime) -> str:
        """The cookie of a browser of the home they live at, whose session still lives."""
        if case.since is None or not timedelta() <= now - case.since <= NOT_YET_ASLEEP:
            case.cookie, case.since = await self.session(case.home, now), now
        return case.cookie

    async def pages(self, *cookies: str) -> list[Page]:
        """What each of these browsers is answered: every header, and every byte. The clock on the
        wall is one of them, so they are asked again where it went on meanwhile."""
        while True:
            found = [await self.page(cookie) for cookie in cookies]
            if len({dict(headers)[b"Date"] for _, headers, _ in found}) == 1:
                return found

    async def page(self, cookie: str) -> Page:
        answer = await self.client.get("/home", headers={"Cookie": f"home={cookie}"})
        return answer.status, answer.raw_headers, await answer.read()
