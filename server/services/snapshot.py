"""One meeting's room at one moment, as plain values.

Everything that decides what a person sees or hears in a meeting is worked out from a
`Snapshot`; the line (server/ws) adds only which browsers are connected just now. `room.py`
reads one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from server.domain import circle, restricting, team_list
from server.domain import meeting as meetings
from server.domain.ages import Band
from server.domain.asides import Place
from server.domain.checklist import Gate, Reply, gate
from server.domain.circle import Verdict
from server.domain.during import Kind, Mark, is_away, standing
from server.domain.questions import Question
from server.domain.restricting import Restriction
from server.domain.roles import INVITED, Role
from server.domain.visit import Standing
from server.domain.vouching import Why
from server.services.beside import Beside
from server.services.following_up import FollowUp


@dataclass(frozen=True, slots=True)
class Call:
    """One visit: a device that knocked, and its own switches."""

    id: int
    session: int
    standing: Standing
    paused: bool
    microphone: bool
    camera: bool
    changing_subject: bool
    was_admitted: bool
    admitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    seat: int
    role: Role
    name: str
    why: str
    company: str
    generation: int
    removed: bool
    questions: tuple[Question, ...]  # what the gate waits for
    more: tuple[Question, ...]  # what they may say besides
    answerable: Mapping[str, Question]  # all of it, by id
    replies: tuple[Reply, ...]
    calls: tuple[Call, ...]  # oldest first
    verdict: Verdict  # what the young person said about this person
    code_why: Why  # why their link needs a code beside it, if it does
    held_away: Restriction | None  # by a decision on contact that holds today (R5)
    added_at: datetime
    is_new: bool  # added after the young person had answered, and no yes yet
    broken: bool = False  # their line broke, and they have not come back
    passed_by: bool = False  # and the host has gone on: their pause holds nobody up meanwhile

    def gate(self, session: int) -> Gate:
        return gate(self.questions, self.replies, session)

    def call_of(self, session: int) -> Call | None:
        """The newest knock of one device."""
        return next((c for c in reversed(self.calls) if c.session == session), None)

    @property
    def barred(self) -> bool:
        """Taken off the list, said no to, or held away by a decision: out at once, also from the
        middle of the call, and told the same words whichever it is (P2)."""
        shut = self.role in INVITED and self.verdict in circle.SHUT
        return self.removed or shut or self.held_away is not None

    @property
    def admitted(self) -> Call | None:
        """The device that holds the seat."""
        return next((c for c in reversed(self.calls) if c.standing == Standing.ADMITTED), None)

    @property
    def first_in(self) -> datetime | None:
        """When they first came into the call, on whichever device."""
        let_in = [c.admitted_at for c in self.calls if c.was_admitted and c.admitted_at is not None]
        return min(let_in, default=None)


@dataclass(frozen=True, slots=True)
class Snapshot:
    meeting: int
    room: str
    title: str
    starts: datetime
    minutes: int
    standing: meetings.Standing
    begun: bool  # the start hour has come
    band: Band
    home: str
    caseworker_phone: str
    young_phone: str
    people: tuple[Person, ...]
    asked_again: frozenset[str]
    note_ready: bool
    has_photo: bool
    greeting: str  # the caseworker's, to whoever waits
    follow_up: FollowUp  # after a line that broke, or somebody's going
    restrictions: tuple[Restriction, ...]  # that hold today (R5)
    home_knows: bool  # the home was told of it
    beside: Beside  # the talks beside the room
    # Set where a place must not be seen: the young person's camera then sends no sharp picture.
    blur_required: bool = False
    marks: tuple[Mark, ...] = ()  # what happened around the talk
    calls_back: datetime | None = None  # when the host has promised to ring
    team: tuple[team_list.Line, ...] = ()  # the young person's and the bisidder's list

    @property
    def host_away(self) -> bool:
        """The host is called away: in the room, but neither heard nor seen, and hears nobody."""
        return is_away(self.marks)

    @property
    def is_for_two(self) -> bool:
        """The host has ended it for everybody but the young person (D13)."""
        return standing(self.marks, Kind.OTHERS_OUT) is not None

    @property
    def host(self) -> Person:
        return next(p for p in self.people if p.role == Role.CASEWORKER)

    @property
    def young(self) -> Person:
        return next(p for p in self.people if p.role == Role.YOUNG_PERSON)

    def paused_in(self, place: Place) -> bool:
        """Whether anybody there pauses the talk they are in; whoever is shut out cannot (P2)."""
        return any(
            call.paused and call.standing == Standing.ADMITTED
            for person in self.people
            if not person.barred and not person.passed_by and self.place(person) == place
            for call in person.calls
        )

    def person(self, seat: int) -> Person | None:
        return next((p for p in self.people if p.seat == seat and not p.removed), None)

    def anybody(self, seat: int) -> Person | None:
        """The same for somebody taken off the list, who must not see that they were (P2)."""
        return next((p for p in self.people if p.seat == seat), None)

    def place(self, person: Person) -> Place:
        """In which of the meeting's talks somebody admitted is."""
        return self.beside.place(person.seat, person.role)

    @property
    def own_room(self) -> bool:
        """Whether the young person is in the bisidder's room: also alone, until they come back."""
        return self.place(self.young) == Place.OWN_ROOM

    @property
    def protected(self) -> bool:
        """Whether the place may be known to nobody: the young person's picture is blurred."""
        return restricting.is_protected(self.restrictions)

    @property
    def camera_locked(self) -> bool:
        return circle.camera_locked(self.young.replies)

    @property
    def write_only(self) -> bool:
        return circle.write_only(self.young.replies)

    def locks_told(self, session: int) -> tuple[bool, bool]:
        """The two locks as this device of the young person's may know them: before admission a
        bare link is told nothing of what another device answered (P6)."""
        call = self.young.call_of(session)
        if call is not None and call.was_admitted:
            return self.camera_locked, self.write_only
        own = [reply for reply in self.young.replies if reply.session == session]
        return circle.camera_locked(own), circle.write_only(own)
