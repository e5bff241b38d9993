"""Mette, Sofie and Aya on the line, 25 minutes before the meeting's hour."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from server import keys
from server.domain.roles import Role
from server.http.changed import ROOMS
from server.ws.rooms import Rooms
from tests.conftest import Browser, StoppedClock
from tests.factories import Cast
from tests.lines import Talker, own_origin, store_answers

Join = Callable[..., Awaitable[Talker]]


@pytest.fixture
def rooms(app: web.Application) -> Rooms:
    return app[ROOMS]


@pytest.fixture
def opened(cast: Cast, clock: StoppedClock) -> Cast:
    """The cast, when one may knock and the hour has not come."""
    clock.move(minutes=35)
    return cast


@pytest.fixture
def connect(opened: Cast) -> Callable[..., Awaitable[Talker]]:
    """Put a browser that is already let look on the line."""

    async def open_line(browser: Browser, role: Role) -> Talker:
        query = f"?meeting={opened.meeting}" if role == Role.CASEWORKER else ""
        socket = await browser.ws_connect(f"/line{query}", headers={"Origin": own_origin(browser)})
        talker = Talker(browser, socket, role)
        await talker.until(lambda message: message["type"] == "state")
        return talker

    return open_line


@pytest.fixture
def join(
    app: web.Application,
    opened: Cast,
    clock: StoppedClock,
    connect: Join,
    as_kind: Callable[..., Awaitable[Browser]],
) -> Join:
    """A person on a new device who has answered everything, on the line."""

    async def come(role: Role, **answers: str) -> Talker:
        seat = {
            Role.CASEWORKER: opened.mettes_seat,
            Role.YOUNG_PERSON: opened.sofies_seat,
            Role.BISIDDER: opened.ayas_seat,
        }[role]
        account = opened.mette if role == Role.CASEWORKER else None
        browser = await (as_kind(account=account) if account else as_kind(seat=seat))
        async with app[keys.DATABASE].begin() as db:
            await store_answers(db, seat, clock, account, **answers)
        return await connect(browser, role)

    return come


@pytest.fixture
def let_in() -> Callable[[Talker, Talker], Awaitable[None]]:
    """Knock, door, admit: the only way there is."""

    async def through_the_door(host: Talker, guest: Talker) -> None:
        await guest.ask("knock")
        await host.sees(lambda state: len(state["knocks"]) == 1)
        visit = host.visit
        await host.send("open_door", visit=visit)
        await guest.phase("door")
        await host.send("admit", visit=visit)
        await guest.phase("call")
        await host.sees(lambda state: not state["knocks"])

    return through_the_door


@pytest.fixture
async def mette_in(join: Join) -> Talker:
    host = await join(Role.CASEWORKER)
    await host.ask("knock")
    await host.phase("room")
    return host


@pytest.fixture
async def sofie_in(mette_in: Talker, join: Join, let_in) -> Talker:
    """Let in, and Mette has said how it is written down."""
    sofie = await join(Role.YOUNG_PERSON)
    await let_in(mette_in, sofie)
    await mette_in.ask("said")
    await mette_in.sees(lambda state: not state["alerts"])
    await sofie.sees(lambda state: state["opening"] == "")
    return sofie


@pytest.fixture
async def aya_in(mette_in: Talker, sofie_in: Talker, join: Join, let_in) -> Talker:
    aya = await join(Role.BISIDDER)
    await let_in(mette_in, aya)
    return aya
