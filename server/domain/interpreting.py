"""Whether a meeting that needs an interpreter has one the young person goes along with (R7).

The caseworker says whether there shall be one; who that is stands on the list of those invited,
and the young person has the last word about them. So the caseworker's word is read together with
the list: "invited" is "missing" as soon as nobody on it may come.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from server.domain.checklist import Reply
from server.domain.circle import SHUT, Verdict
from server.domain.errors import Invalid
from server.domain.roles import Role

QUESTION, INVITED, MISSING = "interpreter", "invited", "missing"


@dataclass(frozen=True, slots=True)
class OnList:
    """Somebody on the list of those invited."""

    role: Role
    verdict: Verdict
    kept_out: bool = False  # taken off it, or held away by a decision


def may_come(people: Iterable[OnList]) -> bool:
    """Whether an interpreter is invited whom the young person has not said no to."""
    return any(
        p.role == Role.INTERPRETER and not p.kept_out and p.verdict not in SHUT for p in people
    )


def another_wanted(people: Iterable[OnList]) -> bool:
    """Whether the young person said no to an interpreter, and no other is invited instead."""
    known = [p for p in people if p.role == Role.INTERPRETER and not p.kept_out]
    return any(p.verdict in SHUT for p in known) and not may_come(known)


def by_the_list(replies: Iterable[Reply], people: Iterable[OnList]) -> tuple[Reply, ...]:
    """The caseworker's answers, where one about an interpreter holds only with one invited."""
    found = may_come(people)
    return tuple(
        replace(reply, answer=MISSING)
        if (reply.question, reply.answer) == (QUESTION, INVITED) and not found
        else reply
        for reply in replies
    )


def require_invited(answer: str, people: Iterable[OnList]) -> None:
    """Raise `Invalid` for "invited" with nobody on the list."""
    if answer == INVITED and not may_come(people):
        raise Invalid(answer="interpreter-first")
