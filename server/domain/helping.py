"""An adult helps a child of six to nine to get online, and then goes (H3, domain pack 2.1).

The help is with the device and the first steps. While an adult helps, this device asks, shows and
takes no answer of the child's own; it ends with the adult's "Jeg går nu" *and* the child's "ja, nu
er det kun mig". What is answered on a device where somebody helped is not read back on it: an adult
who comes back finds questions, and no answers. Saying so opens nothing by itself: the host's door
stands behind it, and whoever says no to help is asked aloud whether they are alone like everybody.

Steps are kept as replies to `QUESTION`, one device's own, and forgotten with the rest.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from server.domain.ages import Band
from server.domain.errors import Refused

if TYPE_CHECKING:
    from server.domain.checklist import Reply

QUESTION = "help"


class Step(StrEnum):
    ALONE = "alone"  # the child needs no help
    HELPED = "helped"  # an adult helps
    GOING = "going"  # the adult: "Jeg går nu"
    STAYS = "stays"  # the child: not yet
    GONE = "gone"  # the child: now it is only me


# No way leads from help to the questions but the child's own word that the adult has gone.
ALLOWED: Mapping[Step | None, frozenset[Step]] = {
    None: frozenset({Step.ALONE, Step.HELPED}),
    Step.ALONE: frozenset({Step.ALONE, Step.HELPED}),
    Step.HELPED: frozenset({Step.HELPED, Step.GOING}),
    Step.GOING: frozenset({Step.GOING, Step.HELPED, Step.STAYS, Step.GONE}),
    Step.STAYS: frozenset({Step.STAYS, Step.HELPED, Step.GONE}),
    Step.GONE: frozenset({Step.GONE, Step.HELPED}),
}
WITH_ADULT = frozenset({Step.HELPED, Step.GOING, Step.STAYS})
# What may be answered while an adult is there: when, and the neutral button (P3).
NOT_SENSITIVE = frozenset({"time", "another_way"})
SHOWN_FOR = timedelta(minutes=2)  # how long "Så gør vi sådan" stands where somebody helped


def offered(band: Band) -> bool:
    """Whether somebody of this age is asked if an adult helps."""
    return band == Band.SIX


def step(replies: Iterable["Reply"], session: int) -> Step | None:
    """The newest step on one device; None where help was never spoken of."""
    own = [r for r in replies if r.session == session and r.question == QUESTION]
    return Step(sorted(own, key=lambda r: r.at)[-1].answer) if own else None


def require(now_at: Step | None, wanted: Step) -> None:
    """Raise `Refused` where this step does not follow from the one before."""
    if wanted not in ALLOWED[now_at]:
        raise Refused("help-not-now")


def require_alone(question: str, replies: Iterable["Reply"], session: int) -> None:
    """Raise `Refused` for an answer of the child's own while an adult is at this device."""
    if question not in NOT_SENSITIVE and with_adult(step(replies, session)):
        raise Refused("adult-helps")


def with_adult(now_at: Step | None) -> bool:
    """Whether an adult is, or may be, at this device."""
    return now_at in WITH_ADULT


def locked(replies: Iterable["Reply"], session: int) -> bool:
    """Whether somebody has helped at this device, so that its answers are not read back there."""
    return any(
        r.session == session and (r.question, r.answer) == (QUESTION, Step.HELPED) for r in replies
    )


def may_show(answered: datetime, newest: datetime, now: datetime) -> bool:
    """Whether what an answer changed still stands on a device where somebody helped: the newest
    answer's, and for a moment, so that "tilbage" leads to nothing."""
    return answered >= newest and now - answered <= SHOWN_FOR
