"""Who is asked about by name and shown with their task, in words (domain pack 3.1).

The young person reads who it is and what they are there for, before they are let in and for as
long as they are there: an adult whose task nobody said is a hidden one (P9).
"""

from collections.abc import Iterator
from typing import Any

from server.domain.asides import Place
from server.domain.interpreting import another_wanted
from server.domain.roles import BY_NAME, Role
from server.services import listed
from server.services.snapshot import Person, Snapshot
from server.texts import Voice
from server.ws.line import Line
from server.ws.live import Live


def named(voice: Voice, person: Person) -> str:
    """A name, with the task of whoever is there for one: "Leyla, tolk"."""
    if person.role not in BY_NAME:
        return person.name
    return voice.say(f"line.named.{person.role}", hvem=person.name)


def question(voice: Voice, host: str, person: Person) -> dict[str, Any]:
    """The small question about somebody: who they are, why, and whether they may be there."""
    kind = f".{person.role}" if person.role in BY_NAME else ""
    known = {"navn": host, "hvem": person.name, "hvorfor": person.why}
    return {
        "seat": str(person.seat),
        "title": voice.say(f"newcomer.who{kind}", **known),
        "text": voice.say(f"newcomer.why{kind}", **known),
        "ask": voice.say(f"newcomer.ask{kind}", **known),
    }


def refused(shot: Snapshot) -> list[Person]:
    """To whom of those asked about by name the young person has said no."""
    return [
        p
        for p in shot.people
        if p.role in BY_NAME and not p.removed and not p.is_new and p.barred and not p.held_away
    ]


def after_a_no(voice: Voice, host: str, person: Person) -> str:
    """What becomes of a no: the person does not come in, and what there is instead (P3)."""
    return voice.say(f"newcomer.not-in.{person.role}", navn=host, hvem=person.name)


def tell_after_a_no(live_shot: Snapshot, line: Line, seat: int) -> None:
    """Say it on the screen of the young person who is in the call already."""
    person = live_shot.person(seat)
    if person is not None and person.role in BY_NAME:
        text = after_a_no(line.voice, live_shot.host.name, person)
        line.tell({"type": "news", "text": text, "sound": False})


def wants_another(live: Live) -> bool:
    """Whether the host has an interpreter to find: told as a wish, with no word of why."""
    return another_wanted(listed.of(live.shot.people))


def asked_in(live: Live) -> Person | None:
    """The interpreter the young person has with them in a talk beside the room."""
    aside = live.shot.beside.aside
    return live.shot.person(aside.interpreter) if aside is not None and aside.interpreter else None


def besides(live: Live, line: Line) -> str:
    """That an interpreter is in this talk too, for everybody who reads who it is between."""
    found = asked_in(live)
    if found is None or found.seat == line.seat or not found.admitted:
        return ""
    return line.voice.say("line.interprets", hvem=found.name)


def presses(live: Live, line: Line) -> Iterator[dict[str, Any]]:
    """What the young person can press about each interpreter in a talk beside the room."""
    with_them = asked_in(live)
    for person in live.shot.people:
        call = person.admitted
        if person.role != Role.INTERPRETER or person.barred or call is None:
            continue
        if live.line_of(call.session) is None:
            continue
        inside = with_them is not None and with_them.seat == person.seat
        deed = "have_wait" if inside else "ask_in"
        label = line.voice.say(f"aside.{deed.replace('_', '-')}", hvem=person.name)
        yield {"deed": deed, "label": label, "seat": person.seat}


def is_in_own_room_for_another(live: Live, line: Line) -> bool:
    """Whether this line is the interpreter's, in the room of the young person and the bisidder."""
    me = live.shot.person(line.seat)
    interprets = me is not None and me.role == Role.INTERPRETER
    return interprets and me is not None and live.shot.place(me) == Place.OWN_ROOM
