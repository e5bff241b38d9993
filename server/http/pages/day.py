"""The caseworker's first page: today's meetings, what is missing before each, and the notes."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain.readiness import Group, Thing
from server.domain.weekdays import answer_by
from server.http import (
    during_rows,
    guards,
    journal_rows,
    render,
    staff,
    telling_rows,
    way_words,
)
from server.http.dates import spoken_day
from server.services import day, incidents, tasks, telling
from server.services.afterwards import Told
from server.services.day import Day, FromHome, Note, NotHeld, Row
from server.services.note_waits import Waiting
from server.services.promising import Due
from server.texts import Voice

ANSWERED_AS_WAYS = frozenset({"another_way", "way", "heard"})
SHOWN_TASKS = 3  # of what a meeting waits for; the rest stands on its own page
# What a young person was told a day for (the effects' "du får svar senest").
WITH_A_DAY = frozenset({("not_there", "caseworker"), ("bisidder", "find_one")})


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    now, zone = staff.now(request), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        found = await day.of(db, who, now=now, zone=zone)
        waits = await tasks.waiting(db, who, zone, now=now)
        voice = staff.voice(request, who)
        requests = await during_rows.of_day(request, db, who, voice)
        tellings = await telling.open_of(db, who)
        to_see_to, known = await incidents.counted(db, who)
        late = await journal_rows.of_day(request, db, voice, who)
    context = {
        "today": staff.said(request, now, "day"),
        "line": _line(request, voice, found),
        "rows": [
            _row(request, voice, row, first=place == 0) for place, row in enumerate(found.today)
        ],
        "later": [
            _row(request, voice, row, first=False)
            # What is to be done on the day itself is not missing yet.
            | {"day": staff.said(request, row.starts, "day"), "missing": ""}
            for row in found.later
        ],
        "notes": late
        + [_in_note(voice, *one) for one in found.in_notes]
        + [_note(request, voice, note) for note in found.notes]
        + [_not_held(request, voice, one) for one in found.not_held],
        "waits": way_words.waits(voice, waits, zone, now),
        "requests": requests,
        "incidents": _incidents(voice, to_see_to, known),
        "homes": [_home(request, voice, answer) for answer in found.homes],
        "promises": [_promised(request, voice, due) for due in found.promises],
        "just_told": [
            _promised(request, voice, due) | {"kept": kept} for due, kept in found.just_told
        ],
        "tellings": telling_rows.for_caseworker(voice, tellings),
        "after": [_after(request, voice, told) for told in found.after],
    }
    return render.page(request, "scheduling/day.html", context)


def _incidents(voice: Voice, to_see_to: int, known: int) -> str:
    """The way to the list of incidents, for whoever has any."""
    if to_see_to:
        return voice.say("day.incidents", antal=to_see_to)
    return voice.say("day.incidents.seen-to") if known else ""


def _line(request: web.Request, voice: Voice, found: Day) -> str:
    """ "Tre møder. Det næste er kl. 14.00." """
    if not found.today:
        return voice.say("day.none")
    clock = staff.said(request, found.today[0].starts, "clock")
    if len(found.today) == 1:
        return voice.say("day.one", klokken=clock)
    return voice.say("day.many", antal=staff.in_words(voice, len(found.today)), klokken=clock)


def _row(request: web.Request, voice: Voice, row: Row, *, first: bool) -> dict[str, Any]:
    """One meeting. Only the first shows its own tasks: the others have a word about theirs."""
    companions = [voice.say(f"day.with.{role}", hvem=name) for role, name in row.companions]
    said = [voice.say("day.length", minutter=row.minutes)]
    said += companions or [voice.say("day.alone")]
    if row.may_open:
        said.append(voice.say("day.all-ready" if row.ready else "day.not-asked", barn=row.name))
    return {
        "meeting": row.meeting,
        "clock": staff.said(request, row.starts, "clock"),
        "title": voice.say("young.name-age", ung=row.name, alder=row.age),
        "words": " ".join(said),
        "open": row.open and row.may_open,
        "ready": row.ready,
        "waiting": voice.say("day.waiting") if row.waiting else "",
        "missing": _missing(voice, row.missing),
        "tasks": [
            *(_asked(request, voice, row, *asked) for asked in row.asked_for),
            *(_tasks(voice, row) if first and not row.may_open else ()),
        ],
        "done": _done(voice, row) if first and not row.may_open else "",
    }


def _asked(
    request: web.Request, voice: Voice, row: Row, question: str, answer: str
) -> dict[str, Any]:
    """Something the young person waits for: told whatever else is ready, with the day they were
    promised an answer by."""
    line = ""
    if question in row.asked_at and (question, answer) in WITH_A_DAY:
        by = answer_by(row.asked_at[question], request.app[keys.SETTINGS].zone)
        line = voice.say("day.asked.by", dag=spoken_day(by, voice.language))
    return {
        "label": voice.say(f"day.asked.{question}.{answer}", barn=row.name),
        "url": f"/meetings/{row.meeting}/{'ways' if question in ANSWERED_AS_WAYS else 'brief'}",
        "line": line,
        "state": voice.say("day.asked.answer", barn=row.name),
        "missing": True,
    }


def _tasks(voice: Voice, row: Row) -> list[dict[str, Any]]:
    """What the room waits for: the next thing lit, a few more, and how many then."""
    open_tasks = [task for task in row.tasks if task.group == Group.BLOCKS]
    told = [
        _task(voice, row, task, is_next=place == 0)
        for place, task in enumerate(open_tasks[:SHOWN_TASKS])
    ]
    if more := len(open_tasks) - len(told):
        words = "day.more.one" if more == 1 else "day.more.many"
        label = voice.say(words, antal=staff.in_words(voice, more))
        url = f"/meetings/{row.meeting}/brief"
        told.append({"label": label, "url": url, "line": "", "state": "", "missing": False})
    return told


def _task(voice: Voice, row: Row, task: Thing, *, is_next: bool) -> dict[str, Any]:
    if task.answer is None:
        state = voice.say(f"day.task.{task.question}.missing") if is_next else ""
    elif task.outdated:
        state = voice.say("day.task.outdated")
    else:
        state = voice.say(f"day.task.{task.question}.{task.answer}")
    return {
        "label": voice.say(f"day.task.{task.question}", barn=row.name),
        "url": f"/meetings/{row.meeting}/brief?open={task.question}#{task.question}",
        "line": voice.say("day.task.room.line") if task.question == "room" else "",
        "state": state,
        "missing": is_next,
    }


def _done(voice: Voice, row: Row) -> str:
    """What is done, in one quiet line."""
    done = [
        voice.say(f"day.task.{task.question}", barn=row.name)
        for task in row.tasks
        if task.group == Group.DONE
    ]
    return voice.say("day.done", ting=" · ".join(done)) if done else ""


def _missing(voice: Voice, count: int) -> str:
    if count == 0:
        return ""
    if count == 1:
        return voice.say("day.missing.one")
    return voice.say("day.missing.many", antal=staff.in_words(voice, count))


def _note(request: web.Request, voice: Voice, note: Note) -> tuple[str, str, str]:
    url = f"/meetings/{note.meeting}/note"
    if note.leaves is None:
        zone = request.app[keys.SETTINGS].zone
        is_today = note.held.astimezone(zone).date() == staff.now(request).astimezone(zone).date()
        held = staff.within(request, note.held, "day")
        by = voice.say("day.note.today") if is_today else voice.say("day.note.held", dag=held)
        return voice.say("day.note.write", ung=note.name), by, url
    until = staff.within(request, note.leaves)
    return voice.say("day.note.read", ung=note.name), voice.say("day.note.until", tid=until), url


def _not_held(request: web.Request, voice: Voice, one: NotHeld) -> tuple[str, str, str]:
    """Nobody is blamed: they may have talked on the phone, and then there is a note to write."""
    line = voice.say("day.not-held.line", tid=staff.said(request, one.starts))
    return voice.say("day.not-held", ung=one.name), line, f"/meetings/{one.meeting}/note"


def _in_note(voice: Voice, waits: Waiting, name: str, home: str) -> tuple[str, str, str]:
    one = "one" if waits.lines == 1 else "many"
    lines = voice.say(f"day.in-note.lines.{one}", antal=waits.lines)
    words = voice.say(f"day.in-note.{waits.what}", ung=name, hjem=home)
    return words, lines, f"/meetings/{waits.meeting}/note"


def _home(request: web.Request, voice: Voice, answer: FromHome) -> tuple[str, str, str | None]:
    said = voice.say(f"home.answer.{answer.kind}")
    url = None if answer.meeting is None else f"/meetings/{answer.meeting}/note#home"
    words = voice.say("day.home.answer", hjem=answer.home, svar=said)
    return words, staff.within(request, answer.at), url


def _promised(request: web.Request, voice: Voice, due: Due) -> dict[str, Any]:
    words = staff.owned(voice, due.words, due.owner) or voice.say(
        f"promise.{due.kind}", barn=due.name
    )
    when = staff.said(request, due.due, "full" if due.kind == "call_back" else "day")
    named = words if due.kind != "promise" else f"{due.name}: {words}"
    return {"id": due.id, "words": named, "when": when, "late": due.late}


def _after(request: web.Request, voice: Voice, told: Told) -> tuple[str, str, str]:
    words = after_words(voice, told)
    return words, staff.within(request, told.at), f"/meetings/{told.meeting}/note"


def after_words(voice: Voice, told: Told) -> str:
    """What was told after a call, in words for its caseworker."""
    name = told.question if told.words else f"{told.question}.{told.answer}"
    return voice.say(f"day.after.{name}", barn=told.name, ord=told.words)
