"""Who may be in which talk (domain pack 3.1), as a table.

The formats come first, as they stand in the pack; then the talks of one meeting. Whatever a
table does not name is not let in.
"""

from collections.abc import Mapping
from enum import StrEnum

from server.domain.roles import BY_NAME, Role


class Format(StrEnum):
    ONE_TO_ONE = "one_to_one"
    WITH_BISIDDER = "with_bisidder"


class May(StrEnum):
    ALWAYS = "always"
    IF_YES = "if_yes"  # only with the young person's yes for this meeting
    NEVER = "never"


_BROUGHT = {Role.INTERPRETER: May.IF_YES, Role.SECOND_PROFESSIONAL: May.IF_YES}


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
        **_BROUGHT,
    },
    Format.WITH_BISIDDER: {
        Role.YOUNG_PERSON: May.ALWAYS,
        Role.CASEWORKER: May.ALWAYS,
        Role.BISIDDER: May.IF_YES,
        **_BROUGHT,
    },
}

TALKS: Mapping[Talk, frozenset[Role]] = {
    Talk.ROOM: frozenset(Role),
    Talk.OWN_ROOM: frozenset({Role.YOUNG_PERSON, Role.BISIDDER}),
    Talk.ALONE: frozenset({Role.YOUNG_PERSON, Role.CASEWORKER}),
}
# Who may be there besides, for as long as the young person wants them there.
ASKED_IN: Mapping[Talk, frozenset[Role]] = {
    Talk.OWN_ROOM: frozenset({Role.INTERPRETER}),
    Talk.ALONE: frozenset({Role.INTERPRETER}),
}

# The written word is the file's (P7): an interpreter's words are not their own, so they write
# none; and what was written before somebody was let in was not written to an adult who is there
# for the caseworker or for the language.
WRITES = frozenset(Role) - {Role.INTERPRETER}
READS_EARLIER = frozenset(Role) - BY_NAME


def format_of(roles: frozenset[Role]) -> Format:
    """Which format a meeting of these people is."""
    return Format.WITH_BISIDDER if Role.BISIDDER in roles else Format.ONE_TO_ONE


def may_come(kind: Format, role: Role) -> May:
    return MATRIX[kind].get(role, May.NEVER)


def may_be_in(talk: Talk, role: Role) -> bool:
    return role in TALKS[talk]


def may_be_asked_in(talk: Talk, role: Role) -> bool:
    """Whether the young person may have somebody of this role with them there."""
    return role in ASKED_IN.get(talk, frozenset())
