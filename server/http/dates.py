"""Days and times in words, as people here say them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime

PATTERNS = {
    "da": {
        "full": "EEEE 'den' d. MMMM 'kl.' HH.mm",
        "day": "EEEE 'den' d. MMMM",
        "clock": "HH.mm",
        "at": "'kl.' HH.mm",
        "weekday": "EEEE",
        "short-day": "d. MMM",
    },
    "en": {
        "full": "EEEE d MMMM 'at' HH.mm",
        "day": "EEEE d MMMM",
        "clock": "HH.mm",
        "at": "'at' HH.mm",
        "weekday": "EEEE",
        "short-day": "d MMM",
    },
}


def spoken(moment: datetime, zone: ZoneInfo, language: str, form: str = "full") -> str:
    """Say a moment: "onsdag den 25. november kl. 16.00"; `form` is one of PATTERNS."""
    local = moment.astimezone(zone)
    return format_datetime(local, PATTERNS[language][form], locale=language)


def spoken_day(day: date, language: str) -> str:
    """Say a day: "fredag den 27. november"."""
    return format_date(day, PATTERNS[language]["day"], locale=language)
