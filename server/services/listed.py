"""The list of those invited, as the question about an interpreter looks at it (R7)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from server.domain.interpreting import OnList, by_the_list
from server.domain.roles import Role

if TYPE_CHECKING:
    from server.services.snapshot import Person


def of(people: Iterable["Person"]) -> list[OnList]:
    """Those invited, with what the young person said of each."""
    return [OnList(p.role, p.verdict, p.removed or p.held_away is not None) for p in people]


def looked_up(people: Iterable["Person"]) -> tuple["Person", ...]:
    """Everybody, the caseworker with their word about an interpreter read against the list."""
    everybody = tuple(people)
    known = of(everybody)
    return tuple(
        replace(p, replies=by_the_list(p.replies, known)) if p.role == Role.CASEWORKER else p
        for p in everybody
    )
