"""What a young person may ask of the municipality, and who helps them to (C24): one press from
every page of theirs; in the call a panel, since no press there may lead away from it."""

from aiohttp import web

from server.domain.ages import Band
from server.domain.errors import NotFound
from server.domain.roles import Role
from server.http import render
from server.http.pages import arriving
from server.services.snapshot import Snapshot
from server.texts import Voice

RIGHTS = (
    ("file-text", "read"),
    ("message-circle", "correct"),
    ("users", "bisidder"),
    ("split", "another"),
    ("send", "complain"),
)
COMPANIONS = "35 55 55 59"  # Børns Vilkår, who find bisiddere
DATA_AUTHORITY = "33 19 32 00"  # Datatilsynet


async def show(request: web.Request) -> web.Response:
    here, voice = await arriving.arrived(request)
    if here.guest.role != Role.YOUNG_PERSON:
        raise NotFound
    return render.page(request, "arriving/rights.html", told(here.shot, voice))


def told(shot: Snapshot, voice: Voice) -> dict[str, object]:
    """The rights in the young person's words, and whom they may ring about them."""
    say = voice.say
    helpers = [
        (say("phones.first"), say("rights.municipality"), say("phones.first_number")),
        (say("phones.second"), say("phones.second_line"), say("phones.second_number")),
    ]
    if shot.band != Band.SIX:
        helpers += [
            ("Børns Vilkår", say("rights.companions"), COMPANIONS),
            ("Datatilsynet", say("rights.kept"), DATA_AUTHORITY),
        ]
    return {
        "lines": [(icon, say(f"rights.{right}")) for icon, right in RIGHTS],
        "helpers": helpers,
        "phone": shot.caseworker_phone,
    }
