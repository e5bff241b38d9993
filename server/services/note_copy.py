"""A note as the case file gets it: every line with whose it is, when, and where it came from.

What the young person kept from the home is nobody's business here: of the choices only what the
home was in fact told stands in it. Fields are the names in docs/export.schema.json.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import exporting as rules
from server.domain.aftercare import Aftercare
from server.domain.note import WordKind
from server.domain.sections import Section, Tag
from server.domain.sharing import ToldTo
from server.services import commenting, note_facts, promising, requesting
from server.services.commenting import Said
from server.services.promising import Agreed
from server.store import exports, marks, notes, seats
from server.store.note_tables import Item


@dataclass(frozen=True, slots=True)
class Quoted:
    by: str
    on: date
    source: str  # "said", "chat", or "own": written into the note by themselves


@dataclass(frozen=True, slots=True)
class Task:
    owner: str
    due: datetime
    state: str  # open, kept or missed


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Why it must be passed on, and when who was told."""

    reason: str
    young_person_told_at: datetime | None
    home_told_at: datetime | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stood there before: an error is corrected where everybody can see it."""

    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """What the young person says about a line: a mark, words of their own, or both. It stands
    beside the line, and names the words it is about."""

    mark: str  # right, not_quite, disagree, or empty
    text: str
    at: datetime
    about_revision: int
    heard: bool = False  # said aloud or on paper, and written down by the author


@dataclass(frozen=True, slots=True)
class Line:
    line: int
    revision: int
    section: str
    text: str
    written_at: datetime
    quote: Quoted | None
    agreement: Task | None
    tags: tuple[str, ...]
    must_pass_on: PassedOn | None
    read_at: datetime | None
    beside: tuple[Beside, ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Present:
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Meeting:
    number: int
    title: str
    starts_at: datetime
    minutes: int
    held: str
    present: tuple[Present, ...]
    topics: tuple[str, ...]
    told_it_is_written_at: datetime | None
    bisidder_invited: bool
    told_how: str = ""  # read, said aloud in the talk, or neither
    without_parents: str = ""  # why, where it was held without them
    aftercare: Aftercare | None = None  # who supports the young person afterwards


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Author:
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether the young person has read it: line by line, since a note grows."""

    read: bool
    lines: int
    lines_read: int
    last_read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ToldHome:
    text: str
    told_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request or a concern, with its deadline (domain pack 9, rows 7 and 8)."""

    tag: str
    text: str
    said_at: datetime
    owner: str
    due: date
    answered_at: datetime | None
    line: int | None
    answer: str = ""  # of a request, in the words the young person reads


@dataclass(frozen=True, slots=True)
class ChatLine:
    role: str
    by: str
    text: str
    at: datetime
    quoted_in_line: int | None


@dataclass(frozen=True, slots=True)
class Copy:
    """All of it but the version: what two copies are compared by."""

    author: Author
    young_person: Person
    meeting: Meeting
    home: str
    ready_at: datetime | None
    reading: Reading
    lines: tuple[Line, ...]
    told_home: tuple[ToldHome, ...]
    requests: tuple[Asked, ...]
    chat: tuple[ChatLine, ...]

    def of_section(self, section: Section) -> list[Line]:
        return [line for line in self.lines if line.section == section]


async def of(db: AsyncSession, meeting: int, now: datetime) -> Copy:
    """Read a note as it stands now. Ask beforehand whose meeting it is."""
    row = await seats.meeting(db, meeting)
    facts = await note_facts.of(db, meeting, now)
    agreed = await promising.agreements(db, meeting)
    tags = await requesting.tags(db, meeting)
    rows = await notes.items(db, meeting)
    said = await commenting.of_note(db, meeting)
    lines = tuple(
        _line(one, agreed, [tag.value for tag in tags.get(one.id, ())], said.get(one.id, ()))
        for one in rows
    )
    taken = {one.chat_id: one.id for one in rows if one.chat_id is not None}
    return Copy(
        author=Author(row.account.login, row.account.name),
        young_person=Person(row.young_person_id, row.young_person.name),
        meeting=Meeting(
            number=row.id,
            title=facts.title,
            starts_at=facts.starts,
            minutes=facts.minutes,
            held=facts.held.value,
            present=tuple(Present(role.value, name) for role, name in facts.present),
            topics=facts.topics,
            told_it_is_written_at=facts.told_it_is_written or facts.said_it_is_written,
            bisidder_invited=facts.invited_bisidder,
            told_how=facts.told_how,
            without_parents=facts.without_parents,
            aftercare=facts.aftercare,
        ),
        home=row.placement.home_name,
        ready_at=row.note_ready_at,
        reading=_reading(lines),
        lines=lines,
        told_home=tuple(
            ToldHome(one.text, one.released_at, one.taken_back_at)
            for one in await exports.handed_over(db, meeting)
        ),
        requests=tuple(
            Asked(
                one.tag, one.words, one.said_at, one.owner, one.due_on, one.done_at, one.item_id,
                one.told if one.tag == Tag.REQUEST and one.done_at is not None else "",
            )
            for one in await marks.requests(db, meeting)
        ),
        chat=tuple(
            ChatLine(one.role.value, one.by, one.text, one.at, taken.get(one.id))
            for one in await note_facts.chat(db, meeting)
        ),
    )  # fmt: skip


def content(copy: Copy) -> str:
    """The SHA-256 of what a copy says: another one means that the note reads otherwise."""
    return hashlib.sha256(as_json(asdict(copy)).encode()).hexdigest()


def as_json(told: Mapping[str, Any]) -> str:
    """As the file has it: moments with their zone, days as days, letters as they are written."""
    return json.dumps(told, default=_said, ensure_ascii=False, indent=1)


def _said(value: object) -> str:
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a file")


def _line(row: Item, agreed: Mapping[int, Agreed], tags: list[str], said: Sequence[Said]) -> Line:
    *before, now = [words for words in row.wordings if words.kind == WordKind.LINE]
    task = agreed.get(row.id)
    answered = [choice.at for choice in row.choices] + [
        told.at for words in row.wordings for told in words.told if told.to == ToldTo.YOUNG_PERSON
    ]
    answered += [one.at for one in said]
    must = row.must_pass_on_at is not None
    return Line(
        line=row.id,
        revision=now.id,
        section=row.section,
        text=now.text,
        written_at=now.at,
        quote=Quoted(row.said_by, row.said_on, _source(row))
        if row.said_by and row.said_on
        else None,
        agreement=Task(task.owner, task.due, task.state) if task else None,
        tags=tuple(tags),
        must_pass_on=PassedOn(row.reason, _told(row, ToldTo.YOUNG_PERSON), _told(row, ToldTo.HOME))
        if must
        else None,
        read_at=rules.is_read(now.at, *answered),
        beside=tuple(
            Beside(one.stand.value if one.stand else "", one.words, one.at, one.wording, one.heard)
            for one in said
        ),
        earlier=tuple(Earlier(words.text, words.at) for words in before),
    )


def _source(row: Item) -> str:
    if row.own:
        return "own"
    return "said" if row.chat_id is None else "chat"


def _told(row: Item, to: ToldTo) -> datetime | None:
    """When somebody was told the words that would leave now."""
    found = notes.told(notes.leaving(row), to)
    return None if found is None else found.at


def _reading(lines: tuple[Line, ...]) -> Reading:
    read = [line.read_at for line in lines if line.read_at is not None]
    return Reading(
        read=bool(lines) and len(read) == len(lines),
        lines=len(lines),
        lines_read=len(read),
        last_read_at=max(read, default=None),
    )
