"""Connections that have no business here any more: closed at the worker, whatever a browser does.

Nothing is forwarded on them anyway, the matrix sees to that. But whoever was turned away, went
or was revoked is not to hold on to a port, keys and memory of ours either (V7.4.1).
"""

from contextlib import suppress

from server.media.gateway import MediaAway
from server.media.pool import Pool
from server.ws.view import Phase

PATIENCE = 30.0  # seconds a connection may be there before its line, or after it
PARTED = frozenset({Phase.TURNED_AWAY, Phase.LEFT, Phase.ENDED, Phase.SMALLER_CIRCLE})


def has_parted(before: str | None, now: str) -> bool:
    """Whether somebody who was in this meeting has just come to its end. Somebody who comes
    back to a screen of that kind may be trying sound and picture anew."""
    return now in PARTED and before is not None and before not in PARTED


class Lineless:
    """Devices with a connection and without a line, by room and seat, and since when."""

    def __init__(self) -> None:
        self.since: dict[tuple[str, str], float] = {}

    def note(self, room: str, seat: str, moment: float) -> None:
        self.since.setdefault((room, seat), moment)

    def overdue(self, lines: set[tuple[str, str]], moment: float) -> list[tuple[str, str]]:
        """Give those whose line has not come in time; those on the line are no longer watched."""
        late = [key for key, at in self.since.items() if moment - at > PATIENCE]
        self.since = {
            key: at for key, at in self.since.items() if key not in lines and key not in late
        }
        return [key for key in late if key not in lines]


async def close(gateway: Pool | None, room: str, seat: str) -> None:
    """Close every connection of a device."""
    if gateway is not None and room:
        with suppress(MediaAway):  # it took them along
            await gateway.leave(room, seat)
