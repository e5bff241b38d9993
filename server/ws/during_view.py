"""The parts of the `state` about what happens around the talk, each end's own and no other's."""

from typing import Any

from server.domain import during as rules
from server.domain.during import Kind
from server.domain.roles import Role
from server.services import during
from server.ws.host_view import brief_of
from server.ws.line import Line
from server.ws.live import Live

NOTHING: dict[str, Any] = {
    "ask": None, "calm": None, "adults": [], "chat_pause": "", "opening": "", "help": None,
}  # fmt: skip
IN_CALL, TOGETHER = ("call",), ("call", "paused")


def parts(live: Live, line: Line, phase: str) -> dict[str, Any]:
    """What this end is shown. The mark that locks the note shows nowhere but at the host (D10)."""
    if line.is_host:
        return NOTHING | {"help": _help(live, line)} if phase in ("room", "paused") else NOTHING
    if phase not in TOGETHER:
        return NOTHING
    shown = NOTHING | {
        "chat_pause": _chat_pause(live, line),
        "opening": _opening(live, line) if phase in IN_CALL else "",
    }
    if line.seat != live.shot.young.seat:
        return shown
    return shown | {
        "ask": _ask(live, line) if phase in IN_CALL else None,
        "calm": _calm(live, line) if phase in IN_CALL else None,
        "adults": _adults(live, line),
    }


def _ask(live: Live, line: Line) -> dict[str, Any] | None:
    mark = rules.asked(live.shot.marks)
    return None if mark is None else {"id": mark.id, "text": line.voice.say(f"ask.{mark.value}")}


def _calm(live: Live, line: Line) -> dict[str, str] | None:
    if rules.standing(live.shot.marks, Kind.CALM) is None:
        return None
    promised = live.shot.calls_back
    say = line.voice.say
    at = promised.astimezone(live.zone).strftime("%H.%M") if promised else ""
    return {
        "title": say("calm.title"),
        "text": say("calm.text"),
        "calls_back": say("calm.calls-back", klokken=at) if at else "",
    }


def _adults(live: Live, line: Line) -> list[dict[str, str]]:
    """Whom the meeting knows, by the names the young person uses."""
    people = [{"who": str(p.seat), "label": p.name} for p in during.adults(live.shot)]
    say = line.voice.say
    return [
        *people,
        {"who": during.HOME, "label": live.shot.home},
        {"who": during.CASEWORKER, "label": say("adult.caseworker")},
    ]


def _chat_pause(live: Live, line: Line) -> str:
    waits = rules.standing(live.shot.marks, Kind.DOUBT) is not None
    return line.voice.say("chat.waits") if waits else ""


def _opening(live: Live, line: Line) -> str:
    """The same words the host is about to say, for whoever would rather read them (S33)."""
    said = rules.newest(live.shot.marks, Kind.SAID) is not None
    return "" if said else line.voice.say("opening.text")


def _help(live: Live, line: Line) -> dict[str, Any]:
    """Where the host's own switches stand."""
    marks = live.shot.marks
    return {
        "away": live.shot.host_away,
        "looking_away": line.looking_away,
        "calm": rules.standing(marks, Kind.CALM) is not None,
        "doubt": rules.standing(marks, Kind.DOUBT) is not None,
        "locked": rules.is_locked(marks),
        "for_two": live.shot.is_for_two,
        "others": any(p.role not in (Role.YOUNG_PERSON, Role.CASEWORKER) for p, _ in live.circle()),
        "stop_word": _stop_word(live, line),
    }


def _stop_word(live: Live, line: Line) -> str:
    """What the young person said they would say or do when they want to stop (U10)."""
    label = line.voice.say("brief.label.stop")
    rows = brief_of(live.shot, line.voice, live.now)["rows"]
    return next((str(row["value"]) for row in rows if row["label"] == label), "")
