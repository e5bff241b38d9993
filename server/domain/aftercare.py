"""Who supports the young person after a hard talk (C30, S41).

No talk counts as finished without it: somebody is named, or the young person wanted nobody. Who
that is they say themselves; the caseworker asks.
"""

from dataclasses import dataclass

from server.domain.words import require

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
    return Aftercare(require("supports", " ".join(who.split()), WHO_LIMIT, "supports-missing"))
