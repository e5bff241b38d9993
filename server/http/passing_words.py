"""What a caseworker's note says about words that must be passed on: by which line of the list, who
was the second person, and whom somebody spoke to on the telephone."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server.http import staff
from server.services import pass_on_list, passing_on
from server.services.items import Shown
from server.texts import Voice


@dataclass(frozen=True, slots=True)
class Marked:
    """One item's mark, in words; empty where there is nothing to say."""

    entry: str = ""
    is_urgent: bool = False
    second: str = ""  # with whom, and when
    phoned: str = ""  # to whom, and when
    needs_second: bool = False  # the young person said no: it takes two to pass it on


async def of(
    request: web.Request, db: AsyncSession, meeting: int, shown: Sequence[Shown]
) -> dict[int, Marked]:
    facts = await passing_on.facts_of(db, meeting)
    found: dict[int, Marked] = {}
    for one in shown:
        entry = facts.entries.get(one.item) if one.must_pass_on else None
        second = facts.seconds.get(one.item) if one.must_pass_on else None
        call = facts.calls.get(one.revision) if one.must_pass_on else None
        found[one.item] = Marked(
            entry=entry.words if entry else "",
            is_urgent=entry is not None and entry.urgent,
            second=second[0] if second else "",
            phoned=f"{call[0]}, {staff.within(request, call[1])}" if call and call[0] else "",
            needs_second=one.goes_against and not one.must_pass_on,
        )
    return found


async def entries(db: AsyncSession, voice: Voice) -> list[tuple[int, str]]:
    """The lines of the list in force, as a field offers them; what is urgent says so."""
    lines = (await pass_on_list.in_force(db)).lines
    urgent = voice.say("pass-on.urgent")
    return [
        (one.id, f"{one.words} ({urgent.lower()})" if one.urgent else one.words) for one in lines
    ]
