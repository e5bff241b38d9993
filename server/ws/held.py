"""One room as this process holds it: who is on the line, which slots they have, what is lit."""

import asyncio
from dataclasses import dataclass, field

from server.domain.forwarding import Way
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services.snapshot import Snapshot
from server.ws.line import Line

FRESH = 10.0  # seconds a new line of the roster is lit
MOST_LINES = 12  # of one person: a phone, a tablet, some mail scanners


@dataclass(slots=True)
class Room:
    meeting: int
    lines: list[Line] = field(default_factory=list)
    slots: dict[tuple[str, str], int] = field(default_factory=dict)
    companies: dict[int, str] = field(default_factory=dict)
    fresh: dict[int, float] = field(default_factory=dict)
    name: str = ""  # to the media worker
    ways: frozenset[Way] = frozenset()
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_look: asyncio.Task[None] | None = None  # has not begun: it will see every change so far

    def note_company(self, shot: Snapshot, moment: float) -> None:
        """Light up whose company has changed."""
        for person in shot.people:
            before = self.companies.get(person.seat)
            if before is not None and before != person.company and person.role != Role.YOUNG_PERSON:
                self.fresh[person.seat] = moment + FRESH
            self.companies[person.seat] = person.company

    def put_out(self, moment: float) -> bool:
        """Light nobody up for longer than that; True when somebody was."""
        stale = [seat for seat, until in self.fresh.items() if until < moment]
        for seat in stale:
            del self.fresh[seat]
        return bool(stale)

    def crowded_out(self, shot: Snapshot) -> list[Line]:
        """Give the lines that are too many of one link, oldest first, never one of the call.

        One link in many browsers must not slow down everybody else's meeting. The newest stay:
        whoever opens the link now finds it working (L4).
        """
        out: list[Line] = []
        for person in shot.people:
            own = [line for line in self.lines if line.seat == person.seat]
            spare = [line for line in own if not _is_in_call(shot, line)]
            out += spare[: max(0, len(own) - MOST_LINES)]
        return out


def _is_in_call(shot: Snapshot, line: Line) -> bool:
    person = shot.anybody(line.seat)
    call = person.call_of(line.session) if person is not None else None
    return call is not None and call.standing in (Standing.ADMITTED, Standing.AT_DOOR)
