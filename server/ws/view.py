"""The `state` a browser is told: everything one person sees of the room, in their own words."""

from enum import StrEnum
from typing import Any

from server.domain import checklist
from server.domain.asides import Place
from server.domain.checklist import Gate
from server.domain.forwarding import Way
from server.domain.meeting import Standing as MeetingStanding
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services.during import is_ended_for
from server.services.snapshot import Call, Person
from server.ws import aside_view, by_name, during_view, opening_view
from server.ws.host_view import alerts, brief, knocks
from server.ws.line import Line
from server.ws.live import Live, blur_told, is_too_sharp, somebody_at_door
from server.ws.showing_view import clock, of_one, of_oneself


class Phase(StrEnum):
    """Which screen of the call page is the true one (docs/protocol.md, `state`)."""

    OUTSIDE = "outside"  # has not knocked; for the host: their own checklist is missing
    LOBBY = "lobby"
    DOOR = "door"  # a guest's, with the host alone
    CALL = "call"
    ROOM = "room"  # the host's
    LOCKED = "locked"  # admitted, but no host is in the room
    PAUSED = "paused"
    TOGETHER = "together"  # the bisidder's room: the young person and their bisidder
    WAITS = "waits"  # admitted, and outside while the young person and the host talk alone
    TURNED_AWAY = "turned_away"
    LEFT = "left"
    ENDED = "ended"
    SMALLER_CIRCLE = "smaller_circle"


HOSTS = (Phase.OUTSIDE, Phase.ROOM, Phase.PAUSED, Phase.LEFT, Phase.ENDED)
HOSTS_WORDS = {Phase.OUTSIDE: "line.outside-host", Phase.LEFT: "line.left-host"}
GUESTS = tuple(phase for phase in Phase if phase != Phase.ROOM)
IN_TALK = frozenset({Phase.CALL, Phase.ROOM, Phase.DOOR, Phase.PAUSED, Phase.TOGETHER})


def state(live: Live, line: Line) -> dict[str, Any]:
    """Build the whole state for one line, but for its version."""
    me = live.shot.anybody(line.seat)
    call = me.call_of(line.session) if me is not None else None
    now_at = phase(live, line, me, call)
    title, text = _sentences(live, line, now_at)
    shown = {
        "type": "state",
        "phase": now_at,
        "title": title,
        "text": text,
        "you": _you(live, line, me, call),
        "people": [*_people(live, line), *_apart(live, line, now_at)],
        "roster": roster(live, line, now_at),
        "card": _card(live, line, now_at),
        "knocks": [],
        "brief": None,
        "alerts": [],
        "clock": clock(live, line),
        "aside": aside_view.shown(live, line, now_at),
        "newcomers": opening_view.newcomers(live, line, now_at),
    } | during_view.parts(live, line, now_at)
    if line.is_host:
        shown |= {
            "knocks": knocks(live, line),
            "brief": brief(live, line),
            "alerts": alerts(live, line),
        }
    return shown


def phase(live: Live, line: Line, me: Person | None, call: Call | None) -> Phase:
    """Say which screen is the true one."""
    if me is not None and aside_view.in_own_room(live, me, call):
        return Phase.PAUSED if live.paused(Place.OWN_ROOM) else Phase.TOGETHER
    if me is None or live.shot.standing in (MeetingStanding.CALLED_OFF, MeetingStanding.OVER):
        return Phase.ENDED
    if line.is_host:
        if call is None:
            return Phase.OUTSIDE
        if call.standing != Standing.ADMITTED:
            return Phase.LEFT
        away = live.shot.own_room and not aside_view.door_open(live)
        return Phase.PAUSED if live.paused() or away else Phase.ROOM
    if is_ended_for(live.shot, me):
        return Phase.ENDED
    at_door = call is not None and call.standing == Standing.AT_DOOR
    if at_door and live.host_here and not me.removed:
        return Phase.DOOR
    if me.barred and live.shot.standing == MeetingStanding.OPEN and _begun(live, call):
        return Phase.SMALLER_CIRCLE
    if call is None:
        return Phase.OUTSIDE
    match call.standing:
        case Standing.KNOCKING | Standing.AT_DOOR:
            return Phase.LOBBY
        case Standing.ADMITTED if not live.host_here:
            return Phase.LOCKED
        case Standing.ADMITTED if live.shot.place(me) == Place.OUTSIDE:
            return Phase.WAITS
        case Standing.ADMITTED:
            return Phase.PAUSED if live.paused() or live.shot.own_room else Phase.CALL
        case Standing.TURNED_AWAY:
            return Phase.TURNED_AWAY
        case _:
            return Phase.LEFT


