"""The page for a child of six to nine and the adult who helps with the device (H3).

It asks first whether somebody helps, says to each of the two what comes next, and lets the child
say that the adult has gone. Before that no question of the child's own stands on any page.
"""

from aiohttp import web

from server import keys
from server.domain.errors import NotFound
from server.domain.helping import QUESTION, Step, step
from server.http import pacing, render
from server.http.changed import tell
from server.http.forms import one_of, read_form
from server.http.pages.arriving import arrived, closed
from server.services import helping
from server.services.arriving import Arrival

# A drawing for each of the two answers, as everywhere for those who point rather than read.
PICTURES = {
    Step.ALONE: "door_chair",
    Step.HELPED: "two_chairs",
    Step.GONE: "door_chair",
    Step.STAYS: "two_chairs",
}


async def show(request: web.Request) -> web.Response:
    """Where the two of them stand now, in words for both."""
    here, _ = await arrived(request)
    if not helping.offered(here):
        raise NotFound
    if not helping.reads(here) and (shut := closed(request, here)) is not None:
        return shut
    now_at = step(here.me.replies, here.guest.session)
    return render.page(
        request,
        "arriving/help.html",
        {
            "step": now_at.value if now_at is not None else "",
            "pictures": {said.value: drawing for said, drawing in PICTURES.items()},
            "phone": here.shot.caseworker_phone,
            "onward": _onward(here),
        },
    )


async def take(request: web.Request) -> web.Response:
    """One press: "en voksen hjælper mig", "jeg går nu", "nu er det kun mig"."""
    here, _ = await arrived(request)
    form = await read_form(request)
    wanted = one_of(Step, form.get(QUESTION), QUESTION)
    pacing.guest_goes(request, here.guest)
    async with request.app[keys.DATABASE].begin() as db:
        await helping.take(db, here.guest, wanted, now=request.app[keys.CLOCK].now())
    await tell(request, here.shot.meeting)
    raise web.HTTPSeeOther(_onward(here) if wanted == Step.ALONE else "/arriving/help")


def _onward(here: Arrival) -> str:
    return "/choosing" if helping.reads(here) else "/arriving/next"
