"""The caseworker's own checklist for one meeting, with the young person's choices beside it."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain import checklist
from server.domain import meeting as meetings
from server.domain.checklist import Gate
from server.domain.errors import Invalid
from server.domain.links import KNOCK_BEFORE
from server.domain.roles import Caseworker, MeetingId
from server.http import guards, render, voices
from server.http.changed import tell
from server.http.dates import spoken
from server.http.forms import read_form
from server.services import arriving, calling, room
from server.services.room import Snapshot
from server.texts import Voice
from server.ws.host_view import brief_of


async def show(request: web.Request) -> web.Response:
    host, shot, voice = await _here(request)
    return render.page(request, "arriving/host.html", _context(request, host, shot, voice))


async def answer(request: web.Request) -> web.Response:
    """Keep what was answered of R2, R3, R4 and R8, all at once or nothing; what was typed stays."""
    host, shot, voice = await _here(request)
    form = await read_form(request)
    given = [question for question in shot.host.questions if form.get(question.id)]
    wrong: dict[str, str] = {}
    try:
        async with request.app[keys.DATABASE].begin() as db:
            for question in given:
                try:
                    await arriving.answer_as_host(
                        db, host, MeetingId(shot.meeting), question, form[question.id],
                        form.get(f"{question.id}-text", ""),
                        now=request.app[keys.CLOCK].now(),
                    )  # fmt: skip
                except Invalid as invalid:
                    wrong[question.id] = voice.say(f"field.{next(iter(invalid.fields.values()))}")
            if wrong:
                raise Invalid(answers="unknown-answer")
    except Invalid:
        if not wrong:
            raise
        context = _context(request, host, shot, voice) | {"wrong": wrong, "typed": form}
        return render.page(request, "arriving/host.html", context, status=400)
    await tell(request, shot.meeting)
    raise web.HTTPSeeOther(f"/meetings/{shot.meeting}/brief")


async def _here(request: web.Request) -> tuple[Caseworker, Snapshot, Voice]:
    host = await guards.caseworker(request)
    number = request.match_info["meeting"]
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, host, MeetingId(int(number)))
        shot = room.of(row, now)
    return host, shot, voices.for_host(request, shot)


def _context(
    request: web.Request, host: Caseworker, shot: Snapshot, voice: Voice
) -> dict[str, Any]:
    now = request.app[keys.CLOCK].now()
    zone = request.app[keys.SETTINGS].zone
    counted = checklist.standing(shot.host.replies, host.session)
    asked = [
        {
            "id": question.id,
            "words": voice.say(f"q.{question.id}"),
            "hint": voice.say(f"hint.{question.id}") if voice.has(f"hint.{question.id}") else "",
            "answers": [(said, voice.say(f"a.{question.id}.{said}")) for said in question.answers],
            "asks_text": voice.say(f"text.{question.id}") if question.asks_text else "",
            "chosen": counted[question.id].answer if question.id in counted else None,
            "text": counted[question.id].text if question.id in counted else "",
            "effect": _effect(voice, question.id, counted),
        }
        for question in shot.host.questions
    ]
    return {
        "meeting": shot.meeting,
        "brief": brief_of(shot, voice, now),
        "answered": bool(shot.young.replies),
        "questions": asked,
        "ready": shot.host.gate(host.session) == Gate.READY,
        "open": shot.standing == meetings.Standing.OPEN,
        "opens": spoken(shot.starts - KNOCK_BEFORE, zone, voice.language, "clock"),
        "wrong": {},
        "typed": {},
    }


def _effect(voice: Voice, question: str, counted: dict[str, checklist.Reply]) -> str:
    if question not in counted:
        return ""
    key = f"e.{question}.{counted[question].answer}.1"
    return voice.say(key) if voice.has(key) else ""
