"""The note's ten sections as a page draws them: one list, whatever a section holds (S56).

What is written stands with what the writing helper would look at again; what fills itself is a
few sentences. The young person's choices stay with the line they are about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from server.domain import writing
from server.domain.aids import Aid
from server.domain.questions import EASIER
from server.domain.sections import HAS_OWNER, MAY_QUOTE, PLAIN, WRITTEN, Section, Tag
from server.domain.sharing import Outcome
from server.domain.telling import Went
from server.domain.writing import Remark, Written
from server.http import aftercare_words, note_by_itself, telling_rows
from server.http.dates import spoken, spoken_day
from server.http.reading_words import comments, rounds
from server.services.commenting import Said
from server.services.items import Shown
from server.services.note_facts import Facts, Held
from server.services.promising import Agreed
from server.texts import Voice

MOST_WORDS = 3  # of one kind beside one line: an offer, not a correction
TOLD = frozenset({Outcome.GOES, Outcome.WAITS_FOR_VOICE, Outcome.WAITS_FOR_LOOK})


@dataclass(frozen=True, slots=True)
class Around:
    """What a section's sentences are made of, besides the lines."""

    voice: Voice
    zone: ZoneInfo
    young_name: str
    facts: Facts
    agreements: Mapping[int, Agreed]
    tags: Mapping[int, Sequence[Tag]]
    today: date
    comments: Mapping[int, Sequence[Said]] = field(default_factory=dict)
    went: Mapping[int, Went] = field(default_factory=dict)


def of(
    around: Around, shown: Sequence[Shown], rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Put a note's lines (`rows` are `shown` in words) into its sections."""
    lines = {one.item: _line(around, one, row) for one, row in zip(shown, rows, strict=True)}
    return [_section(around, section, shown, lines) for section in Section]


def written(one: Shown) -> Written:
    return Written(one.section, one.text, is_quote=bool(one.said_by))


def remarks(voice: Voice, line: Written, young_name: str) -> list[str]:
    """What a line could be looked at again for, in words: one sentence about all words it fits."""
    found = writing.remarks(line, young_name)
    words = {remark: [one.word for one in found if one.remark == remark] for remark in Remark}
    return [
        voice.say(f"remark.{remark}", ord=", ".join(voice.say("remark.word", ord=word)
                                                    for word in named[:MOST_WORDS]))
        for remark, named in words.items()
        if named
    ]  # fmt: skip


def readability(voice: Voice, texts: Sequence[str]) -> str:
    """How easily some lines are read, in words; nothing where there is too little to say."""
    told = writing.measure(texts)
    words = []
    if told.lix is not None:
        words.append(voice.say("lix.easy" if told.is_easy else "lix.heavy", lix=told.lix))
    if told.long_words:
        words.append(voice.say("lix.long", ord=", ".join(told.long_words)))
    return " ".join(words)


def measured(voice: Voice, text: str) -> list[str]:
    """The same of one line that is being typed, once there is enough of it to say."""
    return [readability(voice, [text])] if writing.measure([text]).lix is not None else []


def _section(
    around: Around,
    section: Section,
    shown: Sequence[Shown],
    lines: Mapping[int, Mapping[str, Any]],
) -> dict[str, Any]:
    here = [one for one in shown if one.section == section]
    voice = around.voice
    is_written = section in WRITTEN
    return {
        "id": section.value,
        "title": voice.say(f"section.{section}.title"),
        "written": is_written,
        "label": voice.say(f"noting.new.{section}") if is_written else "",
        "hint": voice.say(f"section.{section}.hint") if is_written else "",
        "start": voice.say(f"section.{section}.start") if is_written else "",
        "items": [lines[one.item] for one in here],
        "said": _said(around, section, shown),
        "measure": readability(voice, [one.text for one in here]),
        "quotes": section in MAY_QUOTE,
        "owner": section in HAS_OWNER,
    }


def _line(around: Around, one: Shown, row: Mapping[str, Any]) -> dict[str, Any]:
    voice, language = around.voice, around.voice.language
    agreed = around.agreements.get(one.item)
    more: dict[str, Any] = {
        "quoted": "",
        "agreed": "",
        "remarks": remarks(voice, written(one), around.young_name),
        "tags": [
            (tag.value, voice.say(f"line.tag.{tag}")) for tag in around.tags.get(one.item, ())
        ],
        "places": ", ".join(one.places),
        "comments": comments(voice, around.zone, around.comments.get(one.item, ()), one),
        "rounds": rounds(voice, around.zone, one),
        "from_chat": one.from_chat,
        "own": one.own,
        "moves": [
            (section.value, voice.say(f"section.{section}.title"))
            for section in PLAIN
            if one.section in PLAIN and not one.said_by and section != one.section
        ],
    }
    if one.said_by and one.said_on:
        key = "line.quoted.own" if one.own else "line.quoted"
        key = "line.quoted.chat" if one.from_chat else key
        more["quoted"] = voice.say(key, hvem=one.said_by, dag=spoken_day(one.said_on, language))
    if agreed is not None:
        day = spoken(agreed.due, around.zone, language, "day")
        more["agreed"] = voice.say(f"line.agreed.{agreed.state}", hvem=agreed.owner, dag=day)
    return dict(row) | more | telling_rows.standing(voice, row["choice"], around.went.get(one.item))


def _said(around: Around, section: Section, shown: Sequence[Shown]) -> list[str]:
    """The sentences of a section that fills itself."""
    match section:
        case Section.WHO_AND_WHEN:
            return note_by_itself.who_and_when(around.voice, around.zone, around.facts)
        case Section.TALKED_ABOUT if around.facts.topics:
            names = ", ".join(around.voice.say(f"topic.{one}") for one in around.facts.topics)
            return [around.voice.say("fact.topics", emner=names), *_no_talk(around)]
        case Section.TALKED_ABOUT:
            return _no_talk(around)
        case Section.MUST_KNOW:
            must = [one for one in shown if one.must_pass_on]
            say = around.voice.say
            return [say("line.must", ord=one.leaving, grund=one.reason) for one in must]
        case Section.MAY_KNOW:
            return [o.leaving for o in shown if not o.must_pass_on and o.outcome in TOLD]
        case Section.NEXT_TIME:
            return aftercare_words.said(around.voice, around.facts.aftercare)
        case Section.MADE_LIKE_THIS:
            return note_by_itself.made_like_this(around.voice, around.zone, around.facts, shown)
        case _:
            return []


def _no_talk(around: Around) -> list[str]:
    """Without a talk it still has to stand how the young person's view is heard (domain pack 9,
    row 1)."""
    held = around.facts.held
    return [around.voice.say("fact.no-talk")] if held in (Held.CALLED_OFF, Held.NOBODY_CAME) else []


def sentence_ids() -> list[str]:
    """Every sentence that is put together from a table here (tests/sentences.py)."""
    ids = [f"section.{section}.title" for section in Section]
    ids += [f"section.{section}.{part}" for section in WRITTEN for part in ("hint", "start")]
    ids += [f"remark.{remark}" for remark in Remark] + [f"line.tag.{tag}" for tag in Tag]
    ids += [f"aid.used.{aid}" for aid in Aid]
    ids += [f"aid.asked.{one}" for one in EASIER.answers]
    return ids + [f"line.agreed.{state}" for state in ("open", "kept", "missed")]
