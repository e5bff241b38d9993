"""A note for the case file as a PDF that a screen reader can read (tagged, PDF/UA-1).

Every sentence is put together here and handed to web/export/note.typ as data; typst lays it out.
The same note at the same moment gives the same bytes.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server.domain.ages import Band
from server.domain.roles import Role
from server.domain.sections import Section
from server.http import aftercare_words
from server.http.dates import spoken, spoken_day
from server.services.exporting import Version
from server.services.note_copy import Beside, Copy, Line
from server.texts import Texts, Voice

FOLDER = Path(__file__).parents[2] / "web" / "export"
PRINTED = re.compile(r"[^\n\u0020-\u007e\u00a0-\u017f\u2013-\u201e\u2026\u20ac]")
# The lines that are written; the others are put together (note_sections.py).
WRITTEN = (Section.TALKED_ABOUT, Section.NOTICED, Section.THINKS, Section.AGREED)
QUOTED = {"chat": "line.quoted.chat", "own": "line.quoted.own"}


@dataclass(frozen=True, slots=True)
class Words:
    """How we speak in it, and to what clock."""

    voice: Voice
    zone: ZoneInfo
    municipality: str
    kle: str

    def at(self, moment: datetime) -> str:
        return f"{self.day(moment.astimezone(self.zone).date())} {self.clock(moment)}"

    def clock(self, moment: datetime) -> str:
        return spoken(moment, self.zone, self.voice.language, "at")

    def day(self, day: date) -> str:
        """With its year: a file is read many years later."""
        return f"{spoken_day(day, self.voice.language)} {day.year}"


def pdf(version: Version, words: Words) -> bytes:
    """Lay one version out. A letter that no font has is written as its number."""
    import typst  # eighty megabytes that a house without a case system never loads

    told = told_in(version, words)
    try:
        return _compile(told, version.at)
    except typst.TypstError:
        told["foot"].append(words.voice.say("export.letters"))
        return _compile(_printable(told), version.at)


def _compile(told: dict[str, Any], at: datetime) -> bytes:
    import typst

    made: bytes = typst.compile(
        str(FOLDER / "note.typ"),
        root=str(FOLDER),
        font_paths=[str(FOLDER / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"note": json.dumps(told)},
        pdf_standards=["ua-1"],
        timestamp=at,
    )
    return made


def _printable(told: Any) -> Any:
    """The same with letters from far away as numbers: what was said stays in the JSON file."""
    if isinstance(told, str):
        return PRINTED.sub(lambda letter: f"[U+{ord(letter[0]):04X}]", told)
    if isinstance(told, dict):
        return {name: _printable(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_printable(value) for value in told]
    return told


def told_in(version: Version, words: Words) -> dict[str, Any]:
    """Every word of it, as data for web/export/note.typ."""
    copy, say = version.copy, words.voice.say
    head = [
        say("export.header"),
        say("export.version", antal=version.version, tid=words.at(version.at)),
    ]
    if version.replaces:
        head.append(say("export.replaces", fil=version.replaces))
    head.append(_reading(copy, words))
    return {
        "language": words.voice.language,
        "title": say("export.title"),
        "author": copy.author.name,
        "head": head,
        "sections": [part for part in _parts(copy, words) if part["said"] or part["entries"]],
        "foot": [say("export.name", fil=version.name)],
        "footer": say("export.footer", kommune=words.municipality, kle=words.kle),
    }


def _reading(copy: Copy, words: Words) -> str:
    reading, say = copy.reading, words.voice.say
    if reading.last_read_at is None:
        return say("export.read.none")
    when = words.at(reading.last_read_at)
    if reading.read:
        return say("export.read.all", tid=when)
    return say("export.read.some", antal=reading.lines_read, alle=reading.lines, tid=when)


def _parts(copy: Copy, words: Words) -> list[dict[str, Any]]:
    say = words.voice.say

    def part(title: str, said: Sequence[str] = (), lines: Sequence[Any] = ()) -> dict[str, Any]:
        return {"title": say(title), "said": list(said), "entries": list(lines)}

    def section(section: Section, said: Sequence[str] = ()) -> dict[str, Any]:
        lines = [_entry(line, words) for line in copy.of_section(section)]
        return part(f"section.{section}.title", said, lines)

    topics = [say(f"topic.{topic}") for topic in copy.meeting.topics]
    wanted = [say("fact.topics", emner=", ".join(topics))] if topics else []
    must = [line for line in copy.lines if line.must_pass_on is not None]
    return [
        part(f"section.{Section.WHO_AND_WHEN}.title", _who_and_when(copy, words)),
        section(Section.TALKED_ABOUT, wanted),
        *(section(one) for one in WRITTEN[1:]),
        part(f"section.{Section.MUST_KNOW}.title", lines=[_must(line, words) for line in must]),
        part("export.told-home.title", lines=_told_home(copy, words)),
        section(Section.OWN_WORDS),
        section(Section.NEXT_TIME, aftercare_words.said(words.voice, copy.meeting.aftercare)),
        part("export.requests.title", lines=_requests(copy, words)),
        part("export.chat.title", lines=_chat(copy, words)),
        part(f"section.{Section.MADE_LIKE_THIS}.title", _made_like_this(copy, words)),
    ]


def _entry(line: Line, words: Words) -> dict[str, Any]:
    say = words.voice.say
    beside: list[str] = []
    if line.quote:
        key = QUOTED.get(line.quote.source, "line.quoted")
        beside.append(say(key, hvem=line.quote.by, dag=words.day(line.quote.on)))
    if line.agreement:
        day = words.day(line.agreement.due.astimezone(words.zone).date())
        beside.append(
            say(f"line.agreed.{line.agreement.state}", hvem=line.agreement.owner, dag=day)
        )
    beside += [say(f"line.tag.{tag}") for tag in line.tags]
    written = say("export.line.written", tid=words.at(line.written_at))
    read = (
        say("export.line.read", tid=words.at(line.read_at))
        if line.read_at
        else say("export.line.unread")
    )
    beside.append(f"{written} {read}")
    beside += [
        say("export.line.earlier", tid=words.at(one.written_at), ord=one.text)
        for one in line.earlier
    ]
    own = [_own(one, line, words) for one in line.beside]
    return _written(line.text, beside, own, is_quote=line.quote is not None)


def _own(one: Beside, line: Line, words: Words) -> str:
    """What the young person says about a line, with when, and whether it was about other words."""
    say = words.voice.say
    mark = say(f"comment.{one.mark}") if one.mark else ""
    key = "export.beside.heard" if one.heard else "export.beside"
    said = say(key, tid=words.at(one.at), ord=". ".join(filter(None, [mark, one.text])))
    older = one.about_revision != line.revision
    return f"{said}\n{say('export.beside.older')}" if older else said


def _written(
    text: str, beside: Sequence[str], own: Sequence[str] = (), *, is_quote: bool = False
) -> dict[str, Any]:
    """One thing that was written, what is told about it in small letters, and what the young
    person says about it."""
    return {"text": text, "quote": is_quote, "beside": list(beside), "own": list(own)}


def _must(line: Line, words: Words) -> dict[str, Any]:
    say, must = words.voice.say, line.must_pass_on
    beside: list[str] = []
    if must is not None:
        beside.append(say("export.must.why", grund=must.reason))
        heard, phoned = must.young_person_told_at, must.home_told_at
        beside.append(
            say("export.must.heard", tid=words.at(heard)) if heard else say("export.must.not-heard")
        )
        if phoned:
            beside.append(say("export.must.phoned", tid=words.at(phoned)))
    return _written(line.text, beside)


def _told_home(copy: Copy, words: Words) -> list[dict[str, Any]]:
    say, told = words.voice.say, []
    for one in copy.told_home:
        beside = [say("export.told-home.at", tid=words.at(one.told_at))]
        if one.taken_back_at:
            beside.append(say("export.told-home.taken-back", tid=words.at(one.taken_back_at)))
        told.append(_written(one.text, beside))
    return told


def _requests(copy: Copy, words: Words) -> list[dict[str, Any]]:
    say, told = words.voice.say, []
    for one in copy.requests:
        due = say("export.request.due", hvem=one.owner, dag=words.day(one.due))
        if one.answered_at:
            due = say("export.request.answered", tid=words.at(one.answered_at))
            due = f"{due} {one.answer}".rstrip()
        beside = [
            say(f"line.tag.{one.tag}"),
            say("export.request.said", tid=words.at(one.said_at)),
            due,
        ]
        text = one.text or say("export.request.no-words")
        told.append(_written(text, beside))
    return told


def _chat(copy: Copy, words: Words) -> list[dict[str, Any]]:
    return [
        _written(line.text, [f"{line.by}, {words.at(line.at)}"], is_quote=True)
        for line in copy.chat
    ]


def _who_and_when(copy: Copy, words: Words) -> list[str]:
    say, meeting = words.voice.say, copy.meeting
    when = words.at(meeting.starts_at)
    when = when[0].upper() + when[1:]
    said = [say("fact.when", tid=when, antal=meeting.minutes, emne=meeting.title)]
    if meeting.held != "held":
        return [*said, say(f"fact.held.{meeting.held}")]
    roles = {role: say(f"meeting.role.{role}") for role in Role}
    names = [f"{one.name} ({roles[Role(one.role)].lower()})" for one in meeting.present]
    return [*said, say("export.present", hvem=copy.author.name, navne=", ".join(names))]


def _made_like_this(copy: Copy, words: Words) -> list[str]:
    say, meeting = words.voice.say, copy.meeting
    said = []
    if meeting.told_it_is_written_at:
        key = "fact.told.aloud" if meeting.told_how == "said" else "fact.told"
        said.append(say(key, tid=words.at(meeting.told_it_is_written_at)))
    if meeting.held == "held":
        names = [one.name for one in meeting.present if one.role == Role.BISIDDER]
        if names:
            said.append(say("fact.bisidder", hvem=", ".join(names)))
        else:
            away = meeting.bisidder_invited
            said.append(say("fact.bisidder.away" if away else "fact.bisidder.none"))
    if meeting.without_parents:
        said.append(say("fact.without-parents", grund=meeting.without_parents))
    if copy.ready_at:
        said.append(say("export.ready", tid=words.at(copy.ready_at)))
    return said


def voice(texts: Texts, language: str, version: Version) -> Voice:
    """How the file speaks: about these people, to whoever reads a case."""
    young, author = version.copy.young_person.name, version.copy.author.name
    return Voice(
        texts,
        language,
        Band.ADULT,
        navn=author.split()[0],
        forfatter=author,
        barn=young,
        hjem=version.copy.home,
    )
