"""What the caseworker's note page and the note beside the call are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain.ages import Band
from server.domain.errors import Invalid, NotFound
from server.domain.roles import Caseworker
from server.http import during_rows, render
from server.http.dates import spoken
from server.http.forms import Form
from server.http.names import genitive
from server.services import drafting, handing_over, noting, releasing
from server.ws import items

DIGITS = 15  # more than any id of ours has


@dataclass(frozen=True, slots=True)
class Note:
    """`unsent` holds by place what was typed and not sent; `errors` by place what was wrong."""

    meeting: int
    young_name: str
    home_name: str
    when: str
    items: list[dict[str, Any]]
    ready: bool
    may_be_ready: bool
    days: int  # of reading, in weekdays
    leaves: str
    left: str
    around: Mapping[str, Any]  # what happened around the talk
    answers: list[tuple[str, str, str]]  # what the home answered: kind, words, when
    unsent: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def with_error(self, place: str, words: str) -> "Note":
        return replace(self, errors={place: words})


async def of(
    request: web.Request,
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    *,
    typed: Mapping[str, str] | None = None,
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
        barns=genitive(row.young_person.name, language),
        hjem=row.placement.home_name,
    )
    shown = await noting.items_for_host(db, meeting)
    leaves_at, left_at = await releasing.hour_of(db, meeting)
    drafts = await drafting.of_note(db, who, meeting, [item.item for item in shown])
    answers = await handing_over.answers(db, row.placement_id)
    return Note(
        meeting=meeting,
        young_name=row.young_person.name,
        home_name=row.placement.home_name,
        when=spoken(row.starts_at, zone, language),
        items=items.for_host(voice, shown),
        ready=row.note_ready_at is not None,
        may_be_ready=row.starts_at <= now,
        days=request.app[keys.SETTINGS].reading_weekdays[noting.reader_band(row, now)],
        leaves=spoken(leaves_at, zone, language) if leaves_at else "",
        left=spoken(left_at, zone, language) if left_at else "",
        around=await during_rows.of_note(request, db, who, meeting),
        answers=[
            (voice.say(f"home.answer.{a.kind}"), a.text, spoken(a.at, zone, language))
            for a in answers
        ],
        unsent=drafts | dict(typed or {}),
    )


def number(request: web.Request, name: str) -> int:
    """An id from the address; anything else is an address that does not exist."""
    text = request.match_info[name]
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        raise NotFound
    return int(text)


def whole(form: Form, name: str) -> int:
    """An id from a hidden field of ours."""
    text = form.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > DIGITS:
        raise Invalid(**{name: "unknown-answer"})
    return int(text)
