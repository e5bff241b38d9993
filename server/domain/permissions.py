"""Who may be in which talk of a meeting (domain pack 3.1), as a table. Whoever it does not name is
not let in. Who comes to the meeting at all the young person says (domain/circle.py).
"""

from collections.abc import Mapping
from enum import StrEnum

from server.domain.roles import BY_NAME, Role


class Talk(StrEnum):
    """The talks one meeting can fall into."""

    ROOM = "room"
    OWN_ROOM = "own_room"  # the young person and the bisidder
    ALONE = "alone"  # the young person and the host


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


def may_be_in(talk: Talk, role: Role) -> bool:
    return role in TALKS[talk]


def may_be_asked_in(talk: Talk, role: Role) -> bool:
    """Whether the young person may have somebody of this role with them there."""
    return role in ASKED_IN.get(talk, frozenset())
