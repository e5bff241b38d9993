"""Whoever was added after the young person had answered, as their screen asks (3.0.2)."""

from typing import Any

from server.services.newcomers import of
from server.ws import by_name
from server.ws.line import Line
from server.ws.live import Live

YOUNG_AT = ("call",)


def newcomers(live: Live, line: Line, phase: str) -> list[dict[str, Any]]:
    """The small question about each person added late, for the young person alone (P2)."""
    if line.seat != live.shot.young.seat or phase not in YOUNG_AT:
        return []
    host = live.shot.host.name
    return [by_name.question(line.voice, host, person) for person in of(live.shot)]
