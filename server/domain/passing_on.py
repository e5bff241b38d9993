"""What a municipality's people must pass on whatever the young person chose (domain pack 5.5).

The list is short, set by the municipality itself, dated, and approved by somebody with a name and
a post. Everything that is not on it is the young person's choice towards the home (P4, C11).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from server.domain.ages import Band
from server.domain.errors import Invalid
from server.domain.words import fault, require

MOST = 8  # a longer list is no list
WORDS_LIMIT = 120
NAME_LIMIT = 60
SPOKEN_TO_LIMIT = 60
OLDEST = timedelta(days=366)  # whoever approved it did so for now


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that must be passed on. What is urgent is phoned, and waits for no hour."""

    words: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """Who answers for the list, in which post, and on which day they said so."""

    name: str
    post: str
    on: date


def entries(typed: Sequence[tuple[str, bool]]) -> tuple[Entry, ...]:
    """Give the lines of a list, or raise `Invalid` with each that is wrong. Empty ones are none."""
    wrong: dict[str, str] = {}
    found: list[Entry] = []
    for number, (text, urgent) in enumerate(typed, start=1):
        words = " ".join(text.split())
        if amiss := fault(words, WORDS_LIMIT):
            wrong[f"entry_{number}"] = amiss
        elif any(words.casefold() == known.words.casefold() for known in found):
            wrong[f"entry_{number}"] = "entry-twice"
        elif words:
            found.append(Entry(words, urgent))
    if not found and not wrong:
        wrong["entry_1"] = "entry-missing"
    if len(found) > MOST:
        wrong[f"entry_{MOST + 1}"] = "entry-too-many"
    if wrong:
        raise Invalid(**wrong)
    return tuple(found)


def approval(name: str, post: str, on: date | None, today: date) -> Approval:
    """Give who approved the list, or raise `Invalid`: nothing is on it in nobody's name."""
    wrong: dict[str, str] = {}
    tidy = {"approved_by": " ".join(name.split()), "approved_post": " ".join(post.split())}
    missing = {"approved_by": "approver-missing", "approved_post": "approver-post-missing"}
    for field, words in tidy.items():
        if amiss := fault(words, NAME_LIMIT, missing[field]):
            wrong[field] = amiss
    if on is None or not today - OLDEST <= on <= today:
        wrong["approved_on"] = "approved-on-range"
    if wrong or on is None:
        raise Invalid(**wrong)
    return Approval(tidy["approved_by"], tidy["approved_post"], on)


def overrules(line_is_urgent: bool, band: Band) -> bool:
    """Whether a line of the list stands above what somebody of this age chose. From 18 on only
    somebody in danger does: nobody looks after a grown person's days for them (domain pack 9,
    row 17), and their own page says so."""
    return line_is_urgent or band != Band.EIGHTEEN


def spoken_to(text: str) -> str:
    """Give the name of whoever was told on the telephone, or raise `Invalid`."""
    name = " ".join(text.split())
    return require("spoken_to", name, SPOKEN_TO_LIMIT, "spoken-to-missing")
