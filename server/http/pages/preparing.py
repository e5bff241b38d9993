"""What a caseworker sees to before a meeting (R1-R15): a list of things, each with its state.

One form holds them all, folded: whoever opens one answers it and saves, and whatever else was
chosen is kept with it. The young person's own choices stand inside the thing that says whether
they were read, so that they are opened and not passed by (R4).
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import checklist
from server.domain import meeting as meetings
from server.domain.ages import Band
from server.domain.checklist import Gate
from server.domain.errors import Invalid
from server.domain.links import KNOCK_BEFORE
from server.domain.questions import Question
from server.domain.readiness import Group, Thing, in_order
from server.domain.roles import Caseworker, MeetingId
from server.http import guards, interpreter_words, last_time, render, staff, voices
from server.http.changed import tell
from server.http.dates import spoken
from server.http.fields import Fields
from server.http.forms import Form, day_of, read_form, wants_json
from server.services import (
    calling,
    day,
    host_answers,
    promising,
    room,
    young_people,
)
from server.services.promising import ADDRESS_LIMIT, LEADER_LIMIT, Card
from server.services.snapshot import Snapshot
from server.texts import Voice
from server.ws.host_view import brief_of
from server.ws.script_lines import lines as script_lines

HEADINGS = ("next", "blocks", "good", "done")
CARD = {"emergency": ("address", "leader", "leader_phone")}  # what is written beside an answer


async def show(request: web.Request) -> web.Response:
    host = await guards.caseworker(request)
    return render.page(request, "arriving/host.html", await _page(request, host))


async def answer(request: web.Request) -> web.Response:
    """Keep what was answered, all at once or nothing; what was typed stays."""
    host, shot, voice = await _here(request)
    form = await read_form(request)
    given = [question for question in _questions(shot) if form.get(question.id)]
    wrong: dict[str, str] = {}
    now = request.app[keys.CLOCK].now()
    try:
        async with request.app[keys.DATABASE].begin() as db:
            meeting = MeetingId(shot.meeting)
            for question in given:
                try:
                    if question.id == "emergency":
                        await promising.fill_card(db, host, meeting, _card(form), now=now)
                    await host_answers.answer(
                        db, host, meeting, question, form[question.id],
                        form.get(f"{question.id}-text", ""), now=now,
                    )  # fmt: skip
                except Invalid as invalid:
                    wrong[question.id] = voice.say(f"field.{next(iter(invalid.fields.values()))}")
            wrong |= {one: voice.say("field.answer-beside") for one in _only_words(shot, form)}
            if wrong:
                raise Invalid(answers="unknown-answer")
    except Invalid:
        if not wrong:
            raise
        context = await _page(request, host)
        context |= {"wrong": wrong, "typed": form}
        return render.page(request, "arriving/host.html", context, status=400)
    await tell(request, shot.meeting)
    if wants_json(request):  # from beside one's own picture
        return web.json_response({"text": voice.say("mirror.seen")})
    raise web.HTTPSeeOther(f"/meetings/{shot.meeting}/brief")


async def promise(request: web.Request) -> web.Response:
    """Write down what was promised to the young person, with its day (R15)."""
    host, shot, voice = await _here(request)
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    try:
        async with request.app[keys.DATABASE].begin() as db:
            row = await calling.own_meeting(db, host, MeetingId(shot.meeting))
            await promising.promise(
                db, host, row.young_person_id, form.get("words", ""), day_of(form.get("due", "")),
                now=now, zone=request.app[keys.SETTINGS].zone,
            )  # fmt: skip
    except Invalid as invalid:
        context = await _page(request, host)
        errors = {name: voice.say(f"field.{code}") for name, code in invalid.fields.items()}
        context |= {"typed": form, "promise_errors": errors}
        return render.page(request, "arriving/host.html", context, status=400)
    raise web.HTTPSeeOther(f"/meetings/{shot.meeting}/brief#promises")


async def keep_promise(request: web.Request) -> web.Response:
    """It is done: off the list, here and on the day's page."""
    return await _told_of(request, promising.keep)


async def miss_promise(request: web.Request) -> web.Response:
    """It was not done, and nobody pretends (S46)."""
    return await _told_of(request, promising.miss)


async def open_promise(request: web.Request) -> web.Response:
    """One of the two was pressed by mistake."""
    return await _told_of(request, promising.open_again)


async def _told_of(request: web.Request, deed: Callable[..., Awaitable[None]]) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    async with request.app[keys.DATABASE].begin() as db:
        await deed(db, who, staff.number(request, "promise"), now=staff.now(request))
    if (kept := last_time.heard(request, staff.voice(request, who))) is not None:
        return kept
    meeting = form.get("meeting", "")
    is_number = meeting.isascii() and meeting.isdigit()
    back = f"/meetings/{int(meeting[:15])}/brief" if is_number else "/"
    raise web.HTTPSeeOther(back)


def _only_words(shot: Snapshot, form: Form) -> list[str]:
    """Where somebody wrote words and chose no answer they belong to: kept nowhere, so said."""
    typed = [
        (q.id, name) for q in _questions(shot) for name in (f"{q.id}-text", *CARD.get(q.id, ()))
    ]
    return [one for one, name in typed if form.get(name, "").strip() and not form.get(one)]


def _card(form: Form) -> Card:
    fields = Fields(form)
    known = form.get("emergency") == "known"
    card = Card(
        address=fields.short("address", ADDRESS_LIMIT, needed=known) if known else "",
        leader=fields.short("leader", LEADER_LIMIT, needed=False),
        leader_phone=fields.phone("leader_phone", needed=False),
    )
    fields.done()
    return card


