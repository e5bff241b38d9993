"""Who may be in which talk (domain pack 3.1), as a table.

The formats come first, as they stand in the pack; then the talks of one meeting. Whatever a
table does not name is not let in.
"""

from collections.abc import Mapping
from enum import StrEnum

from server.domain.roles import Role


class Format(StrEnum):
    ONE_TO_ONE = "one_to_one"
    WITH_BISIDDER = "with_bisidder"


class May(StrEnum):
    ALWAYS = "always"
    IF_YES = "if_yes"  # only with the young person's yes for this meeting
    NEVER = "never"


class Talk(StrEnum):
    """The talks one meeting can fall into."""

    ROOM = "room"
    OWN_ROOM = "own_room"  # the young person and the bisidder
    ALONE = "alone"  # the young person and the host


MATRIX: Mapping[Format, Mapping[Role, May]] = {
    Format.ONE_TO_ONE: {
        Role.YOUNG_PERSON: May.ALWAYS,
        Role.CASEWORKER: May.ALWAYS,
        Role.BISIDDER: May.NEVER,  # with one it is the other format
    },
    Format.WITH_BISIDDER: {
        Role.YOUNG_PERSON: May.ALWAYS,
        Role.CASEWORKER: May.ALWAYS,
        Role.BISIDDER: May.IF_YES,
    },
}

TALKS: Mapping[Talk, frozenset[Role]] = {
    Talk.ROOM: frozenset(Role),
    Talk.OWN_ROOM: frozenset({Role.YOUNG_PERSON, Role.BISIDDER}),
    Talk.ALONE: frozenset({Role.YOUNG_PERSON, Role.CASEWORKER}),
}


def format_of(roles: frozenset[Role]) -> Format:
    """Which format a meeting of these people is."""
    return Format.WITH_BISIDDER if Role.BISIDDER in roles else Format.ONE_TO_ONE


def may_come(kind: Format, role: Role) -> May:
    return MATRIX[kind].get(role, May.NEVER)


def may_be_in(talk: Talk, role: Role) -> bool:
    return role in TALKS[talk]
