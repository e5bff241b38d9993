"""What every page of a signed-in caseworker begins with."""

from datetime import date, datetime, time
from ipaddress import ip_address, ip_network

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.roles import Caseworker
from server.http import render
from server.http.dates import spoken
from server.http.qr import Code, code
from server.texts import Voice

IN_WORDS = range(2, 11)  # counts that are written out


def voice(request: web.Request, who: Caseworker, barn: str = "", hjem: str = "") -> Voice:
    """The voice of a caseworker's page; about a young person it knows them and their home."""
    return render.voice(request, Band.ADULT, navn=who.first_name, barn=barn, hjem=hjem)


def now(request: web.Request) -> datetime:
    return request.app[keys.CLOCK].now()


def said(request: web.Request, moment: datetime, form: str = "full") -> str:
    """A moment in the reader's words, beginning with a capital."""
    words = within(request, moment, form)
    return words[0].upper() + words[1:]


def within(request: web.Request, moment: datetime, form: str = "full") -> str:
    """A moment in the reader's words, inside a sentence."""
    return spoken(moment, request.app[keys.SETTINGS].zone, render.language(request), form)


def day_within(request: web.Request, day: date) -> str:
    """A whole day in the reader's words, inside a sentence."""
    return within(request, datetime.combine(day, time(12), request.app[keys.SETTINGS].zone), "day")


def address(request: web.Request) -> str:
    """Where a try at signing in comes from, to be counted and kept nowhere else (P6).

    Behind our own proxy it is what that proxy says last; somebody further out may have written
    the rest. Without a proxy's word a loopback address is nobody's in particular.
    """
    peer = request.remote or ""
    if not peer.startswith("127.") and peer != "::1":
        return peer
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()[:45]


def household(request: web.Request) -> str:
    """The same as it is counted where passwords are tried: in IPv6 everybody has a network full of
    addresses, so that one of them alone says nothing."""
    found = address(request)
    try:
        known = ip_address(found)
    except ValueError:
        return found
    return found if known.version == 4 else str(ip_network((known, 64), strict=False))


def owned(voice: Voice, words: str, owner: str) -> str:
    """What somebody does, with their name where it is not the caseworker's own task."""
    if not words or not owner or owner == voice.known.get("navn"):
        return words
    return voice.say("promises.owner", hvem=owner, ord=words)


def in_words(voice: Voice, count: int) -> str:
    """ "Tre"; what is more than ten stays a figure."""
    return voice.say(f"count.{count}") if count in IN_WORDS else str(count)


def saved(path: str, form: str) -> str:
    """The address of a page one of whose forms was just saved: it says so there."""
    return f"{path}?saved={form}#saved"


def number(request: web.Request, name: str) -> int:
    """An id from the address; the routes let nothing but digits through."""
    return int(request.match_info[name])


def shown_link(request: web.Request, path: str) -> dict[str, str | Code]:
    """A link in full and as a QR code. It goes into a page, never into an address of ours."""
    link = request.app[keys.SETTINGS].origin + path
    return {"link": link, "code": code(link)}
