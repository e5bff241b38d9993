"""Families of sentences about what goes to the case system, and about one's own copy."""

from collections.abc import Iterator

from server.domain.ages import Band
from server.domain.exporting import Standing
from server.http import journal_rows

YOUNG = (Band.SIX, Band.TEN, Band.THIRTEEN, Band.EIGHTEEN)
ADULT = (Band.ADULT,)


def families() -> Iterator[tuple[str, tuple[Band, ...]]]:
    for standing in sorted(set(Standing) - {Standing.SENT}):
        yield f"journal.standing.{standing}", ADULT
    for standing in sorted(journal_rows.ASKS):
        yield f"journal.do.{standing}", ADULT
    for state in ("open", "kept", "missed"):
        yield f"copy.agreed.{state}", YOUNG
