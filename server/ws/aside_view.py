"""What a screen offers about talks beside the room, ready to read (docs/protocol.md, `aside`)."""

from typing import Any

from server.domain import checklist, team_list
from server.domain.asides import AFTER_ROOM, Kind, Moment, Place
from server.domain.permissions import Talk, may_be_in
from server.domain.roles import BY_NAME, Role
from server.domain.visit import Standing
from server.services.snapshot import Call, Person
from server.ws import by_name
from server.ws.line import Line
from server.ws.live import Live

PROMPTS = 3  # things to talk about, for each moment
TOGETHER, ROOM = "together", "room"
READ_IN = frozenset({"call", "paused", "together"})
IN_MEETING = frozenset({"call", "paused", "locked"})


def shown(live: Live, line: Line, phase: str) -> dict[str, Any]:
    """The buttons there are, what to talk about, and what is asked; none of it is worked out
    in a browser."""
    me = live.shot.anybody(line.seat)
    moment = live.shot.beside.aside.moment if live.shot.beside.aside is not None else Moment.PAUSE
    return {
        "deeds": _deeds(live, line, me, phase) if me is not None else [],
        "prompts": _prompts(live, line, moment) if phase == TOGETHER else [],
        "ask": _just_us(live, line, me, phase),
        "list": _list(live, line, me, phase) if me is not None else None,
    }


def words_together(live: Live, line: Line) -> str:
    """Which sentences the bisidder's room shows: by its moment, or that one is alone there."""
    if by_name.is_in_own_room_for_another(live, line):
        return "line.together-interpreter"
    if len(live.with_them(line)) < 2:
        return "line.together-by-oneself"
    moment = live.shot.beside.aside.moment if live.shot.beside.aside is not None else Moment.PAUSE
    return "line.together" if moment == Moment.PAUSE else f"line.together-{moment}"


def words_meanwhile(live: Live, line: Line) -> str:
    """What the host and the others read while those two talk together."""
    if not line.is_host:
        return "line.paused-by-other"
    before = live.shot.beside.aside is not None and live.shot.beside.aside.moment == Moment.BEFORE
    return "line.host-before" if before else "line.host-pause"


def names(live: Live, line: Line) -> dict[str, str]:
    """Who the other one of the two is, and until when the room after the meeting is there."""
    aside = live.shot.beside.aside
    other = live.shot.person(aside.seat) if aside is not None and aside.seat else None
    young = live.shot.young
    hvem = young.name if other is not None and line.seat == other.seat else ""
    until = ""
    if aside is not None and aside.moment == Moment.AFTER:
        until = (aside.opened_at + AFTER_ROOM).astimezone(live.zone).strftime("%H.%M")
    hvem = hvem or (other.name if other is not None else "")
    return {"hvem": hvem, "barn": young.name, "klokken": until}


def beside_or_apart(live: Live, line: Line, person: Person, company: str) -> str:
    if company:
        return line.voice.say("line.beside", hvem=company)
    place = live.shot.place
    if person.role in BY_NAME and person.seat != line.seat:
        return f"({line.voice.say(f'line.task.{person.role}')})"
    me = live.shot.person(line.seat)
    if place(person) == Place.OWN_ROOM and me is not None and place(me) != Place.OWN_ROOM:
        return line.voice.say("line.apart")
    return ""


def in_own_room(live: Live, me: Person, call: Call | None) -> bool:
    inside = call is not None and call.standing == Standing.ADMITTED and not me.barred
    return inside and live.shot.place(me) == Place.OWN_ROOM


def door_open(live: Live) -> bool:
    """Whether the host talks with somebody at the door just now."""
    return any(
        call.standing == Standing.AT_DOOR and live.line_of(call.session) is not None
        for person in live.shot.people
        for call in person.calls
    )


def _list(live: Live, line: Line, me: Person, phase: str) -> dict[str, Any] | None:
    """The list of the two, to whom it belongs and on the device the host has let in."""
    if phase not in READ_IN or not may_be_in(Talk.OWN_ROOM, me.role):
        return None
    aside = live.shot.beside.aside
    theirs = [p.seat for p in live.shot.people if p.role == Role.BISIDDER and not p.removed]
    with_them = aside.seat if aside is not None and aside.seat else next(iter(theirs), None)
    seat = me.seat if me.role == Role.BISIDDER else with_them
    if seat is None:
        return None
    found = team_list.readable(live.shot.team, seat, line.session, let_in=True)
    return {
        "seat": seat,
        "lines": [{"line": x.id, "about": x.about.value, "text": x.text} for x in found],
    }


