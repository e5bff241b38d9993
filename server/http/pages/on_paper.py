"""The whole note on one page, to be read at once, aloud, or without a screen: by the young person's
own printer, or as the sheet their caseworker gives them by hand. With room to tick what the home
may know, and to write one's own words."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from server import keys
from server.domain.roles import MeetingId
from server.domain.sections import WRITTEN
from server.http import choosing_view, guards, note_by_itself, reading_words, render
from server.http.choosing_view import not_here
from server.http.note_view import number
from server.http.pages.choosing import CHOICES
from server.services import calling, choosing, commenting, note_facts, noting, promising
from server.services.items import Shown
from server.services.note_facts import Facts
from server.texts import Voice
from server.ws import items


async def show(request: web.Request) -> web.Response:
    """For the young person, where the note opens."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    meeting, now = reading.who.meeting, request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        facts = await note_facts.of(db, meeting, now)
        shown = await choosing.items_for_young_person(db, meeting)
    own = _by_itself(request, reading.voice, facts, shown)
    return _sheet(request, reading.voice, reading.items, own, back="/choosing/preview")


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
        facts = await note_facts.of(db, meeting, now)
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
    return _sheet(request, voice, rows, _by_itself(request, voice, facts, shown))


def _by_itself(
    request: web.Request, voice: Voice, facts: Facts, shown: Sequence[Shown]
) -> tuple[list[str], list[str]]:
    """What the first and the last section say by themselves: the note is theirs to read whole."""
    zone = request.app[keys.SETTINGS].zone
    _, *made = note_by_itself.made_like_this(voice, zone, facts, shown)  # the header stands on top
    return note_by_itself.who_and_when(voice, zone, facts), made


def _sheet(
    request: web.Request,
    voice: Voice,
    rows: list[dict[str, Any]],
    by_itself: tuple[list[str], list[str]],
    *,
    back: str = "",
) -> web.Response:
    """Line by line under its section, in the order of the note. `back`: whoever reads it is the
    young person, and has their ways out on it until it is printed."""
    titles = [voice.say(f"reading.section.{section}") for section in WRITTEN]
    sections = [(title, [row for row in rows if row["section"] == title]) for title in titles]
    context = {
        "sections": [(title, lines) for title, lines in sections if lines],
        "choices": [choice.value for choice in CHOICES],
        "first": (voice.say("reading.section.who_and_when"), by_itself[0]),
        "last": (voice.say("reading.section.made_like_this"), by_itself[1]),
        "back": back,
    }
    return render.page(request, "choosing/on_paper.html", context)
