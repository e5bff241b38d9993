"""A caseworker signs in and out; the first one opens an account by a one-time code."""

from typing import Any

from aiohttp import web

from server import keys, log
from server.domain.ages import Band
from server.domain.errors import Invalid, Refused
from server.http import changed, guards, kept_words, render, staff
from server.http.fields import Fields, said
from server.http.forms import Form, read_form
from server.services import signing_in
from server.services.sessions import Kind
from server.services.signing_in import Desk, NewAccount
from server.services.throttling import WINDOW

DESK: web.AppKey[Desk] = web.AppKey("DESK", Desk)
WAIT_STATUS = 429
EVERYTHING_HERE = '"cache", "storage"'  # not cookies: a guest's session may share the browser


async def show(request: web.Request) -> web.Response:
    if await guards.session(request, Kind.STAFF) is not None:
        raise web.HTTPSeeOther("/")
    return _sign_in_page(request, {}, "")


async def sign_in(request: web.Request) -> web.Response:
    """Begin a session, or say that login and password do not fit, whichever of them it was."""
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    login, password = form.get("login", ""), form.get("password", "")
    try:
        async with request.app[keys.DATABASE].read() as db:
            account = await signing_in.check(
                db, request.app[DESK], login, password, staff.household(request), now=now
            )
    except Refused as refused:
        log.note(refused.error)
        status = WAIT_STATUS if refused.error == "sign-in-wait" else 400
        page = _sign_in_page(request, form, refused.error, status)
        if status == WAIT_STATUS:
            page.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return page
    before = await guards.session(request, Kind.STAFF)
    async with request.app[keys.DATABASE].begin() as db:
        opened = await signing_in.sign_in(db, account, before, now=now)
    kept = kept_words.of(form)
    return _let_in(request, opened.cookie, kept_words.go_on(request, kept) if kept else None)


async def sign_out(request: web.Request) -> web.Response:
    """Signing out twice, or after an hour of silence, is signing out."""
    live = await guards.session(request, Kind.STAFF)
    if live is not None:
        who = await guards.caseworker(request)
        async with request.app[keys.DATABASE].begin() as db:
            await signing_in.sign_out(db, who, now=request.app[keys.CLOCK].now())
        await changed.tell_all(request)
    response = web.HTTPSeeOther("/signing-in")
    guards.set_cookie(request, response, guards.cookie_name(request, Kind.STAFF), "", 0)
    response.headers["Clear-Site-Data"] = EVERYTHING_HERE
    raise response


async def first(request: web.Request) -> web.Response:
    """The page behind a first link. The code may be typed, or a script takes it from the `#`."""
    return _first_page(request, {}, {})


async def open_account(request: web.Request) -> web.Response:
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    voice = render.voice(request, Band.ADULT)
    try:
        wanted = _new_account(form)
        wanted.check()
        async with request.app[keys.DATABASE].read() as db:
            await signing_in.check_code(db, form.get("code", ""), now=now)
        # Hashing takes a while; the database is not held meanwhile.
        hashed = await request.app[DESK].passwords.hash(wanted.password)
        async with request.app[keys.DATABASE].begin() as db:
            opened = await signing_in.open_account(
                db, form.get("code", ""), wanted, hashed, now=now
            )
    except Invalid as invalid:
        return _first_page(request, form, said(voice, invalid), 400)
    return _let_in(request, opened.cookie)


def _new_account(form: Form) -> NewAccount:
    fields = Fields(form)
    fields.short("code", 60)
    wanted = NewAccount(
        name=fields.short("name", 80),
        login=fields.short("login", 120).casefold(),
        phone=fields.phone(),
        password=form.get("password", ""),
    )
    if " " in wanted.login:
        fields.wrong["login"] = "login-form"
    fields.done()
    return wanted


def _let_in(request: web.Request, cookie: str, to: web.Response | None = None) -> web.Response:
    response = to or web.Response(status=303, headers={"Location": "/"})
    guards.let_in(request, response, Kind.STAFF, cookie)
    return response


def _sign_in_page(request: web.Request, typed: Form, error: str, status: int = 200) -> web.Response:
    voice = render.voice(request, Band.ADULT)
    context: dict[str, Any] = {
        "typed": typed,
        "errors": {"login": voice.say(f"error.{error}")} if error else {},
        "kept": kept_words.of(typed),
    }
    return render.page(request, "signing_in/sign_in.html", context, status=status)


def _first_page(
    request: web.Request, typed: Form, errors: dict[str, str], status: int = 200
) -> web.Response:
    render.voice(request, Band.ADULT)
    context = {"typed": typed, "errors": errors}
    return render.page(request, "signing_in/first.html", context, status=status)
