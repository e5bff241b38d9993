"""The call page of both ends, the offer, the line, and leaving."""

import asyncio
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import meeting as meetings
from server.domain.errors import Invalid, NotFound, Refused
from server.domain.links import Right
from server.domain.questions import Kind
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.http import devices, guards, last_time, note_view, pacing, render, voices, with_adult
from server.http.changed import ROOMS
from server.http.dates import spoken
from server.http.pages import guest_words as words
from server.http.pages import picking, rights
from server.media.gateway import BadOffer, MediaAway
from server.media.gateway import Refused as NotRestarted
from server.services import arriving, calling, coming_back, promising, room
from server.services.pacing import Deed
from server.services.sessions import Kind as SessionKind
from server.services.snapshot import Snapshot
from server.texts import Voice
from server.ws import socket
from server.ws.line import Line
from server.ws.rooms import MOST_SLOTS

OFFER_LIMIT = 64 * 1024  # bytes
PATIENCE = 30.0  # seconds an offer may take to arrive


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody with a right to this meeting's room now."""

    holder: Caseworker | Guest
    shot: Snapshot
    seat: int
    session: int
    role: Role
    voice: Voice


async def show(request: web.Request) -> web.Response:
    """The call page: sound check, lobby, door and call in one document, so that the
    connection made in the check is the one of the call."""
    who = await _who(request)
    async with request.app[keys.DATABASE].read() as db:
        here = await _stand(request, db, who)
        if not isinstance(here.holder, Caseworker):
            offered = await picking.options(request, db, here.shot, here.role, here.voice)
            context = {"page": _page(request, here) | {"options": offered}}
            return render.page(request, "calling/room.html", context)
        note = await note_view.of(request, db, here.holder, here.shot.meeting)
        card = await promising.card_of(db, here.shot.meeting)
        meeting = MeetingId(here.shot.meeting)
        brought_up = await last_time.earlier(request, db, here.holder, meeting, here.voice)
    request[render.VOICE] = here.voice  # the note's own voice knows less of this meeting
    page = _page(request, here) | {
        "emergency": _emergency(request, here.voice, card),
        "mirror_seen": any(r.question == "mirror" for r in here.shot.host.replies),
        "last_time": brought_up,
    }
    return render.page(request, "calling/host.html", {"page": page, "note": note})


async def offer(request: web.Request) -> web.Response:
    """Answer an RTCPeerConnection's offer with its slots, or the ICE restart of a standing one."""
    sdp = await read_offer(request)  # all of it, before asking what its sender may do
    here = await _here(request)
    gateway = request.app[ROOMS].gateway
    if sdp is None:
        return refused(here.voice, 400, "offer-too-large")
    if here.shot.standing in (meetings.Standing.OVER, meetings.Standing.CALLED_OFF):
        return refused(here.voice, 409, "not-now")
    pacing.go(request, Deed.OFFER, device=here.session, link=f"seat:{here.seat}")
    if gateway is None:
        return refused(here.voice, 503, "media-away")
    try:
        room, seat = here.shot.room, str(here.session)
        if standing := request.query.get("connection"):
            answer = await gateway.restart(room, seat, standing, sdp)
        else:
            answer = await gateway.join(room, seat, sdp, MOST_SLOTS)
    except BadOffer as bad:
        return refused(here.voice, 400, bad.error)
    except NotRestarted as gone:
        return refused(here.voice, 409, gone.error)
    except MediaAway as away:
        return refused(here.voice, 503, away.error)
    rooms = request.app[ROOMS]
    rooms.lineless.note(here.shot.room, str(here.session), rooms.time())
    await rooms.changed(here.shot.meeting)
    return web.json_response(
        {"connection": answer.connection, "sdp": answer.sdp, "slots": answer.slots}
    )


async def read_offer(request: web.Request) -> str | None:
    """Read a whole session description, in however many pieces it comes; None is too large."""
    if request.content_type != "application/sdp":
        raise Invalid(offer="offer-malformed")
    body = b""
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > OFFER_LIMIT:
                    return None
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return body.decode(errors="replace")


async def line(request: web.Request) -> web.StreamResponse:
    """The WebSocket of one person (docs/protocol.md)."""
    here = await _here(request)
    pacing.go(request, Deed.LINE, device=here.session, link=f"seat:{here.seat}")
    held = Line(here.shot.meeting, here.seat, here.session, here.holder, here.voice)
    return await socket.serve(request, request.app[ROOMS], held)


async def leave(request: web.Request) -> web.Response:
    """Gå nu: out at once, whatever the page still managed to say, and the session with it (P8,
    L18). What the browser kept of our pages goes too; the way back in is the link."""
    found = await guards.session(request, SessionKind.GUEST, left=True)
    meeting, mark = None, ""
    if found is not None:
        now = request.app[keys.CLOCK].now()
        async with request.app[keys.DATABASE].begin() as db:
            meeting, mark = await coming_back.leave(db, found.id, now=now)
    if meeting is not None:
        await request.app[ROOMS].changed(meeting)
    if guards.navigates(request):
        response = web.Response(status=303, headers={"Location": "/arriving/gone"})
    else:  # the page blanked itself, and goes on its own
        response = web.Response(status=204, headers={"Clear-Site-Data": '"cache"'})
    guards.close(request, response, mark)
    return response


