"""Fifty meetings going on at once, and how long a page takes meanwhile.

Each meeting has a caseworker, a young person and a bisidder in the talk, each on a real line to the
server; everybody mutes or unmutes every half minute, so that the server writes it down, works out
who hears whom and tells all three. The media worker gets its matrices and carries no media: that
is the other benches' (it has a process of its own). Pages of all three kinds are asked for at
fixed moments, however long earlier ones take, each by somebody who may see it.
"""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from random import Random

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.domain.roles import Role
from server.services import sessions
from server.store.tables import Visit
from tests.conftest import StoppedClock
from tests.e2e.house import House
from tests.factories import store_account, store_meeting, store_young_person
from tests.lines import store_answers

MEETINGS = 50
EVERY = 30.0  # seconds between two changes of one person's
PAGES_A_SECOND = 5
SECONDS, QUICK_SECONDS = 60, 20
SETTLES = 3.0  # seconds after everybody has come
GUESTS_PAGES = ("/arriving", "/arriving/questions/way", "/arriving/ready", "/calling")
HOSTS_PAGES = ("/", "/meetings/{}", "/meetings/{}/brief", "/calling/{}")


@dataclass(frozen=True, slots=True)
class Somebody:
    meeting: int
    role: Role
    cookie: str

    @property
    def cookies(self) -> dict[str, str]:
        return {"staff" if self.role == Role.CASEWORKER else "guest": self.cookie}

    @property
    def line(self) -> str:
        return f"/line?meeting={self.meeting}" if self.role == Role.CASEWORKER else "/line"

    @property
    def pages(self) -> tuple[str, ...]:
        if self.role != Role.CASEWORKER:
            return GUESTS_PAGES if self.role == Role.YOUNG_PERSON else ("/arriving", "/calling")
        return tuple(page.format(self.meeting) for page in HOSTS_PAGES)


async def measure(house: House, *, quick: bool) -> dict[str, float]:
    """Milliseconds from the moment a page is asked for until all of it is there."""
    people = await house.write(begin)
    async with AsyncExitStack() as opened:
        for each in people:
            await opened.enter_async_context(on_the_line(house, each))
        await asyncio.sleep(SETTLES)
        taken = await pages(house, people, QUICK_SECONDS if quick else SECONDS)
    return {
        "page_p95_ms_50_meetings": statistics.quantiles(taken, n=20, method="inclusive")[-1],
        "page_median_ms_50_meetings": statistics.median(taken),
        "page_slowest_ms_50_meetings": max(taken),
    }


async def begin(db: AsyncSession) -> list[Somebody]:
    """Fifty caseworkers with a meeting each, all answered, all let in."""
    now, found = Clock().now(), []
    for number in range(MEETINGS):
        host = await store_account(db, now, f"caseworker{number}", f"Mette {number}")
        young, home = await store_young_person(db, now, host, "Sofie", 13, "Lene og Karl")
        meeting, seats = await store_meeting(
            db, now, host, young, home, starts_in=timedelta(minutes=-1), bisidder="Aya"
        )
        for role, seat in seats.items():
            is_host = role == Role.CASEWORKER
            owner = {"account": host} if is_host else {"seat": seat}
            opened = await sessions.open_for(db, now=now, **owner)
            await store_answers(db, seat, StoppedClock(now), **owner if is_host else {})
            visit = {"knocked_at": now, "door_at": now, "admitted_at": now}
            db.add(Visit(seat_id=seat, session_id=opened.id, **visit))
            found.append(Somebody(meeting, role, opened.cookie))
    return found


@asynccontextmanager
async def on_the_line(house: House, who: Somebody) -> AsyncIterator[None]:
    """Hold one person's line, hear what comes and change something from time to time."""
    async with (
        aiohttp.ClientSession(house.url, cookies=who.cookies) as client,
        client.ws_connect(who.line, headers={"Origin": house.url}) as line,
    ):
        tasks = [asyncio.create_task(hears(line)), asyncio.create_task(changes(line, who))]
        try:
            yield
            assert not line.closed, "the server has hung up"
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def hears(line: aiohttp.ClientWebSocketResponse) -> None:
    async for _ in line:
        pass


async def changes(line: aiohttp.ClientWebSocketResponse, who: Somebody) -> None:
    await asyncio.sleep(Random(who.cookie).uniform(0, EVERY))
    for on in cycle((True, False)):
        await line.send_json({"type": "microphone", "on": on})
        await asyncio.sleep(EVERY)


async def pages(house: House, people: list[Somebody], seconds: float) -> list[float]:
    """Ask for pages at fixed moments; gives what each took, in milliseconds."""
    random = Random(1)
    asked = []
    async with aiohttp.ClientSession(house.url, cookie_jar=aiohttp.DummyCookieJar()) as client:
        for who in people[:3]:  # a server that has been asked before: its templates are compiled
            for path in who.pages:
                await page(client, who, path)
        begin = time.perf_counter()
        for number in range(round(seconds * PAGES_A_SECOND)):
            await asyncio.sleep(begin + number / PAGES_A_SECOND - time.perf_counter())
            who = random.choice(people)
            asked.append(asyncio.create_task(page(client, who, random.choice(who.pages))))
        return list(await asyncio.gather(*asked))


async def page(client: aiohttp.ClientSession, who: Somebody, path: str) -> float:
    ((name, value),) = who.cookies.items()
    begin = time.perf_counter()
    headers = {"Cookie": f"{name}={value}", "Sec-Fetch-Site": "same-origin"}
    async with client.get(path, headers=headers, allow_redirects=False) as answer:
        await answer.read()
        assert answer.status == 200, (path, answer.status)
    return 1000 * (time.perf_counter() - begin)
