"""What the caseworker's note page and the note beside the call are drawn from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import writing
from server.domain.ages import Band
from server.domain.errors import NotFound
from server.domain.roles import Caseworker
from server.http import (
    aftercare_words,
    completing_words,
    during_rows,
    journal_rows,
    note_errors,
    note_sections,
    passing_words,
    render,
)
from server.http.dates import spoken
from server.services import (
    commenting,
    drafting,
    handing_over,
    note_facts,
    noting,
    promising,
    releasing,
    requesting,
    telling,
)
from server.ws import items

A_WEEK = timedelta(days=7)
DIGITS = 15  # more than any id of ours has


@dataclass(frozen=True, slots=True)
class Note:
    """`unsent` holds by place what was typed and not sent; `errors` by place what was wrong."""

    meeting: int
    young_name: str
    home_name: str
    when: str
    items: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    chat: list[dict[str, Any]]  # all that was written, with what is in the note already
    own_words: tuple[int, int]
    writes: Mapping[str, str]  # what a new line begins with
    ready: bool
    may_be_ready: bool
    days: int  # of reading, in weekdays
    leaves: str
    left: str
    around: Mapping[str, Any]  # what happened around the talk
    lacks: Mapping[str, Any]  # of the municipality's template (S56)
    aftercare: Mapping[str, Any]  # who supports the young person afterwards (C30)
    journal: Mapping[str, Any]  # how it stands with the case system
    answers: list[tuple[str, str, str, str]]  # what the home answered: kind, about, words, when
    pass_on: Mapping[int, passing_words.Marked]  # by item: by which line, with whom, phoned to whom
    entries: Sequence[tuple[int, str]]  # the lines of the list in force
    unsent: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)  # of what is unsent, by place
    typed: Mapping[str, str] = field(default_factory=dict)  # the other fields of that form
    errors: Mapping[str, str] = field(default_factory=dict)

    def with_errors(self, errors: Mapping[str, str]) -> "Note":
        return replace(self, errors=errors)

    @property
    def wrong(self) -> list[tuple[str, str]]:
        return note_errors.listed(self.errors, self.unsent)


async def of(
    request: web.Request,
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    *,
    typed: Mapping[str, str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> Note:
    """Read a caseworker's own note, in words. Raises `NotFound` for another's."""
    row = await noting.own_note(db, who, meeting)
    zone, language = request.app[keys.SETTINGS].zone, render.language(request)
    now = request.app[keys.CLOCK].now()
    voice = render.voice(
        request,
        Band.ADULT,
        navn=who.first_name,
        barn=row.young_person.name,
        hjem=row.placement.home_name,
    )
    shown = await noting.items_for_host(db, meeting)
    leaves_at, left_at = await releasing.hour_of(db, meeting)
    talk = await during_rows.of_note(request, db, who, meeting)
    rows = items.for_host(voice, shown, locked=talk["locked"])
    facts = await note_facts.of(db, meeting, now)
    around = note_sections.Around(
        voice=voice,
        zone=zone,
        young_name=row.young_person.name,
        facts=facts,
        agreements=await promising.agreements(db, meeting),
        tags=await requesting.tags(db, meeting),
        today=now.astimezone(zone).date(),
        comments=await commenting.of_note(db, meeting),
        went=await telling.of_note(db, meeting),
    )
    written = [note_sections.written(one) for one in shown]
    drafts = await drafting.of_note(db, who, meeting, [item.item for item in shown])
    answers = await handing_over.answers(db, row.placement_id)
    return Note(
        meeting=meeting,
        young_name=row.young_person.name,
        home_name=row.placement.home_name,
        when=spoken(row.starts_at, zone, language),
        items=rows,
        sections=note_sections.of(around, shown, rows),
        chat=await chat(db, meeting, zone, language),
        own_words=writing.own_words(written),
        writes={
            "said_by": row.young_person.name,
            "said_on": row.starts_at.astimezone(zone).date().isoformat(),
            "owner": who.first_name,
            "due": (now.astimezone(zone).date() + A_WEEK).isoformat(),
        },
        ready=row.note_ready_at is not None,
        may_be_ready=row.starts_at <= now,
        days=request.app[keys.SETTINGS].reading_weekdays[noting.reader_band(row, now)],
        leaves=spoken(leaves_at, zone, language) if leaves_at else "",
        left=spoken(left_at, zone, language) if left_at else "",
        around=talk,
        lacks=completing_words.of_note(voice, facts, written, request.app[keys.SETTINGS].note_must),
        aftercare=aftercare_words.of_note(voice, facts),
        pass_on=await passing_words.of(request, db, meeting, shown),
        entries=await passing_words.entries(db, voice),
        journal=await journal_rows.of_note(request, db, voice, who, meeting),
        answers=[
            (voice.say(f"home.answer.{a.kind}"), a.about, a.text, spoken(a.at, zone, language))
            for a in answers
        ],
        unsent={place: unsent.text for place, unsent in drafts.items() if unsent.text}
        | dict(typed or {}),
        revisions={place: unsent.revision for place, unsent in drafts.items()},
        typed=fields or {},
    )


async def chat(
    db: AsyncSession, meeting: int, zone: ZoneInfo, language: str
) -> list[dict[str, Any]]:
    """What was written, each with whether the note has it as a quote."""
    taken = await noting.taken_from_chat(db, meeting)
    return [
        {
            "id": line.id,
            "by": line.by,
            "text": line.text,
            "at": spoken(line.at, zone, language, "clock"),
            "item": taken.get(line.id, 0),
        }
        for line in await note_facts.chat(db, meeting)
    ]


def number(request: web.Request, name: str) -> int:
    """An id from the address; anything else is an address that does not exist."""
    text = request.match_info[name]
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        raise NotFound
    return int(text)
