"""The checklist before a call, and the gate behind it.

A person says about a few things whether they are fine as planned. Whatever is not fine is
never a fault: they ask for another way and are offered one. The gate only leads to a knock;
the seat comes from the host's door (P1).

Closing is free, opening is checked: what *this* device answered decides its own gate, and an
older answer from another device stands only until it is asked again. A wish for another way
stays standing for the host until the device it came from, or the admitted one, takes it back.
What shuts somebody out is in circle.py. Start reading at `gate`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NoReturn

from server.domain import helping
from server.domain.errors import Invalid
from server.domain.questions import TOPICS, Kind, Question
from server.domain.words import require

OLD_AFTER = timedelta(minutes=10)
TEXT_LIMIT = 200


class Gate(StrEnum):
    CLOSED = "closed"  # something has not been answered
    ANOTHER_WAY = "another_way"  # something should be different: offer it
    READY = "ready"


# Answers after which this call is not what the person wants, or not what may be. Everything
# else is fine as it is. Any of them can be answered anew at any time.
NOT_LIKE_THIS: Mapping[str, frozenset[str]] = {
    "way": frozenset({"phone", "walk"}),
    "heard": frozenset({"find_other"}),
    "not_there": frozenset({"caseworker"}),
    "room": frozenset({"open_office"}),
    "told": frozenset({"not_yet"}),
    "purpose": frozenset({"in_person"}),
    "after": frozenset({"move"}),
    "interpreter": frozenset({"missing"}),
    "guest_room": frozenset({"not_alone"}),
    "secrecy": frozenset({"under_15"}),
    "interpreter_secrecy": frozenset({"call_first"}),
    "professional_secrecy": frozenset({"call_first"}),
    "acquainted": frozenset({"yes"}),
}

# These offers of the neutral button keep the gate shut; "write" is a way through it.
NOT_IN_THIS_CALL = frozenset({"phone", "walk", "time", "place", "meet"})

# A later answer to one of these says the neutral button's wish is over: "I will, after all".
TAKES_BACK_ANOTHER_WAY = frozenset({"way", "heard"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it was given. `admitted`: on a device the host has admitted in this meeting."""

    question: str
    answer: str
    at: datetime
    session: int
    admitted: bool = False
    text: str = ""


def standing(replies: Iterable[Reply], session: int) -> dict[str, Reply]:
    """For each question the answer that counts on this device: its own, else the newest one."""
    newest: dict[str, Reply] = {}
    own: dict[str, Reply] = {}
    for reply in sorted(replies, key=lambda r: r.at):
        newest[reply.question] = reply
        if reply.session == session:
            own[reply.question] = reply
    return newest | own


def gate(asked: Sequence[Question], replies: Iterable[Reply], session: int) -> Gate:
    """Say where the gate stands for the person holding this device.

    What is not fine on *another* device only leaves its question open here: the gate then says
    that something has not been answered, and this screen tells nobody what was said there (P3).
    """
    said = list(replies)
    counted = standing(said, session)
    if _shuts(wish(r for r in said if r.session == session)) or any(
        reply.session == session and _not_like_this(reply) for reply in counted.values()
    ):
        return Gate.ANOTHER_WAY
    if helping.with_adult(helping.step(said, session)):
        return Gate.CLOSED  # an adult helps, or has not gone: the rest waits for the child alone
    left_open = {reply.question for reply in counted.values() if _not_like_this(reply)}
    if _shuts(wish(said)) and not _own(counted, TAKES_BACK_ANOTHER_WAY, session):
        left_open |= TAKES_BACK_ANOTHER_WAY
    if all(question.id in counted and question.id not in left_open for question in asked):
        return Gate.READY
    return Gate.CLOSED


def wish(replies: Iterable[Reply]) -> Reply | None:
    """The newest press of the neutral button that still stands.

    Only the device it came from, or the one the host admitted, takes it back: somebody else
    with the link cannot answer it away. "The time suits me" takes back a wish for another time.
    """
    standing_wishes: dict[int, Reply] = {}
    for reply in sorted(replies, key=lambda r: r.at):
        if reply.question == "another_way":
            standing_wishes[reply.session] = reply
        elif (reply.question, reply.answer) == ("time", "fits"):
            for session in [*standing_wishes] if reply.admitted else [reply.session]:
                if session in standing_wishes and standing_wishes[session].answer == "time":
                    del standing_wishes[session]
        elif reply.question in TAKES_BACK_ANOTHER_WAY:
            if reply.admitted:
                standing_wishes.clear()
            standing_wishes.pop(reply.session, None)
    return max(standing_wishes.values(), key=lambda r: r.at, default=None)


def ask_again(replies: Iterable[Reply], session: int, now: datetime) -> frozenset[str]:
    """Name the questions whose answer has grown old: another device's, or past ten minutes."""
    return frozenset(
        reply.question
        for reply in standing(replies, session).values()
        if reply.session != session or now - reply.at > OLD_AFTER
    )


def check(question: Question, answer: str, people: Iterable[int] = (), text: str = "") -> str:
    """Give the answer in the one form it is kept in, or raise `Invalid`.

    Topics are kept as "school=yes friends=not_today", people as seat ids "12 13", several as
    "pauses drawing"; `people` are the seats this person may name.
    """
    require("text", text, TEXT_LIMIT)
    chosen = answer.split() if question.kind == Kind.SEVERAL else [answer]
    if question.asks_text.intersection(chosen) and not text.strip():
        _ask_for_words(question)
    match question.kind:
        case Kind.ONE | Kind.LINES if answer in question.answers:
            return answer
        case Kind.PEOPLE if answer in question.answers:
            return answer
        case Kind.PEOPLE:
            known = {str(seat) for seat in people}
            if (named := answer.split()) and known.issuperset(named):
                return " ".join(sorted(set(named), key=int))
        case Kind.SEVERAL:
            picked = answer.split()
            if set(picked) <= set(question.answers):
                return " ".join(said for said in question.answers if said in picked)
        case Kind.TOPICS:
            pairs = dict(part.split("=", 1) for part in answer.split() if "=" in part)
            if set(pairs) <= set(TOPICS) and set(pairs.values()) <= set(question.answers):
                return " ".join(f"{topic}={said}" for topic, said in pairs.items())
    raise Invalid(answer="unknown-answer")


def _ask_for_words(question: Question) -> NoReturn:
    match question.id:
        case "stop":
            raise Invalid(text="say-the-word")
        case "easier":
            raise Invalid(text="say-which")
        case "first" | "good_place":
            raise Invalid(text="say-what")
        case _:
            raise Invalid(text="say-who-or-why")


def topics(reply: Reply | None) -> dict[str, str]:
    """Read a topics answer back, topic by topic."""
    return dict(part.split("=", 1) for part in reply.answer.split()) if reply else {}


def _not_like_this(reply: Reply) -> bool:
    return reply.answer in NOT_LIKE_THIS.get(reply.question, frozenset())


def _shuts(wished: Reply | None) -> bool:
    return wished is not None and wished.answer in NOT_IN_THIS_CALL


def _own(counted: Mapping[str, Reply], questions: Iterable[str], session: int) -> bool:
    return any(q in counted and counted[q].session == session for q in questions)
