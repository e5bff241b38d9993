"""A whole Enerum in the test's own process, its clock standing still, with the cast in it.

States are reached the short way: what a person would have answered is put into the database, and
the browser opens the page that follows from it. The long way is tests/e2e/test_first_meeting.py.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, BrowserContext, Page
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.app import build_app
from server.domain import links, questions
from server.domain.ages import Band
from server.domain.links import LinkKind
from server.domain.roles import Role
from server.services import sessions
from server.settings import Settings
from server.store.database import Database
from server.store.tables import Account, Meeting, Reply, Seat, Visit, YoungPerson
from tests.conftest import StoppedClock
from tests.e2e.people import OFFICE, PATIENCE, PHONE
from tests.e2e.states import stand_ins
from tests.factories import Cast, store_brought, store_cast

Kept = TypeVar("Kept")
LOCALES = {"da": "da-DK", "en": "en-GB"}
OF_KIND = {"account": "staff", "seat": "guest", "placement": "home"}
# What lets Sofie, Aya and Mette through their gates.
FINE = {
    "way": "video", "heard": "no", "company": "throughout", "not_there": "nobody",
    "bisidder": "know_who", "device": "own", "topics": "school=yes family=not_today",
    "stop": "button", "written": "fine", "guest_room": "alone", "secrecy": "understood",
    "time_alone": "yes", "our_list": "later", "on_side": "no", "our_sign": "later",
    "in_touch": "after_room",
    "room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls",
    "interpreter_secrecy": "understood", "professional_secrecy": "understood",
    "acquainted": "no", "dialect": "sure",
    "purpose": "fits", "right": "told", "after": "someone", "emergency": "not_known",
}  # fmt: skip


@dataclass
class Person:
    """Somebody's browser, and the session it holds."""

    context: BrowserContext
    page: Page
    session: int = 0


