"""A young person at their note: who they are, the lines in words, and how we speak to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import NotFound, Refused
from server.domain.roles import Guest
from server.http import changed, guards, reading_words, render, telling_rows, with_adult
from server.http.forms import wants_json
from server.services import arriving, choosing, commenting, promising, telling
from server.services.choosing import Reader
from server.texts import Voice
from server.ws import items


@dataclass(frozen=True, slots=True)
class Reading:
    """`items` are empty where the note does not open on this device."""

    guest: Guest
    who: Reader
    voice: Voice
    in_call: bool
    items: list[dict[str, Any]]

    def place(self, item: int) -> int:
        """Where an item stands among the others, from 0; not theirs or struck: not found."""
        found = [n for n, shown in enumerate(self.items) if shown["item"] == item]
        if not found:
            raise NotFound
        return found[0]

    def after(self, item: int) -> str:
        """Where to go from here: the next item that is theirs to choose about or that nobody has
        told them of yet, then what they went past, else what the home will see."""
        place = self.place(item)
        left = [i for i in self.items[place + 1 :] if is_open(i) or _is_news(i)]
        left += [i for i in self.items[:place] if is_open(i)]
        return f"/choosing/{left[0]['item']}" if left else "/choosing/preview"


async def reading(request: web.Request) -> Reading:
    """Find the young person whose browser this is, with their note where it opens here."""
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        who = await choosing.reader(db, guest, in_call=in_call, now=now)
        if who.opens and who.band == Band.SIX:
            with_adult.wait_to_read(request, await arriving.stand(db, guest, now=now))
        shown = await choosing.items_for_young_person(db, who.meeting) if who.opens else []
        said = await commenting.of_note(db, who.meeting) if shown else {}
        agreed = await promising.agreements(db, who.meeting) if shown else {}
        went = await telling.of_note(db, who.meeting) if shown else {}
    # A device that may not read hears no name but the caseworker's (P6).
    names = {"barn": who.name, "hjem": who.home} if who.opens else {}
    voice = render.voice(request, who.band, navn=who.caseworker, phone=who.phone, **names)
    words = reading_words.Around(voice, request.app[keys.SETTINGS].zone, who.name, agreed, said)
    rows = [
        row
        | reading_words.beside(words, one)
        | telling_rows.standing(voice, row["choice"], went.get(one.item))
        for row, one in zip(items.for_young_person(voice, shown), shown, strict=True)
    ]
    return Reading(guest, who, voice, in_call, rows)


def is_open(item: Mapping[str, Any]) -> bool:
    """Whether the young person has still to choose."""
    return item["choice"] is None and not item["must_pass_on"]


def _is_news(item: Mapping[str, Any]) -> bool:
    return bool(item["must_pass_on"] and not item["told"])


def points(reading: Reading) -> bool:
    """Six to nine years point and type nothing."""
    return reading.who.band == Band.SIX


def not_here(request: web.Request) -> web.Response:
    """Not on this device, whether or not there is a note; how to get it instead (U8, P12)."""
    if wants_json(request):
        raise Refused("not-on-this-device")
    return render.page(request, "choosing/not_here.html", {}, status=403)
