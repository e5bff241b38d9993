"""Who may hear and see whom: a pure function of facts, sent whole to the media worker.

The matrix is the law (design 4.1). It names every pair of seats whose media is forwarded; what
it does not name is not forwarded, whatever any browser does (P1, W10).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from server.domain.visit import Standing


@dataclass(frozen=True, slots=True)
class Present:
    """One seat with a live line; `microphone`, `camera` and `screen` are its own switches, and
    with `only_sound` it wants no pictures."""

    seat: str
    standing: Standing
    host: bool = False
    away: bool = False  # called away: nothing goes to them or from them, and they hold the room
    paused: bool = False
    microphone: bool = False
    camera: bool = False
    screen: bool = False
    only_sound: bool = False
    own_room: bool = False  # one of the two in the bisidder's room


@dataclass(frozen=True, slots=True)
class Way:
    source: str
    target: str
    audio: bool
    video: bool
    screen: bool = False


def matrix(
    present: Iterable[Present], paused_away: bool = False, *, own_room: bool = False
) -> frozenset[Way]:
    """Work out every way that media may go; one with neither sound nor picture is still a way:
    the two are in the same talk and keep each other's slot.

    Nothing without a host in the room; nothing while anybody admitted pauses (`paused_away`: by
    somebody whose line is down just now); at the door only between the host and that one
    knocker, and the host's sound and picture then reach nobody else. To and from a host who is
    called away nothing goes at all (D3).

    The bisidder's room (`own_room`, also while both its lines are down) is a talk of its own: no
    way goes in or out of it, the host's least of all, and it needs no host. Meanwhile the others
    do not talk about those two: there is nothing but the door.
    """
    people = list(present)
    apart = [p for p in people if p.own_room and p.standing == Standing.ADMITTED and not p.host]
    own = frozenset() if any(p.paused for p in apart) else _between(apart)
    if own_room or apart:
        return own | _at_the_door(people)
    host = next((p for p in people if p.host and p.standing == Standing.ADMITTED), None)
    if host is None:
        return frozenset()
    door = _at_the_door(people)
    if any(p.standing == Standing.AT_DOOR for p in people):
        rest = [p for p in people if p.standing == Standing.ADMITTED and not p.host]
        ways = door | _between(rest)
    else:
        rest = [p for p in people if p.standing == Standing.ADMITTED]
        ways = _between(rest)
    if paused_away or any(p.paused for p in people if p.standing == Standing.ADMITTED):
        ways = frozenset()
    away = {p.seat for p in people if p.away}
    return frozenset(way for way in ways if not away & {way.source, way.target})


def slots(
    ways: Iterable[Way], before: Mapping[tuple[str, str], int], count: int
) -> dict[tuple[str, str], int]:
    """Seat every source in one of each target's slots, keeping the slot it had.

    Returns (source, target) → slot. A source beyond the last slot gets none. A screen that is
    shown takes a slot of its own, under `screen_of` its source: the face stays beside it.
    """
    taken: dict[tuple[str, str], int] = {}
    every = set(ways)
    pairs = sorted({(way.source, way.target) for way in every})
    pairs += sorted({(screen_of(way.source), way.target) for way in every if way.screen})
    for pair in pairs:
        if pair in before and before[pair] < count:
            taken[pair] = before[pair]
    for source, target in pairs:
        if (source, target) in taken:
            continue
        used = {slot for (_, other), slot in taken.items() if other == target}
        free = next((slot for slot in range(count) if slot not in used), None)
        if free is not None:
            taken[source, target] = free
    return taken


def screen_of(source: str) -> str:
    """The name a source's shown screen has among the slots."""
    return f"screen:{source}"


def _at_the_door(people: Iterable[Present]) -> frozenset[Way]:
    """The host's talk with the one they opened the door to."""
    here = list(people)
    host = [p for p in here if p.host and p.standing == Standing.ADMITTED and not p.away]
    knockers = [p for p in here if p.standing == Standing.AT_DOOR]
    if not host or not knockers:
        return frozenset()
    return _between([replace(host[0], screen=False), knockers[0]])  # shown to the room, not here


def _between(people: Iterable[Present]) -> frozenset[Way]:
    group = list(people)
    return frozenset(
        Way(
            a.seat,
            b.seat,
            a.microphone,
            a.camera and not b.only_sound,
            # Only the host's screen is ever forwarded, whoever's browser sends one (L22).
            a.screen and a.host and not b.only_sound,
        )
        for a in group
        for b in group
        if a.seat != b.seat
    )
