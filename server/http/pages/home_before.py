"""Before a talk the home was told of it is asked about the place and the hour (H1 to H7).

Like every page of a home it holds no script and nothing that differs from one visit to the next.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import Invalid, TooFast
from server.domain.home_questions import ADVICE, CHOICES, NAMED, Ask, Said, read
from server.domain.roles import FosterHome
from server.http import guards, pacing, render
from server.http.dates import spoken
from server.http.fields import said
from server.http.forms import Form, read_form
from server.services import asking_home, handing_over
from server.services.pacing import Deed
from server.texts import Voice


async def show(request: web.Request) -> web.Response:
    return await _page(request, await guards.home(request), {}, {})


async def answer(request: web.Request) -> web.Response:
    home = await guards.home(request)
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    try:
        answers = read(form)
        pacing.go(request, Deed.HOME_ANSWER, link=f"placement:{home.placement}")
        async with request.app[keys.DATABASE].begin() as db:
            await asking_home.answer(db, home, answers, now=now)
    except Invalid as invalid:
        return await _page(request, home, form, invalid.fields)
    except TooFast as problem:
        page = await _page(request, home, form, {}, slower=True)
        return pacing.waiting(page, problem)
    raise web.HTTPSeeOther("/home/sent")


async def _page(
    request: web.Request,
    home: FosterHome,
    typed: Form,
    wrong: Mapping[str, str],
    *,
    slower: bool = False,
) -> web.Response:
    now, zone = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        handover = await handing_over.show(db, home, now=now)
        talk = await asking_home.coming(db, home, now=now)
    if talk is None:
        raise web.HTTPSeeOther("/home")
    names = {"navn": handover.caseworker_name, "barn": handover.young_name}
    voice = render.voice(request, Band.ADULT, **names)
    errors = said(voice, Invalid(**wrong)) if wrong else {}
    if slower:
        errors["form"] = pacing.sentence(request)
    context = {
        "when": spoken(talk.starts, zone, render.language(request)),
        "asks": [_ask(voice, ask, choices) for ask, choices in CHOICES.items()],
        "typed": typed,
        "errors": errors,
    }
    return render.page(request, "handing_over/before.html", context, status=400 if wrong else 200)


def _ask(voice: Voice, ask: str, choices: tuple[str, ...]) -> dict[str, Any]:
    return {
        "id": ask,
        "question": voice.say(f"home.before.{ask}"),
        "choices": [(one, voice.say(f"home.before.{ask}.{one}")) for one in choices],
        "named": voice.say(f"home.before.{ask}.name") if ask in NAMED else "",
    }


def in_words(voice: Voice, answers: list[Said]) -> list[tuple[str, str]]:
    """A home's answers as its caseworker reads them: the question in short, and what was said."""
    rows = []
    for one in answers:
        words = voice.say(f"home.before.{one.ask}.{one.answer}")
        answer = f"{words}: {one.name}" if one.name else words
        if one.ask == Ask.AFTERWARDS:
            answer = one.name
        rows.append((voice.say(f"home.before.{one.ask}.short"), answer))
    return rows


def advice(voice: Voice, answers: list[Said]) -> list[str]:
    """What the caseworker has to do about it."""
    return [
        voice.say(f"home.said.{one.ask}.{one.answer}")
        for one in answers
        if (one.ask, one.answer) in ADVICE
    ]
