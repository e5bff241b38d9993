"""Queries: a meeting's items with their words and choices, and an adult's unsent words."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from server.domain import places, rounds, sharing
from server.domain.errors import NotFound
from server.domain.note import WordKind
from server.domain.rounds import Made, Moved, Words
from server.domain.sharing import Chosen, ItemId, Revision, ToldTo
from server.domain.sharing import Item as ItemFact
from server.store import reading
from server.store.note_tables import ChoiceMade, Draft, Handover, Item, Release, Told, Wording
from server.store.tables import Meeting, YoungPerson


@reading.once
async def own_meeting(db: AsyncSession, account: int, meeting: int) -> Meeting:
    """Fetch a caseworker's own meeting and hold its row. Another's looks like none (L11)."""
    query = (
        select(Meeting)
        .where(Meeting.id == meeting, Meeting.account_id == account)
        .options(
            joinedload(Meeting.young_person, innerjoin=True),
            joinedload(Meeting.placement, innerjoin=True),
        )
    )
    if not reading.is_one(db):
        query = query.with_for_update(of=Meeting)
    found = (await db.scalars(query)).one_or_none()
    if found is None:
        raise NotFound
    return found


@reading.once
async def items(db: AsyncSession, meeting: int, *, hold: bool = False) -> Sequence[Item]:
    """Fetch the items of a note in the order they were written, without those struck."""
    query = _whole(select(Item).where(Item.meeting_id == meeting, Item.struck_at.is_(None)))
    query = query.order_by(Item.id)
    return (await db.scalars(query.with_for_update() if hold else query)).all()


async def of_meetings(db: AsyncSession, meetings: Collection[int]) -> Sequence[Item]:
    """Fetch the items of several notes, without those struck."""
    query = _whole(select(Item).where(Item.meeting_id.in_(meetings), Item.struck_at.is_(None)))
    return (await db.scalars(query.order_by(Item.id))).all()


async def struck(db: AsyncSession, meeting: int) -> Sequence[Item]:
    """Fetch the items that were taken out of a note, for its history."""
    query = _whole(select(Item).where(Item.meeting_id == meeting, Item.struck_at.is_not(None)))
    return (await db.scalars(query.order_by(Item.id))).all()


async def item(db: AsyncSession, meeting: int, item_id: int) -> Item:
    """Fetch one item and hold its row, so that its words stand still until the end."""
    query = _whole(
        select(Item).where(Item.id == item_id, Item.meeting_id == meeting, Item.struck_at.is_(None))
    )
    found = (await db.scalars(query.with_for_update())).one_or_none()
    if found is None:
        raise NotFound
    return found


async def draft(db: AsyncSession, account: int, place: str) -> Draft | None:
    query = select(Draft).where(Draft.account_id == account, Draft.place == place)
    return (await db.scalars(query)).one_or_none()


async def drafts(db: AsyncSession, account: int, places: Sequence[str]) -> dict[str, Draft]:
    query = select(Draft).where(Draft.account_id == account, Draft.place.in_(places))
    return {row.place: row for row in await db.scalars(query)}


async def drop_draft(db: AsyncSession, account: int, place: str) -> None:
    """The words are sent. The row stays, empty: its revision tells another tab that they are."""
    sent = update(Draft).where(Draft.account_id == account, Draft.place == place, Draft.text != "")
    await db.execute(sent.values(text="", revision=Draft.revision + 1))


async def is_own_item(db: AsyncSession, account: int, item_id: int) -> bool:
    query = select(Item.id).join(Meeting, Meeting.id == Item.meeting_id)
    query = query.where(Item.id == item_id, Meeting.account_id == account)
    return (await db.scalars(query)).first() is not None


async def young_name(db: AsyncSession, meeting: int) -> str:
    query = select(YoungPerson.name).join(Meeting, Meeting.young_person_id == YoungPerson.id)
    return (await db.execute(query.where(Meeting.id == meeting))).scalar_one()


async def item_of_chat(db: AsyncSession, meeting: int, chat: int) -> int | None:
    """The line a written word has become, if it has and was not struck again."""
    query = select(Item.id).where(
        Item.meeting_id == meeting, Item.chat_id == chat, Item.struck_at.is_(None)
    )
    return (await db.scalars(query)).first()


async def count(db: AsyncSession, meeting: int) -> int:
    query = select(func.count()).select_from(Item).where(Item.meeting_id == meeting)
    return (await db.execute(query)).scalar_one()


async def uncheck_choices(db: AsyncSession, session: int) -> None:
    """What this browser chose in the call counts as chosen from anywhere (P4)."""
    made_there = update(ChoiceMade).where(ChoiceMade.session_id == session)
    await db.execute(made_there.values(in_call=False))


def line(row: Item) -> Wording:
    """The item's line in the note, as it reads now."""
    return next(w for w in reversed(row.wordings) if w.kind == WordKind.LINE)


