"""Pages from templates, in the reader's language and age band."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import Invalid, Problem
from server.http import static
from server.http.forms import wants_json
from server.texts import LANGUAGES, Voice

TEMPLATES = Path(__file__).parents[2] / "web" / "templates"
VOICE: web.RequestKey[Voice] = web.RequestKey("VOICE", Voice)
LARGER: web.RequestKey[bool] = web.RequestKey("LARGER", bool)  # asked for larger text (U12)
AT_DESK: web.RequestKey[bool] = web.RequestKey("AT_DESK", bool)  # a signed-in caseworker
VISITING: web.RequestKey[bool] = web.RequestKey("VISITING", bool)  # a guest with a living link


def environment(files: static.Files) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # they do not change while we run: no look at each file for each page
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = files.url
    return made


def language(request: web.Request) -> str:
    """The language chosen on this device, else the first one of ours the browser asks for."""
    chosen = request.cookies.get("language", "")
    if chosen in LANGUAGES:
        return chosen
    for part in request.headers.get("Accept-Language", "").split(","):
        tag = part.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return request.app[keys.SETTINGS].language


def voice(request: web.Request, band: Band = Band.ADULT, **known: object) -> Voice:
    """Set who is being spoken to for the rest of this request, error pages included."""
    settings = request.app[keys.SETTINGS]
    found = Voice(
        request.app[keys.TEXTS],
        language(request),
        band,
        **{"main_phone": settings.phone, "duty_phone": settings.duty_phone} | known,
    )
    request[VOICE] = found
    return found


def page(
    request: web.Request, template: str, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    speaking = request.get(VOICE) or voice(request)
    made: jinja2.Template = request.app[keys.TEMPLATES].get_template(template)
    known = {
        "lang": speaking.language,
        "t": speaking.say,
        "rich": speaking.rich,
        "title": speaking.say("page.title"),
        "css_url": made.globals["static"](static.STYLES),
        "to_young": speaking.band != Band.ADULT,
        "larger": request.get(LARGER, False),
        "saved": request.query.get("saved", ""),
        "local_plan": request.app[keys.SETTINGS].plan_url,
        "language_choice": _language_choice(request, speaking),
    }
    html = made.render(known | dict(context))
    return web.Response(text=html, content_type="text/html", status=status)


def _language_choice(request: web.Request, speaking: Voice) -> dict[str, str] | None:
    """The other language for this very page. What answers a form has no address to go back to."""
    if request.method not in ("GET", "HEAD"):
        return None
    return {
        "to": next(other for other in LANGUAGES if other != speaking.language),
        "words": speaking.say("language.other"),
        "label": speaking.say("language.label"),
        "here": request.rel_url.raw_path_qs,
    }


async def error_page(
    request: web.Request,
    status: int,
    error: str,
    problem: Problem | None = None,
    number: str = "",
) -> web.Response:
    """Say what went wrong: as JSON to our scripts, else as a page with a human way out (P12)."""
    speaking = request.get(VOICE) or voice(request, Band.ADULT)
    key = f"error.{error}"
    known = problem.values if problem is not None else {}
    text = speaking.say(key if speaking.has(key) else f"error.http-{status}", **known)
    if wants_json(request):
        told: dict[str, Any] = {"error": error, "text": text}
        if isinstance(problem, Invalid):
            told["fields"] = {
                field: speaking.say(f"field.{code}") for field, code in problem.fields.items()
            }
        return web.json_response(told, status=status)
    return page(
        request,
        "error.html",
        {
            "status": status,
            "error": error,
            "sentence": text,
            "number": number,
            "visiting": request.get(VISITING, False),
            "at_desk": request.get(AT_DESK, False),
        },
        status=status,
    )
