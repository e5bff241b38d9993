"""After the call: a tap for each thing that may be told, none needed, and gone within days.

The bisidder's own words for the caseworker wait here for the young person: they decide whether
they are sent (G2).
"""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import checklist
from server.domain.questions import DEVICE, FEELING, SEND_ON, Question, after
from server.domain.roles import Role
from server.http import guards, render
from server.http.pages import guest_words as words
from server.http.pages import pictures
from server.http.pages.arriving import arrived, reading
from server.services import afterwards, arriving, helping, requesting, sessions, telling
from server.services.arriving import Arrival
from server.texts import Voice

ONLY_IF = {"comfort": ("feeling", "bad")}  # asked only after that answer


async def show(request: web.Request) -> web.Response:
    """What may be told now, and what each answer changed."""
    async with reading(request) as (db, here, voice):
        return await _after(request, db, here, voice)


async def _after(
    request: web.Request, db: AsyncSession, here: Arrival, voice: Voice
) -> web.Response:
    if not (arriving.was_in(here) or here.guest.came_back):
        raise web.HTTPSeeOther("/arriving")
    # Back on a device nobody has said whose it is: that first, and the rest only on their own.
    first = not arriving.may_tell_after(here, FEELING)
    said = checklist.standing(here.me.replies, here.guest.session)
    asked_for = bool(await requesting.for_young_person(db, here.guest))
    to_tell = await telling.is_asked_about(db, here.guest, now=request.app[keys.CLOCK].now())
    rows = []
    for asked in after(here.me.role, here.shot.band):
        if not _is_asked(here, asked, said) or (first and asked != DEVICE):
            continue
        page = words.question_page(here.guest, here.shot, here.me, voice, asked)
        reply = said.get(asked.id)
        lines = words.effect_lines(voice, asked.id, reply.answer) if reply is not None else []
        rows.append(page | {"lines": lines})
    young, to_send = here.me.role == Role.YOUNG_PERSON, _to_send(here)
    return render.page(
        request,
        "arriving/after.html",
        {
            "rows": rows,
            "first": first,
            "young": young,
            "to_send": to_send,
            "revision": afterwards.revision(to_send),
            "words_changed": request.query.get("words") == "new",
            "faces": pictures.ICONS["feeling"],
            "phone": here.shot.caseworker_phone,
            "to_tell": to_tell and not first,
            "asked_for": asked_for and not helping.locked(here),
        },
    )


async def done(request: web.Request) -> web.Response:
    """Close up. On a device that is not one's own the session ends with it (U8)."""
    here, _ = await arrived(request)
    said = checklist.standing(here.me.replies, here.guest.session).get("device")
    if here.me.role == Role.YOUNG_PERSON and (said is None or said.answer != "own"):
        async with request.app[keys.DATABASE].begin() as db:
            now = request.app[keys.CLOCK].now()
            await sessions.end(db, here.guest.session, now=now)
        response = web.Response(status=303, headers={"Location": "/arriving/gone"})
        guards.close(request, response)
        return response
    raise web.HTTPSeeOther("/arriving/gone")


async def gone(request: web.Request) -> web.Response:
    """After Gå nu: a blank-faced page. It names nobody, is the same for everybody, and the way
    back in is the link; it also says what leaving cannot do (L19)."""
    return render.page(request, "arriving/gone.html", {})


def _to_send(here: Arrival) -> str:
    """The bisidder's words that wait for the young person, where it is known who holds this."""
    if here.me.role != Role.YOUNG_PERSON or not here.guest.known:
        return ""
    return afterwards.words_to_send(here.shot)


def _is_asked(here: Arrival, asked: Question, said: dict[str, checklist.Reply]) -> bool:
    if asked == SEND_ON:
        return bool(_to_send(here))
    needed = ONLY_IF.get(asked.id)
    return needed is None or (needed[0] in said and said[needed[0]].answer == needed[1])
