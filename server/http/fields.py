"""Reads a form field by field, and remembers all that is wrong instead of the first thing."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from server.domain.errors import Invalid
from server.http import forms
from server.http.forms import Form
from server.texts import Voice

Read = TypeVar("Read")
PHONE_LIMIT = 30


class Fields:
    """`take` each field, then `done()` raises one `Invalid` with every field that was wrong."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.wrong: dict[str, str] = {}

    def take(self, read: Callable[[], Read], otherwise: Read) -> Read:
        try:
            return read()
        except Invalid as invalid:
            for field, code in invalid.fields.items():
                self.wrong.setdefault(field, code)  # the first thing wrong stands
            return otherwise

    def short(self, field: str, limit: int, *, needed: bool = True) -> str:
        """One line of text. What is missing is said by the field's own sentence."""
        text = self.take(lambda: forms.short(self.form, field, limit, needed=False), "")
        if needed and not text:
            self.wrong.setdefault(field, f"{field.replace('_', '-')}-missing")
        return text

    def number(self, field: str, low: int, high: int, error: str = "number-range") -> int:
        return self.take(lambda: forms.number(self.form, field, low, high, error), low)

    def phone(self, field: str = "phone", *, needed: bool = True) -> str:
        """A telephone number as people write it."""
        text = self.short(field, PHONE_LIMIT, needed=needed)
        rest = text.lstrip("+").translate(str.maketrans("", "", " -()"))
        if text and not (rest.isascii() and rest.isdigit() and len(rest) >= 3):
            self.wrong.setdefault(field, "phone-form")
        return text

    def one_of(self, field: str, *values: str) -> str:
        """One of a few words; nothing is chosen beforehand, so nothing may be missing."""
        value = self.form.get(field, "")
        if value not in values:
            self.wrong.setdefault(field, f"{field.replace('_', '-')}-choose")
        return value

    def done(self) -> None:
        if self.wrong:
            raise Invalid(**self.wrong)


def said(voice: Voice, invalid: Invalid, places: Mapping[str, str] | None = None) -> dict[str, str]:
    """What is wrong, by field of the page; `places` renames fields that are called otherwise."""
    found: dict[str, str] = {}
    for field, code in invalid.fields.items():
        found.setdefault((places or {}).get(field, field), voice.say(f"field.{code}"))
    return found
