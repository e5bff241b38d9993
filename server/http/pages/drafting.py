"""What a caseworker has typed and not sent: kept while they type, and looked at by the helper."""

from aiohttp import web

from server import keys
from server.http import guards, note_sections, render
from server.http.forms import read_form, whole
from server.services import drafting
from server.services.drafting import WrittenElsewhere


async def keep_draft(request: web.Request) -> web.Response:
    """What stands in a field now, sent by itself while it is being typed (P10). The answer names
    its new revision, and what the writing helper would look at again."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    voice = render.voice(request)
    place, text = form.get("place", ""), form.get("text", "")
    try:
        async with request.app[keys.DATABASE].begin() as db:
            seen = whole(form, "revision")
            revision = await drafting.keep(db, who, place, text, seen, now=now)
            line, young_name = await drafting.line(db, place, text)
    except WrittenElsewhere as other:
        told = {
            "error": other.error,
            "text": voice.say("error.written-elsewhere"),
            "other": other.unsent.text,
            "revision": other.unsent.revision,
        }
        return web.json_response(told, status=409)
    hints = note_sections.remarks(voice, line, young_name)
    if not line.is_quote:
        hints += note_sections.measured(voice, text)
    return web.json_response({"revision": revision, "hints": hints})
