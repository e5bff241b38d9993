"""What a young person may ask of the municipality, and who helps them to (C24): one press from
every page of theirs; in the call a panel, since no press there may lead away from it. And what is
passed on whatever they choose: the municipality's own short list, said before it is needed (domain
pack 5.5)."""

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import NotFound
from server.domain.roles import Role
from server.http import render, resuming
from server.http.dates import spoken_day
from server.http.pages import arriving
from server.services import pass_on_list
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
    context = told(here.shot, voice) | await _limits(request, here.shot, voice)
    context |= {"back": resuming.back(here)}
    return render.page(request, "arriving/rights.html", context)


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


async def _limits(request: web.Request, shot: Snapshot, voice: Voice) -> dict[str, object]:
    """The list in force, and who approved it."""
    if shot.band == Band.SIX:
        return {"limits": [], "by": ""}
    async with request.app[keys.DATABASE].read() as db:
        listed = await pass_on_list.in_force(db)
    by = ""
    if listed.approved_on is not None:
        by = voice.say(
            "rights.limits.approved",
            hvem=listed.approved_by,
            stilling=listed.approved_post,
            dag=spoken_day(listed.approved_on, voice.language),
        )
    return {"limits": [line.words for line in listed.lines], "by": by}
