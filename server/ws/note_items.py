"""The note on the line: while it is written, the host and the young person see the same items."""

from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.domain import during
from server.domain.roles import Guest, Role
from server.services import choosing, commenting, noting
from server.services.snapshot import Snapshot
from server.texts import Voice
from server.ws import items
from server.ws.line import Line


class NoteItems:
    """Gives each person in the call the items they may read, or None where there are none to
    tell about. A young person's device that is not their own gets an empty list (U8)."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    async def __call__(
        self, db: AsyncSession, line: Line, shot: Snapshot
    ) -> list[dict[str, Any]] | None:
        if not isinstance(line.holder, Guest):
            written = await noting.items_for_host(db, shot.meeting)
            said = await commenting.of_note(db, shot.meeting) if written else {}
            beside = {item: len(found) for item, found in said.items()}
            locked = during.is_locked(shot.marks)
            return items.for_host(line.voice, written, beside, locked=locked)
        if line.holder.role != Role.YOUNG_PERSON:
            return None
        # Asked with every change of the talk, and in most of it there is no note yet.
        shown = await choosing.items_for_young_person(db, shot.meeting)
        if not shown:
            return []
        # The line was opened before the door; only who is in the call is told of the note.
        guest = replace(line.holder, admitted=True)
        who = await choosing.reader(db, guest, in_call=True, now=self.clock.now())
        if not who.opens:
            return []
        names = line.voice.known | {"barn": who.name, "hjem": who.home}
        voice = Voice(line.voice.texts, line.voice.language, line.voice.band, **names)
        return items.for_young_person(voice, shown)
