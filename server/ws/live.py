"""Facts from the database put together with who is connected: who may hear and see whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from server.domain.asides import Place
from server.domain.forwarding import Present, Way, matrix
from server.domain.meeting import Standing as MeetingStanding
from server.domain.roles import Guest, Role
from server.domain.visit import Standing
from server.services.snapshot import Call, Person, Snapshot
from server.ws.line import Line

HERE = (Standing.KNOCKING, Standing.AT_DOOR, Standing.ADMITTED)


@dataclass(frozen=True, slots=True)
class Live:
    """A room at this moment. Everything shown or forwarded is worked out from it."""

    shot: Snapshot
    lines: tuple[Line, ...]
    ways: frozenset[Way]
    slots: Mapping[tuple[str, str], int]
    now: datetime
    zone: ZoneInfo
    fresh: frozenset[int] = frozenset()  # seats whose company changed just now

    def line_of(self, session: int) -> Line | None:
        return next((line for line in self.lines if line.session == session), None)

    @property
    def host_here(self) -> bool:
        """A host is in the room: admitted, and their line is up or was a moment ago."""
        call = self.shot.host.admitted
        return call is not None and self.line_of(call.session) is not None

    def paused(self, place: Place = Place.ROOM) -> bool:
        return self.shot.paused_in(place)

    def circle(self) -> list[tuple[Person, Call]]:
        """Everybody admitted whose line is up and who does not wait outside, by their seats."""
        found = []
        for person in self.shot.people:
            call = person.admitted
            inside = not person.barred and self.shot.place(person) != Place.OUTSIDE
            if call and inside and self.line_of(call.session):
                found.append((person, call))
        return found

    def with_them(self, line: Line) -> list[tuple[Person, Call]]:
        """Who of the circle hears what this line says: in the bisidder's room its own people."""
        if not self.is_apart(line):
            return self.circle()
        return [(p, call) for p, call in self.circle() if self.shot.place(p) == Place.OWN_ROOM]

    def is_apart(self, line: Line) -> bool:
        """Whether they are in the bisidder's room, also while they pause there."""
        me = self.shot.person(line.seat)
        return me is not None and self.shot.place(me) == Place.OWN_ROOM


def ways(shot: Snapshot, lines: Iterable[Line]) -> frozenset[Way]:
    """The forwarding matrix of this room, by the names the media worker knows.

    The host may talk at the door with somebody who cannot come in: while they do, the room
    must not hear it.
    """
    if shot.standing != MeetingStanding.OPEN and not shot.own_room:
        return frozenset()
    connected = {line.session: line for line in lines}
    present = [
        _present(shot, person, call, connected[call.session])
        for person in shot.people
        for call in person.calls
        if call.session in connected and call.standing in HERE and call == _newest(person, call)
        if not person.barred or (call.standing == Standing.AT_DOOR and not person.removed)
        if shot.place(person) != Place.OUTSIDE or call.standing != Standing.ADMITTED
    ]
    # A pause holds also while the line of whose it is is down.
    return matrix(present, paused_away=shot.paused_in(Place.ROOM), own_room=shot.own_room)


def _newest(person: Person, call: Call) -> Call | None:
    return person.call_of(call.session)


def _present(shot: Snapshot, person: Person, call: Call, line: Line) -> Present:
    young = person.role == Role.YOUNG_PERSON
    # In a meeting in writing nobody is heard or seen: whoever sits by them hears nothing either.
    # At the door the host may still say who it is.
    silent = shot.write_only and (young or call.standing == Standing.ADMITTED)
    silent = silent and not (person.role == Role.CASEWORKER and somebody_at_door(shot))
    return Present(
        seat=str(call.session),
        standing=call.standing,
        host=person.role == Role.CASEWORKER,
        away=person.role == Role.CASEWORKER and shot.host_away,
        paused=call.paused,
        microphone=call.microphone and not silent,
        camera=call.camera
        and not silent
        and not (young and shot.camera_locked)
        and not (young and is_too_sharp(shot, line)),
        screen=line.showing.screen,
        only_sound=line.showing.only_sound,
        own_room=call.standing == Standing.ADMITTED and shot.place(person) == Place.OWN_ROOM,
    )


def is_too_sharp(shot: Snapshot, line: Line) -> bool:
    """Whether the place may be seen by nobody, and this browser has not said that it blurs: then
    no picture of it is forwarded, also at the door and whether or not it was told why (R5)."""
    return shot.blur_required and not line.showing.veiled


def blur_told(shot: Snapshot, line: Line) -> bool:
    """Whether this browser is told to blur its picture: the young person's, once it is known who
    holds it. A copy of the link does not learn that the place is protected (P6)."""
    if line.seat != shot.young.seat or not shot.blur_required:
        return False
    call = shot.young.call_of(line.session)
    let_in = call is not None and call.was_admitted
    return let_in or (isinstance(line.holder, Guest) and line.holder.known)


def somebody_at_door(shot: Snapshot) -> bool:
    """Whether the host talks with a knocker, in sound and picture even where a meeting is in
    writing."""
    return any(c.standing == Standing.AT_DOOR for p in shot.people for c in p.calls)