async def keep_device(request: web.Request) -> web.Response:
    """Somebody was let in: their cookie changes (L10), and the young person's own device is
    remembered, so that the note opens on it later (U8). 202 asks the page to come once more,
    with the new cookie: then the one before is dead."""
    guest = await guards.guest(request)
    moved = await devices.cookie_of_admission(request, guest)
    response = web.Response(status=204 if moved is None else 202)
    if moved is None:
        await devices.keep(request, guest, response)
    else:
        guards.let_in(request, response, SessionKind.GUEST, moved)
    return response


async def _here(request: web.Request) -> Here:
    who = await _who(request)
    async with request.app[keys.DATABASE].read() as db:
        return await _stand(request, db, who)


def _named(request: web.Request) -> str | None:
    """The meeting a caseworker's address names; a guest's own is known by their session."""
    return request.match_info.get("meeting") or request.query.get("meeting")


async def _who(request: web.Request) -> Caseworker | Guest:
    if _named(request) is None:
        return await guards.guest(request)
    try:
        return await guards.caseworker(request)
    except web.HTTPSeeOther:
        if "meeting" in request.match_info:
            raise
        raise NotFound from None  # a socket or a script cannot follow the way to sign in


async def _stand(request: web.Request, db: AsyncSession, who: Caseworker | Guest) -> Here:
    now = request.app[keys.CLOCK].now()
    if isinstance(who, Caseworker):
        named = _named(request) or ""
        if not named.isascii() or not named.isdigit():
            raise NotFound
        row = await calling.own_meeting(db, who, MeetingId(int(named[:15])))
        shot = room.of(row, now)
        voice = voices.for_host(request, shot)
        return Here(who, shot, shot.host.seat, who.session, Role.CASEWORKER, voice)
    guest = who
    here = await arriving.stand(db, guest, now=now)
    voice = voices.for_guest(request, here)
    if here.code_needed and request.path == "/calling":
        raise web.HTTPSeeOther("/arriving/code")
    if request.path == "/calling" and not arriving.was_in(here):
        with_adult.wait(request, here)
    if Right.KNOCK not in here.rights or here.shot.standing == meetings.Standing.PLANNED:
        raise Refused("not-open-yet" if not here.shot.begun else "not-open")
    return Here(guest, here.shot, guest.seat, guest.session, guest.role, voice)


def _page(request: web.Request, here: Here) -> dict[str, object]:
    shot, host = here.shot, here.role == Role.CASEWORKER
    known = here.voice.known
    query = f"?meeting={shot.meeting}" if host else ""
    young = here.role == Role.YOUNG_PERSON
    camera_locked, write_only = shot.locks_told(here.session) if young else (False, False)
    said = [r.answer for r in shot.host.replies if r.question == "fallback"]
    who_calls = said[-1] if said else "caseworker_calls"
    return {
        "meeting": shot.meeting if host else None,
        "slots": MOST_SLOTS,
        "role": here.role.value,
        "name": shot.host.name,
        "young_name": known["barn"],
        "phone": shot.caseworker_phone,
        "photo": "/arriving/portrait" if shot.has_photo and not host else None,
        "greeting": "" if host else shot.greeting,
        "young_phone": shot.young_phone if host else "",
        "who_calls": here.voice.say(f"{'calling.host' if host else 'common'}.{who_calls}"),
        "fallback": here.voice.say(f"fallback.{'host' if host else 'guest'}.{who_calls}"),
        "home": known["hjem"],
        "offer_url": f"/calling/offer{query}",
        "line_url": f"/line{query}",
        "starts": spoken(shot.starts, request.app[keys.SETTINGS].zone, here.voice.language),
        "camera_locked": camera_locked,
        "write_only": write_only,
        "questions": _questions(here) if young else [],
        "rights": rights.told(shot, here.voice) if young else None,
    }


def _emergency(
    request: web.Request, voice: Voice, card: promising.Card | None
) -> dict[str, object] | None:
    """Where the young person is and who is called if it turns serious, for the host (R10)."""
    if card is None:
        return None
    duty = request.app[keys.SETTINGS].duty_phone
    numbers = [(voice.say("card.danger"), None, "112"), (voice.say("card.duty"), None, duty)]
    if card.leader_phone:
        numbers.append((card.leader or voice.say("card.leader"), None, card.leader_phone))
    return {"address": card.address, "numbers": numbers}


def _questions(here: Here) -> list[dict[str, object]]:
    """The young person's own questions, to be answered anew in the middle of the call."""
    me = here.shot.young
    if not isinstance(here.holder, Guest):
        return []
    return [
        words.question_page(here.holder, here.shot, me, here.voice, question)
        for question in me.questions
        if question.kind != Kind.TOPICS
    ]


def refused(voice: Voice, status: int, error: str) -> web.Response:
    key = f"error.{error}"
    text = voice.say(key if voice.has(key) else f"error.http-{status}")
    return web.json_response({"error": error, "text": text}, status=status)
