"""The young person looks back: a receipt for each thing the home was told, and everything they
chose on the way there. Nothing on these pages is ever changed; new lines come below."""

from aiohttp import web

from server import keys
from server.http import choosing_view, history_words, render
from server.http.choosing_view import not_here
from server.services import history as looking


async def receipts(request: web.Request) -> web.Response:
    """What was passed on, to whom, when, and in exactly which words (S45)."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    async with request.app[keys.DATABASE].read() as db:
        found = await looking.passed_on(db, reading.who.meeting, reading.who.home)
    zone = request.app[keys.SETTINGS].zone
    rows = history_words.receipts(reading.voice, zone, found)
    return render.page(request, "choosing/receipts.html", {"rows": rows})


async def history(request: web.Request) -> web.Response:
    """Every choice and every wording, line by line (D11)."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    async with request.app[keys.DATABASE].read() as db:
        events = await looking.of_note(db, reading.who.meeting)
    zone = request.app[keys.SETTINGS].zone
    lines = history_words.history(reading.voice, zone, events)
    return render.page(request, "choosing/history.html", {"lines": lines})
