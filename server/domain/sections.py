"""The ten sections of a note, in their order, and what each takes (domain pack 5.2, S56).

They are data: one renderer draws them all. Five are written in, two are worked out of what was
decided about lines of the others, one holds the young person's own words, and the first and the
last fill themselves in.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import fault

NAME_LIMIT = 40
FURTHEST = timedelta(days=366)
_AND = frozenset({"og", "and", "&"})
_THE_HOME = frozenset({"hjemmet", "plejefamilien", "home", "the"})


class Section(StrEnum):
    WHO_AND_WHEN = "who_and_when"
    TALKED_ABOUT = "talked_about"
    NOTICED = "noticed"  # seen and heard, not interpreted
    THINKS = "thinks"  # the adult's own view, and marked so
    AGREED = "agreed"
    MUST_KNOW = "must_know"  # lines that must be passed on, wherever they were written
    MAY_KNOW = "may_know"  # lines the young person has chosen to tell
    OWN_WORDS = "own_words"
    NEXT_TIME = "next_time"
    MADE_LIKE_THIS = "made_like_this"


WRITTEN = (
    Section.TALKED_ABOUT, Section.NOTICED, Section.THINKS, Section.AGREED, Section.OWN_WORDS,
    Section.NEXT_TIME,
)  # fmt: skip
# A line that is nobody's quote and no agreement can stand in any of these.
PLAIN = (Section.TALKED_ABOUT, Section.NOTICED, Section.THINKS, Section.NEXT_TIME)
QUOTED_BY_NATURE = frozenset({Section.OWN_WORDS})
MAY_QUOTE = frozenset({Section.TALKED_ABOUT, Section.OWN_WORDS})
HAS_OWNER = frozenset({Section.AGREED})


class Tag(StrEnum):
    """What a line is besides, by law (domain pack 9, rows 7 and 8)."""

    REQUEST = "request"  # anmodning: the young person asked the municipality for something
    CONCERN = "concern"  # underretning: somebody must assess whether a child is safe


@dataclass(frozen=True, slots=True)
class Quote:
    """Whose words a line is, and when they were said."""

    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who does what was agreed, and by when."""

    owner: str
    due: date


def written_in(section: str) -> Section:
    """Take a section somebody writes in, or raise `Invalid`: the others are worked out."""
    if section not in {one.value for one in WRITTEN}:
        raise Invalid(section="unknown-section")
    return Section(section)


def moved(before: Section, is_quote: bool, section: str) -> Section:
    """Say where a line stands from now on, or raise `Invalid`: what somebody said, and what was
    agreed, stays what it is."""
    if is_quote or before not in PLAIN or section not in {one.value for one in PLAIN}:
        raise Invalid(section="unknown-section")
    return Section(section)


def quote(section: Section, by: str, day: date | None, latest: date) -> Quote | None:
    """Say whose words a line is. What stands under the young person's own words always is one's;
    elsewhere no name means that the line is the caseworker's own."""
    name = " ".join(by.split())
    if section not in MAY_QUOTE or not (name or section in QUOTED_BY_NATURE):
        return None
    wrong: dict[str, str] = {}
    if not name:
        wrong["said_by"] = "said-by-missing"
    _name(name, "said_by", wrong)
    if day is not None and day > latest:
        wrong["said_on"] = "said-later"
    if wrong:
        raise Invalid(**wrong)
    return Quote(name, day or latest)


def agreement(section: Section, owner: str, due: date | None, today: date) -> Agreement | None:
    """Say whose task an agreement is and by when, or raise `Invalid`: one of nobody's or of no day
    is none. Where the day is not known yet, it is the day to talk about it again."""
    if section not in HAS_OWNER:
        return None
    name = " ".join(owner.split())
    wrong: dict[str, str] = {}
    if not name:
        wrong["owner"] = "owner-missing"
    _name(name, "owner", wrong)
    if due is None or not today <= due <= today + FURTHEST:
        wrong["due"] = "agreed-due-range"
    if wrong or due is None:
        raise Invalid(**wrong)
    return Agreement(name, due)


def is_homes(owner: str, home: str) -> bool:
    """Whether a task is the home's: the owner goes by its name ("Lene og Karl"), or by some of it
    ("Karl"), or is called the home."""
    said = {word for word in owner.casefold().split() if word not in _AND}
    return bool(said) and (said <= set(home.casefold().split()) or said <= _THE_HOME)


def _name(name: str, field: str, wrong: dict[str, str]) -> None:
    if amiss := fault(name, NAME_LIMIT):
        wrong[field] = amiss
