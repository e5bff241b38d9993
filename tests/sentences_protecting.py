"""Families of sentences about what protects a young person, from the tables they are made from."""

from collections.abc import Iterator

from server.domain.ages import Band
from server.domain.deciding import DecisionKind, Guidance

YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for kind in DecisionKind:
        yield f"decide.kind.{kind}", ADULT
    for way in Guidance:
        yield f"decide.guidance.{way}", ADULT
    for band in YOUNG:
        yield f"decide.words.hint.{band}", ADULT
