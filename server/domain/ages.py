"""Age bands of the texts, and a young person's age as time goes by.

We keep the age that was told and the day it was told, never a date of birth (C22).
"""

from datetime import date
from enum import StrEnum

YOUNGEST, OLDEST = 6, 23


class Band(StrEnum):
    """Whom a sentence is written for; the value is the catalogue's context."""

    SIX = "6"
    TEN = "10"
    THIRTEEN = "13"
    EIGHTEEN = "18"
    ADULT = "adult"


def age_now(told: int, told_on: date, today: date) -> int:
    """Say how old a young person is at least, counting full years since the age was told."""
    years = today.year - told_on.year - ((today.month, today.day) < (told_on.month, told_on.day))
    return told + max(0, years)


def band(age: int) -> Band:
    """Choose the band whose words a young person of this age gets."""
    if age >= 18:
        return Band.EIGHTEEN
    if age >= 13:
        return Band.THIRTEEN
    return Band.TEN if age >= 10 else Band.SIX
