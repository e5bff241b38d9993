"""What a note lacks, in its caseworker's words, and what of it is mandatory here (S56)."""

from collections.abc import Collection, Sequence
from typing import Any

from server.domain.completing import Lack, lacks
from server.domain.writing import Written
from server.http.forms import Form
from server.services.note_facts import Facts, Held
from server.texts import Voice

FIELDS = tuple(f"without_{lack}" for lack in Lack)


def of_note(
    voice: Voice, facts: Facts, lines: Sequence[Written], must: Collection[Lack]
) -> dict[str, Any]:
    """One quiet sentence about all of it, and a box for each part that is mandatory. A meeting that
    was not held lacks nothing."""
    lacking = lacks(lines) if facts.held == Held.HELD else ()
    names = ", ".join(voice.say(f"noting.lacks.{lack}") for lack in lacking)
    return {
        "said": voice.say("noting.lacks", liste=names) if names else "",
        "boxes": [
            (f"without_{lack}", voice.say(f"noting.without.{lack}"))
            for lack in lacking
            if lack in must
        ],
    }


def said(form: Form) -> list[Lack]:
    """What somebody pressed "not this time" about."""
    return [lack for lack in Lack if form.get(f"without_{lack}") == "yes"]
