"""What only the host is told: who knocks, how the young person wants it, what changes the talk."""

from datetime import datetime
from typing import Any

from server.domain import checklist, helping
from server.domain.circle import Verdict, is_under_age
from server.domain.meeting import is_ending
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services.snapshot import Call, Person, Snapshot
from server.texts import Voice
from server.ws import aside_view, by_name, during_alerts, fallback_alerts, told_besides
from server.ws.during_alerts import Alert
from server.ws.line import Line
from server.ws.live import Live


def knocks(live: Live, line: Line) -> list[dict[str, Any]]:
    """Everybody at the door or waiting for it, whose line is up."""
    waiting = []
    for person in live.shot.people:
        if person.role == Role.CASEWORKER or person.removed:
            continue
        for call in person.calls:
            newest = person.call_of(call.session) == call
            open_line = live.line_of(call.session) is not None
            if newest and open_line and call.standing in (Standing.KNOCKING, Standing.AT_DOOR):
                waiting.append(_knock(live, line, person, call))
    return waiting


def _knock(live: Live, line: Line, person: Person, call: Call) -> dict[str, Any]:
    say = line.voice.say
    young = person.role == Role.YOUNG_PERSON
    child = not young and is_under_age(person.replies)
    may = young or (person.verdict == Verdict.YES and not child)
    why_not = "line.why-not.under-age" if child else f"line.why-not.{person.verdict.value}"
    another = person.admitted is not None and person.admitted.session != call.session
    at_door = call.standing == Standing.AT_DOOR
    return {
        "visit": call.id,
        "seat": str(person.seat),
        "name": person.name,
        "role_label": say(f"line.role.{person.role.value}"),
        "verdict": "" if young else say(f"line.verdict.{person.verdict.value}", hvem=person.name),
        "room": say("line.another-device") if another else _their_room(line, person, call),
        "standing": "door" if at_door else "knocking",
        "text": _at_door(live, line, person) if at_door else "",
        "may_admit": may,
        "why_not": "" if may else say(why_not, hvem=person.name),
    }


def _at_door(live: Live, line: Line, person: Person) -> str:
    """Whom the host talks with at the door, and why one of the two may not be heard."""
    young = person.role == Role.YOUNG_PERSON
    host = live.shot.host.admitted
    said = ["line.at-door-young" if young else "line.at-door"]
    if young and live.shot.write_only:
        said.append("line.at-door.writes")
    elif host is not None and not host.microphone:
        said.append("line.at-door.muted")
    return " ".join(line.voice.say(sentence, hvem=person.name) for sentence in said)


TO_ASK = {
    ("acquainted", "unsure"): "line.to-ask.acquainted",
    ("dialect", "try_first"): "line.to-ask.dialect",
}


def _their_room(line: Line, person: Person, call: Call) -> str:
    """Where they sit, and what is to be asked of them at the door."""
    if helping.step(person.replies, call.session) == helping.Step.GONE:
        return line.voice.say("line.room.helped")
    counted = checklist.standing(person.replies, call.session)  # not what a copy of the link says
    said = {question: reply.answer for question, reply in counted.items()}
    found = [f"line.room.{said['guest_room']}"] if "guest_room" in said else []
    found += [words for to_ask, words in TO_ASK.items() if to_ask in said.items()]
    return " ".join(line.voice.say(sentence) for sentence in found)


def brief(live: Live, line: Line) -> dict[str, Any]:
    """As before the call, but for the stop word: it is behind a press, since others may see."""
    found = brief_of(live.shot, line.voice, live.now)
    stop = line.voice.say("brief.label.stop")
    return found | {"rows": [row for row in found["rows"] if row["label"] != stop]}


