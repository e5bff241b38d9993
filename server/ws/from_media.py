"""What the media worker tells, handed to whom it concerns."""

from typing import TYPE_CHECKING

from server.domain.forwarding import Way
from server.media.events import Connected, Event, Gone, Silent, Speaks, WayIs, WorkerBack
from server.ws.held import Room
from server.ws.line import Line

if TYPE_CHECKING:
    from server.ws.rooms import Rooms


def hand_on(rooms: "Rooms", event: Event) -> None:
    if isinstance(event, WorkerBack):
        for here in rooms.rooms.values():
            if event.rooms is None or here.name in event.rooms:
                for line in here.lines:
                    line.tell({"type": "rejoin"})
        return
    if not isinstance(event, Silent | Gone | Connected | Speaks | WayIs):
        return
    found = _find(rooms, event.room, event.seat)
    if found is None:
        return
    here, line = found
    match event:
        case Connected():
            rooms.soon(line.meeting)
        case Speaks():
            _speaks(here, line)
        case WayIs(level="fine" | "weak" | "poor"):
            line.tell({"type": "way", "level": event.level})
        case Gone(why="left") | WayIs():
            pass
        case Silent() | Gone():
            line.tell({"type": "silent", "connection": event.connection})


def _speaks(here: Room, speaker: Line) -> None:
    """Tell those who hear this person, and nobody else: at the door it is the host alone (P1)."""
    hear = {way.target for way in here.ways if _is_heard(way, speaker)}
    for line in here.lines:
        if line.media in hear and line.speaker_told != str(speaker.seat):
            line.speaker_told = str(speaker.seat)
            line.tell({"type": "speaks", "seat": line.speaker_told})


def _is_heard(way: Way, speaker: Line) -> bool:
    return way.source == speaker.media and way.audio


def _find(rooms: "Rooms", name: str, seat: str) -> tuple[Room, Line] | None:
    for here in rooms.rooms.values():
        if here.name == name:
            return next(((here, line) for line in here.lines if line.media == seat), None)
    return None
