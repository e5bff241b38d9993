"""What a guest sees from the letter to knocking: questions, effects, ready."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import checklist, offers, team_list
from server.domain import helping as rules
from server.domain import meeting as meetings
from server.domain import remembering as remember
from server.domain.ages import Band
from server.domain.errors import Invalid, NotFound, Stale, TooFast
from server.domain.links import Right
from server.domain.questions import ANOTHER_WAY, DEVICE, SEND_ON, Question
from server.domain.roles import Role
from server.domain.ways import SHAREABLE
from server.domain.weekdays import answer_by
from server.http import devices, guards, pacing, render, resuming, voices, with_adult
from server.http.changed import tell
from server.http.dates import spoken, spoken_day
from server.http.forms import read_form, wants_json
from server.http.pages import guest_words as words
from server.http.pages import picking
from server.services import (
    arriving,
    coming_back,
    deciding,
    helping,
    newcomers,
    remembering,
    requesting,
    teaming_up,
    telling,
)
from server.services.arriving import Arrival
from server.texts import Voice


async def letter(request: web.Request) -> web.Response:
    """Who wants to talk, when, who comes and why; on a bare link without names (P6)."""
    async with reading(request) as (db, here, voice):
        return await _letter(request, db, here, voice)


async def _letter(
    request: web.Request, db: AsyncSession, here: Arrival, voice: Voice
) -> web.Response:
    if resuming.reads(here):
        raise web.HTTPSeeOther("/choosing")
    if (shut := closed(request, here)) is not None:
        return shut
    decided = bool(await deciding.for_young_person(db, here.guest))
    asked_for = bool(await requesting.for_young_person(db, here.guest))
    people = [
        words.person_row(voice, here.guest, here.shot, here.me, person)
        for person in here.shot.people
        if not person.removed
    ]
    return render.page(
        request,
        "arriving/letter.html",
        {
            "here": here,
            "young": (young := here.me.role == Role.YOUNG_PERSON),
            "points": young and here.shot.band == Band.SIX,
            "people": [row for row in people if row is not None],
            "decided": decided,
            "how_was_it": coming_back.may_say(here),
            "asked_for": asked_for and not helping.locked(here),
            "to_tell": here.guest.known
            and not helping.locked(here)
            and await telling.is_asked_about(db, here.guest, now=request.app[keys.CLOCK].now()),
            "right_card": words.right_card(here.shot),
            "newcomers": newcomers.of(here.shot),
            "role_card": words.role_card(voice, here.me.role),
            "minutes": here.shot.minutes,
            "promises": await picking.promises(request, db, here, voice)
            if here.guest.known and not helping.locked(here)
            else [],
            "may_ask_for_call": picking.may_ask_for_call(here),
            "starts": spoken(here.shot.starts, request.app[keys.SETTINGS].zone, voice.language),
        },
    )


async def next_step(request: web.Request) -> web.Response:
    """On to the first question not answered yet on this device, or to being ready."""
    async with reading(request) as (db, here, _):
        own = {r.question for r in here.me.replies if r.session == here.guest.session}
        now = request.app[keys.CLOCK].now()
        if helping.offered(here) and rules.QUESTION not in own:
            raise web.HTTPSeeOther("/arriving/help")
        asks = own.isdisjoint({remember.QUESTION, remember.WISHES})
        if asks and await remembering.last_time(db, here.guest, now=now) is not None:
            raise web.HTTPSeeOther("/arriving/as-last")
    for question in here.me.questions:
        if question.id not in own:
            raise web.HTTPSeeOther(f"/arriving/questions/{question.id}")
    if here.code_needed:
        raise web.HTTPSeeOther("/arriving/code")
    raise web.HTTPSeeOther("/arriving/ready")


async def question(request: web.Request) -> web.Response:
    here, voice = await arrived(request)
    if (shut := closed(request, here)) is not None:
        return shut
    asked = _asked(request, here)
    return render.page(
        request,
        "arriving/question.html",
        words.question_page(here.guest, here.shot, here.me, voice, asked),
    )


async def answer(request: web.Request) -> web.Response:
    """Keep one answer; a script gets the effect as JSON, a form is taken to it."""
    here, voice = await arrived(request)
    form = await read_form(request)
    asked = here.me.answerable.get(form.get("question", ""))
    if asked is None:
        raise NotFound
    said = words.said_in(asked, form)
    now = request.app[keys.CLOCK].now()
    try:
        pacing.guest_goes(request, here.guest)
        async with request.app[keys.DATABASE].begin() as db:
            await arriving.answer(
                db, here.guest, asked.id, said, form.get("text", ""),
                wording=f"{voice.band} {voice.language}", now=now,
            )  # fmt: skip
            for about in team_list.ASKED.get(asked.id, ()):
                if line := form.get(f"line-{about}", "").strip():
                    await teaming_up.add(
                        db, here.shot, here.me, here.me.seat, here.guest.session, about, line,
                        now=now,
                    )  # fmt: skip
    except Stale:
        if asked != SEND_ON:
            raise
        raise web.HTTPSeeOther(f"/arriving/after?words=new#{asked.id}") from None
    except (Invalid, TooFast) as problem:
        if wants_json(request) or asked == ANOTHER_WAY:
            raise
        context = words.question_page(here.guest, here.shot, here.me, voice, asked)
        context |= {"typed": form}
        context |= {"chosen": said, "picked": said.split(), "text": form.get("text", "")}
        if isinstance(problem, TooFast):
            context["error"] = pacing.sentence(request)
            page = render.page(request, "arriving/question.html", context)
            return pacing.waiting(page, problem)
        context["error"] = voice.say(f"field.{next(iter(problem.fields.values()))}")
        return render.page(request, "arriving/question.html", context, status=400)
    await tell(request, here.shot.meeting)
    is_after = arriving.is_after(asked.id, here)
    to = f"/arriving/after#{asked.id}" if is_after else f"/arriving/effects/{asked.id}"
    response = web.Response(status=303, headers={"Location": to})
    if wants_json(request) and not is_after:
        lines = words.effect_lines(voice, asked.id, said, svar=told_by(request, voice, now))
        response = web.json_response({"text": " ".join(line for _, line in lines)})
    if asked == DEVICE:  # the younger are asked whose it is on the way out, others say it anew
        await devices.keep(request, here.guest, response)
    return response


async def effect(request: web.Request) -> web.Response:
    """ "Så gør vi sådan": what is now the case, before anything more is asked."""
    async with reading(request) as (db, here, voice):
        return await _effect(request, db, here, voice)


async def _effect(
    request: web.Request, db: AsyncSession, here: Arrival, voice: Voice
) -> web.Response:
    named = here.me.answerable.get(request.match_info["question"])
    counted = checklist.standing(here.me.replies, here.guest.session)
    reply = counted.get(named.id) if named is not None else None
    if named is None or reply is None or reply.session != here.guest.session:
        raise web.HTTPSeeOther("/arriving/next")
    if helping.locked(here) and not _still_shown(request, here, reply):
        raise web.HTTPSeeOther("/arriving/next")
    ways = offers.OFFERS.get((named.id, reply.answer), ())
    number, total = words.progress(here.me, named)
    by = told_by(request, voice, reply.at)
    return render.page(
        request,
        "arriving/effect.html",
        {
            "lines": words.effect_lines(voice, named.id, reply.answer, svar=by),
            "offers": [(way, f"another_way.{way}", offers.OFFER_ICONS[way]) for way in ways],
            "question": named.id,
            "number": number,
            "total": total,
            "back": "/arriving/another-way" if named == ANOTHER_WAY else None,
            "onward": _onward(here, named),
            "may_share": named.id == "afterwards" and reply.answer in SHAREABLE,
            "promises": await picking.promises(request, db, here, voice, reply),
            "options": await picking.options_after(request, db, here, voice, reply),
        },
    )


async def more(request: web.Request) -> web.Response:
    """ "Vil du sige mere?": what may be said besides, each on a page of its own; none has to be."""
    here, voice = await arrived(request)
    if (shut := closed(request, here)) is not None:
        return shut
    if not here.me.more:
        raise NotFound
    own = {r.question for r in here.me.replies if r.session == here.guest.session}
    rows = [
        (
            voice.say(f"q.{asked.id}"),
            voice.say("arriving.more.answered") if asked.id in own else None,
            f"/arriving/questions/{asked.id}",
        )
        for asked in here.me.more
    ]
    return render.page(request, "arriving/more.html", {"rows": rows})


async def another_way(request: web.Request) -> web.Response:
    """Where the neutral button leads: an offer, never a question why (P3)."""
    here, _ = await arrived(request)
    young = here.me.role == Role.YOUNG_PERSON
    ways = ANOTHER_WAY.answers if young and not resuming.is_past(here) else ()
    return render.page(
        request,
        "arriving/another_way.html",
        {
            "ways": [(way, f"another_way.{way}", offers.OFFER_ICONS[way]) for way in ways],
            "phone": here.shot.caseworker_phone,
        }
        | resuming.known(here),
    )


async def arrived(request: web.Request) -> tuple[Arrival, Voice]:
    async with reading(request) as (_, here, voice):
        return here, voice


@asynccontextmanager
async def reading(request: web.Request) -> AsyncIterator[tuple[AsyncSession, Arrival, Voice]]:
    """How it stands for whoever asks, and the look at the database that all of a page is from."""
    guest = await guards.guest(request)
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=request.app[keys.CLOCK].now())
        voice = voices.for_guest(request, here)
        with_adult.wait(request, here)
        yield db, here, voice


def closed(request: web.Request, here: Arrival) -> web.Response | None:
    """The page of a meeting that is not to be had: smaller circle, called off, over."""
    if here.smaller_circle:
        kind = "smaller"
    elif here.shot.standing == meetings.Standing.CALLED_OFF:
        kind = "off"
    elif here.shot.standing == meetings.Standing.OVER:
        kind = "over"
    else:
        return None
    code = kind == "over" and Right.CODE in here.rights
    context = {
        "kind": kind,
        "phone": here.shot.caseworker_phone,
        "code": code,
        "how_was_it": kind == "over" and coming_back.may_say(here),
    }
    return render.page(request, "arriving/closed.html", context)


def _asked(request: web.Request, here: Arrival) -> Question:
    asked = here.me.answerable.get(request.match_info["question"])
    if asked is None or asked == ANOTHER_WAY:
        raise NotFound
    return asked


def _onward(here: Arrival, named: Question) -> str:
    """Where an effect leads: on in the list, or back to what may be said besides."""
    if named == ANOTHER_WAY:
        return "/arriving/ready"
    return "/arriving/more" if named in here.me.more else "/arriving/next"


def _still_shown(request: web.Request, here: Arrival, reply: checklist.Reply) -> bool:
    newest = max(r.at for r in here.me.replies if r.session == here.guest.session)
    return rules.may_show(reply.at, newest, request.app[keys.CLOCK].now())


def told_by(request: web.Request, voice: Voice, asked_at: datetime) -> str:
    """The day an answer is promised by."""
    zone = request.app[keys.SETTINGS].zone
    return spoken_day(answer_by(asked_at, zone), voice.language)
