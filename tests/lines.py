"""People on the line: real sockets to the whole application, and what each of them was told."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import ClientWebSocketResponse, WSMsgType
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.ages import Band
from server.domain.questions import asked
from server.domain.roles import Role
from server.store.tables import Reply, Seat, Session
from tests.conftest import Browser, StoppedClock

PATIENCE = 30  # seconds before a test that waits for what never comes gives up
FINE = {
    "way": "video", "heard": "no", "company": "throughout", "not_there": "nobody",
    "bisidder": "know_who", "device": "own", "topics": "school=yes", "written": "fine",
    "stop": "button",
    "room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls",
    "interpreter_secrecy": "understood", "professional_secrecy": "understood",
    "acquainted": "no", "dialect": "sure",
    "purpose": "fits", "right": "told", "after": "someone", "emergency": "not_known",
    "guest_room": "alone", "secrecy": "understood",
    "time_alone": "yes", "on_side": "no", "in_touch": "after_room",
    "our_list": "later", "our_sign": "later",
}  # fmt: skip


async def store_answers(
    db: AsyncSession, seat_id: int, clock: StoppedClock, account: int | None = None, **other: str
) -> int:
    """Answer one person's whole list on their newest session, which is returned."""
    seat = await db.get_one(Seat, seat_id)
    owner = Session.account_id == account if account else Session.seat_id == seat_id
    newest = select(Session.id).where(owner).order_by(Session.id.desc()).limit(1)
    session = (await db.execute(newest)).scalar_one()
    for question in asked(seat.role, Band.THIRTEEN):
        said = (FINE | other)[question.id]
        db.add(
            Reply(
                seat_id=seat_id, session_id=session, question=question.id, answer=said,
                at=clock.now(),
            )
        )  # fmt: skip
    return session


def own_origin(browser: Browser) -> str:
    return str(browser.make_url("/")).rstrip("/")


class Talker:
    """One person's browser on the line. Everything it is told is kept in `heard`."""

    def __init__(self, browser: Browser, socket: ClientWebSocketResponse, role: Role) -> None:
        self.browser = browser
        self.socket = socket
        self.role = role
        self.state: dict[str, Any] = {}
        self.heard: list[dict[str, Any]] = []
        self.closed: int | None = None
        self.refs = 0

    @property
    def visit(self) -> int:
        """Whom the host could open the door to: the only knock there is."""
        (knock,) = self.state["knocks"]
        return int(knock["visit"])

    @property
    def people(self) -> dict[str, dict[str, Any]]:
        return {person["name"]: person for person in self.state["people"]}

    def told(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.heard if message["type"] == kind]

    async def send(self, kind: str, **fields: object) -> None:
        await self.socket.send_json({"type": kind, **fields})

    async def ask(self, kind: str, **fields: object) -> dict[str, Any]:
        """Send with a `ref` and give back what became of it."""
        self.refs += 1
        ref = f"{kind}-{self.refs}"
        await self.send(kind, ref=ref, **fields)
        return await self.until(lambda message: message.get("ref") == ref)

    async def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Listen until something fits, which is given back."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self.socket.receive()
                if frame.type != WSMsgType.TEXT:
                    closing = frame.type == WSMsgType.CLOSE
                    self.closed = frame.data if closing else self.socket.close_code
                    raise ConnectionError(f"closed with {self.closed}")
                message = frame.json()
                self.heard.append(message)
                if message["type"] == "state":
                    self.state = message
                if fits(message):
                    return message

    async def sees(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a state that fits; the newest one may already."""
        if not (self.state and fits(self.state)):
            await self.until(lambda message: message["type"] == "state" and fits(message))
        return self.state

    async def phase(self, name: str) -> dict[str, Any]:
        return await self.sees(lambda state: state["phase"] == name)

    async def caught_up(self) -> None:
        """Come to a point after all that has happened so far, by a question that is refused."""
        if self.role == Role.CASEWORKER:
            await self.ask("another_way", way="time")
        else:
            await self.ask("finish")

    async def close_code(self) -> int | None:
        """Listen to the end, and say with which code it came."""
        try:
            await self.until(lambda _: False)
        except ConnectionError:
            return self.closed
        raise AssertionError("still open")
