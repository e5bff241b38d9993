"""All live rooms of this process: after each change the matrix goes out and everybody is told.

A change is never described; it is made in the database, and `changed(meeting)` reads the facts
anew, sends the whole matrix under a new version and pushes what differs. So a lost message, a
restart or two changes at once leave nothing out of step.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server import log
from server.clock import Clock
from server.domain.errors import NotFound
from server.domain.forwarding import screen_of, slots
from server.media.gateway import Edge, MediaAway
from server.media.gateway import Event as MediaEvent
from server.media.pool import Pool
from server.services import chatting, room, sessions
from server.services.snapshot import Snapshot
from server.ws import breaks, from_media, live, names, news, own_end, parting, view
from server.ws.held import Room
from server.ws.line import Line
from server.ws.live import Live

GRACE = 4.0  # seconds a lost line still counts as here; with a tick, 5 at most (L21)
LEASE = 10.0  # seconds a matrix holds without renewal
READ_AGAIN = 5  # ticks between readings of an unchanged room
FEW = 2  # unchanged rooms read at the same time
STILL = 10  # ticks between words on a quiet line; the browser gives up after 15 s
TOUCH = 60  # ticks between notes that a live line counts as a click
MOST_SEATS = 8
MOST_SLOTS = MOST_SEATS  # everybody else, and one screen


class Sessions(Protocol):
    """What a room needs of the database: a session that reads, and one that writes."""

    def read(self) -> AbstractAsyncContextManager[AsyncSession]: ...
    def begin(self) -> AbstractAsyncContextManager[AsyncSession]: ...


class Rooms:
    """Holds every line. `gateway` stays None where no call is to be made."""

    def __init__(
        self,
        database: Sessions,
        clock: Clock,
        zone: ZoneInfo,
        items: Callable[[AsyncSession, Line, Snapshot], Awaitable[Any]] | None = None,
    ) -> None:
        self.zone = zone
        self.database = database
        self.clock = clock
        self.gateway: Pool | None = None
        self.items = items
        self.rooms: dict[int, Room] = {}
        self.ticks = 0
        self.time: Callable[[], float] = asyncio.get_running_loop().time  # seconds, for grace
        self.version = 0  # rises with every matrix, over all rooms
        self.tasks: set[asyncio.Task[None]] = set()
        self._few = asyncio.Semaphore(FEW)
        self.lineless = parting.Lineless()

    async def enter(self, line: Line) -> None:
        """Put a new line in its room. An older one of the same session is moved out (P8)."""
        empty = Room(line.meeting)
        before = self.rooms.get(line.meeting, empty).lines
        back_in_time = line.session in {other.session for other in before}
        async with self.database.begin() as db:
            await sessions.touch(db, line.session, now=self.clock.now())
            await breaks.came(db, self, line, in_time=back_in_time)
        # Only now: writing takes time, and a tick forgets a room without lines.
        here = self.rooms.setdefault(line.meeting, empty)
        for other in list(here.lines):
            if other.session == line.session:
                here.lines.remove(other)
                own_end.go_on(line, other)
                if other.gone_at is None:
                    other.tell({"type": "moved"})
                    other.hang_up_after(4409)
        here.lines.append(line)
        await self.changed(line.meeting)

    def line_of(self, meeting: int, session: int) -> Line | None:
        """The line one device holds in a meeting, if it is up."""
        here = self.rooms.get(meeting)
        lines = here.lines if here is not None else []
        return next((x for x in lines if x.session == session and x.gone_at is None), None)

    def holds(self, line: Line) -> bool:
        """Whether this line still counts. A browser that will not hear that it is over does not
        go on acting."""
        here = self.rooms.get(line.meeting)
        return here is not None and line in here.lines

    def lost(self, line: Line) -> None:
        """The socket is down; whoever holds it may be back within a breath."""
        if line.gone_at is None:
            line.gone_at = self.time()
            self.soon(line.meeting)

    def soon(self, meeting: int) -> None:
        """Look at a room anew as soon as possible, without waiting for it here."""
        if meeting in self.rooms:
            self._later(self.changed(meeting))

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    async def changed(self, meeting: int) -> None:
        """Read a room's facts, send its matrix and tell every line what differs.

        Changes that come while one is being told are told together: somebody who presses
        twenty times a second costs no more than somebody who presses once.
        """
        here = self.rooms.get(meeting)
        if here is None:
            return
        if here.next_look is None:
            here.next_look = self._later(self._look(here))
        await asyncio.shield(here.next_look)

    async def _look(self, here: Room) -> None:
        meeting = here.meeting
        async with here.lock:
            here.next_look = None
            now = self.clock.now()
            # A line that enters while we read has not been asked about: it gets a turn of its own.
            asked = tuple(here.lines)
            try:
                async with self.database.read() as db:
                    shot = await room.snapshot(db, meeting, now)
                    ids = [line.session for line in asked]
                    alive = await sessions.alive(db, ids, now=now)
                    written = await chatting.so_far(db, meeting)
            except NotFound:
                await self._hang_up(here, asked, 4404)
                return
            await self._hang_up(here, [x for x in asked if x.session not in alive], 4404)
            here.note_company(shot, self.time())
            await self._hang_up(here, here.crowded_out(shot), 4409)
            here.ways = live.ways(shot, here.lines)
            here.slots = slots(here.ways, here.slots, MOST_SLOTS)
            here.name = shot.room
            known = (shot, tuple(here.lines), here.ways, here.slots, now, self.zone)
            standing = Live(*known, frozenset(here.fresh))
            await self._send_matrix(here)
            async with self.database.read() as db:  # the note's lines, where there are any
                for line in standing.lines:
                    await self._tell(db, standing, line, written)

    async def tick(self) -> None:
        """Every second: forget lines long gone, renew leases, look again now and then. All rooms at
        once: a busy worker answers late, and no lease is to run out in a queue of rooms."""
        self.ticks += 1
        moment = self.time()
        due: list[Coroutine[Any, Any, None]] = []
        for here in list(self.rooms.values()):
            gone = [x for x in here.lines if x.gone_at is not None and moment - x.gone_at > GRACE]
            for line in gone:
                here.lines.remove(line)
                due.append(breaks.keep(self, line))
                self.lineless.note(here.name, line.media, moment)
            stale = here.put_out(moment)
            if not here.lines:
                due.append(self._forget(here))
            elif gone or stale:
                due.append(self.changed(here.meeting))
            else:
                due.append(self._send_matrix(here))
                if (self.ticks + here.meeting) % READ_AGAIN == 0:
                    due.append(self._read_again(here.meeting))
        failed = await asyncio.gather(*due, return_exceptions=True)
        on_line = {(here.name, line.media) for here in self.rooms.values() for line in here.lines}
        for name, media in self.lineless.overdue(on_line, moment):
            await parting.close(self.gateway, name, media)
        if self.ticks % STILL == 0:
            self._say_still()
        if self.ticks % TOUCH == 0:
            await self._touch()
        for error in filter(None, failed):  # only now: one room's trouble is not the others'
            raise error

    async def _read_again(self, meeting: int) -> None:
        """Nothing is known to have changed: a few at a time, so that no page waits for all."""
        async with self._few:
            await self.changed(meeting)

    def _say_still(self) -> None:
        """A browser cannot see WebSocket pings: it hears that the line is alive."""
        for here in self.rooms.values():
            for line in here.lines:
                if line.gone_at is None:
                    line.tell({"type": "still"})

    def on_media(self, event: MediaEvent) -> None:
        """What the media worker tells: hand it to the one it concerns."""
        from_media.hand_on(self, event)

    async def _hang_up(self, here: Room, lines: Iterable[Line], code: int) -> None:
        for line in list(lines):
            if line in here.lines:
                here.lines.remove(line)
            line.hang_up(code)
            await parting.close(self.gateway, here.name, line.media)

    async def _send_matrix(self, here: Room) -> None:
        if self.gateway is None or not here.name or self.rooms.get(here.meeting) is not here:
            return  # of a room that was forgotten meanwhile the worker is told no more
        self.version += 1
        edges = [
            Edge(way.source, way.target, here.slots[way.source, way.target], way.audio, way.video)
            for way in here.ways
            if (way.source, way.target) in here.slots and (way.audio or way.video)
        ]
        edges += [
            Edge(way.source, way.target, here.slots[shown, way.target], False, True, True)
            for way in here.ways
            if way.screen and ((shown := screen_of(way.source)), way.target) in here.slots
        ]
        # Without a worker nothing flows anyway; the next second tells the new one.
        with suppress(MediaAway):
            await self.gateway.matrix(here.name, self.version, edges, lease=LEASE)

    async def _tell(
        self, db: AsyncSession, standing: Live, line: Line, written: list[chatting.Line]
    ) -> None:
        names.learn(line, standing.shot)
        shown = view.state(standing, line)
        if parting.has_parted(line.shown.get("phase"), shown["phase"]):
            await parting.close(self.gateway, standing.shot.room, line.media)
        if shown != line.shown:
            line.shown = shown
            line.tell(shown | {"version": self.version})
        for told in news.differences(standing, line):
            line.tell(told)
        if shown["phase"] in ("call", "room", "paused"):
            for message in written:
                was_there = standing.shot.beside.was_there(line.seat, message.at)
                if message.id > line.chat_told and was_there:
                    line.tell(news.chat(standing, line, message))
                    line.chat_told = message.id
            if self.items is not None:
                items = await self.items(db, line, standing.shot)
                if items != line.items_told:
                    line.items_told = items
                    line.tell({"type": "items", "items": items})

    async def _forget(self, here: Room) -> None:
        self.rooms.pop(here.meeting, None)
        if self.gateway is not None and here.name:
            with suppress(MediaAway):  # it took the room along
                await self.gateway.forget(here.name)

    async def _touch(self) -> None:
        """A live line counts as a click, so that a long talk does not end a session; one left
        open after the meeting does not (design 2)."""
        now = self.clock.now()
        async with self.database.begin() as db:
            for here in self.rooms.values():
                for line in here.lines:
                    if line.gone_at is None and line.shown.get("phase") != "ended":
                        await sessions.touch(db, line.session, now=now)

    def hang_up(self) -> None:
        """Let go of every line, telling the browsers to come back."""
        for here in self.rooms.values():
            for line in here.lines:
                line.hang_up(1012)

    async def close(self) -> None:
        """Let go of the worker, once what was begun is done. A line that is lost only now changes
        nothing any more: to look would open the database again."""
        self.rooms.clear()
        while self.tasks:
            await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.gateway is not None:
            await self.gateway.close()

    async def run(self) -> None:
        """Tick for ever; one bad second is told to the operator and does not end the next."""
        while True:
            await asyncio.sleep(1)
            try:
                await self.tick()
            except Exception as error:  # the heart must go on beating
                log.fault("tick", error)
