"""One browser's line: what it is told, and where it stood when last told."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.roles import Caseworker, Guest
from server.texts import Voice
from server.ws.showing import Showing

WAITING_AT_MOST = 200  # messages in a line's queue before it is cut off


@dataclass(slots=True, eq=False)
class Line:
    """A socket's outgoing side. `tell` never waits: a slow phone cannot hold up the others."""

    meeting: int
    seat: int
    session: int
    holder: Caseworker | Guest
    voice: Voice
    outgoing: asyncio.Queue[Mapping[str, Any] | int] = field(
        default_factory=lambda: asyncio.Queue(WAITING_AT_MOST)
    )
    gone_at: float | None = None  # loop time since when the socket is down
    writing: bool = False
    looking_away: bool = False
    back_told: int = 0  # the mark of the host's last way back that was told
    shown: dict[str, Any] = field(default_factory=dict)  # the last state told
    circle: dict[int, tuple[str, str]] | None = None  # who was there when last in the talk
    apart: bool = False  # in the bisidder's room when last told, talking or pausing
    knocking: frozenset[int] = frozenset()  # knocks at this person's seat from other devices
    chat_told: int = 0
    items_told: Any = None
    reading_told: Mapping[str, Any] = field(default_factory=lambda: {"item": 0, "label": ""})
    showing: Showing = field(default_factory=Showing)
    speaker_told: str = ""

    @property
    def is_host(self) -> bool:
        return isinstance(self.holder, Caseworker)

    @property
    def media(self) -> str:
        """The name the media worker knows this device by."""
        return str(self.session)

    def tell(self, message: Mapping[str, Any]) -> None:
        try:
            self.outgoing.put_nowait(message)
        except asyncio.QueueFull:
            self.hang_up(4429)

    def hang_up(self, code: int) -> None:
        """Close the socket with this code, after dropping what still waits in the queue."""
        while not self.outgoing.empty():
            self.outgoing.get_nowait()
        self.outgoing.put_nowait(code)

    def hang_up_after(self, code: int) -> None:
        """Close the socket once what waits has been told."""
        if self.outgoing.full():
            self.hang_up(code)
        else:
            self.outgoing.put_nowait(code)