def _prompts(live: Live, line: Line, moment: Moment) -> list[str]:
    hvem = live.shot.young.name
    say = line.voice.say
    return [say(f"aside.prompt.{moment}.{n}", hvem=hvem) for n in range(1, PROMPTS + 1)]


def _deeds(live: Live, line: Line, me: Person, phase: str) -> list[dict[str, Any]]:
    say = line.voice.say
    young = me.role == Role.YOUNG_PERSON
    if phase == TOGETHER:
        if not young:
            return []
        after = live.shot.beside.aside is not None and live.shot.beside.aside.moment == Moment.AFTER
        back = _deed("to_meeting", say("aside.close" if after else "aside.back"))
        return [back, *by_name.presses(live, line)]
    if phase not in (IN_MEETING if not line.is_host else {ROOM}):
        return []
    if live.shot.beside.aside is not None and live.shot.beside.aside.kind == Kind.ALONE:
        out = ", ".join(_put_out(live)) if young else ""
        call_in = [_deed("to_meeting", say("aside.call-in", hvem=out))] if out else []
        return [*call_in, *(by_name.presses(live, line) if young else ())]
    deeds = [_together(live, line, me, other) for other in _companions(live, me)]
    if young and phase == "call" and _would_wait(live):
        deeds.append(_deed("alone", say("aside.alone")))
    return deeds


def _companions(live: Live, me: Person) -> list[Person]:
    """With whom this person could have the bisidder's room now, both being in the call."""
    if live.shot.young.admitted is None or live.line_of(live.shot.young.admitted.session) is None:
        return []
    there = [
        p
        for p, _ in live.circle()
        if p.role != Role.YOUNG_PERSON and may_be_in(Talk.OWN_ROOM, p.role)
    ]
    if me.role in (Role.YOUNG_PERSON, Role.CASEWORKER):
        return there
    return [p for p in there if p.seat == me.seat]


def _together(live: Live, line: Line, me: Person, other: Person) -> dict[str, Any]:
    say = line.voice.say
    if line.is_host:
        label = say("aside.step-out", hvem=other.name)
    elif len(_companions(live, me)) == 1:
        label = say("aside.together")
    else:
        label = say("aside.together-with", hvem=other.name)
    return _deed("together", label, other.seat)


def _would_wait(live: Live) -> list[str]:
    return [p.name for p, _ in live.circle() if not may_be_in(Talk.ALONE, p.role)]


def _put_out(live: Live) -> list[str]:
    return [
        p.name
        for p in live.shot.people
        if p.admitted is not None and not p.barred and live.shot.place(p) == Place.OUTSIDE
    ]


def _just_us(live: Live, line: Line, me: Person | None, phase: str) -> dict[str, str] | None:
    """U5: whoever was wanted at the start only has been moved out; the young person confirms."""
    if me is None or me.role != Role.YOUNG_PERSON or phase != "call":
        return None
    asked = not_confirmed(live)
    if not asked:
        return None
    say = line.voice.say
    hvem = ", ".join(p.name for p in asked)
    return {
        "title": say("aside.just-us.title"),
        "text": say("aside.just-us.text", hvem=hvem),
        "yes": say("aside.just-us.yes"),
        "no": say("aside.just-us.no", hvem=hvem),
    }


def not_confirmed(live: Live) -> list[Person]:
    """Who was moved out after the start, as long as the young person has not said that they are
    only two now."""
    young = live.shot.young
    return [
        p
        for p in live.shot.people
        if p.seat in live.shot.beside.over_time and p.admitted is not None and not p.barred
        if not _confirmed(young, p)
    ]


def wants_time_first(live: Live) -> Person | None:
    """The bisidder who has not had time alone with the young person before the meeting (B1), when
    both are in and no time was given yet."""
    if live.shot.young.admitted is None or live.shot.beside.has_been_apart:
        return None
    for person, call in live.circle():
        said = checklist.standing(person.replies, call.session).get("time_alone")
        if person.role == Role.BISIDDER and said is not None and said.answer == "not_yet":
            return person
    return None


def _confirmed(young: Person, other: Person) -> bool:
    since = other.first_in
    return any(
        r.question == "just_us" and r.admitted and (since is None or r.at >= since)
        for r in young.replies
    )


def _deed(name: str, label: str, seat: int | None = None) -> dict[str, Any]:
    return {"deed": name, "label": label, "seat": seat}
