"""What the young person said besides (or is to be asked aloud), as rows of the host's brief.

The stop word stands here and nowhere else (U10); it is deleted after the meeting with the rest.
"""

from collections.abc import Mapping
from typing import Any

from server.domain import helping, questions
from server.domain.ages import Band
from server.domain.checklist import Reply
from server.domain.questions import Kind
from server.services.snapshot import Snapshot
from server.texts import Voice

FIRST = "first"
BESIDES = ("place", "around", "stop", "afterwards", "easier", "known")


def rows(
    shot: Snapshot, voice: Voice, counted: Mapping[str, Reply], old: frozenset[str]
) -> list[dict[str, Any]]:
    """One row for each thing said, and for the youngest one for each thing to ask by voice."""
    found = _help(voice, counted, again=helping.QUESTION not in shot.asked_again)
    found += [
        _row(voice, asked, _in_words(voice, counted[asked]), again=asked in old)
        for asked in BESIDES
        if asked in counted and asked in shot.young.answerable
    ]
    for asked in questions.aloud(shot.band):
        if asked.id not in counted and asked.id not in shot.asked_again:
            words = _as_the_child_hears_it(voice, shot.band, asked.id)
            found.append(_row(voice, asked.id, voice.say("brief.aloud", ord=words), again=True))
    return found


def first(voice: Voice, counted: Mapping[str, Reply], old: frozenset[str]) -> list[dict[str, Any]]:
    """What the young person wants to talk about before anything else, in their own words (S1)."""
    said = counted.get(FIRST)
    if said is None:
        return []
    return [_row(voice, FIRST, voice.say("brief.first", ord=said.text), again=FIRST in old)]


def _help(voice: Voice, counted: Mapping[str, Reply], *, again: bool) -> list[dict[str, Any]]:
    """Whether an adult helped, and has gone: the host asks the child again in any case."""
    said = counted.get(helping.QUESTION)
    if said is None or said.answer == helping.Step.ALONE:
        return []
    return [_row(voice, helping.QUESTION, voice.say(f"brief.help.{said.answer}"), again=again)]


def _in_words(voice: Voice, reply: Reply) -> str:
    if questions.ALL[reply.question].kind == Kind.SEVERAL:
        said = [voice.say(f"brief.{reply.question}.{word}") for word in reply.answer.split()]
        words = ", ".join(said) or voice.say("brief.unanswered")
    else:
        words = voice.say(f"brief.{reply.question}.{reply.answer}")
    return voice.say("brief.quoted", svar=words, ord=reply.text) if reply.text else words


def _as_the_child_hears_it(voice: Voice, band: Band, asked: str) -> str:
    return voice.texts.say(voice.language, band, f"q.{asked}", **voice.known)


def _row(voice: Voice, asked: str, value: str, *, again: bool) -> dict[str, Any]:
    return {
        "label": voice.say(f"brief.label.{asked}"),
        "value": value,
        "struck": False,
        "ask_again": asked if again else None,
        "ask_again_label": voice.say("brief.ask-again"),
    }
