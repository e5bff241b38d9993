"""What somebody wanted to say themselves, as the young person and the caseworker read it."""

from collections.abc import Sequence
from typing import Any

from server.domain.sharing import Choice
from server.domain.telling import ANSWERS, Went
from server.services.telling import Told
from server.texts import Voice


def for_young_person(voice: Voice, found: Sequence[Told]) -> list[dict[str, Any]]:
    """One question each, with its answers."""
    return [
        {
            "id": one.id,
            "words": one.words,
            "question": voice.say(f"telling.{one.choice}.asked", hjem=one.home),
            "answers": [
                (went.value, voice.say(f"telling.{one.choice}.{went}", hjem=one.home))
                for went in ANSWERS[one.choice]
            ],
        }
        for one in found
    ]


def for_caseworker(voice: Voice, found: Sequence[Told]) -> list[dict[str, Any]]:
    """What to keep in mind, with whom it is about."""
    return [
        {
            "id": one.id,
            "meeting": one.meeting,
            "words": voice.say(
                f"telling.host.{'help' if one.went == Went.HELP else one.choice}",
                barn=one.name,
                hjem=one.home,
                ord=one.words,
            ),
            "asks_help": one.went == Went.HELP,
            "plan": f"/meetings/new?young_person={one.young_person}"
            if one.choice == Choice.TELL_TOGETHER or one.went == Went.HELP
            else "",
        }
        for one in found
    ]


def standing(voice: Voice, choice: str | None, went: Went | None) -> dict[str, str]:
    """What became of a line that somebody said themselves, in place of what they wanted."""
    if went is None or choice not in {one.value for one in ANSWERS}:
        return {}
    return {"standing": voice.say(f"telling.went.{went}")}


def sentence_ids() -> tuple[list[str], list[str]]:
    """Every sentence made from a table here: for the young person, and for both."""
    own = [f"telling.{choice}.asked" for choice in ANSWERS]
    own += [f"telling.{choice}.{went}" for choice, all_went in ANSWERS.items() for went in all_went]
    return own, [f"telling.went.{went}" for went in Went if went != Went.NOT_AFTER_ALL]


def host_ids() -> list[str]:
    return [f"telling.host.{name}" for name in ("help", *(str(one) for one in ANSWERS))]
