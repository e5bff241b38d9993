"""Whoever wanted to say it themselves, or together, is asked the next time how it went.

It stands among what the caseworker keeps in mind before the next meeting. A mind may be changed at
any time; the home sees nothing of any of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import telling as rules
from server.domain.errors import NotFound, Refused, Stale
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.domain.sharing import Choice
from server.domain.telling import Telling, Went
from server.services import calling, choosing
from server.services.choosing import Reader
from server.store import notes, tellings, trail
from server.store.choosing_tables import TellingAnswer
from server.store.note_tables import ChoiceMade
from server.store.tellings import Wanted


@dataclass(frozen=True, slots=True)
class Told:
    """One thing somebody says themselves, as a page shows it."""

    id: int
    meeting: int  # whose note it is in
    choice: Choice
    words: str
    name: str
    home: str
    went: Went | None
    since: datetime
    young_person: int


async def for_young_person(
    db: AsyncSession, guest: Guest, *, in_call: bool, now: datetime
) -> tuple[Reader, list[Told]]:
    """What a young person is asked about now, from this meeting's note and earlier ones. Only
    where it is known that the device is theirs."""
    who = await choosing.reader(db, guest, in_call=in_call, now=now)
    if not who.is_theirs:
        return who, []
    found = await _open(db, await tellings.of_young_person(db, who.young_person))
    return who, [
        told
        for told in found
        if rules.is_asked(_fact(told), another_meeting=told.meeting != who.meeting, now=now)
    ]


async def is_asked_about(db: AsyncSession, guest: Guest, *, now: datetime) -> bool:
    """Whether there is anything a page before or after the call would lead a young person to."""
    if guest.role != Role.YOUNG_PERSON:
        return False
    return bool((await for_young_person(db, guest, in_call=False, now=now))[1])


async def for_caseworker(db: AsyncSession, who: Caseworker, meeting: MeetingId) -> list[Told]:
    """What this meeting's young person wanted to say and nobody has heard yet how it went."""
    row = await calling.own_meeting(db, who, meeting)
    return await _open(db, await tellings.of_young_person(db, row.young_person_id))


async def open_of(db: AsyncSession, who: Caseworker) -> list[Told]:
    """The same of all their young people."""
    return await _open(db, await tellings.of_account(db, who.account))


async def of_note(db: AsyncSession, meeting: int) -> dict[int, Went]:
    """How it went, by line of one note. Ask beforehand whose note it is."""
    wanted = await tellings.of_meeting(db, meeting)
    said = await tellings.answers(db, [one.choice.id for one in wanted])
    return {
        one.choice.item_id: said[one.choice.id][-1].went for one in wanted if one.choice.id in said
    }


async def answer(
    db: AsyncSession, guest: Guest, telling: int, said: str, *, in_call: bool, now: datetime
) -> None:
    """Keep how it went, as the young person says. Whoever does not want to any more has chosen
    that the home is not told: that shares nothing, and counts at once."""
    who = await choosing.reader(db, guest, in_call=in_call, now=now)
    if not who.is_theirs:
        raise Refused("not-on-this-device", navn=who.caseworker)
    wanted = await tellings.one(db, telling)
    if wanted is None or wanted.young_person != who.young_person:
        raise NotFound
    await _keep(db, wanted, said, guest.session, now)
    trail.add(db, f"seat:{guest.seat}", "say-how-it-went", f"item:{wanted.choice.item_id}", now=now)


async def answer_by_voice(
    db: AsyncSession, who: Caseworker, meeting: int, telling: int, said: str, *, now: datetime
) -> None:
    """Keep how it went, as the young person told their caseworker."""
    await notes.own_meeting(db, who.account, meeting)
    wanted = await tellings.one(db, telling)
    if wanted is None or wanted.meeting != meeting:
        raise NotFound
    await _keep(db, wanted, said, who.session, now)
    subject = f"item:{wanted.choice.item_id}"
    trail.add(db, f"account:{who.account}", "hear-how-it-went", subject, now=now)


async def _keep(db: AsyncSession, wanted: Wanted, said: str, session: int, now: datetime) -> None:
    """Said twice is said once, unless a day has gone by in between. Raises `Stale` where something
    else was chosen about it since."""
    went = rules.answer(wanted.choice.choice, said)
    known = (await tellings.answers(db, [wanted.choice.id])).get(wanted.choice.id, [])
    stands = await tellings.stands(db, wanted.choice)
    if known and known[-1].went == went and (now - known[-1].at < rules.A_DAY or not stands):
        return
    if not stands:
        raise Stale("chosen-anew")
    db.add(TellingAnswer(choice_id=wanted.choice.id, session_id=session, went=went, at=now))
    if went == Went.NOT_AFTER_ALL:
        db.add(
            ChoiceMade(
                item_id=wanted.choice.item_id,
                wording_id=wanted.choice.wording_id,
                session_id=session,
                choice=Choice.NOT_TO_HOME,
                in_call=False,
                at=now,
            )
        )


async def _open(db: AsyncSession, wanted: list[Wanted]) -> list[Told]:
    said = await tellings.answers(db, [one.choice.id for one in wanted])
    found = [_told(one, said.get(one.choice.id, [])) for one in wanted]
    return [told for told in found if _fact(told).is_open]


def _told(one: Wanted, said: list[TellingAnswer]) -> Told:
    return Told(
        id=one.choice.id,
        meeting=one.meeting,
        choice=one.choice.choice,
        words=one.text,
        name=one.name,
        home=one.home,
        went=said[-1].went if said else None,
        since=said[-1].at if said else one.choice.at,
        young_person=one.young_person,
    )


def _fact(told: Told) -> Telling:
    return Telling(told.choice, told.since, told.went)
