"""The young person's own copy of a note: a warning first, then one file that asks nobody anything.

The file is sent, never shown at an address, so that a browser's history knows nothing of it; its
name is as harmless as the title of every page here (P6).
"""

from pathlib import Path
from typing import Any

from aiohttp import web
from markupsafe import Markup

from server import keys
from server.domain.errors import Refused
from server.domain.sections import Section
from server.domain.sharing import Choice, Outcome
from server.http import changed, guards, pacing, render
from server.http.dates import spoken, spoken_day
from server.services import choice_records, choosing, note_copy, own_copy
from server.services.choosing import Reader
from server.services.items import Shown
from server.services.own_copy import OwnCopy
from server.texts import Voice
from server.ws import items

WEB = Path(__file__).parents[3] / "web"
# In the file itself: it is read where nothing of ours can be fetched.
STYLE = Markup(f"<style>{(WEB / 'export' / 'own_copy.css').read_text(encoding='utf-8')}</style>")  # noqa: S704  # a file of ours
TALKED = (Section.TALKED_ABOUT, Section.NOTICED, Section.THINKS, Section.NEXT_TIME)
# What of it the home has, or is to hear. Whoever looks over a shoulder is not told in one list what
# they were not to know.
TOLD = frozenset(
    {
        Outcome.GOES, Outcome.WAITS_FOR_VOICE, Outcome.WAITS_FOR_LOOK, Outcome.MUST_GO,
        Outcome.MUST_BE_TOLD,
    }
)  # fmt: skip
BY_THEMSELVES = frozenset({Choice.TELL_MYSELF, Choice.TELL_TOGETHER})
FILE = {"da": "aftale.html", "en": "appointment.html"}


async def show(request: web.Request) -> web.Response:
    """Where the file lands and who can read it there, before there is one."""
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        who = await choosing.reader(db, guest, in_call=in_call, now=now)
        offered = await own_copy.is_offered(db, guest, who)
    _speak(request, who)
    if not offered:
        return render.page(request, "choosing/copy_not_here.html", {}, status=403)
    return render.page(request, "choosing/copy.html", {})


async def take(request: web.Request) -> web.Response:
    """The file, once they have asked for it."""
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        who = await choosing.reader(db, guest, in_call=in_call, now=now)
    voice = _speak(request, who)
    pacing.guest_goes(request, guest)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            copy = await own_copy.take(db, guest, in_call=in_call, now=now)
    except Refused:
        return render.page(request, "choosing/copy_not_here.html", {}, status=403)
    page = render.page(request, "choosing/copy_file.html", _told(request, voice, copy))
    page.headers["Content-Disposition"] = f'attachment; filename="{FILE[voice.language]}"'
    return page


async def take_choices(request: web.Request) -> web.Response:
    """What they chose, when and how, as a file that repeats no words and names nobody (D11)."""
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    now, settings = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS]
    async with request.app[keys.DATABASE].read() as db:
        who = await choosing.reader(db, guest, in_call=in_call, now=now)
    voice = _speak(request, who)
    pacing.guest_goes(request, guest)
    key, controller = request.app[keys.LINK_KEY], settings.export_municipality
    try:
        async with request.app[keys.DATABASE].begin() as db:
            told = await choice_records.take(db, guest, key, controller, in_call=in_call, now=now)
    except Refused:
        return render.page(request, "choosing/copy_not_here.html", {}, status=403)
    name = FILE[voice.language].replace(".html", ".json")
    return web.Response(
        text=note_copy.as_json(told),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _speak(request: web.Request, who: Reader) -> Voice:
    names = {"barn": who.name, "hjem": who.home} if who.opens else {}
    return render.voice(request, who.band, navn=who.caseworker, phone=who.phone, **names)


def _told(request: web.Request, voice: Voice, copy: OwnCopy) -> dict[str, Any]:
    zone = request.app[keys.SETTINGS].zone

    def line(one: Shown) -> dict[str, Any]:
        beside = ""
        agreed = copy.agreed.get(one.item)
        if one.said_by and one.said_on:
            day = spoken_day(one.said_on, voice.language)
            beside = voice.say("copy.said", hvem=one.said_by, dag=day)
        elif agreed is not None:
            day = spoken(agreed.due, zone, voice.language, "day")
            beside = voice.say(f"copy.agreed.{agreed.state}", hvem=agreed.owner, dag=day)
        own = [
            {
                "when": spoken(said.at, zone, voice.language),
                "mark": voice.say(f"comment.{said.stand}") if said.stand else "",
                "words": said.words,
                "heard": said.heard,
            }
            for said in copy.said.get(one.item, ())
        ]
        return {"text": one.text, "beside": beside, "own": own}

    def of(*sections: Section) -> list[dict[str, Any]]:
        return [line(one) for one in copy.lines if one.section in sections]

    when = spoken(copy.starts, zone, voice.language)
    asked_for = [
        {
            "text": one.words,
            "beside": voice.say(
                "asked-for.answered", dag=spoken(one.done, zone, voice.language, "day")
            )
            + (f" {one.told}" if one.told else "")
            if one.done
            else voice.say(
                "asked-for.due", hvem=one.owner, dag=spoken_day(one.due, voice.language)
            ),
        }
        for one in copy.asked_for
    ]
    chat = [
        {"text": one.text, "beside": f"{one.by}, {spoken(one.at, zone, voice.language, 'at')}"}
        for one in copy.chat
    ]
    parts = [
        ("copy.talked", of(*TALKED)),
        ("copy.agreed", of(Section.AGREED)),
        ("copy.own-words", of(Section.OWN_WORDS)),
        ("asked-for.title", [one for one in asked_for if one["text"]]),
        ("choosing.written.title", chat),
    ]
    return {
        "style": STYLE,
        "when": when[0].upper() + when[1:],
        "parts": [(voice.say(title), lines) for title, lines in parts if lines],
        "chosen": [
            {"text": row["home_text"] or row["text"], "beside": _chosen(row)}
            for row in items.for_young_person(voice, [one for one in copy.lines if _is_told(one)])
        ],
    }


def _is_told(one: Shown) -> bool:
    return bool(one.at_home) or one.outcome in TOLD or one.choice in BY_THEMSELVES


def _chosen(row: dict[str, Any]) -> str:
    label = f"{row['choice_label']}. " if row["choice_label"] and not row["must_pass_on"] else ""
    return f"{label}{row['standing']}"