def roster(live: Live, line: Line, now_at: Phase) -> list[dict[str, Any]]:
    """Who is here, at every end, in words; only for those who are in the talk (P9)."""
    if now_at not in IN_TALK or now_at == Phase.DOOR:
        return []
    rows = []
    for person, call in live.with_them(line):
        own = person.seat == line.seat
        company = beside(live, person, call.session)
        where = "line.with-you" if own else "line.with-them"
        who = "line.only-you" if own else "line.only-them"
        if company:
            who = "line.you-and" if own else "line.they-and"
        rows.append(
            {
                "where": line.voice.say(where, hvem=person.name),
                "who": line.voice.say(who, hvem=person.name),
                "with": company,
                "text": aside_view.beside_or_apart(live, line, person, company),
                "fresh": person.seat in live.fresh and person.role != Role.YOUNG_PERSON,
            }
        )
    return rows


def beside(live: Live, person: Person, session: int) -> str:
    """Who an adult has declared beside their camera; a bisidder may sit beside the young person.
    What counts is said on the device they are here on, not on a copy of their link (P9)."""
    if person.company:
        return person.company
    said = checklist.standing(person.replies, session).get("guest_room")
    if person.role == Role.BISIDDER and said is not None and said.answer == "beside":
        return live.shot.young.name
    return ""


def _begun(live: Live, call: Call | None) -> bool:
    """P2: the words of a smaller circle come from the start hour only, unless already inside."""
    return live.shot.begun or (call is not None and call.was_admitted)


def _sentences(live: Live, line: Line, now_at: Phase) -> tuple[str, str]:
    key = f"line.{now_at}"
    if now_at == Phase.LOBBY and not live.host_here:
        key = "line.lobby-empty"
    if now_at == Phase.ENDED and live.shot.standing == MeetingStanding.CALLED_OFF:
        key = "line.called-off"
    if now_at == Phase.PAUSED and not _paused_by(live, line.session):
        key = "line.paused-by-other"
    if now_at == Phase.TOGETHER:
        key = aside_view.words_together(live, line)
    if now_at == Phase.PAUSED and live.shot.own_room and not live.paused(Place.OWN_ROOM):
        key = aside_view.words_meanwhile(live, line)
    words = key
    if line.is_host and now_at in HOSTS_WORDS:
        words = HOSTS_WORDS[now_at]
    if now_at == Phase.DOOR and live.shot.write_only and line.seat == live.shot.young.seat:
        words = "line.door-writing"
    beside = now_at in (Phase.TOGETHER, Phase.WAITS, Phase.PAUSED)
    named = aside_view.names(live, line) if beside else {}
    text = line.voice.say(f"{words}.text", **named)
    if now_at in (Phase.TOGETHER, Phase.WAITS):
        text = f"{text} {by_name.besides(live, line)}".strip()
    return line.voice.say(f"{key}.title", **named), text


def _paused_by(live: Live, session: int) -> bool:
    return any(
        call.paused and call.session == session
        for person in live.shot.people
        for call in person.calls
    )


