"""What the home is asked before a talk it was told of (domain pack 4.4, H1 to H7).

All of it is about the place and the hour, never about the young person: there is no free text but
two names. Nothing has to be answered, and a later answer counts instead of an earlier one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import fault

NAME_LIMIT = 40


class Ask(StrEnum):
    ROOM = "room"  # a room with a door that can be shut
    OTHERS = "others"  # other people at home at that hour
    HELP = "help"  # help with getting started, by somebody who then goes
    TIMING = "timing"  # something practical about the hour
    AFTERWARDS = "afterwards"  # who is there afterwards
    NO_QUESTIONS = "no_questions"  # nobody asks what was said
    OWN_TALK = "own_talk"  # something they want to talk about themselves: another talk


CHOICES: Mapping[Ask, tuple[str, ...]] = {
    Ask.ROOM: ("yes", "no"),
    Ask.OTHERS: ("no", "yes", "not_sure"),
    Ask.HELP: ("no", "yes"),
    Ask.TIMING: ("none", "training", "bedtime", "visit"),
    Ask.AFTERWARDS: ("somebody",),
    Ask.NO_QUESTIONS: ("yes", "talk"),
    Ask.OWN_TALK: ("no", "yes"),
}
NAMED = {Ask.HELP: "yes", Ask.AFTERWARDS: "somebody"}  # where a name comes with the answer
# What the caseworker has to do about an answer.
ADVICE = frozenset(
    {
        (Ask.ROOM, "no"), (Ask.OTHERS, "yes"), (Ask.NO_QUESTIONS, "talk"), (Ask.OWN_TALK, "yes"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a home's; `name` only where one was asked for."""

    ask: Ask
    answer: str
    name: str = ""


def read(form: Mapping[str, str]) -> tuple[Said, ...]:
    """Give what was answered; raises `Invalid` with all that cannot be, and where nothing was."""
    wrong: dict[str, str] = {}
    found: list[Said] = []
    for ask, choices in CHOICES.items():
        name = " ".join(form.get(f"{ask}_name", "").split())
        if amiss := fault(name, NAME_LIMIT):
            wrong[f"{ask}_name"] = amiss
        answer = form.get(ask, "somebody" if ask == Ask.AFTERWARDS and name else "")
        if answer and answer not in choices:
            wrong[ask] = "unknown-answer"
        elif answer:
            found.append(Said(ask, answer, name if NAMED.get(ask) == answer else ""))
    if not found and not wrong:
        wrong["form"] = "nothing-answered"
    if wrong:
        raise Invalid(**wrong)
    return tuple(found)
