"""A caseworker's own page: name, number, photograph, password, and inviting a colleague."""

from typing import Any

from aiohttp import BodyPartReader, web

from server import keys
from server.domain import passwords
from server.domain.errors import Invalid, Refused
from server.domain.roles import Caseworker
from server.http import changed, guards, render, staff
from server.http.dates import spoken
from server.http.fields import Fields, said
from server.http.forms import Form, read_form
from server.http.pages.signing_in import DESK
from server.services import account, portrait, seconding, signing_in
from server.services.sessions import Kind

PIECE = 16 * 1024


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    return await _page(request, who, {}, {})


async def change(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    voice = staff.voice(request, who)
    try:
        fields = Fields(form)
        name, phone = fields.short("name", 80), fields.phone()
        greeting = fields.short("greeting", 120, needed=False)
        fields.done()
    except Invalid as invalid:
        return await _page(request, who, form, said(voice, invalid), status=400)
    async with request.app[keys.DATABASE].begin() as db:
        await account.change(db, who, name, phone, greeting, now=staff.now(request))
    raise web.HTTPSeeOther(staff.saved("/account", "about"))


async def put_photo(request: web.Request) -> web.Response:
    """Keep a photograph, or take it away where none was chosen."""
    who = await guards.caseworker(request)
    voice = staff.voice(request, who)
    try:
        photo = await _uploaded(request)
        async with request.app[keys.DATABASE].begin() as db:
            await account.put_photo(db, who, photo, now=staff.now(request))
    except Invalid as invalid:
        return await _page(request, who, {}, said(voice, invalid), status=400)
    raise web.HTTPSeeOther("/account#photo-now")


async def drop_photo(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].begin() as db:
        await account.drop_photo(db, who, now=staff.now(request))
    raise web.HTTPSeeOther("/account#photo-now")


async def own_portrait(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].read() as db:
        return _picture(await account.photo(db, who))


async def guests_portrait(request: web.Request) -> web.Response:
    """Whom a guest is to meet; somebody else's portrait has no address."""
    guest = await guards.guest(request)
    async with request.app[keys.DATABASE].read() as db:
        return _picture(await account.photo_for_guest(db, guest))


async def change_password(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    voice = staff.voice(request, who)
    now = staff.now(request)
    desk = request.app[DESK]
    address = staff.household(request)
    try:
        async with request.app[keys.DATABASE].read() as db:
            own = await account.of(db, who)
            # The same count as at the door: an open browser must not become a place to guess.
            await signing_in.check(db, desk, own.login, form.get("current", ""), address, now=now)
        passwords.check(form.get("password", ""), (own.name, own.login))
        hashed = await desk.passwords.hash(form.get("password", ""))
        async with request.app[keys.DATABASE].begin() as db:
            opened = await account.change_password(db, who, hashed, now=now)
        await changed.tell_all(request)
    except Refused as refused:
        wait = refused.error == "sign-in-wait"
        error = voice.say("error.sign-in-wait" if wait else "field.password-wrong")
        return await _page(request, who, {}, {"current": error}, status=429 if wait else 400)
    except Invalid as invalid:
        return await _page(request, who, {}, said(voice, invalid), status=400)
    to = staff.saved("/account", "password")
    response = web.Response(status=303, headers={"Location": to})
    guards.let_in(request, response, Kind.STAFF, opened.cookie)
    return response


async def invite_colleague(request: web.Request) -> web.Response:
    """A one-time link for one colleague, shown in this answer alone."""
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].begin() as db:
        path = await signing_in.invite_colleague(db, who, now=staff.now(request))
    return await _page(request, who, {}, {}, shown=staff.shown_link(request, path))


async def with_code(request: web.Request, who: Caseworker, code: str) -> web.Response:
    """The page with a code on it that opens a colleague's locked note (pages/unlocking.py)."""
    return await _page(request, who, {}, {}, code=code)


async def _uploaded(request: web.Request) -> bytes:
    """The bytes of the one file in the form, read no further than a photograph may go."""
    if not request.content_type.startswith("multipart/"):
        raise Invalid(photo="photo-form")
    reader = await request.multipart()
    part = await reader.next()
    if not isinstance(part, BodyPartReader) or part.name != "photo":
        raise Invalid(photo="photo-form")
    photo = bytearray()
    while piece := await part.read_chunk(PIECE):
        photo += piece
        if len(photo) > portrait.LARGEST:
            raise Invalid(photo="photo-large")
    return bytes(photo)


def _picture(photo: bytes) -> web.Response:
    return web.Response(body=photo, content_type=portrait.kind(photo))


async def _page(
    request: web.Request,
    who: Caseworker,
    typed: Form,
    errors: dict[str, str],
    *,
    shown: dict[str, Any] | None = None,
    code: str = "",
    status: int = 200,
) -> web.Response:
    async with request.app[keys.DATABASE].read() as db:
        own = await account.of(db, who)
        stood = await seconding.stood(db, who, now=staff.now(request))
    voice = staff.voice(request, who)
    zone = request.app[keys.SETTINGS].zone
    context = {
        "own": own, "typed": typed, "errors": errors, "shown": shown, "code": code,
        "stood": [
            (spoken(at, zone, voice.language), voice.say(f"unlocking.stood.{step}"))
            for at, step in stood
        ],
    }  # fmt: skip
    return render.page(request, "signing_in/account.html", context, status=status)
