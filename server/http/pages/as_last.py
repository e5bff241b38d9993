""" "Skal det være som sidst?": what makes it easier, remembered from the meeting before (U12)."""

from aiohttp import web

from server import keys
from server.domain.errors import NotFound
from server.domain.remembering import Answer
from server.domain.roles import Role
from server.http import pacing, render
from server.http.changed import tell
from server.http.forms import one_of, read_form
from server.http.pages.arriving import arrived, closed, reading
from server.services import as_last, remembering

ICONS = {Answer.SAME: "check", Answer.CHANGE: "pen-line", Answer.FORGET: "x"}


async def show(request: web.Request) -> web.Response:
    """The question; what it was is read only where it may be."""
    async with reading(request) as (db, here, voice):
        now = request.app[keys.CLOCK].now()
        last = await remembering.last_time(db, here.guest, now=now)
    if last is None:
        raise NotFound
    if (shut := closed(request, here)) is not None:
        return shut
    known = here.me.answerable["easier"].answers
    words = [voice.say(f"a.easier.{wish}") for wish in last.wishes if wish in known]
    context = {
        "points": voice.band.value == "6",
        "answers": [(said.value, voice.say(f"as-last.{said}"), ICONS[said]) for said in Answer],
        "was": ", ".join(words),
        "text": last.text,
    }
    return render.page(request, "arriving/as_last.html", context)


async def answer(request: web.Request) -> web.Response:
    """Keep it and go on: to what can be chosen anew, or to the next question."""
    here, _ = await arrived(request)
    if here.me.role != Role.YOUNG_PERSON:
        raise NotFound
    form = await read_form(request)
    said = one_of(Answer, form.get("answer"))
    pacing.guest_goes(request, here.guest)
    async with request.app[keys.DATABASE].begin() as db:
        await as_last.take(db, here.guest, said, now=request.app[keys.CLOCK].now())
    await tell(request, here.shot.meeting)
    onward = "/arriving/questions/easier" if said == Answer.CHANGE else "/arriving/next"
    raise web.HTTPSeeOther(onward)
