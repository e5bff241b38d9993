"""What the caseworker answers for beside the young person's own choice (P4).

Words that must be passed on, with their reason, told to the young person first. And the
young person's voice: a choice from an unknown hand asked again alone, or one made by voice.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import note as rules
from server.domain import passing_on as listed
from server.domain import sharing
from server.domain.errors import Invalid, Refused, Stale
from server.domain.roles import AccountId, Caseworker
from server.domain.sharing import Choice, Revision, ToldTo
from server.services import items, pass_on_list, releasing, seconding
from server.services.noting import own_item, reader_band
from server.services.pass_on_list import Line
from server.services.seconding import Beside
from server.store import notes, pass_on, trail
from server.store.note_tables import AskedAlone, ChoiceMade, Item, PlaceReview, Told
from server.store.passing_tables import Step


async def must_pass_on(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    reason: str,
    *,
    entry: int,
    second: AccountId | None = None,
    now: datetime,
) -> None:
    """Mark that an item must be passed on, by which line of the list in force, and why here. It
    leaves once the young person was told.

    Where they have said no to it, it takes a second person: a colleague who heard why (C11).
    """
    row = await own_item(db, who, meeting, item)
    wrong: dict[str, str] = {}
    try:
        why = rules.reason(reason)
    except Invalid as invalid:
        wrong |= invalid.fields
    try:
        line = await pass_on_list.line(db, entry)
        whose = reader_band(await notes.own_meeting(db, who.account, meeting), now)
        if not listed.overrules(line.urgent, whose):
            wrong["entry"] = "grown-up-chooses"
    except Invalid as invalid:
        wrong |= invalid.fields
    against = row.must_pass_on_at is None and sharing.goes_against(notes.facts(row))
    if against and second is None:
        wrong["code"] = "second-needed"
    if wrong:
        raise Invalid(**wrong)
    if row.must_pass_on_at is None:
        row.must_pass_on_at = now
    row.reason, row.entry_id = why, line.id
    if against and second is not None:
        beside = Beside(Step.AGAINST_A_NO, meeting, "item", row.id)
        seconding.keep(db, who, second, beside, now=now)
    await notes.drop_draft(db, who.account, f"item:{item}:reason")
    _trail(db, who, "must-pass-on", row, now)


async def not_after_all(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, *, now: datetime, zone: ZoneInfo
) -> None:
    """Take that mark away: the item is the young person's to choose about again, and what they
    had chosen counts as it did. Words the home has by the mark alone are taken back."""
    row = await own_item(db, who, meeting, item)
    if row.must_pass_on_at is not None:
        await releasing.set_next_hour(db, meeting, now=now, zone=zone)
        row.must_pass_on_at = None
        row.reason = ""
        row.entry_id = None
        await db.flush()
        await releasing.take_away(db, meeting, now=now)
        _trail(db, who, "not-after-all", row, now)


async def told(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    to: ToldTo,
    seen: int,
    *,
    spoken_to: str = "",
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Log that these very words were told: to the young person, or to the home by phone, and to
    whom there.

    Raises `Stale` where the words are others by now; then they have not been told.
    """
    whom = listed.spoken_to(spoken_to) if to == ToldTo.HOME else ""
    row = await own_item(db, who, meeting, item)
    if row.must_pass_on_at is None:
        raise Refused("not-to-be-passed-on")
    words = notes.leaving(row)
    if seen != words.id:
        raise Stale("words-changed")
    before = notes.told(words, to)
    if before is None:
        told_now = Told(wording_id=words.id, to=to, account_id=who.account, at=now, spoken_to=whom)
        db.add(told_now)
    elif before.at < row.must_pass_on_at:
        before.at, before.account_id, before.spoken_to = now, who.account, whom
    _trail(db, who, f"told-{to}", row, now)
    if to == ToldTo.YOUNG_PERSON:
        await releasing.set_next_hour(db, meeting, now=now, zone=zone)


async def looked_at_places(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    seen: int,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Somebody with a name has looked: these words tell nobody where somebody is (C13).

    Raises `Stale` where the words are others by now. They leave at the next hour, never at once.
    """
    row = await own_item(db, who, meeting, item)
    words = notes.leaving(row)
    if seen != words.id:
        raise Stale("words-changed")
    if words.place_review is None:
        db.add(PlaceReview(wording_id=words.id, account_id=who.account, at=now))
        _trail(db, who, "looked-at-places", row, now)
        await releasing.set_next_hour(db, meeting, now=now, zone=zone)


async def asked_alone(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    choice: int,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Mark that the young person was asked by voice, alone, and said yes to a waiting choice.

    `choice` is the one on the screen; raises `Stale` where they have chosen anew since.
    """
    row = await own_item(db, who, meeting, item)
    last = notes.last_choice(row)
    if last is None or last.id != choice:
        raise Stale("chosen-anew")
    if last.asked is not None:
        return
    if not sharing.may_be_asked_alone(notes.facts(row)):
        raise Refused("nothing-to-ask")
    db.add(AskedAlone(choice_id=last.id, account_id=who.account, at=now))
    _trail(db, who, "asked-alone", row, now)
    await releasing.set_next_hour(db, meeting, now=now, zone=zone)


async def chosen_by_voice(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    seen: int,
    choice: Choice,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Keep what a young person chose when the words were read to them alone (U8: not every
    phone is their own, and nobody is left without a choice for want of one)."""
    row = await own_item(db, who, meeting, item)
    facts = notes.facts(row)
    chosen = sharing.choose(facts, Revision(seen), choice, checked=True)
    if chosen == facts.chosen:
        return
    if items.shown(row).is_out:  # taking it back is the young person's own deed
        raise Refused("home-has-it", hjem=row.home_name)
    made = ChoiceMade(
        item_id=row.id,
        wording_id=chosen.revision,
        session_id=who.session,
        choice=chosen.choice,
        in_call=False,
        at=now,
    )
    db.add(made)
    await db.flush()
    db.add(AskedAlone(choice_id=made.id, account_id=who.account, at=now))
    _trail(db, who, "chosen-by-voice", row, now)
    await releasing.set_next_hour(db, meeting, now=now, zone=zone)


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What was said about a note's marks: the list's line and the second person by item, the calls
    (to whom, when) by wording."""

    entries: dict[int, Line]
    seconds: dict[int, tuple[str, datetime]]
    calls: dict[int, tuple[str, datetime]]


async def facts_of(db: AsyncSession, meeting: int) -> PassedOn:
    """Ask beforehand whose meeting it is."""
    marked = await pass_on.marked(db, meeting)
    calls = await pass_on.phoned(db, meeting)
    return PassedOn(
        entries={item: Line(row.id, row.words, row.urgent) for item, row in marked.items()},
        seconds=await pass_on.seconded(db, meeting, Step.AGAINST_A_NO),
        calls={wording: (row.spoken_to, row.at) for wording, row in calls.items()},
    )


def _trail(db: AsyncSession, who: Caseworker, deed: str, row: Item, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"item:{row.id}", now=now)