def _you(live: Live, line: Line, me: Person | None, call: Call | None) -> dict[str, Any]:
    young = me is not None and me.role == Role.YOUNG_PERSON
    camera_locked, write_only = live.shot.locks_told(line.session) if young else (False, False)
    if not young and call is not None and call.standing == Standing.ADMITTED:
        write_only = live.shot.write_only and not (line.is_host and somebody_at_door(live.shot))
    return {
        "seat": str(line.seat),
        "name": me.name if me is not None and _may_know_name(line, call) else "",
        "label": line.voice.say("line.you"),
        "microphone": call is not None and call.microphone,
        "camera": call is not None and call.camera and not _held_back(live, line),
        "camera_locked": camera_locked,
        "write_only": write_only,
        "company": me.company if me is not None and _may_know_name(line, call) else "",
        "paused": call is not None and call.paused,
        "changing_subject": call is not None and call.changing_subject,
        "gate": me.gate(line.session).value if me is not None else Gate.CLOSED.value,
        "writing": line.writing,
    } | of_oneself(live, line)


def _held_back(live: Live, line: Line) -> bool:
    """A picture that was to be blurred and is not: the page is told that it is off."""
    return blur_told(live.shot, line) and is_too_sharp(live.shot, line)


def _may_know_name(line: Line, call: Call | None) -> bool:
    let_in = call is not None and call.was_admitted
    return line.is_host or let_in or getattr(line.holder, "admitted", False)


def _people(live: Live, line: Line) -> list[dict[str, Any]]:
    mine = sorted((w for w in live.ways if w.target == line.media), key=lambda w: w.source)
    shown = []
    for way in mine:
        found = _holder(live, way.source)
        slot = live.slots.get((way.source, way.target))
        if found is None or slot is None:
            continue
        person, other = found
        away = "" if other.gone_at is None else "line.comes-back"
        shown.append(_tile(live, line, person, other, (slot, way), away))
    return shown


def _tile(
    live: Live, line: Line, person: Person, other: Line, gets: tuple[int, Way] | None, away: str
) -> dict[str, Any]:
    """One end of the call, and what of it is got: a slot and its way, or nothing for now."""
    company = beside(live, person, other.session)
    say = line.voice.say
    return {
        "seat": str(person.seat),
        "name": by_name.named(line.voice, person),
        "role": person.role.value,
        "slot": gets[0] if gets else None,
        "microphone": gets is not None and gets[1].audio,
        "camera": gets is not None and gets[1].video,
        "here": not away,
        "writing": other.writing or other.looking_away,
        "company": company,
        "company_label": say("line.sits-beside", hvem=company) if company else "",
        "state_label": say(away) if away else "",
        "weak_label": say("line.weak"),
        "still_label": say("line.still"),
        "looking_away": other.looking_away,
        "writing_label": say("line.looks-away" if other.looking_away else "line.writes"),
        "without_picture_label": say("line.without-picture"),
    } | of_one(live, line, person, other, gets[1] if gets else None)


def _apart(live: Live, line: Line, now_at: Phase) -> list[dict[str, Any]]:
    """Who is here, and neither seen nor heard: the host who talks with a knocker, as the room
    sees them, and everybody to a host who is called away, and the other way round (D3).

    Who knocks is not told: it may be somebody who is turned away (P2).
    """
    away = live.shot.host_away
    got = {way.source for way in live.ways if way.target == line.media}
    if now_at == Phase.ROOM and away:
        apart = [(p, c) for p, c in live.circle() if p.seat != line.seat]
    else:
        host = live.shot.host
        apart = [(host, host.admitted)] if now_at == Phase.CALL and host.admitted else []
    label = "line.hears-nothing" if line.is_host else "line.away" if away else "line.at-the-door"
    lines = [(person, live.line_of(call.session)) for person, call in apart]
    return [
        _tile(live, line, person, other, None, label)
        for person, other in lines
        if other is not None and other.media not in got
    ]


def _holder(live: Live, media: str) -> tuple[Person, Line] | None:
    line = next((found for found in live.lines if found.media == media), None)
    person = live.shot.person(line.seat) if line is not None else None
    return (person, line) if line is not None and person is not None else None


def _card(live: Live, line: Line, now_at: Phase) -> dict[str, str] | None:
    if now_at not in (Phase.CALL, Phase.ROOM) or not any(
        c.changing_subject for _, c in live.circle()
    ):
        return None
    return {"title": line.voice.say("line.card.title"), "text": line.voice.say("line.card.text")}
