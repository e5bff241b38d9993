"""What stands around a line as the young person reads it: which part of the note it is from, whose
words it is, what was agreed, and what they have said about it themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from server.domain.commenting import Stand
from server.domain.rounds import Step
from server.domain.sections import WRITTEN
from server.http.dates import spoken, spoken_day
from server.services.commenting import Said
from server.services.items import Shown
from server.services.promising import Agreed
from server.texts import Voice


@dataclass(frozen=True, slots=True)
class Around:
    voice: Voice
    zone: ZoneInfo
    young_name: str
    agreements: Mapping[int, Agreed]
    comments: Mapping[int, Sequence[Said]]


def beside(around: Around, one: Shown) -> dict[str, Any]:
    """Everything about one line but the line itself and the choice."""
    return {
        "section": around.voice.say(f"reading.section.{one.section}"),
        "is_quote": bool(one.said_by),
        "source": _source(around, one),
        "agreed": _agreed(around, one),
        "rounds": rounds(around.voice, around.zone, one),
        "comments": comments(around.voice, around.zone, around.comments.get(one.item, ()), one),
        "line_revision": one.line_revision,
    }


def comments(
    voice: Voice, zone: ZoneInfo, said: Sequence[Said], one: Shown
) -> list[dict[str, Any]]:
    """What the young person said beside a line, in the order they said it."""
    return [
        {
            "stand": voice.say(f"comment.{found.stand}") if found.stand else "",
            "mark": found.stand,
            "words": found.words,
            "heard": found.heard,
            "when": spoken(found.at, zone, voice.language),
            "older": found.wording != one.line_revision,
        }
        for found in said
    ]


def rounds(voice: Voice, zone: ZoneInfo, one: Shown) -> list[dict[str, str]]:
    """How the words were looked for, step by step."""
    return [
        {
            "said": voice.say(f"round.{moved.step}", tid=spoken(moved.at, zone, voice.language)),
            "text": moved.text,
        }
        for moved in one.rounds
    ]


def _source(around: Around, one: Shown) -> str:
    """ "Du sagde det onsdag den 25. november." """
    if not one.said_by or one.said_on is None:
        return ""
    if one.own:
        return around.voice.say("reading.own", dag=spoken_day(one.said_on, around.voice.language))
    key = "reading.wrote" if one.from_chat else "reading.said"
    if one.said_by.casefold() == around.young_name.casefold():
        key += ".you"
    day = spoken_day(one.said_on, around.voice.language)
    return around.voice.say(key, hvem=one.said_by, dag=day)


def _agreed(around: Around, one: Shown) -> str:
    agreed = around.agreements.get(one.item)
    if agreed is None:
        return ""
    key = f"reading.agreed.{agreed.state}"
    if agreed.state == "open" and agreed.owner.casefold() == around.young_name.casefold():
        key += ".you"
    day = spoken(agreed.due, around.zone, around.voice.language, "day")
    return around.voice.say(key, hvem=agreed.owner, dag=day)


def sentence_ids() -> list[str]:
    """Every sentence a young person reads that is put together from a table here."""
    ids = [f"reading.section.{section}" for section in WRITTEN]
    ids += [f"reading.{deed}{whose}" for deed in ("said", "wrote") for whose in ("", ".you")]
    ids += [f"reading.agreed.{state}" for state in ("open", "open.you", "kept", "missed")]
    ids += [f"round.{step}" for step in Step]
    return ids + [f"comment.{stand}" for stand in Stand]
