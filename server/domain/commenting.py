"""What a young person says about a line of their note (domain pack 5.1, S54).

It stands beside the line and never in its place. Nobody else can change it or take it away; saying
something new leaves what was said before where it is.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import fault

WORDS_LIMIT = 1000


class Stand(StrEnum):
    RIGHT = "right"  # "sådan var det"
    NOT_QUITE = "not_quite"
    DISAGREE = "disagree"
    ASK_FIRST = "ask_first"  # before the parents are let read it (domain pack 9, row 13)


# How a line may fit; asking to be asked first is a press of its own.
FITS = (Stand.RIGHT, Stand.NOT_QUITE, Stand.DISAGREE)


@dataclass(frozen=True, slots=True)
class Comment:
    """A mark, some words, or both."""

    stand: Stand | None
    words: str


def comment(stand: str, words: str) -> Comment:
    """Take what was said about a line, or raise `Invalid`: either a mark or some words."""
    tidy = words.strip()
    wrong: dict[str, str] = {}
    if stand and stand not in {one.value for one in Stand}:
        wrong["stand"] = "unknown-answer"
    elif not stand and not tidy:
        wrong["stand"] = "comment-empty"
    if amiss := fault(tidy, WORDS_LIMIT):
        wrong["words"] = amiss
    if wrong:
        raise Invalid(**wrong)
    return Comment(Stand(stand) if stand else None, tidy)
