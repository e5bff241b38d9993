"""Turns what the domain says into what a browser understands, and sets every page's headers."""

import asyncio
import re
import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from server import keys, log
from server.domain.errors import Invalid, NotFound, Problem, Refused, Stale, TooFast
from server.http import guards, kept_words, origin, voices
from server.http.forms import LARGEST, PLAIN
from server.http.render import VISITING, error_page

STATUS: Mapping[type[Problem], int] = {
    Invalid: 400,
    NotFound: 404,
    Refused: 409,
    Stale: 409,
    TooFast: 429,
}

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'; "
    "connect-src 'self'{socket}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "require-trusted-types-for 'script'"
)
HOME_CSP = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# A script, a style or a picture is no page: a phone fetches sixty of them for a call.
FILE_CSP = "default-src 'none'; frame-ancestors 'none'"
HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Server": "",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
CAMERA_PAGES = ("/calling", "/trying")
PATIENCE = 30.0  # seconds a form may take to arrive: on the worst line it takes one
YEAR = 365 * 24 * 3600


@web.middleware
async def explain(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The only place where a problem becomes a status code and a page."""
    try:
        answered = await handler(request)
        if request.get(VISITING) and not answered.prepared:
            guards.open_again(request, answered)  # the session lives: to have left is past
        return answered
    except web.HTTPException as answer:
        if answer.status < 400:
            raise
        return await _failed(request, answer.status, f"http-{answer.status}")
    except guards.SignedOut:
        return await kept_words.sign_in_again(request)
    except Problem as problem:
        page = await _failed(request, STATUS[type(problem)], problem.error, problem)
        if isinstance(problem, TooFast):
            page.headers["Retry-After"] = str(problem.after)
        return page
    except (web.RequestPayloadError, ConnectionResetError):  # theirs: cut off, or not what it says
        return await _failed(request, 400, "http-400")
    except Exception as error:  # our own fault, whatever it is: say so, log no words
        log.fault(f"{request.method} {request.match_info.route.name or 'unnamed'}", error)
        return await _failed(request, 500, "our-fault", number=secrets.token_hex(3))


async def _failed(
    request: web.Request,
    status: int,
    error: str,
    problem: Problem | None = None,
    number: str = "",
) -> web.Response:
    await voices.for_whom_it_failed(request)
    return await error_page(request, status, error, problem, number)


@web.middleware
async def whole_forms_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Have all of a form before anybody asks who sends it and what they may.

    A body that trickles in would otherwise act with the right its first line had, minutes
    after its sender was turned away or the call was over (V15.4.2). No browser packs what it
    sends, and nothing is unpacked here: a little of it can be very much (V15.2.2).
    """
    if "Content-Encoding" in request.headers:
        raise web.HTTPBadRequest
    if request.content_type == PLAIN and (request.content_length or 0) <= LARGEST:
        try:
            async with asyncio.timeout(PATIENCE):
                await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
    return await handler(request)


async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Give every answer its headers; the home's pages get a policy without any script."""
    settings = request.app[keys.SETTINGS]
    for name, value in HEADERS.items():
        if name == "Cache-Control" and name in response.headers:
            continue
        response.headers[name] = value
    home = request.path == "/home" or request.path.startswith("/home/")
    scheme = "wss" if settings.secure else "ws"
    # A name that is not ours stands in nothing we say, and such a page opens no line.
    socket = f" {scheme}://{request.host}" if origin.is_our_host(request) else ""
    policy = HOME_CSP if home else CSP.format(socket=socket)
    if request.path.startswith("/static/"):
        policy = FILE_CSP
    response.headers["Content-Security-Policy"] = policy
    camera = "self" if request.path.startswith(CAMERA_PAGES) else ""
    # The host's call page alone, which is one meeting's (W11).
    screen = "self" if re.fullmatch(r"/calling/\d+", request.path) else ""
    response.headers["Permissions-Policy"] = (
        f"camera=({camera}), microphone=({camera}), geolocation=(), display-capture=({screen})"
    )
    if settings.secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
