"""A note's items in the reader's words: the same on a page, in a JSON answer and on the line."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.domain.rounds import Turn
from server.domain.sharing import Outcome
from server.services.items import Shown
from server.texts import Voice


def for_young_person(voice: Voice, shown: Iterable[Shown]) -> list[dict[str, Any]]:
    """What docs/protocol.md calls `items`, for whose note it is."""
    return [
        _overruled(voice, item, _common(voice, item, "choosing"))
        | {"proposed": item.turn == Turn.YOUNG_PERSON}
        for item in shown
    ]


def for_host(
    voice: Voice,
    shown: Iterable[Shown],
    said: Mapping[int, int] | None = None,
    *,
    locked: bool = False,
) -> list[dict[str, Any]]:
    """The same for the caseworker, with what is left to do about each item, and how often the
    young person has `said` something about it. From a `locked` note nothing goes (D10)."""
    beside = said or {}
    return [
        _common(voice, item, "noting")
        | ({"standing": voice.say("noting.standing.locked")} if locked and _would_go(item) else {})
        | {
            "line_revision": item.line_revision,
            "home_revision": item.home_revision,
            "choice_id": item.choice_id,
            "asks_voice": item.outcome == Outcome.WAITS_FOR_VOICE,
            "asks_words": item.outcome == Outcome.WAITS_FOR_WORDS,
            "wish": item.wish,
            "missing": _is_missing(item),
            "comments": beside.get(item.item, 0),
        }
        for item in shown
    ]


def standing(item: Shown) -> str:
    """The id of the sentence that says what becomes of an item."""
    if item.outcome == Outcome.WAITS_FOR_LOOK and not item.is_out:
        return "waits-for-look"
    if item.must_pass_on:
        if item.is_out:
            return "at-home"
        return "must-go" if item.told else "must-be-told"
    if item.is_out:
        return "at-home"
    if item.turn == Turn.YOUNG_PERSON:
        return "proposed"
    if item.outcome == Outcome.STAYS:
        return f"stays.{item.choice}"
    return item.outcome.replace("_", "-")


def _common(voice: Voice, item: Shown, moment: str) -> dict[str, Any]:
    sentences = [voice.say(f"{moment}.standing.{standing(item)}")]
    if item.at_home and not item.is_out:
        sentences.append(voice.say(f"{moment}.standing.old-words-at-home"))
    return {
        "item": item.item,
        "revision": item.revision,
        "text": item.text,
        "home_text": item.home_text,
        "choice": item.choice.value if item.choice else None,
        "choice_label": voice.say(f"choice.{item.choice}") if item.choice else "",
        "standing": " ".join(sentences),
        "must_pass_on": item.must_pass_on,
        "reason": item.reason,
        "told": item.told,
        "told_home": item.told_home,
        "at_home": item.at_home,
        "is_out": item.is_out,
    }


def _overruled(voice: Voice, item: Shown, told: dict[str, Any]) -> dict[str, Any]:
    """What is urgent was said on the phone at once, and a no was overruled by two: whom it is about
    reads that it was (C11)."""
    if item.must_pass_on and item.told_home and not item.is_out:
        told["standing"] = voice.say("choosing.standing.phoned")
    told["overruled"] = ""
    if item.must_pass_on and item.goes_against:
        told["overruled"] = voice.say("choosing.overruled")
        told["standing"] = f"{told['overruled']} {told['standing']}"
    return told


def _would_go(item: Shown) -> bool:
    return not item.is_out and standing(item) in ("goes", "must-go")


def _is_missing(item: Shown) -> bool:
    """Whether the caseworker has something left to do about it."""
    if item.places and item.outcome == Outcome.WAITS_FOR_LOOK:
        return True
    if item.must_pass_on:
        return not item.told
    return item.outcome in (Outcome.WAITS_FOR_VOICE, Outcome.WAITS_FOR_WORDS)
