"""What was promised, and what the young person wanted to say themselves: brought up before the next
talk and in it, so that it is asked about (R15, S46)."""

from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Caseworker, MeetingId
from server.http import staff, telling_rows
from server.http.forms import wants_json
from server.services import afterwards, calling, promising, telling
from server.texts import Voice

LOOKS_BACK = timedelta(days=60)  # as long as what was said for the next time is kept


async def rows(
    request: web.Request, db: AsyncSession, host: Caseworker, meeting: MeetingId, voice: Voice
) -> dict[str, list[Any]]:
    """The open ones of this meeting's young person, and what makes it feel safe to talk in their
    own words (S26)."""
    row, now = await calling.own_meeting(db, host, meeting), staff.now(request)
    due = await promising.open_to(db, host, meeting, now=now)
    pressed = await promising.just_told(db, host, now=now)
    told = await telling.for_caseworker(db, host, meeting)
    said = await afterwards.last_time(db, host, row.young_person_id, now - LOOKS_BACK, now)
    return {
        "said": [
            voice.say("day.after.good_place", barn=one.name, ord=one.words)
            for one in said
            if one.question == "good_place"
        ],
        "promises": [_promise(request, voice, one) for one in due],
        "just_told": [
            _promise(request, voice, one) | {"kept": kept}
            for one, kept in pressed
            if one.young_person == row.young_person_id
        ],
        "tellings": telling_rows.for_caseworker(voice, told),
    }


async def earlier(
    request: web.Request, db: AsyncSession, host: Caseworker, meeting: MeetingId, voice: Voice
) -> dict[str, list[Any]]:
    """The same for the talk itself, without what is to be done after it."""
    found = await rows(request, db, host, meeting, voice)
    return found | {"promises": [one for one in found["promises"] if one["meeting"] != meeting]}


def heard(request: web.Request, voice: Voice) -> web.Response | None:
    """What a press in the call is answered with, where the page stays; None for a form."""
    if not wants_json(request):
        return None
    return web.json_response({"text": voice.say("last-time.kept")})


def _promise(request: web.Request, voice: Voice, due: promising.Due) -> dict[str, Any]:
    words = staff.owned(voice, due.words, due.owner) or voice.say(
        f"promise.{due.kind}", barn=due.name
    )
    when = staff.said(request, due.due, "full" if due.kind == "call_back" else "day")
    return {"id": due.id, "words": words, "when": when, "late": due.late, "meeting": due.meeting}
