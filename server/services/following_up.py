"""What follows from a line that broke, from somebody's going, and from a wish for afterwards: as it
stands at a moment, for the room and its alerts (D4, D11, S44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain import ways
from server.domain.checklist import Reply
from server.domain.fallback import Stage, stage, was_hard
from server.domain.roles import Role
from server.store import seats
from server.store import ways as store
from server.store.tables import Meeting


@dataclass(frozen=True, slots=True)
class FollowUp:
    fallback: Stage  # the young person's line broke
    they_call: bool  # agreed beforehand: the young person rings (R8)
    waits_for_goodbye: bool  # they went, and nothing has been said since
    to_say_aloud: str  # the wish for afterwards that the home may hear once it is said


def of(row: Meeting, said: Sequence[Reply], now: datetime) -> FollowUp:
    """Work it out from a meeting's rows and what the young person said."""
    young = seats.of_role(row, Role.YOUNG_PERSON)
    host = seats.of_role(row, Role.CASEWORKER)
    agreed = [reply.answer for reply in host.replies if reply.question == "fallback"]
    changing = any(visit.changing_subject_at is not None for visit in young.visits)
    ticks = [tick.fact() for tick in row.ticks]
    return FollowUp(
        fallback=stage(
            store.broken_at(row, young),
            ticks,
            hard=was_hard(said, changing_subject=changing),
            now=now,
        ),
        they_call=bool(agreed) and agreed[-1] == "young_person_calls",
        waits_for_goodbye=ways.waits_for_goodbye(store.left_at(young), ticks),
        to_say_aloud=ways.to_say_aloud(said, ticks),
    )
