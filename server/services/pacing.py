"""Keeps a pace, so that nobody can have this machine do costly things without end (L14, V2.4.1).

Counted are a device (its session), a link, and a link as it is used near one network; never an
address by itself, since a whole institution shares one. Kept in memory, one number for each key:
a restart forgives. Leaving, pausing and turning off are not here: closing is free.

Each allowance may be spent at once and comes back evenly over its window. None is met by hand:
a child who presses four times a second, without a rest, spends no more answers than come back,
and a page that joins anew does so every seven seconds at most (js/lib/retry.js).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.errors import TooFast

MOST_KEYS = 10_000


class Deed(StrEnum):
    """What costs something each time: rows, hashes, or a session description to be read."""

    SWAP = "swap"
    ANSWER = "answer"
    OFFER = "offer"
    LINE = "line"
    CODE = "code"
    HOME_ANSWER = "home-answer"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may be done within `window`; None where nothing is counted.

    `device` is one session, `near` one link from one network, `link` one link from anywhere, and
    `all` everybody together: more than one machine does beside forwarding.
    """

    window: timedelta
    device: int | None = None
    near: int | None = None
    link: int | None = None
    all: int | None = None


MINUTE = timedelta(minutes=1)
ALLOWED: Mapping[Deed, Allowance] = {
    # A browser that opens its own link again makes no row; a new one does. Whoever copies the
    # link and hammers it from elsewhere does not use up the young person's own network's share.
    Deed.SWAP: Allowance(15 * MINUTE, device=120, near=60, link=600, all=9000),
    Deed.ANSWER: Allowance(MINUTE, device=240, link=480, all=6000),
    Deed.OFFER: Allowance(5 * MINUTE, device=60, link=240, all=3000),
    Deed.LINE: Allowance(MINUTE, device=60, link=240),
    # Beside the five tries a device has with one code: each costs a hash. By link it is wide, so
    # that a copy of it does not use up the young person's own, and a new code begins anew.
    Deed.CODE: Allowance(15 * MINUTE, device=20, link=200),
    Deed.HOME_ANSWER: Allowance(15 * MINUTE, link=60),
}


class Pace:
    """Lets each key go `most` times at once, and evenly so often in a window. Holds one moment a
    key: when it will have its whole allowance back."""

    def __init__(self, most: int, window: timedelta) -> None:
        self.window = window
        self.step = window / most
        self.whole_at: dict[str, datetime] = {}

    def wait(self, key: str, now: datetime) -> timedelta:
        """How long until one more may go; nothing where it may now."""
        over = self.whole_at.get(key, now) + self.step - now - self.window
        return max(over, timedelta())

    def count(self, key: str, now: datetime) -> None:
        if len(self.whole_at) >= MOST_KEYS and key not in self.whole_at:
            self._make_room(now)
        self.whole_at[key] = max(self.whole_at.pop(key, now), now) + self.step

    def forgive(self, key: str) -> None:
        self.whole_at.pop(key, None)

    def _make_room(self, now: datetime) -> None:
        """Forget who has their whole allowance; if nobody has, whoever came longest ago."""
        self.whole_at = {key: at for key, at in self.whole_at.items() if at > now}
        if len(self.whole_at) >= MOST_KEYS:
            del self.whole_at[next(iter(self.whole_at))]


class Paces:
    """One pace for each deed and each thing counted; one of these for each web process."""

    def __init__(self, allowed: Mapping[Deed, Allowance] = ALLOWED) -> None:
        self.paces: dict[tuple[Deed, str], Pace] = {
            (deed, what): Pace(most, allowance.window)
            for deed, allowance in allowed.items()
            for what in ("device", "near", "link", "all")
            if (most := getattr(allowance, what)) is not None
        }

    def go(
        self,
        deed: Deed,
        *,
        now: datetime,
        device: int | None = None,
        link: str = "",
        network: str = "",
    ) -> None:
        """Count one more, or raise `TooFast` and count nothing: waiting is always enough."""
        keys = {"device": str(device or ""), "link": link, "all": "all"}
        keys["near"] = f"{link} {network}" if link and network else ""
        counted = list(self._counted(deed, keys))
        wait = max((pace.wait(key, now) for pace, key in counted), default=timedelta())
        if wait:
            raise TooFast(math.ceil(wait.total_seconds()))
        for pace, key in counted:
            pace.count(key, now)

    def forgive(self, deed: Deed, link: str) -> None:
        """Begin anew with one link."""
        self.paces[deed, "link"].forgive(link)

    def _counted(self, deed: Deed, keys: Mapping[str, str]) -> Iterator[tuple[Pace, str]]:
        for what, key in keys.items():
            pace = self.paces.get((deed, what))
            if pace is not None and key:
                yield pace, key
