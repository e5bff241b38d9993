"""What is said aloud: somebody came, left or has company (P9), and each written message."""

from collections.abc import Iterator
from typing import Any

from server.domain.roles import Role
from server.services import chatting
from server.ws import view
from server.ws.line import Line
from server.ws.live import Live

TOGETHER = frozenset({"call", "room"})


def differences(live: Live, line: Line, before: str | None) -> Iterator[dict[str, Any]]:
    """Say what changed in the circle since this line was last told.

    The young person's own company makes no news and no sound, at any end (P9).
    """
    together = line.shown["phase"] in TOGETHER
    now = (
        {
            person.seat: (person.name, view.beside(live, line, person))
            for person, _ in live.circle()
            if person.seat != line.seat
        }
        if together
        else {}
    )
    was, line.circle = line.circle, now
    if not together or before not in TOGETHER:
        return
    young = live.shot.young.seat
    for seat in now.keys() - was.keys():
        yield _said(line, "line.news.came", now[seat][0])
    for seat in was.keys() - now.keys():
        yield _said(line, "line.news.went", was[seat][0])
    for seat in now.keys() & was.keys():
        if now[seat][1] != was[seat][1] and seat != young:
            key = "line.news.company" if now[seat][1] else "line.news.alone"
            yield _said(line, key, now[seat][0], med=now[seat][1])


def chat(live: Live, line: Line, message: chatting.Line) -> dict[str, Any]:
    writer = next((p for p in live.shot.people if p.seat == message.seat), None)
    mine = message.seat == line.seat
    name = line.voice.say("line.you") if mine else (writer.name if writer else "")
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
