"""A record of each choice for whose it is: when and how, about which exact words, after which text,
who was there, and what came of it (D11). docs/choices.schema.json is its form.

It names nobody it is about (D12) and repeats no words: pseudonyms and marks that only this house
can make again. So it can be shown to whoever helps with a complaint, and tells them nothing else.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import choice_record as rules
from server.domain.choice_record import Entry, How
from server.domain.errors import Refused
from server.domain.history import Event
from server.domain.roles import Guest, Role
from server.services import choosing, history, items, own_copy
from server.services.choosing import Reader
from server.services.items import Shown
from server.store import notes, seats, trail
from server.store.tables import Seat

SCHEMA = "enerum-choices-1"
MARK = 16  # hexadecimal digits


async def take(
    db: AsyncSession, guest: Guest, key: bytes, controller: str, *, in_call: bool, now: datetime
) -> dict[str, Any]:
    """Give the young person their records, where they may keep a copy of the note."""
    who = await choosing.reader(db, guest, in_call=in_call, now=now)
    if not await own_copy.is_offered(db, guest, who):
        raise Refused("not-on-this-device", navn=who.caseworker)
    trail.add(db, f"seat:{guest.seat}", "own-choices", f"meeting:{who.meeting}", now=now)
    return {
        "schema": SCHEMA,
        "made_at": now,
        "records": await of_note(db, who, key, controller),
    }


async def of_note(
    db: AsyncSession, who: Reader, key: bytes, controller: str
) -> list[dict[str, Any]]:
    """One record for each line of a note. Ask beforehand whose it is."""
    events: dict[int, list[Event]] = {}
    for event in await history.of_note(db, who.meeting):
        events.setdefault(event.item, []).append(event)
    people = (await seats.meeting(db, who.meeting)).seats
    return [
        _record(who, key, controller, items.shown(row), rules.entries(events[row.id]), people)
        for row in await notes.items(db, who.meeting)
    ]


def _record(
    who: Reader,
    key: bytes,
    controller: str,
    one: Shown,
    entries: Iterable[Entry],
    people: Iterable[Seat],
) -> dict[str, Any]:
    return {
        "record_id": _mark(key, "line", one.item),
        "subject": _mark(key, "young-person", who.young_person),
        "controller": controller,
        "purpose": "tell-home",
        "basis": "public-task",
        "recipients": [{"role": "foster_home", "name": who.home}],
        "revision": one.revision,
        "words": _mark(key, "words", one.leaving),
        "must_pass_on": one.must_pass_on,
        "state": one.outcome,
        "at_home": one.is_out,
        "events": [asdict(entry) | {"present": _present(entry, people)} for entry in entries],
    }


def _present(entry: Entry, people: Iterable[Seat]) -> list[str]:
    """The roles of who was there: in the call by who was let in, by voice the two of them."""
    match entry.how:
        case How.IN_CALL:
            roles = {seat.role for seat in people if _is_in(seat, entry.at)}
            return sorted(roles | {Role.YOUNG_PERSON, Role.CASEWORKER})
        case How.BY_VOICE:
            return sorted((Role.YOUNG_PERSON, Role.CASEWORKER))
        case How.BY_PHONE | How.BY_ADULTS:
            return [Role.CASEWORKER]
        case _:
            return []


def _is_in(seat: Seat, at: datetime) -> bool:
    return any(
        visit.admitted_at is not None
        and visit.admitted_at <= at
        and (visit.left_at is None or at < visit.left_at)
        for visit in seat.visits
    )


def _mark(key: bytes, kind: str, what: object) -> str:
    """A pseudonym: the same for the same thing, and made again by this house alone."""
    return hmac.new(key, f"{kind}\0{what}".encode(), hashlib.sha256).hexdigest()[:MARK]
