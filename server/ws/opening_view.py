"""The first minutes on the screen: the opening words at both ends, and who is new (S33, 3.0.2)."""

from typing import Any

from server.domain.roles import Role
from server.services.newcomers import of
from server.ws import script_lines
from server.ws.line import Line
from server.ws.live import Live

YOUNG_AT = ("call",)
HOST_AT = ("room",)


def frame(live: Live, line: Line, phase: str) -> dict[str, Any] | None:
    """What the host says first and ticks, and the young person reads meanwhile; then no more."""
    shot = live.shot
    young_is_in = any(person.role == Role.YOUNG_PERSON for person, _ in live.circle())
    if shot.frame_said or not young_is_in:
        return None
    young = line.seat == shot.young.seat
    if not (phase in HOST_AT if line.is_host else young and phase in YOUNG_AT):
        return None
    title = "frame.host" if line.is_host else "frame.title"
    return {
        "title": line.voice.say(title, barn=shot.young.name, navn=shot.host.name),
        "text": script_lines.frame(shot, line.voice),
    }


def newcomers(live: Live, line: Line, phase: str) -> list[dict[str, Any]]:
    """The small question about each person added late, for the young person alone (P2)."""
    if line.seat != live.shot.young.seat or phase not in YOUNG_AT:
        return []
    say = line.voice.say
    host = live.shot.host.name
    return [
        {
            "seat": str(person.seat),
            "title": say("newcomer.who", navn=host, hvem=person.name),
            "text": say("newcomer.why", hvem=person.name, hvorfor=person.why),
            "ask": say("newcomer.ask", hvem=person.name),
        }
        for person in of(live.shot)
    ]
