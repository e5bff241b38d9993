"""While an adult helps at a child's device, its pages lead to the one for the two of them (H3)."""

from aiohttp import web

from server.domain.errors import Refused
from server.http.origin import SAFE
from server.services import helping
from server.services.arriving import Arrival

# The neutral button and what it changed (P3), and where a code is typed: the first steps.
OPEN = frozenset(
    {
        "/arriving/answers",  # the service refuses what is the child's own
        "/arriving/another-way",
        "/arriving/effects/another_way",
        "/arriving/help",
    }
)


def wait(request: web.Request, here: Arrival) -> None:
    """Send a browser where an adult helps to the page that says how it goes on."""
    if request.path not in OPEN and helping.with_adult(here):
        raise web.HTTPSeeOther("/arriving/help")


def wait_to_read(request: web.Request, here: Arrival) -> None:
    """The same before the note of a talk that is over: who is here may be others than then, so it
    is asked before anything of it is shown, and no choice is taken while an adult is there."""
    if not helping.reads(here):
        return
    if request.method in SAFE and helping.asks(here):
        raise web.HTTPSeeOther("/arriving/help")
    if helping.with_adult(here):
        raise Refused("adult-helps")