def home_wording(row: Item) -> Wording | None:
    return next((w for w in reversed(row.wordings) if w.kind == WordKind.HOME), None)


def leaving(row: Item) -> Wording:
    """The exact words that would leave: a choice and "told" name this revision."""
    return home_wording(row) or line(row)


def told(wording: Wording, to: ToldTo) -> Told | None:
    return next((t for t in wording.told if t.to == to), None)


def told_since_marked(row: Item, wording: Wording) -> Told | None:
    """The young person hearing these words since it was decided that they must be passed on."""
    heard = told(wording, ToldTo.YOUNG_PERSON)
    if heard is None or row.must_pass_on_at is None or heard.at < row.must_pass_on_at:
        return None
    return heard


def out(row: Item) -> Release | None:
    """The release whose words are at the home now; never more than one of an item."""
    releases = (w.release for w in row.wordings if w.release is not None)
    return next((r for r in releases if r.handover.taken_back_at is None), None)


def handover(row: Item) -> Handover | None:
    release = out(row)
    return None if release is None else release.handover


def may_stay(row: Item, release: Release) -> bool:
    """Whether anything lets the home have the words it has of this line."""
    words = next(w for w in row.wordings if w.id == release.wording_id)
    about = [choice for choice in row.choices if choice.wording_id == words.id]
    chosen = _chosen(about[-1]) if about else None
    return sharing.may_stay(told=told_since_marked(row, words) is not None, chosen=chosen)


def last_choice(row: Item) -> ChoiceMade | None:
    return row.choices[-1] if row.choices else None


def rounds_of(row: Item) -> tuple[Moved, ...]:
    """How the words were looked for together."""
    return rounds.of(
        [Words(Revision(w.id), w.kind, w.text, w.at) for w in row.wordings],
        [
            Made(Revision(c.wording_id), c.choice, c.at, c.wish.words if c.wish else "")
            for c in row.choices
        ],
    )


def facts(row: Item) -> ItemFact:
    """Hand an item to the rules."""
    words = leaving(row)
    choice = last_choice(row)
    heard = told_since_marked(row, words)
    opened_at = None
    if row.must_pass_on_at is not None:
        opened_at = heard.at if heard else None
    elif choice is not None:
        opened_at = choice.at if choice.in_call else choice.asked.at if choice.asked else None
    found = bool(places.find(words.text, besides=row.home_name))
    seen = words.place_review
    if found and seen is not None and opened_at is not None:
        opened_at = max(opened_at, seen.at)
    return ItemFact(
        id=ItemId(row.id),
        revision=Revision(words.id),
        text=words.text,
        chosen=_chosen(choice),
        must_pass_on=row.must_pass_on_at is not None,
        told=Revision(words.id) if heard else None,
        opened_at=opened_at,
        place_unseen=found and seen is None,
    )


def _chosen(row: ChoiceMade | None) -> Chosen | None:
    if row is None:
        return None
    return Chosen(Revision(row.wording_id), row.choice, row.in_call or row.asked is not None)


def _whole(query: Select[Item]) -> Select[Item]:
    return query.options(
        selectinload(Item.wordings).selectinload(Wording.told),
        selectinload(Item.wordings).selectinload(Wording.place_review),
        selectinload(Item.wordings).selectinload(Wording.release).selectinload(Release.handover),
        selectinload(Item.choices).options(
            selectinload(ChoiceMade.asked), joinedload(ChoiceMade.wish)
        ),
    ).execution_options(populate_existing=True)
