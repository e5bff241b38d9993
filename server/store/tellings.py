"""Queries: what young people wanted to say themselves, and how it went."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.telling import ANSWERS
from server.store.choosing_tables import TellingAnswer
from server.store.note_tables import ChoiceMade, Item, Wording
from server.store.tables import Meeting, Placement, YoungPerson


@dataclass(frozen=True, slots=True)
class Wanted:
    """A standing choice to say it oneself, with its words and whose it is."""

    choice: ChoiceMade
    text: str
    meeting: int
    young_person: int
    name: str
    home: str


async def of_young_person(db: AsyncSession, young_person: int) -> list[Wanted]:
    return await _wanted(db, _standing().where(Meeting.young_person_id == young_person))


async def of_account(db: AsyncSession, account: int) -> list[Wanted]:
    return await _wanted(db, _standing().where(Meeting.account_id == account))


async def of_meeting(db: AsyncSession, meeting: int) -> list[Wanted]:
    return await _wanted(db, _standing().where(Meeting.id == meeting))


async def one(db: AsyncSession, choice: int) -> Wanted | None:
    """One of them, whether or not something else was chosen since."""
    found = await _wanted(db, _all().where(ChoiceMade.id == choice))
    return found[0] if found else None


async def stands(db: AsyncSession, choice: ChoiceMade) -> bool:
    """Whether nothing was chosen about the same item since."""
    query = select(func.max(ChoiceMade.id)).where(ChoiceMade.item_id == choice.item_id)
    return (await db.execute(query)).scalar_one() == choice.id


async def answers(db: AsyncSession, choices: Iterable[int]) -> dict[int, list[TellingAnswer]]:
    """What was said about each, in the order it was said."""
    found: dict[int, list[TellingAnswer]] = {}
    wanted = list(choices)
    if not wanted:
        return found
    query = select(TellingAnswer).where(TellingAnswer.choice_id.in_(wanted))
    for row in await db.scalars(query.order_by(TellingAnswer.id)):
        found.setdefault(row.choice_id, []).append(row)
    return found


def _standing() -> Select[ChoiceMade, str, int, int, str, str]:
    """The newest choice about each item, where it is one to say it oneself."""
    later = aliased(ChoiceMade)
    is_later = exists().where(later.item_id == ChoiceMade.item_id, later.id > ChoiceMade.id)
    return _all().where(~is_later)


def _all() -> Select[ChoiceMade, str, int, int, str, str]:
    return (
        select(
            ChoiceMade,
            Wording.text,
            Meeting.id,
            YoungPerson.id,
            YoungPerson.name,
            Placement.home_name,
        )
        .join(Wording, Wording.id == ChoiceMade.wording_id)
        .join(Item, Item.id == ChoiceMade.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .join(Placement, Placement.id == Meeting.placement_id)
        .where(
            ChoiceMade.choice.in_(list(ANSWERS)),
            Item.struck_at.is_(None),
            Item.must_pass_on_at.is_(None),
            Placement.ended_at.is_(None),
        )
        .order_by(ChoiceMade.id)
    )


async def _wanted(
    db: AsyncSession, query: Select[ChoiceMade, str, int, int, str, str]
) -> list[Wanted]:
    return [Wanted(*row) for row in await db.execute(query)]
