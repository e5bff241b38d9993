"""What a caseworker sent after an hour of silence comes along through signing in (P10).

The form that met a session run out is answered with the sign-in page; its fields stand hidden in
it, and after signing in they are one press from where they were going. Nothing is kept here.
"""

import re
from collections.abc import Mapping

from aiohttp import web

from server.domain.ages import Band
from server.domain.errors import Invalid, Refused
from server.http import render
from server.http.forms import read_form, wants_json

OWN_PATH = re.compile(r"/[a-z0-9-]+(/[a-z0-9-]+)*")
PATH = "kept-path"
FIELD = "kept."


async def sign_in_again(request: web.Request) -> web.Response:
    """Answer a form, or a script's post, whose caseworker has been signed out meanwhile."""
    render.voice(request, Band.ADULT)
    if wants_json(request):
        # To a script a redirect would look as if the words had been kept.
        return await render.error_page(request, 409, "signed-out", Refused("signed-out"))
    try:
        typed = await read_form(request)
    except Invalid:  # a photograph: nothing that could be carried along
        raise web.HTTPSeeOther("/signing-in") from None
    fields = {f"{FIELD}{name}": value for name, value in typed.items()}
    context = {"typed": {}, "errors": {}, "kept": {PATH: request.path} | fields}
    return render.page(request, "signing_in/sign_in.html", context)


def of(form: Mapping[str, str]) -> dict[str, str]:
    """The hidden fields that came along with a sign-in form, or none of them."""
    if not OWN_PATH.fullmatch(form.get(PATH, "")):
        return {}
    return {name: value for name, value in form.items() if name == PATH or name.startswith(FIELD)}


def go_on(request: web.Request, kept: Mapping[str, str]) -> web.Response:
    """After signing in: the words are here still, and go where they were going at a press."""
    fields = {name.removeprefix(FIELD): value for name, value in kept.items() if name != PATH}
    context = {"path": kept[PATH], "fields": fields}
    return render.page(request, "signing_in/go_on.html", context)