def _questions(shot: Snapshot) -> list[Question]:
    """Everything the caseworker is asked, also what the room does not wait for."""
    more = [q for q in shot.host.more if q.id != "parents" or shot.band != Band.EIGHTEEN]
    return [*shot.host.questions, *more]


async def _here(request: web.Request) -> tuple[Caseworker, Snapshot, Voice]:
    host = await guards.caseworker(request)
    async with request.app[keys.DATABASE].read() as db:
        return host, *await _stand(request, db, host)


async def _stand(
    request: web.Request, db: AsyncSession, host: Caseworker
) -> tuple[Snapshot, Voice]:
    meeting = MeetingId(int(request.match_info["meeting"][:15]))
    row = await calling.own_meeting(db, host, meeting)
    shot = room.of(row, request.app[keys.CLOCK].now())
    return shot, voices.for_host(request, shot)


async def _page(request: web.Request, host: Caseworker) -> dict[str, Any]:
    """All that the page shows, from one look at the database."""
    now, zone = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        shot, voice = await _stand(request, db, host)
        meeting = MeetingId(shot.meeting)
        row = await calling.own_meeting(db, host, meeting)
        young = await young_people.one(db, host, row.young_person_id, now=now)
        card = await promising.card_of(db, meeting)
        from_last_time = await last_time.rows(request, db, host, meeting, voice)
        next_starts = await day.next_start(db, row)
    counted = checklist.standing(shot.host.replies, host.session)
    newest = max((reply.at for reply in shot.young.replies), default=None)
    waited_for = {q.id for q in shot.host.questions}
    asked = {q.id: q for q in _questions(shot)}
    is_open = shot.standing == meetings.Standing.OPEN
    things = in_order(
        (_thing(question, counted, newest, waited_for) for question in asked),
        answered=bool(shot.young.replies),
        is_open=is_open,
    )
    rows = {
        group: [_row(voice, asked[t.question], t, counted) for t in things if t.group == group]
        for group in Group
    }
    for shown in (one for rows_of in rows.values() for one in rows_of):
        if shown["id"] == "interpreter":
            shown["hint"] = interpreter_words.hint(voice, shot)
    blocks = rows[Group.BLOCKS]
    return {
        "meeting": shot.meeting,
        "young_person": row.young_person_id,
        "brief": brief_of(shot, voice, now),
        "lines": script_lines(shot, voice),
        "answered": bool(shot.young.replies),
        "groups": [
            (name, voice.say(f"host.group.{name}"), found)
            for name, found in zip(
                HEADINGS,
                (blocks[:1], blocks[1:], rows[Group.GOOD], rows[Group.DONE]),
                strict=True,
            )
            if found
        ],
        "left": len(blocks),
        "left_in_words": staff.in_words(voice, len(blocks)),
        "opened": request.query.get("open", ""),
        "ready": shot.host.gate(host.session) == Gate.READY,
        "open": is_open,
        "opens": spoken(shot.starts - KNOCK_BEFORE, zone, voice.language, "clock"),
        "card": card,
        **from_last_time,
        "time_after": _time_after(request, voice, shot, next_starts),
        "last_seen": staff.day_within(request, young.last_seen) if young.last_seen else "",
        "next_visit": staff.day_within(request, young.next_visit) if young.next_visit else "",
        "wrong": {},
        "typed": {},
        "promise_errors": {},
    }


def _thing(
    question: str, counted: dict[str, checklist.Reply], newest: Any, waited_for: set[str]
) -> Thing:
    reply = counted.get(question)
    is_old = question == "read" and reply is not None and newest is not None and reply.at < newest
    return Thing(question, reply.answer if reply else None, is_old, question in waited_for)


def _row(
    voice: Voice, asked: Question, thing: Thing, counted: dict[str, checklist.Reply]
) -> dict[str, Any]:
    """One thing to see to: its name, how it stands, and what can be answered."""
    reply = counted.get(asked.id)
    key = f"day.task.{asked.id}"
    state = "day.task.outdated" if thing.outdated else f"{key}.{thing.answer}"
    return {
        "id": asked.id,
        "label": voice.say(key),
        "state": voice.say(state) if reply is not None else "",
        "missing": thing.missing,
        "words": voice.say(f"q.{asked.id}"),
        "why": voice.say(f"why.{asked.id}"),
        "hint": voice.say(f"hint.{asked.id}") if voice.has(f"hint.{asked.id}") else "",
        "answers": [(said, voice.say(f"a.{asked.id}.{said}")) for said in asked.answers],
        "asks": asked.asks_text,
        "asks_text": voice.say(f"text.{asked.id}") if asked.asks_text else "",
        "chosen": reply.answer if reply is not None else None,
        "text": reply.text if reply is not None else "",
        "effect": _effect(voice, asked.id, counted),
    }


def _time_after(
    request: web.Request, voice: Voice, shot: Snapshot, next_starts: Any
) -> tuple[str, bool]:
    """Whether a quarter of an hour is free afterwards (R11), and whether that is so."""
    ends = shot.starts + day.length(shot)
    if next_starts is None or next_starts - ends >= day.TIME_AFTER:
        until = staff.said(request, ends + day.TIME_AFTER, "clock")
        return voice.say("host.time-after", klokken=until), True
    clock = staff.said(request, next_starts, "clock")
    return voice.say("host.no-time-after", klokken=clock), False


def _effect(voice: Voice, question: str, counted: dict[str, checklist.Reply]) -> str:
    if question not in counted:
        return ""
    answer = counted[question].answer
    shuts = answer in checklist.NOT_LIKE_THIS.get(question, ())
    told = shuts or (question, answer) in host_answers.SAID
    return voice.say(f"e.{question}.{answer}.1") if told else ""
