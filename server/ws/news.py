"""What is said aloud: who came, left or has company (P9), and each written message."""

from collections.abc import Iterator
from typing import Any

from server.domain.asides import Place
from server.domain.during import came_back
from server.domain.meeting import is_ending
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services import chatting
from server.ws import by_name, reading_together, view
from server.ws.line import Line
from server.ws.live import Live

TOGETHER = frozenset({"call", "room", "paused", "together"})
WAITING = (Standing.KNOCKING, Standing.AT_DOOR)


def differences(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """Say what changed since this line was last told: in the circle, and at its own seat.

    Who came or went while the room was locked is told when it opens again. The young person's
    own company makes no news and no sound, at any end (P9).
    """
    yield from _another_device(live, line)
    yield from _came_back(live, line)
    yield from _of_the_talk(live, line)
    yield from reading_together.differences(live, line)
    phase = line.shown["phase"]
    if phase == "locked":
        return
    if phase not in TOGETHER:
        line.circle = None
        return
    now = {
        person.seat: (by_name.named(line.voice, person), view.beside(live, person, call.session))
        for person, call in live.with_them(line)
        if person.seat != line.seat
    }
    was, line.circle = line.circle, now
    apart, line.apart = line.apart, live.is_apart(line)
    if was is None or apart != line.apart:
        return  # another talk: its title says who is in it
    young = live.shot.young.seat
    for seat in now.keys() - was.keys():
        yield _said(line, "line.news.came", now[seat][0])
    for seat in was.keys() - now.keys():
        gone = live.shot.person(seat)
        waits = gone is not None and gone.admitted and live.shot.place(gone) == Place.OUTSIDE
        key = "line.news.waits" if waits else "line.news.went"
        yield _said(line, key, was[seat][0])
    for seat in now.keys() & was.keys():
        if now[seat][1] != was[seat][1] and seat != young:
            key = "line.news.company" if now[seat][1] else "line.news.alone"
            yield _said(line, key, now[seat][0], med=now[seat][1])


def _of_the_talk(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """That the host shows something, and once, without a sound, that it is time to round off:
    nothing on the young person's screen counts down. The host has it as a strip."""
    shot, showing = live.shot, line.showing
    if line.is_host or line.shown["phase"] != "call":
        return
    shows = any(way.screen and way.target == line.media for way in live.ways)
    if shows and not showing.seen_screen:
        yield _said(line, "showing.news.screen", shot.host.name)
    showing.seen_screen = shows
    if not showing.heard_of_end and is_ending(shot.starts, shot.minutes, live.now):
        showing.heard_of_end = True
        yield _said(line, "showing.news.ending", shot.host.name) | {"sound": False}


def _another_device(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """Whoever holds a seat hears at once that another device knocks for it (W12)."""
    me = live.shot.anybody(line.seat)
    holds = me is not None and me.admitted is not None and me.admitted.session == line.session
    before = line.knocking
    line.knocking = frozenset(
        call.id
        for call in (me.calls if me is not None and holds and not line.is_host else ())
        if call.standing in WAITING and live.line_of(call.session) is not None
    )
    if line.knocking - before:
        yield _said(line, "line.news.another-device", "")


def _came_back(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """The host was called away and is here again: whether anybody heard is told as it is (D3)."""
    back = came_back(live.shot.marks, live.now)
    if back is None or back.id == line.back_told or line.shown["phase"] not in TOGETHER:
        return
    line.back_told = back.id
    if not line.is_host:
        key = "line.back.somebody" if back.answer == "somebody" else "line.back.nobody"
        host = live.shot.host.name
        yield {"type": "news", "text": line.voice.say(key, hvem=host), "sound": False}


def chat(live: Live, line: Line, message: chatting.Line) -> dict[str, Any]:
    writer = next((p for p in live.shot.people if p.seat == message.seat), None)
    mine = message.seat == line.seat
    theirs = by_name.named(line.voice, writer) if writer is not None else ""
    name = line.voice.say("line.you") if mine else theirs
    return {
        "type": "chat",
        "id": message.id,
        "seat": str(message.seat),
        "name": name,
        "text": message.text,
        "at": message.at.astimezone(live.zone).strftime("%H.%M"),
        "mine": mine,
        "young": writer is not None and writer.role == Role.YOUNG_PERSON,
    }


def _said(line: Line, key: str, name: str, **values: str) -> dict[str, Any]:
    return {"type": "news", "text": line.voice.say(key, hvem=name, **values), "sound": True}
