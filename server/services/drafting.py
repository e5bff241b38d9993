"""An adult's unsent words are kept as they type, so that a dead browser loses none (P10).

Each field's words have a revision, which a tab names when it sends more. Two tabs on the same
field cannot overwrite each other: the second one is told what the first one wrote.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, NotFound, Stale
from server.domain.roles import Caseworker
from server.domain.sections import WRITTEN, Section
from server.domain.writing import Written
from server.store import notes
from server.store.note_tables import Draft, Item

LIMIT = 4000  # more than a field takes: what is too long to send is still not lost
FIELDS = ("line", "home", "reason", "heard")  # what can be written about one line
PLACE = re.compile(
    rf"(meeting):([0-9]{{1,9}}):({'|'.join(WRITTEN)})|(item):([0-9]{{1,9}}):({'|'.join(FIELDS)})"
)


@dataclass(frozen=True, slots=True)
class Unsent:
    """What stands in one field, and the revision the next words must name."""

    text: str
    revision: int


class WrittenElsewhere(Stale):
    """Another tab has written into the same field; `unsent` is what stands there."""

    def __init__(self, unsent: Unsent) -> None:
        super().__init__("written-elsewhere")
        self.unsent = unsent


async def keep(
    db: AsyncSession, who: Caseworker, place: str, text: str, seen: int, *, now: datetime
) -> int:
    """Keep what stands in a field of one's own note now, and give its new revision.

    Raises `WrittenElsewhere` where `seen` is not the newest revision and the words differ.
    """
    found = PLACE.fullmatch(place)
    if found is None:
        raise Invalid(place="unknown-place")
    if len(text) > LIMIT:
        raise Invalid(text="too-long")
    if found[1]:
        await notes.own_meeting(db, who.account, int(found[2]))
    elif not await notes.is_own_item(db, who.account, int(found[5])):
        raise NotFound
    row = await notes.draft(db, who.account, place)
    if row is None:
        if not text.strip():
            return 0
        row = Draft(account_id=who.account, place=place, text=text, at=now, revision=seen + 1)
        db.add(row)
    elif row.text != text:
        if row.revision != seen:
            raise WrittenElsewhere(Unsent(row.text, row.revision))
        row.text, row.at, row.revision = text if text.strip() else "", now, row.revision + 1
    return row.revision


async def line(db: AsyncSession, place: str, text: str) -> tuple[Written, str]:
    """What is being typed as the writing helper sees it, and to whom: nobody's name where it is
    written for the home, which may be told about them. Ask beforehand whose field it is."""
    found = PLACE.fullmatch(place)
    if found is None:
        raise Invalid(place="unknown-place")
    if found[1]:
        name = await notes.young_name(db, meeting=int(found[2]))
        return Written(Section(found[3]), text), name
    if found[6] != "line":
        return Written(Section.TALKED_ABOUT, text), ""
    item = await db.get_one(Item, int(found[5]))
    name = await notes.young_name(db, meeting=item.meeting_id)
    return Written(Section(item.section), text, is_quote=bool(item.said_by)), name


async def of_note(
    db: AsyncSession, who: Caseworker, meeting: int, items: Iterable[int]
) -> dict[str, Unsent]:
    """Give the unsent words of one note's fields, by place; also where there are none any more,
    since a tab must name the revision."""
    places = [f"meeting:{meeting}:{section}" for section in WRITTEN]
    places += [f"item:{item}:{field}" for item in items for field in FIELDS]
    found = await notes.drafts(db, who.account, places)
    return {place: Unsent(row.text, row.revision) for place, row in found.items()}


async def left(db: AsyncSession, who: Caseworker, meeting: int) -> list[str]:
    """Say where words for one's own note were typed and never sent, by place. What stands in the
    note word for word is there."""
    rows = await notes.items(db, meeting)
    stands = {
        words.text for row in rows for words in (notes.line(row), notes.home_wording(row)) if words
    }
    found = await of_note(db, who, meeting, [row.id for row in rows])
    return [place for place, one in found.items() if one.text.strip() not in stands | {""}]
