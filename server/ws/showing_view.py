"""How an end shows up in the call, in the reader's words: the parts of the `state` that
server/ws/showing.py holds, and the agreed length of the talk."""

from datetime import timedelta
from typing import Any

from server.domain.forwarding import Way, screen_of
from server.domain.meeting import left_of
from server.domain.roles import Role
from server.services.snapshot import Person
from server.ws.line import Line
from server.ws.live import Live, blur_told


def of_oneself(live: Live, line: Line) -> dict[str, Any]:
    """What one's own page has to know of its own end."""
    return {
        "only_sound": line.showing.only_sound,
        "screen": line.showing.screen,
        "picture": line.showing.picture,
        "blur_required": blur_told(live.shot, line),
    }


def of_one(live: Live, line: Line, person: Person, other: Line, way: Way | None) -> dict[str, Any]:
    """What one sees of another end besides sound and picture. Trouble with a line is told to the
    host alone, and speaks of the line, never of whom it belongs to."""
    say = line.voice.say
    showing = other.showing
    slot = live.slots.get((screen_of(other.media), line.media)) if way and way.screen else None
    shown = {
        "picture": showing.picture,
        "muted_label": say("showing.muted") if way and not way.audio else "",
        "screen_slot": slot,
        "screen_label": say("showing.screen-of", hvem=person.name) if slot is not None else "",
        "line_label": "",
    }
    if line.showing.only_sound and _has_camera_on(live, other):
        shown["without_picture_label"] = say("showing.only-sound")
    if line.is_host and person.role != Role.CASEWORKER:
        if showing.asleep:
            shown["line_label"] = say("showing.asleep")
        elif showing.level != "fine":
            shown["line_label"] = say(f"showing.line.{showing.level}")
    return shown


def _has_camera_on(live: Live, other: Line) -> bool:
    return any(call.camera and call.session == other.session for _, call in live.circle())


def clock(live: Live, line: Line) -> dict[str, Any] | None:
    """The agreed length. The host reads what is left of it; a young person reads until when it was
    agreed, once they look for it: nobody counts down at them."""
    shot, say = live.shot, line.voice.say
    ends = shot.starts + timedelta(minutes=shot.minutes)
    at = ends.astimezone(live.zone).strftime("%H.%M")
    left = left_of(shot.starts, shot.minutes, live.now)
    if line.seat == shot.young.seat and left is not None:
        return {"text": say("showing.clock.young", klokken=at), "left": ""}
    if not line.is_host:
        return None
    if left is None:
        return {"text": say("showing.clock.over", klokken=at), "left": ""}
    minutes = -(-left // timedelta(minutes=1))
    key = "showing.clock.left-one" if minutes == 1 else "showing.clock.left"
    return {"text": say("showing.clock", klokken=at), "left": say(key, antal=minutes)}
