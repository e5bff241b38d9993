"""Which passwords a caseworker may choose (V6.2): long, and not made of what anybody would try.

Length does the work, so there are no rules about kinds of characters, and nothing grows old.
"""

import re
from collections.abc import Iterable

from server.domain.errors import Invalid

SHORTEST, LONGEST = 12, 256
FEWEST_KINDS = 5  # different characters
OWN = 6  # letters and digits that must be left when everything easily tried is taken away

# What people put first, in Danish and English; runs of the keyboard and of the digits.
EASILY_TRIED = (
    "adgangskode", "kodeord", "password", "passw0rd", "velkommen", "welcome", "kommune",
    "rådgiver", "raadgiver", "sagsbehandler", "enerum", "hemmelig", "secret", "letmein",
    "danmark", "denmark", "københavn", "kobenhavn", "aarhus", "odense", "aalborg", "sommer",
    "vinter", "efterår", "forår", "summer", "winter", "januar", "februar", "marts", "april",
    "juni", "juli", "august", "september", "oktober", "november", "december", "mandag",
    "tirsdag", "onsdag", "torsdag", "fredag", "iloveyou", "jegelskerdig", "fodbold", "football",
    "admin", "administrator", "changeme", "qwertyuiopå", "qwertyuiop", "qwerty", "asdfghjklæø",
    "asdfghjkl", "asdfgh", "zxcvbnm", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1q2w3e4r", "1qaz2wsx",
    "abcdefghijklmnopqrstuvwxyz", "abcdefgh", "abcdef", "abc", "01234567890", "1234567890",
    "123456789", "12345678", "1234567", "123456", "12345", "1234", "123", "0987654321",
    "987654321", "654321",
)  # fmt: skip
YEAR = re.compile(r"(19|20)\d\d")


def check(password: str, about: Iterable[str] = ()) -> None:
    """Raise `Invalid` for a password that cannot be used; `about` are its owner's own words."""
    if len(password) < SHORTEST:
        raise Invalid(password="password-short")  # noqa: S106  # the id of a sentence
    if len(password) > LONGEST:
        raise Invalid(password="password-long")  # noqa: S106
    left = password.casefold()
    for word in sorted(_own_words(about), key=len, reverse=True):
        left = left.replace(word, "")
    if _letters(left) != _letters(password.casefold()) and len(_letters(left)) < OWN:
        raise Invalid(password="password-own-name")  # noqa: S106
    for word in sorted(EASILY_TRIED, key=len, reverse=True):
        left = left.replace(word, "")
    left = _letters(YEAR.sub("", left))
    if len(left) < OWN or len(set(password)) < FEWEST_KINDS or _repeats(password.casefold()):
        raise Invalid(password="password-common")  # noqa: S106


def _own_words(about: Iterable[str]) -> set[str]:
    """Parts of names and logins long enough to make a password easy."""
    return {
        part for text in about for part in re.split(r"[\W_]+", text.casefold()) if len(part) >= 3
    }


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _repeats(text: str) -> bool:
    """Whether it is one short piece over and over."""
    return any(
        text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1)
    )
