"""The foster home's pages: its link, its page, its answers.

No page of a home holds a script, a token or a number of the request, so that it is the same
bytes for everybody in the same case, and the same case for everybody who was told nothing (P4).
"""

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import Invalid, Refused, TooFast
from server.domain.roles import FosterHome
from server.http import guards, home_tasks, pacing, render
from server.http.dates import spoken
from server.http.forms import Form, one_of, read_form
from server.services import handing_over
from server.services.handing_over import Answer, Handover
from server.services.pacing import Deed
from server.services.sessions import Kind


async def open_link(request: web.Request) -> web.Response:
    """The page a home's link leads to: about one kilobyte of script swaps it (P11)."""
    return render.page(request, "handing_over/open.html", {})


async def swap(request: web.Request) -> web.Response:
    if await guards.session(request, Kind.STAFF) is not None:
        raise Refused("signed-in-here")
    form = await read_form(request)
    key, token = request.app[keys.LINK_KEY], form.get("token", "").strip()[:200]
    async with request.app[keys.DATABASE].read() as db:
        home = (await handing_over.opens(db, key, token)).id
    pacing.go(request, Deed.SWAP, link=f"placement:{home}", network=pacing.network(request))
    async with request.app[keys.DATABASE].begin() as db:
        opened = await handing_over.open_link(
            db,
            key,
            token,
            device=request.cookies.get(guards.home_cookie(request), ""),
            now=request.app[keys.CLOCK].now(),
        )
    response = web.json_response({"to": "/home"})
    guards.let_in(request, response, Kind.HOME, opened.cookie)
    return response


async def show(request: web.Request) -> web.Response:
    handover = await _handover(request, await guards.home(request))
    return render.page(request, "handing_over/home.html", _context(request, handover))


async def cannot(request: web.Request) -> web.Response:
    """Vi kan ikke holde aftalen, fordi ..."""
    handover = await _handover(request, await guards.home(request))
    return _cannot(request, handover, {})


async def worried(request: web.Request) -> web.Response:
    """Numbers to ring; nothing is written here, and the young person does not read it."""
    await _handover(request, await guards.home(request))
    return render.page(request, "handing_over/worried.html", {})


async def answer(request: web.Request) -> web.Response:
    """Keep an answer; the page to come says so, and the home's own page stays as it was."""
    home = await guards.home(request)
    handover = await _handover(request, home)
    form = await read_form(request)
    typed = form.get("text", "")
    try:
        kind = one_of(Answer, form.get("kind"), "kind")
        about = _about(request, handover, form) if kind == Answer.CANNOT else ""
        pacing.go(request, Deed.HOME_ANSWER, link=f"placement:{home.placement}")
        now = request.app[keys.CLOCK].now()
        async with request.app[keys.DATABASE].begin() as db:
            await handing_over.answer(db, home, kind, typed, about=about, now=now)
    except Invalid as problem:
        field, code = next(iter(problem.fields.items()))
        error = request[render.VOICE].say(f"field.{code}")
        return _once_more(request, handover, form, field, error)
    except TooFast as problem:
        page = _once_more(request, handover, form, "text", pacing.sentence(request))
        return pacing.waiting(page, problem)
    raise web.HTTPSeeOther("/home/sent")


async def sent(request: web.Request) -> web.Response:
    await _handover(request, await guards.home(request))
    return render.page(request, "handing_over/sent.html", {})


def _once_more(
    request: web.Request, handover: Handover, form: Form, field: str, error: str
) -> web.Response:
    """The page the answer was sent from, with its words and what is wrong."""
    if form.get("kind") == Answer.CANNOT:
        return _cannot(request, handover, form, field, error)
    wrong = {"typed": form.get("text", ""), "error": error}
    wrong |= {"kind": form.get("kind", ""), "wrong_field": field}
    context = _context(request, handover) | wrong
    return render.page(request, "handing_over/home.html", context, status=400)


def _cannot(
    request: web.Request, handover: Handover, form: Form, field: str = "", error: str = ""
) -> web.Response:
    """Which agreement cannot be kept, and why; with what was typed, and what is wrong."""
    context = {
        "agreements": _agreements(request, handover),
        "about": form.get("about", ""),
        "about_error": error if field == "about" else "",
        "typed": form.get("text", ""),
        "error": error if field != "about" else "",
    }
    return render.page(request, "handing_over/cannot.html", context, status=400 if error else 200)


def _agreements(request: web.Request, handover: Handover) -> list[str]:
    tasks = home_tasks.of_home(request[render.VOICE], handover)
    return home_tasks.sentences(tasks, request.app[keys.SETTINGS].zone, render.language(request))


def _about(request: web.Request, handover: Handover, form: Form) -> str:
    """The agreement it is about, in the words the home reads it in. Where there is but one, that
    one; what is gone meanwhile has to be chosen anew."""
    agreements = _agreements(request, handover)
    about = form.get("about", "")
    if len(agreements) == 1:
        return agreements[0]
    if agreements and about not in agreements:
        raise Invalid(about="agreement-choose")
    return about if agreements else ""


async def _handover(request: web.Request, home: FosterHome) -> Handover:
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        handover = await handing_over.show(db, home, now=now)
    render.voice(
        request,
        Band.ADULT,
        navn=handover.caseworker_name,
        barn=handover.young_name,
        hjem=handover.home_name,
        phone=handover.caseworker_phone,
    )
    return handover


def _context(request: web.Request, handover: Handover) -> dict[str, object]:
    zone, language = request.app[keys.SETTINGS].zone, render.language(request)
    times = [
        {
            "full": spoken(time.starts, zone, language),
            "minutes": time.minutes,
        }
        for time in handover.times
    ]
    return {
        "handover": handover,
        "mails": request.app[keys.SETTINGS].mails,
        "times": times,
        "tasks": home_tasks.rows(
            home_tasks.of_home(request[render.VOICE], handover), zone, language
        ),
        "typed": "",
        "error": "",
        "kind": "",
        "wrong_field": "",
    }
