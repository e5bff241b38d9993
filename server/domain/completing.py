"""The municipality's own template: what a note has to have before it is laid in front of a young
person (S56), and that they can read it themselves (S53).

What it lacks is always said. Where the municipality has made a part of it mandatory, it takes a
press that says "not this time": a talk in which nothing was agreed is a talk too.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from server.domain.sections import Section
from server.domain.writing import Written, holds_quote, measure


class Lack(StrEnum):
    """In the order they are said."""

    OWN_WORDS = "own_words"  # nothing in it is said by the young person
    AGREED = "agreed"
    EASY = "easy"  # a young person cannot read it without help


def lacks(lines: Sequence[Written]) -> tuple[Lack, ...]:
    """What a note of a talk that was held does not have."""
    found = {
        Lack.OWN_WORDS: not any(holds_quote(line) for line in lines),
        Lack.AGREED: not any(line.section == Section.AGREED for line in lines),
        Lack.EASY: not measure([line.text for line in lines if not line.is_quote]).is_easy,
    }
    return tuple(lack for lack in Lack if found[lack])


def unsaid(lacking: Iterable[Lack], must: Iterable[Lack], said: Iterable[Lack]) -> tuple[Lack, ...]:
    """What is mandatory and lacking, and nobody has said "not this time" about."""
    mandatory, given = set(must), set(said)
    return tuple(lack for lack in lacking if lack in mandatory and lack not in given)


def template(text: str) -> frozenset[Lack]:
    """Read the setting: the mandatory parts by name; empty is none. Raises `ValueError`."""
    return frozenset(Lack(part.strip()) for part in text.split(",") if part.strip())
