"""What a caseworker sees to before a meeting, in the order a tired one wants it (R1-R15).

Three groups: what the room still waits for, what is good to do, and what is done. In the first the
next thing stands on top: what has to be done over, then what can be done ahead, then what depends
on others or on the hour. Start reading at `in_order`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.domain import checklist


class Group(StrEnum):
    BLOCKS = "blocks"  # the room does not open before
    GOOD = "good"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Thing:
    """One question of the caseworker's own list, and how it stands.

    `outdated`: they read how the young person wants it, and it has been changed since.
    """

    question: str
    answer: str | None
    outdated: bool = False
    waited_for: bool = True  # the room does not open without it

    @property
    def to_do_over(self) -> bool:
        """Answered, and not so that the room can open."""
        shut = self.answer in checklist.NOT_LIKE_THIS.get(self.question, frozenset())
        return self.answer is not None and (self.outdated or shut)

    @property
    def missing(self) -> bool:
        return self.to_do_over or (self.answer is None and self.waited_for)

    @property
    def group(self) -> Group:
        if self.missing:
            return Group.BLOCKS
        return Group.GOOD if self.answer is None else Group.DONE


def in_order(things: Iterable[Thing], *, answered: bool, is_open: bool) -> tuple[Thing, ...]:
    """Put what is to be done in order, the next first.

    `answered`: the young person has said how they want it. `is_open`: people may knock already.
    Before that there is nothing to read, and nobody knows yet where they will sit.
    """
    wait = frozenset({"read"} if not answered else ()) | ({"room"} if not is_open else set())
    return tuple(
        sorted(things, key=lambda t: (list(Group).index(t.group), not t.to_do_over,
                                      t.question in wait))
    )  # fmt: skip


# How, when and with whom: a meeting is not ready before the young person was asked all three (S6).
ASKED_FIRST = ("time", "way", "company")
WITHOUT_ASKING = "with_reason"  # the caseworker has written why they could not be (R3)


def was_asked(young: Iterable[str], own: Mapping[str, str]) -> bool:
    """Whether the young person has said how, when and with whom, or it stands written why not.

    `young` are the questions they answered, `own` the caseworker's answers.
    """
    return own.get("told") == WITHOUT_ASKING or set(ASKED_FIRST) <= set(young)
