"""Danish public holidays, and the other days on which a municipality's office is closed.

Five move with Easter, five have their date. Store bededag has been a working day since 2024. The
last three are no public holidays: offices close on them by agreement, and what is promised in
weekdays must not run out on Christmas Eve.
"""

from datetime import date, timedelta

BEDEDAG_UNTIL = 2023
AFTER_EASTER = (-3, -2, 0, 1, 39, 49, 50)  # Maundy Thursday to the second day of Whitsun
BEDEDAG = 26
EACH_YEAR = ((1, 1), (12, 25), (12, 26))
CLOSED_BY_AGREEMENT = ((6, 5), (12, 24), (12, 31))


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Gauss's rule as Butcher wrote it down)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    of_leap, of_rest = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * of_leap - moon - of_rest) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    sunday = easter(year)
    moving = [*AFTER_EASTER, *([BEDEDAG] if year <= BEDEDAG_UNTIL else [])]
    fixed = {date(year, month, day) for month, day in EACH_YEAR}
    return frozenset(fixed | {sunday + timedelta(days=days) for days in moving})


def is_closed(day: date) -> bool:
    """Whether nobody is in the office on a day that is no Saturday or Sunday."""
    return (day.month, day.day) in CLOSED_BY_AGREEMENT or day in holidays(day.year)
