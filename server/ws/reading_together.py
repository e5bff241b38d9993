"""Reading the note together in the call: the host and the young person look at the same line.

Whoever pointed last leads, either can let go for both, and nothing of it is kept: it ends with the
talk. A young person's device that may not show the note is told nothing, and the host is told that
(U8); nobody else in the call hears of it (C15).
"""

from collections.abc import Iterator
from itertools import count
from typing import Any

from server.domain.errors import NotFound, Refused
from server.domain.roles import Role
from server.services import noting
from server.ws import messages
from server.ws.deeds import Turn, does
from server.ws.line import Line
from server.ws.live import Live
from server.ws.showing import Pointed

NOTHING: dict[str, Any] = {"item": 0, "label": ""}
IN_TALK = ("call", "room")  # the guest's word for it, and the host's
TURNS = count(1)  # rises with every pointing, over all rooms


@does(messages.Point)
async def point(turn: Turn, message: messages.Point) -> None:
    """Show the other one this line of the note; 0 lets go."""
    if turn.me.role not in (Role.CASEWORKER, Role.YOUNG_PERSON):
        raise Refused("young-person-only")
    turn.require_inside()
    if message.item and not turn.line.is_host:
        # What a device was not told of, there is not: also where it counts through the lines.
        if not _may_see(turn.line, message.item):
            raise NotFound
    elif message.item:
        shown = await noting.items_for_host(turn.db, turn.shot.meeting)
        if message.item not in {one.item for one in shown}:
            raise NotFound
    turn.line.showing.pointed = Pointed(message.item, next(TURNS))


def differences(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """Say which line is shown now, where that is another than was told last."""
    if line.seat not in (live.shot.host.seat, live.shot.young.seat):
        return
    told = _reading(live, line)
    if told != line.reading_told:
        line.reading_told = told
        yield {"type": "reading"} | told


def _reading(live: Live, line: Line) -> dict[str, Any]:
    leader = _leader(live)
    pointed = leader.showing.pointed if leader else None
    if leader is None or pointed is None or line.shown.get("phase") not in IN_TALK:
        return NOTHING
    if not _may_see(line, pointed.item):
        return NOTHING
    return {"item": pointed.item, "label": _label(live, line, leader)}


def _leader(live: Live) -> Line | None:
    """Whose finger was on the note last, of the two who are in the talk."""
    both = (live.shot.host.seat, live.shot.young.seat)
    sessions = {call.session for person, call in live.circle() if person.seat in both}
    pointing = [line for line in live.lines if line.session in sessions and line.showing.pointed]
    return max(pointing, key=_turn, default=None)


def _turn(line: Line) -> int:
    return line.showing.pointed.turn if line.showing.pointed else 0


def _may_see(line: Line, item: int) -> bool:
    """Only a line this very end has been told of."""
    return item in {told["item"] for told in line.items_told or ()}


def _label(live: Live, line: Line, leader: Line) -> str:
    young, host = live.shot.young, live.shot.host
    other = host.name if line.seat == young.seat else young.name
    if not line.is_host:
        key = "together.shows-you" if leader.is_host else "together.you-show"
        return line.voice.say(key, hvem=other)
    call = young.admitted
    theirs = live.line_of(call.session) if call is not None else None
    if theirs is None or not theirs.items_told:
        return line.voice.say("together.not-there", hvem=other)
    key = "together.you-show" if leader.is_host else "together.shows-you"
    return line.voice.say(key, hvem=other)
