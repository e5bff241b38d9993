"""A state: something a person's screen can show, how to get there, and which rows it covers.

`covers` names rows of the tables the product is built from (tables.py), such as
"question:young_person:way" or "phase:guest:lobby". States of one group are visited in order in
one house, so that a later one may go on from an earlier one.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page

from tests.e2e.states.world import World

Reach = Callable[[World], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class State:
    group: str
    name: str
    covers: frozenset[str]
    reach: Reach


ALL: list[State] = []


def state(group: str, name: str, *covers: str) -> Callable[[Reach], Reach]:
    """Register how a state is reached; used as a decorator."""

    def register(reach: Reach) -> Reach:
        ALL.append(State(group, name, frozenset(covers), reach))
        return reach

    return register
