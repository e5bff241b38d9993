"""Who is asking. A page gets one of these values and never a row.

Each type carries only what its holder may reach: a foster home's has no meeting in it, so
no service about meetings can be asked with it (P4, fourth lock).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

AccountId = NewType("AccountId", int)
MeetingId = NewType("MeetingId", int)
PlacementId = NewType("PlacementId", int)
SeatId = NewType("SeatId", int)
SessionId = NewType("SessionId", int)
YoungPersonId = NewType("YoungPersonId", int)


class Role(StrEnum):
    """A seat's role in one meeting."""

    CASEWORKER = "caseworker"
    YOUNG_PERSON = "young_person"
    BISIDDER = "bisidder"
    INTERPRETER = "interpreter"
    SECOND_PROFESSIONAL = "second_professional"  # a colleague or a trainee of the caseworker's


# Who comes because somebody asked them to: whom the young person may say no to (P2).
INVITED = frozenset(Role) - {Role.CASEWORKER, Role.YOUNG_PERSON}
# Of these the young person is asked one by one: wanting somebody on their own side is no yes to
# an adult the caseworker brings.
BY_NAME = frozenset({Role.INTERPRETER, Role.SECOND_PROFESSIONAL})


@dataclass(frozen=True, slots=True)
class Caseworker:
    """A signed-in caseworker."""

    account: AccountId
    session: SessionId
    first_name: str


@dataclass(frozen=True, slots=True)
class Guest:
    """A young person, or somebody invited, on one device, come by a link.

    `admitted` is true on the device the host admitted in this meeting, `vouched` where a code
    said by voice was typed. A bare link is anything else and shows no names and no earlier
    answers (design 2); answers that open count from the admitted device alone. `own_device`: it
    was admitted in another meeting of theirs and called their own; of this one it opens nothing.
    `came_back`: this browser was left with Gå nu in this meeting, and whose it is was not said.
    `device` is the digest of the mark this browser came with, if it had one.
    """

    seat: SeatId
    meeting: MeetingId
    session: SessionId
    role: Role
    admitted: bool
    vouched: bool = False
    own_device: bool = False
    came_back: bool = False
    device: str = ""

    @property
    def known(self) -> bool:
        """Whether names and earlier answers may be shown here."""
        return self.admitted or self.vouched


@dataclass(frozen=True, slots=True)
class FosterHome:
    """A foster home on one device. It knows its placement and nothing of any meeting."""

    placement: PlacementId
