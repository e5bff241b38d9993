"""What stands on the paper for the case file, and that the same note is the same paper."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from server.app import shipped
from server.http import note_pdf
from server.services import note_copy
from server.services.exporting import Version
from server.services.note_copy import (
    Asked,
    Author,
    Beside,
    ChatLine,
    Copy,
    Earlier,
    Line,
    Meeting,
    PassedOn,
    Person,
    Present,
    Quoted,
    Reading,
    Task,
    ToldHome,
)
from tests import schema
from tests.conftest import NOON
from tests.http.noting.test_journal import SCHEMA
from tests.notes import ZONE

AN_HOUR = timedelta(hours=1)
PLAIN = Line(
    line=1, revision=2, section="talked_about", text="Kaninen hedder Plet.", written_at=NOON,
    quote=None, agreement=None, tags=(), must_pass_on=None, read_at=None,
    beside=(Beside("not_quite", "Den er grå.", NOON + AN_HOUR, 1),),
    earlier=(Earlier("Kaninen hedder Klat.", NOON - AN_HOUR),),
)  # fmt: skip
LINES = (
    PLAIN,
    replace(
        PLAIN, line=2, section="own_words", text="Jeg kan ikke sove.", earlier=(), beside=(),
        quote=Quoted("Sofie", date(2026, 11, 25), "chat"), read_at=NOON + AN_HOUR,
    ),
    replace(
        PLAIN, line=3, section="agreed", text="Mette ringer til Hanne.", earlier=(), beside=(),
        agreement=Task("Mette", NOON + timedelta(days=2), "open"), tags=("request",),
    ),
    replace(
        PLAIN, line=4, section="noticed", text="Du har ny medicin.", earlier=(), beside=(),
        must_pass_on=PassedOn("Det er medicin", NOON, None),
    ),
)  # fmt: skip
COPY = Copy(
    author=Author("mette", "Mette Lund"),
    young_person=Person(3, "Sofie"),
    meeting=Meeting(
        7, "Hvordan har du det i skolen", NOON, 30, "held",
        (Present("young_person", "Sofie"), Present("bisidder", "Aya")), ("school",), NOON, True,
    ),
    home="Lene og Karl",
    ready_at=NOON + AN_HOUR,
    reading=Reading(False, 4, 1, NOON + AN_HOUR),
    lines=LINES,
    told_home=(ToldHome("Døren må være lukket.", NOON, NOON + AN_HOUR),),
    requests=(
        Asked("request", "Jeg vil flytte.", NOON, "Mette", date(2026, 12, 9), None, None),
    ),
    chat=(ChatLine("young_person", "Sofie", "Jeg kan ikke sove.", NOON, 2),),
)  # fmt: skip


def version(copy: Copy = COPY, replaces: str | None = None, **more: Any) -> Version:
    known = {"export": 1, "meeting": 7, "version": 2, "waits_as": "", "at": NOON + 2 * AN_HOUR}
    return Version(name=f"enerum-{'0f' * 6}-v2", replaces=replaces, copy=copy, **known | more)


def words(of: Version, language: str = "da") -> note_pdf.Words:
    voice = note_pdf.voice(shipped()[1], language, of)
    return note_pdf.Words(voice, ZONE, "Nordby Kommune", "27.36.04 G01")


def said(of: Version, language: str = "da") -> str:
    """Every word of it, one after another."""

    def within(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        rows = value.values() if isinstance(value, dict) else value
        return [] if isinstance(value, bool) else [word for row in rows for word in within(row)]

    return "\n".join(within(note_pdf.told_in(of, words(of, language))))


@pytest.mark.parametrize(
    "stands",
    [
        "Noten er skrevet af Mette Lund til Sofie og til sagen.",
        f"Denne udgave erstatter enerum-{'0f' * 6}-v1.",
        "Sofie har læst eller fået læst 1 af 4 linjer, "
        "sidst onsdag den 25. november 2026 kl. 14.00.",
        "Med var Mette Lund (rådgiver), Sofie (den unge), Aya (bisidder).",
        "Skrevet af Sofie, onsdag den 25. november 2026",
        "Mette gør det senest fredag den 27. november 2026.",
        "Indtil da stod der, fra onsdag den 25. november 2026 kl. 12.00: Kaninen hedder Klat.",
        "Grund: Det er medicin",
        "Taget tilbage onsdag den 25. november 2026 kl. 14.00.",
        "Mette svarer senest onsdag den 9. december 2026.",
        "Til journalen i Nordby Kommune. KLE 27.36.04 G01. Må ikke gives til Lene og Karl.",
        "Anmodning",
        "Sofie siger, onsdag den 25. november 2026 kl. 14.00: Ikke helt. Den er grå.",
        "Det handler om de ord, der stod der før.",
    ],
)
def test_it_says_who_and_when_and_where_from(stands: str) -> None:
    """Domain 9 rows 11 and 29, D16: with its purpose on every page."""
    assert stands in said(version(replaces=f"enerum-{'0f' * 6}-v1"))


def test_a_first_version_replaces_nothing_and_an_unread_note_says_so() -> None:
    unread = replace(COPY, reading=Reading(False, 4, 0, None))
    told = said(version(unread))
    assert "erstatter" not in told
    assert "Sofie har ikke læst noten endnu." in told


def test_a_section_with_nothing_in_it_is_left_out() -> None:
    bare = replace(COPY, lines=(), told_home=(), requests=(), chat=())
    titles = [
        part["title"] for part in note_pdf.told_in(version(bare), words(version()))["sections"]
    ]
    assert titles == ["Hvem og hvornår", "Det snakkede vi om", "Sådan er noten blevet til"]


def test_the_same_version_is_the_same_paper_and_another_moment_is_another() -> None:
    """So that its SHA-256 means something."""
    first, again = (note_pdf.pdf(version(), words(version())) for _ in range(2))
    later = version(at=NOON + 5 * AN_HOUR)
    assert first == again
    assert note_pdf.pdf(later, words(later)) != first


def test_in_a_house_that_speaks_english_it_is_english() -> None:
    assert "This note was written by Mette Lund to Sofie" in said(version(), "en")
    assert note_pdf.pdf(version(), words(version(), "en")).startswith(b"%PDF")


def test_every_kind_of_line_keeps_to_the_schema() -> None:
    """What the tests over HTTP do not reach; moments with their zone."""
    told = version().told("Nordby Kommune", "27.36.04 G01", "0" * 64)
    read = json.loads(note_copy.as_json(told))
    assert schema.faults(read, SCHEMA, SCHEMA) == []
    assert datetime.fromisoformat(read["exported_at"]) == version().at
