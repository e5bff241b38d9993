"""The rows that must each have a state: taken from the tables the product itself is built from."""

import re
from pathlib import Path

from server.domain import offers, questions
from server.domain.ages import Band
from server.domain.checklist import Gate
from server.domain.roles import Role
from server.http import static
from server.http.middlewares import STATUS
from server.http.urls import urls
from server.ws import host_view, view
from tests.e2e.states.guests import AGES, on_pages_of_their_own

AFTERWARDS = {q.id for role in Role for q in questions.after(role, Band.THIRTEEN)}
TEMPLATES = Path(__file__).parents[3] / "web" / "templates"
# Routes that answer a GET with something other than a page of ours.
NO_PAGE = {
    "static": "a file",
    "health": "for a watchman",
    "next-step": "only sends on",
    "line": "a socket",
    "own-portrait": "a picture",
    "guests-portrait": "a picture",
}


def rows() -> set[str]:
    return {*_routes(), *_questions(), *_effects(), *_gates(), *_phases(), *_parts(), *_errors()}


def _routes() -> set[str]:
    pages = {route.kwargs["name"] for route in urls(static.Files()) if route.method == "GET"}
    return {f"route:{name}" for name in pages - set(NO_PAGE)}


def _questions() -> set[str]:
    young = {
        f"question:{Role.YOUNG_PERSON}:{years}:{asked.id}"
        for band, years in AGES.items()
        for asked in on_pages_of_their_own(band)
    }
    others = {
        f"question:{role}:{asked.id}"
        for role in Role
        if role != Role.YOUNG_PERSON
        for asked in questions.asked(role, Band.ADULT)
    }
    return young | others


def _effects() -> set[str]:
    return {
        f"effect:{asked}:{said}"
        for asked, all_said in offers.EFFECTS.items()
        for said in all_said
        if asked not in AFTERWARDS
    }


def _gates() -> set[str]:
    return {f"gate:{gate}" for gate in Gate}


def _phases() -> set[str]:
    hosts = {f"phase:host:{phase}" for phase in view.HOSTS}
    guests = {f"phase:guest:{phase}" for phase in view.GUESTS}
    own = (
        _named("data-phase", "room.html") - {phase.value for phase in view.Phase} - {"opening"}
    )  # before the first word
    return hosts | guests | {f"phase:page:{phase}" for phase in own}


def _parts() -> set[str]:
    """Panels, the two looks of a knock, and the strips that change the way of talking."""
    return (
        {f"panel:host:{name}" for name in _named("data-panel", "host.html")}
        | {f"panel:guest:{name}" for name in _named("data-panel", "room.html")}
        | {f"knock:{when}" for when in _named("data-when", "knock.html")}
        | {f"alert:{name}" for name in host_view.ALERTS}
    )


def _errors() -> set[str]:
    return {f"error:{status}" for status in {*STATUS.values(), 403, 405, 413, 500}}


def _named(attribute: str, template: str) -> set[str]:
    """The words of an attribute in a template of the call and in those it includes."""
    text = (TEMPLATES / "calling" / template).read_text(encoding="utf-8")
    words = {
        word for found in re.findall(rf'{attribute}="([^"{{]+)"', text) for word in found.split()
    }
    inside = re.findall(r'include "calling/([a-z_]+\.html)"', text)
    return words.union(*(_named(attribute, name) for name in inside))
