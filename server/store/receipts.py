"""What was handed over, from which line: written with the handover, read by whose note it is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.domain.sharing import Choice
from server.store.choosing_tables import Receipt
from server.store.note_tables import ChoiceMade, Handover, Item, Told, Wording
from server.store.way_tables import SupportRequest


def of(row: Item, wording: Wording, handover: Handover, home: str) -> Receipt:
    """Make out the receipt for a handover that has just been written."""
    return Receipt(
        item_id=row.id,
        wording_id=wording.id,
        handover_id=handover.id,
        home=home,
        must=row.must_pass_on_at is not None,
        at=handover.released_at,
    )


async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[Receipt]:
    """The receipts of one meeting's note, oldest first; of lines taken out since as well."""
    query = select(Receipt).join(Item, Item.id == Receipt.item_id)
    query = query.where(Item.meeting_id == meeting).order_by(Receipt.id)
    return (await db.scalars(query.options(joinedload(Receipt.handover)))).all()


async def noes(db: AsyncSession, meeting: int) -> set[tuple[int, datetime]]:
    """About which line, and when, the young person said that the home is not to have it: whoever
    takes words back says so in the same moment."""
    query = (
        select(ChoiceMade.item_id, ChoiceMade.at)
        .join(Item, Item.id == ChoiceMade.item_id)
        .where(Item.meeting_id == meeting, ChoiceMade.choice == Choice.NOT_TO_HOME)
    )
    return {(row.item_id, row.at) for row in await db.execute(query)}


async def wishes(db: AsyncSession, meeting: int) -> Sequence[SupportRequest]:
    """The wishes for afterwards that were said aloud and handed over, also those taken back."""
    query = select(SupportRequest).where(SupportRequest.meeting_id == meeting)
    return (await db.scalars(query.order_by(SupportRequest.id))).all()


async def told(db: AsyncSession, meeting: int) -> Sequence[tuple[Told, int, str]]:
    """What had to be passed on and was said: to the young person, or on the telephone to the home.
    With the line and its words."""
    query = (
        select(Told, Wording.item_id, Wording.text)
        .join(Wording, Wording.id == Told.wording_id)
        .join(Item, Item.id == Wording.item_id)
        .where(Item.meeting_id == meeting)
        .order_by(Told.id)
    )
    return [(row[0], row[1], row[2]) for row in await db.execute(query)]
