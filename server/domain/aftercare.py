"""Who supports the young person after a hard talk (C30, S41).

No talk counts as finished without it: somebody is named, or the young person wanted nobody. Who
that is they say themselves; the caseworker asks.
"""

from dataclasses import dataclass

from server.domain.errors import Invalid
from server.domain.words import are_odd

WHO_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Aftercare:
    """`who` is empty where the young person `said_no` to anybody."""

    who: str
    said_no: bool = False


def aftercare(who: str, *, said_no: bool) -> Aftercare:
    """Take what was agreed, or raise `Invalid`. A no stands above a name that was there already."""
    if said_no:
        return Aftercare("", said_no=True)
    tidy = " ".join(who.split())
    if not tidy:
        raise Invalid(supports="supports-missing")
    if len(tidy) > WHO_LIMIT:
        raise Invalid(supports="too-long")
    if are_odd(tidy):
        raise Invalid(supports="odd-characters")
    return Aftercare(tidy)
