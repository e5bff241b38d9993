"""What each message does. One function a message; the rules are asked in the services."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.during import Kind as Marks
from server.domain.during import standing
from server.domain.errors import Refused
from server.domain.questions import ANOTHER_WAY
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.domain.visit import Standing
from server.services import arriving, calling, chatting, during, newcomers
from server.services.during import is_ended_for
from server.services.room import snapshot
from server.services.snapshot import Call, Person, Snapshot
from server.ws import by_name, messages
from server.ws.line import Line


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being carried out: the open transaction, who speaks, and how it stands."""

    db: AsyncSession
    line: Line
    shot: Snapshot
    now: datetime
    zone: ZoneInfo

    @property
    def host(self) -> Caseworker:
        if not isinstance(self.line.holder, Caseworker):
            raise Refused("host-only")
        return self.line.holder

    @property
    def guest(self) -> Guest:
        if not isinstance(self.line.holder, Guest):
            raise Refused("guests-only")
        return self.line.holder

    @property
    def meeting(self) -> MeetingId:
        return MeetingId(self.line.meeting)

    @property
    def me(self) -> Person:
        person = self.shot.anybody(self.line.seat)
        if person is None:
            raise Refused("not-here")
        return person

    @property
    def call(self) -> Call:
        found = self.me.call_of(self.line.session)
        if found is None:
            raise Refused("not-here")
        return found

    def require_inside(self) -> Call:
        """Their call, for what only somebody in it does: whom the list shut out (P2) and
        another device with the same link are not."""
        call = self.call
        if call.standing != Standing.ADMITTED or self.me.barred:
            raise Refused("not-admitted")
        return call


Deed = Callable[[Turn, Any], Awaitable[None]]
Kind = TypeVar("Kind", bound=messages.Message)
DEEDS: dict[type[messages.Message], Deed] = {}


def does(
    kind: type[Kind],
) -> Callable[[Callable[[Turn, Kind], Awaitable[None]]], Callable[[Turn, Kind], Awaitable[None]]]:
    def keep(
        deed: Callable[[Turn, Kind], Awaitable[None]],
    ) -> Callable[[Turn, Kind], Awaitable[None]]:
        DEEDS[kind] = deed
        return deed

    return keep


async def carry_out(
    db: AsyncSession, line: Line, message: messages.Sent, *, now: datetime, zone: ZoneInfo
) -> None:
    """Do what a message asks, in the caller's transaction, or raise what the rules say."""
    shot = await snapshot(db, line.meeting, now)
    await DEEDS[type(message)](Turn(db, line, shot, now, zone), message)


@does(messages.Knock)
async def knock(turn: Turn, _: messages.Knock) -> None:
    if turn.line.is_host:
        await calling.open_room(turn.db, turn.host, turn.meeting, now=turn.now)
    elif is_ended_for(turn.shot, turn.me):
        raise Refused("not-open")
    else:
        await arriving.knock(turn.db, turn.guest, now=turn.now)


@does(messages.Withdraw)
async def withdraw(turn: Turn, _: messages.Withdraw) -> None:
    await calling.leave(turn.db, turn.call.id, now=turn.now)


@does(messages.Leave)
async def leave(turn: Turn, _: messages.Leave) -> None:
    await calling.leave(turn.db, turn.call.id, now=turn.now)


@does(messages.Microphone)
async def microphone(turn: Turn, message: messages.Microphone) -> None:
    await calling.switch(turn.db, turn.shot, turn.call.id, microphone=message.on)


@does(messages.Camera)
async def camera(turn: Turn, message: messages.Camera) -> None:
    before = turn.call
    await calling.switch(turn.db, turn.shot, before.id, camera=message.on)
    turn.line.showing.veiled = message.veiled
    turned_off = before.camera and not message.on and before.standing == Standing.ADMITTED
    if turned_off and turn.me.role == Role.YOUNG_PERSON:
        await during.note_camera_off(turn.db, turn.shot, now=turn.now)


@does(messages.Pause)
async def pause(turn: Turn, _: messages.Pause) -> None:
    await calling.pause(turn.db, turn.require_inside().id, now=turn.now)


@does(messages.Resume)
async def resume(turn: Turn, _: messages.Resume) -> None:
    await calling.resume(turn.db, turn.require_inside().id)


@does(messages.Writing)
async def writing(turn: Turn, message: messages.Writing) -> None:
    turn.line.writing = message.on and turn.line.is_host


@does(messages.Company)
async def company(turn: Turn, message: messages.Company) -> None:
    await calling.declare_company(turn.db, turn.require_inside().id, message.text)


@does(messages.ChangeSubject)
async def change_subject(turn: Turn, message: messages.ChangeSubject) -> None:
    if turn.me.role != Role.YOUNG_PERSON:
        raise Refused("young-person-only")
    await calling.change_subject(turn.db, turn.call.id, on=message.on, now=turn.now)


@does(messages.AnotherWay)
async def another_way(turn: Turn, message: messages.AnotherWay) -> None:
    await arriving.answer(turn.db, turn.guest, ANOTHER_WAY.id, message.way, "", now=turn.now)


@does(messages.Chat)
async def chat(turn: Turn, message: messages.Chat) -> None:
    line = turn.line
    if not line.is_host and standing(turn.shot.marks, Marks.DOUBT) is not None:
        raise Refused("chat-waits")
    await chatting.say(
        turn.db, turn.shot, line.seat, line.session, message.ref, message.text, now=turn.now
    )


@does(messages.OpenDoor)
async def open_door(turn: Turn, message: messages.OpenDoor) -> None:
    await calling.open_door(turn.db, turn.host, turn.meeting, message.visit, now=turn.now)


@does(messages.CloseDoor)
async def close_door(turn: Turn, message: messages.CloseDoor) -> None:
    await calling.close_door(turn.db, turn.host, turn.meeting, message.visit)


@does(messages.Admit)
async def admit(turn: Turn, message: messages.Admit) -> None:
    await calling.admit(turn.db, turn.host, turn.meeting, message.visit, now=turn.now)


@does(messages.TurnAway)
async def turn_away(turn: Turn, message: messages.TurnAway) -> None:
    await calling.turn_away(
        turn.db,
        turn.host,
        turn.meeting,
        message.visit,
        wrong_person=message.wrong_person,
        now=turn.now,
    )


@does(messages.AskedAgain)
async def asked_again(turn: Turn, message: messages.AskedAgain) -> None:
    await calling.tick_asked_again(turn.db, turn.host, turn.meeting, message.question, now=turn.now)


@does(messages.Newcomer)
async def newcomer(turn: Turn, message: messages.Newcomer) -> None:
    turn.require_inside()  # who is let in on this very device: only there are they named
    known = replace(turn.guest, admitted=True)
    yes = message.answer == "yes"
    await newcomers.answer(turn.db, known, message.seat, yes=yes, now=turn.now)
    if not yes:
        by_name.tell_after_a_no(turn.shot, turn.line, message.seat)


@does(messages.Finish)
async def finish(turn: Turn, _: messages.Finish) -> None:
    await calling.finish(turn.db, turn.host, turn.meeting, now=turn.now)
