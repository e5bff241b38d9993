"""The note on paper, to be read without a screen: by the young person's own printer, or as the
sheet their caseworker gives them by hand. With room to tick what the home may know, and to write
one's own words."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain.roles import MeetingId
from server.domain.sections import WRITTEN
from server.http import choosing_view, guards, reading_words, render
from server.http.choosing_view import not_here
from server.http.dates import spoken
from server.http.note_view import number
from server.http.pages.choosing import CHOICES
from server.services import calling, commenting, noting, promising
from server.texts import Voice
from server.ws import items


async def show(request: web.Request) -> web.Response:
    """For the young person, where the note opens."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    return _sheet(request, reading.voice, reading.items, back="/choosing/preview")


async def show_to_host(request: web.Request) -> web.Response:
    """The same sheet for their caseworker to print, in the young person's words."""
    who = await guards.caseworker(request)
    meeting = number(request, "meeting")
    now, zone = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, who, MeetingId(meeting))
        shown = await noting.items_for_host(db, meeting)
        said = await commenting.of_note(db, meeting)
        agreed = await promising.agreements(db, meeting)
    young, home = row.young_person.name, row.placement.home_name
    voice = render.voice(
        request,
        noting.reader_band(row, now),
        navn=who.first_name,
        barn=young,
        hjem=home,
        phone=row.account.phone,
    )
    words = reading_words.Around(voice, zone, young, agreed, said)
    rows = [
        told | reading_words.beside(words, one)
        for told, one in zip(items.for_young_person(voice, shown), shown, strict=True)
    ]
    when = spoken(row.starts_at, zone, voice.language)
    return _sheet(request, voice, rows, when=when)


def _sheet(
    request: web.Request,
    voice: Voice,
    rows: list[dict[str, Any]],
    *,
    when: str = "",
    back: str = "",
) -> web.Response:
    """Line by line under its section, in the order of the note. `back`: whoever reads it is the
    young person, and has their ways out on it until it is printed."""
    titles = [voice.say(f"reading.section.{section}") for section in WRITTEN]
    sections = [(title, [row for row in rows if row["section"] == title]) for title in titles]
    context = {
        "sections": [(title, lines) for title, lines in sections if lines],
        "choices": [choice.value for choice in CHOICES],
        "when": when,
        "back": back,
    }
    return render.page(request, "choosing/on_paper.html", context)
