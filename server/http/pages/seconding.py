"""The second person of a step that takes two: their code comes with the step's own form."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from server.domain.roles import AccountId, Caseworker
from server.http import pacing, staff
from server.http.forms import Form
from server.http.pages.unlocking import COLLEAGUES
from server.services.pacing import Deed


@contextmanager
def beside(request: web.Request, who: Caseworker, form: Form) -> Iterator[AccountId | None]:
    """Whose code was typed, or None. Guessing has an end, as where a lock is opened."""
    typed = form.get("code", "")
    if typed.strip():
        pacing.go(request, Deed.CODE, device=who.session)
    with request.app[COLLEAGUES].beside(who, typed, now=staff.now(request)) as account:
        yield account
