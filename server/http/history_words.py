"""What was passed on and what was decided on the way, in the young person's words."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from server.domain.ages import Band
from server.domain.history import Did, Event
from server.domain.note import WordKind
from server.domain.telling import ANSWERS
from server.http.dates import spoken
from server.services.history import Passed
from server.texts import Voice


def receipts(voice: Voice, zone: ZoneInfo, found: Sequence[Passed]) -> list[dict[str, Any]]:
    """One receipt for each handover, the newest first."""
    return [_receipt(voice, zone, one) for one in reversed(found)]


def _receipt(voice: Voice, zone: ZoneInfo, one: Passed) -> dict[str, Any]:
    when = spoken(one.at, zone, voice.language)
    words = one.words
    if one.wish:
        # The sentence that stands on the home's page: theirs, in the words adults read.
        adult = Voice(voice.texts, voice.language, Band.ADULT, **voice.known)
        words = adult.say(f"home.support.{one.wish}")
    if one.phoned:
        lines = [voice.say("receipt.phoned", hvem=one.home, tid=when)]
    else:
        lines = [
            voice.say("receipt.to", hvem=one.home, tid=when),
            voice.say("receipt.must" if one.must else "receipt.chosen"),
        ]
    if one.ended_at is not None:
        taken = "receipt.taken-back" if one.by_them else "receipt.taken-away"
        key = "receipt.replaced" if one.replaced else taken
        lines.append(voice.say(key, tid=spoken(one.ended_at, zone, voice.language)))
    stands = one.ended_at is None and not one.phoned
    return {
        "item": one.item,
        "words": words,
        "lines": lines,
        "may_take_back": stands and not one.must and not one.wish,
    }


def history(voice: Voice, zone: ZoneInfo, events: Sequence[Event]) -> list[dict[str, Any]]:
    """What happened to each line, line by line, from the first to the last."""
    lines: dict[int, list[Event]] = {}
    for event in events:
        lines.setdefault(event.item, []).append(event)
    found = []
    for told in lines.values():
        words = [event for event in told if event.kind == WordKind.LINE]
        steps = [_step(voice, zone, event, is_first=event == words[0]) for event in told]
        found.append({"words": words[-1].text, "steps": steps})
    return found


def _step(voice: Voice, zone: ZoneInfo, event: Event, *, is_first: bool) -> dict[str, str]:
    when = spoken(event.at, zone, voice.language)
    choice = voice.say(f"choice.{event.choice}") if event.choice else ""
    answer = voice.say(f"telling.{event.choice}.{event.went}") if event.went else ""
    said = voice.say(_key(event, is_first=is_first), tid=when, valg=choice, svar=answer)
    has_words = event.did in (Did.WORDS, Did.CHOSE, Did.HANDED_OVER)
    return {"said": said, "words": event.text if has_words and not is_first else ""}


def _key(event: Event, *, is_first: bool) -> str:
    if event.did == Did.WORDS:
        if is_first:
            return "history.words"
        return "history.words.home" if event.kind == WordKind.HOME else "history.words.again"
    if event.did == Did.CHOSE and event.by_voice:
        return "history.chose.voice"
    return f"history.{event.did}"


def sentence_ids() -> list[str]:
    """Every sentence that is put together from a table here."""
    ids = [f"history.{did}" for did in Did]
    ids += ["history.words.home", "history.words.again", "history.chose.voice"]
    return ids + [f"telling.{choice}.{went}" for choice in ANSWERS for went in ANSWERS[choice]]