def brief_of(shot: Snapshot, voice: Voice, now: datetime) -> dict[str, Any]:
    """The young person's own choices in few lines; old ones are to be asked again by voice."""
    say = voice.say
    young = shot.young
    session = _session_of(young)
    counted = checklist.standing(young.replies, session)
    old = checklist.ask_again(young.replies, session, now) - shot.asked_again
    rows = told_besides.first(voice, counted, old)
    for question in ("way", "company", "bisidder"):
        reply = counted.get(question)
        value = say(f"brief.{question}.{reply.answer}") if reply else say("brief.unanswered")
        rows.append(_row(voice, question, value, question in old))
    chosen = checklist.topics(counted.get("topics"))
    for heading, answer, struck in (
        ("topics", "yes", False),
        ("not-today", "not_today", True),
        ("when-we-meet", "when_we_meet", True),
    ):
        names = [say(f"topic.{topic}") for topic, said in chosen.items() if said == answer]
        if names or heading == "topics":
            value = ", ".join(names) if names else say("brief.unanswered")
            row = _row(voice, heading, value, heading == "topics" and "topics" in old)
            rows.append(row | {"struck": struck})
    not_there = counted.get("not_there")
    if not_there is not None and not_there.answer != "nobody":
        people = {str(p.seat): p.name for p in shot.people}
        names = [people[s] for s in not_there.answer.split() if s in people]
        value = ", ".join(names) or say("brief.someone-else")
        if not_there.answer == "caseworker":
            value = say("brief.not-the-host")
        rows.append(_row(voice, "not_there", value, "not_there" in old))
    rows += told_besides.rows(shot, voice, counted, old)
    heard = counted.get("heard")
    band = say(f"brief.heard.{heard.answer}") if heard is not None else say("brief.heard.unknown")
    return {"rows": rows, "band": band}


def _row(voice: Voice, question: str, value: str, old: bool) -> dict[str, Any]:
    return {
        "label": voice.say(f"brief.label.{question}"),
        "value": value,
        "struck": False,
        "ask_again": question if old else None,
        "ask_again_label": voice.say("brief.ask-again"),
    }


# The order they stand in; which of them is open is the page's to say (lib/notices.js).
ALERTS = (
    *fallback_alerts.ALERTS,
    "away", "back", "paused-away", "two-left", "change-subject", "calm", "adult", "doubt",
    "answered", "asking", "card", "camera-off", "another-way", "another-interpreter", "at-start",
    "time-first", "ending", "opening", "writing",
)  # fmt: skip


def alerts(live: Live, line: Line) -> list[dict[str, Any]]:
    """Sentences that change the way of talking now. The young person's screen shows nothing."""
    say = line.voice.say
    found = {}
    standing = [*during_alerts.found(live, line)]
    if any(call.changing_subject for _, call in live.circle()):
        standing.append(during_alerts.change_subject(line.voice))
    wish = checklist.wish(live.shot.young.replies)
    if wish is not None:
        found["another-way"] = say(f"alert.another-way.{wish.answer}")
    if by_name.wants_another(live):
        found["another-interpreter"] = say("alert.another-interpreter.text")
    found |= fallback_alerts.found(live, line)
    asked = aside_view.not_confirmed(live)
    if asked:
        found["at-start"] = say("alert.at-start.text", hvem=", ".join(p.name for p in asked))
    if first := aside_view.wants_time_first(live):
        found["time-first"] = say("alert.time-first.text", hvem=first.name)
    standing += [Alert(name, say(f"alert.{name}.title"), text) for name, text in found.items()]
    if is_ending(live.shot.starts, live.shot.minutes, live.now):
        standing.append(Alert("ending", say("alert.ending.title"), say=say("alert.ending.text")))
    return during_alerts.in_order(standing, ALERTS, line.voice)


def _session_of(young: Person) -> int:
    """The device that counts: the admitted one, else the one knocking last, else none. What
    somebody answered who was turned away is nobody's own."""
    if young.admitted is not None:
        return young.admitted.session
    knocked = [c.session for c in young.calls if c.standing != Standing.TURNED_AWAY]
    return knocked[-1] if knocked else 0
