"""Text from forms into values, field by field; what was typed is never lost (bad input)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web

from server.domain.errors import Invalid
from server.domain.words import require

LARGEST = 64 * 1024  # bytes of a form, and of an offer
MOST_FIELDS = 400  # more than the longest page of ours sends; each costs a while to read
PLAIN = "application/x-www-form-urlencoded"
UTF_8 = "utf-8"
WHOLE = re.compile(r"0*([0-9]{1,15})")  # more digits than any number of ours has
MOST_ID = 10**15 - 1
Word = TypeVar("Word", bound=StrEnum)
Form = Mapping[str, str]


async def read_form(request: web.Request) -> dict[str, str]:
    """Read a form of plain fields. A field sent twice is joined with a space (checkboxes).

    Every page of ours is in UTF-8, and so is what it sends. Other charsets can spell halves of
    characters, which no database takes and no page can show.
    """
    if request.content_length is not None and request.content_length > LARGEST:
        raise Invalid(form="too-long")
    if request.body_exists and request.content_type != PLAIN:
        raise Invalid(form="no-files-here")
    if (request.charset or UTF_8).lower() != UTF_8:
        raise Invalid(form="odd-characters")
    if (await request.read()).count(b"&") >= MOST_FIELDS:
        raise Invalid(form="too-long")
    try:
        sent = await request.post()
    except ValueError:  # bytes that are no letters
        raise Invalid(form="odd-characters") from None
    read: dict[str, str] = {}
    for name, value in sent.items():
        if not isinstance(value, str):
            raise Invalid(form="no-files-here")
        tidy = value.replace("\r\n", "\n")
        if "\0" in tidy:
            raise Invalid(**{name: "odd-characters"})
        read[name] = f"{read[name]} {tidy}" if name in read else tidy
    return read


def one_of(kind: type[Word], text: str | None, field: str = "answer") -> Word:
    try:
        return kind(text or "")
    except ValueError:
        raise Invalid(**{field: "unknown-answer"}) from None


def day_of(text: str) -> date | None:
    """A day as a date field sends it; None where there is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def number(form: Form, field: str, low: int, high: int, error: str = "number-range") -> int:
    found = WHOLE.fullmatch(form.get(field, "").strip())
    if found is None or not low <= int(found[1]) <= high:
        raise Invalid(**{field: error})
    return int(found[1])


def whole(form: Form, name: str, error: str = "unknown-answer") -> int:
    """An id from a hidden field or a list of ours."""
    return number(form, name, 0, MOST_ID, error)


def wants_json(request: web.Request) -> bool:
    """Whether a script of ours asks, which reads values; else a browser shows a page."""
    return "application/json" in request.headers.get("Accept", "")


def short(form: Form, field: str, limit: int, *, needed: bool = True) -> str:
    """One line of text, tidied at the ends."""
    text = " ".join(form.get(field, "").split())
    return require(field, text, limit, "missing" if needed else "")


def moment(form: Form, day: str, clock: str, zone: ZoneInfo) -> datetime:
    """A local day and clock time, such as 2026-11-25 and 16:00, as a moment."""
    try:
        read = datetime.fromisoformat(f"{form.get(day, '')}T{form.get(clock, '')}")
    except ValueError:
        raise Invalid(**{day: "not-a-time"}) from None
    if read.tzinfo is not None:
        raise Invalid(**{day: "not-a-time"})
    return read.replace(tzinfo=zone)