@dataclass
class World:
    """One running house, one language, and the browsers opened in it."""

    server: TestServer
    clock: StoppedClock
    cast: Cast
    chromium: Browser
    language: str
    drawn: bool = False  # whether people are drawn before their cameras
    heard: list[str] = field(default_factory=list)  # what the browsers' consoles complained of
    people: dict[str, Person] = field(default_factory=dict)
    listening: list[asyncio.Task[None]] = field(default_factory=list)  # lines without a browser
    seats: dict[Role, int] = field(default_factory=dict)  # of those brought on the way
    kept: dict[str, Any] = field(default_factory=dict)  # what one state leaves to a later one

    @property
    def app(self) -> Any:
        return self.server.app

    @property
    def database(self) -> Database:
        found: Database = self.app[keys.DATABASE]
        return found

    def url(self, path: str) -> str:
        return f"http://localhost:{self.server.port}{path}"

    async def write(self, deed: Callable[[AsyncSession], Awaitable[Kept]]) -> Kept:
        async with self.database.begin() as db:
            return await deed(db)

    # People

    async def somebody(
        self, name: str, *, phone: bool = True, script: bool = True, **owner: int
    ) -> Person:
        """A browser of that name with a session of `account`, `seat` or `placement`, or none."""
        if name in self.people:
            return self.people[name]
        context = await self.chromium.new_context(
            viewport=PHONE if phone else OFFICE,
            locale=LOCALES[self.language],
            permissions=["camera", "microphone"],
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(PATIENCE)
        if self.drawn:
            await context.add_init_script(stand_ins.before_the_camera(name))
        session = 0
        if owner:
            now = self.clock.now()
            opened = await self.write(
                lambda db: sessions.open_for(db, now=now, vouched="placement" in owner, **owner)
            )
            session = opened.id
            kind = OF_KIND[next(iter(owner))]
            cookie = {"name": kind, "value": opened.cookie, "url": self.url("/")}
            await context.add_cookies([cookie])  # type: ignore[list-item]
        page = await context.new_page()
        page.on("console", lambda said: self._hears(name, said.type, said.text))
        page.on("pageerror", lambda error: self.heard.append(f"{name}: {error}"))
        self.people[name] = Person(context, page, session)
        return self.people[name]

    def _hears(self, name: str, kind: str, text: str) -> None:
        # An error page is an answer with an error's status, and the browser says so.
        if kind in ("error", "warning") and "server responded with a status" not in text:
            self.heard.append(f"{name}: {text}")

    async def mette(self) -> Person:
        return await self.somebody("mette", phone=False, account=self.cast.mette)

    async def sofie(self) -> Person:
        return await self.somebody("sofie", seat=self.cast.sofies_seat)

    async def aya(self) -> Person:
        return await self.somebody("aya", seat=self.cast.ayas_seat)

    async def brought(self, role: Role) -> Person:
        """Leyla who interprets or Birk who works with Mette; on the list from now on."""
        if role not in self.seats:
            now = self.clock.now()
            self.seats[role] = await self.write(
                lambda db: store_brought(db, self.cast.meeting, role, now)
            )
        return await self.somebody(role.value, seat=self.seats[role])

    async def lene(self) -> Person:
        return await self.somebody("lene", placement=self.cast.holms)

    async def leaves(self, name: str) -> None:
        """Close somebody's browser, so that the next one begins anew."""
        if name in self.people:
            await self.people.pop(name).context.close()

    # Facts

    async def age(self, years: int) -> None:
        async def change(db: AsyncSession) -> None:
            (await db.get_one(YoungPerson, self.cast.sofie)).age_told = years

        await self.write(change)

    async def answers(self, who: Person, seat: int, **said: str) -> None:
        now = self.clock.now()

        async def add(db: AsyncSession) -> None:
            for question, answer in said.items():
                db.add(
                    Reply(
                        seat_id=seat,
                        session_id=who.session,
                        question=question,
                        answer=answer,
                        text="Ida" if answer == "with_one" else "",
                        at=now,
                    )  # fmt: skip
                )

        await self.write(add)

    async def answers_all(self, who: Person, seat: int, role: Role, **other: str) -> None:
        """Everything this role is asked, as it lets them through, but for `other`."""
        asked = {q.id for q in questions.asked(role, Band.THIRTEEN)}
        fine = {question: said for question, said in FINE.items() if question in asked}
        await self.answers(who, seat, **(fine | other))

    async def admitted(self, who: Person, seat: int) -> None:
        now = self.clock.now()

        async def let_in(db: AsyncSession) -> None:
            db.add(
                Visit(
                    seat_id=seat,
                    session_id=who.session,
                    knocked_at=now,
                    door_at=now,
                    admitted_at=now,
                )  # fmt: skip
            )

        await self.write(let_in)

    async def change_meeting(self, **fields: object) -> None:
        async def change(db: AsyncSession) -> None:
            row = await db.get_one(Meeting, self.cast.meeting)
            for name, value in fields.items():
                setattr(row, name, value)

        await self.write(change)

    async def link(self, seat: int) -> str:
        async with self.database.read() as db:
            row = await db.get_one(Seat, seat)
            token = links.token(self.app[keys.LINK_KEY], LinkKind.SEAT, row.handle, row.generation)
        return self.url(f"/m#{token}")

    async def waits(self, **by: float) -> None:
        """Let time go by. Everybody has been away meanwhile, and opens their page anew."""
        self.clock.move(**by)
        for name in [*self.people]:
            await self.leaves(name)


async def begin(
    settings: Settings,
    clock: StoppedClock,
    chromium: Browser,
    language: str,
    *,
    media: bool,
    drawn: bool = False,
) -> World:
    server = TestServer(build_app(settings, clock, media=media), host="localhost")
    await server.start_server()
    assert server.app is not None
    photo = await stand_ins.photo(chromium, "mette") if drawn else None
    async with server.app[keys.DATABASE].begin() as db:
        cast = await store_cast(db, clock.now())
        (await db.get_one(Account, cast.mette)).photo = photo
    return World(server, clock, cast, chromium, language, drawn)


async def end(world: World) -> None:
    for name in [*world.people]:
        await world.leaves(name)
    for task in world.listening:
        task.cancel()
    await asyncio.gather(*world.listening, return_exceptions=True)
    await world.server.close()
