"""Sentences put together from the tables of what happens around a talk (domain/during.py)."""

from collections.abc import Iterator

from server.domain.ages import Band
from server.domain.during import Ask, Card

YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for line in Ask:
        yield f"ask.{line}", YOUNG + ADULT
    for card in Card:
        yield f"alert.card.{card}", ADULT
        yield f"alert.card.{card}.say", ADULT
