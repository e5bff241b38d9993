"""Danish or English, chosen on the page and kept on this device alone."""

import re

from aiohttp import web
from yarl import URL

from server.domain.errors import Invalid
from server.http import guards
from server.http.forms import read_form
from server.texts import LANGUAGES

KEPT = 365 * 24 * 3600  # seconds
# An address of our own: a second slash or a backslash would lead to another host.
OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,400}")


async def choose(request: web.Request) -> web.Response:
    """Keep the language and show the same page again. It says nothing of who asked for it."""
    form = await read_form(request)
    chosen, _, back = form.get("choice", "").partition(" ")  # "en /arriving"
    if chosen not in LANGUAGES:
        raise Invalid(language="unknown-answer")
    to = URL(back, encoded=True) if OURS.fullmatch(back) else URL("/")
    response = web.Response(status=303, headers={"Location": str(to)})
    guards.set_cookie(request, response, "language", chosen, KEPT)
    return response
