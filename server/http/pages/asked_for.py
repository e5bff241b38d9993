"""What a young person asked for ("anmodninger"), for them to read: their words, who has it, and by
when there is an answer (D12, S14). On the device it is known they hold, and on no other."""

from datetime import datetime, time

from aiohttp import web

from server import keys
from server.domain.errors import NotFound
from server.http import guards, render, voices
from server.http.dates import spoken
from server.services import arriving, helping, requesting


async def show(request: web.Request) -> web.Response:
    guest = await guards.guest(request)
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=request.app[keys.CLOCK].now())
        found = await requesting.for_young_person(db, guest)
    voice = voices.for_guest(request, here)
    if not found or helping.locked(here):
        raise NotFound
    zone = request.app[keys.SETTINGS].zone

    def day(moment: datetime) -> str:
        return spoken(moment, zone, voice.language, "day")

    rows = [
        {
            "said": day(one.said),
            "words": one.words,
            "told": one.told if one.done else "",
            "answer": voice.say("asked-for.answered", dag=day(one.done))
            if one.done
            else voice.say(
                "asked-for.due",
                hvem=one.owner,
                dag=day(datetime.combine(one.due, time(12), zone)),
            ),
        }
        for one in found
    ]
    context = {"rows": rows, "phone": here.shot.caseworker_phone}
    return render.page(request, "arriving/asked_for.html", context)
