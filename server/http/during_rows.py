"""What happened around a talk, in the caseworker's words: beside the note, and on their day."""

from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import during as rules
from server.domain.during import Kind, Mark
from server.domain.roles import Caseworker, MeetingId
from server.http import render
from server.http.pages.requesting import day_words
from server.services import during, requesting
from server.texts import Voice

MOST_WORDS = 60  # of a request's words on the day: the rest stands on its own page


async def of_note(
    request: web.Request, db: AsyncSession, who: Caseworker, meeting: int
) -> dict[str, Any]:
    """What the note's page says about its talk: a lock, an incident, and what interrupted it."""
    found = await during.around(db, who, MeetingId(meeting))
    asked = await requesting.of_meeting(db, who, MeetingId(meeting))
    voice = request[render.VOICE]
    return {
        "locked": rules.is_locked(found),
        "for_two": rules.newest(found, Kind.OTHERS_OUT) is not None,
        "interruptions": [_interruption(request, voice, m) for m in found if m.kind == Kind.AWAY],
        "requests": sum(one.done is None for one in asked),
    }


async def of_day(
    request: web.Request, db: AsyncSession, who: Caseworker, voice: Voice
) -> list[tuple[str, str, str]]:
    """What young people wait for an answer to, wherever it was said."""
    return [
        (
            voice.say("request.on-the-day", ung=one.name, ord=_short(one.words)),
            voice.say("request.until", tid=day_words(request, one.due)),
            f"/meetings/{one.meeting}/requests#request-{one.id}",
        )
        for one in await requesting.open_for(db, who)
    ]


def _interruption(request: web.Request, voice: Voice, mark: Mark) -> str:
    """S29: the note marks that the talk was interrupted, and what anybody heard."""
    zone = request.app[keys.SETTINGS].zone
    since = mark.at.astimezone(zone).strftime("%H.%M")
    until = mark.ended.astimezone(zone).strftime("%H.%M") if mark.ended is not None else ""
    if not until:
        return voice.say("noting.interrupted.on", fra=since)
    key = (
        "noting.interrupted.somebody" if mark.answer == "somebody" else "noting.interrupted.nobody"
    )
    return voice.say(key, fra=since, til=until)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_WORDS else f"{line[:MOST_WORDS].rstrip()}…"
