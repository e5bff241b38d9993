"""What was passed on, and everything that was decided on the way there: for whose note it is.

The receipts are made out with each handover; the history is read from rows that are only ever
added to, and telling it from the beginning gives where things stand (D11, S45).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.history import Did, Event, in_order
from server.domain.note import WordKind
from server.domain.sharing import Choice, ItemId, Revision, ToldTo
from server.store import notes, receipts, tellings
from server.store.choosing_tables import Receipt
from server.store.note_tables import Item


@dataclass(frozen=True, slots=True)
class Passed:
    """One thing the home was told: the exact words, when, and why. `phoned`: on the telephone."""

    item: int
    words: str
    home: str
    at: datetime
    must: bool
    phoned: bool = False
    ended_at: datetime | None = None  # taken back, or replaced by new words
    replaced: bool = False
    by_them: bool = True  # it was the young person who took it back
    wish: str = ""  # for afterwards, instead of words (S44)


async def passed_on(db: AsyncSession, meeting: int, home: str) -> list[Passed]:
    """Everything of one note that the home was told, in order. Ask beforehand whose note it is."""
    made = await receipts.of_meeting(db, meeting)
    noes = await receipts.noes(db, meeting)
    found = [
        Passed(
            item=one.item_id,
            words=one.handover.text,
            home=one.home,
            at=one.at,
            must=one.must,
            ended_at=one.handover.taken_back_at,
            replaced=_is_replaced(one, made),
            by_them=(one.item_id, one.handover.taken_back_at) in noes,
        )
        for one in made
    ]
    found += [
        Passed(item, words, home, said.at, must=True, phoned=True)
        for said, item, words in await receipts.told(db, meeting)
        if said.to == ToldTo.HOME
    ]
    found += [
        Passed(
            item=0,
            words="",
            home=home,
            at=wished.asked_at,
            must=False,
            ended_at=wished.taken_back_at,
            wish=wished.wish,
        )
        for wished in await receipts.wishes(db, meeting)
    ]
    return sorted(found, key=lambda one: one.at)


async def of_note(db: AsyncSession, meeting: int) -> tuple[Event, ...]:
    """Everything that was decided about a note's lines, those taken out since as well. Ask
    beforehand whose note it is."""
    gone = [row for row in await notes.struck(db, meeting) if _was_decided(row)]
    rows = [*await notes.items(db, meeting), *gone]
    told_of = {row.id for row in rows}
    went = await tellings.answers(db, [c.id for row in rows for c in row.choices])
    events = [event for row in rows for event in _of_item(row)]
    for row in rows:
        for choice in row.choices:
            about = ItemId(row.id), Revision(choice.wording_id)
            events += [
                Event(about[0], Did.WENT, said.at, about[1], choice=choice.choice, went=said.went)
                for said in went.get(choice.id, [])
            ]
    made = await receipts.of_meeting(db, meeting)
    events += [event for one in made if one.item_id in told_of for event in _of_receipt(one, made)]
    for said, item, words in await receipts.told(db, meeting):
        if item in told_of:
            did = Did.PHONED if said.to == ToldTo.HOME else Did.TOLD
            events.append(Event(ItemId(item), did, said.at, Revision(said.wording_id), words))
    return in_order(_by_whom(events))


def _was_decided(row: Item) -> bool:
    """A line that went before anybody chose about it or heard it was never theirs to look back on:
    it may be about somebody else."""
    return bool(row.choices) or any(words.told or words.release for words in row.wordings)


def _of_item(row: Item) -> Iterator[Event]:
    item = ItemId(row.id)
    for one in row.wordings:
        kind = WordKind(one.kind)
        yield Event(item, Did.WORDS, one.at, Revision(one.id), one.text, kind)
    for choice in row.choices:
        revision = Revision(choice.wording_id)
        by_voice = choice.asked is not None and choice.asked.at == choice.at
        yield Event(
            item,
            Did.CHOSE,
            choice.at,
            revision,
            choice.wish.words if choice.wish else "",
            choice=choice.choice,
            checked=choice.in_call or by_voice,
            by_voice=by_voice,
            notice=choice.notice,
        )
        if choice.asked is not None and not by_voice:
            yield Event(item, Did.ASKED_ALONE, choice.asked.at, revision)
    if row.struck_at is not None:
        yield Event(item, Did.STRUCK, row.struck_at, Revision(notes.leaving(row).id))


def _of_receipt(one: Receipt, made: Sequence[Receipt]) -> Iterator[Event]:
    item, revision = ItemId(one.item_id), Revision(one.wording_id)
    yield Event(item, Did.HANDED_OVER, one.at, revision, one.handover.text)
    ended = one.handover.taken_back_at
    if ended is not None:
        did = Did.REPLACED if _is_replaced(one, made) else Did.TAKEN_BACK
        yield Event(item, did, ended, revision)


def _by_whom(events: Sequence[Event]) -> Iterable[Event]:
    """Whoever takes words back says in the same moment that the home is not to have them; what
    went without that was taken away by others."""
    noes = {(one.item, one.at) for one in events if one.choice == Choice.NOT_TO_HOME}
    for one in events:
        is_theirs = one.did != Did.TAKEN_BACK or (one.item, one.at) in noes
        yield one if is_theirs else replace(one, did=Did.TAKEN_AWAY)


def _is_replaced(one: Receipt, made: Sequence[Receipt]) -> bool:
    """Whether new words of the same line took its place in the same moment."""
    ended = one.handover.taken_back_at
    later = (other for other in made if other.item_id == one.item_id and other.id > one.id)
    return any(other.at == ended for other in later)
